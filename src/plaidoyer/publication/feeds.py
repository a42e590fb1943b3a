"""The Atom feed of a campaign: one entry per public commune page, dated by its version."""

from __future__ import annotations

from django.conf import settings

from plaidoyer.publication import faces, twins, visibility, wording
from plaidoyer.publication.environment import rendered

ENTRIES = 60


def feed(face: faces.Face) -> str:
    latest = list(visibility.releases().filter(campaign=face.campaign).order_by("-published_at", "-pk")[:ENTRIES])
    entries = [
        {
            "url": twins.absolute("comparator", face.slug, one.facts["commune"]["code"], one.facts["commune"]["slug"]),
            "release": one,
            "title": entry_title(one.facts["commune"]["name"], one.version),
            "summary": one.reason or wording.counts_sentence(one.facts["counts"]),
        }
        for one in latest
    ]
    updated = latest[0].published_at if latest else face.campaign.created_at
    return rendered("publication/feed.xml", {"face": face, "entries": entries, "updated": updated, "site": settings.SITE_URL})


def entry_title(commune: str, version: int) -> str:
    return f"{commune} : les réponses" if version == 1 else f"{commune} : version {version} des réponses"
