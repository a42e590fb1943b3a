"""The public text: the text of record with each hidden span replaced by a marker. Pure functions; offsets are code points."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

LABELS = {
    "email": "adresse électronique masquée",
    "phone": "téléphone masqué",
    "address": "adresse masquée",
    "signature": "signature masquée",
    "name": "nom masqué",
    "other": "donnée personnelle masquée",
}


@dataclass(frozen=True, slots=True)
class Hidden:
    """A span of the text of record that nobody outside may read."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Blot:
    """Where a marker stands in the public text, and what it stands for in the text of record."""

    start: int
    end: int
    kind: str
    source_start: int
    source_end: int

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class PublicText:
    text: str
    blots: tuple[Blot, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text of record ``[start, end)`` in the public text; an end inside a hidden part takes its whole marker."""
        return self._place(start, is_end=False), self._place(end, is_end=True)

    def _place(self, offset: int, *, is_end: bool) -> int:
        shift = 0
        for blot in self.blots:
            if offset <= blot.source_start if is_end else offset < blot.source_start:
                break
            if offset < blot.source_end or (is_end and offset == blot.source_end):
                return blot.end if is_end else blot.start
            shift = blot.end - blot.source_end
        return offset + shift


def merged(hidden: Iterable[Hidden]) -> list[Hidden]:
    """Overlapping spans become one; the first kind stands."""
    result: list[Hidden] = []
    for one in sorted(hidden, key=lambda h: (h.start, -h.end)):
        if result and one.start < result[-1].end:
            last = result[-1]
            result[-1] = Hidden(last.start, max(last.end, one.end), last.kind)
        else:
            result.append(one)
    return result


def conceal(text: str, hidden: Iterable[Hidden]) -> PublicText:
    """Replace each hidden span by its marker.

    >>> conceal("Tél. 06 01 02 03 04.", [Hidden(5, 19, "phone")]).text
    'Tél. [téléphone masqué].'
    """
    parts: list[str] = []
    blots: list[Blot] = []
    at = length = 0
    for one in merged(hidden):
        parts.append(text[at : one.start])
        length += one.start - at
        marker = f"[{LABELS[one.kind]}]"
        parts.append(marker)
        blots.append(Blot(length, length + len(marker), one.kind, one.start, one.end))
        length += len(marker)
        at = one.end
    parts.append(text[at:])
    return PublicText("".join(parts), tuple(blots))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the blanks at its two ends."""
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def blocks(text: str, places: Sequence[Mapping[str, Any]] = ()) -> list[tuple[int, int, str]]:
    """Paragraphs ``(start, end, role)``: cut at empty lines, and where an item, a row or a heading begins."""
    named = sorted((place for place in places if place["role"] not in {"line", "unreadable"}), key=lambda place: place["start"] - place["end"])
    roles = {place["start"]: (place["end"], place["role"]) for place in named}  # the shortest place that begins there wins
    cuts = {0, *(start for start, (_, role) in roles.items() if role in {"item", "row", "heading"})}
    at = 0
    for line in text.splitlines(keepends=True):
        at += len(line)
        if not line.strip():
            cuts.add(at)
    edges = [*sorted(cut for cut in cuts if cut < len(text)), len(text)]
    spans = (trimmed(text, start, end) for start, end in pairwise(edges))
    return [(start, end, role_at(start, roles)) for start, end in spans if end > start]


def role_at(offset: int, roles: Mapping[int, tuple[int, str]]) -> str:
    holding = [(end - start, role) for start, (end, role) in roles.items() if start <= offset < end]
    return min(holding)[1] if holding else "paragraph"
