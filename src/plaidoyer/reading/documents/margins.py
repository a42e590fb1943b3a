"""Running heads, running feet, page numbers and footnotes: taken out of the flow before a sentence runs over the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from plaidoyer.reading.documents.geometry import Line, Word, lines_of

PAGE_NUMBER = re.compile(r"^\W*(?:page|p\.)?\W*\d{1,3}\s*(?:(?:/|sur|de|of|-|–)\s*\d{1,3})?\W*$", re.IGNORECASE)
NOTE_START = re.compile(r"^\s*(?:\[?\d{1,2}\]?|\(\d{1,2}\)|\*{1,3})\s*[^\d\s]")
TOP, BOTTOM = 0.12, 0.88  # of the page's height
NUMBER_TOP, NUMBER_BOTTOM = 0.08, 0.92
MARGIN_TOP, MARGIN_BOTTOM = 0.065, 0.925


@dataclass(slots=True)
class Sheet:
    """One page: what flows, and what stands apart as (role, line)."""

    number: int
    width: float
    height: float
    words: list[Word]
    apart: list[tuple[str, Line]] = field(default_factory=list)

    def take(self, lines: list[Line], role: str) -> None:
        gone = {id(word) for line in lines for word in line.words}
        self.words = [word for word in self.words if id(word) not in gone]
        self.apart += [(role, line) for line in lines]


def set_apart(sheets: list[Sheet], size: float) -> None:
    """Move running lines and page numbers out of every sheet, then the notes at its foot."""
    edges = [(sheet, line, zone) for sheet in sheets for line in lines_of(sheet.words) if (zone := zone_of(line, sheet))]
    seen = Counter(key for _, line, zone in edges for key in {running_key(line, zone)})
    for sheet, line, zone in edges:
        repeated = len(sheets) > 1 and seen[running_key(line, zone)] >= max(2, len(sheets) // 2)
        if repeated or is_page_number(line, sheet) or (len(sheets) == 1 and is_alone_at_edge(line, sheet)):
            sheet.take([line], zone)
    for sheet in sheets:
        sheet.take(notes(sheet, size), "note")


def zone_of(line: Line, sheet: Sheet) -> str:
    if any(word.atom for word in line.words):
        return ""
    if line.bottom < TOP * sheet.height:
        return "header"
    return "footer" if line.top > BOTTOM * sheet.height else ""


def running_key(line: Line, zone: str) -> tuple[str, str, int]:
    """The same words at the same height, whatever the number in them."""
    return zone, re.sub(r"\d+", "#", " ".join(line.text.split())), round(line.top / 8)


def is_page_number(line: Line, sheet: Sheet) -> bool:
    at_edge = line.bottom < NUMBER_TOP * sheet.height or line.top > NUMBER_BOTTOM * sheet.height
    return at_edge and bool(PAGE_NUMBER.match(line.text))


def is_alone_at_edge(line: Line, sheet: Sheet) -> bool:
    """On a single page nothing repeats: a line in the margin itself, far from the rest, is the letterhead or its foot."""
    others = [word for word in sheet.words if all(word is not own for own in line.words)]
    if not others or not (line.bottom < MARGIN_TOP * sheet.height or line.top > MARGIN_BOTTOM * sheet.height):
        return False
    gap = min(max(word.top - line.bottom, line.top - word.bottom) for word in others)
    return gap > 1.2 * line.size


def notes(sheet: Sheet, size: float) -> list[Line]:
    """Small lines at the foot of the page, from the first that begins with a number."""
    lines = [line for line in lines_of(sheet.words) if not any(word.atom for word in line.words)]
    small: list[Line] = []
    for line in reversed(lines):
        if max(word.size for word in line.words) > 0.93 * size or line.top < 0.5 * sheet.height:
            break
        small.insert(0, line)
    first = next((index for index, line in enumerate(small) if NOTE_START.match(line.text)), None)
    return [] if first is None else small[first:]
