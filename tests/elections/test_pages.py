"""The pages of elections and lists: for whoever acts for a collective; each role sees and does what is its own."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from plaidoyer.accounts.models import JournalEntry, User
from plaidoyer.elections import acts
from plaidoyer.elections.models import CandidateList, Contact, Election, ListFile, Standing

SLUG = "municipales-2026"


def page(name: str, *args: object) -> str:
    return reverse(f"elections:{name}", args=args)


def read(answer) -> str:
    """The words of a page, with plain spaces where French typography puts others."""
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


COMMUNE = ("municipales-2026", "ZZ001")
LIST = (*COMMUNE, "liste-1")


@pytest.fixture
def contact(collective, lists, amina) -> Contact:
    return acts.add_contact(
        actor=amina, collective=collective, candidate_list=lists[0], kind="email", value="secret@liste.example", source="leur site"
    )


READ_PAGES = [
    ("home", ()), ("election", (SLUG,)), ("without-contact", (SLUG,)), ("commune", COMMUNE), ("draw", COMMUNE), ("list", LIST),
]  # fmt: skip
WRITE_PAGES = [("create", ()), ("edit", (SLUG,)), ("upload", (SLUG,)), ("add", COMMUNE), ("merge", COMMUNE), ("edit-list", LIST)]


@pytest.mark.parametrize(("name", "args"), READ_PAGES)
def test_every_member_reads(as_user, amina, bruno, diane, emile, lists, name, args):
    for person in (amina, bruno, diane, emile):
        assert as_user(person).get(page(name, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), WRITE_PAGES)
def test_coordination_may_write_and_an_observer_may_not(as_user, amina, emile, lists, name, args):
    assert as_user(amina).get(page(name, *args)).status_code == 200
    assert as_user(emile).get(page(name, *args)).status_code == 403
    assert as_user(emile).post(page(name, *args), {"name": "X"}).status_code == 403


@pytest.mark.parametrize(("name", "args"), READ_PAGES[1:] + WRITE_PAGES)
def test_somebody_of_no_collective_finds_nothing(as_user, db, lists, name, args):
    stranger = User.objects.create_user("nobody@example.org", "Nobody", "un mot de passe long")
    assert as_user(stranger).get(page(name, *args)).status_code == 404


@pytest.mark.parametrize(("name", "args"), READ_PAGES + WRITE_PAGES)
def test_without_an_account_one_is_sent_to_the_door(lists, name, args):
    assert Client().get(page(name, *args)).status_code == 302


@pytest.mark.parametrize("name", ["move", "retire"])
def test_what_changes_something_takes_no_get(as_user, amina, lists, contact, name):
    pk = contact.pk if name == "retire" else lists[0].standings.get().pk
    assert as_user(amina).get(page(name, *LIST, pk)).status_code == 405


def test_a_local_group_writes_in_its_own_commune_only(as_user, bruno, lists, pontaubry):
    assert as_user(bruno).get(page("add", *COMMUNE)).status_code == 200
    assert as_user(bruno).get(page("add", SLUG, "ZZ002")).status_code == 403
    assert "Ajouter une liste" not in as_user(bruno).get(page("commune", SLUG, "ZZ002")).content.decode()


# ------------------------------------------------------------------------------------------------------------------- contacts are private


def test_the_contacts_of_a_collective_are_seen_by_nobody_else(as_user, amina, bruno, chloe, contact):
    for person in (amina, bruno):
        assert "secret@liste.example" in as_user(person).get(page("list", *LIST)).content.decode()
    theirs = as_user(chloe)
    assert "secret@liste.example" not in theirs.get(page("list", *LIST)).content.decode()
    assert "Valmorel solidaire" in theirs.get(page("without-contact", SLUG)).content.decode()
    assert theirs.post(page("retire", *LIST, contact.pk)).status_code == 404
    contact.refresh_from_db()
    assert contact.is_active


def test_a_contact_is_added_from_the_page_of_its_list(as_user, amina, lists):
    answer = as_user(amina).post(page("list", *LIST), {"kind": "email", "value": "a@b.example", "source": "leur site"}, follow=True)
    assert "Le contact est ajouté." in answer.content.decode()
    assert Contact.objects.get().source == "leur site"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"kind": "email", "value": "a@b.example", "source": ""}, "Ce champ est obligatoire"),
        ({"kind": "email", "value": "a b", "source": "site"}, "n’est pas une adresse électronique"),
        ({"kind": "pigeon", "value": "a", "source": "site"}, "Sélectionnez un choix valide"),
        ({}, "Ce champ est obligatoire"),
    ],
)
def test_a_wrong_contact_stays_on_the_page_with_the_reason(as_user, amina, lists, sent, told):
    answer = as_user(amina).post(page("list", *LIST), sent)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Contact.objects.exists()


def test_an_observer_adds_no_contact(as_user, emile, lists):
    assert as_user(emile).post(page("list", *LIST), {"kind": "email", "value": "a@b.example", "source": "x"}).status_code == 403


def test_a_contact_is_retired(as_user, amina, contact):
    as_user(amina).post(page("retire", *LIST, contact.pk))
    contact.refresh_from_db()
    assert not contact.is_active


# ------------------------------------------------------------------------------------------------------------------------ lists on screen


def test_the_lists_of_a_commune_stand_in_the_order_of_panels_with_a_fixed_number_of_queries(
    as_user, amina, lists, contact, django_assert_max_num_queries
):  # fmt: skip
    browser = as_user(amina)
    browser.get(page("home"))
    with django_assert_max_num_queries(24):
        text = browser.get(page("commune", *COMMUNE)).content.decode()
    places = [text.index(name) for name in ("Valmorel solidaire", "Un nouvel élan", "Valmorel d’abord", "L’Ourse en commun")]
    assert places == sorted(places)
    assert "Silence du samedi 14 mars à 0 h au dimanche 15 mars à 20 h, heure locale." in text


@pytest.mark.parametrize(
    ("name", "args", "most"), [("home", (), 12), ("election", (SLUG,), 16), ("without-contact", (SLUG,), 14), ("list", LIST, 26)]
)
def test_each_list_page_asks_a_fixed_number_of_queries(as_user, amina, lists, contact, django_assert_max_num_queries, name, args, most):
    browser = as_user(amina)
    browser.get(page("home"))
    with django_assert_max_num_queries(most):
        assert browser.get(page(name, *args)).status_code == 200


def test_lists_without_contact_are_a_list_of_things_to_do(as_user, amina, contact, lists):
    lists[3].standings.update(state=Standing.State.WITHDRAWN)
    text = as_user(amina).get(page("without-contact", SLUG)).content.decode()
    assert "2 listes" in text
    assert "Valmorel solidaire" not in text
    assert "L’Ourse en commun" not in text


def test_a_list_is_added_then_asked_how_to_write_to_it(as_user, amina, election, valmorel):
    answer = as_user(amina).post(page("add", *COMMUNE), {"name": "La Relève", "is_announced": "on"})
    assert answer.headers["Location"] == page("list", *COMMUNE, "la-releve")
    assert CandidateList.objects.get().standings.get().state == Standing.State.ANNOUNCED


def test_a_list_that_exists_already_is_refused_on_the_page(as_user, amina, lists):
    text = as_user(amina).post(page("add", *COMMUNE), {"name": "Valmorel solidaire"}).content.decode()
    assert "Une liste porte déjà ce nom" in text


@pytest.mark.parametrize(
    "sent", [{}, {"name": "X", "panel": "douze"}, {"name": "X", "panel": "0"}, {"name": "X", "website": "pas un site"}, {"name": "x" * 400}]
)
def test_bad_input_stays_on_the_form(as_user, amina, election, valmorel, sent):
    answer = as_user(amina).post(page("add", *COMMUNE), sent)
    assert answer.status_code == 200
    assert 'class="errors"' in answer.content.decode()
    assert not CandidateList.objects.exists()


def test_a_list_is_edited(as_user, amina, lists):
    as_user(amina).post(page("edit-list", *LIST), {"name": "Valmorel solidaire", "head_name": "Inès Aubrée", "panel": "1", "source": "préfecture"})
    lists[0].refresh_from_db()
    assert (lists[0].head_name, lists[0].etiquette) == ("Inès Aubrée", None)


def test_a_situation_is_changed_and_a_wrong_one_is_told(as_user, amina, lists):
    browser, address = as_user(amina), page("move", *LIST, lists[0].standings.get().pk)
    assert "Situation enregistrée : non qualifiée." in read(browser.post(address, {"to": "not-qualified"}, follow=True))
    assert "ne peut pas devenir" in read(browser.post(address, {"to": "maintained"}, follow=True))
    assert "Choisissez une situation" in read(browser.post(address, {"to": "<script>"}, follow=True))


def test_a_standing_of_another_list_is_not_found_under_this_one(as_user, amina, lists):
    assert as_user(amina).post(page("move", *LIST, lists[1].standings.get().pk), {"to": "withdrawn"}).status_code == 404


def test_two_lists_merge_on_screen(as_user, amina, lists):
    sent = {"lists": [lists[0].pk, lists[1].pk], "name": "Valmorel rassemblée"}
    text = as_user(amina).post(page("merge", *COMMUNE), sent, follow=True).content.decode()
    assert "Second tour, 22 mars 2026" in text
    assert "Valmorel rassemblée" in text
    assert "Une fusion réunit au moins deux" in as_user(amina).post(page("merge", *COMMUNE), {"lists": [lists[2].pk], "name": "X"}).content.decode()


def test_a_draw_is_recorded_and_shown_with_what_is_needed_to_do_it_again(as_user, amina, emile, lists):
    CandidateList.objects.update(panel=None)
    as_user(amina).post(page("draw", *COMMUNE), {"seed": "Loto 12 23 34", "witness": "Maître Aubrée"})
    text = as_user(emile).get(page("draw", *COMMUNE)).content.decode()
    for words in ["Loto 12 23 34", "Maître Aubrée", "ZZ001-4", "b6b0a074ea3c", "sha256sum"]:
        assert words in text
    assert as_user(emile).post(page("draw", *COMMUNE), {"seed": "x"}).status_code == 403


@pytest.mark.parametrize("words", ["valmorel", "zzz", "\"'%\0", "é" * 300])
def test_a_commune_is_found_in_an_election(as_user, amina, lists, pontaubry, words):
    assert as_user(amina).get(page("election", SLUG), {"q": words, "page": "x"}).status_code == 200


def test_a_commune_without_lists_is_offered_when_searched(as_user, amina, lists, pontaubry):
    assert page("commune", SLUG, "ZZ002") in as_user(amina).get(page("election", SLUG), {"q": "pontau"}).content.decode()


# ---------------------------------------------------------------------------------------------------------------------------- elections


def test_a_general_renewal_is_ready_to_be_added(as_user, amina):
    browser = as_user(amina)
    address = f"{page('create')}?renouvellement=municipales-2026"
    assert address in browser.get(page("home")).content.decode()
    form = browser.get(address).content.decode()
    assert 'value="2026-03-15"' in form
    browser.post(address, {"name": "Élections municipales de 2026", "first_round_on": "2026-03-15", "second_round_on": "2026-03-22"})
    assert Election.objects.get().slug == "municipales-2026"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"name": "X", "first_round_on": "2027-06-06", "second_round_on": "2027-05-30"}, "Le second tour vient après le premier."),
        ({"name": "X", "first_round_on": "hier"}, "Saisissez une date valide"),
        ({"name": "Municipales 2026", "first_round_on": "2027-06-06"}, "porte déjà l’adresse"),
    ],
)
def test_an_election_that_cannot_be_stays_on_the_form(as_user, amina, election, sent, told):
    assert told in as_user(amina).post(page("create"), sent).content.decode()
    assert Election.objects.count() == 1


def test_the_dates_of_an_election_are_corrected(as_user, amina, election, contest):
    as_user(amina).post(page("edit", SLUG), {"name": "Municipales", "first_round_on": "2026-03-08", "second_round_on": "2026-03-15"})
    contest.refresh_from_db()
    assert str(contest.polling_on) == "2026-03-08"


# ------------------------------------------------------------------------------------------------------------------------------- imports


def upload(browser: Client, content: bytes, name: str = "nos-listes.csv", **more):
    return browser.post(page("upload", SLUG), {"file": SimpleUploadedFile(name, content), "number": "1", **more})


TABLE = "Ville;Liste;Mail\nValmorel-sur-Ourse;La Relève;a@r.example\nNulle-Part;Nous;\n".encode()


def test_a_table_goes_from_upload_to_columns_to_preview_to_lists(as_user, amina, election, valmorel):
    browser = as_user(amina)
    answer = upload(browser, TABLE)
    found = ListFile.objects.get()
    assert answer.headers["Location"] == page("columns", found.pk)
    form = browser.get(page("columns", found.pk)).content.decode()
    assert "2 lignes" in form
    matched = {"column-commune": "0", "column-name": "1", "column-email": "2", "default_source": "leur site"}
    assert browser.post(page("columns", found.pk), matched).headers["Location"] == page("file", found.pk)
    preview = browser.get(page("file", found.pk)).content.decode()
    assert "La Relève" in preview
    assert "aucune commune ne s’appelle «" in preview
    assert not CandidateList.objects.exists()
    done = read(browser.post(page("apply", found.pk), follow=True))
    assert "Importé : 1 liste ajoutée, 1 contact ajouté." in done
    assert CandidateList.objects.get().contacts.get().value == "a@r.example"
    assert "Importé le" in browser.get(page("file", found.pk)).content.decode()


def test_the_rejects_are_taken_away_as_csv_and_xlsx(as_user, amina, election, valmorel):
    browser = as_user(amina)
    upload(browser, TABLE)
    found = ListFile.objects.get()
    browser.post(page("columns", found.pk), {"column-commune": "0", "column-name": "1"})
    reason = "aucune commune ne s’appelle « Nulle-Part »"
    assert browser.get(page("rejects", found.pk, "csv")).content.decode("utf-8-sig").splitlines() == [
        "ligne;colonne;valeur;raison", f"3;Commune;Nulle-Part;{reason}",
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(browser.get(page("rejects", found.pk, "xlsx")).content)).active
    assert [cell.value for cell in sheet[2]] == ["3", "Commune", "Nulle-Part", reason]


def test_the_ministrys_file_goes_straight_to_its_preview(as_user, amina, election, valmorel):
    from tests.elections.conftest import HEADER_2026, lists_2026

    browser = as_user(amina)
    answer = upload(browser, "\n".join([HEADER_2026, *lists_2026(), ""]).encode(), "candidatures.csv", departements="zz, 34")
    found = ListFile.objects.get()
    assert answer.headers["Location"] == page("file", found.pk)
    assert (found.kind, found.departements) == (ListFile.Kind.OFFICIAL, "ZZ 34")
    assert browser.get(page("columns", found.pk)).status_code == 404
    browser.post(page("apply", found.pk))
    assert CandidateList.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 x", "un PDF, pas un tableau"),
        (b"PK\x03\x04 broken", "abîmé"),
        (
            "Code circonscription;Libellé de la liste;Ordre;Tête de liste;Sexe;Numéro de panneau;Circonscription\n".encode(),
            "manquent (format de 2026)",
        ),
        (b"", "vide"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_on_the_page(as_user, amina, election, content, told):
    answer = upload(as_user(amina), content)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not ListFile.objects.exists()


def test_the_name_of_a_file_is_only_a_name(as_user, amina, election, settings):
    upload(as_user(amina), TABLE, '..\\..\\etc/pass"wd<b>.csv')
    found = ListFile.objects.get()
    assert "/" not in found.name
    assert found.content.name.startswith("lists/")
    assert "wd<b>" not in as_user(amina).get(page("upload", SLUG)).content.decode()


def test_the_files_of_a_collective_are_its_own(as_user, amina, emile, chloe, election, valmorel):
    upload(as_user(amina), TABLE)
    pk = ListFile.objects.get().pk
    for name in ("file", "columns"):
        assert as_user(chloe).get(page(name, pk)).status_code == 404
    assert as_user(chloe).post(page("apply", pk)).status_code == 404
    assert as_user(chloe).get(page("rejects", pk, "csv")).status_code == 404
    assert as_user(emile).get(page("file", pk)).status_code == 200
    for name in ("apply", "abandon"):
        assert as_user(emile).post(page(name, pk)).status_code == 403
        assert as_user(amina).get(page(name, pk)).status_code == 405
    assert not CandidateList.objects.exists()


def test_a_file_is_abandoned_and_cannot_be_imported_any_more(as_user, amina, election, valmorel):
    browser = as_user(amina)
    upload(browser, TABLE)
    pk = ListFile.objects.get().pk
    browser.post(page("abandon", pk))
    assert "déjà été importé ou abandonné" in browser.post(page("apply", pk), follow=True).content.decode()
    assert not CandidateList.objects.exists()


def test_wrong_columns_stay_on_the_form(as_user, amina, election, valmorel):
    browser = as_user(amina)
    upload(browser, TABLE)
    pk = ListFile.objects.get().pk
    assert "Indiquez la colonne du nom de la liste." in browser.post(page("columns", pk), {"column-commune": "0"}).content.decode()
    assert "Sélectionnez un choix valide" in browser.post(page("columns", pk), {"column-name": "99"}).content.decode()


@pytest.mark.parametrize(("name", "args"), [("commune", COMMUNE), ("election", (SLUG,)), ("without-contact", (SLUG,))])
def test_more_lists_ask_no_more_queries(as_user, amina, election, pontaubry, lists, name, args, django_assert_num_queries):
    browser = as_user(amina)
    browser.get(page(name, *args))
    with CaptureQueriesContext(connection) as before:
        browser.get(page(name, *args))
    collective = amina.memberships.get().collective
    for number in range(5, 12):
        acts.register_list(actor=amina, collective=collective, election=election, commune=lists[0].commune, name=f"Liste {number}", panel=number)
        acts.register_list(actor=amina, collective=collective, election=election, commune=pontaubry, name=f"Liste {number}", panel=number)
    with django_assert_num_queries(len(before)):
        browser.get(page(name, *args))


def test_the_closing_hour_of_a_commune_is_corrected_and_the_silence_follows(as_user, amina, emile, chloe, contest, pontaubry, lists):
    address = page("contest", *COMMUNE, contest.pk)
    assert as_user(emile).get(address).status_code == 403
    assert as_user(amina).get(page("contest", SLUG, "ZZ002", contest.pk)).status_code == 404
    assert "Saisissez une heure valide" in as_user(amina).post(address, {"polling_on": "2026-03-15", "closes_at": "tard"}).content.decode()
    text = read(as_user(amina).post(address, {"polling_on": "2026-03-15", "closes_at": "18:30"}, follow=True))
    assert "au dimanche 15 mars à 18 h 30, heure locale." in text
    entry = JournalEntry.objects.get(verb="contest.edit")
    assert entry.sentence == "Le scrutin de Valmorel-sur-Ourse, tour 1, est fixé au 15/03/2026, jusqu’à 18 h 30."
