"""What a campaign shows of itself: as frozen by its latest release, or, before any release, as it was sent to the lists.

Nothing that somebody edits at the desk appears here by itself: after a first publication these pages only change with a release.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question, Questionnaire
from plaidoyer.publication import wording
from plaidoyer.replies.models import Release


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of the campaign. ``release`` is None until its page is public."""

    code: str
    slug: str
    name: str
    departement: str
    published_at: datetime.datetime | None = None
    version: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return wording.counts_sentence(self.counts) if self.counts else ""


@dataclass(frozen=True, slots=True)
class Face:
    campaign: Campaign
    facts: dict[str, Any]
    collective: dict[str, Any]
    election: dict[str, Any]
    questions: list[dict[str, Any]]
    deadline_on: str
    is_fictional: bool

    @property
    def slug(self) -> str:
        return self.campaign.slug

    @property
    def organisations(self) -> list[str]:
        return self.collective["organisations"]


def face(campaign: Campaign) -> Face:
    latest = Release.objects.public().filter(campaign=campaign).order_by("-published_at", "-pk").first()
    return released_face(campaign, latest.facts) if latest else unreleased_face(campaign)


def released_face(campaign: Campaign, facts: dict[str, Any]) -> Face:
    return Face(
        campaign=campaign,
        facts=facts["campaign"],
        collective=facts["collective"],
        election=facts["election"],
        questions=[question for question in facts["questions"] if not question["is_local"]],
        deadline_on=facts["deadline"][:10],
        is_fictional=facts["collective"]["is_fictional"] or facts["commune"]["is_fictional"],
    )


def unreleased_face(campaign: Campaign) -> Face:
    """Before any publication: who asks, and what was asked once the letter has gone. No list, no reply, no count."""
    collective = campaign.collective
    members = [member.organisation.name for member in collective.collectivemember_set.select_related("organisation").order_by("position", "pk")]
    return Face(
        campaign=campaign,
        facts={"slug": campaign.slug, "name": campaign.name, "introduction": campaign.introduction, "method": campaign.method},
        collective={
            "slug": collective.slug,
            "name": collective.name,
            "url": collective.url,
            "contact_email": collective.contact_email,
            "publication_director": collective.publication_director,
            "is_fictional": collective.is_fictional,
            "organisations": members,
        },
        election={"slug": campaign.election.slug, "name": campaign.election.name, "year": campaign.election.year},
        questions=sent_questions(campaign),
        deadline_on=campaign.deadline_on.isoformat(),
        is_fictional=collective.is_fictional or campaign.election.is_fictional,
    )


def sent_questions(campaign: Campaign) -> list[dict[str, Any]]:
    """The common questions of the questionnaire that was sent. Empty as long as none was: what may still change is not public."""
    sent = Questionnaire.objects.filter(campaign=campaign, locked_at__isnull=False).order_by("-version").values("pk")[:1]
    asked = Question.objects.filter(questionnaire__in=sent, campaign_commune=None, parent=None).order_by("number")
    return [{"number": one.number, "title": one.title, "text": one.text, "parts": []} for one in asked]


def places(campaign: Campaign) -> list[Place]:
    """Every commune of the campaign, by name: those with a public page carry their counts, the others only their name."""
    shown = {
        row["commune_id"]: row
        for row in Release.objects.public()
        .filter(campaign=campaign)
        .order_by("commune_id")
        .values("commune_id", "published_at", "version", "facts__counts", "facts__commune")
    }
    rows = CampaignCommune.objects.filter(campaign=campaign).select_related("commune__departement").order_by("commune__name", "commune_id")
    return [place(row, shown.get(row.commune_id)) for row in rows]


def place(row: CampaignCommune, shown: dict[str, Any] | None) -> Place:
    commune = row.commune
    if shown is None:
        return Place(commune.code, commune.slug, commune.name, commune.departement.name if commune.departement else "")
    frozen = shown["facts__commune"]
    names = (frozen["code"], frozen["slug"], frozen["name"], frozen["departement"])
    return Place(*names, published_at=shown["published_at"], version=shown["version"], counts=shown["facts__counts"])
