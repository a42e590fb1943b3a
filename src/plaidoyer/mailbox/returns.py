"""A message of ours came back. Only the identity that we gave is believed: a forged notice must not silence an address."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from plaidoyer.mailbox.models import AddressBlock, IncomingMessage, OutgoingMessage

State = OutgoingMessage.State
# The address does not exist, the domain does not, the mailbox is closed: writing again would change nothing.
DEAD = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
SENT = (State.ACCEPTED, State.UNCERTAIN, State.SOFT_BOUNCED)


def note(row: IncomingMessage, bounce: dict[str, str], told: dict[str, Any]) -> None:
    """Move the state of the message that came back, and say in ``told`` what was done."""
    sent = (
        OutgoingMessage.objects.filter(account__collective=row.collective_id, message_id=bounce["message_id"]).first()
        if bounce["message_id"]
        else None
    )
    if sent is None:
        whom = f" à {bounce['recipient']}" if bounce["recipient"] else ""
        told["concerns"].append(f"Avis de non-remise{whom} sans l’identité d’un de nos messages : rien n’a été changé.")
        return
    told["answers"], told["answers_why"] = sent, "bounce"
    if bounce["action"] == "delayed":
        close(told, f"Le serveur essaie encore de remettre le message à {sent.recipient}.")
        return
    is_hard = bounce["status"].startswith("5") or (not bounce["status"] and bounce["action"] == "failed")
    state = State.BOUNCED if is_hard else State.SOFT_BOUNCED
    OutgoingMessage.objects.filter(pk=sent.pk, state__in=SENT).update(
        state=state, changed_at=timezone.now(), relay_said=f"Revenu : {bounce['status']} {bounce['words']}".strip()
    )
    if bounce["status"] in DEAD and not sent.is_rehearsal:
        block(row, sent, bounce)
    close(told, f"Le message à {sent.recipient} est revenu : {State(state).label}.")


def block(row: IncomingMessage, sent: OutgoingMessage, bounce: dict[str, str]) -> None:
    AddressBlock.objects.get_or_create(
        collective_id=row.collective_id, address=sent.recipient.lower(), why=AddressBlock.Why.DEAD, lifted_at=None,
        defaults={"note": f"{bounce['status']} {bounce['words']}".strip(), "since": timezone.now()},
    )  # fmt: skip


def close(told: dict[str, Any], words: str) -> None:
    told |= {"state": IncomingMessage.State.HANDLED, "handled_note": words}
