"""Lines of a page into paragraphs, items, headings and rows. A paragraph broken by a page or a column stays one."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from plaidoyer.reading.documents.flow import LONG_ITEM, TYPED_BULLET
from plaidoyer.reading.documents.frames import row_cells
from plaidoyer.reading.documents.geometry import Frame, Line, Region, Word, lines_of, regions

SENTENCE_END = re.compile(r"[.!?…:;»\"”)]\s*$")
NUMBERED = re.compile(
    r"\s*(?:\(?\d{1,2}(?:\.\w{1,2})*\s?[.)/°–-]+\)?|[a-zA-Z]\)|[IVX]{1,4}\s?[.)/–-]|(?:Questions?|Q|Points?|Articles?|Mesures?)\s?\d{1,2}\b|[–—•·▪◦●■□☐☒✓➢→*-])(?:[\s\xa0]|$)"
)
ANSWER = re.compile(r"(?:Oui|Non|Favorable|Défavorable|D['’]accord|Bien sûr|Absolument|Tout à fait|NON|OUI)\b")
LABEL = re.compile(r"[A-ZÀ-Ý][\w'’-]*(?: [\w'’-]+){0,3}[\s\xa0\u202f]?:\s")


@dataclass(slots=True)
class Piece:
    """A paragraph, or what one page has of it. ``cells`` are (start, end) of a row's cells in its text."""

    lines: list[Line]
    page: int
    role: str = "paragraph"
    depth: int = 0
    text: str = ""
    cells: list[tuple[int, int]] = field(default_factory=list)
    is_tight: bool = False
    continues: bool = False  # goes on the sentence of the piece before

    @property
    def box(self) -> tuple[float, float, float, float]:
        boxes = [line.box for line in self.lines]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in the whole document: the size of its letters, and the step between lines over that size."""

    size: float
    step: float

    @classmethod
    def of(cls, pages: list[list[Line]]) -> Measures:
        lines = [line for page in pages for line in page]
        weights = [line.size for line in lines for _ in range(max(1, len(line.text) // 10))]
        size = statistics.median(weights) if weights else 10.0
        steps = [
            (b.bottom - a.bottom) / max(a.size, 1.0) for page in pages for a, b in itertools.pairwise(page)
            if abs(a.size - b.size) < 0.5 and 0.8 < (b.bottom - a.bottom) / max(a.size, 1.0) < 2.2
        ]  # fmt: skip
        return cls(size, line_step(steps))


def line_step(steps: list[float]) -> float:
    """The usual step inside paragraphs: the smallest that is not rare. The most frequent may be the one between paragraphs of one line."""
    counts = Counter(round(step, 1) for step in steps)
    usual = [step for step, count in counts.items() if count >= max(2, 0.12 * len(steps))]
    return min(usual or counts, default=1.2)


def pieces(words: list[Word], page: int, measures: Measures) -> list[Piece]:
    """The page's pieces in reading order."""
    found: list[Piece] = []
    for region in regions(words):
        part = list(grid(region, page)) if region.is_grid else list(flow(region, page, measures))
        join(found, part)
    return found


def join(found: list[Piece], part: list[Piece]) -> None:
    """Append, marking the first piece when it goes on the sentence that the last one left open."""
    if found and part and is_open(found[-1], part[0]):
        part[0].continues = True
    found += part


def is_open(before: Piece, after: Piece) -> bool:
    if before.role not in ("paragraph", "item") or after.role != "paragraph":
        return False
    if SENTENCE_END.search(before.text) or NUMBERED.match(after.text):
        return False
    start = next((letter for letter in after.text if letter.isalnum()), "")
    return not start.isupper() or before.text.endswith(("-", "\u2010", ",")) or is_full(before.lines)


def is_full(lines: list[Line]) -> bool:
    """Whether the last line goes to the edge, as a line does that the page's end has broken."""
    return len(lines) > 1 and lines[-1].right > max(line.right for line in lines) - 3 * lines[-1].size


def grid(region: Region, page: int) -> Iterator[Piece]:
    """Rows of a table without rules; a line with no label goes on the row above."""
    edge = min(line.left for line in region.lines)
    row: list[Line] = []
    for line in [*region.lines, None]:
        if row and (line is None or line.left < edge + line.size):
            yield row_piece([[row_line] for row_line in halves(row)], row, page)
            row = []
        if line is not None:
            row.append(line)


def halves(row: list[Line]) -> list[Line]:
    """The cells of the row's first line, the words of the following lines put where they stand."""
    first = cells_of_line(row[0])
    for line in row[1:]:
        for word in line.words:
            nearest = max((cell for cell in first if cell.left <= word.left + 2), key=lambda c: c.left, default=first[-1])
            nearest.words.append(word)
    return first


def cells_of_line(line: Line) -> list[Line]:
    cells = [Line([line.words[0]])]
    for one, following in itertools.pairwise(line.words):
        if following.left - one.right > 1.4 * one.size:
            cells.append(Line([]))
        cells[-1].words.append(following)
    return cells


def row_piece(cells: list[list[Line]], lines: list[Line], page: int) -> Piece:
    """Cells joined by a tab, the lines of a cell by a line end."""
    texts = ["\n".join(line.text for part in cell for line in lines_of(part.words)) for cell in cells]
    said = [text for text in texts if text]
    piece = Piece(lines, page, "row", text="\t".join(said))
    at = 0
    for text in said:
        piece.cells.append((at, at + len(text)))
        at += len(text) + 1
    return piece


def flow(region: Region, page: int, measures: Measures) -> Iterator[Piece]:
    """Paragraphs of one column, frames in their place."""
    held: list[Line] = []
    left, right = usual_left(region.lines), usual_right(region.lines)
    for line in region.lines:
        frame = next((word.atom for word in line.words if word.atom), None)
        if frame is None:
            if held and begins(held, line, left, right, measures):
                yield paragraph(held, page, measures)
                held = []
            held.append(line)
            continue
        if held:
            yield paragraph(held, page, measures)
            held = []
        for word in line.words:
            yield from framed(word, page, measures)
    if held:
        yield paragraph(held, page, measures)


def framed(word: Word, page: int, measures: Measures) -> Iterator[Piece]:
    """A table row by row; a box as a page in the page; a plain word that shares the line as a paragraph."""
    frame = word.atom
    if frame is None:
        yield paragraph([Line([word])], page, measures)
    elif frame.is_table:
        yield from table(frame, page)
    else:
        for piece in pieces(frame.words, page, measures):
            piece.role = "box" if piece.role == "paragraph" else piece.role
            yield piece


def table(frame: Frame, page: int) -> Iterator[Piece]:
    for row in row_cells(frame):
        cells = [[Line(sorted(cell, key=lambda w: (w.middle, w.left)))] for cell in row if cell]
        if cells:
            yield row_piece(cells, [cell[0] for cell in cells], page)


def begins(held: list[Line], line: Line, left: float, right: float, measures: Measures) -> bool:
    """Whether ``line`` opens a paragraph: white above, another size, a bullet, or a line before that its author ended."""
    before, text = held[-1], line.text.lstrip("> ")
    step = (line.bottom - before.bottom) / max(before.size, line.size, 1.0)
    if step > measures.step * 1.22 or abs(line.size - before.size) > 0.12 * max(before.size, line.size) or TYPED_BULLET.match(text):
        return True
    # The first word would have found room on the line before: its author pressed Return.
    would_fit = before.right + (line.words[0].right - line.words[0].left) + 0.35 * line.size < right - 1
    ended = bool(SENTENCE_END.search(before.text))
    if NUMBERED.match(text):
        return ended or would_fit
    if line.text.startswith(">") and before.text.startswith(">"):
        return False
    if ended and not text[:1].islower():
        return would_fit or is_indented(held, line, left) or answers(before.text, text)
    return would_fit and ("\t" in text + before.text or follows_short_line(before, line, left, right))


def is_indented(held: list[Line], line: Line, left: float) -> bool:
    """Whether the line is set in, after one that is not, or after a paragraph of a single line."""
    return line.left > left + 0.8 * line.size and (held[-1].left < left + 0.4 * line.size or len(held) == 1)


def answers(before: str, text: str) -> bool:
    """A "yes" after a question, or a label with a colon after a full stop: new even when the line before was full."""
    return bool((before.rstrip().endswith("?") and ANSWER.match(text)) or LABEL.match(text))


def follows_short_line(before: Line, line: Line, left: float, right: float) -> bool:
    """A line that begins with a capital below one that stops well short, though no sentence ends there: a title, an address."""
    first = line.words[0].right - line.words[0].left
    start = next((letter for letter in line.text if letter.isalnum()), "")
    return start.isupper() and before.right + first < right - 0.1 * (right - left)


def usual_left(lines: list[Line]) -> float:
    """Where most lines begin, or the leftmost of them."""
    starts = sorted(line.left for line in lines)
    return starts[int(0.1 * (len(starts) - 1))]


def usual_right(lines: list[Line]) -> float:
    """Where full lines end: a few wider ones (a title, a table) do not make the others short."""
    ends = sorted(line.right for line in lines)
    return ends[int(0.85 * (len(ends) - 1))]


def paragraph(lines: list[Line], page: int, measures: Measures) -> Piece:
    text = "\n".join(line.text for line in lines)
    if TYPED_BULLET.match(text):
        return Piece(list(lines), page, "item", 1, text, is_tight=len(text) <= LONG_ITEM)
    if "\t" in text and len(lines) == 1:
        return row_piece([[cell] for cell in cells_of_line(lines[0])], list(lines), page)
    size = statistics.median(line.size for line in lines)
    if size > 1.15 * measures.size and len(text) < 200:
        return Piece(list(lines), page, "heading", 1 if size > 1.4 * measures.size else 2, text)
    return Piece(list(lines), page, text=text)
