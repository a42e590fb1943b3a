"""RTF, by a reader of our own: the libraries keep tracked deletions as text and lose notes and tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.flow import Flow, Table
from plaidoyer.reading.documents.numerals import bullet
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import refused

EXTRACTOR = "rtf 1"
TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+")
MAX_DEPTH = 200
SILENT = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "fldinst", "datastore", "themedata", "colorschememapping", "latentstyles",
    "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "xmlnstbl", "mmathPr", "wgrffmtfilter", "annotation", "atnid", "atnauthor",
    "atntime", "atnicn", "atndate", "atnref", "atrfstart", "atrfend", "atnparent", "filetbl", "pgdsctbl", "pntxta",
    "pntxtb", "bkmkstart", "bkmkend", "background",
    "sp", "sn", "sv", "shpinst_sp", "userprops", "passwordhash", "listpicture", "nonshppict", "falt",
    "panose", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "ftncn", "aftncn",
}  # fmt: skip
SIGNS = {
    "tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•",
    "~": "\xa0", "_": "\u2011", "-": "\u00ad", "\\": "\\", "{": "{", "}": "}", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "zwnj": "\u200c",
    "softline": "",
}  # fmt: skip
MARGINS = {
    "header": "header",
    "headerl": "header",
    "headerr": "header",
    "headerf": "header",
    "footer": "footer",
    "footerl": "footer",
    "footerr": "footer",
    "footerf": "footer",
}
CHARSETS = {0: "cp1252", 77: "mac-roman", 128: "cp932", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
TOGGLES = {"deleted": "is_deleted", "v": "is_hidden", "strike": "is_struck", "striked": "is_struck", "revised": "is_revised"}


@dataclass(frozen=True, slots=True)
class Group:
    """What a pair of braces scopes."""

    target: str = "body"  # body, silent, note, header, footer, marker, fonts, box
    is_deleted: bool = False
    is_hidden: bool = False
    is_struck: bool = False
    is_revised: bool = False
    skip: int = 1  # letters that stand for one \\u for old readers
    encoding: str = ""
    is_starred: bool = False


def read(data: bytes, record: Record) -> str:
    """Read twice: whether empty paragraphs part the others is known only at the end."""
    first = Reader(Record())
    first.run(data)
    first.finish()
    reader = Reader(record)
    reader.flow.has_blank_lines = first.flow.blanks >= 2
    reader.run(data)
    return reader.finish()


@dataclass(slots=True)
class Reader:
    """Walks the tokens once; ``sheets`` holds the words of each destination until a paragraph or a group ends."""

    record: Record
    group: Group = field(default_factory=Group)
    stack: list[Group] = field(default_factory=list)
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    parts: list[str] = field(default_factory=list)
    bytes_held: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    high: int = 0
    aside: list[str] = field(default_factory=list)
    marker: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell_lines: list[str] = field(default_factory=list)
    in_table: bool = False
    boxes: list[tuple[int, str]] = field(default_factory=list)
    box_top: int = 0
    outline: int = 0
    gathered: tuple[int, int] = (0, 0)
    notes: int = 0
    table: Table | None = None
    findings: Findings = field(default_factory=Findings)
    flow: Flow = field(init=False)

    def __post_init__(self) -> None:
        self.flow = Flow(self.record)

    def run(self, data: bytes) -> None:
        for match in TOKEN.finditer(data):
            word, number, code, sign, brace, text = match.groups()
            if code:
                self.byte(int(code, 16))
            elif text:
                self.plain(text)
            else:
                self.settle()
                if word:
                    self.word(word.decode(), int(number) if number else None, data, match.end())
                elif sign:
                    self.sign(sign.decode("latin-1"))
                elif brace:
                    self.open() if brace == b"{" else self.close()

    def byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.bytes_held.append(value)

    def plain(self, text: bytes) -> None:
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        self.bytes_held += text[skipped:]

    def settle(self) -> None:
        """Held bytes become letters, in the table of the font that is on."""
        if self.bytes_held:
            text = bytes(self.bytes_held).decode(self.fonts.get(self.font) or self.encoding, "replace")
            self.bytes_held.clear()
            self.put(text)

    def put(self, text: str) -> None:
        group = self.group
        if group.target == "silent":
            return
        if group.is_deleted:
            self.gather(self.findings.deletions, text)
        elif group.is_hidden:
            self.gather(self.findings.hidden, text)
        elif group.target == "marker":
            self.marker.append(text)
        else:
            if group.is_struck:
                self.gather(self.findings.struck, text)
            (self.aside if group.target in ("note", "header", "footer", "box") else self.parts).append(text)

    def gather(self, texts: list[str], text: str) -> None:
        """Add to the last stretch when nothing was kept since, else begin one."""
        if self.gathered == (id(texts), len(self.parts)) and texts:
            texts[-1] += text
        else:
            texts.append(text)
        self.gathered = (id(texts), len(self.parts) + (texts is self.findings.struck))

    def sign(self, sign: str) -> None:
        if sign == "*":
            self.group = replace(self.group, is_starred=True)
        elif sign in SIGNS:
            self.put(SIGNS[sign])
        elif sign in "\r\n":
            self.paragraph()

    def open(self) -> None:
        if len(self.stack) > MAX_DEPTH:
            raise refused("too-deep", "Ce fichier est refusé : ses éléments sont imbriqués sans fin. Demandez une version PDF.")
        self.stack.append(self.group)
        self.group = replace(self.group, is_starred=False)

    def close(self) -> None:
        closed, self.group = self.group, self.stack.pop() if self.stack else Group()
        self.to_skip = 0
        if closed.target != self.group.target and closed.target in ("note", "header", "footer", "box"):
            self.end_aside(closed.target)

    def end_aside(self, target: str) -> None:
        text = "".join(self.aside).strip()
        self.aside.clear()
        if target == "note":
            self.record.set_apart(f"[{self.notes}] {text}", "note", f"note {self.notes}")
        elif target == "box":
            self.boxes.append((self.box_top, text))
        else:
            self.record.set_apart(text, target, "en-tête" if target == "header" else "pied de page")

    def write_boxes(self) -> None:
        """Boxes follow the paragraph that they hang on, top to bottom."""
        path = f"{self.flow.path()}, zone de texte"
        for _, text in sorted(self.boxes, key=lambda box: box[0]):
            for block in text.split("\n"):
                self.flow.paragraph(block, "box", path)
        self.boxes.clear()

    def word(self, word: str, number: int | None, data: bytes, at: int) -> None:
        act = ACTS.get(word)
        if word in SILENT:
            self.silence(word, data, at)
        elif word in TOGGLES:
            self.toggle(TOGGLES[word], number)
        elif word in SIGNS:
            self.put(SIGNS[word])
        elif word in MARGINS:
            self.group = replace(self.group, target=MARGINS[word])
        elif act:
            act(self, number)
        elif self.group.is_starred:
            self.group = replace(self.group, target="silent")

    def silence(self, word: str, data: bytes, at: int) -> None:
        """A destination that is not text; what it tells about the file is booked."""
        self.group = replace(self.group, target="silent")
        if word == "fonttbl":
            self.read_fonts(data, at)
        elif word == "object":
            self.findings.foreign.add("un objet incorporé")
        elif word == "annotation":
            self.findings.comments += 1
        elif word == "fldinst" and re.match(rb"[^{}]{0,40}(?:DDE|INCLUDETEXT|INCLUDEPICTURE)", data[at : at + 80]):
            self.findings.foreign.add("un champ lié à un autre fichier")

    def toggle(self, name: str, number: int | None) -> None:
        """Switch deleted, hidden, struck or revised on; 0 switches it off."""
        on = number != 0
        if name == "is_revised" and on and not self.group.is_revised and self.group.target == "body":
            self.findings.insertions += 1
        changed: dict[str, Any] = {name: on}
        self.group = replace(self.group, **changed)

    def read_fonts(self, data: bytes, at: int) -> None:
        for match in re.finditer(rb"\\f(\d+)[^{};]{0,80}?\\fcharset(\d+)", data[at : at + 200_000]):
            self.fonts[int(match.group(1))] = CHARSETS.get(int(match.group(2)), "")

    def unicode(self, number: int | None) -> None:
        code = (number or 0) % 65536
        self.to_skip = self.group.skip
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000 and self.high:
            self.put(chr(0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00))
            self.high = 0
        elif not 0xD800 <= code < 0xE000:
            self.put(chr(code))

    def paragraph(self, _: int | None = None) -> None:
        if self.group.target in ("note", "header", "footer", "box"):
            self.aside.append("\n")
            return
        text, marker = "".join(self.parts), "".join(self.marker).replace("\t", " ").strip()
        self.parts.clear()
        self.marker.clear()
        marker = bullet(marker) if len(marker) == 1 else marker
        if marker and text.strip():
            text = f"{marker} {text.strip()}"
        if self.in_table:
            self.cell_lines.append(text)
        elif self.outline and text.strip():
            self.flow.heading(text, self.outline)
        elif marker and text.strip():
            self.flow.item(text, 1, is_numbered=any(letter.isalnum() for letter in marker))
        else:
            self.table = None if text.strip() else self.table
            self.flow.paragraph(text)
        if not self.in_table:
            self.write_boxes()

    def cell(self, _: int | None = None) -> None:
        self.in_table = True
        self.paragraph()
        self.cells.append("\n".join(line.strip() for line in self.cell_lines if line.strip()))
        self.cell_lines.clear()

    def row(self, _: int | None = None) -> None:
        self.table = self.table or self.flow.open_table()
        if len(self.cells) == 1:
            path = self.table.next_row()
            for line in self.cells[0].split("\n"):
                self.flow.paragraph(line, path=path)
        elif self.cells:
            self.table.row(self.cells)
        self.cells.clear()
        self.in_table = False

    def reset_paragraph(self, _: int | None = None) -> None:
        self.in_table, self.outline = False, 0

    def enter_table(self, _: int | None = None) -> None:
        self.in_table = True

    def set_outline(self, number: int | None) -> None:
        self.outline = number + 1 if number is not None and number < 9 else 0

    def set_skip(self, number: int | None) -> None:
        self.group = replace(self.group, skip=number if number is not None else 1)

    def set_codepage(self, number: int | None) -> None:
        try:
            "".encode(f"cp{number}")
        except LookupError:
            return
        self.encoding = f"cp{number}"

    def set_mac(self, _: int | None = None) -> None:
        self.encoding = "mac-roman"

    def set_font(self, number: int | None) -> None:
        self.font = number or 0

    def plain_letters(self, _: int | None = None) -> None:
        self.group = replace(self.group, is_deleted=False, is_hidden=False, is_struck=False, is_revised=False)

    def note(self, _: int | None = None) -> None:
        if self.group.target == "body" and not self.group.is_deleted:
            self.notes += 1
            self.put(f"[{self.notes}]")
            self.group = replace(self.group, target="note", is_starred=False)

    def list_text(self, _: int | None = None) -> None:
        self.group = replace(self.group, target="marker", is_starred=False)

    def box(self, _: int | None = None) -> None:
        if self.group.target == "body":
            self.group = replace(self.group, target="box", is_starred=False)

    def set_box_top(self, number: int | None) -> None:
        self.box_top = number or 0

    def fallback(self, _: int | None = None) -> None:
        """The picture of a shape for old readers repeats its words."""
        self.group = replace(self.group, target="silent")

    def result(self, _: int | None = None) -> None:
        """What a field shows; starred groups that hold words open here."""
        self.group = replace(self.group, is_starred=False)

    def finish(self) -> str:
        self.settle()
        self.in_table = False
        self.paragraph()
        if self.cells:
            self.row()
        self.findings.tell(self.record)
        return self.record.finish()


ACTS: dict[str, Callable[[Reader, int | None], None]] = {
    "par": Reader.paragraph, "sect": Reader.paragraph, "page": Reader.paragraph, "cell": Reader.cell, "nestcell": Reader.cell, "row": Reader.row,
    "nestrow": Reader.row, "pard": Reader.reset_paragraph, "intbl": Reader.enter_table, "outlinelevel": Reader.set_outline, "uc": Reader.set_skip,
    "u": Reader.unicode, "ansicpg": Reader.set_codepage, "mac": Reader.set_mac, "f": Reader.set_font, "plain": Reader.plain_letters,
    "footnote": Reader.note,
    "listtext": Reader.list_text, "pntext": Reader.list_text, "shptxt": Reader.box, "shprslt": Reader.fallback, "fldrslt": Reader.result,
    "shpinst": Reader.result, "shptop": Reader.set_box_top,
    "nesttableprops": Reader.fallback, "nonesttables": Reader.fallback,
}  # fmt: skip
