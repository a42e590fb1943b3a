"""Words and drawn shapes of a PDF page, from pdfium's characters: their order is the drawing's, so only boxes are believed."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from plaidoyer.reading.documents.frames import MAX_SHAPES, Shape
from plaidoyer.reading.documents.geometry import Word
from plaidoyer.reading.documents.numerals import bullet
from plaidoyer.reading.documents.record import Box

MAX_CHARACTERS = 60_000  # of one page; a page of a newspaper has 20,000
HYPHENS = {"\x02": "-", "\ufffe": "-", "\uffff": "-"}  # pdfium's own marks for a hyphen at a line's end


@dataclass(frozen=True, slots=True)
class View:
    """From the file's coordinates (from the bottom left, before rotation) to the page as people see it."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, x1, y0, y1 = left - self.left, right - self.left, bottom - self.bottom, top - self.bottom
        if self.rotation == 90:
            return y0, x0, y1, x1
        if self.rotation == 180:
            return self.width - x1, y0, self.width - x0, y1
        if self.rotation == 270:
            return self.height - y1, self.width - x1, self.height - y0, self.width - x0
        return x0, self.height - y1, x1, self.height - y0


def view_of(page: pdfium.PdfPage) -> View:
    left, bottom, right, top = page.get_cropbox() or page.get_mediabox()
    return View(left, bottom, right - left, top - bottom, page.get_rotation())


def words_of(page: pdfium.PdfPage, limit: int = MAX_CHARACTERS) -> list[Word]:
    """Every upright word. Raises ``OverflowError`` beyond ``limit`` characters."""
    text = page.get_textpage()
    count = text.count_chars()
    if count > limit:
        raise OverflowError
    builder = Builder(view_of(page))
    for index in range(count):
        builder.take(text.raw, index)
    builder.close()
    return builder.words


class Builder:
    """Letters in the file's order, closed into a word at white space, at a jump, or at a change of line."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.words: list[Word] = []
        self.open: Word | None = None
        self.gap = " "
        self.high = 0
        self.last_box = (0.0, 0.0, 0.0, 0.0)
        self.rect = raw.FS_RECTF()
        self.across, self.baseline = ctypes.c_double(), ctypes.c_double()
        self.rotation = view.rotation * math.pi / 180

    def take(self, text: ctypes.c_void_p, index: int) -> None:
        letter = self.whole(raw.FPDFText_GetUnicode(text, index))
        if not letter:
            return
        if letter.isspace():
            self.close()
            self.gap = letter if letter in ("\xa0", "\u202f", "\u2009") else " "
            return
        if not raw.FPDFText_GetLooseCharBox(text, index, self.rect):
            return
        size = raw.FPDFText_GetFontSize(text, index)
        self.even(text, index, size)
        box = self.view.box(self.rect.left, self.rect.bottom, self.rect.right, self.rect.top)
        if box[3] - box[1] <= 0.1 or box[2] - box[0] < 0:
            self.add_weightless(letter)
            return
        self.add(letter, box, size)

    def even(self, text: ctypes.c_void_p, index: int, size: float) -> None:
        """Give upright letters one height above and below their line: some fonts tell that of each drawn sign, others that of two lines."""
        height = self.rect.top - self.rect.bottom
        if not 0.2 * size < height < 3 * size or abs(raw.FPDFText_GetCharAngle(text, index)) > 0.1:
            return
        if raw.FPDFText_GetCharOrigin(text, index, self.across, self.baseline) and self.rect.bottom - size < self.baseline.value < self.rect.top:
            self.rect.bottom, self.rect.top = self.baseline.value - 0.22 * size, self.baseline.value + 0.78 * size

    def whole(self, code: int) -> str:
        """The letter; pdfium gives signs beyond 65,535 (emoji) in two halves."""
        if 0xD800 <= code < 0xDC00:
            self.high = code
            return ""
        if 0xDC00 <= code < 0xE000:
            return chr(0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00) if self.high else "\ufffd"
        self.high = 0
        return letter_of(code)

    def add_weightless(self, letter: str) -> None:
        """A mark without width, such as an accent put apart, belongs to the word that is open."""
        if self.open:
            self.open.text += letter

    def add(self, letter: str, box: Box, size: float) -> None:
        word = self.open
        size = max(size if 2 < size < 200 else box[3] - box[1], 1.0)
        if word and self.follows(word, box, size):
            word.text += letter
            self.last_box = box
            word.right, word.top, word.bottom = max(word.right, box[2]), min(word.top, box[1]), max(word.bottom, box[3])
            return
        self.close()
        self.last_box = box
        self.open = Word(letter, box[0], box[1], box[2], box[3], min(size, box[3] - box[1] + 2), self.gap, len(self.words))

    def follows(self, word: Word, box: Box, size: float) -> bool:
        if box == self.last_box:  # the letters of a ligature share one box
            return True
        near = -0.5 * size < box[0] - word.right < 0.3 * size
        return near and min(word.bottom, box[3]) - max(word.top, box[1]) > 0.4 * min(word.bottom - word.top, box[3] - box[1])

    def close(self) -> None:
        if self.open:
            if "\ue000" <= self.open.text <= "\uf8ff":  # one letter of a symbol font: what people see is a bullet
                self.open.text = bullet(self.open.text)
            self.words.append(self.open)
            self.open = None
            self.gap = " "


def letter_of(code: int) -> str:
    if code == 0:
        return ""
    letter = chr(code)
    if letter in HYPHENS:
        return HYPHENS[letter]
    return " " if code < 32 else letter


def shapes_of(page: pdfium.PdfPage) -> list[Shape]:
    """Bounds of the drawn paths. Too many of them are a picture."""
    view = view_of(page)
    found: list[Shape] = []
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        found.append(Shape(*view.box(*item.get_bounds())))
        if len(found) > MAX_SHAPES:
            return []
    return found


def has_picture(page: pdfium.PdfPage) -> bool:
    """Whether an image covers a good part of the page, as a scan does."""
    view = view_of(page)
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        if abs((right - left) * (top - bottom)) > 0.3 * view.width * view.height:
            return True
    return False
