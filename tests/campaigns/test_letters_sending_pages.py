"""The pages of sending, of the ledger of equality and of meetings; and the one door that needs no account."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from plaidoyer.campaigns.letter_links import objection_url
from plaidoyer.campaigns.letter_models import Explanation, Meeting, Objection, Reopening, SendingPlan, Wave
from plaidoyer.campaigns.models import Signatory, Solicitation
from plaidoyer.elections.models import Contact
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage

MONDAY = datetime.datetime(2026, 2, 9, 10, 0, tzinfo=datetime.UTC)
HERE = "/bureau/campagnes/valmorel-2026"
SENDING = f"{HERE}/envois/groupes"
TOWN = f"{HERE}/communes/ZZ001"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def reachable(campaign, lists, collective):
    MailAccount.objects.create(collective=collective, name="campagne", from_address="bonjour@untoit.example", smtp_host="localhost")
    Signatory.objects.create(campaign=campaign, name="Amina Test")
    for one in lists:
        Contact.objects.create(
            candidate_list=one, collective=collective, kind="email", value=f"{one.slug}@listes.example", source="site", found_on=MONDAY.date()
        )
    return lists


def said(response) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split()).replace("\u202f", " ").replace("\u00a0", " ")


def test_from_rehearsal_to_real_sending(as_user, amina, campaign, reachable):
    client = as_user(amina)
    assert "Répétition" in said(client.get(f"{SENDING}/"))
    assert "reviendront à amina@example.org" in said(client.get(f"{SENDING}/preparer/lettre/"))
    client.post(f"{SENDING}/preparer/lettre/")
    assert Wave.objects.get().is_rehearsal
    assert "Écrivez « envoi réel »" in said(client.post(f"{SENDING}/envoi-reel/", {"typed": "ok"}))
    client.post(f"{SENDING}/envoi-reel/", {"typed": "Envoi réel"})
    assert "Toutes les listes sont traitées de la même façon." in said(client.get(f"{SENDING}/preparer/lettre/"))
    response = client.post(f"{SENDING}/preparer/lettre/")
    page = said(client.get(response.url))
    assert "0 sur 4 ; 4 en attente" in page
    assert "liste-1@listes.example" in page
    assert Solicitation.objects.count() == 4
    assert "toutes l’ont reçue" in said(client.post(f"{SENDING}/preparer/lettre/"))


def test_an_unequal_wave_is_named_before_it_leaves(as_user, amina, campaign, reachable):
    SendingPlan.objects.create(campaign=campaign, is_rehearsal=False, attaches_pdf=False)
    Contact.objects.filter(candidate_list=reachable[3]).delete()
    client = as_user(amina)
    assert "« L’Ourse en commun » ne reçoit pas la lettre." in said(client.get(f"{SENDING}/preparer/lettre/"))
    client.post(f"{SENDING}/preparer/lettre/", {"reason": ""})
    assert OutgoingMessage.objects.count() == 0
    client.post(f"{SENDING}/preparer/lettre/", {"reason": "Adresse introuvable."})
    assert OutgoingMessage.objects.count() == 3


def test_a_reminder_is_planned_followed_and_cancelled_with_a_reason(as_user, amina, campaign, reachable):
    client = as_user(amina)
    client.post(f"{SENDING}/relance-prevue/", {"on": "2026-02-27", "at": "09:00"})
    wave = Wave.objects.get()
    assert "prévue le 27 février 2026, 09 h 00" in said(client.get(f"{SENDING}/"))
    client.post(f"{SENDING}/{wave.pk}/annuler/", {"reason": "Trop tôt."})
    wave.refresh_from_db()
    assert (wave.state, wave.ended_because) == ("cancelled", "Trop tôt.")
    client.post(f"{SENDING}/relance-prevue/", {"on": "hier", "at": "??"})
    assert Wave.objects.count() == 1


def test_nothing_can_be_sent_by_those_who_only_look(as_user, emile, bruno, campaign, reachable):
    for member in (emile, bruno):
        client = as_user(member)
        assert client.get(f"{SENDING}/").status_code == 200
        for address in ("preparer/lettre/", "envoi-reel/", "reglages/"):
            assert client.get(f"{SENDING}/{address}").status_code == 403
        assert client.post(f"{SENDING}/relance-prevue/", {"on": "2026-02-27", "at": "09:00"}).status_code == 403
    assert Wave.objects.count() == 0


def test_other_collectives_find_nothing(as_user, chloe, amina, campaign, reachable):
    as_user(amina).post(f"{SENDING}/preparer/lettre/")
    client = as_user(chloe)
    for address in (f"{SENDING}/", f"{SENDING}/{Wave.objects.get().pk}/", f"{TOWN}/egalite/", f"{TOWN}/rencontres/"):
        assert client.get(address).status_code == 404


def test_the_local_group_follows_its_own_lists_only(as_user, bruno, amina, campaign, reachable):
    as_user(amina).post(f"{SENDING}/preparer/lettre/")
    page = said(as_user(bruno).get(f"{SENDING}/{Wave.objects.get().pk}/"))
    assert "Valmorel solidaire" in page


def test_the_ledger_shows_each_list_and_names_what_differs(as_user, amina, campaign, sent, lists):
    Solicitation.objects.filter(candidate_list=lists[3]).update(channel="post", sent_at=MONDAY + datetime.timedelta(days=2), note="")
    page = said(as_user(amina).get(f"{TOWN}/egalite/"))
    assert "« L’Ourse en commun » a reçu la lettre le 11 février 2026, la plupart des listes le 9 février 2026." in page
    assert "par une autre voie" in page
    assert "2 écarts" in page


def test_an_equal_commune_says_so(as_user, amina, campaign, sent):
    assert "Toutes les listes ont été traitées de la même façon." in said(as_user(amina).get(f"{TOWN}/egalite/"))


def test_a_difference_gets_its_reason(as_user, amina, campaign, sent, lists):
    Solicitation.objects.filter(candidate_list=lists[3]).delete()
    client = as_user(amina)
    code = f"lettre:{lists[3].key}"
    client.post(f"{TOWN}/egalite/expliquer/{code}/", {"reason": "Liste déclarée la veille de la clôture."})
    assert Explanation.objects.get().reason == "Liste déclarée la veille de la clôture."
    assert "Raison : Liste déclarée la veille de la clôture." in said(client.get(f"{TOWN}/egalite/"))
    assert client.get(f"{TOWN}/egalite/expliquer/rien:du-tout/").status_code == 404


def test_a_deadline_opened_for_one_list_needs_a_public_reason(as_user, amina, campaign, sent, lists):
    client = as_user(amina)
    address = f"{TOWN}/egalite/rouvrir/{lists[0].pk}/"
    assert client.post(address, {"on": "2026-03-08", "at": "12:00", "reason": ""}).status_code == 200
    assert "Le nouveau délai doit être" in said(client.post(address, {"on": "2026-03-01", "at": "12:00", "reason": "Deuil"}))
    assert "silence électoral" in said(client.post(address, {"on": "2026-03-14", "at": "12:00", "reason": "Deuil"})) or Reopening.objects.count() == 0
    client.post(address, {"on": "2026-03-08", "at": "12:00", "reason": "Deuil dans l’équipe."})
    assert Reopening.objects.get().reason == "Deuil dans l’équipe."
    assert "peut répondre jusqu’au 8 mars 2026" in said(client.get(f"{TOWN}/egalite/"))


def test_looking_at_the_objection_page_changes_nothing_and_one_press_does(client, campaign, lists, reachable):
    path = objection_url(campaign.pk, lists[0].pk).split("localhost:8000")[-1]
    page = client.get(path)
    assert page.status_code == 200
    assert Objection.objects.count() == 0
    assert "C’est noté" in said(client.post(path))
    assert "C’est noté" in said(client.post(path))
    assert Objection.objects.get().candidate_list == lists[0]
    assert "no-store" in page["Cache-Control"]


def test_a_mail_program_presses_without_cookie_or_token(campaign, lists, reachable):
    from django.test import Client

    path = objection_url(campaign.pk, lists[0].pk).split("localhost:8000")[-1]
    assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("token", ["x", "WzEsMV0:faux", "a" * 400])
def test_an_address_that_we_did_not_sign_is_nobody(client, campaign, token):
    assert client.get(f"/opposition/{token}/").status_code == 404
    assert client.post(f"/opposition/{token}/").status_code == 404


def test_meetings_are_offered_to_all_taken_by_one_and_written_up(as_user, bruno, campaign, lists, monday):
    client = as_user(bruno)
    client.post(f"{TOWN}/rencontres/", {"on": "2026-02-20", "times": "18h 18h45", "minutes": "45", "place": "Maison des associations"})
    first, second = Meeting.objects.all()
    client.post(f"{TOWN}/rencontres/{first.pk}/prise/", {"candidate_list": lists[0].pk})
    client.post(f"{TOWN}/rencontres/{first.pk}/prise/", {"candidate_list": lists[1].pk})
    first.refresh_from_db()
    assert first.candidate_list == lists[0]
    assert "n’a pas encore eu lieu" in said(
        client.post(f"{TOWN}/rencontres/{first.pk}/", {"was_held": "oui", "ours": "Bruno", "theirs": "Inès Carpentras"})
    )
    monday.move_to(datetime.datetime(2026, 2, 21, 9, 0, tzinfo=datetime.UTC))
    assert "Dites qui était là" in said(client.post(f"{TOWN}/rencontres/{first.pk}/", {"was_held": "oui", "ours": "", "theirs": ""}))
    client.post(f"{TOWN}/rencontres/{first.pk}/", {"was_held": "oui", "ours": "Bruno", "theirs": "Inès Carpentras", "minutes": "Elle a dit oui."})
    first.refresh_from_db()
    assert (first.state, first.minutes_state) == ("held", "ours")
    client.post(f"{TOWN}/rencontres/{second.pk}/annuler/")
    assert Meeting.objects.get(pk=second.pk).state == "cancelled"


@pytest.mark.parametrize("times", ["", "midi", "25h", "18h99", "18h " * 30])
def test_hours_that_mean_nothing_are_refused(as_user, bruno, campaign, times):
    as_user(bruno).post(f"{TOWN}/rencontres/", {"on": "2026-02-20", "times": times, "minutes": "45", "place": "ici"})
    assert Meeting.objects.count() == 0


def test_the_diary_is_an_icalendar_file(as_user, bruno, campaign, lists):
    client = as_user(bruno)
    client.post(f"{TOWN}/rencontres/", {"on": "2026-02-20", "times": "18h", "minutes": "45", "place": "Salle 2; étage, gauche"})
    text = client.get(f"{TOWN}/rencontres/rencontres.ics").content.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART:20260220T170000Z\r\nDTEND:20260220T174500Z\r\n" in text
    assert "LOCATION:Salle 2\\; étage\\, gauche\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_observers_and_other_communes_offer_no_meeting(as_user, emile, bruno, campaign):
    form = {"on": "2026-02-20", "times": "18h", "minutes": "45", "place": "ici"}
    assert as_user(emile).post(f"{TOWN}/rencontres/", form).status_code == 403
    assert as_user(bruno).get(f"{HERE}/communes/ZZ002/rencontres/").status_code == 404


def test_the_ledger_costs_the_same_queries_for_any_number_of_lists(as_user, amina, campaign, sent, django_assert_max_num_queries):
    client = as_user(amina)
    client.get(f"{TOWN}/egalite/")
    with django_assert_max_num_queries(22):
        client.get(f"{TOWN}/egalite/")


def test_sending_page_costs_the_same_queries_for_any_number_of_lists(as_user, amina, campaign, reachable, django_assert_max_num_queries):
    client = as_user(amina)
    with django_assert_max_num_queries(28):
        client.get(f"{SENDING}/")
