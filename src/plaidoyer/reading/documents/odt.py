"""OpenDocument text (.odt): content.xml walked by us."""

from __future__ import annotations

from lxml import etree

from plaidoyer.reading.documents.archives import Archive, attribute, child, local
from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.flow import Flow
from plaidoyer.reading.documents.odt_styles import Counter, Styles, whole
from plaidoyer.reading.documents.odt_words import Words
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import without_text

EXTRACTOR = "odt 1"
CELLS = {"table-cell"}
ROW_GROUPS = {"table-header-rows", "table-row-group", "table-rows"}
MARGINS = {
    "header": "header",
    "header-left": "header",
    "header-first": "header",
    "footer": "footer",
    "footer-left": "footer",
    "footer-first": "footer",
}


def read(data: bytes, record: Record) -> str:
    archive = Archive(data)
    manifest = archive.read("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise without_text("encrypted", "Ce fichier est protégé par un mot de passe : demandez une version sans protection.")
    root = archive.xml("content.xml")
    body = child(root, "body", "text")
    if root is None or body is None:
        raise without_text("damaged", "Ce document LibreOffice est incomplet et ne peut pas être ouvert : demandez à la liste de le renvoyer.")
    letter = Letter(record, root, archive.xml("styles.xml"))
    text = letter.read(body)
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        record.notice("macros", "Ce document contient des macros : son texte est lu, aucune macro n'est exécutée.")
    return text


class Letter:
    """One OpenDocument text while it is read."""

    def __init__(self, record: Record, content: etree._Element, styles: etree._Element | None) -> None:
        self.record, self.master = record, styles
        self.styles = Styles()
        self.styles.learn(styles)
        self.styles.learn(content)
        self.findings = Findings()
        self.notes: list[tuple[str, etree._Element]] = []
        self.words = Words(self.styles, self.findings, self.call_note)
        self.flow = Flow(record)
        self.counters: dict[str, Counter] = {}
        self.outline = Counter(self.styles.outline)

    def read(self, body: etree._Element) -> str:
        empty = ["".join(map(str, node.itertext())).strip() == "" for node in body if local(node) == "p"]
        self.flow.has_blank_lines = sum(empty[1:-1]) >= 2
        self.blocks(body)
        for mark, node in self.notes:
            self.record.set_apart(f"[{mark}] {self.lines(node)}", "note", f"note {mark}")
        self.margins()
        self.findings.tell(self.record)
        if not self.record.length and self.findings.images:
            self.record.notice("images-only", "Ce document ne contient que des images : déposez-les une à une, ou saisissez le texte à la main.")
        return self.record.finish()

    def blocks(self, node: etree._Element, role: str = "paragraph", path: str = "") -> None:
        for inner in node:
            tag = local(inner)
            if tag == "p":
                self.paragraph(inner, role, path)
            elif tag == "h":
                self.heading(inner, path)
            elif tag == "list":
                self.listing(inner, 1, path)
            elif tag == "table":
                self.table(inner)
            elif tag == "tracked-changes":
                self.changes(inner)
            elif tag in ("frame", "text-box", "g", "custom-shape", "rect"):
                self.blocks(inner, "box", path or "zone de texte")
            elif tag in ("section", "index-body", "numbered-paragraph", "index-title") or tag.endswith("-index") or tag == "table-of-content":
                self.section(inner, role, path)

    def section(self, node: etree._Element, role: str, path: str) -> None:
        if attribute(node, "display") == "none":
            self.findings.hidden.append("".join(map(str, node.itertext())))
        else:
            self.blocks(node, role, path)

    def paragraph(self, node: etree._Element, role: str, path: str) -> None:
        if self.styles.is_hidden(attribute(node, "style-name") or ""):
            self.findings.hidden.append("".join(map(str, node.itertext())))
            return
        text = self.words.text(node)
        boxes = list(self.words.boxes)
        self.flow.paragraph(text, role, path)
        self.frames(boxes)

    def frames(self, boxes: list[etree._Element]) -> None:
        for box in sorted(boxes, key=height_on_page):
            self.blocks(box, "box", f"{self.flow.path()}, zone de texte")

    def heading(self, node: etree._Element, path: str) -> None:
        text = self.words.text(node)
        boxes = list(self.words.boxes)
        depth = whole(attribute(node, "outline-level"), 1)
        marker = self.outline.marker(depth) if text.strip() and attribute(node, "is-list-header") != "true" else ""
        self.flow.heading(f"{marker} {text.strip()}" if marker else text, depth, path)
        self.frames(boxes)

    def listing(self, node: etree._Element, depth: int, path: str, name: str = "") -> None:
        name = attribute(node, "style-name") or name
        counter = self.counter(node, name, depth)
        for item in node:
            if local(item) in ("list-item", "list-header"):
                self.item(item, depth, path, name, counter if local(item) == "list-item" else None)

    def counter(self, node: etree._Element, name: str, depth: int) -> Counter:
        """A list goes on counting only when it says so; nested lists share the counter of the whole."""
        goes_on = attribute(node, "continue-numbering") == "true" or attribute(node, "continue-list") is not None
        if (depth == 1 and not goes_on) or name not in self.counters:
            self.counters[name] = Counter(self.styles.lists.get(name, {}))
        return self.counters[name]

    def item(self, node: etree._Element, depth: int, path: str, name: str, counter: Counter | None) -> None:
        start = attribute(node, "start-value")
        for inner in node:
            tag = local(inner)
            if tag == "list":
                self.listing(inner, depth + 1, path, name)
            elif tag in ("p", "h"):
                self.item_paragraph(inner, tag, depth, path, counter, int(start) if start and start.isdigit() else None)
                counter = None  # only the first paragraph of an item carries its marker

    def item_paragraph(self, node: etree._Element, tag: str, depth: int, path: str, counter: Counter | None, start: int | None) -> None:
        text = self.words.text(node).strip()
        boxes = list(self.words.boxes)
        marker = counter.marker(depth, start) if counter and (text or start) else ""
        if tag == "h":
            self.flow.heading(f"{marker} {text}" if marker and text else text, whole(attribute(node, "outline-level"), 1), path)
        elif text and marker:
            self.flow.item(f"{marker} {text}", depth, path, is_numbered=any(letter.isalnum() for letter in marker))
        else:
            self.flow.paragraph(text, path=path)
        self.frames(boxes)

    def table(self, node: etree._Element) -> None:
        table = self.flow.open_table()
        for row in rows(node):
            cells = [cell for cell in row if local(cell) in CELLS]
            if len(cells) == 1:
                self.blocks(cells[0], path=table.next_row())
                continue
            table.row([self.cell(cell) for cell in cells])
            for cell in cells:
                for inner in cell:
                    if local(inner) == "table":
                        self.table(inner)

    def cell(self, node: etree._Element) -> str:
        lines = []
        for inner in node:
            if local(inner) in ("p", "h"):
                lines.append(self.words.text(inner).strip())
            elif local(inner) == "list":
                lines += self.list_lines(inner, 1, attribute(inner, "style-name") or "")
        return "\n".join(line for line in lines if line)

    def list_lines(self, node: etree._Element, depth: int, name: str) -> list[str]:
        """A list inside a cell, one marked line per item."""
        counter = self.counter(node, name, depth)
        lines: list[str] = []
        for item in node:
            marker = ""
            for inner in item:
                if local(inner) == "list":
                    lines += self.list_lines(inner, depth + 1, name)
                elif text := self.words.text(inner).strip():
                    marker = "" if marker else counter.marker(depth)
                    lines.append(f"{marker} {text}".strip())
        return lines

    def call_note(self, node: etree._Element) -> str:
        citation = child(node, "note-citation")
        mark = (attribute(citation, "label") or "".join(map(str, citation.itertext())) if citation is not None else "").strip()
        body = child(node, "note-body")
        if body is not None:
            self.notes.append((mark, body))
        return f"[{mark}]"

    def lines(self, node: etree._Element) -> str:
        texts = [Words(self.styles, self.findings, self.call_note).text(p).strip() for p in node.iter() if local(p) in ("p", "h")]
        return "\n".join(text for text in texts if text)

    def changes(self, node: etree._Element) -> None:
        self.findings.insertions += sum(local(d) == "insertion" for d in node.iter())
        for deletion in (d for d in node.iter() if local(d) == "deletion"):
            words = [p for p in deletion if local(p) != "change-info"]
            self.findings.deletions.append(" ".join("".join(map(str, p.itertext())) for p in words))

    def margins(self) -> None:
        for node in () if self.master is None else self.master.iter():
            kind = MARGINS.get(local(node))
            if kind:
                self.record.set_apart(self.lines(node), kind, "en-tête" if kind == "header" else "pied de page")


def rows(table: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for node in table:
        if local(node) == "table-row":
            found.append(node)
        elif local(node) in ROW_GROUPS:
            found += rows(node)
    return found


def height_on_page(box: etree._Element) -> float:
    """The box's height on the page in points; 0 when the file does not tell."""
    for node in (box, box.getparent()):
        told = attribute(node, "y") if node is not None else None
        if told:
            return points(told)
    return 0.0


def points(told: str) -> float:
    """Give « 2.5cm » in points."""
    units = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0}
    number, unit = told[:-2], told[-2:]
    try:
        return float(number) * units.get(unit, 0.0)
    except ValueError:
        return 0.0
