"""Word (.docx, .docm): the XML walked by us. Every converter tried lost something (docs/documents.md)."""

from __future__ import annotations

import re

from lxml import etree

from plaidoyer.reading.documents.archives import Archive, attribute, child, local
from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.flow import Flow
from plaidoyer.reading.documents.numerals import numeral
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import without_text
from plaidoyer.reading.documents.sniffing import main_part
from plaidoyer.reading.documents.word_numbering import Numbering, Styles, is_on, number_of, value
from plaidoyer.reading.documents.word_runs import Runs, deleted_words

EXTRACTOR = "docx 1"
TRANSPARENT = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body"}


def read(data: bytes, record: Record) -> str:
    archive = Archive(data)
    part = main_part(archive)
    root = archive.xml(part) if part else None
    if root is None or part is None:
        raise without_text("damaged", "Ce document Word est incomplet et ne peut pas être ouvert : demandez à la liste de le renvoyer.")
    return Letter(archive, part, record).read(root)


class Letter:
    """One Word document while it is read."""

    def __init__(self, archive: Archive, part: str, record: Record) -> None:
        self.archive, self.folder, self.record = archive, part.rpartition("/")[0] + "/", record
        self.relations = relations(archive, part)
        self.styles = Styles(self.related("styles"))
        self.numbering = Numbering(self.related("numbering"))
        self.findings = Findings()
        self.notes: list[tuple[str, str, etree._Element]] = []
        self.runs = Runs(self.styles, self.findings, self.call_note)
        self.flow = Flow(record)
        self.joined = ""

    def related(self, kind: str) -> etree._Element | None:
        targets = [target for told, target in self.relations if told == kind]
        return self.archive.xml(targets[0]) if targets else None

    def read(self, root: etree._Element) -> str:
        body = child(root, "body")
        if body is not None:
            self.flow.has_blank_lines = uses_blank_lines(body)
            self.blocks(body)
        self.flush_joined()
        self.write_notes()
        self.write_margins()
        self.findings.tell(self.record)
        self.tell_contents()
        return self.record.finish()

    def blocks(self, node: etree._Element, role: str = "paragraph", path: str = "") -> None:
        for inner in node:
            tag = local(inner)
            if tag == "p":
                self.paragraph(inner, role, path)
            elif tag == "tbl":
                self.table(inner)
            elif tag in TRANSPARENT:
                self.blocks(inner, role, path)
            elif tag in ("del", "moveFrom"):
                self.findings.deletions.append(deleted_words(inner))
            elif tag == "AlternateContent":
                self.blocks(inner[0] if len(inner) else inner, role, path)
            elif tag == "altChunk":
                self.findings.foreign.add("un document incorporé")

    def paragraph(self, node: etree._Element, role: str, path: str) -> None:
        text = self.joined + self.runs.text(node)
        boxes = list(self.runs.boxes)
        properties = child(node, "pPr")
        if child(properties, "rPr", "del") is not None:  # its end is deleted: it runs into the next one
            self.joined = text
        else:
            self.joined = ""
            self.write(text, properties, role, path)
        for box in boxes:
            self.blocks(box, "box", f"{self.flow.path()}, zone de texte")

    def write(self, text: str, properties: etree._Element | None, role: str, path: str) -> None:
        style = value(child(properties, "pStyle")) or "Normal"
        number = number_of(properties) or self.styles.number(style)
        outline = value(child(properties, "outlineLvl"))
        depth = int(outline) + 1 if outline and outline.isdigit() and int(outline) < 9 else self.styles.heading(style)
        marker = self.numbering.marker(number) if number and text.strip() else ""
        if marker:
            text = f"{marker} {text.lstrip()}"
        if depth and role == "paragraph":
            self.flow.heading(text, depth, path)
        elif marker:
            self.flow.item(text, number[1] + 1 if number else 1, path, is_numbered=any(c.isalnum() for c in marker))
        else:
            self.flow.paragraph(text, role, path)

    def flush_joined(self) -> None:
        if self.joined:
            self.flow.paragraph(self.joined)
            self.joined = ""

    def table(self, node: etree._Element) -> None:
        table = self.flow.open_table()
        for row in rows(node):
            if child(row, "trPr", "del") is not None:
                self.findings.deletions.append(deleted_words(row))
                continue
            cells = [cell for cell in cells_of(row) if not is_covered(cell)]
            if len(cells) == 1:
                self.blocks(cells[0], path=table.next_row())
                continue
            texts = [self.cell(cell) for cell in cells]
            table.row([text for text, _ in texts])
            for nested in (table for _, tables in texts for table in tables):
                self.table(nested)

    def cell(self, node: etree._Element) -> tuple[str, list[etree._Element]]:
        """The lines of a cell, and the tables nested in it."""
        lines: list[str] = []
        nested: list[etree._Element] = []
        for inner in inside(node):
            if local(inner) == "tbl":
                nested.append(inner)
                continue
            text = self.runs.text(inner)
            number = number_of(child(inner, "pPr"))
            marker = self.numbering.marker(number) if number and text.strip() else ""
            lines.append(f"{marker} {text.strip()}" if marker else text.strip())
            for box in list(self.runs.boxes):
                lines += [self.runs.text(p).strip() for p in box if local(p) == "p"]
        return "\n".join(line for line in lines if line), nested

    def call_note(self, node: etree._Element) -> str:
        """Book the note and give its call; a mark typed by hand is already in the text."""
        kind = "footnotes" if local(node) == "footnoteReference" else "endnotes"
        same = sum(booked == kind for booked, _, _ in self.notes)
        mark = str(same + 1) if kind == "footnotes" else numeral(same + 1, "lowerRoman")
        self.notes.append((kind, mark, node))
        return "" if is_on(node) and attribute(node, "customMarkFollows") else f"[{mark}]"

    def write_notes(self) -> None:
        parts = {kind: self.related(kind) for kind in ("footnotes", "endnotes")}
        for kind, mark, node in list(self.notes):
            note = by_id(parts[kind], attribute(node, "id"))
            if note is not None:
                self.record.set_apart(f"[{mark}] {self.lines(note)}", "note", f"note {mark}")

    def lines(self, node: etree._Element) -> str:
        texts = (self.runs.text(p).strip() for p in node.iter() if local(p) == "p")
        return "\n".join(text for text in texts if text)

    def write_margins(self) -> None:
        for kind, path in (("header", "en-tête"), ("footer", "pied de page")):
            for told, target in self.relations:
                root = self.archive.xml(target) if told == kind else None
                if root is not None:
                    self.record.set_apart(self.lines(root), kind, path)

    def tell_contents(self) -> None:
        names = [name.lower() for name in self.archive.names]
        if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
            self.record.notice("macros", "Ce document Word contient des macros : son texte est lu, aucune macro n'est exécutée.")
        if any(name.startswith("word/embeddings/") for name in names):
            self.record.notice("embedded", "Ce document Word contient un fichier incorporé, qui n'est pas lu : ouvrez l'original.")
        if not self.record.length and self.findings.images:
            self.record.notice(
                "images-only",
                "Ce document Word ne contient que des images : enregistrez-les et déposez-les une à une, ou saisissez le texte à la main.",
            )


def by_id(root: etree._Element | None, key: str | None) -> etree._Element | None:
    return None if root is None else next((n for n in root if attribute(n, "id") == key), None)


def relations(archive: Archive, part: str) -> list[tuple[str, str]]:
    """(kind, part) pairs; what points outside the file is never followed."""
    folder, _, name = part.rpartition("/")
    root = archive.xml(f"{folder}/_rels/{name}.rels")
    found: list[tuple[str, str]] = []
    for node in () if root is None else root:
        target = str(node.get("Target", ""))
        if local(node) == "Relationship" and node.get("TargetMode") != "External":
            full = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found.append((str(node.get("Type", "")).rpartition("/")[2], re.sub(r"[^/]+/\.\./", "", full)))
    return found


def uses_blank_lines(body: etree._Element) -> bool:
    """Whether the author parts the paragraphs with empty ones, as on a typewriter."""
    empty = [not any(local(d) in ("t", "drawing", "pict", "object") for d in p.iter()) for p in body if local(p) == "p"]
    return sum(empty[1:-1]) >= 2


def rows(table: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for node in table:
        if local(node) == "tr":
            found.append(node)
        elif local(node) in TRANSPARENT:
            found += rows(node)
    return found


def cells_of(row: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for node in row:
        if local(node) == "tc":
            found.append(node)
        elif local(node) in TRANSPARENT:
            found += cells_of(node)
    return found


def inside(cell: etree._Element) -> list[etree._Element]:
    """Paragraphs and tables of a cell, in order."""
    found: list[etree._Element] = []
    for node in cell:
        if local(node) in ("p", "tbl"):
            found.append(node)
        elif local(node) in TRANSPARENT:
            found += inside(node)
    return found


def is_covered(cell: etree._Element) -> bool:
    """The lower part of a vertically merged cell."""
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge) != "restart"
