"""Paragraphs of the text of record: blocks between blank lines, cut again where quoting or a numbered line begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plaidoyer.reading.types import Document

APART = ("item", "row", "heading", "note", "header", "footer", "box", "quoted", "attachment")
BLANK = re.compile(r"\r?\n[ \t\u00a0]*\r?\n\s*")
LABEL = re.compile(r"[-–—•*\s]*[A-ZÀ-Ý0-9][^.:!?\n]{1,45}\s?:\s\S")
LINE = re.compile(r"[^\n]+")
OPENER = re.compile(r"\s*(?:Q\s?\d+|\(?\d{1,2}\s?(?:[.)°/]|[-–—]\s)|questions?\s+(?:n°\s*)?\d|[a-hA-H]\s?\)|#{1,4}\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block. ``quoted``: its lines bear the mail's quotation mark; ``role``: what the file itself says, if it does."""

    start: int
    end: int
    quoted: bool = False
    role: str = ""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _blocks(text: str) -> list[tuple[int, int]]:
    cuts, last = [], 0
    for match in BLANK.finditer(text):
        cuts.append((last, match.start()))
        last = match.end()
    cuts.append((last, len(text)))
    return [(s, e) for s, e in (_trim(text, *cut) for cut in cuts) if s < e]


def _starts_anew(text: str, before: tuple[int, int], line: tuple[int, int]) -> bool:
    """Whether a line inside a block begins another paragraph: quoting changes, or a number opens it."""
    previous, current = text[slice(*before)], text[slice(*line)]
    if previous.lstrip().startswith(">") != current.lstrip().startswith(">"):
        return True
    return bool(OPENER.match(current)) and not previous.rstrip().endswith(",")


def _lines_apart(text: str, start: int, end: int) -> bool:
    """A block whose lines are paragraphs of their own (long lines, each ended): a text with no blank lines at all."""
    lines = [m.group().strip() for m in LINE.finditer(text, start, end)]
    if len(lines) < 3:
        return False
    labelled = sum(bool(LABEL.match(line)) for line in lines)
    if labelled >= max(3, 0.6 * len(lines)):
        return True
    ended = sum(line[-1:] in ".!?:;»…" for line in lines if line)
    return max(map(len, lines)) > 160 and ended >= 0.6 * len(lines)


def split(document: Document) -> list[Paragraph]:
    """The paragraphs of a document in reading order, trimmed, never empty, never overlapping."""
    text, result = document.text, []
    opened = {p.start for p in document.places if p.role in APART}
    for start, end in _blocks(text):
        alone = _lines_apart(text, start, end)
        group: list[tuple[int, int]] = []
        for match in LINE.finditer(text, start, end):
            line = match.span()
            anew = alone or line[0] in opened or _starts_anew(text, group[-1], line) if group else False
            if anew:
                result.append(_paragraph(text, group, document))
                group = []
            if text[slice(*line)].strip():
                group.append(line)
        if group:
            result.append(_paragraph(text, group, document))
    return [p for p in result if p.start < p.end]


def _paragraph(text: str, group: list[tuple[int, int]], document: Document) -> Paragraph:
    start, end = _trim(text, group[0][0], group[-1][1])
    quoted = all(text[s:e].lstrip().startswith(">") for s, e in group if text[s:e].strip())
    role = next((p.role for p in document.places if p.role != "line" and p.start <= start and end <= p.end), "")
    return Paragraph(start, end, quoted or role == "quoted", role)
