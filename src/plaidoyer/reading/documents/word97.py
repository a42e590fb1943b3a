"""Word 97–2003 (.doc), by office-oxide: the only reader tried that leaves tracked deletions out."""

from __future__ import annotations

import json
from typing import Any

from office_oxide import Document as OfficeDocument
from office_oxide import OfficeOxideError

from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.flow import Flow
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import refused, without_text

EXTRACTOR = "doc 1"
MAX_DEPTH = 60
Node = dict[str, Any]


def read(data: bytes, record: Record) -> str:
    try:
        document = OfficeDocument.from_bytes(data, "doc")
        sections: list[Node] = json.loads(document.to_ir_json())["sections"]
    except (OfficeOxideError, ValueError, KeyError) as error:
        raise without_text("damaged", "Ce document Word ancien n'a pas pu être ouvert : demandez une version PDF ou .docx.") from error
    return Letter(record).read(sections)


class Letter:
    """One old Word document, from the tree that the library makes of it."""

    def __init__(self, record: Record) -> None:
        self.record, self.flow, self.findings = record, Flow(record), Findings()
        self.has_lists = False

    def read(self, sections: list[Node]) -> str:
        empty = [not words(n).strip() for s in sections for n in s.get("elements", []) if n.get("type") == "paragraph"]
        self.flow.has_blank_lines = sum(empty[1:-1]) >= 2
        for section in sections:
            self.nodes(section.get("elements", []))
        for section in sections:
            for kind, path in (("header", "en-tête"), ("footer", "pied de page")):
                self.record.set_apart(words(section.get(kind) or {}), kind, path)
        if self.has_lists:
            self.record.notice(
                "list-marks", "Les puces et numéros automatiques de ce document Word ancien ne sont pas repris : comparez avec l'original."
            )
        self.findings.tell(self.record)
        return self.record.finish()

    def nodes(self, nodes: list[Node], role: str = "paragraph", path: str = "", depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise refused("too-deep", "Ce fichier est refusé : ses éléments sont imbriqués sans fin. Demandez une version PDF.")
        for node in nodes:
            self.node(node, node.get("type", ""), role, path, depth)

    def node(self, node: Node, kind: str, role: str, path: str, depth: int) -> None:
        if kind == "heading":
            self.flow.heading(words(node), int(node.get("level") or 1), path)
        elif kind == "list":
            self.items(node, 1, path)
        elif kind == "table":
            self.table(node, depth)
        elif kind == "text_box":
            self.nodes(node.get("content", []), "box", f"{self.flow.path()}, zone de texte", depth + 1)
        elif kind in ("footnote", "endnote"):
            self.record.set_apart(words(node), "note", "note")
        elif kind == "paragraph":
            self.findings.struck += struck(node)
            self.flow.paragraph(words(node), role, path)
        elif kind in ("image", "ole_object"):
            self.findings.images += 1
        else:
            self.flow.paragraph(words(node), role, path)

    def items(self, node: Node, depth: int, path: str) -> None:
        """The library does not tell bullets from numbers: a marker would be a guess."""
        self.has_lists = True
        for item in node.get("items", []):
            self.flow.item(words({"content": item.get("content", [])}), depth, path, is_numbered=True)
            if item.get("nested") and depth < MAX_DEPTH:
                self.items(item["nested"], depth + 1, path)

    def table(self, node: Node, depth: int) -> None:
        table = self.flow.open_table()
        for row in node.get("rows", []):
            cells = row.get("cells", [])
            if len(cells) == 1:
                self.nodes(cells[0].get("content", []), path=table.next_row(), depth=depth + 1)
            else:
                table.row([words(cell) for cell in cells])


def words(node: Node, depth: int = 0) -> str:
    """The words under a node: runs end to end, paragraphs one per line."""
    if depth > MAX_DEPTH:
        return ""
    if node.get("type") == "text":
        return str(node.get("text", ""))
    if node.get("type") in ("line_break", "break"):
        return "\n"
    inner = [*node.get("content", []), *(cell for row in node.get("rows", []) for cell in row.get("cells", []))]
    inner += [{"type": "paragraph", "content": item.get("content", [])} for item in node.get("items", [])]
    parts = [(words(child, depth + 1), child.get("type")) for child in inner if isinstance(child, dict)]
    blocks = any(kind in ("paragraph", "list", "table", "heading") for _, kind in parts)
    return ("\n" if blocks else "").join(text for text, _ in parts if text)


def struck(node: Node) -> list[str]:
    return [str(run.get("text", "")) for run in node.get("content", []) if isinstance(run, dict) and run.get("strikethrough")]
