"""The three learned heads of the reader (alignment, commitments, levels), each as chains with named facts, so that one way of learning fits all."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from plaidoyer.reading.alignment import State, facts
from plaidoyer.reading.clues import Candidate, candidates
from plaidoyer.reading.promises import LABELS, LEVELS, Run, level_clues
from plaidoyer.reading.skeleton import Frame
from plaidoyer.replies.learning.batches import Case, Facts
from plaidoyer.replies.learning.letters import WORD, Letter

STEP = "step:"


@dataclass(slots=True)
class Cases:
    alignment: list[Case]
    commitments: list[Case]
    levels: list[Case]


def cases(letters: Sequence[Letter]) -> Cases:
    made = Cases([], [], [])
    for letter in letters:
        add(made, letter)
    return made


def add(made: Cases, letter: Letter) -> None:
    framed = letter.framed()
    chain = alignment_case(letter, framed)
    if chain:
        made.alignment.append(chain)
    found = candidates(letter.text, framed, [questions_of(letter, frame) for frame in framed], list(letter.questions))
    if found:
        paths = labels(letter, found)
        made.commitments.append(commitments_case(found, paths))
        made.levels += levels_cases(letter, found, paths)


def questions_of(letter: Letter, frame: Frame) -> tuple[str, ...]:
    segment = nearest(letter, frame)
    return tuple(segment["questions"]) if segment and segment.get("role") != "question" else ()


def nearest(letter: Letter, frame: Frame) -> dict[str, Any] | None:
    return max(letter.gold["segments"], key=lambda s: min(s["end"], frame.end) - max(s["start"], frame.start), default=None)


# == alignment


def alignment_case(letter: Letter, framed: list[Frame]) -> Case | None:
    sheet = facts(letter.text, framed, [q.text for q in letter.questions])
    if not sheet.frames:
        return None
    number = {question.code: i for i, question in enumerate(letter.questions, 1)}
    allowed = [allowed_states(letter, frame, sheet.states, number) for frame in sheet.frames]
    kinds: dict[tuple[tuple[str, float], ...], int] = {}
    where = np.array([[[kinds.setdefault(tuple(sorted(one.items())), len(kinds)) for one in row] for row in matrix] for matrix in sheet.steps])
    return Case(sheet.unary, [dict(items) for items in kinds], where, allowed)


def allowed_states(letter: Letter, frame: Frame, states: Sequence[State], number: dict[str, int]) -> frozenset[int]:
    """The state that people chose; one of its questions when the sheet does not offer them together; anything where nobody decided."""
    everything = frozenset(range(len(states)))
    segment = nearest(letter, frame)
    if segment is None or letter.is_unknown(frame.start, frame.end):
        return everything
    wanted = tuple(sorted(number[code] for code in segment["questions"] if code in number))
    if wanted in states:
        return frozenset({states.index(wanted)})
    return frozenset(i for i, state in enumerate(states) if len(state) == 1 and set(state) <= set(wanted)) or everything


# == commitments


def labels(letter: Letter, found: Sequence[Candidate]) -> list[frozenset[int]]:
    """Which labels each clause may have: the first clause of a commitment begins it, the next ones go on."""
    spans = [words(letter.text, c.clause.start, c.clause.end) for c in found]
    told: list[int | None] = [0 if letter.is_no_commitment(c.clause.start, c.clause.end) else None for c in found]
    for one in letter.gold["commitments"]:
        own = words(letter.text, one["start"], one["end"])
        inside = [i for i, s in enumerate(spans) if s and len(s & own) >= 0.5 * len(s)]
        inside = inside or [i for i, s in enumerate(spans) if len(s & own) >= 0.3 * len(s) > 0][:1]
        for rank, i in enumerate(i for i in inside if not told[i]):
            told[i] = LABELS.index("in" if rank else "past" if one["level"] == "past" else "begin")
    return [allowed_labels(label, told[i - 1] if i else None) for i, label in enumerate(told)]


def allowed_labels(label: int | None, before: int | None) -> frozenset[int]:
    """A clause that nobody decided about may be anything, but the end of a commitment that was kept."""
    if label is not None:
        return frozenset({label})
    return frozenset(range(len(LABELS))) - (frozenset({LABELS.index("in")}) if before else frozenset())


def words(text: str, start: int, end: int) -> frozenset[int]:
    return frozenset(m.start() for m in WORD.finditer(text, start, end))


def commitments_case(found: Sequence[Candidate], allowed: list[frozenset[int]]) -> Case:
    rows = [[{f"{label}\t{clue}": 1.0 for clue in one.clues} for label in LABELS] for one in found]
    kinds: list[Facts] = [{f"{STEP}{before}{mark}{after}": 1.0} for mark in ">|" for before in LABELS for after in LABELS]
    within = np.arange(len(LABELS) ** 2).reshape(len(LABELS), len(LABELS))
    return Case(rows, kinds, np.array([within + len(LABELS) ** 2 * one.opens for one in found[1:]]), allowed)


def levels_cases(letter: Letter, found: list[Candidate], paths: list[frozenset[int]]) -> list[Case]:
    result, i = [], 0
    while i < len(paths):
        j = i + 1
        if paths[i] == {LABELS.index("begin")}:
            while j < len(paths) and paths[j] == {LABELS.index("in")}:
                j += 1
            level = level_told(letter, found[i].clause.start, found[j - 1].clause.end)
            if level is not None:
                clues = level_clues(letter.text, found, Run(tuple(range(i, j)), 1.0), found[i].asked)
                rows = [[{f"{one.value}\t{clue}": 1.0 for clue in clues} for one in LEVELS]]
                result.append(Case(rows, [], np.zeros((0, len(LEVELS), len(LEVELS)), dtype=int), [frozenset({level})]))
        i = j
    return result


def level_told(letter: Letter, start: int, end: int) -> int | None:
    best = max(letter.gold["commitments"], key=lambda c: min(end, c["end"]) - max(start, c["start"]))
    known = [level.value for level in LEVELS]
    return known.index(best["level"]) if best["level"] in known else None


# == weights by name, and back


def weights_of(model: dict[str, Any], head: str) -> dict[str, float]:
    if head == "alignment":
        return dict(model["weights"])
    if head == "levels":
        return {f"{level}\t{clue}": w for level, column in model["levels"].items() for clue, w in column.items()}
    named = {f"{label}\t{clue}": w for label, column in model["weights"].items() for clue, w in column.items()}
    return named | {f"{STEP}{name}": w for name, w in model["steps"].items()}


def with_weights(model: dict[str, Any], head: str, learned: dict[str, float]) -> dict[str, Any]:
    """The same model with these weights; bars and everything else stay."""
    made = copy.deepcopy(model)
    if head == "alignment":
        made["weights"] = learned
        return made
    key = "levels" if head == "levels" else "weights"
    for name, value in learned.items():
        if name.startswith(STEP):
            made["steps"][name.removeprefix(STEP)] = value
        else:
            column, clue = name.split("\t", 1)
            made[key].setdefault(column, {})[clue] = value
    return made
