"""Views of the text of record: easier to match, and every stretch leads back to the words as they were typed.

The record itself is never normalised. A rule that needs joined hyphens or straight apostrophes works on a view, then asks ``to_record``
for the span to quote. Views can be chained: each step keeps, for every letter of the view, the stretch of the record that it stands for.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterator

Span = tuple[int, int]
Rule = Callable[[re.Match[str]], str]

APOSTROPHES = dict.fromkeys("’‘‛`´ʼ′＇", "'")
QUOTES = dict.fromkeys("«»“”„‟″＂", '"')
SPACES = dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\u2005\u2008\u200a\u3000\t", " ")
DASHES = dict.fromkeys("‐‑‒–—―−", "-")
LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}
NOTHING = dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
FOLDS = {**APOSTROPHES, **QUOTES, **SPACES, **DASHES, **LIGATURES, **NOTHING}
FOLDED = re.compile("[" + "".join(map(re.escape, FOLDS)) + "]")
# A hyphen at a line's end, between two small letters: "loge-⏎ment" loses it, "vice-⏎présidente" cannot be told apart and loses it too in
# the view only. A soft hyphen always goes.
HYPHENATED = re.compile(r"(?<=[^\W\d_])(?:[-\u2010]|\u00ad)[ \t]*\r?\n[ \t]*(?=[a-zà-öø-ÿœ])")
SOFT_BREAK = re.compile(r"[ \t\u00a0]*\r?\n[ \t]*(?:>[ \t]?)*(?=[^\s>])")
BLANK_BEFORE = re.compile(r"\n[ \t\r>]*\Z")
RUN_OF_SPACES = re.compile(r" {2,}")
# After these, the hyphen belongs to the word more often than to the line.
KEPT_PREFIXES = frozenset({
    "après", "avant", "mi", "non", "ex", "vice", "sous", "demi", "quasi", "auto", "anti", "contre", "entre", "inter", "pré", "post", "co", "sans",
    "semi",
    "multi", "socio", "celui", "celle", "ceux", "peut", "moi", "lui", "elle", "nous", "vous", "eux", "ci", "là",
})  # fmt: skip


class View:
    """A text derived from a record; ``text[start:end]`` stands for ``record[slice(*to_record(start, end))]``."""

    __slots__ = ("_ends", "_starts", "record", "text")

    def __init__(self, record: str, text: str | None = None, starts: array[int] | None = None, ends: array[int] | None = None) -> None:
        self.record = record
        self.text = record if text is None else text
        self._starts = array("l", range(len(record))) if starts is None else starts
        self._ends = array("l", range(1, len(record) + 1)) if ends is None else ends

    def to_record(self, start: int, end: int) -> Span:
        """The smallest span of the record that the view's ``[start, end)`` stands for. Raises ``IndexError`` outside the view.

        An empty span gives an empty span.
        """
        if not 0 <= start <= end <= len(self.text):
            raise IndexError((start, end))
        if start == end:
            at = self._starts[start] if start < len(self._starts) else len(self.record)
            return at, at
        return self._starts[start], self._ends[end - 1]

    def from_record(self, start: int, end: int) -> Span:
        """The view's letters that stand for anything of the record's ``[start, end)``."""
        inside = [i for i in range(len(self.text)) if self._ends[i] > start and self._starts[i] < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def replaced(self, pattern: re.Pattern[str], rule: Rule) -> View:
        """A further view in which each match reads as ``rule`` says; each new letter stands for the whole match."""
        parts: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for match in pattern.finditer(self.text):
            new = rule(match)
            if new == match.group():
                continue
            parts += [self.text[at : match.start()], new]
            starts += self._starts[at : match.start()]
            ends += self._ends[at : match.start()]
            first, last = self.to_record(match.start(), match.end())
            starts += array("l", [first] * len(new))
            ends += array("l", [last] * len(new))
            at = match.end()
        parts.append(self.text[at:])
        return View(self.record, "".join(parts), starts + self._starts[at:], ends + self._ends[at:])

    def lowered(self) -> View:
        """Lower case. The few letters whose small form has two code points stay as they are."""
        text = "".join(low if len(low := letter.lower()) == 1 else letter for letter in self.text)
        return View(self.record, text, self._starts, self._ends)

    def find(self, words: str) -> Iterator[Span]:
        """Spans of the record where the view reads ``words``."""
        at = self.text.find(words) if words else -1
        while at >= 0:
            yield self.to_record(at, at + len(words))
            at = self.text.find(words, at + 1)


def folded(record: str | View) -> View:
    r"""Straight apostrophes and quotes, plain spaces and hyphens, no ligature, no invisible sign.

    >>> folded("l’accueil\u00a0: «\u00a0oui\u00a0»").text
    'l\'accueil : " oui "'
    """
    return of(record).replaced(FOLDED, lambda match: FOLDS[match.group()])


def dehyphenated(record: str | View) -> View:
    r"""Words broken at a line's end are whole again.

    >>> dehyphenated("le loge-\nment").text
    'le logement'
    """
    view = of(record)
    return view.replaced(HYPHENATED, lambda match: kept_hyphen(match, view.text))


def kept_hyphen(match: re.Match[str], text: str) -> str:
    """The hyphen stays where the first half is a word that French joins with one: "après-midi", "vice-présidente"."""
    before = re.search(r"[^\W\d_]+\Z", text[max(0, match.start() - 20) : match.start()])
    return "-" if before and before.group().lower() in KEPT_PREFIXES else ""


def unwrapped(record: str | View) -> View:
    """A single line end reads as a space; empty lines, which part paragraphs, stay. Marks of quotation at a line's head go."""
    view = of(record)
    return view.replaced(SOFT_BREAK, lambda match: soft(match, view.text))


def soft(match: re.Match[str], text: str) -> str:
    is_blank = "\n" in text[match.end() : match.end() + 1] or bool(BLANK_BEFORE.search(text[max(0, match.start() - 40) : match.start()]))
    return match.group() if is_blank or match.start() == 0 else " "


def searchable(record: str | View) -> View:
    """All of it: whole words, one line a paragraph, folded signs, single spaces, lower case."""
    return unwrapped(dehyphenated(record)).replaced(FOLDED, lambda m: FOLDS[m.group()]).replaced(RUN_OF_SPACES, lambda _: " ").lowered()


def of(record: str | View) -> View:
    return record if isinstance(record, View) else View(record)
