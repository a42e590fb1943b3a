"""Files made to hurt, dropped at the door of a list (performance-and-faults.md, U1 to U9; letter templates, U8: test_letter_templates.py).

What must hold: refused in French with what to do, or taken as text only; the words already typed stay; nothing reaches the evidence before it
is sent; the process that serves the page is alive and has not grown.
"""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from reportlab.pdfgen import canvas

from plaidoyer.replies.door.uploads import FILES_AT_MOST
from plaidoyer.replies.models import DoorDraft, DoorFile, Original, Reply
from tests.reading.documents import nasty_word
from tests.reading.documents.test_hostile import zipped
from tests.replies.conftest import on_tuesday, receive  # noqa: F401  the calendar of the room
from tests.replies.door_cast import *
from tests.replies.door_cast import PAGE, form_of, sent_by, typed
from tests.replies.test_door_page import NOON

YES = "Oui, sans condition."


@pytest.fixture(autouse=True)
def on_wednesday(on_tuesday):  # noqa: F811
    on_tuesday.move_to(NOON)
    return on_tuesday


def drop(browser, name: str, data: bytes) -> str:
    """Join one file with a text in the same press; what the page then says of it, with plain spaces."""
    answer = typed(browser, "attach", Q1=YES, files=[SimpleUploadedFile(name, data)])
    assert answer.status_code == 302
    assert DoorDraft.objects.get().texts == {"Q1": YES}
    assert not Original.objects.exists()
    page = BeautifulSoup(browser.get(PAGE).content, "html.parser")
    return " ".join(page.select_one("#documents").get_text(" ").split())


def drawn(text: str = "Oui.", **more) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, **more)
    sheet.drawString(72, 700, text)
    sheet.save()
    return out.getvalue()


def lying_sizes() -> bytes:
    data = bytearray(nasty_word.package(nasty_word.p("a" * 30_000_000)))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


# == U1, U2: packages that swell, documents that call out


@pytest.mark.parametrize(
    "build",
    [
        lambda: nasty_word.package(nasty_word.p("a" * 30_000_000)),
        lambda: nasty_word.package("<w:p/>" * 1_200_000),
        lambda: zipped({f"word/{number}": b"" for number in range(100_000)} | {"word/document.xml": b"<a/>"}),
        lying_sizes,
    ],
    ids=["one huge part", "a million paragraphs", "a hundred thousand entries", "sizes that lie"],
)
def test_a_package_that_swells_is_refused_and_this_process_does_not_grow(browser, build):
    bomb = build()
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    said = drop(browser, "lettre.docx", bomb)
    assert "« lettre.docx » n’est pas joint" in said
    assert not DoorFile.objects.exists()
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 60 + len(bomb) / 100_000
    assert time.process_time() - began < 2


def test_a_zip_is_asked_to_be_opened_first(browser):
    said = drop(browser, "tout.zip", zipped({"lettre.docx": nasty_word.package(nasty_word.p("Oui."))}))
    assert "c’est une archive (zip) ; joignez un à un les documents qu’elle contient" in said


@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels", "word/header1.xml"])
def test_a_doctype_is_refused_wherever_it_hides(browser, part):
    whole = nasty_word.package(nasty_word.p("Oui."), header=nasty_word.p("Tête"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            body = source.read(name)
            target.writestr(name, b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + body.split(b"?>", 1)[-1] if name == part else body)
    assert "n’est pas joint" in drop(browser, "lettre.docx", out.getvalue())


# == U3: macros


def test_a_document_with_macros_is_taken_for_its_text_and_its_sender_is_told(
    browser, django_capture_on_commit_callbacks, client, campaign, amina, as_user
):
    with_macros = nasty_word.package(nasty_word.p("Nous domicilierons."), extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    said = drop(browser, "lettre.docx", with_macros)
    assert "elles ne seront ni exécutées ni publiées" in said
    sent_by(browser, django_capture_on_commit_callbacks)
    original = Reply.objects.get().originals.get(name="lettre.docx")
    assert "Nous domicilierons." in original.texts.get().text
    assert client.get(f"/originaux/{original.sha256}").status_code == 404
    served = as_user(amina).get(reverse("replies:original", args=[Reply.objects.get().pk, original.pk]))
    assert (served["X-Content-Type-Options"], "attachment" in served["Content-Disposition"]) == ("nosniff", True)


# == U4, U7: PDF files


def test_a_pdf_that_counts_without_end_is_stopped_and_the_page_answers(browser):
    from tests.reading.documents.test_hostile import zlib

    stream = zlib.compress(b"0 0 m 1 1 l S\n" * 3_000_000)
    for _ in range(2):
        stream = zlib.compress(stream)
    head = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n"
    body = b"4 0 obj<</Length %d/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n" % len(stream) + stream + b"\nendstream endobj\n"
    drop(browser, "bombe.pdf", head + page + body + b"trailer<</Root 1 0 R>>\n%%EOF")
    assert browser.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("vide.pdf", b"", "il est vide (0 octet)"),
        ("coupee.pdf", drawn()[:200], "il est abîmé ou incomplet"),
        ("tableau.xlsx", zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}), "c’est un tableur ou une présentation"),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "enregistrez-la en JPEG"),
        ("programme.exe", b"MZ\x90\x00" + bytes(range(256)) * 20, "nous ne savons pas l’ouvrir"),
    ],
    ids=["empty", "cut", "spreadsheet", "heic", "program"],
)
def test_what_cannot_be_read_is_refused_in_words_that_say_what_to_do(browser, name, data, why):
    said = drop(browser, name, data)
    assert f"« {name} » n’est pas joint" in said
    assert why in said
    assert "PDF, Word (.docx), LibreOffice (.odt), texte, ou photo (JPEG, PNG), 30 Mo au plus" in said


def test_a_file_under_a_password_is_refused(browser):
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert "il est protégé par un mot de passe" in drop(browser, "lettre.pdf", drawn(encrypt=StandardEncryption("secret", canPrint=0)))


def test_a_file_over_the_limit_is_refused_with_the_limit(browser, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    assert "il dépasse 1 Mo" in drop(browser, "lourd.pdf", b"%PDF-1.7" + b"x" * 1024 * 1024)


def test_a_photograph_of_a_page_is_taken_and_its_sender_is_told_that_a_machine_will_read_it(browser):
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "JPEG")
    assert "C’est une image de texte" in drop(browser, "page.jpg", out.getvalue())
    assert DoorFile.objects.get().media_type == "image/jpeg"


def test_an_image_of_a_billion_pixels_is_not_opened(browser):
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    began = time.process_time()
    drop(browser, "enorme.png", head + b"\0" * 100)
    assert time.process_time() - began < 2
    assert browser.get(PAGE).status_code == 200


# == U5, U6: what a file pretends to be, and what it is called


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lettre.pdf", b"<html><body><script>alert(1)</script>Oui</body></html>"),
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("page.html", b"<!doctype html><p>Oui</p>"),
    ],
)
def test_a_page_or_a_drawing_with_a_program_is_never_handed_back_as_one(browser, name, data, django_capture_on_commit_callbacks, as_user, amina):
    said = drop(browser, name, data)
    if "n’est pas joint" in said:
        assert not DoorFile.objects.exists()
        return
    sent_by(browser, django_capture_on_commit_callbacks)
    original = Reply.objects.get().originals.get(name=name)
    served = as_user(amina).get(reverse("replies:original", args=[Reply.objects.get().pk, original.pk]))
    assert "attachment" in served["Content-Disposition"]
    assert "sandbox" in served["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\x\\lettre.txt", "lettre.txt"),
        ("lettre\u202etxt.exe", "lettretxt.exe"),
        ("a" * 250 + ".txt", "a" * 180 + "…" + "a" * 15 + ".txt"),
        ('<img src=x onerror="alert(1)">.txt', '<img src=x onerror="alert(1)">.txt'),
    ],
)
def test_a_name_is_only_shown(browser, given, kept, settings, tmp_path):
    drop(browser, given, b"Notre programme.")
    file = DoorFile.objects.get()
    assert file.name == kept
    assert file.file.name == f"brouillons/{file.draft_id}/{file.sha256}"
    assert b"<img src=x" not in browser.get(PAGE).content


def test_the_same_file_twice_is_one_and_too_many_are_refused(browser):
    for number in (0, 0, *range(1, FILES_AT_MOST + 1)):
        said = drop(browser, f"annexe {number}.txt", f"Annexe {number}.".encode())
    assert DoorFile.objects.count() == FILES_AT_MOST
    assert "8 documents au plus" in said


def test_a_bad_file_among_good_ones_keeps_none_of_the_good_ones_out(browser):
    files = [SimpleUploadedFile("bon.txt", b"Oui."), SimpleUploadedFile("vide.pdf", b""), SimpleUploadedFile("autre.txt", b"Encore oui.")]
    typed(browser, "attach", files=files)
    assert [one.name for one in DoorFile.objects.order_by("pk")] == ["bon.txt", "autre.txt"]


def test_pressing_preview_with_a_refused_file_stays_on_the_page(browser):
    answer = typed(browser, "preview", Q1=YES, answered_by="Inès", capacity="tête de liste", files=[SimpleUploadedFile("vide.pdf", b"")])
    assert answer["Location"] == PAGE + "#documents"


# == U9: words that look like orders


HOSTILE = "<img src=file:///etc/passwd> <link rel=attachment href=x> #read(\"/etc/passwd\") =cmd|'/c calc'!A1 {{ 7*7 }} {% debug %} <script>alert(1)</script>"


def test_words_that_look_like_orders_stay_words(browser, django_capture_on_commit_callbacks):
    page = sent_by(browser, django_capture_on_commit_callbacks, Q1=HOSTILE, answered_by="<b>Inès</b>", email="")
    soup = BeautifulSoup(page.content, "html.parser")
    assert HOSTILE in soup.select_one("article.sheet").get_text()
    assert soup.select("article.sheet img, article.sheet script, article.sheet link, dd b") == []
    assert form_of(browser)["Q1"] == HOSTILE
    assert HOSTILE in browser.get(reverse("door:proof", args=[1, "recu.txt"])).content.decode()
    assert browser.get(reverse("door:proof", args=[1, "reponse.txt"]))["Content-Disposition"].startswith("attachment")
