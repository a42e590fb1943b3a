"""The words of one OpenDocument paragraph. White space is collapsed as the format prescribes (ODF 1.3, 6.1.2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from plaidoyer.reading.documents.archives import attribute, local
from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.odt_styles import Styles, whole

SPACES = re.compile(r"[ \t\r\n]+")
NOT_TEXT = {
    "tracked-changes",
    "forms",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "desc",
    "title",
    "event-listeners",
    "ruby-text",
    "bookmark",
}
BOXES = {"text-box", "custom-shape", "rect", "ellipse", "line", "connector", "polygon"}


@dataclass(slots=True)
class Words:
    """Walks the inside of a paragraph; ``boxes`` then holds the frames hung on it."""

    styles: Styles
    findings: Findings
    call_note: Callable[[etree._Element], str]
    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    ends_in_space: bool = True

    def text(self, paragraph: etree._Element) -> str:
        self.parts, self.boxes, self.ends_in_space = [], [], True
        self.walk(paragraph)
        return "".join(self.parts)

    def walk(self, node: etree._Element) -> None:
        self.typed(node.text)
        for inner in node:
            self.visit(inner, local(inner))
            self.typed(inner.tail)

    def typed(self, text: str | None) -> None:
        """Runs of white space count for one space, none at the start: the file's own line ends are not the author's."""
        if not text:
            return
        text = SPACES.sub(" ", text)
        if self.ends_in_space:
            text = text.removeprefix(" ")
        if text:
            self.parts.append(text)
            self.ends_in_space = text.endswith(" ")

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.ends_in_space = text == "\n"

    def visit(self, node: etree._Element, tag: str) -> None:
        if tag == "s":
            self.put(" " * min(whole(attribute(node, "c"), 1), 200))
        elif tag in ("tab", "line-break"):
            self.put("\t" if tag == "tab" else "\n")
        elif tag == "span":
            self.span(node)
        elif tag == "note":
            self.put(self.call_note(node))
        elif tag == "annotation":
            self.findings.comments += 1
        elif tag in ("hidden-text", "hidden-paragraph"):
            self.findings.hidden.append(attribute(node, "string-value") or "".join(map(str, node.itertext())))
        else:
            self.other(node, tag)

    def other(self, node: etree._Element, tag: str) -> None:
        if tag in BOXES:
            self.boxes.append(node)
        elif tag == "image":
            self.findings.images += 1
        elif tag in ("object", "object-ole", "plugin", "applet"):
            self.findings.foreign.add("un objet incorporé")
        elif tag not in NOT_TEXT and tag:
            self.walk(node)

    def span(self, node: etree._Element) -> None:
        style = attribute(node, "style-name") or ""
        if self.styles.is_hidden(style):
            self.findings.hidden.append("".join(map(str, node.itertext())))
            return
        before = len(self.parts)
        self.walk(node)
        if self.styles.is_struck(style):
            self.findings.struck.append("".join(self.parts[before:]))
