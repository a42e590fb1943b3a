"""What became of each proposal of the machine, as plain data.

A move: ``verb`` (accepted, moved, relabelled, rejected, left, added), ``kind``, ``rule``, ``tier``, ``score``, ``was`` (what was proposed, or
None) and ``became`` (what people keep: spans with their question and level, or nothing).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plaidoyer.replies.models import Decision, Extract, Suggestion

type Move = dict[str, Any]
LEFT, ADDED = "left", "added"
VERBS = (Decision.Verb.ACCEPTED, Decision.Verb.MOVED, Decision.Verb.RELABELLED, Decision.Verb.REJECTED, LEFT, ADDED)


def moves(proposed: Sequence[Suggestion], kept: Sequence[Extract], decided: dict[int, str]) -> list[Move]:
    """In the order of the text. ``decided`` gives the verb of each decided proposal, by its key."""
    ours = {one.pk for one in proposed}
    of: dict[int, list[Extract]] = {}
    for extract in kept:
        if extract.suggestion_id in ours:
            of.setdefault(extract.suggestion_id, []).append(extract)
    told = [told_of(one, of.get(one.pk, []), decided.get(one.pk, LEFT)) for one in proposed]
    added = [added_by_hand(one) for one in kept if one.suggestion_id not in ours]
    return sorted([*told, *added], key=first_place)


def told_of(one: Suggestion, kept: list[Extract], decided: str) -> Move:
    was = {"start": one.start, "end": one.end, "level": one.level, "questions": one.questions}
    verb = verb_of(one, kept) if kept else decided
    return {
        "verb": verb, "kind": one.kind, "rule": one.rule, "tier": one.tier, "score": round(one.score, 3), "was": was,
        "became": [span_of(extract) for extract in kept] or ([as_it_was(one)] if verb in KEPT_ELSEWHERE else []),
    }  # fmt: skip


KEPT_ELSEWHERE = (Decision.Verb.ACCEPTED, Decision.Verb.RELABELLED, Decision.Verb.MOVED)  # its words were on the grid already, from another proposal


def as_it_was(one: Suggestion) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "level": one.level, "question": next(iter(one.questions), "")}


def verb_of(one: Suggestion, kept: list[Extract]) -> str:
    """From what is on the grid at the end: a passage kept, then changed, counts as changed."""
    if any((extract.start, extract.end) != (one.start, one.end) for extract in kept):
        return Decision.Verb.MOVED
    codes = {code_of(extract) for extract in kept}
    is_same = codes <= set(one.questions or [""]) and all(extract.level == one.level for extract in kept)
    return Decision.Verb.ACCEPTED if is_same else Decision.Verb.RELABELLED


def added_by_hand(one: Extract) -> Move:
    kind = Suggestion.Kind.COMMITMENT if one.level else Suggestion.Kind.PASSAGE
    return {"verb": ADDED, "kind": kind, "rule": "", "tier": "", "score": None, "was": None, "became": [span_of(one)]}


def span_of(one: Extract) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "level": one.level, "question": code_of(one)}


def code_of(one: Extract) -> str:
    return one.question.code if one.question else ""


def first_place(move: Move) -> tuple[int, int]:
    where = move["was"] or move["became"][0]
    return where["start"], -where["end"]
