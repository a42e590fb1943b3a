"""The pages of letters: text, Word, preview, printing; who may see and who may write."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plaidoyer.campaigns.letter_models import LetterTemplate
from plaidoyer.campaigns.models import Signatory
from plaidoyer.elections.models import Candidate, Contact
from tests.campaigns.letters_cast import docx, p, words

HERE = "/bureau/campagnes/valmorel-2026/lettre/lettre"


@pytest.fixture(autouse=True)
def signed(campaign):
    Signatory.objects.create(campaign=campaign, name="Amina Test", capacity="présidente")


def said(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split()).replace("\u202f", " ").replace("\u00a0", " ")


def upload(client, content: bytes, name: str = "lettre.docx"):
    return client.post(f"{HERE}/texte/word/", {"file": SimpleUploadedFile(name, content)})


def test_the_default_text_waits_to_be_changed(as_user, amina, campaign, lists):
    page = as_user(amina).get(f"{HERE}/texte/")
    assert page.status_code == 200
    assert "Qui écrit, et pourquoi" in said(page)
    assert LetterTemplate.objects.count() == 0


def test_a_text_is_saved_and_seen_for_a_list(as_user, amina, campaign, lists):
    client = as_user(amina)
    response = client.post(
        f"{HERE}/texte/", {"greeting": "{{ civilite }},", "opening": "Bonjour de {{ collectif }}.", "questions": "{{ questions }}"}
    )
    assert response.status_code == 302
    page = client.get(f"{HERE}/liste-{lists[0].pk}/")
    assert "Bonjour de Un toit à Valmorel." in said(page)
    assert "Madame, Monsieur," in said(page)


def test_civility_follows_the_official_list_of_candidates(as_user, amina, campaign, lists):
    Candidate.objects.create(candidate_list=lists[0], rank=1, family_name="Carpentras", given_name="Inès", sex="F", is_head=True)
    assert "Madame la candidate," in said(as_user(amina).get(f"{HERE}/liste-{lists[0].pk}/"))
    assert "Madame, Monsieur," in said(as_user(amina).get(f"{HERE}/liste-{lists[1].pk}/"))


def test_a_faulty_text_is_not_saved_and_says_where(as_user, amina, campaign):
    response = as_user(amina).post(f"{HERE}/texte/", {"opening": "Bonjour {{ comune }}."})
    assert response.status_code == 422
    assert "bloc « Qui écrit, et pourquoi », paragraphe 1 : {{ comune }} n’est pas un champ ; voulez-vous dire {{ commune }} ?" in said(response)
    assert "Bonjour {{ comune }}." in response.content.decode()
    assert LetterTemplate.objects.count() == 0


def test_the_word_model_goes_out_and_comes_back(as_user, amina, campaign, lists):
    client = as_user(amina)
    model = client.get(f"{HERE}/texte/modele.docx").content
    assert "{{" not in zipfile.ZipFile(io.BytesIO(model)).read("word/styles.xml").decode()
    assert any("{{ questions }}" in line for line in words(model))
    assert upload(client, model).status_code == 302
    letter = client.get(f"{HERE}/liste-{lists[0].pk}.docx").content
    assert "1.\tVous engagez-vous" in "\n".join(words(letter)).replace("\u202f", " ")


def test_a_word_file_takes_the_place_of_the_blocks_until_they_are_wanted_back(as_user, amina, campaign, lists):
    client = as_user(amina)
    upload(client, docx(p("Lettre Word pour {{ liste }}")))
    assert "Lettre Word pour Valmorel solidaire" in said(client.get(f"{HERE}/liste-{lists[0].pk}/"))
    assert client.post(f"{HERE}/texte/blocs/").status_code == 302
    assert "Lettre Word" not in said(client.get(f"{HERE}/liste-{lists[0].pk}/"))


def test_a_faulty_word_file_is_refused_whole_with_its_places(as_user, amina, campaign):
    response = upload(as_user(amina), docx(p("Bonjour") + p("{{ listte }} et {{ ''.__class__ }}")))
    assert response.status_code == 422
    assert "texte, paragraphe 2 : {{ listte }} n’est pas un champ ; voulez-vous dire {{ liste }} ?" in said(response)
    assert "ressemble à du code" in said(response)
    assert LetterTemplate.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"%PDF-1.7", b"PK\x03\x04"])
def test_a_file_that_is_no_letter_is_refused_in_french(as_user, amina, campaign, content):
    response = upload(as_user(amina), content)
    assert response.status_code == 422
    assert LetterTemplate.objects.count() == 0


def test_a_form_without_file_is_told_so(as_user, amina, campaign):
    assert as_user(amina).post(f"{HERE}/texte/word/", {}).status_code == 422


def test_each_list_has_its_pdf(as_user, amina, campaign, lists):
    response = as_user(amina).get(f"{HERE}/liste-{lists[0].pk}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-1.7")


def test_the_printer_gets_letters_labels_and_a_folder_with_its_index(as_user, amina, campaign, lists, collective):
    Contact.objects.create(
        candidate_list=lists[0],
        collective=collective,
        kind="address",
        value="3 rue des Tilleuls, 99999 Valmorel",
        source="tract",
        found_on=datetime.date(2026, 2, 1),
    )
    client = as_user(amina)
    assert client.get(f"{HERE}/imprimer/lettres.pdf").content.startswith(b"%PDF")
    assert client.get(f"{HERE}/imprimer/etiquettes.pdf").content.startswith(b"%PDF")
    folder = zipfile.ZipFile(io.BytesIO(client.get(f"{HERE}/imprimer/dossier.zip").content))
    assert len(folder.namelist()) == 9
    index = folder.read("index.csv").decode("utf-8-sig").splitlines()
    assert index[0] == "commune;code INSEE;liste;tête de liste;PDF;Word;empreinte du texte commun"
    assert index[1].startswith("Valmorel-sur-Ourse;ZZ001;Valmorel solidaire;Inès Carpentras;ZZ001-valmorel-sur-ourse/liste-1.pdf")
    assert len({line.rsplit(";", 1)[1] for line in index[1:]}) == 1


def test_the_local_group_sees_its_commune_only(as_user, bruno, campaign, lists, election, pontaubry):
    from tests.cast import Contest, candidate_list

    far = candidate_list(
        Contest.objects.create(election=election, commune=pontaubry, polling_on=datetime.date(2026, 3, 15)), 1, "Pontaubry demain", "Ève Roc"
    )
    client = as_user(bruno)
    assert client.get(f"{HERE}/liste-{lists[0].pk}/").status_code == 200
    assert client.get(f"{HERE}/liste-{far.pk}/").status_code == 404
    assert "Pontaubry demain" not in said(client.get(f"{HERE}/liste-{lists[0].pk}/"))
    folder = zipfile.ZipFile(io.BytesIO(client.get(f"{HERE}/imprimer/dossier.zip").content))
    assert not [name for name in folder.namelist() if "pontaubry" in name]


def test_readers_look_and_do_not_write(as_user, emile, bruno, campaign, lists):
    for member in (emile, bruno):
        client = as_user(member)
        assert client.get(f"{HERE}/texte/").status_code == 200
        assert client.post(f"{HERE}/texte/", {"opening": "x"}).status_code == 403
        assert upload(client, docx(p("x"))).status_code == 403


def test_other_collectives_find_nothing(as_user, chloe, campaign, lists):
    client = as_user(chloe)
    for address in (f"{HERE}/texte/", f"{HERE}/liste-{lists[0].pk}/", f"{HERE}/imprimer/", f"{HERE}/texte/modele.docx"):
        assert client.get(address).status_code == 404


def test_unknown_kinds_and_wrong_methods(as_user, amina, campaign, lists):
    client = as_user(amina)
    assert client.get("/bureau/campagnes/valmorel-2026/lettre/autre/texte/").status_code == 404
    assert client.get(f"{HERE}/texte/word/").status_code == 405
    assert client.post(f"{HERE}/liste-{lists[0].pk}/").status_code == 405


def test_a_preview_costs_the_same_queries_for_any_number_of_lists(as_user, amina, campaign, lists, django_assert_max_num_queries):
    client = as_user(amina)
    client.get(f"{HERE}/liste-{lists[0].pk}/")
    with django_assert_max_num_queries(34):
        client.get(f"{HERE}/liste-{lists[0].pk}/")


def test_the_letter_page_leads_to_its_whole_text(as_user, amina, campaign):
    page = as_user(amina).get(reverse("campaigns:letter", args=["valmorel-2026"])).content.decode()
    assert f"{HERE}/texte/" in page
