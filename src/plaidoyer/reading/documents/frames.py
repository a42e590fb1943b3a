"""Boxes and tables that a PDF draws with rules or rectangles: what stands inside is read together, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plaidoyer.reading.documents.geometry import Frame, Word

THIN = 3.0  # points: thicker is a rectangle, thinner a rule
NEAR = 3.0  # rules this close touch
MAX_SHAPES = 3_000  # a drawing, not a form


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn path by its bounds, from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_flat(self) -> bool:
        return self.bottom - self.top < THIN

    @property
    def is_upright(self) -> bool:
        return self.right - self.left < THIN

    def touches(self, other: Shape) -> bool:
        return (
            self.left <= other.right + NEAR and other.left <= self.right + NEAR
            and self.top <= other.bottom + NEAR and other.top <= self.bottom + NEAR
        )  # fmt: skip


def frames(shapes: Sequence[Shape], page: tuple[float, float]) -> list[Frame]:
    """Frames of a page, the smallest first; what frames the whole page frames nothing."""
    if len(shapes) > MAX_SHAPES:
        return []
    found = [frame for cluster in clusters([s for s in shapes if useful(s)]) if (frame := framed(cluster))]
    return sorted((f for f in found if f.area < 0.6 * page[0] * page[1]), key=lambda f: f.area)


def useful(shape: Shape) -> bool:
    """Neither a dot nor the underline of a single word."""
    return max(shape.right - shape.left, shape.bottom - shape.top) > 8


def clusters(shapes: Sequence[Shape]) -> list[list[Shape]]:
    """Shapes that touch one another, directly or through others."""
    left = list(shapes)
    found: list[list[Shape]] = []
    while left:
        cluster, edge = [], [left.pop()]
        while edge:
            one = edge.pop()
            cluster.append(one)
            near = [s for s in left if one.touches(s)]
            left = [s for s in left if not one.touches(s)]
            edge += near
        found.append(cluster)
    return found


def framed(cluster: list[Shape]) -> Frame | None:
    """The frame that touching shapes make, None for a lone rule."""
    flat = [(s.top + s.bottom) / 2 for s in cluster if s.is_flat]
    upright = [(s.left + s.right) / 2 for s in cluster if s.is_upright]
    for shape in cluster:
        if not shape.is_flat and not shape.is_upright:
            flat += [shape.top, shape.bottom]
            upright += [shape.left, shape.right]
    rows, columns = distinct(flat), distinct(upright)
    if len(rows) < 2 or (len(columns) < 2 and len(rows) < 3):
        return None
    left, right = min(s.left for s in cluster), max(s.right for s in cluster)
    return Frame(left, rows[0], right, rows[-1], columns or [left, right], rows)


def distinct(values: list[float]) -> list[float]:
    """Sorted, those nearer than a line's height counted once."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 5:
            found.append(value)
    return found


def enclose(words: list[Word], found: Sequence[Frame]) -> list[Word]:
    """Words outside any frame, and one stand-in for each frame that holds some."""
    outside = list(words)
    for frame in found:
        inside = [word for word in outside if frame.holds(word)]
        if not inside:
            continue
        frame.words = inside
        kept = [word for word in outside if not frame.holds(word)]
        size = min(word.size for word in inside if word.size > 0) if any(word.size > 0 for word in inside) else 10.0
        stand_in = Word("\ufffc", frame.left, frame.top, frame.right, frame.bottom, size, order=min(w.order for w in inside), atom=frame)
        outside = [*kept, stand_in]
    return outside


def struck(words: Sequence[Word], shapes: Sequence[Shape]) -> list[str]:
    """Words that a rule crosses in the middle: PDF has no other way to strike out."""
    rules = [shape for shape in shapes if shape.is_flat and not shape.is_upright]
    return [word.text for word in words if any(crosses(rule, word) for rule in rules)]


def crosses(rule: Shape, word: Word) -> bool:
    height = word.bottom - word.top
    shared = min(rule.right, word.right) - max(rule.left, word.left)
    return word.top + 0.35 * height < rule.top and rule.bottom < word.bottom - 0.2 * height and shared > 0.6 * (word.right - word.left)


def row_cells(frame: Frame) -> list[list[list[Word]]]:
    """Words by row and column. A word belongs where its middle stands."""
    table: list[list[list[Word]]] = [[[] for _ in frame.columns[1:]] for _ in frame.rows[1:]]
    for word in frame.words:
        row = place(frame.rows, word.middle)
        column = place(frame.columns, (word.left + word.right) / 2)
        table[row][column].append(word)
    return table


def place(edges: list[float], at: float) -> int:
    inside = sum(edge <= at for edge in edges) - 1
    return max(0, min(inside, len(edges) - 2))
