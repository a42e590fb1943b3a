"""How near the words of a passage are to each question: lemmas, word beginnings and subjects of social policy.

Every measure is a number in [0, 1]. Weights come from the questionnaire and the letter themselves: a word that
all the questions share says nothing about which one is answered.
"""

from __future__ import annotations

import functools
import math
import pathlib
import tomllib
from collections import Counter
from dataclasses import dataclass

from plaidoyer.reading.words import Word, content

TOPICS = pathlib.Path(__file__).parent / "lexicon" / "topics.toml"
STEM = 5
Bag = dict[str, float]


@functools.cache
def topics() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """(exact form -> subjects, prefix -> subjects)."""
    exact: dict[str, list[str]] = {}
    prefixes: dict[str, list[str]] = {}
    for subject, words in tomllib.loads(TOPICS.read_text(encoding="utf-8")).items():
        for word in words.split():
            target = prefixes if word.endswith("*") else exact
            target.setdefault(word.rstrip("*"), []).append(subject)
    return exact, prefixes


@functools.lru_cache(maxsize=32768)
def subjects(term: str) -> tuple[str, ...]:
    """The subjects that a folded word (or two joined by « _ ») speaks of."""
    exact, prefixes = topics()
    found = list(exact.get(term, ()))
    for length in range(3, len(term) + 1):
        found += prefixes.get(term[:length], ())
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Bags:
    """The three views of a run of words."""

    lemmas: Bag
    stems: Bag
    subjects: Bag


def bags(words: list[Word]) -> Bags:
    said = content(words)
    lemmas, stems, spoken = Counter[str](), Counter[str](), Counter[str]()
    for i, word in enumerate(said):
        lemmas[word.lemma] += 1
        stems[word.lemma[:STEM]] += 1
        terms = {word.folded, word.lemma}
        if i + 1 < len(said):
            after = said[i + 1]
            terms |= {f"{a}_{b}" for a in (word.folded, word.lemma) for b in (after.folded, after.lemma)}
        hit = {s: (2.0 if "_" in t else 1.0) for t in sorted(terms) for s in subjects(t)}
        for subject, weight in hit.items():
            spoken[subject] += weight / math.sqrt(len(hit))  # type: ignore[assignment]
    return Bags(_damp(lemmas), _damp(stems), _damp(spoken))


def _damp(counts: Counter[str]) -> Bag:
    return {key: 1 + math.log(max(1.0, n)) if n >= 1 else float(n) for key, n in counts.items()}


def rarity(questions: list[Bag], passages: list[Bag]) -> Bag:
    """Weight of each key: rare among the questions first, rare in the letter next."""
    asked = Counter(key for bag in questions for key in bag)
    said = Counter(key for bag in passages for key in bag)
    size = max(1, len(passages))
    return {
        key: math.log(1 + (len(questions) + 0.5) / asked[key]) * (0.3 + math.log(1 + size / (1 + said[key])) / math.log(2 + size)) for key in asked
    }


def cosine(passage: Bag, question: Bag, weight: Bag) -> float:
    """Cosine on the question's own words; the passage's other words only dampen it gently."""
    shared = sum(passage[k] * question[k] * weight[k] ** 2 for k in passage.keys() & question.keys())
    if not shared:
        return 0.0
    asked = math.sqrt(sum((question[k] * weight[k]) ** 2 for k in question))
    said = math.sqrt(sum((v * weight.get(k, 0.6)) ** 2 for k, v in passage.items()))
    return min(1.0, shared / (asked * max(said, 1e-9)))


def cover(passage: Bag, question: Bag, weight: Bag) -> float:
    """Share of the question's weight that the passage takes up."""
    total = sum(weight[k] for k in question)
    return sum(weight[k] for k in passage.keys() & question.keys()) / total if total else 0.0
