"""Objections and dead addresses: honoured at once. An objection to our mail is never a refusal to answer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.mailbox.drafts import checked_recipient
from plaidoyer.mailbox.models import AddressBlock, OutgoingMessage

State = OutgoingMessage.State


@transaction.atomic
def block_address(*, actor: User | None, collective: Collective, address: str, why: str = AddressBlock.Why.OBJECTION, note: str = "") -> AddressBlock:
    """Write no more to ``address``; what waits for it stops at once. ``actor`` None: the person herself, by the link in our mail."""
    require(actor, "send", collective)
    now, bare = timezone.now(), checked_recipient(address).lower()
    block, is_new = AddressBlock.objects.get_or_create(
        collective=collective, address=bare, why=why, lifted_at=None, defaults={"note": note, "since": now}
    )
    stopped = OutgoingMessage.objects.filter(
        account__collective=collective, recipient__iexact=bare, is_rehearsal=False, state__in=(State.QUEUED, State.DEFERRED, State.CLAIMED)
    ).update(state=stopped_state(why), changed_at=now, relay_said=note or block.get_why_display())
    if is_new:
        journal.write(
            actor=actor, collective=collective, verb="mail.block", target=block, data={"why": why, "stopped": stopped},
            sentence=f"Une adresse ne reçoit plus nos messages ({block.get_why_display()}). Messages arrêtés : {stopped}.",
        )  # fmt: skip
    return block


def stopped_state(why: str) -> str:
    return State.OBJECTED if why == AddressBlock.Why.OBJECTION else State.BOUNCED


@transaction.atomic
def lift_block(*, actor: User | None, block: AddressBlock) -> bool:
    require(actor, "send", block.collective)
    lifted = AddressBlock.objects.active().filter(pk=block.pk).update(lifted_at=timezone.now(), lifted_by=actor)
    if lifted:
        journal.write(
            actor=actor, collective=block.collective, verb="mail.unblock", target=block,
            sentence=f"Une adresse peut de nouveau recevoir nos messages ({block.get_why_display()} levée).",
        )  # fmt: skip
    return bool(lifted)
