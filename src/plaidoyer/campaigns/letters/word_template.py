"""A Word file with fields, made ready once and merged many times. Only the words of paragraphs change; the rest is the author's.

Word cuts what one types into runs as it pleases, so a field may lie in five pieces: they are put together again first.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from plaidoyer.campaigns.letters import word_sheet
from plaidoyer.campaigns.letters.fields import MARK, Problem, TemplateRefusedError, named, problems_in
from plaidoyer.campaigns.letters.values import Line, Value, Values, as_text, common_only, digest, lines_of
from plaidoyer.campaigns.letters.word_package import W, opened, parsed
from plaidoyer.campaigns.letters.wording import typeset

TEXT, PARAGRAPH, CELL = f"{W}t", f"{W}p", f"{W}tc"
OPEN, CLOSE = "\ue000", "\ue001"  # around a field's name in our own marked copy; taken out of what comes in
SLOT = re.compile(f"{OPEN}(\\w+){CLOSE}".encode())
CUT = re.compile(rb"<\?plaidoyer (begin|second|end)\?>")
WITH_FIELDS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
PLACES = {"document": "texte", "header": "en-tête", "footer": "pied de page", "footnotes": "notes de bas de page", "endnotes": "notes de fin"}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff\ue000\ue001]")
LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
SECOND_LEVEL = 567  # twentieths of a point: one centimetre further in
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same input gives the same bytes

type Pieces = tuple[bytes, ...]  # literal, field, literal, field … literal


@dataclass(frozen=True, slots=True)
class Cut:
    """A paragraph with fields. ``alone``: a single field and nothing else, so that its lines become paragraphs."""

    first: Pieces
    second: Pieces
    is_alone: bool
    is_numbered: bool
    is_hanging: bool
    must_stay: bool


@dataclass(frozen=True)
class WordTemplate:
    base: bytes
    parts: tuple[tuple[str, tuple[bytes | Cut, ...]], ...]
    used: frozenset[str]
    text: str
    sheet: word_sheet.Sheet
    warnings: tuple[str, ...] = ()

    def merge(self, values: Values) -> bytes:
        """The Word file of one list. Same values, same bytes."""
        out = io.BytesIO()
        out.write(self.base)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, segments in self.parts:
                archive.writestr(member(name), b"".join(filled(segments, values)))
        return out.getvalue()

    def digest(self, values: Values) -> str:
        """What all the lists of a commune read alike, as a SHA-256: their own names and links left out."""
        kept = common_only(values)
        return digest(self.text, *(as_text(kept[name]) for name in sorted(self.used) if name in kept))


def compiled(content: bytes) -> WordTemplate:
    """Refused with every problem and its place, before anything is sent."""
    parts = opened(content)
    problems: list[Problem] = []
    trees: dict[str, etree._Element] = {}
    for name in parts:
        if WITH_FIELDS.fullmatch(name):
            trees[name] = parsed(parts[name], name)
            problems += marked(trees[name], place_of(name))
    if problems:
        raise TemplateRefusedError(problems)
    text = "\n".join(words for tree in trees.values() for one in tree.iter(PARAGRAPH) if (words := text_of(one)))
    used = frozenset(re.findall(f"{OPEN}(\\w+){CLOSE}", text))
    sheet = word_sheet.read(parts, trees)
    ready = tuple((name, tuple(segments(tree))) for name, tree in trees.items())
    return WordTemplate(zipped({name: data for name, data in parts.items() if name not in trees}), ready, used, text, sheet, sheet.warnings)


def place_of(name: str) -> str:
    return PLACES[re.sub(r"word/([a-z]+)\d*\.xml", r"\1", name)]


def marked(tree: etree._Element, place: str) -> Iterator[Problem]:
    """Check every paragraph; put its fields in one piece, marked; set our words in French."""
    number = 0
    for element in tree.iter():
        for name, said in element.attrib.items():
            if OPEN in said or CLOSE in said:
                element.set(name, NOT_XML.sub("", said))
    for paragraph in tree.iter(PARAGRAPH):
        nodes = own_texts(paragraph)
        whole = "".join(node.text or "" for node in nodes)
        if not whole.strip():
            continue
        number += 1
        yield from problems_in(whole, f"{place}, paragraphe {number}")
        put_together(nodes, whole)
        for node in nodes:
            node.text = typeset(NOT_XML_BUT_MARKS.sub("", node.text or ""))


NOT_XML_BUT_MARKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def own_texts(paragraph: etree._Element) -> list[etree._Element]:
    """The words of this paragraph, those of text boxes inside it left to their own paragraphs."""
    found = []
    for node in paragraph.iter(TEXT):
        if next(node.iterancestors(PARAGRAPH)) is paragraph:
            node.text = NOT_XML.sub("", node.text or "")
            found.append(node)
    return found


def text_of(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in own_marked(paragraph)).strip()


def own_marked(paragraph: etree._Element) -> list[etree._Element]:
    return [node for node in paragraph.iter(TEXT) if next(node.iterancestors(PARAGRAPH)) is paragraph]


def put_together(nodes: list[etree._Element], whole: str) -> None:
    """From the last to the first, so that places found before stay true."""
    for found in reversed(list(MARK.finditer(whole))):
        name = named(found[1])
        if name is None:
            continue
        write_over(nodes, found.start(), found.end(), f"{OPEN}{name}{CLOSE}")


def write_over(nodes: list[etree._Element], start: int, end: int, mark: str) -> None:
    """The first node touched takes the mark, the others lose their share."""
    place = 0
    for node in nodes:
        text = node.text or ""
        first, last = max(start - place, 0), min(end - place, len(text))
        place += len(text)
        if first >= last:
            continue
        node.text = text[:first] + mark + text[last:]
        node.set(SPACE, "preserve")
        mark = ""


def segments(tree: etree._Element) -> Iterator[bytes | Cut]:
    """The part as bytes, cut around each paragraph that has fields."""
    flags: list[tuple[bool, bool, bool, bool]] = []
    for paragraph in list(tree.iter(PARAGRAPH)):
        words = text_of(paragraph)
        if OPEN in words and not any(True for _ in paragraph.iterdescendants(PARAGRAPH)):
            flags.append(flags_of(paragraph, words))
            fence(paragraph)
    pieces = CUT.split(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
    # literal, (begin, first, second, second copy, end, literal)*
    yield pieces[0]
    for index, told in enumerate(flags):
        first, second, after = (pieces[1 + index * 6 + step] for step in (1, 3, 5))
        yield Cut(tuple(SLOT.split(first)), tuple(SLOT.split(second)), *told)
        yield after


def flags_of(paragraph: etree._Element, words: str) -> tuple[bool, bool, bool, bool]:
    parent, indent = paragraph.getparent(), paragraph.find(f"{W}pPr/{W}ind")
    return (
        re.fullmatch(f"{OPEN}\\w+{CLOSE}", words) is not None,
        paragraph.find(f"{W}pPr/{W}numPr") is not None,
        indent is not None and indent.get(f"{W}hanging") is not None,
        parent is not None and parent.tag == CELL and len(parent.findall(PARAGRAPH)) == 1,
    )


def fence(paragraph: etree._Element) -> None:
    """Around the paragraph and a copy one level further in."""
    without_names(paragraph)
    second = deepcopy(paragraph)
    second.tail = None
    properties = second.find(f"{W}pPr")
    if properties is None:
        properties = etree.SubElement(second, f"{W}pPr")
        second.insert(0, properties)
    indent = properties.find(f"{W}ind")
    if indent is None:
        indent = etree.SubElement(properties, f"{W}ind")
        in_order(properties, indent)
    left = f"{W}start" if indent.get(f"{W}start") else f"{W}left"
    indent.set(left, str(int(indent.get(left) or 0) + SECOND_LEVEL))
    paragraph.addprevious(etree.ProcessingInstruction("plaidoyer", "begin"))
    tail, paragraph.tail = paragraph.tail, None
    end = etree.ProcessingInstruction("plaidoyer", "end")
    end.tail = tail
    paragraph.addnext(end)
    end.addprevious(etree.ProcessingInstruction("plaidoyer", "second"))
    end.addprevious(second)


def without_names(paragraph: etree._Element) -> None:
    """A paragraph that is written several times must not carry marks that Word wants only once."""
    for name in [name for name in paragraph.attrib if name.endswith(("}paraId", "}textId"))]:
        del paragraph.attrib[name]
    for bookmark in list(paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        bookmark.getparent().remove(bookmark)


AFTER_INDENT = {
    f"{W}{name}"
    for name in (
        "contextualSpacing",
        "mirrorIndents",
        "suppressOverlap",
        "jc",
        "textDirection",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "cnfStyle",
        "rPr",
        "sectPr",
        "pPrChange",
    )
}


def in_order(properties: etree._Element, indent: etree._Element) -> None:
    """Word wants the properties of a paragraph in the order of its schema."""
    for sibling in list(properties):
        if sibling.tag in AFTER_INDENT:
            sibling.addprevious(indent)
            return


def filled(parts: tuple[bytes | Cut, ...], values: Values) -> Iterator[bytes]:
    for one in parts:
        if isinstance(one, bytes):
            yield one
        else:
            yield from paragraphs(one, values)


def paragraphs(cut: Cut, values: Values) -> Iterator[bytes]:
    """A paragraph whose fields are all empty goes away; a field alone gives a paragraph for each of its lines."""
    given = {name: values.get(name.decode(), "") for name in cut.first[1::2]}
    if not any(given.values()):
        if cut.must_stay:
            yield b"".join(cut.first[::2])
        return
    value = next(iter(given.values()))
    if cut.is_alone and not isinstance(value, str):
        for line in lines_of(value):
            pieces = cut.second if line.level else cut.first
            yield pieces[0] + as_xml(numbered(line, cut)) + pieces[2]
        return
    yield b"".join(piece if index % 2 == 0 else as_xml(given[piece]) for index, piece in enumerate(cut.first))


def numbered(line: Line, cut: Cut) -> str:
    if cut.is_numbered and not line.level:
        return line.text
    return f"{line.mark}\t{line.text}" if line.mark and cut.is_hanging else str(line)


def as_xml(value: Value) -> bytes:
    """Words only: no mark-up comes out of a value."""
    return escape(NOT_XML.sub("", as_text(value)).replace("\r", "")).replace("\n", LINE_BREAK).replace("\t", TAB).encode()


def member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(member(name), data)
    return out.getvalue()
