"""Annotated replies as they lie on disk: campaigns, questions, text and gold."""

from __future__ import annotations

import json
import os
import pathlib
from dataclasses import dataclass
from typing import Any

from plaidoyer.reading.questionnaire import parse
from plaidoyer.reading.types import Document, Question, Source

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("PLAIDOYER_SHARED", ROOT.parent / "shared"))
CORPUS = ROOT / "tests" / "reading" / "corpus"
DEV = SHARED / "reading-dev"


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
            kept.append(Annotated(path.parent.name, reply.stem, text, questions, json.loads(path.read_text(encoding="utf-8"))))
    return kept
