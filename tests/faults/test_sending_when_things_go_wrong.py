# ruff: noqa: F811, ARG005  fixtures are imported by name
"""S3 to S10: relays that cut, refuse, sleep; letters that cannot be composed; hands on the tap. The sink counts."""

from __future__ import annotations

import datetime
from email import message_from_bytes
from email.policy import default

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox import acts, claims
from plaidoyer.mailbox.drafts import keep_attachment
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage, SendingPause
from tests.faults.smtp_sink import BUSY, CUT_LOST, CUT_TAKEN, GONE, OK, Sink, running
from tests.mailbox.conftest import account, account_at, draft, drained, own_home, queued, sink  # noqa: F401  fixtures

HOUR = datetime.timedelta(hours=1)


def states():
    return dict(OutgoingMessage.objects.values_list("key", "state"))


def by_plan(**told):
    return lambda recipient, tries: told.get(recipient.split("@")[0], OK)


@pytest.mark.parametrize(("how", "in_the_mailbox"), [(CUT_TAKEN, 1), (CUT_LOST, 0)])
def test_a_line_cut_after_the_text_is_uncertain_and_never_tried_again_alone(amina, account, sink, how, in_the_mailbox):
    sink.plan = by_plan(liste1=how)
    queued(amina, account, draft(1), draft(2))
    drained()
    drained()
    assert states() == {"campagne:lettre:1": "uncertain", "campagne:lettre:2": "accepted"}
    assert sink.taken["liste1@valmorel.example"] == in_the_mailbox
    assert sink.tries["liste1@valmorel.example"] == 1


@pytest.mark.parametrize(("was_sent", "state", "tries"), [(True, "accepted", 1), (False, "accepted", 2)])
def test_a_person_decides_what_is_uncertain_and_her_name_stays(amina, account, sink, was_sent, state, tries):
    sink.plan = lambda _recipient, tries: CUT_LOST if tries == 1 else OK
    queued(amina, account)
    drained()
    message = OutgoingMessage.objects.get()
    acts.decide_uncertain(actor=amina, message=message, was_sent=was_sent)
    drained()
    message.refresh_from_db()
    assert (message.state, message.decided_by, sink.tries.total()) == (state, amina, tries)
    with pytest.raises(ActRefusedError, match="Quelqu’un a déjà tranché"):
        acts.decide_uncertain(actor=amina, message=message, was_sent=True)


def test_later_is_tried_later_never_is_closed_with_the_words_and_the_others_do_not_wait(amina, account, sink):
    sink.plan = by_plan(liste1=BUSY, liste2=GONE)
    queued(amina, account, draft(1), draft(2), draft(3))
    assert drained() == {"later": 1, "refused": 1, "accepted": 1}
    assert states() == {"campagne:lettre:1": "deferred", "campagne:lettre:2": "refused", "campagne:lettre:3": "accepted"}
    assert OutgoingMessage.objects.get(state="refused").relay_said == "550 5.1.1 No such user here"
    assert drained() == {}
    sink.plan = by_plan()
    with time_machine.travel(timezone.now() + 6 * datetime.timedelta(minutes=1)):
        assert drained() == {"accepted": 1}


def test_the_delay_grows_and_after_three_days_we_give_up_and_say_so(amina, account, sink):
    sink.plan = by_plan(liste1=BUSY)
    queued(amina, account)
    moment, waits = timezone.now(), []
    for _ in range(9):
        with time_machine.travel(moment, tick=False):
            drained()
        message = OutgoingMessage.objects.get()
        waits.append((message.next_attempt_at - moment).total_seconds() / 60)
        moment = max(moment, message.next_attempt_at)
    assert waits[:8] == [5, 15, 60, 180, 360, 720, 1440, 1440]
    assert (message.state, message.relay_said) == ("refused", "Abandonné après 9 essais. Dernière réponse : 451 4.7.1 Greylisted, try again later")


def test_a_letter_that_cannot_be_composed_holds_no_other(amina, account, sink):
    held = keep_attachment(b"un document", "annexe.pdf", "application/pdf")
    other = keep_attachment(b"un autre", "autre.pdf", "application/pdf")
    queued(amina, account, *(draft(n, attachments=[other if n == 7 else held]) for n in range(1, 31)))
    default_storage.delete(other.path)
    assert drained() == {"accepted": 29, "faulty": 1}
    assert drained() == {}
    faulty = OutgoingMessage.objects.get(state="faulty")
    assert (faulty.key, sink.taken.total()) == ("campagne:lettre:7", 29)
    assert faulty.relay_said == "La pièce jointe « autre.pdf » n’est plus dans le dépôt : joignez-la de nouveau."


def test_what_is_queued_in_a_transaction_that_fails_never_leaves(amina, account, sink, transactional_db):
    def fail_after_queueing():
        with transaction.atomic():
            acts.queue(actor=amina, account=account, drafts=[draft()], batch="lettre", is_rehearsal=False)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_queueing()
    assert drained() == {}
    assert sink.taken.total() == 0


def test_objection_dead_address_pause_and_cancellation_hold_at_the_last_moment(amina, account, sink, collective):
    queued(amina, account, *(draft(n) for n in range(1, 6)))
    queued(amina, account, draft(6), batch="relance")
    acts.block_address(actor=None, collective=collective, address="Liste1@Valmorel.example")
    acts.block_address(actor=None, collective=collective, address="liste2@valmorel.example", why="dead")
    acts.cancel(actor=amina, account=account, messages=OutgoingMessage.objects.filter(key="campagne:lettre:3"), reason="retirée")
    acts.pause(actor=amina, account=account, batch="relance")
    queued(amina, account, draft(1, key="seconde", recipient="LISTE1@valmorel.example"))
    drained()
    assert states() == {
        "campagne:lettre:1": "objected", "campagne:lettre:2": "bounced", "campagne:lettre:3": "cancelled", "campagne:lettre:4": "accepted",
        "campagne:lettre:5": "accepted", "campagne:lettre:6": "queued", "seconde": "objected",
    }  # fmt: skip
    acts.resume(actor=amina, account=account, batch="relance")
    drained()
    assert sorted(sink.taken) == ["liste4@valmorel.example", "liste5@valmorel.example", "liste6@valmorel.example"]


def test_a_pause_or_a_cancellation_between_claim_and_text_still_holds(amina, account):
    queued(amina, account, draft(1), draft(2))
    first, second = (claims.claim(pk, account, "moi") for pk in OutgoingMessage.objects.values_list("pk", flat=True))
    acts.cancel(actor=amina, account=account, messages=OutgoingMessage.objects.filter(pk=first.pk), reason="retirée")
    SendingPause.objects.create(account=account, started_at=timezone.now())
    assert [claims.begin_handing(first, "moi"), claims.begin_handing(second, "moi")] == [False, False]


def test_nothing_leaves_before_its_hour_nor_after_the_silence_has_begun(amina, account, sink):
    now = timezone.now()
    queued(amina, account, draft(1, not_before=now + HOUR), draft(2, not_after=now + HOUR), draft(3, not_before=now + HOUR, not_after=now + 2 * HOUR))
    with time_machine.travel(now + 3 * HOUR):
        assert drained() == {"expired": 2, "accepted": 1}
    assert states() == {"campagne:lettre:1": "accepted", "campagne:lettre:2": "expired", "campagne:lettre:3": "expired"}


NASTY = [
    "Liste\r\nBcc: victime@example.org", "Liste, de : Valmorel; <victime@example.org>", '"Liste" (union) @ Valmorel', "é" * 2000,
    "Liste\x00\u2028Bcc: victime@example.org", "=?utf-8?q?x=0ABcc:_y?=",
]  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_a_name_or_a_subject_adds_no_header_and_no_recipient(amina, account, sink, words):
    queued(amina, account, draft(1, subject=words, recipient_name=words))
    drained()
    assert list(sink.taken) == ["liste1@valmorel.example"]
    mail = message_from_bytes(sink.texts["liste1@valmorel.example"], policy=default)
    assert mail.defects == []
    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["liste1@valmorel.example"]
    assert all(len(line) <= 998 for line in sink.texts["liste1@valmorel.example"].splitlines())


def test_lines_that_begin_with_a_dot_arrive_whole(amina, account, sink):
    queued(amina, account, draft(1, text=".\n..\n.fin\nsuite\n"))
    drained()
    assert sink.texts["liste1@valmorel.example"].endswith(b"\r\n\r\n..\r\n...\r\n..fin\r\nsuite\r\n.\r\n")


def test_a_relay_that_sleeps_six_hours_burns_no_try_and_the_queue_drains_once(amina, collective):
    with running(Sink()) as gone:
        port = gone.port
    account = account_at(collective, port)
    queued(amina, account, draft(1), draft(2))
    start = timezone.now()
    for hour in range(6):
        with time_machine.travel(start + hour * HOUR):
            assert drained() == {"no-relay": 1}
    account.refresh_from_db()
    assert account.trouble.startswith("Le serveur d’envoi ne répond pas à ce port.")
    assert set(OutgoingMessage.objects.values_list("state", "attempts")) == {("queued", 0)}
    with running(Sink(port=port)) as back, time_machine.travel(start + 6 * HOUR):
        assert drained() == {"accepted": 2}
        assert drained() == {}
    account.refresh_from_db()
    assert (back.taken.total(), account.trouble) == (2, "")


def test_a_refused_sender_is_the_account_s_fault_and_closes_no_letter(amina, account, sink):
    sink.refuses_sender = True
    queued(amina, account, draft(1), draft(2))
    assert drained() == {"no-relay": 1}
    assert set(states().values()) == {"queued"}
    account.refresh_from_db()
    assert account.trouble == "Le serveur refuse l’adresse d’expédition campagne@untoit.example : 5.7.1 Sender address rejected: not owned by user"


def test_the_pace_holds_for_all_senders_together_and_a_clock_set_back_does_not_stop_the_mail(account):
    MailAccount.objects.update(rate_per_minute=60, rate_per_hour=600)
    account.refresh_from_db()
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        assert [claims.take_slot(account), claims.take_slot(account)] == [0.0, 6.0]
    with time_machine.travel(start + datetime.timedelta(seconds=6), tick=False):
        assert [claims.take_slot(account), claims.take_slot(account)] == [0.0, 6.0]
    with time_machine.travel(start - HOUR, tick=False):
        assert [claims.take_slot(account), claims.take_slot(account)] == [6.0, 6.0]
    with time_machine.travel(start - HOUR + datetime.timedelta(seconds=6), tick=False):
        assert claims.take_slot(account) == 0.0


def test_a_sender_held_for_dead_that_comes_back_repairs_the_uncertainty(amina, account):
    queued(amina, account)
    message = claims.claim(OutgoingMessage.objects.get().pk, account, "ailleurs:1")
    claims.begin_handing(message, "ailleurs:1")
    with time_machine.travel(timezone.now() + HOUR):
        assert claims.recover(lambda _name: False) == {"requeued": 0, "uncertain": 1}
        assert claims.accepted(message, "ailleurs:1", claims.Said(250, "ok"))
    assert set(states().values()) == {"accepted"}


def test_a_living_sender_is_never_robbed(amina, account):
    queued(amina, account)
    claims.claim(OutgoingMessage.objects.get().pk, account, "ailleurs:1")
    assert claims.recover(lambda _name: False) == {"requeued": 0, "uncertain": 0}
    assert set(states().values()) == {"claimed"}
