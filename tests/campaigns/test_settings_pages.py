"""Making and changing a campaign in the browser."""

import datetime

import pytest
from django.utils import timezone

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.campaigns import schedule
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import Election
from tests.campaigns.test_home import words

HERE = "/bureau/campagnes/valmorel-2026/"


@pytest.fixture
def told(election, collective, valmorel) -> dict[str, object]:
    return {
        "name": "Municipales 2026, cinq questions", "collective": collective.pk, "election": election.pk, "communes": [valmorel.pk],
        "organisations": [one.pk for one in collective.organisations.all()], "deadline_on": "2026-03-06", "deadline_at": "18:00", "publish_on": "2026-03-11",
        "introduction": "Nous demandons.", "method": "",
    }  # fmt: skip


def test_a_campaign_is_made_and_leads_to_its_questions(as_user, amina, told):
    answer = as_user(amina).post("/bureau/campagnes/nouvelle/", told)
    assert answer.url == "/bureau/campagnes/municipales-2026-cinq-questions/questions/"
    made = Campaign.objects.get()
    assert (made.state, made.deadline_at, made.communes.count(), made.organisations.count()) == ("draft", datetime.time(18), 1, 3)
    assert made.questionnaires.get().version == 1
    assert JournalEntry.objects.get().sentence == "Amina Test a créé la campagne « Municipales 2026, cinq questions », 1 commune."


def test_two_campaigns_of_one_name_have_two_addresses(as_user, amina, told):
    for _ in range(2):
        as_user(amina).post("/bureau/campagnes/nouvelle/", told)
    assert sorted(Campaign.objects.values_list("slug", flat=True)) == ["municipales-2026-cinq-questions", "municipales-2026-cinq-questions-2"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Ce champ est obligatoire"),
        ({"deadline_on": "31/02/2026"}, "date valide"),
        ({"deadline_at": "25:00"}, "heure valide"),
        ({"communes": ["99999"], "communes-paste": "Ville qui n’existe pas"}, "Ville qui n’existe pas"),
    ],
)
def test_a_wrong_fact_is_named_and_nothing_is_made(as_user, amina, told, wrong, sentence):
    assert sentence in words(as_user(amina).post("/bureau/campagnes/nouvelle/", told | wrong))
    assert not Campaign.objects.exists()


def test_nobody_makes_a_campaign_for_another_collective(as_user, chloe, told):
    assert as_user(chloe).post("/bureau/campagnes/nouvelle/", told).status_code == 200
    assert not Campaign.objects.exists()


def test_only_a_coordinator_makes_campaigns(as_user, bruno, diane, emile, told):
    for member in (bruno, diane, emile):
        assert as_user(member).post("/bureau/campagnes/nouvelle/", told).status_code == 403
    assert not Campaign.objects.exists()


def test_without_any_election_the_form_says_where_to_begin(as_user, amina):
    assert "Aucune élection n’est encore inscrite" in words(as_user(amina).get("/bureau/campagnes/nouvelle/"))


ON_THE_WAY = "/bureau/campagnes/nouvelle/election/"
PARTIAL = {"name": "Municipale partielle de Valmorel", "kind": "partial", "first_round_on": "2027-06-06", "second_round_on": "", "source": "arrêté"}


def test_an_election_is_made_on_the_way_and_what_was_typed_is_kept(as_user, amina, collective, valmorel):
    browser = as_user(amina)
    typed = {
        "name": "Partielle 2027",
        "collective": collective.pk,
        "communes": [valmorel.pk],
        "deadline_on": "2027-05-30",
        "introduction": "Nous demandons.",
    }
    assert browser.post("/bureau/campagnes/nouvelle/garder/", typed).url == ON_THE_WAY
    assert "Ce que vous avez tapé pour la campagne est gardé" in words(browser.get(ON_THE_WAY))
    page = browser.post(ON_THE_WAY, PARTIAL, follow=True)
    made = Election.objects.get()
    assert made.name == "Municipale partielle de Valmorel"
    html = page.content.decode()
    for shown in (
        'value="Partielle 2027"',
        'value="2027-05-30"',
        "Nous demandons.",
        f'value="{valmorel.pk}"',
        f'<option value="{made.pk}" selected>',
    ):
        assert shown in html
    assert not Campaign.objects.exists()


def test_what_was_kept_is_forgotten_once_the_campaign_is_made(as_user, amina, told):
    browser = as_user(amina)
    browser.post("/bureau/campagnes/nouvelle/garder/", told | {"name": "Gardé un moment"})
    browser.post("/bureau/campagnes/nouvelle/", told)
    assert "Gardé un moment" not in browser.get("/bureau/campagnes/nouvelle/?reprise=1").content.decode()


def test_a_new_form_is_blank_unless_one_comes_back_to_it(as_user, amina, told):
    browser = as_user(amina)
    browser.post("/bureau/campagnes/nouvelle/garder/", told | {"name": "Gardé un moment"})
    assert "Gardé un moment" not in browser.get("/bureau/campagnes/nouvelle/").content.decode()
    assert "Gardé un moment" in browser.get("/bureau/campagnes/nouvelle/?reprise=1").content.decode()


def test_the_first_button_of_the_form_makes_the_campaign(as_user, amina, election):
    """Enter in a field presses the first button: it must not lead elsewhere."""
    html = as_user(amina).get("/bureau/campagnes/nouvelle/").content.decode()
    assert html.index("Créer la campagne") < html.index("Inscrire une autre élection")


def test_an_election_that_makes_no_sense_is_said_on_the_way_too(as_user, amina):
    page = as_user(amina).post(ON_THE_WAY, PARTIAL | {"second_round_on": "2027-06-01"})
    assert "Le second tour vient après le premier" in words(page)
    assert not Election.objects.exists()


def test_a_general_election_is_offered_with_its_dates(as_user, amina):
    browser = as_user(amina)
    assert "Élections municipales de 2026" in words(browser.get(ON_THE_WAY))
    assert 'value="2026-03-15"' in browser.get(f"{ON_THE_WAY}?renouvellement=municipales-2026").content.decode()


def test_only_a_coordinator_makes_an_election_on_the_way(as_user, bruno, diane, emile):
    for member in (bruno, diane, emile):
        assert as_user(member).get(ON_THE_WAY).status_code == 403
        assert as_user(member).post(ON_THE_WAY, PARTIAL).status_code == 403
        assert as_user(member).post("/bureau/campagnes/nouvelle/garder/", {"name": "x"}).status_code == 403
    assert not Election.objects.exists()


def test_keeping_is_not_a_page(as_user, amina):
    assert as_user(amina).get("/bureau/campagnes/nouvelle/garder/").status_code == 405


def test_moving_the_deadline_after_the_letter_needs_a_reason(as_user, amina, campaign, sent, told):
    facts = told | {"deadline_on": "2026-03-08", "deadline_at": "23:59"}
    assert "Dites pourquoi il change" in words(as_user(amina).post(f"{HERE}modifier/", facts))
    as_user(amina).post(f"{HERE}modifier/", facts | {"reason": "la poste était en grève"})
    campaign.refresh_from_db()
    assert campaign.deadline_on == datetime.date(2026, 3, 8)
    assert JournalEntry.objects.get().sentence == (
        "Amina Test a déplacé le délai de « Municipales 2026, cinq questions », du 06/03/2026 à 23 h 59 au 08/03/2026 à 23 h 59, "
        "pour toutes les listes. Raison : la poste était en grève"
    )


def test_the_election_no_longer_changes_once_a_letter_has_gone(as_user, amina, campaign, sent, told):
    from plaidoyer.elections.models import Election

    other = Election.objects.create(slug="autre", name="Autre", year=2026, first_round_on=datetime.date(2026, 6, 1))
    facts = told | {"deadline_on": "2026-03-06", "deadline_at": "23:59", "election": other.pk}
    assert "l’élection ne change plus" in words(as_user(amina).post(f"{HERE}modifier/", facts))


def test_communes_are_added_once_and_removed_while_nothing_was_asked(as_user, amina, campaign, saint_leu_des_iles, valmorel):
    browser = as_user(amina)
    browser.post(f"{HERE}communes/", {"communes": [saint_leu_des_iles.pk, valmorel.pk]})
    assert campaign.communes.count() == 3
    browser.post(f"{HERE}communes/ZZ003/retirer/")
    assert campaign.communes.count() == 2
    assert [line.sentence for line in JournalEntry.objects.order_by("sequence")] == [
        "Amina Test a ajouté à « Municipales 2026 : trois questions aux listes » : Saint-Leu-des-Îles.",
        "Amina Test a retiré Saint-Leu-des-Îles de « Municipales 2026 : trois questions aux listes ».",
    ]


def test_a_commune_that_was_written_to_stays(as_user, amina, campaign, sent):
    assert "ne peut plus être retirée" in words(as_user(amina).post(f"{HERE}communes/ZZ001/retirer/", follow=True))
    assert campaign.communes.count() == 2


def test_a_campaign_closes_and_opens_again(as_user, amina, campaign):
    browser = as_user(amina)
    browser.post(f"{HERE}clore/")
    campaign.refresh_from_db()
    assert campaign.state == "closed"
    assert "est déjà close" in words(browser.post(f"{HERE}clore/", follow=True))
    browser.post(f"{HERE}ouvrir/")
    campaign.refresh_from_db()
    assert campaign.state == "open"
    assert browser.get(f"{HERE}clore/").status_code == 405


def test_the_letter_keeps_the_words_as_typed(as_user, amina, campaign):
    as_user(amina).post(f"{HERE}lettre/", {"letter_opening": "Madame, Monsieur,\nl'an dernier", "letter_closing": ""})
    campaign.refresh_from_db()
    assert campaign.letter_opening.replace("\r", "") == "Madame, Monsieur,\nl'an dernier"
    assert "l’an dernier" in words(as_user(amina).get(f"{HERE}lettre/"))


@pytest.mark.parametrize("page", ["modifier/", "communes/", "lettre/signataires/", "lettre/pieces/ajouter/"])
def test_only_the_coordination_opens_these_pages(as_user, amina, bruno, diane, emile, chloe, campaign, page):
    assert as_user(amina).get(HERE + page).status_code == 200
    for member in (bruno, diane, emile):
        assert as_user(member).get(HERE + page).status_code == 403
    assert as_user(chloe).get(HERE + page).status_code == 404


def test_others_read_the_letter_and_cannot_change_it(as_user, bruno, emile, chloe, campaign):
    for member in (bruno, emile):
        assert as_user(member).get(f"{HERE}lettre/").status_code == 200
        assert as_user(member).post(f"{HERE}lettre/", {"letter_opening": "x"}).status_code == 403
    assert as_user(chloe).get(f"{HERE}lettre/").status_code == 404


@pytest.mark.parametrize(
    ("deadline", "publish", "today", "expected"),
    [
        ((2026, 3, 6), (2026, 3, 11), (2026, 2, 9), []),
        ((2026, 3, 6), None, (2026, 2, 9), []),
        ((2026, 3, 14), None, (2026, 2, 9), ["après le début du silence électoral (14/03/2026)"]),
        ((2026, 3, 6), (2026, 3, 14), (2026, 2, 9), ["pendant le silence électoral"]),
        ((2026, 3, 6), (2026, 3, 5), (2026, 2, 9), ["avant la fin du délai"]),
        ((2026, 3, 6), (2026, 3, 8), (2026, 2, 9), ["Il y a 2 jour(s) entre le délai et la publication"]),
        ((2026, 3, 12), None, (2026, 2, 9), ["il reste 2 jours pour relire et publier"]),
        ((2026, 3, 6), None, (2026, 3, 1), ["Il reste 5 jours pour répondre"]),
    ],
)
def test_dates_that_do_not_fit_are_named(deadline, publish, today, expected):
    found = schedule.warnings(
        polling_on=datetime.date(2026, 3, 15), deadline_on=datetime.date(*deadline), publish_on=datetime.date(*publish) if publish else None,
        today=datetime.date(*today),
    )  # fmt: skip
    assert len(found) == len(expected)
    for sentence, part in zip(found, expected, strict=True):
        assert part in sentence


def test_a_deadline_too_near_the_vote_is_said_on_screen(as_user, amina, told, election):
    election.first_round_on = timezone.localdate() + datetime.timedelta(days=20)
    election.save()
    near = {"deadline_on": (timezone.localdate() + datetime.timedelta(days=19)).isoformat(), "publish_on": ""}
    page = as_user(amina).post("/bureau/campagnes/nouvelle/", told | near, follow=True)
    assert "rien ne pourra être publié avant le vote" in words(page)
