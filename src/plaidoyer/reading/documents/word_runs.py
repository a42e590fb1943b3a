"""The words of one Word paragraph: runs, fields, tracked changes, notes, check boxes, and the text boxes hung on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from plaidoyer.reading.documents.archives import attribute, child, local
from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.numerals import CHECKS, bullet
from plaidoyer.reading.documents.word_numbering import Styles, is_on, value

DROPPED = {"del", "moveFrom"}
KEPT = {"ins", "moveTo"}
SKIPPED = {"pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText", "rt", "proofErr", "fldData", "tblPr", "trPr", "tcPr"}


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction is not text, its result is."""

    is_result: bool = False
    shown: str = ""


@dataclass(slots=True)
class Runs:
    """Walks the inside of a paragraph. ``call_note`` gives the marker of a note and books it."""

    styles: Styles
    findings: Findings
    call_note: Callable[[etree._Element], str]
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)

    def text(self, paragraph: etree._Element) -> str:
        """The visible words; ``boxes`` then holds the text boxes anchored here, top to bottom."""
        self.parts, self.boxes, self.struck = [], [], []
        self.walk(paragraph)
        if self.struck:
            self.findings.struck.append("".join(self.struck))
        self.boxes.sort(key=height_on_page)
        return "".join(self.parts)

    def walk(self, node: etree._Element) -> None:
        for inner in node:
            self.visit(inner, local(inner))

    def visit(self, node: etree._Element, tag: str) -> None:
        if tag in SKIPPED:
            if tag == "instrText":
                self.instruction(node.text or "")
        elif tag in DROPPED:
            self.findings.deletions.append(deleted_words(node))
        elif tag == "r":
            self.run(node)
        elif tag == "sdt":
            self.control(node)
        elif tag == "AlternateContent":
            self.alternative(node)
        elif tag in ("txbxContent", "textbox"):
            self.box(node)
        else:
            self.findings.insertions += tag in KEPT
            self.leaf(node, tag)

    def run(self, node: etree._Element) -> None:
        properties = child(node, "rPr")
        style = value(child(properties, "rStyle")) or ""
        if is_on(child(properties, "vanish")) or (child(properties, "vanish") is None and self.styles.is_hidden(style)):
            self.findings.hidden.append(visible_words(node))
            return
        before = len(self.parts)
        self.walk(node)
        if is_on(child(properties, "strike")) or is_on(child(properties, "dstrike")):
            self.struck += self.parts[before:]

    def leaf(self, node: etree._Element, tag: str) -> None:
        if self.fields and not self.fields[-1].is_result and tag != "fldChar":
            return
        if tag in WORDS:
            self.parts.append(WORDS[tag](node))
        elif tag == "fldChar":
            self.field(node)
        elif tag in ("footnoteReference", "endnoteReference"):
            self.parts.append(self.call_note(node))
        elif tag in ("blip", "imagedata", "commentReference"):
            self.findings.comments += tag == "commentReference"
            self.findings.images += tag != "commentReference"
        elif tag in ("object", "OLEObject"):
            self.findings.foreign.add("un objet incorporé")
            self.walk(node)
        else:
            self.walk(node)

    def field(self, node: etree._Element) -> None:
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self.fields.append(Field(shown=form_value(child(node, "ffData"))))
        elif kind == "separate" and self.fields:
            self.fields[-1].is_result = True
        elif kind == "end" and self.fields:
            self.parts.append(self.fields.pop().shown)

    def instruction(self, text: str) -> None:
        if text.split()[:1] and text.split(maxsplit=1)[0].upper() in ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE"):
            self.findings.foreign.add("un champ lié à un autre fichier")

    def control(self, node: etree._Element) -> None:
        """A content control; the grey "click here" of an unfilled one is the form's text, not the author's."""
        if child(node, "sdtPr", "showingPlcHdr") is None:
            content = child(node, "sdtContent")
            if content is not None:
                self.walk(content)

    def alternative(self, node: etree._Element) -> None:
        """The same drawing twice, for new and old Word: read one of them."""
        choices = [c for c in node if local(c) in ("Choice", "Fallback")]
        chosen = next((c for c in choices if any(local(d) == "txbxContent" for d in c.iter())), choices[0] if choices else None)
        if chosen is not None:
            self.walk(chosen)

    def box(self, node: etree._Element) -> None:
        if local(node) == "textbox":
            self.walk(node)
        else:
            self.boxes.append(node)


def deleted_words(node: etree._Element) -> str:
    return "".join(d.text or "" for d in node.iter() if local(d) in ("delText", "t"))


def visible_words(node: etree._Element) -> str:
    return "".join(d.text or "" for d in node.iter() if local(d) == "t")


def symbol(node: etree._Element) -> str:
    """A sign given by its place in a font: a ticked box must not be lost."""
    code = attribute(node, "char") or ""
    try:
        sign = chr(int(code, 16))
    except ValueError:
        return ""
    return CHECKS.get(sign) or bullet(sign)


def form_value(data: etree._Element | None) -> str:
    """What an old-style form field shows: a ticked box, a choice in a list."""
    box = child(data, "checkBox")
    if box is not None:
        ticked = child(box, "checked")
        return "☒" if is_on(ticked if ticked is not None else child(box, "default")) else "☐"
    choices = child(data, "ddList")
    if choices is None:
        return ""
    entries = [value(n) or "" for n in choices if local(n) == "listEntry"]
    chosen = value(child(choices, "result")) or "0"
    return entries[int(chosen)] if chosen.isdigit() and int(chosen) < len(entries) else ""


def height_on_page(box: etree._Element) -> tuple[int, int]:
    """Where the drawing stands, as far as the file tells: several boxes on one paragraph are drawn in any order."""
    anchor = next((a for a in box.iterancestors() if local(a) == "anchor"), None)
    return offset(anchor, "positionV"), offset(anchor, "positionH")


def offset(anchor: etree._Element | None, axis: str) -> int:
    told = child(anchor, axis, "posOffset")
    text = (told.text or "").strip() if told is not None else ""
    return int(text) if text.lstrip("-").isdigit() else 0


WORDS: dict[str, Callable[[etree._Element], str]] = {
    "t": lambda node: node.text or "", "sym": symbol, "tab": lambda _: "\t", "ptab": lambda _: "\t", "br": lambda _: "\n", "cr": lambda _: "\n",
    "noBreakHyphen": lambda _: "\u2011", "softHyphen": lambda _: "\u00ad",
}  # fmt: skip
