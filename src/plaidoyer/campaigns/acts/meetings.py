"""Meetings: slots offered to all the lists of a commune alike, who came, and minutes that say whether the list agreed to them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.letter_models import Meeting
from plaidoyer.campaigns.models import CampaignCommune
from plaidoyer.elections.models import CandidateList

State = Meeting.State


@transaction.atomic
def offer_slots(
    *, actor: User | None, campaign_commune: CampaignCommune, starts: Iterable[datetime.datetime], minutes: int, place: str
) -> list[Meeting]:
    """The same slots are open to every list of the commune."""
    campaign, commune = campaign_commune.campaign, campaign_commune.commune
    require(actor, "local", campaign.collective, commune.pk)
    starts = sorted(set(starts))
    if not starts or not place.strip():
        raise ActRefusedError("Donnez au moins une heure, et un lieu.")
    if starts[0] <= timezone.now():
        raise ActRefusedError("Ces heures sont passées : proposez des rencontres à venir.")
    length = datetime.timedelta(minutes=minutes)
    made = [
        Meeting.objects.create(campaign=campaign, commune=commune, starts_at=start, ends_at=start + length, place=place.strip(), offered_by=actor)
        for start in starts
    ]
    _told(actor, made[0], f"propose {len(made)} créneau{'x' if len(made) > 1 else ''} de rencontre à toutes les listes de {commune.name}")
    return made


@transaction.atomic
def take_slot(*, actor: User | None, meeting: Meeting, candidate_list: CandidateList) -> Meeting:
    require(actor, "local", meeting.campaign.collective, meeting.commune_id)
    if candidate_list.commune_id != meeting.commune_id:
        raise ActRefusedError(f"« {candidate_list.name} » se présente ailleurs.")
    move(meeting, [State.OFFERED], state=State.AGREED, candidate_list=candidate_list)
    _told(actor, meeting, f"note la rencontre du {moment(meeting)} avec « {candidate_list.name} »")
    return meeting


@transaction.atomic
def record_meeting(
    *, actor: User | None, meeting: Meeting, was_held: bool, ours: str = "", theirs: str = "", minutes: str = "", is_agreed: bool = False
) -> Meeting:
    """``is_agreed``: the list read the minutes and agreed. Until then they are called « non validé » wherever they are shown."""
    require(actor, "local", meeting.campaign.collective, meeting.commune_id)
    if meeting.starts_at > timezone.now():
        raise ActRefusedError("Cette rencontre n’a pas encore eu lieu.")
    if was_held and not (ours.strip() and theirs.strip()):
        raise ActRefusedError("Dites qui était là, de part et d’autre.")
    shape = Meeting.Minutes.NONE if not minutes.strip() else Meeting.Minutes.AGREED if is_agreed else Meeting.Minutes.OURS
    facts = {"ours": ours.strip(), "theirs": theirs.strip(), "minutes": minutes.strip(), "minutes_state": shape}
    move(meeting, [State.AGREED, State.HELD, State.MISSED], state=State.HELD if was_held else State.MISSED, **facts)
    _told(actor, meeting, f"inscrit la rencontre du {moment(meeting)} : {meeting.get_state_display()}, {meeting.get_minutes_state_display()}")
    return meeting


@transaction.atomic
def cancel_meeting(*, actor: User | None, meeting: Meeting) -> Meeting:
    require(actor, "local", meeting.campaign.collective, meeting.commune_id)
    move(meeting, [State.OFFERED, State.AGREED], state=State.CANCELLED)
    _told(actor, meeting, f"annule la rencontre du {moment(meeting)}")
    return meeting


def move(meeting: Meeting, origins: list[str], **facts: object) -> None:
    if not Meeting.objects.filter(pk=meeting.pk, state__in=origins).update(**facts):
        raise ActRefusedError("Cette rencontre a changé entre-temps : rechargez la page.")
    meeting.refresh_from_db()


def moment(meeting: Meeting) -> str:
    return f"{timezone.localtime(meeting.starts_at):%d/%m/%Y à %H h %M}"


def _told(actor: User | None, meeting: Meeting, sentence: str) -> None:
    journal.write(
        actor=actor, collective=meeting.campaign.collective, verb="meeting", target=meeting, commune_code=meeting.commune_id,
        sentence=f"{journal.signature_of(actor)} {sentence}.",
    )  # fmt: skip
