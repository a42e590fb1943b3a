"""The home page: the campaigns, the latest publications, one question as it stands, and the search for a commune."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from plaidoyer.campaigns.models import Campaign, CampaignCommune
from plaidoyer.publication import comparator, visibility, wording
from plaidoyer.replies.models import Release
from plaidoyer.territories.models import Commune

LATEST = 6
FOUND = 20
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class CampaignLine:
    campaign: Campaign
    communes: int
    published: int
    lists: int
    replies: int

    @property
    def is_fictional(self) -> bool:
        return self.campaign.collective.is_fictional or self.campaign.election.is_fictional


@dataclass(frozen=True, slots=True)
class Latest:
    campaign: Campaign
    commune: dict[str, Any]
    published_at: Any
    version: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """A commune that answers to the search. ``places`` is empty when no campaign asks anything there."""

    commune: Commune
    places: list[CampaignCommune]


@dataclass(frozen=True, slots=True)
class Entrance:
    lines: list[CampaignLine]
    latest: list[Latest]
    strip: comparator.Comparator | None = None
    words: str = ""
    found: list[Found] = field(default_factory=list)

    @property
    def is_fictional(self) -> bool:
        return bool(self.lines) and all(line.is_fictional for line in self.lines)


def entrance(words: str) -> Entrance:
    campaigns = list(visibility.campaigns().annotate(asked=Count("communes")).order_by("-deadline_on", "name"))
    rows = list(
        Release.objects.public()
        .filter(campaign__in=[campaign.pk for campaign in campaigns])
        .order_by("-published_at", "-pk")
        .values("pk", "campaign_id", "published_at", "version", "reason", "facts__counts", "facts__commune")
    )
    lines = [line(campaign, [row["facts__counts"] for row in rows if row["campaign_id"] == campaign.pk]) for campaign in campaigns]
    latest = [latest_row(row, {campaign.pk: campaign for campaign in campaigns}) for row in rows[:LATEST]]
    if words:
        return Entrance(lines, latest, words=words, found=search(words))
    return Entrance(lines, latest, strip=strip(rows[0]["pk"]) if rows else None)


def line(campaign: Any, counts: list[dict[str, int]]) -> CampaignLine:
    replies = sum(one["answered"] + one["partial"] for one in counts)
    return CampaignLine(campaign, campaign.asked, len(counts), sum(one["lists"] for one in counts), replies)


def latest_row(row: dict[str, Any], campaigns: dict[int, Campaign]) -> Latest:
    sentence = row["reason"] or wording.counts_sentence(row["facts__counts"])
    return Latest(campaigns[row["campaign_id"]], row["facts__commune"], row["published_at"], row["version"], sentence)


def strip(release_id: int) -> comparator.Comparator:
    """The latest page, of which the home page shows the first question: chosen by its number, not by what was answered."""
    return comparator.comparator(visibility.releases().get(pk=release_id))


def asked_words(typed: str) -> str:
    """What a visitor typed, without what no database stores and nobody searches."""
    return " ".join("".join(character if character.isprintable() else " " for character in typed[:LONGEST_SEARCH]).split())


def search(words: str) -> list[Found]:
    communes = list(Commune.objects.search(words)[:FOUND])
    places = list(visibility.places().filter(commune__in=[one.code for one in communes]).order_by("campaign__name"))
    found = [Found(one, [place for place in places if place.commune_id == one.code]) for one in communes]
    return sorted(found, key=lambda one: not one.places)
