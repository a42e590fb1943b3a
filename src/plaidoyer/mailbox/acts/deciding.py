"""A message whose fate is unknown is decided by a person, and her name stays beside it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox.models import OutgoingMessage

State = OutgoingMessage.State


@transaction.atomic
def decide_uncertain(*, actor: User | None, message: OutgoingMessage, was_sent: bool) -> OutgoingMessage:
    """``was_sent``: keep it as sent (at the time of the attempt). Otherwise send it again, knowing that it may then arrive twice."""
    collective = message.account.collective
    require(actor, "send", collective)
    now = timezone.now()
    told = {"changed_at": now, "decided_at": now, "decided_by": actor}
    if was_sent:
        told |= {"state": State.ACCEPTED, "accepted_at": message.claimed_at or now}
    else:
        told |= {"state": State.QUEUED, "next_attempt_at": now, "claimed_by": "", "claimed_at": None}
    if not OutgoingMessage.objects.filter(pk=message.pk, state=State.UNCERTAIN).update(**told):
        raise ActRefusedError("Quelqu’un a déjà tranché pour ce message. Rechargez la page.")
    message.refresh_from_db()
    journal.write(
        actor=actor, collective=collective, verb="mail.decide", target=message, data={"was_sent": was_sent},
        sentence=f"Message incertain à {message.recipient} : {'tenu pour envoyé' if was_sent else 'remis en file, il sera envoyé de nouveau'}.",
    )  # fmt: skip
    return message
