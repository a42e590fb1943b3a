"""The sender: takes what is due, one message at a time, and writes what became of it before it takes the next.

At most once: the row says « remise en cours » before the text leaves, and « envoyé » after the relay's 250. A process killed in between
leaves a message whose fate nobody knows, and a person decides. Never forgotten: every other interruption leaves it in the queue.
"""

from __future__ import annotations

import datetime
import logging
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import close_old_connections
from django.utils import timezone

from plaidoyer.mailbox import claims, sender_marks
from plaidoyer.mailbox.claims import Said
from plaidoyer.mailbox.composing import compose, destination
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage
from plaidoyer.mailbox.provider import Provider, line_for
from plaidoyer.mailbox.relay import Fate, Outcome, Relay

State = OutgoingMessage.State
log = logging.getLogger(__name__)

MINUTES = (5, 15, 60, 180, 360, 720, 1440, 1440)  # after a « later »: over three days, then we give up and say so
DELAYS = tuple(datetime.timedelta(minutes=minutes) for minutes in MINUTES)
RELAY_REST = datetime.timedelta(minutes=2)
WINDOW, HANDFUL = 512, 64  # ids in memory; messages drawn before looking again


@dataclass(slots=True)
class Sender:
    """One run. ``delays`` and ``rest`` are for tests and impatient hosts; ``sleep`` is what waits between two slots."""

    delays: tuple[datetime.timedelta, ...] = DELAYS
    rest: datetime.timedelta = RELAY_REST
    lease: datetime.timedelta = claims.LEASE
    sleep: Callable[[float], None] = time.sleep
    name: str = ""
    told: dict[str, int] = field(default_factory=dict)

    def drain(self, *, waits_for_slots: bool = True) -> dict[str, int]:
        """Send all that is due now, then stop. The counts are of this run."""
        with sender_marks.mark() as self.name:
            self.add(claims.recover(sender_marks.is_dead, self.lease))
            self.note("expired", claims.expire())
            for account in MailAccount.objects.active():
                self.drain_account(account, waits_for_slots=waits_for_slots)
        return self.told

    def drain_account(self, account: MailAccount, *, waits_for_slots: bool) -> None:
        if account.retry_at and account.retry_at > timezone.now():
            return
        relay = line_for(account)
        try:
            for pk in candidates(account):
                if not self.wait_for_slot(account, waits=waits_for_slots):
                    return
                if not self.send(pk, relay):
                    return
        finally:
            relay.close()

    def wait_for_slot(self, account: MailAccount, *, waits: bool) -> bool:
        while seconds := claims.take_slot(account):
            if not waits:
                return False
            self.sleep(min(seconds, 5))
        return True

    def send(self, pk: int, relay: Relay | Provider) -> bool:
        """One message, whatever happens to it. False when the relay itself is at fault and the others must wait."""
        message = claims.claim(pk, relay.account, self.name)
        if message is None:
            return True
        try:
            text = compose(message).as_bytes()
        except Exception as error:  # one letter that cannot be composed must not hold the 499 others
            log.warning("message %s cannot be composed", pk, exc_info=True)
            claims.settle(message, self.name, State.FAULTY, Said(None, str(error) or type(error).__name__))
            self.note("faulty")
            return True
        outcome = relay.hand(destination(message), text, lambda: claims.begin_handing(message, self.name))
        return self.record(message, outcome)

    def record(self, message: OutgoingMessage, outcome: Outcome) -> bool:
        said = Said(outcome.code, outcome.text)
        self.note(outcome.fate.value)
        match outcome.fate:
            case Fate.ACCEPTED:
                claims.accepted(message, self.name, said)
                self.relay_works(message.account)
            case Fate.REFUSED:
                claims.settle(message, self.name, State.REFUSED, said)
            case Fate.UNKNOWN:
                claims.settle(message, self.name, State.UNCERTAIN, said)
            case Fate.LATER:
                self.later(message, said)
            case Fate.HELD:
                claims.release(message, self.name)
            case Fate.NO_RELAY:
                claims.release(message, self.name)
                self.relay_fails(message.account, said)
                return False
        return True

    def later(self, message: OutgoingMessage, said: Said) -> None:
        if message.attempts >= len(self.delays):
            words = f"Abandonné après {message.attempts + 1} essais. Dernière réponse : {said.text}"
            claims.settle(message, self.name, State.REFUSED, Said(said.code, words))
        else:
            claims.defer(message, self.name, said, self.delays[message.attempts])

    def relay_fails(self, account: MailAccount, said: Said) -> None:
        now = timezone.now()
        MailAccount.objects.filter(pk=account.pk, trouble="").update(trouble_since=now)
        MailAccount.objects.filter(pk=account.pk).update(trouble=said.text, retry_at=now + self.rest)

    def relay_works(self, account: MailAccount) -> None:
        if account.trouble:
            MailAccount.objects.filter(pk=account.pk).update(trouble="", trouble_since=None, retry_at=None)
            account.trouble = ""

    def note(self, what: str, number: int = 1) -> None:
        if number:
            self.told[what] = self.told.get(what, 0) + number

    def add(self, counts: dict[str, int]) -> None:
        for what, number in counts.items():
            self.note(what, number)


def candidates(account: MailAccount) -> Iterator[int]:
    """What is due, oldest first but for chance: of a wide window each sender draws a handful, so that eight seldom reach for the same one."""
    place: claims.Place | None = None
    tried: set[int] = set()
    while window := claims.waiting_after(account, place, WINDOW):
        waiting = {pk for _, pk in window}
        tried &= waiting
        if not (fresh := sorted(waiting - tried)):
            place = window[-1]  # all of them were tried and still wait, whatever holds them: go forward
            continue
        for pk in random.sample(fresh, min(HANDFUL, len(fresh))):
            tried.add(pk)
            yield pk


def watch(sender: Sender, every: float) -> None:
    """Until interrupted: drain, sleep, again."""
    while True:
        close_old_connections()
        sender.drain()
        sender.sleep(every)
