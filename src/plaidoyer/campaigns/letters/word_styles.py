"""What a paragraph of Word looks like, once styles have been inherited: enough of it to set the same letter again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from plaidoyer.campaigns.letters.word_package import W, parsed

ALIGNMENTS = {"both": "justify", "distribute": "justify", "center": "center", "right": "right", "end": "right"}
BULLETS = {"bullet": "•"}
OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Look:
    """Lengths in points; None is « as inherited »."""

    align: str | None = None
    left: float | None = None
    first: float | None = None
    before: float | None = None
    after: float | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None
    heading: int | None = None

    def over(self, below: Look) -> Look:
        """Mine where I say something, ``below`` elsewhere."""
        return Look(*(mine if mine is not None else theirs for mine, theirs in zip(self.values(), below.values(), strict=True)))

    def values(self) -> tuple[object, ...]:
        return (self.align, self.left, self.first, self.before, self.after, self.size, self.bold, self.italic, self.underlined, self.heading)


@dataclass(slots=True)
class Styles:
    base: Look = field(default_factory=Look)
    normal: str = ""
    looks: dict[str, Look] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)  # style → (numId, level)

    def look(self, style: str, depth: int = 0) -> Look:
        if not style or depth > 20 or style not in self.looks:
            return self.base
        return self.looks[style].over(self.look(self.parents.get(style, ""), depth + 1))

    def numbered(self, style: str, depth: int = 0) -> tuple[str, str]:
        if not style or depth > 20:
            return "", ""
        return self.numbers.get(style) or self.numbered(self.parents.get(style, ""), depth + 1)


def value(parent: etree._Element | None, name: str, attribute: str = "val") -> str:
    found = None if parent is None else parent.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}{attribute}", "")


def points(text: str) -> float | None:
    """Twentieths of a point, as Word counts; nonsense counts for nothing."""
    try:
        return max(-400.0, min(float(text) / 20, 400.0)) if text else None
    except ValueError:
        return None


def switch(properties: etree._Element, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in OFF


def run_look(properties: etree._Element | None) -> Look:
    if properties is None:
        return Look()
    size = points(value(properties, "sz"))
    return Look(
        size=max(6.0, min(size * 10, 40.0)) if size else None,
        bold=switch(properties, "b"),
        italic=switch(properties, "i"),
        underlined=switch(properties, "u"),
    )


def paragraph_look(properties: etree._Element | None) -> Look:
    if properties is None:
        return Look()
    indent, spacing = properties.find(f"{W}ind"), properties.find(f"{W}spacing")
    told = indent.attrib if indent is not None else {}
    first = points(told.get(f"{W}firstLine", ""))
    hanging = points(told.get(f"{W}hanging", ""))
    outline = value(properties, "outlineLvl")
    return Look(
        align=ALIGNMENTS.get(jc, "left") if (jc := value(properties, "jc")) else None,
        left=points(told.get(f"{W}left", told.get(f"{W}start", ""))),
        first=-hanging if hanging is not None else first,
        before=points(spacing.get(f"{W}before", "")) if spacing is not None else None,
        after=points(spacing.get(f"{W}after", "")) if spacing is not None else None,
        heading=int(outline) + 1 if outline.isdigit() and int(outline) < 6 else None,
    )


def read_styles(data: bytes | None) -> Styles:
    styles = Styles()
    if data is None:
        return styles
    tree = parsed(data, "word/styles.xml")
    defaults = tree.find(f"{W}docDefaults")
    if defaults is not None:
        styles.base = paragraph_look(defaults.find(f"{W}pPrDefault/{W}pPr")).over(run_look(defaults.find(f"{W}rPrDefault/{W}rPr")))
    for one in tree.iter(f"{W}style"):
        name, properties = one.get(f"{W}styleId", ""), one.find(f"{W}pPr")
        look = paragraph_look(properties).over(run_look(one.find(f"{W}rPr")))
        title = value(one, "name").lower()
        if title.startswith("heading ") and title[8:].isdigit():
            look = replace(look, heading=min(int(title[8:]), 6))
        styles.looks[name], styles.parents[name] = look, value(one, "basedOn")
        if one.get(f"{W}default") in {"1", "true"} and one.get(f"{W}type") == "paragraph":
            styles.normal = name
        if properties is not None and (number := value(properties.find(f"{W}numPr"), "numId")):
            styles.numbers[name] = number, value(properties.find(f"{W}numPr"), "ilvl") or "0"
    return styles


@dataclass(slots=True)
class Numbering:
    """The marks of lists: a bullet, or a number counted as it comes."""

    levels: dict[tuple[str, str], tuple[str, str, int, Look]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def mark(self, number: str, level: str) -> tuple[str, Look]:
        if (number, level) not in self.levels:
            return "", Look()
        shape, pattern, start, look = self.levels[number, level]
        self.counts[number, level] = now = self.counts.get((number, level), start - 1) + 1
        for other in [one for one in self.counts if one[0] == number and one[1] > level]:
            del self.counts[other]
        if shape == "none":
            return "", look
        if shape == "bullet":
            return "•", look
        return pattern.replace(f"%{int(level) + 1}", counted(shape, now)) if f"%{int(level) + 1}" in pattern else counted(shape, now), look


def counted(shape: str, number: int) -> str:
    if shape == "lowerLetter":
        return chr(ord("a") + (number - 1) % 26)
    if shape == "upperLetter":
        return chr(ord("A") + (number - 1) % 26)
    return str(number)


def read_numbering(data: bytes | None) -> Numbering:
    numbering = Numbering()
    if data is None:
        return numbering
    tree = parsed(data, "word/numbering.xml")
    shapes = {one.get(f"{W}abstractNumId"): one for one in tree.iter(f"{W}abstractNum")}
    for number in tree.iter(f"{W}num"):
        shape = shapes.get(value(number, "abstractNumId"))
        for level in shape.iter(f"{W}lvl") if shape is not None else ():
            start = value(level, "start")
            numbering.levels[number.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0")] = (
                value(level, "numFmt") or "decimal",
                value(level, "lvlText"),
                int(start) if start.isdigit() else 1,
                paragraph_look(level.find(f"{W}pPr")),
            )
    return numbering
