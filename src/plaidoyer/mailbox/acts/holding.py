"""Pausing, resuming, cancelling. All are looked at when a message is claimed, and once more just before its text leaves."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage, SendingPause

State = OutgoingMessage.State


@transaction.atomic
def pause(*, actor: User | None, account: MailAccount, batch: str = "", reason: str = "") -> SendingPause:
    """Stop an account, or one batch of it. What is already with the relay stays sent. Twice is once."""
    require(actor, "send", account.collective)
    held, is_new = SendingPause.objects.get_or_create(
        account=account, batch=batch, ended_at=None, defaults={"reason": reason, "started_at": timezone.now(), "started_by": actor}
    )
    if is_new:
        journal.write(
            actor=actor, collective=account.collective, verb="mail.pause", target=account, data={"batch": batch},
            sentence=f"Envois en pause ({f'« {batch} »' if batch else account.name}).{f' Raison : {reason}' if reason else ''}",
        )  # fmt: skip
    return held


@transaction.atomic
def resume(*, actor: User | None, account: MailAccount, batch: str = "") -> bool:
    require(actor, "send", account.collective)
    ended = SendingPause.objects.active().filter(account=account, batch=batch).update(ended_at=timezone.now(), ended_by=actor)
    if ended:
        journal.write(
            actor=actor, collective=account.collective, verb="mail.resume", target=account, data={"batch": batch},
            sentence=f"Envois repris ({f'« {batch} »' if batch else account.name}).",
        )  # fmt: skip
    return bool(ended)


@transaction.atomic
def cancel(*, actor: User | None, account: MailAccount, messages: QuerySet[OutgoingMessage], reason: str) -> int:
    """Cancel what has not left yet among ``messages``; how many. A claimed message is stopped too, if its text has not begun to leave."""
    require(actor, "send", account.collective)
    if not reason:
        raise ActRefusedError("Dites pourquoi ces messages ne partiront pas : la raison reste au registre.")
    stopped = messages.filter(account=account, state__in=(State.QUEUED, State.DEFERRED, State.CLAIMED)).update(
        state=State.CANCELLED, changed_at=timezone.now(), relay_said=reason
    )
    if stopped:
        journal.write(
            actor=actor, collective=account.collective, verb="mail.cancel", target=account,
            sentence=f"Messages annulés avant envoi : {stopped}. Raison : {reason}",
        )  # fmt: skip
    return stopped
