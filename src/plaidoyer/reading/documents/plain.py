"""Plain text and Markdown: the text of record is the decoded file, to the letter."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from plaidoyer.reading.documents.quoted import Span, quoted_spans
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.types import Place

OWN_WORDS = {"paragraph", "item", "heading", "box", "row"}
EXTRACTOR = "txt 1"
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
BLANK = re.compile(r"\n[ \t\r]*(?:\n[ \t\r]*)+")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding that gave it. A mark decides, then strict UTF-8, then Windows' Western table.

    cp1252 leaves five bytes undefined; a text that holds one is read as latin-1, which defines all of them.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    for encoding in (*unmarked_utf16(data), "utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def unmarked_utf16(data: bytes) -> tuple[str, ...]:
    """Two-byte text without its mark: every other byte of Western letters is zero."""
    even, odd = data[:400:2].count(0), data[1:400:2].count(0)
    if max(even, odd) < 0.6 * len(data[:400:2]) or min(even, odd) > 0.1 * max(even, odd):
        return ()
    return ("utf-16-be",) if even > odd else ("utf-16-le",)


def read(data: bytes, record: Record) -> str:
    text, encoding = decode(data)
    if encoding in ("cp1252", "latin-1"):
        record.notice("encoding", f"Le texte n'est pas en UTF-8 : il a été lu comme « {encoding} ». Vérifiez les accents.")
    if "\ufffd" in text:
        record.notice("damaged-letters", "Des caractères étaient déjà perdus (�) dans le fichier reçu.")
    record.places.extend(places(text))
    return text


def places(text: str) -> Iterator[Place]:
    """One place per block between empty lines, cut again where a quotation begins or ends."""
    quotes = quoted_spans(text)
    for number, (start, end) in enumerate(blocks(text), 1):
        for a, b, is_quote in cut(start, end, quotes):
            first, last = trim(text, a, b)
            if first < last:
                yield Place(first, last, "quoted" if is_quote else "paragraph", f"paragraphe {number}")


def mark_quoted(text: str, places: list[Place]) -> list[Place]:
    """The same places, with quoted history told as such."""
    quotes = quoted_spans(text)
    return [replace(place, role="quoted") if place.role in OWN_WORDS and any(a <= place.start < b for a, b in quotes) else place for place in places]


def blocks(text: str) -> Iterator[Span]:
    """Spans between empty lines, without the white space around them."""
    at = 0
    for gap in [*BLANK.finditer(text), None]:
        start, end = trim(text, at, gap.start() if gap else len(text))
        if start < end:
            yield start, end
        at = gap.end() if gap else at


def cut(start: int, end: int, quotes: list[Span]) -> Iterator[tuple[int, int, bool]]:
    """Pieces of a block, in order, each wholly inside or wholly outside the quotations."""
    at = start
    for a, b in quotes:
        if b <= at or a >= end:
            continue
        if at < a:
            yield at, a, False
        yield max(a, at), min(b, end), True
        at = min(b, end)
    if at < end:
        yield at, end, False


def trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
