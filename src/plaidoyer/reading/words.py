# ruff: noqa: SIM905 — lists of words read better as words
"""Words of a French text with their offsets: elisions split, line-end hyphens joined, scanner's slips forgiven.

Nothing here changes the text of record: a ``Word`` keeps where it stands and how it is understood.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from plaidoyer.reading.lexicon import Analysis, analyses, fold

ELIDED = r"(?:[cdjlmnstCDJLMNST]|[Qq][Uu]|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu)['’]"
TOKEN = re.compile(rf"{ELIDED}|\d+(?:[   .]\d{{3}})*(?:,\d+)?(?!\w)|\w+(?:-[ ]?\n(?:>[ ]?)?[ ]*(?=[a-zà-ÿ])\w+|-\w+)*|[^\w\s]")
HYPHENS = re.compile(r"-[ ]?\n(?:>[ ]?)?[ ]*")
CLITICS = ("je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "la", "le", "les", "lui", "y", "en", "t", "ci", "moi")
SLIPS = (("1", "l"), ("1", "i"), ("l", "i"), ("i", "l"), ("rn", "m"), ("0", "o"), ("é", "è"), ("ii", "li"), ("c", "e"))
STOP = frozenset(
    """a ai as au aux avec ce ces cet cette ceux celle celles celui ci d dans de des donc du elle elles en entre es est et etre eu
    eux il ils j je l la le les leur leurs lui m ma mais me meme memes mes moi mon n ne ni nos notre nous on ont or ou par pas
    plus pour qu que quel quelle quelles quels qui s sa sans se ses si son sont sous sur t ta te tes toi ton tous tout toute
    toutes tu un une vos votre vous y c afin ainsi alors apres aussi autre autres avant avoir bien car cela comme comment
    contre depuis deux dont encore enfin etait faire fait faut ici jamais jusqu la lors meme moins non oui parce pendant peu
    peut point pouvoir puis puisqu quand quant rien sera seront soit tant tel tres vers voici voila n° etes serez""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark: its span in the text, its folded form, its lemma and what it can be."""

    start: int
    end: int
    raw: str
    folded: str
    lemma: str
    readings: tuple[Analysis, ...]

    @property
    def is_mark(self) -> bool:
        return not self.folded[:1].isalnum()

    def verb(self, moods: str = "gpmsfcjyqi") -> Analysis | None:
        """The first verbal reading in one of these moods, if any."""
        return next((a for a in self.readings if a.part == "V" and a.mood in moods), None)

    def has(self, part: str) -> bool:
        return any(a.part == part for a in self.readings)


@functools.lru_cache(maxsize=32768)
def understand(raw: str) -> tuple[str, str, tuple[Analysis, ...]]:
    """(folded form, lemma, readings) of a written form; a scanner's slip is undone only when that gives a word."""
    found = analyses(raw)
    if not found and len(raw) >= 4 and not raw.isdigit():
        for wrong, right in SLIPS:
            if wrong in raw and (found := analyses(raw.replace(wrong, right))):
                raw = raw.replace(wrong, right)
                break
    folded = fold(raw)
    return folded, lemma_of(folded, found), found


def lemma_of(folded: str, found: tuple[Analysis, ...]) -> str:
    if not found:
        return folded.rstrip("s") if len(folded) > 3 else folded
    for part in "NAVDRB":
        for a in found:
            if a.part == part:
                return fold(a.lemma)
    return folded


def _pieces(start: int, raw: str) -> list[tuple[int, int, str]]:
    """A hyphenated form as one word when the dictionary knows it, else its parts."""
    if "\n" in raw:
        return [(start, start + len(raw), HYPHENS.sub("", raw))]
    if "-" not in raw or (analyses(raw) and raw.rsplit("-", 1)[-1].lower() not in CLITICS) or raw.lower() == "rendez-vous":
        return [(start, start + len(raw), raw)]
    return [(start + m.start(), start + m.end(), m.group()) for m in re.finditer(r"\w+", raw)]


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and marks of ``text[start:end]``, offsets in ``text``.

    >>> [w.folded for w in tokens("Nous n'ouvrirons pas.")]
    ['nous', "n'", 'ouvrirons', 'pas', '.']
    """
    result = []
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        for first, last, raw in _pieces(match.start(), match.group()):
            result.append(Word(first, last, raw, *understand(raw)))
    return result


def content(words: list[Word]) -> list[Word]:
    """The words that carry a subject: no marks, no grammar, no elisions."""
    return [w for w in words if not w.is_mark and w.folded not in STOP and len(w.folded) > 1 and "'" not in w.folded]
