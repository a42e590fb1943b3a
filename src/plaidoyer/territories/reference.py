"""Reads the vendored files of ``data/`` into rows ready to store. Sources and vintages are in data/README.md."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from django.db.models import Model

from plaidoyer.kit.text import folded
from plaidoyer.territories.models import Commune, Departement, FormerCommune, Intercommunality, PostalCode, Region
from plaidoyer.territories.time_zones import time_zone_of

DATA = Path(__file__).parent / "data"
COG_YEAR = 2026


def read(name: str, folder: Path = DATA) -> Iterator[dict[str, str]]:
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row | {"name": row["name"].replace("'", "’")}


def places(folder: Path = DATA) -> Iterator[tuple[type[Model], list[Model]]]:
    """The rows of every table, in an order in which each finds what it points at."""
    yield Region, [Region(**row) for row in read("regions", folder)]
    yield Departement, [Departement(code=row["code"], name=row["name"], region_id=row["region"]) for row in read("departements", folder)]
    yield Intercommunality, [Intercommunality(**row) for row in read("intercommunalities", folder)]
    yield Commune, [commune(row) for row in read("communes", folder)]
    yield FormerCommune, [former(row) for row in read("former_communes", folder)]


def postal_codes(folder: Path = DATA) -> list[PostalCode]:
    return [PostalCode(commune_id=row["code"], code=code) for row in read("communes", folder) for code in row["postal_codes"].split("|") if code]


def commune(row: dict[str, str]) -> Commune:
    name = folded(row["name"])
    return Commune(
        code=row["code"],
        name=row["name"],
        slug=name.replace(" ", "-"),
        search_name=f" {name}",
        departement_id=row["departement"] or None,
        region_id=row["region"] or None,
        epci_id=row["epci"] or None,
        ept_id=row["ept"] or None,
        siren=row["siren"],
        population=int(row["population"]) if row["population"] else None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        time_zone=time_zone_of(row["code"]),
        cog_year=COG_YEAR,
    )


def former(row: dict[str, str]) -> FormerCommune:
    return FormerCommune(code=row["code"], name=row["name"], search_name=f" {folded(row['name'])}", kind=row["kind"], commune_id=row["commune"])
