"""Bullets and numbers that Word generates: they are not in the paragraph, yet every reader of the paper sees them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from plaidoyer.reading.documents.archives import attribute, child, local
from plaidoyer.reading.documents.numerals import bullet, numeral

PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(slots=True)
class Level:
    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None


@dataclass(slots=True)
class Style:
    """What a paragraph or character style tells the reader; ``parent`` is the style it is based on."""

    name: str = ""
    parent: str = ""
    outline: int | None = None
    number: tuple[str, int] | None = None
    is_hidden: bool = False


class Styles:
    """styles.xml, with inheritance."""

    def __init__(self, root: etree._Element | None) -> None:
        self.styles: dict[str, Style] = {}
        for node in () if root is None else root:
            if local(node) == "style":
                self.styles[attribute(node, "styleId") or ""] = read_style(node)

    def chain(self, key: str) -> list[Style]:
        found: list[Style] = []
        seen: set[str] = set()
        while key in self.styles and key not in seen:
            seen.add(key)
            found.append(self.styles[key])
            key = self.styles[key].parent
        return found

    def heading(self, key: str) -> int:
        """1 to 9 for a heading, 0 for the rest. A title counts as level 1."""
        for style in self.chain(key):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
            match = re.match(r"(?:heading|titre|überschrift)\s*([1-9])$|(title|titre)$", style.name, re.IGNORECASE)
            if match:
                return int(match.group(1) or 1)
        return 0

    def number(self, key: str) -> tuple[str, int] | None:
        return next((style.number for style in self.chain(key) if style.number), None)

    def is_hidden(self, key: str) -> bool:
        return any(style.is_hidden for style in self.chain(key))


def read_style(node: etree._Element) -> Style:
    properties = child(node, "pPr")
    outline = child(properties, "outlineLvl")
    return Style(
        name=value(child(node, "name")) or "",
        parent=value(child(node, "basedOn")) or "",
        outline=int(value(outline) or 0) if outline is not None else None,
        number=number_of(properties),
        is_hidden=is_on(child(node, "rPr", "vanish")),
    )


def number_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """(list, level) of a paragraph's or style's properties."""
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    key = value(child(numbering, "numId"))
    level = value(child(numbering, "ilvl")) or "0"
    return (key or "", int(level) if level.isdigit() else 0) if key is not None else None


def value(node: etree._Element | None) -> str | None:
    return None if node is None else attribute(node, "val")


def is_on(node: etree._Element | None) -> bool:
    """Word's toggles: present means yes, unless it says no."""
    return node is not None and (value(node) or "true").lower() not in ("0", "false", "off", "none")


@dataclass(slots=True)
class List:
    """One numbered list as the document uses it; several lists may share the counters of one definition."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)
    is_begun: bool = False


class Numbering:
    """numbering.xml, and the counters while the document is walked in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self.lists: dict[str, List] = {}
        self.counters: dict[str, dict[int, int]] = {}
        if root is None:
            return
        definitions = {attribute(n, "abstractNumId") or "": read_levels(n) for n in root if local(n) == "abstractNum"}
        for node in root:
            if local(node) == "num":
                key = value(child(node, "abstractNumId")) or ""
                self.lists[attribute(node, "numId") or ""] = read_list(node, key, definitions.get(key, {}))

    def marker(self, number: tuple[str, int]) -> str:
        """The next marker of this list at this level, "" when it prints none; counts one up."""
        listing = self.lists.get(number[0])
        if listing is None:
            return ""
        depth = number[1]
        level = listing.levels.get(depth, Level(pattern=f"%{depth + 1}."))
        if level.style == "bullet":
            return bullet(level.pattern) or "•"
        counters = self.advance(listing, depth)
        legal = [counters.get(i, listing.levels.get(i, Level()).start) for i in range(9)]
        return PLACEHOLDER.sub(lambda m: self.printed(listing, int(m.group(1)) - 1, legal), level.pattern).strip()

    def printed(self, listing: List, depth: int, counted: list[int]) -> str:
        return numeral(counted[depth], listing.levels.get(depth, Level()).style)

    def advance(self, listing: List, depth: int) -> dict[int, int]:
        counters = self.counters.setdefault(listing.definition, {})
        if not listing.is_begun:
            listing.is_begun = True
            for depth_told, start in listing.starts.items():
                counters[depth_told] = start - 1
        level = listing.levels.get(depth, Level())
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [key for key in counters if key > depth]:
            restart = listing.levels.get(deeper, Level()).restart
            if restart != 0 and (restart is None or depth < restart):
                del counters[deeper]
        return counters


def read_levels(node: etree._Element) -> dict[int, Level]:
    return {int(attribute(n, "ilvl") or 0): read_level(n) for n in node if local(n) == "lvl"}


def read_level(node: etree._Element) -> Level:
    start = value(child(node, "start")) or "1"
    restart = value(child(node, "lvlRestart"))
    return Level(
        style=value(child(node, "numFmt")) or "decimal",
        pattern=value(child(node, "lvlText")) or "",
        start=int(start) if start.isdigit() else 1,
        restart=int(restart) if restart and restart.isdigit() else None,
    )


def read_list(node: etree._Element, definition: str, levels: dict[int, Level]) -> List:
    listing = List(definition, dict(levels))
    for override in node:
        if local(override) != "lvlOverride":
            continue
        depth = int(attribute(override, "ilvl") or 0)
        own = child(override, "lvl")
        if own is not None:
            listing.levels[depth] = read_level(own)
        start = value(child(override, "startOverride"))
        if start and start.isdigit():
            listing.starts[depth] = int(start)
    return listing
