"""The figures of a commune: typed or from a table, quoted in its letter with their vintage, and standing once it has gone."""

from __future__ import annotations

import datetime
import io

import pytest

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import sheets
from plaidoyer.campaigns.letter_facts import LetterFacts
from plaidoyer.campaigns.letters.values import as_text
from plaidoyer.campaigns.models import Channel, Solicitation

HOMES = {"label": "Logements sociaux", "value": "13,9 % des résidences principales", "dated": "1er janvier 2024", "source": "RPLS"}
POOR = {"label": "Taux de pauvreté", "value": "19 %", "dated": "2021", "source": "Insee, Filosofi"}
FORM = {"form-INITIAL_FORMS": "0", "form-MIN_NUM_FORMS": "0", "form-MAX_NUM_FORMS": "30"}


def page(code="ZZ001", campaign="valmorel-2026"):
    return f"/bureau/campagnes/{campaign}/communes/{code}/chiffres/"


def table(text: str) -> io.BytesIO:
    made = io.BytesIO(text.encode())
    made.name = "chiffres.csv"
    return made


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def in_letter(campaign, code) -> str:
    return plain(as_text(LetterFacts(campaign, datetime.date(2026, 2, 9)).of_place(code)["fiche_communale"]))


@pytest.fixture
def code(valmorel) -> str:
    return valmorel.pk


def test_the_letter_quotes_each_figure_with_its_date_and_its_source(amina, campaign, campaign_commune, code):
    sheets.set_figures(actor=amina, campaign_commune=campaign_commune, figures=[HOMES, POOR])
    assert in_letter(campaign, code).split("\n") == [
        "Quelques chiffres, avec leur date et leur source :",
        "– Logements sociaux : 13,9 % des résidences principales (1er janvier 2024, RPLS)",
        "– Taux de pauvreté : 19 % (2021, Insee, Filosofi)",
    ]
    assert "a fixé les chiffres de Valmorel" in JournalEntry.objects.latest("pk").sentence


def test_where_no_figure_is_known_the_letter_says_nothing(campaign, pontaubry):
    assert in_letter(campaign, pontaubry.pk) == ""


def test_once_a_letter_has_gone_its_figures_stand(amina, campaign, campaign_commune, sent):
    with pytest.raises(ActRefusedError, match="restent ceux de la lettre"):
        sheets.set_figures(actor=amina, campaign_commune=campaign_commune, figures=[HOMES])
    assert not campaign_commune.figures.exists()


def test_the_figures_of_a_commune_without_a_letter_may_still_change(amina, campaign, pontaubry, sent):
    sheets.set_figures(actor=amina, campaign_commune=campaign.communes.get(commune=pontaubry), figures=[POOR])
    assert "19" in in_letter(campaign, pontaubry.pk)


def test_two_figures_of_one_name_are_refused_and_nothing_is_written(amina, campaign_commune):
    with pytest.raises(ActRefusedError, match="même intitulé"):
        sheets.set_figures(actor=amina, campaign_commune=campaign_commune, figures=[HOMES, HOMES | {"value": "14 %"}])
    assert not campaign_commune.figures.exists()


def test_a_local_group_writes_the_figures_of_its_commune(as_user, bruno, campaign, campaign_commune, code):
    told = FORM | {"form-TOTAL_FORMS": "2"} | {f"form-0-{name}": value for name, value in HOMES.items()}
    assert as_user(bruno).post(page(code), told).status_code == 302
    assert [str(one) for one in campaign_commune.figures.all()] == ["Logements sociaux : 13,9 % des résidences principales (1er janvier 2024, RPLS)"]
    assert "13,9" in as_user(bruno).get(page(code)).content.decode()


def test_a_figure_without_its_source_is_not_saved(as_user, bruno, campaign, campaign_commune, code):
    told = FORM | {"form-TOTAL_FORMS": "1", "form-0-label": "Logements", "form-0-value": "12", "form-0-dated": "2024", "form-0-source": ""}
    answer = as_user(bruno).post(page(code), told)
    assert answer.status_code == 200
    assert not campaign_commune.figures.exists()


def test_a_reader_writes_no_figure_and_a_stranger_sees_none(as_user, emile, chloe, campaign, code):
    assert as_user(emile).get(page(code)).status_code == 403
    assert as_user(chloe).get(page(code)).status_code == 404
    assert as_user(emile).delete(page(code)).status_code == 405


def test_the_page_of_a_letter_that_has_gone_shows_its_figures_and_no_form(as_user, amina, campaign, campaign_commune, code, lists, questionnaire):
    sheets.set_figures(actor=amina, campaign_commune=campaign_commune, figures=[HOMES])
    Solicitation.objects.create(
        campaign=campaign, questionnaire=questionnaire, candidate_list=lists[0], channel=Channel.POST, sent_at="2026-02-09T11:00:00Z"
    )
    body = as_user(amina).get(page(code)).content.decode()
    assert "restent ceux de la lettre" in body
    assert "Enregistrer" not in body


def test_a_table_fills_many_communes_and_says_which_lines_it_refuses(as_user, amina, campaign, campaign_commune, valmorel, pontaubry):
    rows = [
        "Code INSEE;Intitulé;Valeur;Millésime;Source",
        f"{valmorel.pk};Logements sociaux;13,9 %;2024;RPLS",
        f"{pontaubry.pk};Logements sociaux;4 %;2024;RPLS",
        f"{valmorel.pk};Taux de pauvreté;19 %;;Insee",
        f"{valmorel.pk};Logements sociaux;14 %;2024;RPLS",
        "99999;Logements sociaux;1 %;2024;RPLS",
        "",
    ]
    body = as_user(amina).post("/bureau/campagnes/valmorel-2026/chiffres/", {"file": table("\n".join(rows))}).content.decode()
    assert [one.value for one in campaign_commune.figures.all()] == ["13,9 %"]
    assert "4 %" in in_letter(campaign, pontaubry.pk)
    assert "3 lignes n’ont pas été prises" in body
    for reason in ("un chiffre sans elle ne se vérifie pas", "déjà ce chiffre plus haut", "commune inconnue"):
        assert reason in body


def test_the_same_table_twice_changes_nothing(as_user, amina, campaign, campaign_commune, valmorel):
    rows = f"Code INSEE;Intitulé;Valeur;Millésime;Source\n{valmorel.pk};Logements sociaux;13,9 %;2024;RPLS\n"
    for _ in range(2):
        as_user(amina).post("/bureau/campagnes/valmorel-2026/chiffres/", {"file": table(rows)})
    assert campaign_commune.figures.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "vide"),
        ("Commune;Valeur\nValmorel;3\n", "Il manque dans ce tableau : Intitulé, Millésime, Source"),
        ("%PDF-1.7 ...", "un PDF, pas un tableau"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_to_do(as_user, amina, campaign, content, said):
    answer = as_user(amina).post("/bureau/campagnes/valmorel-2026/chiffres/", {"file": table(content)})
    assert answer.status_code == 200
    assert said in plain(answer.content.decode())


def test_the_table_to_fill_has_a_line_for_each_commune(as_user, amina, campaign, campaign_commune, valmorel, pontaubry):
    sheets.set_figures(actor=amina, campaign_commune=campaign_commune, figures=[HOMES])
    lines = as_user(amina).get("/bureau/campagnes/valmorel-2026/chiffres/modele.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Code INSEE;Intitulé;Valeur;Millésime;Source"
    assert sorted(lines[1:]) == sorted(
        [f"{valmorel.pk};Logements sociaux;13,9 % des résidences principales;1er janvier 2024;RPLS", f"{pontaubry.pk};;;;"]
    )


def test_only_who_leads_the_campaign_takes_a_table(as_user, bruno, chloe, campaign):
    assert as_user(bruno).get("/bureau/campagnes/valmorel-2026/chiffres/").status_code == 403
    assert as_user(chloe).get("/bureau/campagnes/valmorel-2026/chiffres/").status_code == 404


def test_the_page_of_all_figures_asks_as_much_for_two_communes_as_for_ten(as_user, amina, campaign, django_assert_max_num_queries):
    browser = as_user(amina)
    with django_assert_max_num_queries(15):
        browser.get("/bureau/campagnes/valmorel-2026/chiffres/")
