"""Paragraphs, items, headings and rows, laid on the record by the one convention of the package's docstring."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from plaidoyer.reading.documents.record import EDGES, Record
from plaidoyer.reading.types import Place

TYPED_BULLET = re.compile(r"\s*(?:[-–—•·▪◦●■□☐☒✓➢→*]|\uf0b7)[\s\xa0]+\S")
SENTENCE_END = re.compile(r"[.!?…»\"”]\s*$")
LONG_ITEM = 200  # letters; beyond, a bullet holds sentences
SHORT = 100  # a line of an address or of a hand-wrapped text is no longer than this


@dataclass(slots=True)
class Flow:
    """Remembers what came before, which decides between a line end and an empty line."""

    record: Record
    has_blank_lines: bool = False
    count: int = 0
    tables: int = 0
    last_role: str = ""
    last_text: str = ""
    blank_since: bool = False
    blanks: int = 0  # empty paragraphs between two others

    def path(self) -> str:
        return f"paragraphe {self.count}"

    def paragraph(self, text: str, role: str = "paragraph", path: str = "") -> None:
        text = text.strip(EDGES)
        if not text:
            self.blanks += self.count > 0 and not self.blank_since
            self.blank_since = True
            return
        if role == "paragraph" and TYPED_BULLET.match(text):
            self.item(text, 1, path, is_numbered=False)
            return
        self.put(text, role, path, tight=role == "paragraph" and self.is_hand_broken(text))

    def is_hand_broken(self, text: str) -> bool:
        """A line that its author ended with Return where the paragraph goes on (an address, a mail pasted into Word)."""
        if not self.has_blank_lines or self.blank_since or self.last_role != "paragraph":
            return False
        if text.startswith(">") and self.last_text.startswith(">"):
            return True
        return max(len(text), len(self.last_text)) <= SHORT and not SENTENCE_END.search(self.last_text)

    def heading(self, text: str, depth: int, path: str = "") -> None:
        if text.strip():
            self.put(text, "heading", path, depth=depth)

    def item(self, text: str, depth: int, path: str = "", *, is_numbered: bool) -> None:
        """Short bullets stand one per line; a long or numbered one is often a whole answer and keeps its empty line."""
        short = max(len(text), len(self.last_text)) <= LONG_ITEM
        tight = self.last_role == "item" and not is_numbered and not self.blank_since and short
        self.put(text, "item", path, tight=tight, depth=depth)

    def open_table(self) -> Table:
        self.tables += 1
        return Table(self, self.tables)

    def put(self, text: str, role: str, path: str, *, tight: bool = False, depth: int = 0) -> tuple[int, int]:
        self.count += role != "row"
        span = self.record.block(text, role, path or self.path(), tight=tight, depth=depth)
        self.last_role, self.last_text, self.blank_since = role, text, False
        return span


@dataclass(slots=True)
class Table:
    """Rows of one table, one line each."""

    flow: Flow
    number: int
    line: int = field(default=0)

    def next_row(self) -> str:
        self.line += 1
        return f"tableau {self.number}, ligne {self.line}"

    def row(self, cells: list[str]) -> None:
        """The cells that have words, joined by a tab. Rows of several lines keep an empty line between them."""
        path = self.next_row()
        said = [(place, cell.strip(EDGES)) for place, cell in enumerate(cells, 1) if cell.strip(EDGES)]
        text = "\t".join(cell for _, cell in said)
        if not text:
            return
        tight = self.line > 1 and self.flow.last_role == "row" and "\n" not in text + self.flow.last_text
        at, _ = self.flow.put(text, "row", path, tight=tight)
        for place, cell in said if len(said) > 1 else ():
            self.flow.record.places.append(Place(at, at + len(cell), "cell", f"{path}, colonne {place}"))
            at += len(cell) + 1
