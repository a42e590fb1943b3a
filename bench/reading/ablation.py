"""What each kind of sign brings: the same reader with the weights of that kind set to nothing (not learnt again: ``train_* --without`` does that)."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.reading.annotated import Annotated
from plaidoyer.reading import chain
from plaidoyer.replies.learning.heads import STEP, weights_of, with_weights
from plaidoyer.replies.learning.judge import figures
from plaidoyer.replies.learning.shelf import base

STRUCTURE = r"anchor|section|echo|role|heading|opener|label|numbered|opens|under|furniture|announced|order|mention"
CUTS = {
    "alignment without structure": ("alignment", "alignment", STRUCTURE),
    "alignment without sentences": ("alignment", "alignment", r"heard"),
    "alignment without words": ("alignment", "alignment", r"lemmas|stems|subjects|words|topic"),
    "alignment without thesaurus": ("alignment", "alignment", r"subjects|topic"),
    "commitments without named rules": ("commitments", "commitments", r"\trule:|\t[<>]rule:|sign:"),
    "commitments without words": ("commitments", "commitments", r"\t(?:w:|lemma|opening|first)"),
    "levels without named rules": ("commitments", "levels", r"rule:|sign:"),
    "levels without words": ("commitments", "levels", r"\t(?:s:|not:|lemma)"),
}


def cut(models: dict[str, dict[str, Any]], file: str, head: str, pattern: str) -> dict[str, dict[str, Any]]:
    """The models with nothing for the names that match; steps from one clause to the next stay."""
    found = re.compile(pattern)
    silenced = {n: 0.0 if found.search(n) and not n.startswith(STEP) else w for n, w in weights_of(models[file], head).items()}
    return {**models, file: with_weights(models[file], head, silenced)}


def boards(replies: Sequence[Annotated]) -> dict[str, dict[str, float]]:
    found, models = {"everything": figures(letters(replies), chain.WEIGHTS)}, base()
    for name, (file, head, pattern) in CUTS.items():
        with tempfile.TemporaryDirectory() as folder:
            for key, model in cut(models, file, head, pattern).items():
                (Path(folder) / f"{key}.json").write_text(json.dumps(model), encoding="utf-8")
            found[name] = figures(letters(replies), Path(folder))
    return found


def letters(replies: Sequence[Annotated]) -> list[Any]:
    from plaidoyer.replies.learning.letters import Letter

    return [Letter(r.campaign, r.name, r.text, r.questions, r.gold) for r in replies]
