"""Annotated replies as they lie on disk: campaigns, questions, text and gold."""

from __future__ import annotations

import json
import os
import pathlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from plaidoyer.reading.questionnaire import parse
from plaidoyer.reading.types import Document, Question, Source

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("PLAIDOYER_SHARED", ROOT.parent / "shared"))
CORPUS = ROOT / "tests" / "reading" / "corpus"
DEV = SHARED / "reading-dev"
HELDBACK = ROOT / "tests" / "reading" / "heldback"  # campaigns that no rule and no weight has seen


@dataclass(frozen=True, slots=True)
class Annotated:
    campaign: str
    name: str
    text: str
    questions: tuple[Question, ...]
    gold: dict[str, Any]

    @property
    def document(self) -> Document:
        return Document(self.text, Source("", "text/plain"), "txt")


def held_back() -> set[str]:
    path = CORPUS / "HELDBACK"
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def load(*folders: pathlib.Path, only_held_back: bool = False) -> list[Annotated]:
    """Every annotated reply of these folders; the campaigns held back only when they are asked for."""
    kept, apart = [], held_back()
    for folder in folders:
        for path in sorted(folder.glob("*/reply-*.gold.json")):
            if (path.parent.name in apart) != only_held_back:
                continue
            reply = path.with_name(path.name.replace(".gold.json", ".txt"))
            questions = parse((path.parent / "questions.md").read_text(encoding="utf-8"))
            with reply.open(encoding="utf-8", newline="") as f:
                text = f.read()
            gold = json.loads(path.read_text(encoding="utf-8"))
            kept.append(Annotated(path.parent.name, reply.stem, text, questions, gold))
    return kept


HEADS = ("{n}. ", "{n}) ", "Question {n} : ", "{n}/ ", "Q{n} - ", "{n} - ")
TERSE = (
    ("Oui.", "yes"), ("Non.", "refusal"), ("Oui, sans réserve.", "yes"), ("Oui, nous nous y engageons.", "firm"),
    ("Nous y sommes favorables.", "intention"),
    ("À étudier.", "intention"), ("Oui", "yes"), ("Non, ce n'est pas possible.", "refusal"), ("Favorable.", "intention"), ("Défavorable.", "refusal"),
)  # fmt: skip


def folds_of(replies: Iterable[Annotated], count: int) -> dict[str, int]:
    """Whole campaigns dealt into folds: a campaign is never split by letter or by paragraph."""
    return {campaign: i % count for i, campaign in enumerate(sorted({r.campaign for r in replies}))}


def grids(replies: list[Annotated]) -> list[Annotated]:
    """Terse replies made from each questionnaire (« 1. Oui. 2. Non. »): real ones exist, and letters alone teach too few of them."""
    from plaidoyer.reading.lexicon import fold
    from plaidoyer.reading.rules import ASKS_FIRM, ASKS_OPINION

    first = {r.campaign: r for r in replies}
    made = []
    for k, (campaign, reply) in enumerate(sorted(first.items())):
        text, segments, commitments = "Bonjour,\n\nVoici nos réponses.", [], []
        for n, question in enumerate(reply.questions):
            said, level = TERSE[(3 * k + n) % len(TERSE)]
            asked = fold(question.text)
            if level == "yes":
                level = "intention" if ASKS_OPINION.search(asked) and not ASKS_FIRM.search(asked) else "firm"
            start = len(text) + 2
            text += "\n\n" + HEADS[k % len(HEADS)].format(n=n + 1)
            at = len(text)
            text += said
            segments.append({"start": start, "end": len(text), "questions": [question.code], "role": "answer"})
            found = {"start": at, "end": len(text), "quote": said, "level": level, "questions": [question.code], "measures": [], "figures": []}
            commitments.append(found)
        text += "\n\nCordialement,\n\nPour la liste"
        gold = {"segments": _rest(text, segments), "commitments": commitments}
        made.append(Annotated(campaign, "grid", text, reply.questions, gold))
    return made


def _rest(text: str, segments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The other paragraphs, which answer nothing."""
    owned, position, result = {s["start"]: s for s in segments}, 0, []
    for block in text.split("\n\n"):
        other = {"start": position, "end": position + len(block), "questions": [], "role": "other"}
        result.append(owned.get(position, other))
        position += len(block) + 2
    return result
