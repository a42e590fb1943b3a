"""Pictures of letters. The optical reader is optional: where it is absent, only the message about its absence is tested."""

from __future__ import annotations

import random
import shutil
from io import BytesIO
from pathlib import Path

import pytest
import reportlab
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from plaidoyer.reading.sandbox import extract_safely
from plaidoyer.reading.types import State
from tests.reading.documents.reading_aids import codes, read, said, sentence, words

FONT = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
LETTER = [
    "Madame, Monsieur,",
    "Nous ouvrirons vingt places d'accueil de nuit avant le premier hiver.",
    "La cantine coûtera un euro pour les plus petits quotients.",
    "Les douches municipales seront gratuites tous les jours de la semaine.",
    "La domiciliation sera faite sous quinze jours, sans condition de titre.",
]
needs_reader = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def sheet(lines: list[str] = LETTER) -> Image.Image:
    """A typed page of A4 at 150 dpi."""
    page = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 26)
    for number, line in enumerate(lines):
        pen.text((120, 160 + 60 * number), line, fill=0, font=font)
    return page


def scribbled(page: Image.Image) -> Image.Image:
    """Six lines of something like handwriting below."""
    pen, chance = ImageDraw.Draw(page), random.Random(3)
    for row in range(6):
        x, stroke = 150, []
        while x < 1000:
            stroke.append((x, 900 + 80 * row + chance.randint(-24, 24)))
            x += chance.randint(4, 13)
            if chance.random() < 0.1:
                pen.line([*stroke, (x, 900 + 80 * row)], fill=20, width=3, joint="curve")
                stroke, x = [], x + 18
    return page


def saved(page: Image.Image, kind: str = "PNG", **options) -> bytes:
    target = BytesIO()
    page.save(target, kind, **options)
    return target.getvalue()


def test_a_scan_waits_for_the_optical_reader():
    document = read(saved(sheet()), "scan.png", ocr=False)
    assert (document.text, document.state) == ("", State.NO_TEXT)
    assert "scan" in codes(document)


def test_without_the_optical_reader_the_volunteer_is_told_what_to_do(monkeypatch):
    monkeypatch.setenv("PATH", "")
    document = read(saved(sheet()), "scan.png", ocr=True)
    assert document.state is State.NO_TEXT
    assert "n'est pas installé : saisissez son texte à la main" in sentence(document, "no-ocr")


@needs_reader
@pytest.mark.slow
def test_a_clean_scan_is_read_and_marked_as_such():
    document = extract_safely(saved(sheet()), "scan.png")
    assert words(document.text) == words(" ".join(LETTER))
    assert document.is_ocr
    assert "ocr" in codes(document)


@needs_reader
@pytest.mark.slow
def test_a_photograph_askew_in_the_shadow_is_read():
    page = sheet().rotate(3, expand=True, fillcolor=190, resample=Image.Resampling.BICUBIC)
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda v: 110 + v * 140 // 255)
    photo = ImageChops.multiply(page, shadow).filter(ImageFilter.GaussianBlur(0.7)).convert("RGB")
    document = read(saved(photo, "JPEG", quality=70), "photo.jpg", ocr=True)
    found = words(document.text)
    assert sum(word in found for word in words(" ".join(LETTER))) >= 40


@needs_reader
@pytest.mark.slow
def test_a_sheet_on_its_side_is_turned():
    document = read(saved(sheet().rotate(90, expand=True)), "scan.png", ocr=True)
    assert "Nous ouvrirons vingt places" in document.text


@needs_reader
@pytest.mark.slow
def test_handwriting_is_said_to_be_unreadable_and_its_place_is_shown():
    document = read(saved(scribbled(sheet())), "scan.png", ocr=True)
    assert words(document.text) == words(" ".join(LETTER))
    doubts = [place for place in document.places if place.role == "unreadable"]
    assert doubts
    assert all(place.start == place.end and place.box is not None and place.box[1] > 300 for place in doubts)
    assert "manuscrite" in sentence(document, "unreadable")


@needs_reader
@pytest.mark.slow
def test_handwriting_alone_gives_no_text_at_all():
    document = read(saved(scribbled(Image.new("L", (1240, 1754), 255))), "scan.png", ocr=True)
    assert (document.text, document.state) == ("", State.NO_TEXT)
    assert "illegible" in codes(document)


@needs_reader
@pytest.mark.slow
def test_a_pdf_of_pictures_and_a_tiff_of_two_pages_are_read_page_by_page():
    last = ["Deuxième page : nous ouvrirons une bagagerie municipale."]
    for data, name in (
        (saved(sheet(), "PDF", resolution=150, save_all=True, append_images=[sheet(last)]), "scan.pdf"),
        (saved(sheet(), "TIFF", compression="tiff_lzw", save_all=True, append_images=[sheet(last)]), "scan.tiff"),
    ):
        document = read(data, name, ocr=True)
        assert document.source.pages == 2
        assert words(document.text) == words(" ".join(LETTER) + " Deuxième page : nous ouvrirons une bagagerie municipale.")
        assert {place.page for place in document.places} == {1, 2}


def test_a_picture_of_a_billion_pixels_is_refused():
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (40_000).to_bytes(4, "big") * 2 + b"\x08\0\0\0\0"
    import zlib

    data = head + zlib.crc32(head[12:]).to_bytes(4, "big") + b"\0\0\0\0IEND\xaeB`\x82"
    assert read(data, "photo.png", ocr=True).state is State.REFUSED


def test_a_photograph_in_the_iphones_own_format_is_told_with_what_to_do():
    document = read(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "IMG_0001.HEIC")
    assert document.state is State.UNKNOWN
    assert "enregistrez-la en JPEG" in sentence(document, "heic")
    assert said(document, "paragraph") == []
