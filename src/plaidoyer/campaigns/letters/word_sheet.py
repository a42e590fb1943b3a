"""A Word letter as plain data for the typesetter: paragraphs, looks, notes, pictures, tables. What it cannot set, it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from plaidoyer.campaigns.letters.word_package import REL, W, parsed
from plaidoyer.campaigns.letters.word_styles import Look, Numbering, Styles, paragraph_look, read_numbering, read_styles, run_look, value

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SHOWN = re.compile(r".*\.(png|jpe?g|gif|svg)", re.IGNORECASE)
EMU = 12_700  # of a point

type Paragraph = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``blocks``, ``head`` and ``foot`` are what letter.typ sets; fields stand in their texts between U+E000 and U+E001."""

    blocks: tuple[Paragraph, ...]
    head: tuple[Paragraph, ...] = ()
    foot: tuple[Paragraph, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    page: Mapping[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


class Reader:
    def __init__(self, parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]) -> None:
        self.parts, self.trees = parts, trees
        self.styles: Styles = read_styles(parts.get("word/styles.xml"))
        self.numbering: Numbering = read_numbering(parts.get("word/numbering.xml"))
        self.notes = {one.get(f"{W}id"): one for one in trees["word/footnotes.xml"].iter(f"{W}footnote")} if "word/footnotes.xml" in trees else {}
        self.pictures: dict[str, bytes] = {}
        self.warnings: dict[str, None] = {}
        self.links: dict[str, str] = {}

    def part(self, name: str) -> list[Paragraph]:
        """The blocks of one part, with the relations of that part."""
        self.links = relations(self.parts, name)
        tree = self.trees[name]
        body = tree.find(f"{W}body")
        return list(self.blocks(tree if body is None else body))

    def blocks(self, parent: etree._Element) -> Iterator[Paragraph]:
        for one in parent:
            if one.tag == f"{W}p":
                yield self.paragraph(one)
            elif one.tag == f"{W}tbl":
                yield self.table(one)
            elif one.tag == f"{W}sdt":
                content = one.find(f"{W}sdtContent")
                if content is not None:
                    yield from self.blocks(content)

    def paragraph(self, one: etree._Element) -> Paragraph:
        properties = one.find(f"{W}pPr")
        style = value(properties, "pStyle") or self.styles.normal
        look, mark = paragraph_look(properties).over(self.styles.look(style)), ""
        own = properties.find(f"{W}numPr") if properties is not None else None
        number, level = (value(own, "numId"), value(own, "ilvl") or "0") if own is not None else self.styles.numbered(style)
        if number and number != "0":
            mark, listed = self.numbering.mark(number, level)
            look = paragraph_look(properties).over(listed).over(look)
        runs = list(self.runs(one, look))
        return paragraph_data(runs, look, mark, is_broken_before=properties is not None and properties.find(f"{W}pageBreakBefore") is not None)

    def runs(self, parent: etree._Element, look: Look) -> Iterator[dict[str, Any]]:
        for one in parent:
            if one.tag == f"{W}r":
                yield from self.run(one, look)
            elif one.tag == f"{W}hyperlink":
                for run in self.runs(one, look):
                    yield run | ({"link": target} if (target := self.links.get(one.get(f"{R}id", ""), "")).startswith(("http", "mailto:")) else {})
            elif one.tag in {f"{W}ins", f"{W}smartTag", f"{W}fldSimple"}:
                yield from self.runs(one, look)
            elif one.tag == f"{W}sdt" and (content := one.find(f"{W}sdtContent")) is not None:
                yield from self.runs(content, look)

    def run(self, run: etree._Element, look: Look) -> Iterator[dict[str, Any]]:
        properties = run.find(f"{W}rPr")
        shape = run_look(properties).over(self.styles.look(value(properties, "rStyle")) if value(properties, "rStyle") else Look()).over(look)
        marks = {key: True for key, is_on in (("b", shape.bold), ("i", shape.italic), ("u", shape.underlined)) if is_on}
        if shape.size and shape.size != look.size:
            marks["size"] = shape.size  # type: ignore[assignment]
        for one in run:
            if one.tag == f"{W}t":
                yield {"t": one.text or "", **marks}
            elif one.tag == f"{W}tab":
                yield {"tab": True}
            elif one.tag in {f"{W}br", f"{W}cr"}:
                yield {"page": True} if one.get(f"{W}type") == "page" else {"t": "\n", **marks}
            elif one.tag == f"{W}noBreakHyphen":
                yield {"t": "\u2011", **marks}
            elif one.tag == f"{W}footnoteReference":
                yield {"note": self.note(one.get(f"{W}id"))}
            elif one.tag in {f"{W}drawing", f"{W}pict", f"{MC}AlternateContent"}:
                yield from self.picture(one)

    def note(self, number: str | None) -> list[dict[str, Any]]:
        """The runs of a footnote; its paragraphs follow each other."""
        found: list[dict[str, Any]] = []
        note = self.notes.get(number)
        for paragraph in note.iter(f"{W}p") if note is not None else ():
            found += [run for run in self.runs(paragraph, Look()) if "note" not in run]
        return found

    def picture(self, drawing: etree._Element) -> Iterator[dict[str, Any]]:
        if next(drawing.iter(f"{W}txbxContent"), None) is not None:
            self.warnings["Une zone de texte du modèle ne sera pas dans le PDF : mettez ses mots dans le corps de la lettre."] = None
            return
        blip, extent, about = (next(drawing.iter(name), None) for name in (f"{A}blip", f"{WP}extent", f"{WP}docPr"))
        target = self.links.get(blip.get(f"{R}embed", ""), "") if blip is not None else ""
        if not SHOWN.fullmatch(target) or target not in self.parts:
            self.warnings["Une image du modèle ne sera pas dans le PDF : enregistrez-la en PNG ou en JPEG."] = None
            return
        self.pictures[target] = self.parts[target]
        width = int(extent.get("cx", "0")) / EMU if extent is not None and extent.get("cx", "").isdigit() else 120
        said = (about.get("descr") or "") if about is not None else ""
        yield {"img": target, "width": max(10, min(width, 480)), "alt": said or "Image de la lettre"}

    def table(self, table: etree._Element) -> Paragraph:
        widths = [int(one.get(f"{W}w", "0") or 0) for one in table.iterfind(f"{W}tblGrid/{W}gridCol") if one.get(f"{W}w", "0").isdigit()]
        rows = [[list(self.blocks(cell)) for cell in row.iterfind(f"{W}tc")] for row in table.iterfind(f"{W}tr")]
        most = max((len(row) for row in rows), default=0)
        return {"table": [row + [[]] * (most - len(row)) for row in rows], "widths": widths if len(widths) == most and all(widths) else [1] * most}


def paragraph_data(runs: list[dict[str, Any]], look: Look, mark: str, *, is_broken_before: bool) -> Paragraph:
    made: Paragraph = {"runs": runs, "align": look.align or "left"}
    for key, told in (
        ("left", look.left),
        ("first", look.first),
        ("before", look.before),
        ("after", look.after),
        ("size", look.size),
        ("heading", look.heading),
    ):
        if told:
            made[key] = told
    if mark:
        made["mark"] = mark
    if is_broken_before:
        made["broken"] = True
    return made


def relations(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """What the identifiers of a part lead to: a picture of the file, an address."""
    folder, _, file = name.rpartition("/")
    data = parts.get(f"{folder}/_rels/{file}.rels")
    if data is None:
        return {}
    found = {}
    for one in parsed(data, name).iter(REL):
        target = one.get("Target", "")
        found[one.get("Id", "")] = (
            target if one.get("TargetMode") == "External" else target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        )
    return found


def read(parts: Mapping[str, bytes], trees: Mapping[str, etree._Element]) -> Sheet:
    reader = Reader(parts, trees)
    blocks = tuple(reader.part("word/document.xml"))
    head, foot = (tuple(one for name in used_part(trees, parts, kind) for one in reader.part(name)) for kind in ("header", "footer"))
    return Sheet(blocks, head, foot, reader.pictures, margins(trees["word/document.xml"]), tuple(reader.warnings))


def used_part(trees: Mapping[str, etree._Element], parts: Mapping[str, bytes], kind: str) -> list[str]:
    """The head or foot of ordinary pages."""
    links = relations(parts, "word/document.xml")
    for reference in trees["word/document.xml"].iter(f"{W}{kind}Reference"):
        if reference.get(f"{W}type", "default") == "default" and (name := links.get(reference.get(f"{R}id", ""), "")) in trees:
            return [name]
    return []


def margins(tree: etree._Element) -> dict[str, float]:
    found = next(tree.iter(f"{W}pgMar"), None)
    given = {
        side: int(found.get(f"{W}{side}", "")) / 20
        for side in ("top", "bottom", "left", "right")
        if found is not None and found.get(f"{W}{side}", "").isdigit()
    }
    return {side: max(28.0, min(size, 170.0)) for side, size in given.items()}
