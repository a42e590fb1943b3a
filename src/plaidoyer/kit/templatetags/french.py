"""Filters and tags for the desk's templates, loaded everywhere."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from plaidoyer.kit import typography

register = template.Library()


@register.filter
def fr(value: object) -> SafeString:
    """Our own words, with French spacing: ``{{ sentence|fr }}``. Never on a quotation."""
    return mark_safe(typography.french(str(conditional_escape(value if isinstance(value, SafeString) else str(value))).replace("&#x27;", "’")))  # noqa: S308  escaped just before


@register.filter
def thousands(value: int | None) -> str:
    return "" if value is None else typography.thousands(value)


@register.filter
def plural(count: int, forms: str) -> str:
    """``{{ n|plural:"liste,listes" }}`` with the number before; French counts 0 as singular."""
    one, many = forms.split(",")
    return f"{typography.thousands(count)} {one if abs(count) < 2 else many}"
