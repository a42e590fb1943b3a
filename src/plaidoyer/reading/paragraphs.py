"""Paragraphs of the text of record: blocks between blank lines, cut again where quoting or a numbered line begins."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from plaidoyer.reading.sentences import closes_bracket
from plaidoyer.reading.types import Document

APART = ("item", "row", "heading", "note", "header", "footer", "box", "quoted", "attachment")
BLANK = re.compile(r"\r?\n[ \t\u00a0]*\r?\n\s*")
LABEL = re.compile(r"[-–—•*\s]*([A-ZÀ-Ý0-9][^.:!?=\n]{1,45}?)\s?(?::|=+>?|→|->)\s\S")
ROW = re.compile(r"\s*\|?\s*[^|\t\n]{2,80}?\s*(?:\||\t)\s*\S")  # « Cantine | Oui, à 1 € »: a row of a table
SPEAKER = re.compile(r"\s*(?:[-–—•*]\s*)?\[[^\]\n]{2,30}\]\s*\S")  # « [Karima] sur l'eau… »: a shared page, the minutes of a meeting
BULLET = re.compile(r"\s*(?:[-–—•·‣▪◦*✓✔☑👉➡→]\ufe0f?)\s*\S")
LINE = re.compile(r"[^\n]+")
OPENER = re.compile(r"\s*(?:Q\s?\d+|\(?\d{1,2}\s?(?:[.)°/]|[-–—]\s)|questions?\s+(?:n°\s*)?\d|[a-hA-H]\s?\)|#{1,4}\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block. ``quoted``: its lines bear the mail's quotation mark; ``role``: what the file itself says, if it does."""

    start: int
    end: int
    quoted: bool = False
    role: str = ""
    line: bool = False  # one line of a list, of a grid or of minutes: never a heading


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
    return bool(OPENER.match(current)) and not previous.rstrip().endswith(",") and not closes_bracket(previous, current)


def _lines_apart(text: str, start: int, end: int) -> bool:
    """A block whose lines are paragraphs of their own (long lines, each ended): a text with no blank lines at all."""
    lines = [m.group().strip() for m in LINE.finditer(text, start, end)]
    if len(lines) < 3:
        return False
    ended = sum(line[-1:] in ".!?:;»…" for line in lines if line)
    return max(map(len, lines)) > 160 and ended >= 0.6 * len(lines)


def _labels(text: str, start: int, end: int) -> list[str]:
    return [m.group(1).strip().lower() for line in LINE.finditer(text, start, end) if (m := LABEL.match(line.group()))]


def _listed(text: str, start: int, end: int) -> bool:
    """A block in which every line is a note of its own: labels, speakers, bullets from the first line on."""
    lines = [m.group() for m in LINE.finditer(text, start, end) if m.group().strip()]
    if len(lines) < 3:
        return False
    if any(sum(bool(sign.match(line)) for line in lines) >= max(3, 0.6 * len(lines)) for sign in (LABEL, SPEAKER, ROW)):
        return True
    return bool(BULLET.match(lines[0])) and sum(bool(BULLET.match(line)) for line in lines) >= 0.7 * len(lines)


def _first_labels(text: str, blocks: list[tuple[int, int]]) -> dict[int, str]:
    """By start of block, the label that opens each record, when the same labels come back (« SUJET : … POSITION : … »)."""
    names = {start: _labels(text, start, end) for start, end in blocks}
    counts = Counter(name for found in names.values() for name in found)
    return {start: found[0] for start, found in names.items() if sum(counts[name] >= 2 for name in set(found)) >= 2}


def _part(text: str, block: tuple[int, int], record: str | None) -> str:
    """How the lines of a block stand to one another: apart (paragraphs), listed (notes), or together."""
    if record is None and _listed(text, *block):
        return "listed"
    return "apart" if record is None and _lines_apart(text, *block) else ""


def split(document: Document) -> list[Paragraph]:
    """The paragraphs of a document in reading order, trimmed, never empty, never overlapping."""
    text, result = document.text, []
    opened = {p.start for p in document.places if p.role in APART}
    blocks = _blocks(text)
    records = _first_labels(text, blocks)
    for start, end in blocks:
        record = records.get(start)
        part = _part(text, (start, end), record)
        group: list[tuple[int, int]] = []
        for match in LINE.finditer(text, start, end):
            line = match.span()
            again = record is not None and _labels(text, *line)[:1] == [record]
            if group and (part or again or line[0] in opened or _starts_anew(text, group[-1], line)):
                result.append(_paragraph(text, group, document, is_line=part == "listed"))
                group = []
            if text[slice(*line)].strip():
                group.append(line)
        if group:
            result.append(_paragraph(text, group, document, is_line=part == "listed"))
    return [p for p in result if p.start < p.end]


def _paragraph(text: str, group: list[tuple[int, int]], document: Document, *, is_line: bool) -> Paragraph:
    start, end = _trim(text, group[0][0], group[-1][1])
    quoted = all(text[s:e].lstrip().startswith(">") for s, e in group if text[s:e].strip())
    role = next((p.role for p in document.places if p.role != "line" and p.start <= start and end <= p.end), "")
    return Paragraph(start, end, quoted or role == "quoted", role, is_line)
