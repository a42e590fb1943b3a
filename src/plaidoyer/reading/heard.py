# ruff: noqa: SIM905 — lists of words read better as words
"""What each sentence speaks of, heard alone: a small learned choice between the questions and « none », pooled over its paragraph.

A paragraph that runs through three questions resembles none of them as a whole, its sentences do. A warm paragraph resembles
them all, and no sentence of it takes sides. Words are learned too: « taxi » speaks of a question about buses though it is not in it.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plaidoyer.reading import chain
from plaidoyer.reading.silence import SIGNS
from plaidoyer.reading.similarity import Bags
from plaidoyer.reading.words import Word, content

Facts = dict[str, float]
Row = list[dict[str, float]]  # for each question, likenesses by name
SIDES = frozenset(
    """oui non favorable favorables defavorable defavorables accord engageons engage engagement refuse refusons oppose opposes
    prevoyons prevoit prevu prevue prevus prevues""".split()
)
WHO = frozenset("nous vous je notre nos votre vos leur il elle on ils".split())
VIEWS = ("lemmas", "subjects", "senses", "mix")
SAID = 0.5  # what a plain word counts for, so that no word outweighs a sign


@dataclass(slots=True)
class Sentence:
    """One sentence: its words, its likeness to each question, and the facts of « none » and of each question."""

    words: list[Word]
    row: Row
    options: list[Facts] = field(default_factory=list)


@dataclass(slots=True)
class Voice:
    """One paragraph by its sentences. For each question: its best sentence, whether any speaks of it, share of the words that do."""

    pooled: list[tuple[float, float, float]]
    silent: tuple[float, float]  # share of the words that speak of none; whether all of them do

    def facts(self, state: Sequence[int]) -> Facts:
        """What the sentences say of a choice of questions (1-based), and of what it would leave out."""
        inside = [self.pooled[q - 1] for q in state]
        outside = [p for q, p in enumerate(self.pooled, 1) if q not in state]
        found: Facts = {}
        for k, name in enumerate(("best", "any", "share")):
            low, high = min(p[k] for p in inside), max((p[k] for p in outside), default=0.0)
            found[f"heard:{name}"], found[f"heard:{name}:rest"] = low, high
            if len(state) > 1:
                found[f"set:heard:{name}"], found[f"set:heard:{name}:rest"] = low, high
        found["heard:all"] = min(1.0, sum(p[2] for p in inside))
        found["heard:sure"] = 1.0 if min(p[1] for p in inside) > 0.8 else 0.0
        return found

    def none(self) -> Facts:
        return {"heard:none": self.silent[0], "heard:none:all": self.silent[1], "heard:none:any": max((p[1] for p in self.pooled), default=0.0)}

    def several(self) -> tuple[int, ...]:
        """The questions (1-based) that some sentence is likely to speak of."""
        return tuple(q for q, p in enumerate(self.pooled, 1) if p[1] >= LIKELY)


LIKELY = 0.35


def acts(words: list[Word]) -> bool:
    """Whether a sentence promises, refuses or takes sides: what only tells or thanks does not."""
    said = [w for w in words if not w.is_mark]
    if not said:
        return False
    if said[0].verb("i") or (len(said) > 1 and said[0].folded.isdigit() and said[1].verb("i")):
        return True
    return any(w.folded in SIDES or any(a.part == "V" and a.mood in "fc" and a.persons != "5" for a in w.readings) for w in said)


def _silent(words: list[Word], row: Row, place: float, order: int) -> Facts:
    """What speaks for « none »: the signs of evasion, the tenses, the plain words; and how near the nearest question is."""
    said = [w for w in words if not w.is_mark]
    folded = " ".join(w.folded for w in words).replace("' ", "'")
    facts: Facts = {"none": 1.0, "none:acts": 1.0 if acts(words) else 0.0}
    facts |= {f"none:{name}": 1.0 for name, sign in SIGNS.items() if sign.search(folded)}
    facts |= {f"none:{view}": max((cell[view] for cell in row), default=0.0) for view in VIEWS}
    facts["none:start"], facts["none:end"] = max(0.0, 1 - 5 * place), max(0.0, 5 * place - 4)
    facts["none:first"] = 1.0 if order == 0 else 0.0
    facts["none:short"] = 1.0 if len(said) < 6 else 0.0
    facts["none:asks"] = 1.0 if words and words[-1].raw == "?" else 0.0
    facts["none:figure"] = 1.0 if any(w.folded[0].isdigit() for w in said) else 0.0
    facts |= {f"w:{word}": SAID for word in {w.lemma for w in said} | {w.folded for w in said if w.folded in WHO}}
    return facts | {f"none:mood:{mood}": 1.0 for mood in {a.mood for w in said for a in w.readings if a.part == "V" and a.mood in "fcmsp"}}


def _gaps(row: Row, view: str) -> list[float]:
    """How far each question stands above the best of the others."""
    values = [cell[view] for cell in row]
    ranked = sorted(values, reverse=True)
    first, second = ranked[0], ranked[1] if len(ranked) > 1 else 0.0
    return [value - (second if value == first else first) for value in values]


def options(words: list[Word], row: Row, around: Mapping[str, Row], place: float, order: int) -> list[Facts]:
    """The facts of one sentence for « none », then for each question; ``around``: the sentence before, the title above."""
    asked: list[Facts] = [{} for _ in row]
    for view in VIEWS:
        for facts, cell, gap in zip(asked, row, _gaps(row, view), strict=True):
            facts[view], facts[f"{view}:gap"] = cell[view], gap
            if gap > 0:
                facts[f"{view}:first"] = 1.0
    is_weak = max((cell["mix"] for cell in row), default=0.0) < 0.1
    for name, other in around.items():
        for facts, cell, gap in zip(asked, other, _gaps(other, "mix"), strict=True):
            facts[name], facts[f"{name}:gap"] = cell["mix"], gap
            if is_weak:
                facts[f"{name}:weak"], facts[f"{name}:gap:weak"] = cell["mix"], gap
    return [_silent(words, row, place, order), *asked]


def notions(asked: Bags) -> dict[str, float]:
    """The notions of a question with their shares: what its words are learned by."""
    found = {f"s:{n}": v for n, v in asked.senses.items()} | {f"t:{n}": v for n, v in asked.subjects.items()}
    size = math.sqrt(sum(v * v for v in found.values())) or 1.0
    return {n: round(v / size, 3) for n, v in found.items()}


def ties(words: list[Word], asked: Mapping[str, float]) -> Facts:
    """The facts that tie the words of a sentence to the notions of a question: « s:bus_line~taxi ». Training sees them; reading adds them up."""
    return {f"{notion}~{lemma}": share for lemma in {w.lemma for w in content(words)} for notion, share in asked.items()}


def _odds(scores: list[float]) -> list[float]:
    total = chain.logsum(scores)
    return [math.exp(score - total) for score in scores]


class Listener:
    """The learned head, ready for one questionnaire."""

    def __init__(self, asked: Sequence[Bags]) -> None:
        model = chain.weights("sentences")
        self.weights: dict[str, float] = model["weights"]
        self.ties: dict[str, Facts] = model["ties"]
        self.notions = [tuple(notions(question).items()) for question in asked]
        self.brought: dict[str, list[float]] = {}

    def brings(self, lemma: str) -> list[float]:
        """What a word brings to each question, all its notions together."""
        if lemma not in self.brought:
            get = self.ties.get(lemma, {}).get
            self.brought[lemma] = [sum(share * get(notion, 0.0) for notion, share in asked) for asked in self.notions]
        return self.brought[lemma]

    def hear(self, sentence: Sentence) -> list[float]:
        """The probability of « none », then of each question."""
        lemmas = {w.lemma for w in content(sentence.words)}
        scores = [chain.dot(facts, self.weights) for facts in sentence.options]
        brought = [self.brings(lemma) for lemma in lemmas if lemma in self.ties]
        return _odds([scores[0], *(score + sum(word[q] for word in brought) for q, score in enumerate(scores[1:]))])

    def listen(self, sentences: list[Sentence], above: Row | None, place: float) -> Voice:
        """One paragraph; ``place``: where it stands in the letter, from 0 to 1."""
        odds: list[list[float]] = []
        for order, sentence in enumerate(sentences):
            around = ({"before": sentences[order - 1].row} if order else {}) | ({"above": above} if above else {})
            sentence.options = options(sentence.words, sentence.row, around, place, order)
            odds.append(self.hear(sentence))
        sizes = [len(s.words) for s in sentences]
        share = functools.partial(_share, odds, sizes)
        pooled = [(max(one[q] for one in odds), 1 - math.prod(1 - one[q] for one in odds), share(q)) for q in range(1, len(self.notions) + 1)]
        return Voice(pooled, (share(0), math.prod(one[0] for one in odds)))


def _share(odds: list[list[float]], sizes: list[int], choice: int) -> float:
    return sum(one[choice] * size for one, size in zip(odds, sizes, strict=True)) / sum(sizes)
