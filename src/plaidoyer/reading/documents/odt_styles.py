"""OpenDocument styles that change what is read: list markers, hidden text, struck text."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from plaidoyer.reading.documents.archives import attribute, child, local
from plaidoyer.reading.documents.numerals import bullet, numeral


@dataclass(slots=True)
class Level:
    """One level of a list style; ``shown`` is how many levels its number prints ("1.2" is 2)."""

    sign: str = ""
    style: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class Style:
    parent: str = ""
    listing: str = ""
    is_hidden: bool = False
    is_struck: bool = False


@dataclass(slots=True)
class Styles:
    """styles.xml and the automatic styles of content.xml together."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)

    def learn(self, root: etree._Element | None) -> None:
        for node in () if root is None else root.iter():
            tag = local(node)
            if tag == "list-style":
                self.lists[attribute(node, "name") or ""] = read_levels(node)
            elif tag == "outline-style":
                self.outline = read_levels(node)
            elif tag == "style":
                self.styles[attribute(node, "name") or ""] = read_style(node)

    def chain(self, key: str) -> list[Style]:
        found: list[Style] = []
        while key in self.styles and len(found) < 20:
            found.append(self.styles[key])
            key = self.styles[key].parent
        return found

    def is_hidden(self, key: str) -> bool:
        return any(style.is_hidden for style in self.chain(key))

    def is_struck(self, key: str) -> bool:
        return any(style.is_struck for style in self.chain(key))

    def listing(self, key: str) -> str:
        return next((style.listing for style in self.chain(key) if style.listing), "")


def read_style(node: etree._Element) -> Style:
    properties = child(node, "text-properties")
    display = None if properties is None else attribute(properties, "display")
    struck = None if properties is None else attribute(properties, "text-line-through-style")
    return Style(
        parent=attribute(node, "parent-style-name") or "",
        listing=attribute(node, "list-style-name") or "",
        is_hidden=display == "none",
        is_struck=struck not in (None, "none"),
    )


def read_levels(node: etree._Element) -> dict[int, Level]:
    return {whole(attribute(n, "level"), 1): read_level(n) for n in node if local(n).startswith(("list-level-style", "outline-level-style"))}


def read_level(node: etree._Element) -> Level:
    sign = bullet(attribute(node, "bullet-char") or "•") if local(node) == "list-level-style-bullet" else ""
    return Level(
        sign=sign,
        style=attribute(node, "num-format") or "",
        prefix=attribute(node, "num-prefix") or "",
        suffix=attribute(node, "num-suffix") or "",
        start=whole(attribute(node, "start-value"), 1),
        shown=whole(attribute(node, "display-levels"), 1),
    )


def whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() else default


class Counter:
    """The numbers of one list, level by level, as they are printed."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self.levels = levels
        self.counts: dict[int, int] = {}

    def marker(self, depth: int, start: int | None = None) -> str:
        level = self.levels.get(depth, Level())
        if level.sign:
            return level.sign
        self.counts[depth] = start if start is not None else self.counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in self.counts if key > depth]:
            del self.counts[deeper]
        if not level.style:
            return ""
        shown = [self.printed(d) for d in range(max(1, depth - level.shown + 1), depth + 1)]
        return level.prefix + ".".join(number for number in shown if number) + level.suffix

    def printed(self, depth: int) -> str:
        level = self.levels.get(depth, Level())
        return numeral(self.counts.get(depth, level.start), level.style)
