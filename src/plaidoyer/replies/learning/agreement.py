"""How far the people of this desk agree with the machine: what became of its proposals, by rule and by version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

WORDS = {
    "accepted": ("gardées telles quelles", "gardée telle quelle"),
    "moved": ("gardées, mais ajustées", "gardée, mais ajustée"),
    "relabelled": ("gardées, mais sous une autre question ou à un autre niveau", "gardée, mais sous une autre question ou à un autre niveau"),
    "rejected": ("écartées", "écartée"),
    "left": ("laissées sans décision", "laissée sans décision"),
}
DECIDED = ("accepted", "moved", "relabelled", "rejected")


@dataclass(frozen=True, slots=True)
class Share:
    verb: str
    words: str
    count: int
    percent: int
    start: float  # where its part of the bar begins, of 100
    width: float


@dataclass(slots=True)
class Agreement:
    reviews: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WORDS, 0))
    added: int = 0
    rules: dict[str, list[int]] = field(default_factory=dict)  # rule: [accepted, decided]
    engines: dict[str, list[int]] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        return sum(self.counts[verb] for verb in DECIDED)

    @property
    def accepted_percent(self) -> int:
        return percent(self.counts["accepted"], self.decided)

    @property
    def shares(self) -> list[Share]:
        total, start, made = sum(self.counts.values()), 0.0, []
        for verb, (many, one) in WORDS.items():
            n = self.counts[verb]
            width = 100 * n / total if total else 0.0
            made.append(Share(verb, one if n < 2 else many, n, percent(n, total), round(start, 2), round(width, 2)))
            start += width
        return made


def agreement(lessons: Iterable[tuple[str, Sequence[dict[str, Any]]]]) -> Agreement:
    """From (engine, moves) of each finished review."""
    found = Agreement()
    for engine, moves in lessons:
        found.reviews += 1
        for move in moves:
            count(found, engine, move)
    return found


def count(found: Agreement, engine: str, move: dict[str, Any]) -> None:
    if move["verb"] == "added":
        found.added += 1
        return
    found.counts[move["verb"]] += 1
    if move["verb"] in DECIDED:
        keys = [(found.engines, engine)] + ([(found.rules, move["rule"])] if move["rule"] else [])
        for table, key in keys:
            tally = table.setdefault(key, [0, 0])
            tally[0] += move["verb"] == "accepted"
            tally[1] += 1


def percent(part: float, whole: float) -> int:
    return round(100 * part / whole) if whole else 0
