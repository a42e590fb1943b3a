"""How a view finds what it shows, and how it does what it is asked: nothing of another collective is ever found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plaidoyer.accounts.permissions import may
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.elections.models import CandidateList
from plaidoyer.replies.models import Original, Reply


def campaign_for(request: HttpRequest, slug: str) -> Campaign:
    return get_object_or_404(Campaign.objects.for_user(request.user).select_related("collective", "election"), slug=slug)


def place_for(request: HttpRequest, slug: str, code: str) -> CampaignCommune:
    found = CampaignCommune.objects.for_user(request.user).select_related("campaign__collective", "campaign__election", "commune__departement")
    return get_object_or_404(found, campaign__slug=slug, commune=code)


def reply_for(request: HttpRequest, pk: int) -> Reply:
    found = Reply.objects.for_user(request.user)
    near = (
        "campaign__collective",
        "campaign__election",
        "candidate_list__commune",
        "suggested_list__commune",
        "claimed_by",
        "reviewed_by",
        "entered_by",
    )
    return get_object_or_404(found.select_related(*near), pk=pk)


def original_for(request: HttpRequest, reply_pk: int, pk: int) -> Original:
    """Through a reply that this person may see: a local group does not read the letters of other communes."""
    return get_object_or_404(Original, pk=pk, parts__reply=reply_for(request, reply_pk))


def can(request: HttpRequest, verb: str, campaign: Campaign, commune_code: str = "") -> bool:
    return may(request.user, verb, campaign.collective, commune_code)


def attempt[T](request: HttpRequest, act: Callable[..., T], said: str = "", **asked: Any) -> T | None:
    """Do it and say so, or say why not."""
    try:
        result = act(actor=request.user, **asked)
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return None
    if said:
        messages.success(request, said)
    return result


def chosen_list(request: HttpRequest, campaign: Campaign) -> CandidateList | None:
    """None for anything else than the key of a list of this campaign: the act says what to do then."""
    key = request.POST.get("candidate_list", "")
    return campaign.lists().select_related("commune").filter(pk=key).first() if key.isdecimal() else None
