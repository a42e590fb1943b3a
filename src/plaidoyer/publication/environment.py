"""The Jinja2 environment of the public site: the live pages and the static export share it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from plaidoyer import __version__
from plaidoyer.kit import typography
from plaidoyer.publication import dates, wording
from plaidoyer.publication.typesetting import FrenchText


def environment(**options: Any) -> Environment:
    chosen = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined, "extensions": [FrenchText]}
    env = Environment(**options | chosen)  # noqa: S701  autoescape is on
    env.globals.update(static=static, url=reverse_with, place_url=place_url, site_url=settings.SITE_URL, version=__version__)
    env.filters.update(fr=typography.french, thousands=typography.thousands, plural=plural, fingerprint=fingerprint, media_name=wording.media_name)
    env.filters.update(day=dates.day, day_of_month=dates.day_of_month, moment=dates.moment, hour=dates.hour, short_date=dates.short_date)
    return env


def rendered(template: str, context: dict[str, Any]) -> str:
    """A public page, feed or map as text: what a view sends, and what the static export writes."""
    return render_to_string(template, context, using="jinja2")


def reverse_with(name: str, *args: object, **kwargs: object) -> str:
    return reverse(f"publication:{name}", args=args or None, kwargs=kwargs or None)


def place_url(facts: dict[str, Any], name: str, *more: object) -> str:
    """A page of the commune that a release is about: ``place_url(facts, "letter", "liste-1")``."""
    return reverse_with(name, facts["campaign"]["slug"], facts["commune"]["code"], facts["commune"]["slug"], *more)


def plural(count: int, one: str, many: str) -> str:
    """``{{ 3|plural("liste", "listes") }}`` is "3 listes", on one line; French counts 0 as singular."""
    return f"{typography.thousands(count)}\u00a0{one if abs(count) < 2 else many}"


def fingerprint(sha256: str) -> str:
    """A SHA-256 in groups of four, so that a person can compare it aloud."""
    return " ".join(sha256[start : start + 4] for start in range(0, len(sha256), 4))
