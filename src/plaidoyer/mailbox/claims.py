"""The states of an outgoing message, moved by conditional updates alone: of two senders, one row, one winner, on SQLite and PostgreSQL alike.

queued ─claim─► claimed ─begin_handing─► handing ─► accepted | deferred | refused
│                        └ the process dies, or the line is cut: uncertain, for a person to decide
└ the process dies: back to queued (nothing had left)
"""  # fmt: skip

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from plaidoyer.mailbox.models import AddressBlock, MailAccount, OutgoingMessage, SendingPause

State = OutgoingMessage.State
INTERRUPTED = "L’envoi s’est interrompu pendant la remise au serveur : on ne sait pas si le message est parti."
type Place = tuple[datetime.datetime, int]  # in the queue: when it is due, and its number
LEASE = datetime.timedelta(minutes=15)  # longer than any conversation with a relay: after it, the sender of another machine is held for dead


@dataclass(frozen=True, slots=True)
class Said:
    """What the relay answered."""

    code: int | None
    text: str


def waiting_after(account: MailAccount, place: Place | None, limit: int) -> list[Place]:
    """The next candidates after ``place`` in the queue, oldest first. Places only: memory does not grow with the queue."""
    due = OutgoingMessage.objects.due_at(timezone.now()).filter(account=account)
    if place is not None:
        due = due.filter(Q(next_attempt_at__gt=place[0]) | Q(next_attempt_at=place[0], pk__gt=place[1]))
    return list(due.order_by("next_attempt_at", "pk").values_list("next_attempt_at", "pk")[:limit])


def claim(pk: int, account: MailAccount, sender: str) -> OutgoingMessage | None:
    """Take one message, if nothing holds it at this very instant: pause, cancellation, hour, objection, dead address."""
    now = timezone.now()
    free = OutgoingMessage.objects.due_at(now).filter(~Exists(blocks()) | Q(is_rehearsal=True), pk=pk)
    if not free.update(state=State.CLAIMED, claimed_by=sender, claimed_at=now, changed_at=now):
        close_the_blocked(pk, now)
        return None
    message = OutgoingMessage.objects.get(pk=pk)
    message.account = account
    return message


def blocks(**more: str) -> QuerySet[AddressBlock]:
    return AddressBlock.objects.active().filter(address=Lower(OuterRef("recipient")), collective=OuterRef("account__collective"), **more)


def close_the_blocked(pk: int, now: datetime.datetime) -> None:
    waiting = OutgoingMessage.objects.waiting().filter(pk=pk, is_rehearsal=False)
    if not waiting.filter(Exists(blocks())).exists():  # most often another sender was quicker: a look costs no lock
        return
    objected = waiting.filter(Exists(blocks(why=AddressBlock.Why.OBJECTION)))
    if not objected.update(state=State.OBJECTED, changed_at=now, relay_said="La personne s’est opposée à nos messages."):
        dead = waiting.filter(Exists(blocks(why=AddressBlock.Why.DEAD)))
        dead.update(state=State.BOUNCED, changed_at=now, relay_said="Un message précédent est revenu : l’adresse n’existe pas ou plus.")


def begin_handing(message: OutgoingMessage, sender: str) -> bool:
    """Written before the first byte of the text leaves. False: somebody cancelled, or its hour has passed, and it must not leave."""
    now = timezone.now()
    paused = SendingPause.objects.active().filter(Q(batch="") | Q(batch=message.batch), account=message.account_id)
    mine = OutgoingMessage.objects.filter(pk=message.pk, state=State.CLAIMED, claimed_by=sender)
    open_now = mine.filter(~Exists(paused), Q(not_after=None) | Q(not_after__gt=now))
    return bool(open_now.update(state=State.HANDING, changed_at=now, claimed_at=now, attempts=message.attempts + 1))


def accepted(message: OutgoingMessage, sender: str, said: Said) -> bool:
    """The relay has it. Also repairs « incertain » when a slow sender was held for dead and no person has decided yet."""
    now = timezone.now()
    fact = Q(state=State.HANDING) | Q(state=State.UNCERTAIN, decided_at=None)
    return bool(
        OutgoingMessage.objects.filter(fact, pk=message.pk, claimed_by=sender).update(
            state=State.ACCEPTED, accepted_at=now, changed_at=now, relay_code=said.code, relay_said=said.text
        )
    )


def settle(message: OutgoingMessage, sender: str, state: str, said: Said) -> bool:
    """Refused, uncertain, faulty: final for the machine."""
    mine = OutgoingMessage.objects.filter(pk=message.pk, claimed_by=sender, state__in=(State.CLAIMED, State.HANDING))
    return bool(mine.update(state=state, changed_at=timezone.now(), relay_code=said.code, relay_said=said.text))


def defer(message: OutgoingMessage, sender: str, said: Said, delay: datetime.timedelta) -> bool:
    """The relay said « later »: it has not got the message."""
    now = timezone.now()
    mine = OutgoingMessage.objects.filter(pk=message.pk, claimed_by=sender, state__in=(State.CLAIMED, State.HANDING))
    attempts = max(message.attempts + 1, 1)
    return bool(
        mine.update(
            state=State.DEFERRED, attempts=attempts, next_attempt_at=now + delay, changed_at=now, relay_code=said.code, relay_said=said.text,
            claimed_by="", claimed_at=None,
        )
    )  # fmt: skip


def release(message: OutgoingMessage, sender: str) -> bool:
    """Put it back as it was: nothing was tried with it (the relay itself is down)."""
    mine = OutgoingMessage.objects.filter(pk=message.pk, claimed_by=sender, state=State.CLAIMED)
    back = State.DEFERRED if message.attempts else State.QUEUED
    return bool(mine.update(state=back, changed_at=timezone.now(), claimed_by="", claimed_at=None))


def recover(is_dead: Callable[[str], bool], lease: datetime.timedelta = LEASE) -> dict[str, int]:
    """What dead senders left: claimed goes back to the queue, handing becomes uncertain. Never the other way round."""
    now = timezone.now()
    held = OutgoingMessage.objects.filter(state__in=(State.CLAIMED, State.HANDING))
    told = {"requeued": 0, "uncertain": 0}
    for sender in held.order_by().values_list("claimed_by", flat=True).distinct():
        lost = held.filter(claimed_by=sender)
        if not is_dead(sender):
            lost = lost.filter(claimed_at__lt=now - lease)
        told["requeued"] += lost.filter(state=State.CLAIMED).update(state=State.QUEUED, changed_at=now, claimed_by="", claimed_at=None)
        told["uncertain"] += lost.filter(state=State.HANDING).update(
            state=State.UNCERTAIN, changed_at=now, relay_said=INTERRUPTED,
        )  # fmt: skip
    return told


def expire() -> int:
    """What may no longer leave (the silence window has begun) is closed, and says so."""
    now = timezone.now()
    late = OutgoingMessage.objects.waiting().filter(not_after__lte=now)
    return late.update(state=State.EXPIRED, changed_at=now, relay_said="L’heure limite d’envoi est passée avant que le message ne parte.")


def take_slot(account: MailAccount) -> float:
    """Seconds to wait before this account may send; 0 when the slot is ours. One row, one conditional update: eight senders share one pace."""
    interval = account.seconds_between
    if not interval:
        return 0.0
    now = timezone.now()
    step = datetime.timedelta(seconds=interval)
    slot = MailAccount.objects.filter(pk=account.pk).values_list("next_slot_at", flat=True).get()
    if slot is not None and now < slot <= now + step:
        return (slot - now).total_seconds()
    # Free, or further away than one step can be: then the clock was set back, and waiting an hour for nothing would help nobody.
    clock_went_back = slot is not None and slot > now + step
    won = MailAccount.objects.filter(pk=account.pk, next_slot_at=slot).update(next_slot_at=now + step)
    if clock_went_back or not won:
        return interval if clock_went_back else min(interval, 0.2)
    return 0.0
