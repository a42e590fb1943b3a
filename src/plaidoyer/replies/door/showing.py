"""What the pages of a list show. Looking makes nothing: a draft that nobody has saved is an unsaved row."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone

from plaidoyer.campaigns.correction_models import CorrectionWindow
from plaidoyer.campaigns.letter_facts import announcement
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import CampaignCommune, Question
from plaidoyer.reading.types import Place
from plaidoyer.replies.acts.door import BEYOND
from plaidoyer.replies.door.assembling import pieces
from plaidoyer.replies.door.forms import DoorForm
from plaidoyer.replies.door.moments import moment_of
from plaidoyer.replies.door.uploads import ACCEPTED, FILES_AT_MOST
from plaidoyer.replies.models import DoorDraft, DoorSending, Release, Remark, Reply, TextOfRecord

NEAR = ("reply__campaign", "reply__candidate_list__commune")


def draft_of(link: ReplyLink) -> DoorDraft:
    whose = {"campaign": link.campaign, "candidate_list": link.candidate_list}
    found = DoorDraft.objects.filter(**whose).first() or DoorDraft()
    found.campaign, found.candidate_list = link.campaign, link.candidate_list  # known already: not fetched again
    return found


def frame_of(link: ReplyLink) -> dict[str, Any]:
    """What every page of the door needs."""
    campaign, one = link.campaign, link.candidate_list
    return {
        "campaign": campaign, "collective": campaign.collective, "list": one, "commune": one.commune,
        "moment": moment_of(campaign, one, timezone.now()), "announcement": announcement(campaign), "voice": voice_of(link),
    }  # fmt: skip


def voice_of(link: ReplyLink) -> str:
    """What a list may say beside its reply: of our reading before publication, of what is published after it."""
    campaign, code = link.campaign, link.candidate_list.commune_id
    if Release.objects.public().filter(campaign=campaign, commune=code).exists():
        return "right-of-reply"
    return "correction" if CorrectionWindow.objects.filter(campaign=campaign, commune=code).exists() else ""


def heard_of(link: ReplyLink) -> dict[str, Any]:
    """The days of its reading, how many remarks it has made, and how many have our answer."""
    window = CorrectionWindow.objects.filter(campaign=link.campaign, commune=link.candidate_list.commune_id).first()
    states = Remark.objects.filter(window=window, candidate_list=link.candidate_list).values_list("state", flat=True) if window else []
    return {
        "window": window, "is_open": bool(window and window.is_open_at(timezone.now())), "remarks": len(states),
        "answered": sum(state != Remark.State.WAITING for state in states),
    }  # fmt: skip


def page_facts(link: ReplyLink, form: DoorForm, questions: list[Question]) -> dict[str, Any]:
    draft = draft_of(link)
    sendings = list(DoorSending.objects.filter(campaign=link.campaign, candidate_list=link.candidate_list).select_related(*NEAR))
    asked = {question.code for question in questions} | {BEYOND}
    place = CampaignCommune.objects.filter(campaign=link.campaign, commune=link.candidate_list.commune_id).first()
    frame = frame_of(link)
    return {
        **frame, "heard": heard_of(link) if frame["voice"] else None, "form": form,
        "questions": questions, "draft": draft, "files": draft.files.all() if draft.pk else [],
        "sendings": sendings, "last": sendings[0] if sendings else None, "is_changed": is_changed(draft, sendings),
        "others": other_replies(link), "place": place, "accepted": ACCEPTED, "files_at_most": FILES_AT_MOST,
        "orphans": [words for code, words in draft.texts.items() if code not in asked],
        "signatories": signatories(link, place),
    }  # fmt: skip


def is_changed(draft: DoorDraft, sendings: list[DoorSending]) -> bool:
    return bool(sendings) and sendings[0].draft_revision != draft.revision


def other_replies(link: ReplyLink) -> list[Reply]:
    """What came from this list by another way."""
    found = Reply.objects.filter(campaign=link.campaign, candidate_list=link.candidate_list, door_sending=None).exclude(state=Reply.State.SET_ASIDE)
    return list(found.order_by("-received_at", "-pk"))


def signatories(link: ReplyLink, place: CampaignCommune | None) -> list[Any]:
    found = list(link.campaign.signatories.all())
    local = [one for one in found if place and one.campaign_commune_id == place.pk]
    return local or [one for one in found if one.campaign_commune_id is None]


def sending_of(link: ReplyLink, version: int) -> DoorSending:
    near = ("reply__campaign", "reply__candidate_list__commune", "campaign__collective", "candidate_list__commune")
    found = DoorSending.objects.select_related(*near).filter(campaign=link.campaign, candidate_list=link.candidate_list, version=version).first()
    if found is None:
        raise Http404
    return found


def recorded_pieces(sending: DoorSending) -> list[tuple[bool, str]]:
    """What was recorded, from the record itself."""
    text = TextOfRecord.objects.filter(original__replies=sending.reply_id, sha256=sending.text_sha256).first()
    places = [Place(**place) for place in text.places] if text else []
    return pieces(text.text if text else sending.text, places)
