"""One pass of the reader over annotated letters, looked at from every side: overall, by layout, by rule, and whether its probabilities are honest."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bench.reading.annotated import Annotated
from plaidoyer.reading import Reading, read
from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.skeleton import frames
from plaidoyer.replies.learning.scoring import Board, add_alignment, add_commitments, pairs, words

BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.001)
LAYOUTS = {
    "numbered": "réponses numérotées",
    "headings": "titres ou intitulés",
    "repeated": "questions recopiées",
    "lines": "listes, tableaux, lignes courtes",
    "prose": "lettre en prose, sans repère",
    "nothing": "courrier qui ne répond à rien",
}
PAGE = 2500  # characters of a typed page


@dataclass
class Measured:
    letters: int = 0
    board: Board = field(default_factory=Board)
    layouts: dict[str, Board] = field(default_factory=dict)
    rules: dict[str, list[int]] = field(default_factory=dict)  # rule: [right, shown]
    passages: list[tuple[float, bool]] = field(default_factory=list)  # (probability, right)
    promises: list[tuple[float, bool]] = field(default_factory=list)
    seconds: float = 0.0
    characters: int = 0

    @property
    def speed(self) -> float:
        """Two-page letters per second and core."""
        return self.characters / (2 * PAGE) / self.seconds if self.seconds else 0.0


def measure(replies: Sequence[Annotated]) -> Measured:
    found = Measured(len(replies))
    for reply in replies[:1]:
        read(reply.document, reply.questions)  # the first call opens the lexicon and the weights
    for reply in replies:
        began = time.process_time()
        reading = read(reply.document, reply.questions)
        found.seconds += time.process_time() - began
        found.characters += len(reply.text)
        for board in (found.board, found.layouts.setdefault(layout(reply), Board())):
            add_alignment(board, reply, reading.passages)
            add_commitments(board, reply, list(reading.commitments))
        judge_passages(found, reply, reading)
        judge_promises(found, reply, reading)
    return found


def layout(reply: Annotated) -> str:
    """What leads the eye in this letter."""
    if not any(segment["questions"] for segment in reply.gold["segments"]):
        return "nothing"
    framed = frames(reply.text, split(reply.document), [q.text for q in reply.questions])
    asked, body = len(reply.questions), [f for f in framed if f.role not in ("greeting", "closing", "address", "signature", "page", "history")]
    if sum(f.role == "question" for f in framed) >= 0.5 * asked:
        return "repeated"
    if len({n for f in framed for n in f.numbers}) >= 0.5 * asked:
        return "numbered"
    if sum(f.role == "heading" or f.lead_kind == "label" for f in body) >= 0.5 * asked:
        return "headings"
    return "lines" if sum(len(f.words) < 15 for f in body) > 0.6 * len(body) else "prose"


def judge_passages(found: Measured, reply: Annotated, reading: Reading) -> None:
    for passage in reading.passages:
        if not passage.questions or passage.role == "question":
            continue
        own = words(reply.text, passage.start, passage.end)
        segment = max(reply.gold["segments"], key=lambda s: len(own & words(reply.text, s["start"], s["end"])))
        found.passages.append((passage.score, set(passage.questions) <= set(segment["questions"]) or bool(covers(reply, passage.questions, own))))


def covers(reply: Annotated, codes: Iterable[str], own: frozenset[int]) -> bool:
    """A block read as one paragraph may stand over several of the annotators'."""
    inside = [s for s in reply.gold["segments"] if len(own & words(reply.text, s["start"], s["end"])) > 0.1 * len(own)]
    return set(codes) <= {code for s in inside for code in s["questions"]}


def judge_promises(found: Measured, reply: Annotated, reading: Reading) -> None:
    golds = reply.gold["commitments"]
    matched = pairs([words(reply.text, c["start"], c["end"]) for c in golds], [words(reply.text, c.start, c.end) for c in reading.commitments])
    level = {j: golds[i]["level"] for i, j in matched}
    for j, one in enumerate(reading.commitments):
        if one.level == "past":
            continue
        tally = found.rules.setdefault(one.rule, [0, 0])
        tally[0] += level.get(j) == one.level
        tally[1] += 1
        found.promises.append((one.score, j in level))


def reliability(judged: Sequence[tuple[float, bool]]) -> list[dict[str, Any]]:
    """For each band of probability: how many, what was said on average, and how often it was right."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [(p, right) for p, right in judged if low <= p < high]
        if inside:
            said, right = sum(p for p, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
            rows.append({"low": low, "high": min(high, 1.0), "count": len(inside), "said": round(said, 3), "right": round(right, 3)})
    return rows


def off(rows: Sequence[dict[str, Any]]) -> float:
    """Mean distance between what is said and what is true, weighted (expected calibration error)."""
    total = sum(row["count"] for row in rows)
    return round(sum(abs(row["said"] - row["right"]) * row["count"] for row in rows) / total, 3) if total else 0.0
