"""Groups of communes that can be chosen at once: a département, an EPCI, an établissement public territorial."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from plaidoyer.kit.text import folded
from plaidoyer.territories.models import Commune, CommuneQuerySet, Departement, Intercommunality

DEPARTEMENT, INTERCOMMUNALITY = "departement", "epci"


@dataclass(frozen=True, slots=True)
class Group:
    """``token`` is what a form sends: "departement:34" or "epci:200054781"."""

    token: str
    name: str
    size: int


def is_group(token: str) -> bool:
    return token.startswith((f"{DEPARTEMENT}:", f"{INTERCOMMUNALITY}:"))


def communes_of(token: str) -> CommuneQuerySet:
    kind, _, key = token.partition(":")
    if kind == DEPARTEMENT:
        return Commune.objects.filter(departement=key.upper())
    if kind == INTERCOMMUNALITY:
        return Commune.objects.filter(Q(epci=key) | Q(ept=key))
    return Commune.objects.none()


def search_groups(words: str, limit: int = 4) -> list[Group]:
    """Groups whose name has every word; a département also by its code."""
    wanted = folded(words).split()
    if not wanted:
        return []
    departements = [row.pk for row in Departement.objects.all() if fits(wanted, f"{row.name} {row.pk}")]
    sirens = [row.pk for row in Intercommunality.objects.all() if fits(wanted, row.name)]
    return groups_of([f"{DEPARTEMENT}:{code}" for code in departements[:limit]] + [f"{INTERCOMMUNALITY}:{siren}" for siren in sirens[:limit]])


def fits(wanted: list[str], name: str) -> bool:
    words = f" {folded(name)}"
    return all(f" {word}" in words for word in wanted)


def groups_of(tokens: Iterable[str]) -> list[Group]:
    """The groups of these tokens, with their sizes; a token that names nothing is left out."""
    keys = [token.partition(":") for token in tokens]
    departements = Departement.objects.filter(pk__in=[key for kind, _, key in keys if kind == DEPARTEMENT]).annotate(size=Count("communes"))
    # Two counts of two joins would multiply each other.
    unions = Intercommunality.objects.filter(pk__in=[key for kind, _, key in keys if kind == INTERCOMMUNALITY]).annotate(
        size=Count("communes", distinct=True), ept_size=Count("ept_communes", distinct=True)
    )
    found = [Group(f"{DEPARTEMENT}:{row.pk}", f"{row.name} ({row.pk})", row.size) for row in departements]
    found += [Group(f"{INTERCOMMUNALITY}:{row.pk}", row.name, row.size + row.ept_size) for row in unions]
    return [group for group in found if group.size]
