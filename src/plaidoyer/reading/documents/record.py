"""The sheet on which every extractor writes: text of record, places and notices grow together, so spans cannot drift."""

from __future__ import annotations

from dataclasses import dataclass, field

from plaidoyer.reading.types import Attachment, Notice, Place, State

Box = tuple[float, float, float, float]
EDGES = " \t\r\n"


@dataclass(slots=True)
class Record:
    """Blocks are written in reading order; what stands apart (notes, headers, footers) waits until ``finish``."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[Place] = field(default_factory=list)
    notices: dict[str, Notice] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)
    is_ocr: bool = False
    state: State | None = None  # told by the reader when the mere presence of text does not decide
    pages: int | None = None
    doubts: list[Place] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    apart: list[tuple[str, str, str, int | None, Box | None]] = field(default_factory=list)
    glued: bool = False

    def block(
        self, text: str, role: str, path: str, *, tight: bool = False,
        page: int | None = None, box: Box | None = None, depth: int = 0,
    ) -> tuple[int, int]:  # fmt: skip
        """Write one block after a blank line, or after a line end when ``tight`` (items of a list, rows of a table)."""
        text = text.strip(EDGES)
        if not text:
            return self.length, self.length
        if self.length and not self.glued:
            self.write("\n" if tight else "\n\n")
        self.glued = False
        start = self.length
        self.write(text)
        self.places.append(Place(start, self.length, role, path, page, box, depth))
        return start, self.length

    def write(self, text: str) -> None:
        """Append raw text; the caller adds its places."""
        self.parts.append(text)
        self.length += len(text)

    def set_apart(self, text: str, role: str, path: str, page: int | None = None, box: Box | None = None) -> None:
        """Keep a note, header or footer for the end; the same words twice are kept once."""
        text = text.strip(EDGES)
        if text and not any(text == t and role == r for t, r, *_ in self.apart):
            self.apart.append((text, role, path, page, box))

    def notice(self, code: str, sentence: str) -> None:
        """Tell the reviewer something; one sentence per code, the last one stands."""
        self.notices[code] = Notice(code, sentence)

    def finish(self) -> str:
        """Write what stood apart — notes, then headers, then footers — and give the whole text."""
        for wanted in ("note", "header", "footer"):
            for text, role, path, page, box in self.apart:
                if role == wanted:
                    self.block(text, role, path, page=page, box=box)
        self.apart.clear()
        return "".join(self.parts)


def plural(count: int, one: str, many: str) -> str:
    """Give « 1 suppression », « 3 suppressions »."""
    return f"{count} {one if count == 1 else many}"


def excerpt(text: str, limit: int = 80) -> str:
    """The first words, on one line, for a notice."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
