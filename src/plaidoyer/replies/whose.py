"""Whose letter is this? Only an exact sign counts, and only when it points to one list: the machine suggests, a person attaches."""

from __future__ import annotations

import re

from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.kit.text import folded
from plaidoyer.replies.redaction import EMAIL

SHORT = 9  # folded letters under which a name of a list stands in any letter (« Ensemble »)
SENDER = re.compile(r"\ADe : ([^\n]*)")


def suggest(campaign: Campaign, text: str) -> tuple[CandidateList, str] | None:
    """The one list that the letter's own signs point to, and the sign in French; None when none or several do."""
    return by_address(campaign, text) or by_name(campaign, text)


def by_address(campaign: Campaign, text: str) -> tuple[CandidateList, str] | None:
    sender = SENDER.match(text)
    addresses = [match.lower() for match in EMAIL.findall(sender[1] if sender else text)]
    known = Contact.objects.filter(collective=campaign.collective, kind=Contact.Kind.EMAIL, candidate_list__in=campaign.lists())
    found = {one.candidate_list: one.value for one in known.select_related("candidate_list") if one.value.lower() in addresses}
    return one_only({one: f"L’adresse {value} est celle de cette liste." for one, value in found.items()})


def by_name(campaign: Campaign, text: str) -> tuple[CandidateList, str] | None:
    words = f" {folded(text)} "
    found: dict[CandidateList, str] = {}
    for one in campaign.lists():
        for name, what in ((one.name, "Le nom de la liste"), (one.head_name, "Le nom de la tête de liste")):
            if len(folded(name)) >= SHORT and f" {folded(name)} " in words:
                found.setdefault(one, f"{what} est dans la lettre : {name}.")
    return one_only(found)


def one_only(found: dict[CandidateList, str]) -> tuple[CandidateList, str] | None:
    return next(iter(found.items())) if len(found) == 1 else None
