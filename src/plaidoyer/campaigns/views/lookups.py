"""What a page is about, or 404; whether the person may act there, or 403; and an act tried on her behalf."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plaidoyer.accounts.models import Collective
from plaidoyer.accounts.permissions import require, verbs
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question, Solicitation


def campaign_for(request: HttpRequest, slug: str, verb: str = "") -> Campaign:
    found = get_object_or_404(Campaign.objects.for_user(request.user).select_related("collective", "election"), slug=slug)
    if verb:
        require(request.user, verb, found.collective)
    found.desk_rights = rights(request, found.collective)
    return found


def rights(request: HttpRequest, collective: Collective, code: str = "") -> dict[str, bool]:
    """For templates: which buttons to show. The acts check again."""
    held = verbs(request.user, collective, code)
    return {verb: verb in held for verb in ("campaign", "send", "local", "lists", "receive", "review", "publish")}


def place_for(request: HttpRequest, slug: str, code: str, verb: str = "") -> CampaignCommune:
    rows = CampaignCommune.objects.for_user(request.user).select_related("campaign__collective", "campaign__election", "commune")
    found = get_object_or_404(rows, campaign__slug=slug, commune_id=code)
    if verb:
        require(request.user, verb, found.campaign.collective, code)
    found.campaign.desk_rights = rights(request, found.campaign.collective, code)
    return found


def question_for(request: HttpRequest, slug: str, pk: int) -> Question:
    """The common ones for whoever sees the campaign; a commune's own for whoever sees this commune."""
    campaign = campaign_for(request, slug)
    rows = Question.objects.filter(questionnaire__campaign=campaign).select_related(
        "questionnaire__campaign__collective", "campaign_commune__commune", "parent"
    )
    question = get_object_or_404(rows, pk=pk)
    if question.campaign_commune:
        get_object_or_404(CampaignCommune.objects.for_user(request.user), pk=question.campaign_commune_id)
    require_writer(request, question)
    return question


def require_writer(request: HttpRequest, question: Question) -> None:
    collective = question.questionnaire.campaign.collective
    if question.campaign_commune:
        require(request.user, "local", collective, question.campaign_commune.commune_id)
    else:
        require(request.user, "campaign", collective)


def solicitation_for(request: HttpRequest, slug: str, pk: int) -> Solicitation:
    campaign = campaign_for(request, slug, "send")
    rows = Solicitation.objects.filter(campaign=campaign).select_related("campaign__collective", "questionnaire", "candidate_list__commune")
    return get_object_or_404(rows, pk=pk)


def collective_for(request: HttpRequest, slug: str, verb: str = "") -> Collective:
    found = get_object_or_404(Collective.objects.for_user(request.user), slug=slug)
    if verb:
        require(request.user, verb, found)
    return found


def tried(request: HttpRequest, done: str, act: Callable[..., Any], **arguments: Any) -> bool:
    """Call ``act`` as this person; say ``done`` when there is something to say, or the refusal in its own words."""
    try:
        act(actor=request.user, **arguments)
    except ActRefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True
