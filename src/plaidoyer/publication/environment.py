"""The Jinja2 environment of the public site: the live pages and the static export share it."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from plaidoyer.kit import typography


def environment(**options: Any) -> Environment:
    env = Environment(**{"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined} | options)  # noqa: S701  autoescape is on
    env.globals.update(static=static, url=reverse_with)
    env.filters.update(fr=typography.french, thousands=typography.thousands)
    return env


def reverse_with(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
