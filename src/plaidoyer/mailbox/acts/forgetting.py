"""Addresses to which a message went, erased when their time is over. That it went, when, and in what words stays."""

from __future__ import annotations

from django.db import transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.mailbox.models import OutgoingMessage


@transaction.atomic
def forget_recipients(*, actor: User | None, collective: Collective, key_begins: str) -> int:
    """Of the messages whose key begins so, those on their way excepted: they are met at the next call. Done again, it does nothing."""
    require(actor, "send", collective)
    rows = OutgoingMessage.objects.filter(account__collective=collective, key__startswith=key_begins).exclude(recipient="")
    count = rows.exclude(state__in=OutgoingMessage.ON_THE_WAY).update(recipient="", recipient_name="", rehearsal_to="")
    if count:
        journal.write(
            actor=actor, collective=collective, verb="mail.forget", target=collective,
            sentence=f"Adresses effacées de {plural(count, 'message envoyé,messages envoyés')}, leur délai de conservation étant passé.",
        )  # fmt: skip
    return count
