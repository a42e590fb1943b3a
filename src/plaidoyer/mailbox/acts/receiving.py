"""What people do with mail that came in. Fetching itself is the machine's work (fetcher.py), and decides nothing."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox import intake
from plaidoyer.mailbox.models import IncomingMessage

State = IncomingMessage.State


def drop(*, actor: User | None, collective: Collective, data: bytes, received_at: datetime.datetime | None = None) -> tuple[IncomingMessage, bool]:
    """An .eml file put in by hand. Bytes and row first, and they stay, whatever the reading of it gives."""
    require(actor, "receive", collective)
    if not data.strip():
        raise ActRefusedError("Ce fichier est vide : enregistrez de nouveau le message depuis votre messagerie, puis déposez-le.")
    if len(data) > settings.UPLOAD_LIMIT:
        raise ActRefusedError(f"Ce message dépasse {settings.UPLOAD_LIMIT // 2**20} Mo : déposez ses pièces jointes une à une.")
    row, is_new = intake.keep(collective=collective, data=data, received_at=received_at or timezone.now(), entered_by=actor)
    if is_new:
        with transaction.atomic():
            journal.write(
                actor=actor, collective=collective, verb="mail.drop", target=row, data={"sha256": row.sha256},
                sentence=f"Message déposé à la main, {row.size} octets.",
            )  # fmt: skip
    return intake.sort(row), is_new


@transaction.atomic
def mark_handled(*, actor: User | None, message: IncomingMessage, note: str) -> IncomingMessage:
    """For the room above that made something of it: « réponse de la liste X », with its own permission already asked."""
    return _close(actor, message, State.HANDLED, note, "mail.handled")


@transaction.atomic
def set_aside(*, actor: User | None, message: IncomingMessage, note: str) -> IncomingMessage:
    """Not a reply. It stays, whole, and can be taken up again."""
    require(actor, "receive", message.collective)
    return _close(actor, message, State.SET_ASIDE, note, "mail.set_aside")


@transaction.atomic
def take_up_again(*, actor: User | None, message: IncomingMessage) -> IncomingMessage:
    require(actor, "receive", message.collective)
    IncomingMessage.objects.filter(pk=message.pk).update(state=State.NEW, handled_at=None, handled_by=None, handled_note="")
    message.refresh_from_db()
    journal.write(
        actor=actor, collective=message.collective, verb="mail.again", target=message, sentence=f"Message repris : « {message.subject[:100]} ».",
    )  # fmt: skip
    return message


def _close(actor: User | None, message: IncomingMessage, state: str, note: str, verb: str) -> IncomingMessage:
    if not note:
        raise ActRefusedError("Dites ce que devient ce message : la raison reste écrite à côté de lui.")
    moved = IncomingMessage.objects.filter(pk=message.pk, state=State.NEW).update(
        state=state, handled_at=timezone.now(), handled_by=actor, handled_note=note
    )
    if not moved:
        raise ActRefusedError("Quelqu’un s’est déjà occupé de ce message. Rechargez la page.")
    message.refresh_from_db()
    journal.write(
        actor=actor, collective=message.collective, verb=verb, target=message, sentence=f"Message « {message.subject[:100]} » : {note}",
    )  # fmt: skip
    return message
