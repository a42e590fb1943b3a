"""A chain of choices with learned weights: the best sequence, and how probable each choice is.

Plain Python on lists of floats: a letter has some twenty paragraphs and a hundred clauses, no library is worth its start-up.
"""

from __future__ import annotations

import json
import math
import pathlib
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

WEIGHTS = pathlib.Path(__file__).parent / "weights"
Scores = Sequence[Sequence[float]]
Steps = Sequence[Sequence[Sequence[float]]]  # steps[t][before][after], for t = 1 … T-1 (index t-1)


FOLDER: ContextVar[pathlib.Path] = ContextVar("weights", default=WEIGHTS)  # another folder for one reading, never for the whole process


def weights(name: str) -> dict[str, Any]:
    """The learned weights of one head, as stored by ``plaidoyer.reading.learning``; a folder of weights never changes once written.

    A head that the chosen folder says nothing of keeps its shipped weights.
    """
    path = FOLDER.get() / f"{name}.json"
    return _opened(path if path.exists() else WEIGHTS / path.name)


@lru_cache(maxsize=8)
def _opened(path: pathlib.Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


def dot(features: Mapping[str, float], learned: Mapping[str, float]) -> float:
    get = learned.get
    return sum(get(name, 0.0) * value for name, value in features.items())


_TABLES: dict[int, tuple[Mapping[str, Mapping[str, float]], dict[str, tuple[float, ...]]]] = {}
KEPT = 16  # tables in memory at once: one model has two of them


def table(columns: Mapping[str, Mapping[str, float]], labels: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """The same weights by clue: one look-up gives the weight of each label. Made once for a model, whose weights never change."""
    known = _TABLES.get(id(columns))
    if known is not None and known[0] is columns:
        return known[1]
    names = {clue for label in labels for clue in columns[label]}
    made = {clue: tuple(columns[label].get(clue, 0.0) for label in labels) for clue in names}
    if len(_TABLES) >= KEPT:
        _TABLES.pop(next(iter(_TABLES)))
    _TABLES[id(columns)] = (columns, made)
    return made


def totals(clues: Sequence[str], weight: Mapping[str, tuple[float, ...]], size: int) -> list[float]:
    """For each label, the sum of the weights of these clues."""
    rows = [row for clue in clues if (row := weight.get(clue)) is not None]
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * size


def logsum(values: Sequence[float]) -> float:
    top = max(values)
    return top + math.log(sum(math.exp(v - top) for v in values))


def best_path(scores: Scores, steps: Steps) -> list[int]:
    """The most probable sequence (Viterbi)."""
    if not scores:
        return []
    reached, back = list(scores[0]), []
    for now, step in zip(scores[1:], steps, strict=True):
        origin, following = [], []
        for after, score in enumerate(now):
            options = [r + step[before][after] for before, r in enumerate(reached)]
            chosen = max(range(len(options)), key=options.__getitem__)
            origin.append(chosen)
            following.append(options[chosen] + score)
        back.append(origin)
        reached = following
    path = [max(range(len(reached)), key=reached.__getitem__)]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    return path[::-1]


@dataclass(frozen=True, slots=True)
class Lattice:
    """Log-weights of all sequences up to, and from, each choice at each place; ``total`` is that of all sequences."""

    ahead: list[list[float]]
    behind: list[list[float]]
    total: float


def lattice(scores: Scores, steps: Steps) -> Lattice:
    """Forward and backward sums (a place at least)."""
    size = range(len(scores[0]))
    ahead = [list(scores[0])]
    for now, step in zip(scores[1:], steps, strict=True):
        last = ahead[-1]
        ahead.append([now[a] + logsum([last[b] + step[b][a] for b in size]) for a in size])
    behind = [[0.0 for _ in size]]
    for now, step in zip(reversed(scores[1:]), reversed(steps), strict=True):
        following = behind[-1]
        behind.append([logsum([step[b][a] + now[a] + following[a] for a in size]) for b in size])
    behind.reverse()
    return Lattice(ahead, behind, logsum(ahead[-1]))


def marginals(scores: Scores, steps: Steps) -> list[list[float]]:
    """The probability of each choice at each place (forward-backward)."""
    if not scores:
        return []
    return odds(lattice(scores, steps))


def odds(found: Lattice) -> list[list[float]]:
    """The probability of each choice at each place."""
    return [[math.exp(f + b - found.total) for f, b in zip(x, y, strict=True)] for x, y in zip(found.ahead, found.behind, strict=True)]
