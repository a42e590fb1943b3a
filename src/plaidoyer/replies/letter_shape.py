"""A letter and its cells in the form in which they are published (docs/release-format.md). Pure functions on spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from plaidoyer.replies.public_text import PublicText, blocks

type Span = tuple[int, int]
type Json = dict[str, Any]
WORDS = {"firm": "ferme", "conditional": "conditionnel", "intention": "intention", "refusal": "refus"}  # « bilan » binds nobody


@dataclass(frozen=True, slots=True)
class Kept:
    """An extract as a person left it, in the text of record; ``question`` is its number, None outside the questionnaire."""

    start: int
    end: int
    question: int | None
    level: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A commitment in the public text, once, whatever the number of questions that it answers."""

    id: int
    start: int
    end: int
    source: Span
    level: str
    questions: tuple[int, ...]
    measures: tuple[str, ...]


def marks(public: PublicText, kept: Sequence[Kept], first_id: int) -> list[Mark]:
    """In reading order, numbered from ``first_id``."""
    groups: dict[tuple[int, int, str], list[Kept]] = {}
    for one in kept:
        if one.level in WORDS:
            groups.setdefault((one.start, one.end, one.level), []).append(one)
    found = []
    for number, ((start, end, level), same) in enumerate(sorted(groups.items()), first_id):
        questions = tuple(sorted({one.question for one in same if one.question is not None}))
        found.append(Mark(number, *public.span(start, end), (start, end), level, questions, same[0].measures))
    return found


def pieces(public: PublicText, start: int, end: int, over: Sequence[Mark]) -> list[Json]:
    """``[start, end)`` of the public text, cut wherever a marker or a commitment begins or ends."""
    edges = {start, end}
    for one in (*public.blots, *over):
        edges |= {edge for edge in (one.start, one.end) if start < edge < end}
    return [piece(public, a, b, over) for a, b in pairwise(sorted(edges))]


def piece(public: PublicText, start: int, end: int, over: Sequence[Mark]) -> Json:
    blot = next((one for one in public.blots if one.start <= start and end <= one.end), None)
    holding = [one for one in over if one.start <= start and end <= one.end]
    ending = sorted((one for one in holding if one.end == end), key=lambda one: (-one.start, one.id))
    return {
        "start": start,
        "end": end,
        "text": public.text[start:end],
        "blot": {"kind": blot.kind, "label": blot.label} if blot else None,
        "level": min(holding, key=lambda one: (one.end - one.start, one.id)).level if holding else "",
        "ends": [{"id": one.id, "level": one.level, "word": WORDS[one.level]} for one in ending],
    }


def document_blocks(public: PublicText, text: str, places: Sequence[Json], kept: Sequence[Kept], over: Sequence[Mark]) -> list[Json]:
    """Paragraphs are those of the text of record, so that hiding a line never joins two others."""
    found: list[Json] = []
    before: list[int] = []
    for source_start, source_end, role in blocks(text, places):
        start, end = public.span(source_start, source_end)
        if found and start < found[-1]["end"]:
            continue  # one hidden span over several paragraphs is one marker, in the first of them
        questions = sorted({one.question for one in kept if one.question is not None and one.start < source_end and source_start < one.end})
        found.append(
            {
                "start": start, "end": end, "role": role, "questions": questions, "opens": [n for n in questions if n not in before],
                "pieces": pieces(public, start, end, over),
            }
        )  # fmt: skip
        before = questions
    return found


def commitments(public: PublicText, found: Sequence[Mark]) -> list[Json]:
    return [
        {
            "id": one.id, "start": one.start, "end": one.end, "source": list(one.source), "level": one.level, "word": WORDS[one.level],
            "questions": list(one.questions), "words": public.text[one.start : one.end], "measures": list(one.measures),
        }
        for one in found
    ]  # fmt: skip


def segments(document: int, public: PublicText, text: str, question: int, kept: Sequence[Kept], over: Sequence[Mark]) -> list[Json]:
    """What answers this question in this document: overlapping or touching passages are one segment."""
    ours = [one for one in over if question in one.questions]
    joined: list[list[int]] = []
    for one in sorted((one for one in kept if one.question == question), key=lambda one: (one.start, one.end)):
        if joined and not text[joined[-1][1] : one.start].strip():
            joined[-1][1] = max(joined[-1][1], one.end)
        else:
            joined.append([one.start, one.end])
    found: list[Json] = []
    for source_start, source_end in joined:
        start, end = public.span(source_start, source_end)
        found.append(
            {
                "document": document, "sha256": public.sha256, "start": start, "end": end, "source": [source_start, source_end],
                "words": public.text[start:end], "cut_before": bool(found), "pieces": pieces(public, start, end, ours),
            }
        )  # fmt: skip
    return found
