"""What a cell shows before it is opened: exact pieces of the answer, cut by one rule that is the same for every list.

A short answer is shown whole. A long one gives its opening and then its commitments, in their order; whatever is left out is
marked, and nothing is ever joined or rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

WHOLE = 45  # words: an answer up to this length is shown as it is
OPENING = 14  # words of the first passage, when commitments follow
OPENING_ALONE = 40  # words, when the answer has no commitment
SENTENCE = 24  # the opening goes to the end of its sentence when that is not further than this
COMMITMENTS = 3

WORD = re.compile(r"\S+")
SENTENCE_END = re.compile(r"[.!?…](?=\s|$)")

type Piece = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive pieces. ``is_cut`` says that words stand between it and the run before."""

    pieces: list[Piece]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    runs: list[Run]
    is_cut_after: bool

    @property
    def is_whole(self) -> bool:
        return not self.is_cut_after and all(not run.is_cut for run in self.runs[1:])


def whole(segments: list[dict[str, Any]]) -> list[Run]:
    """Every passage of an answer, with the gaps that the list itself left between them."""
    return [Run(segment["pieces"], is_cut=segment["cut_before"]) for segment in segments]


def excerpt(segments: list[dict[str, Any]], word_count: int) -> Excerpt:
    if word_count <= WHOLE or not segments:
        return Excerpt(whole(segments), is_cut_after=False)
    pledged = [(index, span) for index, segment in enumerate(segments) for span in commitments(segment["pieces"])]
    kept = [(0, opening(segments[0], pledged)), *pledged[:COMMITMENTS]]
    return joined(segments, [(index, span) for index, span in kept if span[0] < span[1]])


def commitments(pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    """The spans under a level: each goes to the piece at which the commitment ends."""
    start: int | None = None
    end = 0
    for piece in pieces:
        if not piece["level"]:
            if start is not None:
                yield start, end
            start = None
            continue
        start, end = piece["start"] if start is None else start, piece["end"]
        if piece["ends"]:
            yield start, end
            start = None
    if start is not None:
        yield start, end


def opening(segment: dict[str, Any], pledged: list[tuple[int, tuple[int, int]]]) -> tuple[int, int]:
    """The first words of an answer: to the end of the sentence when it is near, else to a whole word; never into a commitment."""
    first = segment["start"]
    limit = next((span[0] for index, span in pledged if index == 0), segment["end"])
    text = segment["words"][: limit - first]
    ends = [match.end() for match in WORD.finditer(text)]
    wanted = OPENING if pledged else OPENING_ALONE
    if len(ends) <= wanted:
        return first, first + len(text.rstrip())
    sentence = SENTENCE_END.search(text)
    near = sentence is not None and sentence.end() <= ends[min(SENTENCE, len(ends)) - 1] and bool(pledged)
    end = sentence.end() if near and sentence else ends[wanted - 1]
    shown = segment["words"][: outside_blots(segment["pieces"], first + end) - first]
    return first, first + len(shown.rstrip())


def outside_blots(pieces: Iterable[Piece], end: int) -> int:
    """A marker of something hidden is never cut in two."""
    return next((piece["start"] for piece in pieces if piece["blot"] and piece["start"] < end < piece["end"]), end)


def joined(segments: list[dict[str, Any]], spans: list[tuple[int, tuple[int, int]]]) -> Excerpt:
    """The kept spans as runs, each knowing whether words were left out before it."""
    runs: list[Run] = []
    before = (0, segments[0]["start"])
    for index, (start, end) in spans:
        segment = segments[index]
        runs.append(Run(cut(segment["pieces"], start, end), is_cut=is_gap(segments, before, (index, start))))
        before = (index, end)
    return Excerpt(runs, is_cut_after=is_gap(segments, before, (len(segments) - 1, segments[-1]["end"])))


def is_gap(segments: list[dict[str, Any]], before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Do words of the answer stand between these two places?"""
    if before[0] != after[0]:
        return True
    segment = segments[before[0]]
    between = segment["words"][before[1] - segment["start"] : after[1] - segment["start"]]
    return any(character.isalnum() for character in between)


def cut(pieces: Iterable[Piece], start: int, end: int) -> list[Piece]:
    """The pieces between two offsets, the first and last shortened: exact substrings, with their own offsets."""
    kept = []
    for piece in pieces:
        left, right = max(piece["start"], start), min(piece["end"], end)
        if left >= right:
            continue
        text = piece["text"][left - piece["start"] : right - piece["start"]]
        kept.append(piece | {"start": left, "end": right, "text": text, "ends": piece["ends"] if right == piece["end"] else []})
    return kept
