"""Learn what each sentence speaks of (``plaidoyer.reading.heard``): the head whose probabilities the chain of paragraphs builds on.

Annotators give questions to paragraphs, not to sentences: a sentence of a paragraph that answers two questions may speak of either or of none, and
what is learned is that it speaks of one of these. A sentence that bears a promise speaks of the promise's questions.
``train_alignment`` calls this by folds of campaigns, so that the chain learns from probabilities given to letters that this head did not see.
"""

from __future__ import annotations

import json
import pathlib
import tempfile
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from bench.reading.annotated import Annotated
from plaidoyer.reading.alignment import Sheet
from plaidoyer.reading.heard import Facts, Sentence, notions, ties
from plaidoyer.reading.similarity import asked as about
from plaidoyer.reading.skeleton import Frame
from plaidoyer.reading.words import tokens

RIDGE = {"": 1.0, "w:": 2.0, "~": 0.5}  # signs, plain words, ties of a word to a notion: found by cross-validation
CAMPAIGNS = {"": 2, "w:": 8, "~": 4}  # in how many campaigns a fact must be seen: a name of one town must never teach
LEAST = 0.05  # a tie weaker than that is not kept
GRID = 0.3  # terse letters made to teach count for less


def kind(name: str) -> str:
    return "w:" if name.startswith("w:") else "~" if "~" in name else ""


@dataclass(slots=True)
class Lesson:
    """One sentence: the facts of each choice, the choices that are right, the letter and what it counts for."""

    cells: list[Facts]
    right: set[int]
    letter: int
    weight: float


def _right(reply: Annotated, frame: Frame, sentence: Sentence) -> set[int] | None:
    segment = max(reply.gold["segments"], key=lambda s: min(s["end"], frame.end) - max(s["start"], frame.start))
    if segment.get("role") == "question":
        return None
    owed = {int(q[1:]) for q in segment["questions"]}
    start, end = sentence.words[0].start, sentence.words[-1].end
    promised = {
        int(q[1:])
        for c in reply.gold["commitments"]
        if min(c["end"], end) - max(c["start"], start) > 0.3 * min(end - start, c["end"] - c["start"])
        for q in c["questions"]
    }
    return promised & owed or owed | {0}


def lessons(replies: Sequence[Annotated], sheets: Sequence[Sheet]) -> list[Lesson]:
    found = []
    for number, (reply, sheet) in enumerate(zip(replies, sheets, strict=True)):
        asked = [notions(about(tokens(q.text))) for q in reply.questions]
        for frame, sentences in zip(sheet.frames, sheet.sentences, strict=True):
            for sentence in sentences:
                right = _right(reply, frame, sentence)
                if right is None:
                    continue
                tied = [sentence.options[0], *(o | ties(sentence.words, a) for o, a in zip(sentence.options[1:], asked, strict=True))]
                found.append(Lesson(tied, right, number, GRID if reply.name == "grid" else 1.0))
    return found


def vocabulary(replies: Sequence[Annotated], found: Sequence[Lesson]) -> list[str]:
    held: dict[str, set[str]] = defaultdict(set)
    for one in found:
        for cell in one.cells:
            for name in cell:
                held[name].add(replies[one.letter].campaign)
    return sorted(name for name, campaigns in held.items() if len(campaigns) >= CAMPAIGNS[kind(name)])


@dataclass(slots=True)
class Batch:
    """All sentences as one sparse matrix, a row for each choice."""

    names: list[str]
    rows: Any
    sizes: Any  # choices of each sentence
    right: Any  # of each row
    letters: Any
    weights: Any


def batch(replies: Sequence[Annotated], sheets: Sequence[Sheet]) -> Batch:
    found = lessons(replies, sheets)
    names = vocabulary(replies, found)
    place = {name: i for i, name in enumerate(names)}
    columns, values, ends = [], [], [0]
    for one in found:
        for cell in one.cells:
            kept = [(place[name], value) for name, value in cell.items() if value and name in place]
            columns += [c for c, _ in kept]
            values += [v for _, v in kept]
            ends.append(len(columns))
    rows = sparse.csr_matrix((np.array(values), np.array(columns), np.array(ends)), shape=(len(ends) - 1, len(names)))
    right = np.array([choice in one.right for one in found for choice in range(len(one.cells))])
    sizes, letters = np.array([len(one.cells) for one in found]), np.array([one.letter for one in found])
    return Batch(names, rows, sizes, right, letters, np.array([one.weight for one in found]))


def fit(data: Batch, letters: Collection[int], rounds: int = 120) -> dict[str, float]:
    """Weights that give the right choices of these letters the most probability."""
    taken = np.isin(data.letters, list(letters))
    mask = np.repeat(taken, data.sizes)
    rows, right, sizes, weights = data.rows[mask], data.right[mask], data.sizes[taken], data.weights[taken]
    firsts, turned = np.concatenate([[0], np.cumsum(sizes)[:-1]]), rows.T.tocsr()
    ridge, spread = np.array([RIDGE[kind(name)] for name in data.names]), np.repeat(weights, sizes)

    def loss(w: Any) -> tuple[float, Any]:
        scores = rows @ w
        shares = np.exp(scores - np.repeat(np.maximum.reduceat(scores, firsts), sizes))
        good = np.where(right, shares, 0.0)
        total, hit = np.add.reduceat(shares, firsts), np.maximum(np.add.reduceat(good, firsts), 1e-300)
        pull = (shares / np.repeat(total, sizes) - good / np.repeat(hit, sizes)) * spread
        return float(-(weights * (np.log(hit) - np.log(total))).sum() + (ridge * w * w).sum() / 2), turned @ pull + ridge * w

    found = minimize(loss, np.zeros(len(data.names)), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    return {name: round(float(x), 3) for name, x in zip(data.names, found, strict=True)}


def model_of(weights: dict[str, float], replies: int) -> dict[str, Any]:
    """As stored: plain weights, and the ties by word."""
    tied: dict[str, dict[str, float]] = defaultdict(dict)
    for name, weight in weights.items():
        if kind(name) == "~" and abs(weight) >= LEAST:
            notion, lemma = name.split("~", 1)
            tied[lemma][notion] = weight
    plain = {name: weight for name, weight in weights.items() if kind(name) != "~" and weight}
    return {"name": "sentences 1", "replies": replies, "ties": tied, "weights": plain}


def write(folder: pathlib.Path, model: dict[str, Any]) -> None:
    (folder / "sentences.json").write_text(json.dumps(model, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def beside(model: dict[str, Any]) -> pathlib.Path:
    """A folder of weights that holds this model, for one process."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="sentences-"))
    write(folder, model)
    return folder
