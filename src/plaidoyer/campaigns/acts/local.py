"""What is a commune's own: its paragraph in the letter, its signatories, its attachments. ``campaign_commune`` None means: common to all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Attachment, Campaign, CampaignCommune, Signatory

ATTACHMENT_LIMIT = 10 * 1024 * 1024


def _permitted(actor: User | None, campaign: Campaign, campaign_commune: CampaignCommune | None) -> None:
    if campaign_commune is None:
        require(actor, "campaign", campaign.collective)
    else:
        require(actor, "local", campaign.collective, campaign_commune.commune_id)


def _told(actor: User | None, campaign: Campaign, campaign_commune: CampaignCommune | None, verb: str, sentence: str) -> None:
    where = f" pour {campaign_commune.commune.name}" if campaign_commune else ""
    journal.write(
        actor=actor,
        collective=campaign.collective,
        verb=verb,
        target=campaign_commune or campaign,
        sentence=f"{journal.signature_of(actor)} {sentence}{where}, « {campaign.name} ».",
        commune_code=campaign_commune.commune_id if campaign_commune else "",
    )


@transaction.atomic
def edit_paragraph(*, actor: User | None, campaign_commune: CampaignCommune, introduction: str) -> CampaignCommune:
    _permitted(actor, campaign_commune.campaign, campaign_commune)
    CampaignCommune.objects.filter(pk=campaign_commune.pk).update(introduction=introduction)
    campaign_commune.refresh_from_db()
    _told(actor, campaign_commune.campaign, campaign_commune, "local.paragraph", "a écrit le paragraphe local de la lettre")
    return campaign_commune


@transaction.atomic
def set_signatories(
    *, actor: User | None, campaign: Campaign, campaign_commune: CampaignCommune | None, people: Iterable[dict[str, Any]]
) -> list[Signatory]:
    """``people``: name, capacity, organisation, email, in the order in which they sign. They replace those of before."""
    _permitted(actor, campaign, campaign_commune)
    Signatory.objects.filter(campaign=campaign, campaign_commune=campaign_commune).delete()
    made = [
        Signatory.objects.create(campaign=campaign, campaign_commune=campaign_commune, position=position, **person)
        for position, person in enumerate(people)
    ]
    _told(
        actor,
        campaign,
        campaign_commune,
        "local.signatories",
        f"a fixé les signataires de la lettre ({', '.join(one.name for one in made) or 'aucun'})",
    )
    return made


@transaction.atomic
def add_attachment(*, actor: User | None, campaign: Campaign, campaign_commune: CampaignCommune | None, title: str, file: UploadedFile) -> Attachment:
    _permitted(actor, campaign, campaign_commune)
    if not file.size:
        raise ActRefusedError("Ce fichier est vide.")
    if file.size > ATTACHMENT_LIMIT:
        raise ActRefusedError(
            "Ce fichier dépasse 10 Mo : une boîte aux lettres ne l’accepterait pas. Réduisez-le, ou donnez son adresse dans la lettre."
        )
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    made = Attachment.objects.create(
        campaign=campaign,
        campaign_commune=campaign_commune,
        title=title,
        file=file,
        sha256=digest.hexdigest(),
        size=file.size,
    )
    _told(actor, campaign, campaign_commune, "local.attachment", f"a joint à la lettre « {title} »")
    return made


@transaction.atomic
def remove_attachment(*, actor: User | None, attachment: Attachment) -> Campaign:
    """What went with a letter stays with it."""
    campaign, place = attachment.campaign, attachment.campaign_commune
    _permitted(actor, campaign, place)
    if campaign.solicitations.exists():
        raise ActRefusedError("Des lettres sont parties avec cette pièce : elle ne s’efface plus.")
    title = attachment.title
    attachment.delete()
    _told(actor, campaign, place, "local.attachment", f"a retiré de la lettre « {title} »")
    return campaign
