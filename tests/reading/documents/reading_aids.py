"""What every test of an extractor asks: the text, the roles, and the promise about spans."""

from __future__ import annotations

import re

from plaidoyer.reading.documents import extract
from plaidoyer.reading.types import Document


def read(data: bytes, name: str = "lettre", *, ocr: bool = False) -> Document:
    """Extract and check what must hold for any document."""
    document = extract(data, name, ocr=ocr)
    for place in document.places:
        assert 0 <= place.start <= place.end <= len(document.text), place
        if place.role != "unreadable":
            assert document.text[place.start : place.end].strip() == document.text[place.start : place.end] != "", place
    return document


def said(document: Document, role: str) -> list[str]:
    """The words of every place of a role, in order."""
    return [document.text[place.start : place.end] for place in document.places if place.role == role]


def codes(document: Document) -> set[str]:
    return {notice.code for notice in document.notices}


def sentence(document: Document, code: str) -> str:
    return next(notice.sentence for notice in document.notices if notice.code == code)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
