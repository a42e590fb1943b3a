"""The figures of the scoreboard: what a reader found against what the annotators wrote, counted in words.

Same definitions as the scoring of unseen replies: alignment weighs paragraphs by length, a span is found when it shares half of its
words (intersection over union), `past` is neither owed nor held against, `exact` must be 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from plaidoyer.reading.types import Commitment, Passage, Question

WORD = re.compile(r"\w+")


class Annotated(Protocol):
    """A letter with what people found in it."""

    @property
    def text(self) -> str: ...
    @property
    def questions(self) -> tuple[Question, ...]: ...
    @property
    def gold(self) -> dict[str, Any]: ...


def words(text: str, start: int, end: int) -> frozenset[int]:
    return frozenset(m.start() for m in WORD.finditer(text, start, end))


@dataclass
class Board:
    """Sums over replies; ``line`` gives the figures."""

    alignments: list[float] = field(default_factory=list)
    cells: int = 0
    cells_right: int = 0
    hit: int = 0
    owed: int = 0
    wrong: int = 0
    hit_both: int = 0
    shown: int = 0
    level_right: int = 0
    measures: list[int] = field(default_factory=lambda: [0, 0, 0])
    quotes: int = 0
    exact: int = 0

    def line(self) -> dict[str, float]:
        f1 = lambda tp, fp, fn: 1.0 if tp + fp + fn == 0 else 2 * tp / (2 * tp + fp + fn)  # noqa: E731
        share = lambda a, b: round(a / b, 3) if b else 1.0  # noqa: E731
        return {
            "replies": len(self.alignments), "alignment": share(sum(self.alignments), len(self.alignments)),
            "silence": share(self.cells_right, self.cells),
            "commitments": round(f1(self.hit, self.wrong, self.owed - self.hit), 3), "precision": share(self.hit, self.hit + self.wrong),
            "recall": share(self.hit, self.owed), "recall_both": share(self.hit_both, self.owed), "precision_both": share(self.hit_both, self.shown),
            "level": share(self.level_right, self.hit), "measures": round(f1(*self.measures), 3), "exact": share(self.exact, self.quotes),
        }  # fmt: skip


def pairs(golds: list[frozenset[int]], found: list[frozenset[int]]) -> list[tuple[int, int]]:
    shares = ((len(g & f) / len(g | f), i, j) for i, g in enumerate(golds) for j, f in enumerate(found) if g & f)
    options = sorted(shares, reverse=True)
    used_g: set[int] = set()
    used_f: set[int] = set()
    result: list[tuple[int, int]] = []
    for share, i, j in options:
        if share >= 0.5 and i not in used_g and j not in used_f:
            used_g.add(i)
            used_f.add(j)
            result.append((i, j))
    return result


def add_alignment(board: Board, reply: Annotated, passages: Iterable[Passage]) -> None:
    said = [(p, words(reply.text, p.start, p.end)) for p in passages]
    tp = fp = fn = 0
    owed_somewhere: set[str] = set()
    for segment in reply.gold["segments"]:
        own = words(reply.text, segment["start"], segment["end"])
        if segment.get("role") == "question" or not own:
            continue
        counts: dict[str, int] = {}
        for passage, inside in said:
            for code in passage.questions:
                counts[code] = counts.get(code, 0) + len(inside & own)
        found = {code for code, n in counts.items() if n >= 0.5 * len(own)}
        owed = set(segment["questions"])
        owed_somewhere |= owed
        tp, fp, fn = tp + len(own) * len(found & owed), fp + len(own) * len(found - owed), fn + len(own) * len(owed - found)
    board.alignments.append(1.0 if tp + fp + fn == 0 else 2 * tp / (2 * tp + fp + fn))
    answered = {code for p, _ in said for code in p.questions}
    board.cells += len(reply.questions)
    board.cells_right += sum((q.code in answered) == (q.code in owed_somewhere) for q in reply.questions)


def add_commitments(board: Board, reply: Annotated, found: list[Commitment]) -> None:
    golds: list[dict[str, Any]] = reply.gold["commitments"]
    gold_words = [words(reply.text, c["start"], c["end"]) for c in golds]
    every_words = [words(reply.text, c.start, c.end) for c in found]
    sure = [i for i, c in enumerate(found) if c.tier == "sure"]
    joined = [(i, sure[j]) for i, j in pairs(gold_words, [every_words[k] for k in sure])]
    owed = {i for i, c in enumerate(golds) if c["level"] != "past"}
    hit = [(i, j) for i, j in joined if i in owed]
    used = {j for _, j in joined}
    board.hit += len(hit)
    board.owed += len(owed)
    board.wrong += sum(j not in used and found[j].level != "past" for j in sure) + sum(i not in owed and found[j].level != "past" for i, j in joined)
    board.level_right += sum(golds[i]["level"] == found[j].level for i, j in hit)
    board.hit_both += sum(i in owed for i, _ in pairs(gold_words, every_words))
    board.shown += sum(c.level != "past" for c in found)
    board.quotes += len(found)
    board.exact += sum(reply.text[c.start : c.end] == c.quote for c in found)
    matched = dict(joined)
    for i, gold in enumerate(golds):
        wanted = set(map(str, gold["measures"]))
        got = set(found[matched[i]].measures) if i in matched else set()
        for k, n in enumerate((len(wanted & got), len(got - wanted), len(wanted - got))):
            board.measures[k] += n
