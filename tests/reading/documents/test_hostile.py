"""Files made to hurt. What must hold: bounded, told in French, and the program that asked is still alive."""

from __future__ import annotations

import random
import struct
import time
import zipfile
import zlib
from io import BytesIO

import pytest

from plaidoyer.reading.documents import extract
from plaidoyer.reading.sandbox import extract_safely
from plaidoyer.reading.types import State
from tests.reading.documents import nasty_open, nasty_word
from tests.reading.documents.reading_aids import codes, read, sentence
from tests.reading.documents.test_same_letter import FORMATS

DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def zipped(entries: dict[str, bytes]) -> bytes:
    sheet = BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return sheet.getvalue()


def test_three_million_empty_paragraphs_are_refused_at_once():
    bomb = nasty_word.package("<w:p/>" * 3_000_000)
    began = time.perf_counter()
    document = extract_safely(bomb, "lettre.docx")
    assert document.state is State.REFUSED
    assert "zip-bomb" in codes(document)
    assert time.perf_counter() - began < 2


def test_a_text_of_three_hundred_megabytes_in_a_small_zip_is_refused():
    document = extract(nasty_word.package(nasty_word.p("a" * 30_000_000)), "lettre.docx")
    assert document.state is State.REFUSED


def test_a_directory_that_lies_about_sizes_does_not_help():
    data = bytearray(nasty_word.package(nasty_word.p("a" * 30_000_000)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 : at + 63] == b"word/document.xml":
            data[at + 24 : at + 28] = struct.pack("<I", 100)
        at = data.find(b"PK\x01\x02", at + 4)
    assert extract(bytes(data), "lettre.docx").state in (State.REFUSED, State.NO_TEXT)


def test_a_hundred_thousand_entries_are_refused_before_they_are_listed():
    bomb = zipped({f"word/{number}": b"" for number in range(100_000)} | {"word/document.xml": b"<a/>"})
    began = time.perf_counter()
    assert extract(bomb, "lettre.docx").state is State.REFUSED
    assert time.perf_counter() - began < 0.5


def test_overlapping_entries_are_refused():
    data = bytearray(zipped({"[Content_Types].xml": b"x" * 500, "word/document.xml": b"y" * 500}))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    data[second + 42 : second + 46] = struct.pack("<I", 10)
    assert extract(bytes(data), "lettre.docx").state is State.REFUSED


def test_a_zip_in_a_zip_is_not_opened():
    document = extract(zipped({"lettre.docx": zipped({"a": b"b"})}), "lettre.zip")
    assert document.state is State.UNKNOWN
    assert "ouvrez-la et déposez un à un" in sentence(document, "archive")


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/header1.xml", "word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels"]
)
def test_a_doctype_is_refused_wherever_it_hides(part):
    whole = nasty_word.package(nasty_word.p("Oui."), header=nasty_word.p("Tête"))
    sheet = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(sheet, "w") as new:
        for name in old.namelist():
            new.writestr(name, (DOCTYPE.encode() if name == part else b"") + old.read(name))
    document = extract(sheet.getvalue(), "lettre.docx")
    assert (document.text, document.state) == ("", State.REFUSED)
    assert "DOCTYPE" in sentence(document, "doctype")


def test_a_doctype_in_two_byte_letters_is_refused_too():
    whole = nasty_word.package("")
    sheet = BytesIO()
    with zipfile.ZipFile(BytesIO(whole)) as old, zipfile.ZipFile(sheet, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, ('<?xml version="1.0" encoding="UTF-16"?>' + DOCTYPE + data.decode()).encode("utf-16") if name == "word/document.xml" else data
            )
    assert extract(sheet.getvalue(), "lettre.docx").state is State.REFUSED


def test_a_doctype_in_an_open_document_is_refused():
    assert extract(nasty_open.package(nasty_open.p("Oui."), prolog=DOCTYPE), "lettre.odt").state is State.REFUSED


def test_a_pdf_with_a_stacked_bomb_ends_within_its_limits():
    bomb = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
    body = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(bomb) + bomb + b"\nendstream"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        body,
    ]
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1)) + b"trailer<</Root 1 0 R>>\n%%EOF"
    began = time.perf_counter()
    document = extract_safely(data, "lettre.pdf")
    assert document.text == ""
    assert document.state in (State.REFUSED, State.NO_TEXT)
    assert time.perf_counter() - began < 25


def test_a_page_of_a_million_letters_is_refused():
    content = zlib.compress(b"BT /F1 1 Tf 1 0 0 1 10 10 Tm " + b"(abcdefghij) Tj " * 130_000 + b"ET", 9)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(content) + content + b"\nendstream", font,
    ]  # fmt: skip
    data = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, 1)) + b"trailer<</Root 1 0 R>>\n%%EOF"
    assert extract_safely(data, "lettre.pdf").state is State.REFUSED


def test_a_pdf_whose_pages_turn_in_a_circle_ends():
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"
    assert extract_safely(data, "lettre.pdf").state in (State.NO_TEXT, State.REFUSED)


@pytest.mark.parametrize(
    ("data", "name", "state"),
    [
        (b"", "lettre.pdf", State.NO_TEXT),
        (b" \r\n\t ", "lettre.txt", State.NO_TEXT),
        (b"\x00\x01\x02\x03" * 100, "lettre.bin", State.UNKNOWN),
        (b"%PDF-1.7 et rien", "lettre.pdf", State.NO_TEXT),
        (b"PK\x03\x04 coup\xc3\xa9", "lettre.docx", State.NO_TEXT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lettre.doc", State.NO_TEXT),
        (b"\xff\xd8\xff\xe0 coup\xc3\xa9", "photo.jpg", State.NO_TEXT),
    ],
)
def test_an_empty_or_broken_file_has_no_text_and_a_reason(data, name, state):
    document = extract(data, name)
    assert (document.text, document.state) == ("", state)
    assert document.notices[-1].sentence.endswith((".", "!"))


def test_a_wrong_extension_is_told_and_the_file_is_read():
    document = read(nasty_word.package(nasty_word.p("Oui.")), "lettre.pdf")
    assert document.text == "Oui."
    assert (
        sentence(document, "wrong-extension")
        == "Le nom du fichier se termine par « .pdf » mais son contenu est un document Word : il a été lu comme tel."
    )


def test_a_page_that_is_also_a_pdf_is_read_as_one_thing_only():
    document = read(b"<html><script>alert(1)</script>%PDF-1.4 <body>Oui</body></html>", "lettre.html")
    assert "alert" not in document.text


def test_a_child_that_takes_too_long_is_stopped_and_told():
    document = extract_safely(b"Oui.", "lettre.txt", wall_seconds=0.001)
    assert document.state is State.REFUSED
    assert "too-slow" in codes(document)


def test_the_child_gives_what_the_parent_would_have_read():
    data = nasty_word.full_letter()
    assert extract_safely(data, "lettre.docx") == extract(data, "lettre.docx")


def test_names_that_attack_are_only_hints():
    assert extract_safely(b"Oui.", "../../x\0\r\n--help\u202e.txt").text == "Oui."


@pytest.mark.parametrize("extension", ["docx", "odt", "html", "rtf", "txt", "eml", "msg"])
def test_bytes_changed_or_cut_at_random_never_raise(extension):
    """Read in this very process: what a parser throws must come back as a state and a sentence."""
    chance = random.Random(extension)
    whole = FORMATS[extension]()
    for _ in range(25):
        data = bytearray(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        document = read(bytes(data), f"lettre.{extension}")
        assert document.text or document.notices


def test_a_pdf_changed_or_cut_at_random_leaves_the_caller_alive():
    chance = random.Random(7)
    whole = FORMATS["pdf"]()
    for _ in range(6):
        data = bytearray(whole[: chance.randrange(1, len(whole))])
        for _ in range(8):
            data[chance.randrange(len(data))] = chance.randrange(256)
        document = extract_safely(bytes(data), "lettre.pdf")
        assert document.text or document.notices
