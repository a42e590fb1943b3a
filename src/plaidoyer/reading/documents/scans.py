"""Scans and photographs, read by tesseract in French when it is installed. What it is not sure of is told, never guessed.

The limits: 20 pages a document, 60 s of wall clock and of processor a page. Handwriting comes out of an optical reader as confident nonsense
mixed with doubt: a line whose words it believes in by less than 60 % on average is left out, and its place is shown to the reader.
"""

from __future__ import annotations

import io
import itertools
import os
import shutil
import statistics
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps, UnidentifiedImageError

from plaidoyer.reading.documents.geometry import Line, Word
from plaidoyer.reading.documents.margins import Sheet
from plaidoyer.reading.documents.record import Record, plural
from plaidoyer.reading.documents.refusals import Unread, refused, without_text
from plaidoyer.reading.types import Place

EXTRACTOR = "scan 1"
MAX_PAGES = 20
MAX_PIXELS = 60_000_000  # a telephone takes 12 to 50 million
PAGE_SECONDS = 60
DPI = 200
WIDTH, TALLEST = 1650, 3600  # pixels of an A4 page at 200 dpi; a photograph is brought to about that
SURE = 60.0  # least mean confidence of a line, in percent
SURE_WORD = 30.0  # below, a word alone makes its line doubtful
POINTS = 72 / DPI
NO_READER = "Ce document est une image (scan ou photo) et le lecteur optique « tesseract » n'est pas installé : saisissez son texte à la main."
LATER = "Ce document est une image (scan ou photo) : son texte doit être lu par le lecteur optique."


@dataclass(slots=True)
class Reading:
    """The words of one picture, and the boxes of what nobody should guess."""

    words: list[Word] = field(default_factory=list)
    doubts: list[Line] = field(default_factory=list)


def read(data: bytes, record: Record, *, ocr: bool = True) -> str:
    """One picture file, every frame of a TIFF."""
    pages = pictures(data)
    record.pages = len(pages)
    if not may_read(record, ocr=ocr):
        return ""
    from plaidoyer.reading.documents import pdf

    sheets = [sheet_of(page, number, record) for number, page in enumerate(pages[:MAX_PAGES], 1)]
    tell(sheets, len(pages), record)
    pdf.lay(sheets, record)
    return record.finish()


def read_pages(document: pdfium.PdfDocument, sheets: list[Sheet], record: Record, *, ocr: bool) -> None:
    """The pages of a PDF that are pictures: their words replace what little the file said."""
    if not may_read(record, ocr=ocr):
        return
    for sheet in sheets[:MAX_PAGES]:
        page = document[sheet.number - 1]
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        found = sheet_of(picture, sheet.number, record)
        sheet.words = found.words
    tell(sheets, len(sheets), record)


def may_read(record: Record, *, ocr: bool) -> bool:
    """Whether the optical reader is asked for and present; otherwise the reviewer is told why there is no text."""
    if not ocr:
        record.notice("scan", LATER)
    elif not shutil.which("tesseract"):
        record.notice("no-ocr", NO_READER)
    else:
        record.is_ocr = True
        return True
    return False


def pictures(data: bytes) -> list[Image.Image]:
    """The frames of a picture file, upright. Raises ``Unread`` for what is too large or broken."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise too_large()
            count = min(getattr(picture, "n_frames", 1), MAX_PAGES + 1)
            return [frame_of(picture, index) for index in range(count)]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise without_text("damaged", "Cette image est abîmée et ne peut pas être ouverte : demandez à la liste de la renvoyer.") from error


def too_large() -> Unread:
    return refused("too-big", "Cette image est refusée : elle dépasse 60 millions de pixels. Demandez une version plus légère.")


def frame_of(picture: Image.Image, index: int) -> Image.Image:
    picture.seek(index)
    picture.draft("L", (WIDTH * 2, TALLEST))  # a JPEG is decoded small at once
    upright = ImageOps.exif_transpose(picture) or picture
    if upright.mode in ("RGBA", "LA", "P"):
        upright = upright.convert("RGBA")
        paper = Image.new("RGBA", upright.size, "white")
        upright = Image.alpha_composite(paper, upright)
    return upright.convert("L")


def sheet_of(picture: Image.Image, number: int, record: Record) -> Sheet:
    """One page as words in points, doubts booked on the record."""
    picture = prepared(picture)
    reading = best_reading(picture)
    width, height = picture.width * POINTS, picture.height * POINTS
    for line in reading.doubts:
        record.doubts.append(Place(0, 0, "unreadable", f"page {number}", number, line.box))
    return Sheet(number, width, height, reading.words)


def prepared(picture: Image.Image) -> Image.Image:
    """To the size of a 200 dpi page, without the shadow of the hand that held the telephone, and straight."""
    scale = min(WIDTH / min(picture.width, picture.height), TALLEST / max(picture.width, picture.height))
    if scale < 0.9 or scale > 1.3:
        scale = min(scale, 2.5)
        picture = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), Image.Resampling.LANCZOS)
    paper = (
        picture.resize((max(1, picture.width // 8), max(1, picture.height // 8))).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(6))
    )
    light = paper.resize(picture.size)
    flat = ImageChops.invert(ImageChops.subtract(light, picture))
    return straightened(ImageOps.autocontrast(flat, cutoff=(1, 30)))


def straightened(picture: Image.Image) -> Image.Image:
    """Turn by the angle, within 8 degrees, at which the lines of text stand out most."""
    small = ImageOps.invert(picture.resize((max(1, picture.width // 4), max(1, picture.height // 4))))
    angle = max((step / 2 for step in range(-16, 17)), key=lambda a: (sharpness(small, a), -abs(a)))
    return picture.rotate(angle, Image.Resampling.BICUBIC, expand=False, fillcolor=255) if abs(angle) >= 0.5 else picture


def sharpness(picture: Image.Image, angle: float) -> float:
    """How much the darkness changes from one row of pixels to the next."""
    turned = picture.rotate(angle, Image.Resampling.NEAREST, fillcolor=0)
    rows = list(turned.resize((1, turned.height), Image.Resampling.BOX).tobytes())
    return round(sum((b - a) ** 2 for a, b in itertools.pairwise(rows)), -1)


def best_reading(picture: Image.Image) -> Reading:
    """Upright first; when hardly a word is sure, the picture may lie on its side or upside down."""
    reading = optical(picture)
    if len(reading.words) >= 5:
        return reading
    for turn in (270, 90, 180):
        turned = optical(picture.rotate(turn, expand=True))
        if len(turned.words) >= 5 and len(turned.words) > 2 * len(reading.words):
            return turned
    return reading


def optical(picture: Image.Image) -> Reading:
    """Tesseract's words with their confidence, line by line."""
    sheet = io.BytesIO()
    picture.save(sheet, "PNG", compress_level=1, dpi=(DPI, DPI))
    command = ["tesseract", "-", "-", "-l", language(), "--psm", "3", "--dpi", str(DPI), "tsv"]
    try:
        run = subprocess.run(
            command,
            input=sheet.getvalue(),
            capture_output=True,
            timeout=PAGE_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=raise_limit,
        )
    except (subprocess.TimeoutExpired, OSError):
        return Reading()
    return sorted_out(run.stdout.decode("utf-8", "replace"))


def language() -> str:
    """French when its data are installed, else what there is."""
    folders = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata", "/opt/homebrew/share/tessdata")
    told = os.environ.get("TESSDATA_PREFIX")
    known = [folder for folder in ((told, *folders) if told else folders) if Path(folder).is_dir()]
    return "fra" if not known or any((Path(folder) / "fra.traineddata").exists() for folder in known) else "eng"


def raise_limit() -> None:
    """The optical reader may use a minute of processor where its parent has ten seconds."""
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
    except (ImportError, ValueError, OSError):
        return


def sorted_out(table: str) -> Reading:
    """Lines that are believed, and lines that are not."""
    lines: dict[tuple[str, ...], list[Word]] = defaultdict(list)
    for order, row in enumerate(table.splitlines()[1:]):
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            lines[tuple(cells[1:5])].append(word_of(cells, order))
    reading = Reading()
    for words in lines.values():
        if is_sure(words):
            even(words)
            reading.words += words
        elif has_ink(words):
            reading.doubts.append(Line(words))
    return reading


def word_of(cells: list[str], order: int) -> Word:
    left, top, width, height = (int(cell) * POINTS for cell in cells[6:10])
    return Word(cells[11], left, top, left + width, top + height, height, order=order, sure=float(cells[10]))


def is_sure(words: list[Word]) -> bool:
    """Weighted by length: a stray dot must not condemn a line, nor a sure article save one."""
    weight = sum(len(word.text) for word in words)
    mean = sum(word.sure * len(word.text) for word in words) / weight
    letters = sum(letter.isalnum() for word in words for letter in word.text)
    lost = sum(word.sure < SURE_WORD for word in words if len(word.text) > 2)
    return mean >= SURE and letters >= 0.5 * weight and lost <= len(words) // 4


def has_ink(words: list[Word]) -> bool:
    """Whether this is as large as writing, not a speck or a rule."""
    return max(word.right for word in words) - min(word.left for word in words) > 15 and max(word.bottom - word.top for word in words) > 4


def even(words: list[Word]) -> None:
    """Tesseract's boxes hug each word; the line's common height and size serve the layout better."""
    size = statistics.median(word.bottom - word.top for word in words) * 1.1
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    for word in words:
        word.size = round(size)
        if bottom - top < 2.2 * size:
            word.top, word.bottom = top, bottom


def tell(sheets: list[Sheet], count: int, record: Record) -> None:
    if any(sheet.words for sheet in sheets):
        record.notice("ocr", "Ce texte a été lu par une machine sur une image : comparez chaque citation avec l'image avant de la publier.")
    else:
        record.notice(
            "illegible",
            "La machine n'a pu lire aucun mot sur cette image (écriture manuscrite, ou image trop floue) : saisissez son texte à la main.",
        )
    if count > MAX_PAGES:
        record.notice("too-many-scans", f"Ce document a {count} pages en image : seules les {MAX_PAGES} premières ont été lues.")
    if record.doubts:
        lines = plural(len(record.doubts), "ligne n'est pas lisible", "lignes ne sont pas lisibles")
        record.notice(
            "unreadable", f"{lines} par la machine (écriture manuscrite, ou image trop floue) : lisez-les sur l'image et saisissez-les à la main."
        )
        record.places += record.doubts
