"""Letters with what people found in them: those shipped to judge (invented, annotated by hand), and those reviewed here."""

from __future__ import annotations

import json
import lzma
import pathlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.skeleton import Frame, frames
from plaidoyer.reading.types import Document, Question, Source

SHIPPED = pathlib.Path(__file__).with_name("corpus.json.xz")
WORD = re.compile(r"\w+")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Letter:
    """``gold`` has the shape of the annotated corpus; what nobody has decided about is in ``unknown``, and neither teaches nor judges."""

    campaign: str
    name: str
    text: str
    questions: tuple[Question, ...]
    gold: dict[str, Any]
    unknown: tuple[Span, ...] = ()
    refused: tuple[Span, ...] | None = None  # where people said « no commitment »; None: wherever they found none
    unit: str = field(default="", compare=False)  # what is never split between learning and judging, when campaigns are too few

    @property
    def document(self) -> Document:
        return Document(self.text, Source("", "text/plain"), "learning")

    def framed(self) -> list[Frame]:
        return frames(self.text, split(self.document), [q.text for q in self.questions])

    def is_unknown(self, start: int, end: int) -> bool:
        """Whether nobody has decided which question these words answer."""
        return any(a < end and start < b for a, b in self.unknown)

    def is_no_commitment(self, start: int, end: int) -> bool:
        """Whether people decided that these words, outside the commitments that they found, bind nobody."""
        return self.refused is None or any(a < end and start < b for a, b in self.refused)


@cache
def frozen() -> tuple[Letter, ...]:
    """The invented letters that come with this version: they judge, no weight ever learns from them."""
    with lzma.open(SHIPPED, "rt", encoding="utf-8") as f:
        return tuple(from_plain(row) for row in json.load(f)["letters"])


def from_plain(row: dict[str, Any]) -> Letter:
    questions = tuple(Question(q["code"], q["text"]) for q in row["questions"])
    return Letter(row["campaign"], row["name"], row["text"], questions, row["gold"])


def to_plain(letter: Letter) -> dict[str, Any]:
    asked = [{"code": q.code, "text": q.text} for q in letter.questions]
    return {"campaign": letter.campaign, "name": letter.name, "text": letter.text, "questions": asked, "gold": letter.gold}


def reviewed(
    campaign: str, name: str, text: str, asked: Sequence[dict[str, str]], moves: Iterable[dict[str, Any]], unit: str = ""
) -> Letter:  # fmt: skip
    """A letter reviewed at the desk, in the shape of the corpus."""
    moves = list(moves)
    questions = tuple(Question(one["code"], one["text"]) for one in asked)
    kept = [piece for move in moves for piece in move["became"]]
    left = tuple((move["was"]["start"], move["was"]["end"]) for move in moves if move["verb"] == "left")
    bare = Letter(campaign, name, text, questions, {})
    framed = bare.framed()
    segments = [segment(text, frame, kept) for frame in framed]
    # Nobody keeps a heading, and yet it announces the answer: what people leave there says nothing.
    silent = tuple((f.start, f.end) for f, s in zip(framed, segments, strict=True) if f.role in ("heading", "question") and not s["questions"])
    unknown = undecided(segments, left) + silent
    # A reviewer keeps what is worth publishing: what they did not touch is no verdict; what they set aside or cut off is.
    refused = tuple((m["was"]["start"], m["was"]["end"]) for m in moves if m["verb"] in ("rejected", "moved") and m["kind"] == "commitment")
    return Letter(campaign, name, text, questions, {"segments": segments, "commitments": commitments(text, kept)}, unknown, refused, unit=unit)


def segment(text: str, frame: Frame, kept: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A paragraph answers a question when what is kept for it fills half of the paragraph, or stands inside it."""
    total = len(WORD.findall(text, frame.start, frame.end))
    codes = {}
    for piece in kept:
        start, end = max(frame.start, piece["start"]), min(frame.end, piece["end"])
        if piece["question"] and start < end:
            inside = len(WORD.findall(text, start, end))
            if inside >= 0.5 * total or (piece["start"] >= frame.start and piece["end"] <= frame.end):
                codes[piece["question"]] = True
    role = "question" if frame.role == "question" else "answer" if codes else "other"
    return {"start": frame.start, "end": frame.end, "questions": sorted(codes), "role": role}


def undecided(segments: Sequence[dict[str, Any]], left: Iterable[Span]) -> tuple[Span, ...]:
    """A proposal that nobody kept nor set aside says nothing, unless its paragraph was given to a question all the same."""
    loose = [one for one in segments if not one["questions"]]
    paragraphs = [(s["start"], s["end"]) for s in loose if any(a < s["end"] and s["start"] < b for a, b in left)]
    return tuple(dict.fromkeys([*left, *paragraphs]))


def commitments(text: str, kept: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[int, int, str], dict[str, Any]] = {}
    for piece in kept:
        if piece["level"]:
            start, end = piece["start"], piece["end"]
            empty = {"start": start, "end": end, "quote": text[start:end], "level": piece["level"], "questions": [], "measures": [], "figures": []}
            one = found.setdefault((start, end, piece["level"]), empty)
            one["questions"] += [piece["question"]] if piece["question"] else []
    return sorted(found.values(), key=lambda one: (one["start"], one["end"]))
