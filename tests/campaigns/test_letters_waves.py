"""Waves: rehearsal first, one letter per list, reminders to the silent alone, and the news that the mailbox has of them."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts import exceptions, plans, templates, waves
from plaidoyer.campaigns.letter_models import Dispatch, Objection, SendingPlan, Wave
from plaidoyer.campaigns.models import Campaign, Questionnaire, Signatory, Solicitation
from plaidoyer.elections.models import Contact
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage
from plaidoyer.replies.models import Reply

MONDAY = datetime.datetime(2026, 2, 9, 10, 0, tzinfo=datetime.UTC)
State = OutgoingMessage.State


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def account(collective) -> MailAccount:
    return MailAccount.objects.create(collective=collective, name="campagne", from_address="bonjour@untoit.example", smtp_host="localhost")


@pytest.fixture
def reachable(campaign, lists, collective, account):
    """All four lists have an address, the letter is signed."""
    Signatory.objects.create(campaign=campaign, name="Amina Test", capacity="présidente")
    for one in lists:
        Contact.objects.create(
            candidate_list=one,
            collective=collective,
            kind="email",
            value=f"{one.slug}@listes.example",
            source="site de la liste",
            found_on=datetime.date(2026, 2, 1),
        )
    return lists


@pytest.fixture
def real(campaign):
    SendingPlan.objects.create(campaign=campaign, is_rehearsal=False, attaches_pdf=False)
    return campaign


def send(actor, campaign, kind="letter", **more):
    return waves.send_wave(actor=actor, campaign=campaign, kind=kind, **more)


def test_a_campaign_rehearses_until_told_otherwise(amina, campaign, reachable):
    sent = send(amina, campaign)
    assert sent.wave.is_rehearsal
    assert {(one.is_rehearsal, one.rehearsal_to) for one in OutgoingMessage.objects.all()} == {(True, amina.email)}
    assert Solicitation.objects.count() == 0
    assert Questionnaire.objects.get().locked_at is None


def test_a_rehearsal_can_be_played_again(amina, campaign, reachable):
    send(amina, campaign)
    assert send(amina, campaign).made == 4


def test_real_sending_is_opened_by_typed_words_and_journaled(amina, campaign, account):
    with pytest.raises(ActRefusedError, match="Écrivez"):
        plans.switch_to_real(actor=amina, campaign=campaign, typed="oui")
    assert plans.switch_to_real(actor=amina, campaign=campaign, typed="envoi réel").is_rehearsal is False
    assert JournalEntry.objects.get(verb="send.real").sentence.startswith("Amina Test a ouvert l’envoi réel")


def test_the_letter_makes_one_message_one_line_and_locks_the_questions(amina, real, reachable):
    sent = send(amina, real)
    assert sent.made == 4
    assert OutgoingMessage.objects.real().count() == 4
    assert Solicitation.objects.filter(kind="letter", channel="email", outcome="sent").count() == 4
    assert Questionnaire.objects.get().locked_at == MONDAY
    message = OutgoingMessage.objects.get(recipient="liste-1@listes.example")
    assert message.subject == "trois questions aux listes candidates à Valmorel-sur-Ourse"
    assert "1. Vous engagez-vous" in message.text
    assert "vendredi 6 mars 2026 à 23\u202fh\u202f59" in message.text
    assert "/opposition/" in message.unsubscribe_url


def test_every_list_of_a_commune_has_the_same_text(amina, real, reachable):
    send(amina, real)
    assert Dispatch.objects.values("text_sha256").distinct().count() == 1


def test_nobody_has_two_letters(amina, real, reachable):
    send(amina, real)
    with pytest.raises(ActRefusedError, match="toutes l’ont reçue"):
        send(amina, real)
    assert OutgoingMessage.objects.count() == 4


def test_the_letter_never_leaves_inside_the_silence(amina, real, reachable, contest):
    send(amina, real)
    eve = datetime.datetime(2026, 3, 13, 23, 0, tzinfo=datetime.UTC)
    assert {one.not_after for one in OutgoingMessage.objects.all()} == {min(eve, datetime.datetime(2026, 3, 6, 23, 0, tzinfo=datetime.UTC))}


def test_inside_the_silence_a_reminder_is_not_even_queued(amina, real, reachable, contest, monday):
    send(amina, real)
    SendingPlan.objects.update(grace_days=30)
    monday.move_to(datetime.datetime(2026, 3, 14, 9, 0, tzinfo=datetime.UTC))
    with pytest.raises(ActRefusedError, match="silence électoral"):
        send(amina, real, "reminder")
    assert Solicitation.objects.filter(kind="reminder").count() == 0


def test_a_list_without_address_stays_counted_and_needs_a_reason(amina, real, reachable):
    Contact.objects.filter(candidate_list=reachable[3]).delete()
    with pytest.raises(ActRefusedError, match="L’Ourse en commun"):
        send(amina, real)
    assert Solicitation.objects.count() == 0
    sent = send(amina, real, reason="Adresse demandée par téléphone.")
    assert sent.made == 3
    assert set(Solicitation.objects.values_list("note", flat=True)) == {"Adresse demandée par téléphone."}


def test_an_unsigned_letter_does_not_leave(amina, real, reachable):
    Signatory.objects.all().delete()
    with pytest.raises(ActRefusedError, match="les signataires"):
        send(amina, real)
    assert Wave.objects.count() == 0


def test_a_bad_address_is_named_and_the_others_leave(amina, real, reachable):
    Contact.objects.filter(candidate_list=reachable[0]).update(value="pas une adresse")
    sent = send(amina, real)
    assert sent.made == 3
    assert "n’est pas une adresse électronique" in sent.unreached[0]


def test_a_reminder_goes_to_those_who_have_not_answered_only(amina, real, reachable, monday):
    send(amina, real)
    Reply.objects.create(campaign=real, candidate_list=reachable[0], channel="email", received_at=MONDAY, nature="answer")
    monday.move_to(datetime.datetime(2026, 2, 27, 9, 0, tzinfo=datetime.UTC))
    assert send(amina, real, "reminder").made == 3
    reminded = set(Solicitation.objects.filter(kind="reminder").values_list("candidate_list", flat=True))
    assert reminded == {one.pk for one in reachable[1:]}
    text = OutgoingMessage.objects.filter(batch=Wave.objects.get(kind="reminder").batch).first().text
    assert "Le 9 février 2026, nous vous avons écrit" in text


def test_reminders_are_capped(amina, real, reachable, monday):
    send(amina, real)
    for day in (25, 27):
        monday.move_to(datetime.datetime(2026, 2, day, 9, 0, tzinfo=datetime.UTC))
        send(amina, real, "reminder")
    with pytest.raises(ActRefusedError, match="nombre de relances"):
        send(amina, real, "reminder")


def test_after_the_days_of_grace_no_reminder_leaves(amina, real, reachable, monday):
    send(amina, real)
    monday.move_to(datetime.datetime(2026, 3, 25, 9, 0, tzinfo=datetime.UTC))
    with pytest.raises(ActRefusedError, match="jours de grâce"):
        send(amina, real, "reminder")


def test_a_planned_reminder_leaves_on_its_hour_and_once(amina, real, reachable, monday):
    send(amina, real)
    due = datetime.datetime(2026, 2, 27, 9, 0, tzinfo=datetime.UTC)
    plans.plan_reminder(actor=amina, campaign=real, planned_at=due)
    assert plans.send_due(actor=None, moment=MONDAY) == []
    monday.move_to(due + datetime.timedelta(minutes=1))
    done = plans.send_due(actor=None, moment=due + datetime.timedelta(minutes=1))
    assert [said for _wave, said in done] == ["4 messages mis en file"]
    assert plans.send_due(actor=None, moment=due + datetime.timedelta(minutes=2)) == []


def test_a_cancelled_reminder_says_why_and_never_leaves(amina, real, reachable, monday):
    send(amina, real)
    due = datetime.datetime(2026, 2, 27, 9, 0, tzinfo=datetime.UTC)
    wave = plans.plan_reminder(actor=amina, campaign=real, planned_at=due)
    with pytest.raises(ActRefusedError, match="pourquoi"):
        plans.cancel_wave(actor=amina, wave=wave, reason=" ")
    plans.cancel_wave(actor=amina, wave=wave, reason="Toutes ont répondu.")
    monday.move_to(due)
    assert plans.send_due(actor=None, moment=due) == []


def test_a_third_reminder_cannot_be_planned(amina, real, reachable):
    for day in (26, 27):
        plans.plan_reminder(actor=amina, campaign=real, planned_at=datetime.datetime(2026, 2, day, 9, 0, tzinfo=datetime.UTC))
    with pytest.raises(ActRefusedError, match=r"2 relance\(s\) au plus"):
        plans.plan_reminder(actor=amina, campaign=real, planned_at=datetime.datetime(2026, 2, 28, 9, 0, tzinfo=datetime.UTC))


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("accepted", "sent"),
        ("uncertain", "sent"),
        ("deferred", "sent"),
        ("refused", "failed"),
        ("bounced", "failed"),
        ("objected", "failed"),
        ("expired", "failed"),
    ],
)
def test_the_ledger_follows_its_messages(amina, real, reachable, state, outcome):
    wave = send(amina, real).wave
    later = MONDAY + datetime.timedelta(minutes=5)
    OutgoingMessage.objects.filter(recipient="liste-1@listes.example").update(
        state=state, changed_at=later, accepted_at=later if state == "accepted" else None, relay_said="550 inconnu"
    )
    assert plans.pull_deliveries(actor=None, wave=wave) == 1
    row = Dispatch.objects.get(candidate_list=reachable[0])
    assert row.delivery == state
    assert row.solicitation.outcome == outcome
    assert plans.pull_deliveries(actor=None, wave=wave) == 0


def test_an_objection_is_honoured_at_once_and_is_no_refusal(amina, real, reachable, monday):
    send(amina, real)
    exceptions.object_to_mail(actor=None, campaign=real, candidate_list=reachable[0])
    assert OutgoingMessage.objects.get(recipient="liste-1@listes.example").state == State.OBJECTED
    assert Reply.objects.count() == 0
    monday.move_to(datetime.datetime(2026, 2, 27, 9, 0, tzinfo=datetime.UTC))
    assert send(amina, real, "reminder", reason="Opposition d’une liste.").made == 3
    exceptions.object_to_mail(actor=None, campaign=real, candidate_list=reachable[0])
    assert Objection.objects.count() == 1


def test_a_text_that_left_is_kept_and_the_next_one_is_a_new_version(amina, real, reachable):
    send(amina, real)
    made = templates.write_blocks(actor=amina, campaign=real, kind="letter", texts={"opening": "Autre texte."})
    assert made.version == 2
    assert Wave.objects.get().template.version == 1


def test_the_pdf_goes_with_the_mail_when_wished(amina, real, reachable):
    SendingPlan.objects.update(attaches_pdf=True)
    send(amina, real)
    assert [one["name"] for one in OutgoingMessage.objects.first().attachments] == ["lettre.pdf"]


def test_nothing_leaves_without_an_account(amina, real, reachable, account):
    account.delete()
    with pytest.raises(ActRefusedError, match="Aucun compte de courriel"):
        send(amina, real)


def test_only_the_coordination_sends(bruno, emile, chloe, real, reachable):
    for stranger, refusal in ((bruno, PermissionDenied), (emile, PermissionDenied), (chloe, Http404)):
        with pytest.raises(refusal):
            send(stranger, real)


def test_a_draft_campaign_opens_with_its_first_real_letter(amina, real, reachable):
    Campaign.objects.update(state="draft")
    real.refresh_from_db()
    send(amina, real)
    assert Campaign.objects.get().state == "open"
