"""One attempt at learning, from letters to a verdict. Reads files, writes nothing."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from plaidoyer.replies.learning import firmness, heads, judge, shelf
from plaidoyer.replies.learning.adapt import HEADS, Models, adapted
from plaidoyer.replies.learning.letters import Letter

Progress = Callable[[str, int, int], None]


def attempt(number: int, local: Sequence[Letter], frozen: Sequence[Letter], current: Path, progress: Progress) -> dict[str, Any]:
    """``frozen``: the letters that judge. ``current``: the weights in use, to which the new ones are compared.

    The new ones start from the shipped weights, so that no error piles up.
    """
    to_learn, apart = judge.split(local)
    steps = Steps(progress, len(to_learn) + len(HEADS) + 2 * (len(frozen) + len(apart)))
    firm, here = firmness.shipped(), heads.Cases([], [], [])
    for letter in to_learn:
        heads.add(here, letter)
        steps.on("Lecture des lettres apprises")
    models = named(adapted(shelf.base(), here, firm, lambda _: steps.on("Apprentissage")), number)
    with tempfile.TemporaryDirectory() as draft:
        for name, model in models.items():
            (Path(draft) / f"{name}.json").write_text(json.dumps(model, ensure_ascii=False), encoding="utf-8")
        judged = [compare(letters, current, Path(draft), steps) for letters in (frozen, apart) if letters]
    verdict = judge.verdict(judged)
    sets = [("lettres livrées", len(frozen)), *([("lettres d’ici, mises à part", len(apart))] if apart else [])]
    report = {
        "verdict": verdict.sentence, "learnt": len(to_learn),
        "sets": [{"name": name, "letters": n, "before": b, "after": a} for (name, n), (b, a) in zip(sets, judged, strict=True)],
    }  # fmt: skip
    return {"models": models, "is_better": verdict.is_better, "letters": len(to_learn), "report": report}


def compare(letters: Sequence[Letter], current: Path, draft: Path, steps: Steps) -> tuple[judge.Figures, judge.Figures]:
    count = lambda: steps.on("Comparaison avant et après")  # noqa: E731
    return judge.figures(letters, current, count), judge.figures(letters, draft, count)


def named(models: Models, number: int) -> Models:
    """A reading says by its engine's name which weights made it."""
    return {name: {**model, "name": f"{model['name']}+{number}"} for name, model in models.items()}


class Steps:
    """Counts what is done, and tells about every hundredth of it."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done, self.told = progress, total, 0, -1

    def on(self, sentence: str) -> None:
        self.done += 1
        if self.done * 50 // self.total != self.told:
            self.told = self.done * 50 // self.total
            self.progress(sentence, min(self.done, self.total), self.total)
