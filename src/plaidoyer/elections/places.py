"""Where a line of the ministry's file votes: from its codes to a commune of today, a body and a sector."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plaidoyer.elections.models import Body
from plaidoyer.territories.models import Commune, FormerCommune

# The ministry numbers overseas départements with letters; the commune then has the last three figures of its INSEE code.
OVERSEAS = {"ZA": "97", "ZB": "97", "ZC": "97", "ZD": "97", "ZM": "97", "ZS": "97", "ZX": "97", "ZN": "98", "ZP": "98", "ZW": "98"}
CODE = re.compile(r"([0-9A-Z]{2}[0-9]{3})(.*)")  # letters: Corsica, and the invented départements of demonstrations


@dataclass(frozen=True, slots=True)
class Place:
    commune_code: str
    body: str = Body.COUNCIL
    sector: str = ""


def insee_of(departement: str, code: str) -> str:
    """``insee_of("92", "044")`` and ``insee_of("", "92044")`` are "92044"; ``insee_of("ZD", "411")`` is "97411". A sector keeps its suffix."""
    departement, code = departement.strip().upper(), code.strip().upper()
    if CODE.fullmatch(code) and len(code) >= 5 and not code.startswith(tuple(OVERSEAS)):
        return code
    number = re.match(r"\d+", code)
    digits, rest = (number.group().zfill(3), code[number.end() :]) if number else (code, "")
    if departement in OVERSEAS:
        return OVERSEAS[departement] + digits + rest
    if len(departement) == 3:  # 971 with 105 or 05
        return departement + digits[-2:] + rest
    return departement.zfill(2) + digits + rest


class Places:
    """Codes of the file against communes of today; loaded once."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}
        self.departements: dict[str, str] = {}
        for code, name, departement in Commune.objects.order_by("pk").values_list("pk", "name", "departement_id"):
            self.labels[code], self.departements[code] = f"{name} ({departement})" if departement else name, departement or ""
        rows = FormerCommune.objects.order_by("pk").values_list("pk", "name", "kind", "commune_id")
        self.former = {old: (name, kind, now) for old, name, kind, now in rows}

    def of(self, code: str, label: str) -> Place | None:
        """None when nobody votes there. An old commune keeps its own contest, inside the commune of today."""
        whole = CODE.fullmatch(code)
        base, suffix = (whole.group(1), whole.group(2)) if whole else (code, "")
        if base in self.labels:
            return Place(base, Body.SECTOR, (label or suffix)[:80]) if suffix else Place(base)
        if base not in self.former:
            return None
        name, kind, now = self.former[base]
        if kind == FormerCommune.Kind.ARRONDISSEMENT:
            return Place(now, Body.SECTOR, (label or name)[:80])
        return Place(now, Body.COUNCIL, (label or name)[:80])
