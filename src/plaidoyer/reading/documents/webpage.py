"""HTML letters and the HTML of mails: the DOM of a real parser, laid out as a browser would read it aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.flow import Flow
from plaidoyer.reading.documents.numerals import numeral
from plaidoyer.reading.documents.plain import BOMS, decode
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import refused

EXTRACTOR = "html 1"
MAX_NODES = 300_000
MAX_DEPTH = 400
META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)",
    re.IGNORECASE,
)
NOTE_LINK = re.compile(r"#_?(?:sd)?(?:ftn|footnote|fn|edn|endnote|note)", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")
IGNORED = {
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "svg",
    "math",
    "select",
    "canvas",
    "video",
    "audio",
}
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre",
    "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "legend",
}  # fmt: skip
LOOSE = {"p", "blockquote", "ul", "ol", "dl", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "figure", "fieldset"}
HEADINGS = {f"h{n}": n for n in range(1, 7)}
LIST_STYLES = {"a": "a", "A": "A", "i": "i", "I": "I", "1": "1"}
QUOTE_MARKS = (
    "gmail_quote",
    "yahoo_quoted",
    "moz-cite-prefix",
    "protonmail_quote",
    "divrplyfwdmsg",
    "appendonsend",
    "ms-outlook-mobile-reference-message",
)


def read(data: bytes, record: Record) -> str:
    return read_html(decode_html(data), record)


def read_html(html: str, record: Record, *, is_mail: bool = False) -> str:
    """Lay an HTML text on ``record``. In a mail, a blockquote is the quoted history."""
    if html.count("<") > MAX_NODES:
        raise refused("too-deep", "Cette page est refusée : elle contient un nombre démesuré d'éléments.")
    page = Page(record, is_mail=is_mail)
    body = LexborHTMLParser(html).body
    if body is not None:
        page.children(body, Context())
        page.flush(Context())
    page.findings.tell(record)
    return record.finish()


def decode_html(data: bytes, told: str = "") -> str:
    """A mark first, then what the mail or the page says, then the usual guesses. Windows' table stands for latin-1, as browsers do."""
    if any(data.startswith(mark) for mark, _ in BOMS):
        return decode(data)[0]
    match = META_CHARSET.search(data[:4096])
    charset = (told or (match.group(1).decode("ascii", "replace") if match else "")).lower()
    if charset in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        charset = "utf-8" if is_utf8(data) else "cp1252"
    try:
        return data.decode(charset) if charset else decode(data)[0]
    except (UnicodeDecodeError, LookupError):
        return decode(data)[0]


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Context:
    """What the ancestors of a node mean for its words."""

    role: str = "paragraph"
    depth: int = 0
    heading: int = 0
    is_pre: bool = False
    level: int = 0  # how deep in the tree
    path: str = ""

    def within(self, **changes: object) -> Context:
        return replace(self, level=self.level + 1, **changes)  # type: ignore[arg-type]


@dataclass(slots=True)
class Page:
    """Words gather in ``parts`` until a block begins or ends."""

    record: Record
    is_mail: bool = False
    findings: Findings = field(default_factory=Findings)
    parts: list[str] = field(default_factory=list)
    marker: str = ""
    is_numbered: bool = False
    is_joined: bool = False  # the block that begins hangs on the last one by a mere line end
    flow: Flow = field(init=False)

    def __post_init__(self) -> None:
        self.flow = Flow(self.record)

    def children(self, node: LexborNode, context: Context) -> None:
        if context.level > MAX_DEPTH:
            raise refused("too-deep", "Cette page est refusée : ses éléments sont imbriqués sans fin.")
        inner = node.child
        while inner is not None:
            self.visit(inner, context)
            inner = inner.next

    def visit(self, node: LexborNode, context: Context) -> None:
        tag = node.tag or ""
        if tag == "-text":
            self.typed(node.text_content or "", context)
        elif tag.startswith(("-", "!", "_")) or tag in IGNORED:
            return
        elif is_hidden(node):
            self.findings.hidden.append(node.text(deep=True))
        elif tag in ("br", "input", "textarea", "img"):
            self.single(node, tag)
        elif tag in BLOCKS:
            self.block(node, tag, context)
        else:
            self.inline(node, tag, context)

    def typed(self, text: str, context: Context) -> None:
        if context.is_pre:
            self.parts.append(text)
            return
        text = SPACES.sub(" ", text)
        if not self.parts or self.parts[-1].endswith((" ", "\n")):
            text = text.removeprefix(" ")
        if text:
            self.parts.append(text)

    def single(self, node: LexborNode, tag: str) -> None:
        """Line breaks, and what was ticked or typed in a form saved as a page."""
        attributes = node.attributes
        if tag == "br":
            while self.parts and self.parts[-1].endswith(" "):
                self.parts[-1] = self.parts[-1].rstrip(" ")
                if not self.parts[-1]:
                    self.parts.pop()
            self.parts.append("\n")
        elif tag == "img":
            self.findings.images += 1
        elif attributes.get("type") in ("checkbox", "radio"):
            self.parts.append("☒ " if "checked" in attributes else "☐ ")
        elif tag == "textarea":
            self.parts.append(node.text(deep=True))
        elif attributes.get("type", "text") == "text":
            self.parts.append(attributes.get("value") or "")

    def inline(self, node: LexborNode, tag: str, context: Context) -> None:
        if tag == "del":
            self.findings.deletions.append(node.text(deep=True))
            return
        before = len(self.parts)
        self.children(node, context.within())
        if tag == "a" and NOTE_LINK.match(node.attributes.get("href") or ""):
            self.parts[before:] = [f"[{''.join(self.parts[before:]).strip(' []')}]"]
        if tag in ("s", "strike") or "line-through" in (node.attributes.get("style") or ""):
            self.findings.struck.append("".join(self.parts[before:]))

    def block(self, node: LexborNode, tag: str, context: Context) -> None:
        self.flush(context)
        if tag == "table":
            self.table(node, context)
            return
        if tag in ("header", "footer") or node.attributes.get("title") in ("header", "footer"):
            self.margin(node, tag if tag in ("header", "footer") else str(node.attributes["title"]), context)
            return
        if tag in ("ul", "ol"):
            self.listing(node, tag, context.within(depth=context.depth + 1))
            return
        role = "quoted" if self.is_mail and is_quote(node, tag) else context.role
        inner = context.within(role=role, heading=HEADINGS.get(tag, context.heading), is_pre=context.is_pre or tag == "pre")
        self.children(node, inner)
        self.flush(inner)
        self.is_joined = tag not in LOOSE and self.is_mail_line(node)

    def margin(self, node: LexborNode, kind: str, context: Context) -> None:
        """What a word processor saved as running head or foot, or a site as its banner, stands apart."""
        if not self.is_mail:
            self.record.set_apart(self.cell(node, context), kind, "en-tête" if kind == "header" else "pied de page")
            return
        self.children(node, context.within())
        self.flush(context)

    def is_mail_line(self, node: LexborNode) -> bool:
        """In mails a plain ``<div>`` is a line, not a paragraph: an empty one parts the paragraphs."""
        return self.is_mail and (node.tag or "") == "div" and not self.flow.blank_since

    def listing(self, node: LexborNode, tag: str, context: Context) -> None:
        number = start_of(node)
        style = LIST_STYLES.get(node.attributes.get("type") or "1", "1")
        for item in (n for n in siblings(node) if n.tag not in ("-text", "-comment")):
            if item.tag != "li":
                self.visit(item, context)
                continue
            told = item.attributes.get("value") or ""
            number = int(told) if told.isdigit() else number
            self.marker = f"{numeral(number, style)}. " if tag == "ol" else "• "
            self.is_numbered = tag == "ol"
            self.children(item, context.within())
            self.flush(context)
            self.marker = ""
            number += 1
        self.is_joined = False

    def table(self, node: LexborNode, context: Context) -> None:
        """Mails are built of tables that mean nothing: a row of one cell, or of cells holding tables, is plain flow."""
        table = self.flow.open_table()
        for row in rows(node):
            cells = [cell for cell in siblings(row) if cell.tag in ("td", "th") and not is_hidden(cell)]
            if len(cells) < 2 or any(cell.css_first("table") is not None for cell in cells):
                path = table.next_row()
                for cell in cells:
                    self.children(cell, context.within(path=path))
                    self.flush(context.within(path=path))
                continue
            table.row([self.cell(cell, context) for cell in cells])
        self.is_joined = False

    def cell(self, node: LexborNode, context: Context) -> str:
        """The lines of one cell, read on a sheet of its own."""
        sheet = Page(Record(), self.is_mail, self.findings)
        sheet.children(node, context.within())
        sheet.flush(context)
        return re.sub(r"\n+", "\n", sheet.record.finish())

    def flush(self, context: Context) -> None:
        """What was gathered becomes a block."""
        text = "".join(self.parts)
        self.parts.clear()
        if not text.strip(" \t\r\n"):
            self.flow.blank_since = self.flow.blank_since or "\n" in text or "\xa0" in text
            return
        text, self.marker = self.marker + text.strip(" \t\r\n"), ""
        joined, self.is_joined = self.is_joined and not self.flow.blank_since, False
        if context.heading:
            self.flow.heading(text, context.heading, context.path)
        elif (context.depth and context.role != "quoted" and text.startswith(("• ",))) or self.is_numbered:
            self.flow.item(text, context.depth, context.path, is_numbered=self.is_numbered)
            self.is_numbered = False
        elif joined:
            self.flow.put(text, context.role, context.path, tight=True)
        else:
            self.flow.paragraph(text, context.role, context.path)


def is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(HIDDEN_STYLE.search(attributes.get("style") or ""))


def is_quote(node: LexborNode, tag: str) -> bool:
    attributes = node.attributes
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return (tag == "blockquote" and "gmail_default" not in named) or any(mark in named for mark in QUOTE_MARKS)


def siblings(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    inner = node.child
    while inner is not None:
        found.append(inner)
        inner = inner.next
    return found


def rows(table: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    for node in siblings(table):
        if node.tag in ("tr", "caption"):
            found.append(node)
        elif node.tag in ("tbody", "thead", "tfoot"):
            found += rows(node)
    return found


def start_of(node: LexborNode) -> int:
    told = node.attributes.get("start") or "1"
    return int(told) if told.lstrip("-").isdigit() else 1
