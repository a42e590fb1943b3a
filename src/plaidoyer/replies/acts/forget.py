"""What the page of a list promises: the address of a receipt, and words never sent, do not outlive the election by more than three months."""

from __future__ import annotations

import datetime

from django.db import transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.campaigns.models import Campaign
from plaidoyer.kit.templatetags.french import plural
from plaidoyer.mailbox.acts import forget_recipients
from plaidoyer.replies.models import DoorDraft, DoorFile, DoorSending

KEPT_FOR = datetime.timedelta(days=92)


def is_time_to_forget(campaign: Campaign, today: datetime.date) -> bool:
    days = [campaign.election.first_round_on, campaign.election.second_round_on]
    return max(filter(None, days)) + KEPT_FOR < today


@transaction.atomic
def forget_drafts(*, actor: User | None, campaign: Campaign) -> int:
    """Drafts with their files; the addresses of receipts, here and in the queue of mail. What was sent is evidence: it stays. Twice is once."""
    require(actor, "send", campaign.collective)
    drafts = DoorDraft.objects.filter(campaign=campaign)
    for file in DoorFile.objects.filter(draft__in=drafts):
        transaction.on_commit(lambda file=file: file.file.storage.delete(file.file.name))
    addresses = DoorSending.objects.filter(campaign=campaign).exclude(email="").update(email="")
    told = forget_recipients(actor=actor, collective=campaign.collective, key_begins=f"recu:{campaign.pk}:")
    forgotten = drafts.count() + addresses + told
    drafts.delete()
    if forgotten:
        journal.write(
            actor=actor, collective=campaign.collective, verb="door.forget", target=campaign,
            sentence=f"Brouillons des listes et adresses de reçu effacés, « {campaign.name} » : {plural(forgotten, 'effacement,effacements')}.",
        )  # fmt: skip
    return forgotten
