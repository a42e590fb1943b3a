"""The same letters as Word, OpenDocument, PDF and mail: what is lost on the way through each format."""

from __future__ import annotations

import difflib
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from email.message import EmailMessage
from html import escape

import docx
from odfdo import Document as OpenDocument
from odfdo import Paragraph as OpenParagraph
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from bench.reading.annotated import Annotated
from plaidoyer.reading import Reading, read
from plaidoyer.reading.documents import extract
from plaidoyer.replies.learning.scoring import WORD, Board, add_alignment, add_commitments


def paragraphs(text: str) -> list[str]:
    """A blank line parts two paragraphs; a line inside one is a line break, as people type it."""
    return [block for block in re.split(r"\n[ \t]*\n\s*", text.replace("\r\n", "\n").strip()) if block.strip()]


def as_docx(text: str) -> bytes:
    made, sheet = docx.Document(), io.BytesIO()
    for line in paragraphs(text):
        made.add_paragraph(line)
    made.save(sheet)
    return sheet.getvalue()


def as_odt(text: str) -> bytes:
    made, sheet = OpenDocument("text"), io.BytesIO()
    made.body.clear()
    for line in paragraphs(text):
        made.body.append(OpenParagraph(line, formatted=True))
    made.save(sheet)
    return sheet.getvalue()


def as_pdf(text: str) -> bytes:
    sheet, style = io.BytesIO(), getSampleStyleSheet()["Normal"]
    story = [flowable for line in paragraphs(text) for flowable in (Paragraph(escape(line).replace("\n", "<br/>"), style), Spacer(1, 8))]
    SimpleDocTemplate(sheet).build(story)
    return sheet.getvalue()


def as_eml(text: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "liste@exemple.example", "collectif@exemple.example", "Notre réponse"
    made.set_content(text)
    return made.as_bytes()


FORMATS: dict[str, Callable[[str], bytes]] = {"docx": as_docx, "odt": as_odt, "pdf": as_pdf, "eml": as_eml}


def boards(replies: Sequence[Annotated]) -> dict[str, dict[str, float]]:
    """One line per format, on the same letters; figures are counted on the words of the annotated text."""
    found = {}
    for name, make in FORMATS.items():
        board = Board()
        for reply in replies:
            document = extract(make(reply.text), f"lettre.{name}")
            reading = brought_back(reply.text, read(document, reply.questions))
            add_alignment(board, reply, reading.passages)
            add_commitments(board, reply, list(reading.commitments))
        found[name] = board.line()
    return found


def brought_back(text: str, reading: Reading) -> Reading:
    """Spans of the extracted text as spans of the annotated one, word by word; a quote that is not exact is marked by an impossible one."""
    ours, theirs = [[(m.group().lower(), m.start(), m.end()) for m in WORD.finditer(t)] for t in (reading.document.text, text)]
    blocks = difflib.SequenceMatcher(None, [w for w, *_ in ours], [w for w, *_ in theirs], autojunk=False).get_matching_blocks()
    where = {b.a + k: b.b + k for b in blocks for k in range(b.size)}

    def span(start: int, end: int) -> tuple[int, int]:
        inside = [theirs[where[i]] for i, (_, s, e) in enumerate(ours) if start <= s and e <= end and i in where]
        return (min(s for _, s, _ in inside), max(e for *_, e in inside)) if inside else (0, 0)

    passages = [replace(p, start=s, end=e) for p in reading.passages for s, e in [span(p.start, p.end)]]
    kept = []
    for c in reading.commitments:
        s, e = span(c.start, c.end)
        is_exact = reading.document.text[c.start : c.end] == c.quote
        kept.append(replace(c, start=s, end=e, quote=text[s:e] if is_exact else "\0"))
    return replace(reading, passages=tuple(passages), commitments=tuple(kept))
