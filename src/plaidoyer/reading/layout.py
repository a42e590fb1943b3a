# ruff: noqa: SIM905 — lists of words read better as words
"""Where a sentence stands in a letter: how it ends, alone or among others, before or after the answers, in a list or in prose.

Clues of form only; they say the same of a letter on any subject.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plaidoyer.reading.clauses import Clause
from plaidoyer.reading.skeleton import Frame
from plaidoyer.reading.words import Word

MARK = re.compile(r"[-–—•·‣▪◦*✓✔☑☐👉➡→>]|\(?\d{1,2}\s?[.)°/]|[a-h]\)")
ENDS = {".": "stop", "!": "cry", "?": "ask", ":": "colon", ";": "semi", ",": "comma", "…": "stop"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds one paragraph."""

    zone: str  # intro, answers, outro, none: before, among or after the paragraphs that answer
    listed: bool  # most of its neighbours begin with a bullet or a number
    announced: bool  # the paragraph before ends with a colon
    is_heading: bool


def _marked(text: str, frame: Frame) -> bool:
    return bool(MARK.match(text, frame.start))


def settings(text: str, frames: list[Frame], answered: list[tuple[str, ...]]) -> list[Setting]:
    """One setting for each paragraph."""
    given = [i for i, codes in enumerate(answered) if codes]
    marked = [_marked(text, f) for f in frames]
    result = []
    for i, frame in enumerate(frames):
        zone = "none" if not given else "intro" if i < given[0] else "outro" if i > given[-1] else "answers"
        near = marked[max(0, i - 2) : i + 3]
        announced = i > 0 and text[frames[i - 1].start : frames[i - 1].end].rstrip(" *_").endswith(":")
        result.append(Setting(zone, sum(near) >= 3, announced, frame.role == "heading"))
    return result


def _ending(text: str, span: tuple[int, int]) -> str:
    return ENDS.get(text[span[0] : span[1]].rstrip(' *_»")')[-1:], "open")


def _capitals(text: str, start: int, end: int) -> bool:
    letters = [c for c in text[start:end] if c.isalpha()]
    return len(letters) >= 5 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def placing(text: str, frame: Frame, setting: Setting, span: tuple[int, int], clause: tuple[int, int]) -> list[str]:
    """The clues of place of one clause of the sentence ``span``."""
    clues = [f"zone:{setting.zone}", f"ends:{_ending(text, span)}"]
    left, right = text[frame.start : span[0]].strip(" *_-–•>"), text[span[1] : frame.end].strip(" *_»)")
    clues.append("spot:" + ("alone" if not left and not right else "first" if not left else "last" if not right else "inside"))
    before = text[max(0, span[0] - 3) : span[0]]
    clues.append("row:" + ("line" if "\n" in before or span[0] == frame.start else "same"))
    if text[span[1] : span[1] + 1] == "\n" or span[1] == frame.end:
        clues.append(f"row-end:{clues[1][5:]}")
    clues += [name for name, is_so in (("listed", setting.listed), ("announced", setting.announced), ("heading", setting.is_heading)) if is_so]
    return [*clues, "capitals"] if _capitals(text, *clause) else clues


LONG_LINE = 160  # beyond that a line is a whole paragraph, and an end inside a sentence is that of a page
TIES = frozenset(
    """le la les l' un une des du d' de au aux a ce cet cette ces et ou ni que qu' qui dont si sur sous dans par pour sans vers chez entre avec en
    notre nos votre vos leur leurs son sa ses plus moins ne n' se s' y est sont sera seront nous vous je il elle on""".split()
)


@functools.lru_cache(maxsize=8)
def _width(text: str) -> int:
    """How far the lines of a letter go, when they are lines and not paragraphs."""
    sizes = [len(line.rstrip()) for line in text.split("\n") if 0 < len(line) <= LONG_LINE]
    return max(sizes, default=0)


def _deliberate(text: str, last: Word, following: Word) -> bool:
    """Whether the author went to the line on purpose: the next word would have fitted on the line before."""
    if text[last.end : following.start].strip() or "\n" not in text[last.end : following.start]:
        return False
    line = last.end - text.rfind("\n", 0, last.end) - 1
    if line > LONG_LINE or last.folded in TIES or last.raw in (",", "-", "("):
        return False
    return line + 1 + len(following.raw) <= _width(text) - 3


def lines(text: str, words: list[Word], whole: Sequence[tuple[int, int]] = ()) -> list[list[Word]]:
    """The words of a sentence, cut where its author went to the line on purpose (notes without full stops), never inside a ``whole`` span."""
    cuts = [i for i in range(1, len(words)) if _deliberate(text, words[i - 1], words[i])]
    cuts = [i for i in cuts if not any(start <= words[i - 1].start and words[i].start < end for start, end in whole)]
    return [words[a:b] for a, b in pairwise([0, *cuts, len(words)]) if a < b]


def quoting(before: str, first: str) -> list[str]:
    """Whether the clause stands inside quotation marks."""
    clues = ["reported"] if before.count("«") > before.count("»") or before.count("“") > before.count("”") else []
    return [*clues, "opens-quote", "reported"] if first in '«“"' or before.rstrip()[-1:] in ("«", "“") else clues


def tone(whole: str, order: int) -> list[str]:
    clues = ["first"] if order == 0 else []
    if whole.rstrip(' *_»"').endswith("?"):
        clues += ["asks", "asks:first" if order == 0 else "asks:later"]
    return [*clues, "exclaims"] if whole.rstrip().endswith("!") else clues


def bulk(text: str, clause: Clause) -> list[str]:
    """How long the clause is, whether it counts something, and the mark that follows it."""
    size = sum(not w.is_mark for w in clause.words)
    bulk = "size:" + ("1" if size == 1 else "3" if size <= 3 else "8" if size <= 8 else "20" if size <= 20 else "more")
    clues = [bulk, "digits"] if any(w.raw[0].isdigit() for w in clause.words) else [bulk]
    after = text[clause.end : clause.end + 2].strip()[:1]
    if after in (":", ",", ";"):
        clues += [f"then:{after}", f"then:{after}+{clause.kind}", f"then:{after}+{clause.kind}+{bulk}"]
    return [*clues, f"bare+{bulk}"] if clause.kind == "bare" else clues
