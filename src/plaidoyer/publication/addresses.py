"""Every public address, from one generator: the sitemap, the static export and the test "every page answers and has its data twin" use it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from plaidoyer.campaigns.letter_models import LedgerSnapshot
from plaidoyer.publication import faces, questions, visibility
from plaidoyer.replies.models import Release, ReleasedList


@dataclass(frozen=True, slots=True)
class Address:
    """A page, its data twin (None for a file that is data already), and when it last changed."""

    page: str
    twin: str | None
    changed_at: datetime.datetime | None = None


def twin_of(page: str) -> str:
    """``twin_of("/campagnes/valmorel-2026/")`` is "/campagnes/valmorel-2026.json"."""
    return f"{page.rstrip('/')}.json" if page != "/" else "/index.json"


def address(name: str, *args: object, changed_at: datetime.datetime | None = None) -> Address:
    page = reverse(f"publication:{name}", args=args)
    return Address(page, twin_of(page), changed_at)


def file(name: str, *args: object, changed_at: datetime.datetime | None = None) -> Address:
    return Address(reverse(f"publication:{name}", args=args), None, changed_at)


def public_addresses() -> Iterator[Address]:
    yield address("home")
    for name in ("legal", "accessibility", "data"):
        yield address(name)
    for campaign in visibility.campaigns():
        yield from campaign_addresses(faces.face(campaign))


def campaign_addresses(face: faces.Face) -> Iterator[Address]:
    slug = face.slug
    latest = Release.objects.public().filter(campaign=face.campaign).order_by("-published_at").values_list("published_at", flat=True).first()
    for name in ("campaign", "method", "corrections"):
        yield address(name, slug, changed_at=latest)
    for name in ("answers_csv", "commitments_csv", "feed"):
        yield file(name, slug, changed_at=latest)
    towns = Release.objects.public().filter(campaign=face.campaign).count()
    for question in face.questions:
        yield address("question", slug, question["number"], changed_at=latest)
        for page in range(2, -(-towns // questions.COMMUNES_PER_PAGE) + 1):
            yield address("question_page", slug, question["number"], page, changed_at=latest)
    for place in faces.places(face.campaign):
        yield address("comparator", slug, place.code, place.slug, changed_at=place.published_at)
    yield from ledger_addresses(face)
    yield from list_addresses(slug)
    yield from version_addresses(slug)


def ledger_addresses(face: faces.Face) -> Iterator[Address]:
    """What each list was sent, where it is published beside the answers."""
    taken = dict(LedgerSnapshot.objects.filter(campaign=face.campaign).order_by("taken_at").values_list("commune", "taken_at"))
    for place in faces.places(face.campaign):
        if place.published_at and place.code in taken:
            yield address("ledger", face.slug, place.code, place.slug, changed_at=taken[place.code])
            yield file("ledger_csv", face.slug, place.code, place.slug, changed_at=taken[place.code])


def list_addresses(slug: str) -> Iterator[Address]:
    shown = ReleasedList.objects.filter(release__in=Release.objects.public().filter(campaign__slug=slug)).order_by(
        "release__commune__name", "position"
    )
    fields = ("release__commune_id", "release__facts__commune__slug", "facts__slug", "release__published_at")
    for code, commune, list_slug, changed_at in shown.values_list(*fields):
        yield address("letter", slug, code, commune, list_slug, changed_at=changed_at)


def version_addresses(slug: str) -> Iterator[Address]:
    """What was replaced stays readable at an address of its own."""
    current = Release.objects.public().filter(campaign__slug=slug).order_by().values("commune_id")
    replaced = Release.objects.filter(campaign__slug=slug, commune__in=current, is_current=False, withdrawn_at=None)
    fields = ("commune_id", "facts__commune__slug", "version", "published_at")
    for code, commune, version, changed_at in replaced.order_by("commune__name", "version").values_list(*fields):
        yield address("version", slug, code, commune, version, changed_at=changed_at)
