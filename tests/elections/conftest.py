"""Files in the ministry's shapes, about invented towns; every name and every list here is invented."""

from __future__ import annotations

import pytest

from plaidoyer.elections.official import open_official

HEADER_2026 = (
    "Code département;Département;Code circonscription;Circonscription;Numéro de panneau;Libellé abrégé de liste;Libellé de la liste;"
    "Code nuance de liste;Nuance de liste;Tête de liste;Ordre;Sexe;Nom sur le bulletin de vote;Prénom sur le bulletin de vote;"
    "Nationalité;Code personnalité;CC"
)
HEADER_2020 = "Code du département\tLibellé du département\tCode commune\tLibellé commune\tN° Panneau Liste\tLibellé abrégé liste\tLibellé Etendu Liste\tNuance Liste\tN° candidat\tSexe candidat\tNom candidat\tPrénom candidat\tNationalité\tCandidat au conseil communautaire\t"  # fmt: skip


def line_2026(code: str, panel: str, name: str, rank: object, family: str, given: str, *, head: str = "", nuance: str = "") -> str:
    return f"ZZ;Haute-Fiction;{code};;{panel};;{name};{nuance};;{head};{rank};F;{family};{given};Française;;"


def lists_2026(code: str = "ZZ001") -> list[str]:
    """Two lists of two people."""
    return [
        line_2026(code, "1", "Valmorel solidaire", 1, "CARPENTRAS", "Inès", head="OUI", nuance="LDVG"),
        line_2026(code, "1", "Valmorel solidaire", 2, "AUBRÉE", "Yann"),
        line_2026(code, "2", "Un nouvel élan", 1, "LORGERIL", "Thibaut", head="OUI"),
        line_2026(code, "2", "Un nouvel élan", 2, "DELAUNOY", "Odile"),
    ]


@pytest.fixture
def official(tmp_path):
    """``official(lines)`` writes a file and opens it."""

    def write(lines: list[str], header: str = HEADER_2026, encoding: str = "utf-8", name: str = "candidatures.csv"):
        path = tmp_path / name
        path.write_bytes("\r\n".join([*([header] if header else []), *lines, ""]).encode(encoding))
        return open_official(path)

    return write
