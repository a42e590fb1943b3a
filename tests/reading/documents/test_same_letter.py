"""One letter in every format gives the same words in the same order."""

from __future__ import annotations

from email.message import EmailMessage
from html import escape
from io import BytesIO

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from tests.reading.documents import nasty_open, nasty_outlook, nasty_word
from tests.reading.documents.reading_aids import read, words

PROSE = [
    "Madame, Monsieur,",
    "L’accueil de jour ouvrira avant l'hiver : nous l'avons dit, nous le ferons. Vingt places y seront réservées aux femmes.",
    "Domiciliation : « oui », sous quinze jours & sans condition.",
]
ITEMS = ["une bagagerie près de la gare", "des douches gratuites"]
ROWS = [["Cantine", "1 € le repas"], ["Guichet", "Ouvert le samedi"]]
END = "Odile Kerbrat, tête de liste"
WORDS = words(" ".join([*PROSE, *ITEMS, *(cell for row in ROWS for cell in row), END]))


def as_word() -> bytes:
    return nasty_word.package(
        "".join(nasty_word.p(escape(text, quote=False)) for text in PROSE) + "".join(nasty_word.numbered(item, 2) for item in ITEMS)
        + nasty_word.table(ROWS) + nasty_word.p(END)
    )  # fmt: skip


def as_open_document() -> bytes:
    body = "".join(nasty_open.p(escape(text)) for text in PROSE) + nasty_open.listing(ITEMS, "L2") + nasty_open.table(ROWS) + nasty_open.p(END)
    return nasty_open.package(body)


def as_html() -> bytes:
    items = "".join(f"<li>{item}" for item in ITEMS)
    rows = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in ROWS)
    return f"<html><meta charset=utf-8>{''.join(f'<p>{escape(text)}' for text in PROSE)}<ul>{items}</ul><table>{rows}</table><p>{END}</html>".encode()


def as_rtf() -> bytes:
    def coded(text: str) -> str:
        return "".join(letter if ord(letter) < 128 else f"\\u{ord(letter)}?" for letter in text)

    prose = "".join(f"{coded(text)}\\par " for text in PROSE)
    items = "".join(f"{{\\listtext \\u8226?\\tab}}{coded(item)}\\par " for item in ITEMS)
    rows = "".join("\\trowd\\intbl " + "".join(f"{coded(cell)}\\cell " for cell in row) + "\\row\\pard " for row in ROWS)
    return f"{{\\rtf1\\ansi {prose}{items}{rows}{coded(END)}\\par}}".encode()


def as_pdf() -> bytes:
    style = getSampleStyleSheet()["Normal"]
    sheet = BytesIO()
    story = [Paragraph(escape(text), style) for text in PROSE] + [Paragraph(item, style, bulletText="•") for item in ITEMS]
    SimpleDocTemplate(sheet).build([*story, Table(ROWS, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]), Paragraph(END, style)])
    return sheet.getvalue()


def as_text() -> bytes:
    return "\n\n".join([*PROSE, "\n".join(f"• {item}" for item in ITEMS), "\n".join("\t".join(row) for row in ROWS), END]).encode()


def as_mail() -> bytes:
    message = EmailMessage()
    message.set_content(as_text().decode())
    return b"From: a@x.example\nTo: b@x.example\nSubject: x\n" + message.as_bytes()


def as_outlook() -> bytes:
    return nasty_outlook.message("x", as_text().decode().replace("\n", "\r\n"))


FORMATS = {
    "docx": as_word, "odt": as_open_document, "html": as_html, "rtf": as_rtf, "pdf": as_pdf, "txt": as_text, "eml": as_mail, "msg": as_outlook,
}  # fmt: skip


@pytest.mark.parametrize("extension", FORMATS)
def test_the_same_words_come_in_the_same_order(extension):
    document = read(FORMATS[extension](), f"lettre.{extension}")
    headers = [place.end for place in document.places if place.role == "header"]
    assert words(document.text[max(headers, default=0) :]) == WORDS


@pytest.mark.parametrize("extension", ["docx", "odt", "html", "rtf", "eml", "msg"])
def test_formats_that_know_paragraphs_give_the_very_same_text(extension):
    document = read(FORMATS[extension](), f"lettre.{extension}")
    headers = [place.end + 2 for place in document.places if place.role == "header"]
    assert document.text[max(headers, default=0) :] == as_text().decode()


@pytest.mark.parametrize("extension", ["docx", "odt", "html", "rtf", "pdf"])
def test_the_same_roles_come_in_the_same_order(extension):
    document = read(FORMATS[extension](), f"lettre.{extension}")
    roles = [place.role for place in document.places if place.role not in ("line", "cell")]
    assert roles == ["paragraph"] * 3 + ["item"] * 2 + ["row"] * 2 + ["paragraph"]
