# ruff: noqa: SIM905 — lists of words read better as words
"""A letter without the people in it: each personal word replaced by an invented one of the same length, so that every offset stays true."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plaidoyer.kit.text import folded

VOWELS, CONSONANTS = "aeiou", "bcdfglmnprstv"
WORD = re.compile(r"[^\W\d_]+")
# What stands in a name without naming anybody.
PARTICLES = frozenset(
    "de du des la le les von van mac el ben et monsieur madame mme mlle dr pr me collectif liste equipe mairie association ville commune".split()
)
SHORTEST = 3  # a name of two letters is a word of the language too


@dataclass(frozen=True, slots=True)
class Replaced:
    start: int
    end: int
    before: str
    after: str


def masked(text: str, spans: Iterable[tuple[int, int]], names: Sequence[str]) -> tuple[str, list[Replaced]]:
    """The text with these spans, and these names wherever they stand, invented again; and what was replaced, in order."""
    found = merged([*spans, *places(text, names)])
    replaced = [Replaced(start, end, text[start:end], invented(text[start:end])) for start, end in found]
    made, last = [], 0
    for one in replaced:
        made += [text[last : one.start], one.after]
        last = one.end
    return "".join([*made, text[last:]]), replaced


def places(text: str, names: Sequence[str]) -> list[tuple[int, int]]:
    """Where one of the words of these names stands as a name: with a capital, whole, accents or not."""
    known = {word for name in names for word in folded(name).split() if len(word) >= SHORTEST and word not in PARTICLES}
    return [match.span() for match in WORD.finditer(text) if match.group()[0].isupper() and folded(match.group()) in known]


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif start < end:
            result.append((start, end))
    return result


def invented(words: str) -> str:
    """Letter for letter, figure for figure: the same words give the same invention, capitals and marks stay where they were."""
    digits = iter(range(10**6))
    return "".join(letter(words, at, one) if one.isalpha() else figure(words, next(digits)) if one.isdigit() else one for at, one in enumerate(words))


def letter(words: str, at: int, one: str) -> str:
    base = folded(one)[:1] or "e"
    pool = VOWELS if base in "aeiouy" else CONSONANTS
    # By word, not by place in the letter: a name invented twice is the same person.
    word = re.split(r"[\W\d_]", words[:at])[-1] + re.split(r"[\W\d_]", words[at:])[0]
    rank = len(re.split(r"[\W\d_]", words[:at])[-1])
    chosen = pool[drawn(f"{folded(word)}:{rank}") % len(pool)]
    return chosen.upper() if one.isupper() else chosen


def figure(words: str, rank: int) -> str:
    """Telephone numbers become those that the regulator keeps for fiction (06 39 98 …); other figures are drawn."""
    count = sum(one.isdigit() for one in words)
    fiction = "063998"
    return fiction[rank] if count == 10 and rank < len(fiction) else str(drawn(f"{words}:{rank}") % 10)


def drawn(seed: str) -> int:
    return int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16)
