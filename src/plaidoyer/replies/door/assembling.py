"""The text of a reply typed on the page of a list: what the preview shows is, to the byte, what is recorded. Pure functions.

The words of the list are joined as they were typed; our own words are the heading of the reply and the title of each question. Where the
words stand is known by construction, so that what was typed under a question is never attributed to another.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plaidoyer.reading.documents.plain import blocks
from plaidoyer.reading.types import Place

REFUSAL = "Nous ne souhaitons pas répondre à ces questions."
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LINE_ENDS = re.compile(r"\r\n?")


def quoted(words: str) -> str:
    return f"«\u202f{words}\u202f»"


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose reply, to whom, and which version: the same words twice are then two versions, and not the same bytes."""

    list_name: str
    commune: str
    campaign: str
    collective: str
    version: int
    replaces: str = ""  # the day and hour of the version before, in words

    def lines(self) -> list[str]:
        which = f"Version {self.version}" + (f", qui remplace celle du {self.replaces}" if self.replaces else "")
        return [f"Réponse de la liste {quoted(self.list_name)} ({self.commune})", f"à {self.collective}, {quoted(self.campaign)}", which]


@dataclass(frozen=True, slots=True)
class Part:
    """What was typed under one question; ``code`` is empty for the words beyond the questions."""

    code: str
    title: str
    words: str


@dataclass(slots=True)
class Assembled:
    text: str = ""
    spans: list[tuple[str, int, int]] = field(default_factory=list)  # (code, start, end) of what was typed under each question
    places: list[Place] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def data(self) -> bytes:
        return self.text.encode()

    def ours(self, words: str, role: str, depth: int = 0) -> None:
        start = len(self.text)
        self.text += words
        self.places.append(Place(start, len(self.text), role, depth=depth))
        self.text += "\n\n"

    def theirs(self, code: str, words: str) -> None:
        start = len(self.text)
        self.text += words
        if code:
            self.spans.append((code, start, len(self.text)))
        self.places += (Place(start + a, start + b, "paragraph") for a, b in blocks(words))
        self.text += "\n\n"


def assemble(heading: Heading, parts: Iterable[Part], files: Sequence[str] = ()) -> Assembled:
    """Questions without words are left out: « n’aborde pas la question » is for a person to say."""
    made = Assembled()
    made.ours("\n".join(heading.lines()), "header")
    for part in parts:
        if part.words:
            made.ours(part.title, "heading", 2)
            made.theirs(part.code, part.words)
    if files:
        made.ours("Joint à cette réponse\u00a0: " + ", ".join(map(quoted, files)), "note")
    return ended(made)


def refusal(heading: Heading, words: str) -> Assembled:
    """As short as it is said; the list may add its reasons."""
    made = Assembled()
    made.ours("\n".join(heading.lines()), "header")
    made.theirs("", REFUSAL)
    if words:
        made.theirs("", words)
    return ended(made)


def ended(made: Assembled) -> Assembled:
    made.text = made.text.rstrip("\n") + "\n"
    return made


def pieces(text: str, places: Iterable[Place]) -> list[tuple[bool, str]]:
    """The whole text in order, cut where our words and theirs meet: (is it ours, words). Joined, they are the text."""
    found, at = [], 0
    for place in places:
        if place.role != "paragraph":
            found += [(False, text[at : place.start]), (True, text[place.start : place.end])]
            at = place.end
    return [(ours, words) for ours, words in [*found, (False, text[at:])] if words]


def clean(words: str) -> str:
    """As typed, but for what no keyboard types and no database keeps: browsers' line ends, control characters, blanks at both ends."""
    plain = UNPRINTABLE.sub("", LINE_ENDS.sub("\n", words))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Cs")
    return plain.strip()
