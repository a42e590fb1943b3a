"""All the lists of a commune at the same minute, frozen. A correction is a new version; the old one stays, dated."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.ledgers import publish_ledger
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.silence import current_window
from plaidoyer.replies.models import Release, ReleasedCell, ReleasedList
from plaidoyer.replies.publish_checks import obstacles, silence
from plaidoyer.replies.release_draft import Draft, DraftList, draft
from plaidoyer.replies.release_seal import seal
from plaidoyer.territories.models import Commune


def publish(*, actor: User | None, campaign: Campaign, commune: Commune, reason: str = "") -> Release:
    """Version 1, or a correction with its public ``reason``. ActRefusedError while anything is unread, unseen, or silent by law."""
    require(actor, "publish", campaign.collective, commune.pk)
    now = timezone.now()
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)  # two people publishing at once: one after the other
        found = obstacles(campaign, commune, now)
        if found:
            raise ActRefusedError("\n".join(one.sentence for one in found))
        before = Release.objects.select_for_update().filter(campaign=campaign, commune=commune).order_by("-version").first()
        if before and not reason.strip():
            raise ActRefusedError("Cette commune a déjà été publiée : dites ce que change cette nouvelle version. Cette phrase sera publique.")
        Release.objects.filter(campaign=campaign, commune=commune, is_current=True).update(is_current=False)
        made = draft(campaign, commune, now)
        publish_ledger(actor=actor, campaign_commune=campaign.communes.get(commune=commune))
        release = Release.objects.create(
            campaign=campaign, commune=commune, version=before.version + 1 if before else 1, published_at=now, published_by=actor,
            reason=reason.strip(), facts=made.facts, sha256=seal(made.content()),
        )  # fmt: skip
        freeze(release, made)
        tell(actor, release, len(made.lists))
    return release


def freeze(release: Release, made: Draft) -> None:
    rows = ReleasedList.objects.bulk_create(released(release, one) for one in made.lists)
    ReleasedCell.objects.bulk_create(
        ReleasedCell(
            released_list=row, question_number=cell.question, stance=cell.stance, segments=cell.segments, word_count=cell.word_count
        )
        for row, one in zip(rows, made.lists, strict=True)
        for cell in one.cells
    )  # fmt: skip


def released(release: Release, one: DraftList) -> ReleasedList:
    reply = one.reply
    return ReleasedList(
        release=release, candidate_list=one.candidate_list, reply=reply, position=one.position, status=one.status,
        is_late=bool(reply and reply.is_late), received_at=reply.received_at if reply else None, channel=reply.channel if reply else "",
        facts=one.facts, letter=one.letter,
    )  # fmt: skip


def tell(actor: User | None, release: Release, lists: int) -> None:
    what = f"version {release.version}" if release.version > 1 else "première version"
    why = f" Ce qui change : {release.reason}" if release.reason else ""
    journal.write(
        actor=actor, collective=release.campaign.collective, verb="release.published", target=release, commune_code=release.commune_id,
        sentence=f"{release.commune.name} publiée, {what}, {lists} listes à la même minute.{why}", data={"sha256": release.sha256},
    )  # fmt: skip


def withdraw(*, actor: User | None, release: Release, reason: str) -> Release:
    """Take a commune off line, and say why in public. Nothing is deleted."""
    campaign, commune = release.campaign, release.commune
    require(actor, "publish", campaign.collective, commune.pk)
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi cette publication est retirée. Cette phrase sera publique.")
    now = timezone.now()
    window = current_window(campaign.election, commune, now)
    if window:
        raise ActRefusedError(silence(window))
    with transaction.atomic():
        on_line = Release.objects.public().filter(pk=release.pk)
        if not on_line.update(withdrawn_at=now, withdrawn_by=actor, withdrawal_reason=reason.strip()):
            raise ActRefusedError("Cette version n’est plus en ligne.")
        journal.write(
            actor=actor, collective=campaign.collective, verb="release.withdrawn", target=release, commune_code=commune.pk,
            sentence=f"Publication de {commune.name} retirée (version {release.version}) : {reason.strip()}",
        )  # fmt: skip
    release.refresh_from_db()
    return release
