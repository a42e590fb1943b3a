"""A small country for most tests; the real one where only the real one will do."""

from __future__ import annotations

import pytest

from plaidoyer.kit.text import folded
from plaidoyer.territories.models import Commune, Departement, FormerCommune, Intercommunality, PostalCode


def town(code: str, name: str, population: int, departement: Departement, *postal: str, **more) -> Commune:
    made = Commune.objects.create(
        code=code, name=name, slug=folded(name).replace(" ", "-"), search_name=f" {folded(name)}", departement=departement,
        population=population, cog_year=2026, **more,
    )  # fmt: skip
    PostalCode.objects.bulk_create([PostalCode(commune=made, code=one) for one in postal])
    return made


@pytest.fixture
def country(db) -> dict[str, Commune]:
    """Six towns: three Saint-Étienne, two namesakes, and one that absorbed a neighbour."""
    loire, isere, var = (Departement.objects.create(code=code, name=name) for code, name in [("42", "Loire"), ("38", "Isère"), ("83", "Var")])
    union = Intercommunality.objects.create(siren="200000001", name="Pays des Fontaines", kind="CC")
    towns = {
        "big": town("42218", "Saint-Étienne", 173_000, loire, "42000", "42100"),
        "small": town("38384", "Saint-Étienne-de-Saint-Geoirs", 3_400, isere, "38590"),
        "rouvray": town("76575", "Saint-Étienne-du-Rouvray", 29_000, var, "76800"),
        "north": town("38001", "Fontaine-Neuve", 900, isere, "38590", epci=union),
        "south": town("83001", "Fontaine-Neuve", 12_000, var, "83590"),
        "merged": town("38002", "Les Deux-Rives", 4_100, isere, "38600", epci=union),
    }
    FormerCommune.objects.create(code="38003", name="Rive-Haute", search_name=" rive haute", kind="delegated", commune=towns["merged"])
    return towns
