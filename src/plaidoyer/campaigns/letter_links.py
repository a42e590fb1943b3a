"""Addresses that a letter carries: where the list answers, and where it asks not to be written to."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet

SALT = "plaidoyer.opposition"  # changing it would break the links of letters that have left


def objection_url(campaign_id: int, candidate_list_id: int) -> str:
    """Nothing is kept for it: the address is signed, and leads to this list of this campaign alone."""
    return before_token(settings.SITE_URL) + signer().sign_object([campaign_id, candidate_list_id]) + "/"


@functools.cache
def before_token(site: str) -> str:
    """Looked up once: fifty thousand letters ask."""
    return site + reverse("objections:objection", args=["x"]).removesuffix("x/")


def signer() -> signing.Signer:
    return signing.Signer(salt=SALT)


def meant_by(token: str) -> tuple[Campaign, CandidateList] | None:
    """The campaign and the list of an address that we signed, or None."""
    try:
        campaign_id, list_id = signer().unsign_object(token)
        return Campaign.objects.select_related("collective").get(pk=campaign_id), CandidateList.objects.select_related("commune").get(pk=list_id)
    except (signing.BadSignature, ValueError, TypeError, Campaign.DoesNotExist, CandidateList.DoesNotExist):
        return None


@dataclass(frozen=True, slots=True)
class Door:
    """Where one list answers: the address of its page, and the token of its reply address."""

    url: str
    token: str


def reply_doors(campaign: Campaign, lists: CandidateListQuerySet, *, is_rehearsal: bool) -> dict[int, Door]:  # noqa: ARG001  until the candidate's page is open
    """By list. Empty while the candidate's page does not exist: letters then say to answer by mail."""
    return {}
