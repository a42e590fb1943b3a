"""Queueing: the rows are written beside the caller's own, in the caller's transaction. Both last, or neither."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox.drafts import NAME_LIMIT, SUBJECT_LIMIT, Draft, DraftRefusedError, checked_recipient, new_message_id, one_line
from plaidoyer.mailbox.models import MailAccount, OutgoingMessage
from plaidoyer.mailbox.models.outgoing import packed

AT_ONCE = 500  # rows held in memory, however long the mailing


@dataclass(slots=True)
class Queued:
    """What became of the drafts: rows made, keys that already had their message, drafts refused (key, French reason)."""

    made: int = 0
    already: list[str] = field(default_factory=list)
    rejected: list[tuple[str, str]] = field(default_factory=list)


def queue(
    *,
    actor: User | None,
    account: MailAccount,
    drafts: Iterable[Draft],
    batch: str,
    is_rehearsal: bool = True,
    rehearsal_to: str = "",
    title: str = "",
) -> Queued:
    """Write one row per draft. Needs an open transaction: the caller's. A draft that cannot leave is told in ``rejected``, the others are queued.

    In a rehearsal every message goes to ``rehearsal_to`` (or to the actor, or to the account's own address) when it leaves.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Messages are queued inside the transaction of the act that asks for them.")
    require(actor, "send", account.collective)
    if not account.is_active:
        raise ActRefusedError(f"Le compte « {account.name} » n’est plus en service : choisissez-en un autre dans les réglages du courriel.")
    told, now = Queued(), timezone.now()
    back_to = rehearsal_to or (actor.email if actor else "") or account.from_address
    for some in batched(drafts, AT_ONCE, strict=False):
        made = list(rows(account, some, told, now))
        for row in made:
            row.batch, row.batch_title, row.queued_by = batch, one_line(title or batch, 160), actor
            row.is_rehearsal, row.rehearsal_to = is_rehearsal, back_to if is_rehearsal else ""
        write(fresh(made, told, is_rehearsal=is_rehearsal), told)
    journal.write(
        actor=actor, collective=account.collective, verb="mail.queue", target=account,
        sentence=sentence(told, title or batch, is_rehearsal=is_rehearsal),
        data={"batch": batch, "made": told.made, "already": len(told.already), "rejected": told.rejected, "is_rehearsal": is_rehearsal},
    )  # fmt: skip
    return told


def rows(account: MailAccount, drafts: Iterable[Draft], told: Queued, now: datetime.datetime) -> Iterator[OutgoingMessage]:
    for draft in drafts:
        try:
            yield row_of(account, draft, now)
        except DraftRefusedError as refusal:
            told.rejected.append((draft.key, str(refusal)))


def row_of(account: MailAccount, draft: Draft, now: datetime.datetime) -> OutgoingMessage:
    if draft.not_before and draft.not_after and draft.not_before >= draft.not_after:
        raise DraftRefusedError("La période d’envoi est vide : elle finit avant de commencer.")
    if not draft.text.strip():
        raise DraftRefusedError("Le message est vide.")
    return OutgoingMessage(
        account=account, key=draft.key, recipient=checked_recipient(draft.recipient), recipient_name=one_line(draft.recipient_name, NAME_LIMIT),
        subject=one_line(draft.subject, SUBJECT_LIMIT), payload=packed(draft.text, draft.html),
        attachments=[one.as_row() for one in draft.attachments],
        message_id=new_message_id(account.from_address), reply_to=account.reply_address(draft.reply_token), reply_token=draft.reply_token,
        in_reply_to=one_line(draft.in_reply_to, NAME_LIMIT), unsubscribe_url=one_line(draft.unsubscribe_url, 500), not_before=draft.not_before,
        not_after=draft.not_after, queued_at=now, changed_at=now, next_attempt_at=draft.not_before or now,
    )  # fmt: skip


def fresh(made: list[OutgoingMessage], told: Queued, *, is_rehearsal: bool) -> list[OutgoingMessage]:
    """Without the keys that have their message already, here or earlier in the same hand-over."""
    known = set(OutgoingMessage.objects.filter(key__in=[row.key for row in made], is_rehearsal=is_rehearsal).values_list("key", flat=True))
    kept: dict[str, OutgoingMessage] = {}
    for row in made:
        if row.key in known or row.key in kept:
            told.already.append(row.key)
        else:
            kept[row.key] = row
    return list(kept.values())


def write(made: list[OutgoingMessage], told: Queued) -> None:
    # Somebody may queue the same keys at the same minute: the constraint keeps one row, and nobody gets an error page.
    OutgoingMessage.objects.bulk_create(made, ignore_conflicts=True)
    told.made += len(made)


def sentence(told: Queued, title: str, *, is_rehearsal: bool) -> str:
    what = "répétition" if is_rehearsal else "envoi réel"
    also = f" ; {len(told.already)} y étaient déjà" if told.already else ""
    also += f" ; {len(told.rejected)} refusés, avec leur raison" if told.rejected else ""
    return f"Messages mis en file ({what}, « {title} ») : {told.made}{also}."
