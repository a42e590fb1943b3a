"""Addresses that a letter carries: where the list answers, and where it asks not to be written to."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from plaidoyer.campaigns import reply_tokens
from plaidoyer.campaigns.link_models import ReplyLink
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
    """Where one list answers: the address of its page, and the token of its reply address (two secrets: a mail shows the second to every relay)."""

    url: str
    token: str


def reply_doors(campaign: Campaign, lists: CandidateListQuerySet, *, is_rehearsal: bool) -> dict[int, Door]:
    """By list. A rehearsal carries addresses that open a specimen to the members of the collective, and nothing to anybody else."""
    if is_rehearsal:
        return {pk: specimen(campaign, pk) for pk in lists.order_by().values_list("pk", flat=True)}
    rows = ReplyLink.objects.live().filter(campaign=campaign, candidate_list__in=lists.order_by())
    return {link.candidate_list_id: door_of(link) for link in rows.iterator(chunk_size=1000)}


def printed_doors(campaign: Campaign, lists: CandidateListQuerySet) -> dict[int, Door]:
    """For paper and for the screen: the true address of each list that has one, else the specimen."""
    return reply_doors(campaign, lists, is_rehearsal=True) | reply_doors(campaign, lists, is_rehearsal=False)


def specimen(campaign: Campaign, candidate_list_id: int) -> Door:
    return Door(f"{settings.SITE_URL}/bureau/reponses/campagne/{campaign.slug}/pages/{candidate_list_id}/apercu/", "")


def door_of(link: ReplyLink) -> Door:
    token = reply_tokens.token_of(link)
    if token is None:
        return specimen(link.campaign, link.candidate_list_id)
    return Door(before_reply_token(settings.SITE_URL) + token + "/", reply_tokens.mail_token_of(link))


@functools.cache
def before_reply_token(site: str) -> str:
    return f"{site}/repondre/"
