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

LEXICON = pathlib.Path(__file__).parent / "lexicon"
VIEWS = ("lemmas", "stems", "subjects", "senses")
STEM = 5
Bag = dict[str, float]


@functools.cache
def thesaurus(name: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """(exact form -> subjects, prefix -> subjects) of « topics » (wide) or « senses » (narrow)."""
    exact: dict[str, list[str]] = {}
    prefixes: dict[str, list[str]] = {}
    for subject, words in tomllib.loads((LEXICON / f"{name}.toml").read_text(encoding="utf-8")).items():
        for word in words.split():
            target = prefixes if word.endswith("*") else exact
            target.setdefault(word.rstrip("*"), []).append(subject)
    return exact, prefixes


@functools.cache
def _longest(name: str) -> int:
    """Length of the longest prefix of a thesaurus: no need to look for longer ones."""
    return max(map(len, thesaurus(name)[1]), default=0)


@functools.lru_cache(maxsize=65536)
def subjects(term: str, name: str = "topics") -> tuple[str, ...]:
    """The subjects that a folded word (or two joined by « _ ») speaks of."""
    exact, prefixes = thesaurus(name)
    found = list(exact.get(term, ()))
    for length in range(3, min(len(term), _longest(name)) + 1):
        found += prefixes.get(term[:length], ())
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Bags:
    """The four views of a run of words."""

    lemmas: Bag
    stems: Bag
    subjects: Bag
    senses: Bag


def bags(words: list[Word]) -> Bags:
    said = content(words)
    lemmas, stems = Counter[str](), Counter[str]()
    wide, narrow = Counter[str](), Counter[str]()
    for i, word in enumerate(said):
        lemmas[word.lemma] += 1
        stems[word.lemma[:STEM]] += 1
        after = said[i + 1] if i + 1 < len(said) else None
        terms = _terms(word.folded, word.lemma, after.folded if after else "", after.lemma if after else "")
        _count(wide, terms, "topics")
        _count(narrow, terms, "senses")
    return Bags(_damp(lemmas), _damp(stems), _damp(wide), _damp(narrow))


OFFICES = frozenset({"ccas", "cias"})
OPENING = 3  # words in which the subject of a question stands


def asked(words: list[Word]) -> Bags:
    """The views of a question. The town's welfare office is no subject where it opens the question as the one who acts: every second
    paragraph of a letter names it, whatever it answers (« Le CCAS donnera-t-il une adresse… ? » is about addresses).
    """
    rest = [w for i, w in enumerate(words) if not (w.folded in OFFICES and i < OPENING and words[i + 1 : i + 2] and words[i + 1].verb("fcp"))]
    bare = bags(rest)
    return bare if len(rest) < len(words) and bare.senses else bags(words)


@functools.lru_cache(maxsize=65536)
def _terms(folded: str, lemma: str, after: str, after_lemma: str) -> tuple[str, ...]:
    terms = {folded, lemma}
    if after:
        terms |= {f"{a}_{b}" for a in (folded, lemma) for b in (after, after_lemma)}
    return tuple(sorted(terms))


def _count(spoken: Counter[str], terms: tuple[str, ...], name: str) -> None:
    for subject, weight in _spoken(terms, name):
        spoken[subject] += weight  # type: ignore[assignment]


@functools.lru_cache(maxsize=65536)
def _spoken(terms: tuple[str, ...], name: str) -> tuple[tuple[str, float], ...]:
    """A word that speaks of several subjects counts less for each; two words together count double."""
    hit = {s: (2.0 if "_" in t else 1.0) for t in terms for s in subjects(t, name)}
    return tuple((subject, weight / math.sqrt(len(hit))) for subject, weight in hit.items())


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


class Likeness:
    """One view of a questionnaire, ready to be compared with any number of passages of one letter."""

    def __init__(self, questions: list[Bag], passages: list[Bag]) -> None:
        self.weight = rarity(questions, passages)
        self.size = len(questions)
        self.holders: dict[str, list[tuple[int, float]]] = {}
        for i, question in enumerate(questions):
            for key, value in question.items():
                self.holders.setdefault(key, []).append((i, value))
        self.lengths = [math.sqrt(sum((q[k] * self.weight[k]) ** 2 for k in q)) for q in questions]

    def row(self, passage: Bag) -> list[float]:
        """For each question, the cosine on the question's own words; the passage's other words only dampen it gently."""
        shared, said = [0.0] * self.size, 0.0
        for key, value in passage.items():
            weight = self.weight.get(key, 0.0)
            said += (value * (weight or 0.6)) ** 2
            for i, own in self.holders.get(key, ()):
                shared[i] += value * own * weight * weight
        said = math.sqrt(said) or 1e-9
        return [min(1.0, s / (length * said)) if s else 0.0 for s, length in zip(shared, self.lengths, strict=True)]
