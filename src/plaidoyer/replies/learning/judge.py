"""Whether new weights are worth adopting: the same letters read with the old ones and with the new ones."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plaidoyer.reading import chain, read
from plaidoyer.reading.types import Commitment, Passage
from plaidoyer.replies.learning.letters import Letter
from plaidoyer.replies.learning.scoring import Board, add_alignment, add_commitments

Figures = dict[str, float]
MEASURES = ("alignment", "silence", "commitments", "recall_both", "precision_both", "level", "measures")
MAIN = ("alignment", "silence", "commitments", "level")  # « better » means these four together
LOSS = 0.02
GAIN = 0.0005
ENOUGH = 5  # letters held apart here, below which only the shipped ones judge
APART = 5  # one campaign (or commune) in so many


@dataclass(frozen=True, slots=True)
class Verdict:
    is_better: bool
    sentence: str


def figures(letters: Sequence[Letter], folder: pathlib.Path, progress: Callable[[], None] = lambda: None) -> Figures:
    """What the reader with these weights is worth on these letters."""
    board = Board()
    token = chain.FOLDER.set(folder)
    try:
        for letter in letters:
            reading = read(letter.document, letter.questions)
            add_alignment(board, letter, known_passages(letter, reading.passages))
            add_commitments(board, letter, known_commitments(letter, reading.commitments))
            progress()
    finally:
        chain.FOLDER.reset(token)
    line = board.line()
    return {name: line[name] for name in (*MEASURES, "exact")}


def known_passages(letter: Letter, found: Sequence[Passage]) -> list[Passage]:
    """Where nobody has decided, the machine is neither right nor wrong."""
    told = [(one["start"], one["end"]) for one in letter.gold["segments"] if one["questions"]]
    return [p for p in found if not letter.is_unknown(p.start, p.end) or touches(told, p.start, p.end)]


def known_commitments(letter: Letter, found: Sequence[Commitment]) -> list[Commitment]:
    told = [(one["start"], one["end"]) for one in letter.gold["commitments"]]
    return [c for c in found if letter.is_no_commitment(c.start, c.end) or touches(told, c.start, c.end)]


def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in spans)


def split(letters: Sequence[Letter]) -> tuple[list[Letter], list[Letter]]:
    """(to learn from, to judge): whole campaigns when there are several, else whole communes, always the same ones."""
    campaigns = {letter.campaign for letter in letters}
    unit = (lambda x: x.campaign) if len(campaigns) >= 4 else (lambda x: f"{x.campaign}/{x.unit}")
    apart = [letter for letter in letters if is_apart(unit(letter))]
    if len(apart) < ENOUGH or len(apart) > len(letters) / 2:
        return list(letters), []
    return [letter for letter in letters if not is_apart(unit(letter))], apart


def is_apart(unit: str) -> bool:
    return int(hashlib.sha256(unit.encode()).hexdigest()[:8], 16) % APART == 0


def verdict(pairs: Sequence[tuple[Figures, Figures]]) -> Verdict:
    """``pairs``: (before, after) on the shipped letters, and on those held apart here when there are enough."""
    for before, after in pairs:
        worst = min(MEASURES, key=lambda name: after[name] - before[name])
        if after[worst] - before[worst] < -LOSS:
            return Verdict(False, f"Non retenue : perte de {before[worst] - after[worst]:.3f} sur {NAMED[worst]}.".replace(".", ",", 1))
        if after["exact"] < 1:
            return Verdict(False, "Non retenue : une citation ne serait plus exacte.")
    if not pairs:
        return Verdict(False, "Non retenue : aucune lettre pour la juger.")
    gains = [sum(after[name] - before[name] for name in MAIN) / len(MAIN) for before, after in pairs]
    if sum(gains) / len(gains) < GAIN:
        return Verdict(False, "Non retenue : elle ne lit pas mieux que la version en service.")
    return Verdict(True, "Adoptée : elle lit mieux, et rien n’y perd.")


NAMED = {
    "alignment": "la répartition par question",
    "silence": "le silence",
    "commitments": "les engagements sûrs",
    "recall_both": "les engagements trouvés",
    "precision_both": "la part juste des propositions",
    "level": "le niveau",
    "measures": "les mesures du programme",
}
