"""What the page « Qualité de la lecture » says: the shipped figures in words that a volunteer understands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plaidoyer.replies.learning.agreement import Agreement, percent
from plaidoyer.replies.models import ReaderVersion

FIGURES = Path(__file__).with_name("quality.json")
# What is aimed at on letters never seen, and where two careful readers agree with one another.
MEASURES = (
    ("alignment", "Répartition", "le bon passage sous la bonne question", 90, 94),
    ("silence", "Silences", "dire juste si une question est abordée ou non", 93, None),
    ("commitments", "Engagements sûrs", "trouvés, aux bons mots, sans en inventer", 85, 91),
    ("recall_both", "Engagements montrés", "part des engagements de la lettre que vous verrez, « à vérifier » compris", 93, None),
    ("precision_both", "Propositions justes", "part de ce que la machine montre qui est bien un engagement", 70, None),
    ("level", "Niveau", "ferme, conditionnel, intention ou refus", 92, 97),
    ("measures", "Mesures du programme", "les numéros de mesures cités", 95, 90),
    ("exact", "Citations exactes", "chaque citation est un morceau de la lettre, à la lettre près", 100, None),
)


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    note: str
    value: int
    goal: int
    readers: int | None

    @property
    def is_short(self) -> bool:
        return self.value < self.goal


@dataclass(frozen=True, slots=True)
class Band:
    """A band of probability, in words."""

    said: str
    count: int
    right: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RuleRow:
    why: str
    shown: int
    right: int
    here: str


@cache
def shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return found


def bars(figures: dict[str, float]) -> list[Bar]:
    return [Bar(name, note, whole(figures[key]), goal, readers) for key, name, note, goal, readers in MEASURES]


def worth(version: ReaderVersion | None) -> tuple[dict[str, float], int]:
    """(figures, letters that they were measured on) of the reader in use: a version learnt here was judged on the frozen letters."""
    judged = version.report.get("sets", []) if version else []
    return (judged[0]["after"], judged[0]["letters"]) if judged else (shipped()["figures"], shipped()["letters"])


def whole(share: float) -> int:
    """A share in whole hundredths; 100 only when it is."""
    return 100 if share >= 1 else min(99, round(100 * share))


def layouts() -> list[dict[str, Any]]:
    return [
        {"name": one["name"], "letters": one["letters"], "alignment": whole(one["alignment"]), "commitments": whole(one["commitments"])}
        for one in shipped()["layouts"]
    ]


def bands(kind: str) -> list[Band]:
    return [
        Band(said(row), row["count"], whole(row["right"]), round(10 + 200 * row["said"], 1), round(210 - 200 * row["right"], 1))
        for row in shipped()[kind]["bands"]
    ]


def said(row: dict[str, Any]) -> str:
    low, high = round(100 * row["low"]), round(100 * row["high"])
    if not row["low"]:
        return f"moins de {high} %"
    return f"{low} % ou plus" if row["high"] >= 1 else f"de {low} à {high} %"


def honesty(kind: str) -> str:
    """The whole curve in one sentence."""
    off = round(100 * shipped()[kind]["off"])
    if off <= 5:
        return f"On peut la croire : l’écart entre ce qu’elle annonce et la vérité est de {max(1, off)} points en moyenne."
    return f"À prendre avec prudence : l’écart entre ce qu’elle annonce et la vérité est de {off} points en moyenne."


def rules(here: Agreement) -> list[RuleRow]:
    rows = []
    for one in shipped()["rules"]:
        accepted, decided = here.rules.get(one["rule"], (0, 0))
        local = f"{percent(accepted, decided)} % de {decided}" if decided else ""
        rows.append(RuleRow(one["why"], one["shown"], percent(one["right"], one["shown"]), local))
    return rows


def engines(here: Agreement) -> list[dict[str, Any]]:
    return [{"name": spoken(name), "decided": n, "percent": percent(ok, n)} for name, (ok, n) in here.engines.items()]


def spoken(engine: str) -> str:
    """« plaidoyer 1; alignment 1+3; commitments 2+3 » is version 3 of this installation."""
    return f"version {engine.rsplit('+', 1)[1]} d’ici" if "+" in engine else f"lecteur livré ({engine})" if engine else "sans lecture de la machine"


def history(versions: Sequence[ReaderVersion]) -> list[dict[str, Any]]:
    return [{"version": one, "rows": compared(one.report)} for one in versions]


def compared(report: dict[str, Any]) -> list[dict[str, Any]]:
    """Before and after, one row per measure and set of letters."""
    return [
        {"name": name, "set": one["name"], "letters": one["letters"], "before": whole(one["before"][key]), "after": whole(one["after"][key])}
        for one in report.get("sets", [])
        for key, name, *_ in MEASURES
    ]
