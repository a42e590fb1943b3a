"""Words with boxes into reading order: strips, gutters, columns. Points from the top left of the page.

An XY-cut that looks for a gutter shared by neighbouring strips before it accepts columns: cutting at the widest white gap, as the
plain algorithm does, reads two columns alternately when their paragraphs happen to end at the same height.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

Interval = tuple[float, float]


@dataclass(slots=True)
class Word:
    """A run of letters. ``gap`` is the white sign typed before it, ``order`` its rank in the file, ``atom`` what it stands for when it is a frame."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    gap: str = " "
    order: int = 0
    sure: float = 100.0
    atom: Frame | None = None

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Line:
    """Words side by side."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words, parted by what the author typed, or by a tab where the white is wider than any space."""
        parts = [self.words[0].text]
        usual = usual_gap(self.words)
        for one, following in itertools.pairwise(self.words):
            is_marker = one is self.words[0] and len(one.text) <= 4 and not one.text.isalpha()
            wide = following.left - one.right > max(2.5 * max(one.size, following.size), 2.2 * usual) and not is_marker
            parts += ["\t" if wide else following.gap if following.order == one.order + 1 else " ", following.text]
        return "".join(parts)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        return max(word.bottom for word in self.words)

    @property
    def size(self) -> float:
        return statistics.median(word.size for word in self.words)

    @property
    def box(self) -> tuple[float, float, float, float]:
        return (round(self.left, 1), round(self.top, 1), round(self.right, 1), round(self.bottom, 1))


@dataclass(slots=True)
class Frame:
    """A drawn box or table: its words are read together. ``rows`` is empty for a simple box."""

    left: float
    top: float
    right: float
    bottom: float
    columns: list[float] = field(default_factory=list)
    rows: list[float] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def holds(self, word: Word) -> bool:
        return self.left <= (word.left + word.right) / 2 <= self.right and self.top <= word.middle <= self.bottom

    @property
    def is_table(self) -> bool:
        return len(self.rows) >= 2 and len(self.columns) >= 3

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(slots=True)
class Region:
    """Lines that are read from top to bottom; ``is_grid`` when they are the rows of a table without rules."""

    lines: list[Line]
    is_grid: bool = False


def regions(words: Sequence[Word]) -> list[Region]:
    """The page's regions in reading order."""
    return coalesce(cut(list(words), 0))


def cut(words: list[Word], depth: int) -> list[Region]:
    if not words:
        return []
    if depth > 8:
        return [Region(lines_of(words))]
    found: list[Region] = []
    for group in groups(words):
        columns = split(group) if depth < 8 else None
        if columns is None:
            found.append(Region(lines_of(group)))
        elif tail := below_grid(*columns):
            found.append(Region(lines_of(without(group, tail)), is_grid=True))
            found += cut(tail, depth + 1)
        elif is_grid(*columns):
            found.append(Region(lines_of(group), is_grid=True))
        else:
            for side in columns:
                found += cut(side, depth + 1)
                found.append(Region([]))  # a column's end: its lines must not run into the next one's
    return found


def coalesce(found: list[Region]) -> list[Region]:
    """Neighbouring groups of one column are one region again."""
    merged: list[Region] = []
    for region in found:
        last = merged[-1] if merged else None
        if last and last.lines and region.lines and not last.is_grid and not region.is_grid:
            last.lines += region.lines
        else:
            merged.append(region)
    return [region for region in merged if region.lines]


def lines_of(words: list[Word]) -> list[Line]:
    """Words whose heights overlap by half stand on one line; an exponent belongs to the line that it touches."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.left)):
        if lines and shares_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [Line(sorted(line, key=lambda w: w.left)) for line in lines]


def shares_line(line: list[Word], word: Word) -> bool:
    top, bottom = min(w.top for w in line), max(w.bottom for w in line)
    tallest = max(line, key=lambda w: w.bottom - w.top)
    top, bottom = tallest.top, tallest.bottom
    overlap = min(bottom, word.bottom) - max(top, word.top)
    return overlap >= 0.55 * min(bottom - top, word.bottom - word.top) and abs(tallest.middle - word.middle) < 0.7 * max(tallest.size, word.size)


def strips(words: list[Word]) -> list[list[Word]]:
    """Groups of words with white right across between them. Heights are narrowed: set solid, lines touch."""
    found: list[list[Word]] = []
    floor = float("-inf")
    for word in sorted(words, key=lambda w: w.middle - half(w)):
        if word.middle - half(word) > floor:
            found.append([])
        found[-1].append(word)
        floor = max(floor, word.middle + half(word))
    return found


def half(word: Word) -> float:
    return (word.bottom - word.top) * (0.5 if word.atom else 0.25)


def free(words: list[Word], bounds: Interval, stretch: float = 0.0) -> list[Interval]:
    """White intervals across ``bounds``, wide enough to be a gutter, and wider than ``stretch``."""
    least = max(1.4 * statistics.median(word.size for word in words), stretch)
    found, at = [], bounds[0]
    for word in sorted(words, key=lambda w: w.left):
        if word.left - at >= least:
            found.append((at, word.left))
        at = max(at, word.right)
    if bounds[1] - at >= least:
        found.append((at, bounds[1]))
    return found


def usual_gap(words: list[Word]) -> float:
    """The usual white between the words of a line; justified text that its author cut with Shift+Return is stretched wide. 0 for few words."""
    across = sorted(words, key=lambda w: w.left)
    gaps = [b.left - a.right for a, b in itertools.pairwise(across)]
    return statistics.median(gaps) if len(gaps) >= 3 else 0.0


def common(one: list[Interval], other: list[Interval], least: float) -> list[Interval]:
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [(left, right) for left, right in pairs if right - left >= least]


def groups(words: list[Word]) -> list[list[Word]]:
    """Runs of strips that leave the same gutter white."""
    bounds = (min(word.left for word in words), max(word.right for word in words))
    size = statistics.median(word.size for word in words)
    found: list[list[Word]] = []
    gutters: list[Interval] = []
    floor = 0.0
    for strip in strips(words):
        white = inner(bounds, free(strip, bounds, 2.2 * usual_gap(strip)))
        shared = common(gutters, white, 1.6 * size)  # a little more than a gutter, so that the run of strips keeps one
        near = min(word.top for word in strip) - floor < 3 * size
        if found and shared and near and (is_two_sided(found[-1], gutters) or not is_two_sided(strip, white)):
            found[-1] += strip
            gutters = shared
        else:
            found.append(list(strip))
            gutters = white
        floor = max(word.bottom for word in strip)
    return found


def is_two_sided(words: list[Word], gutters: list[Interval]) -> bool:
    """Whether there are words on both sides of one of the gutters: a column may end early, it does not begin alone."""
    low, high = min(word.left for word in words), max(word.right for word in words)
    return any(low < left and right < high for left, right in gutters)


def inner(bounds: Interval, white: list[Interval]) -> list[Interval]:
    """Indents and ragged ends are no gutters: the white must leave a tenth of the width on each side."""
    width = bounds[1] - bounds[0]
    low, high = bounds[0] + 0.12 * width, bounds[1] - 0.12 * width
    return [(left, right) for left, right in white if right > low and left < high]


def split(words: list[Word]) -> tuple[list[Word], list[Word]] | None:
    """Left and right of the widest gutter, None when there is no gutter with two lines on each side."""
    bounds = (min(word.left for word in words), max(word.right for word in words))
    for left, right in sorted(free(words, bounds), key=lambda gap: gap[0] - gap[1]):
        middle = (left + right) / 2
        sides = [w for w in words if w.right <= middle], [w for w in words if w.left >= middle]
        if all(len(lines_of(side)) >= 2 for side in sides) and all(sides):
            return sides
    return None


def is_grid(left: list[Word], right: list[Word]) -> bool:
    """Whether two columns are a table: short labels, each at the height of a value. Prose fills its column."""
    rows, values = lines_of(left), lines_of(right)
    aligned = sum(any(abs(row.words[0].middle - value.words[0].middle) < 2 for value in values) for row in rows)
    if aligned < 0.8 * len(rows) or has_frame(left) or has_frame(right):
        return False
    if is_running(rows) and is_running(values):
        return False
    return filled(rows, min(word.left for word in right)) < 0.75 and pitch(rows) >= pitch(values) * 0.95


def is_running(lines: list[Line]) -> bool:
    """Whether lines go on one another's sentence: a third of them begins with a small letter."""
    return sum(line.text[:1].islower() for line in lines[1:]) >= max(1, len(lines) // 3)


def below_grid(left: list[Word], right: list[Word]) -> list[Word]:
    """Lines of the left side under the last value, when what is above them is a table: they have left it."""
    floor = max(word.bottom for word in right)
    tail = [word for word in left if word.top > floor - 1]
    rows = [word for word in left if word.top <= floor - 1]
    return tail if tail and rows and is_grid(rows, right) else []


def without(words: list[Word], gone: list[Word]) -> list[Word]:
    keys = {id(word) for word in gone}
    return [word for word in words if id(word) not in keys]


def has_frame(words: list[Word]) -> bool:
    return any(word.atom for word in words)


def filled(lines: list[Line], edge: float) -> float:
    """The share of the width up to the next column that the middling line takes."""
    left = min(line.left for line in lines)
    return statistics.median((line.right - line.left) / (edge - left) for line in lines) if edge > left else 1.0


def pitch(lines: list[Line]) -> float:
    steps = [b.words[0].middle - a.words[0].middle for a, b in itertools.pairwise(lines)]
    return statistics.median(steps) if steps else 0.0
