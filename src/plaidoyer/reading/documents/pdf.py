"""PDF: words and boxes by pdfium, reading order by us, a scan's pages by optical reading."""

from __future__ import annotations

from importlib import import_module

import pypdfium2 as pdfium
from pypdfium2 import raw

from plaidoyer.reading.documents.findings import Findings
from plaidoyer.reading.documents.frames import enclose, frames, struck
from plaidoyer.reading.documents.geometry import Word, lines_of
from plaidoyer.reading.documents.margins import Sheet, set_apart
from plaidoyer.reading.documents.paragraphs import Measures, Piece, is_open, pieces
from plaidoyer.reading.documents.pdf_words import has_picture, shapes_of, words_of
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import Unread, refused, without_text
from plaidoyer.reading.types import Place

EXTRACTOR = "pdf 1"
MAX_PAGES = 150
LEGIBLE = 0.7  # least share of ordinary letters; below, the file's fonts hide what they mean


def read(data: bytes, record: Record, *, ocr: bool = True) -> str:
    with opened(data) as document:
        record.pages = len(document)
        sheets, scans = [], []
        for number in range(1, min(len(document), MAX_PAGES) + 1):
            sheet, is_scan = sheet_of(document, number, record)
            sheets.append(sheet)
            if is_scan:
                scans.append(number)
        tell_limits(document, record)
        Findings(struck=[" ".join(record.struck)]).tell(record)
        if scans:
            read_scans(document, sheets, scans, record, ocr=ocr)
    lay(sheets, record)
    return record.finish()


def opened(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise why_closed(error) from error
    if document.get_formtype():
        document.init_forms()  # else the values of a form without drawn appearance stay unseen
    if not len(document):
        document.close()
        raise without_text("damaged", "Ce PDF est abîmé : il n'a aucune page. Demandez à la liste de le renvoyer.")
    return document


def why_closed(error: Exception) -> Unread:
    if "password" in str(error).lower() or "security" in str(error).lower():
        return without_text("encrypted", "Ce PDF est protégé par un mot de passe : demandez une version sans protection.")
    return without_text("damaged", "Ce PDF est abîmé ou incomplet et ne peut pas être ouvert : demandez à la liste de le renvoyer.")


def sheet_of(document: pdfium.PdfDocument, number: int, record: Record) -> tuple[Sheet, bool]:
    """One page, and whether it must be read as a picture."""
    try:
        page = flattened(document, number - 1)
        width, height = page.get_size()
        words = words_of(page)
        shapes = shapes_of(page)
        record.struck += struck(words, shapes)
        is_scan = not is_legible(words) and (has_picture(page) or bool(words))
    except pdfium.PdfiumError:
        return Sheet(number, 0, 0, []), False
    except OverflowError as error:
        raise refused("too-long", "Ce PDF est refusé : une de ses pages porte un nombre démesuré de caractères.") from error
    return Sheet(number, width, height, enclose(words, frames(shapes, (width, height)))), is_scan


def flattened(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """The page with what was typed in its form fields and annotations drawn on it; nothing is saved."""
    page = document[index]
    if raw.FPDFPage_GetAnnotCount(page.raw) > 0 and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        page = document[index]
    return page


def is_legible(words: list[Word]) -> bool:
    """Whether the page's letters mean something: some files draw letters whose names were lost."""
    letters = "".join(word.text for word in words)
    plain = sum(letter.isalnum() or letter in ".,;:!?'’()«»\"-–—/%€•" for letter in letters)
    return len(letters) >= 3 and plain >= LEGIBLE * len(letters)


def tell_limits(document: pdfium.PdfDocument, record: Record) -> None:
    if len(document) > MAX_PAGES:
        record.notice("too-many-pages", f"Ce PDF a {len(document)} pages : seules les {MAX_PAGES} premières ont été lues.")


def read_scans(document: pdfium.PdfDocument, sheets: list[Sheet], scans: list[int], record: Record, *, ocr: bool) -> None:
    """Put the optically read words on the pages that are pictures."""
    scans_module = import_module("plaidoyer.reading.documents.scans")  # pictures need more memory than text
    scans_module.read_pages(document, [sheets[number - 1] for number in scans], record, ocr=ocr)


def lay(sheets: list[Sheet], record: Record) -> None:
    """Write the sheets in order, sentences run on over the page, margins and notes at the end."""
    measures = Measures.of([[line for line in lines_of(sheet.words) if not any(w.atom for w in line.words)] for sheet in sheets])
    set_apart(sheets, measures.size)
    last: Piece | None = None
    for sheet in sheets:
        found = pieces(sheet.words, sheet.number, measures)
        if found and last:
            found[0].continues = is_open(last, found[0])
        for piece in found:
            write(piece, last, record)
            last = piece
    for sheet in sheets:
        apart(sheet, record)


def write(piece: Piece, last: Piece | None, record: Record) -> None:
    """One piece as a block with a place for it and one for each of its lines."""
    if piece.continues and record.length:
        record.write("\n")
        record.glued = True
    same = last is not None and last.role == piece.role and last.page == piece.page
    tight = same and (piece.is_tight or (piece.role == "row" and last is not None and "\n" not in piece.text + last.text))
    path = f"page {piece.page}"
    start, end = record.block(piece.text, piece.role, path, tight=tight, page=piece.page, box=piece.box, depth=piece.depth)
    if start == end:
        return
    for index, (a, b) in enumerate(piece.cells, 1):
        record.places.append(Place(start + a, start + b, "cell", f"{path}, colonne {index}", piece.page))
    if piece.role != "row":
        for line in piece.lines:
            stop = start + len(line.text)
            record.places.append(Place(start, min(stop, end), "line", path, piece.page, line.box))
            start = stop + 1


def apart(sheet: Sheet, record: Record) -> None:
    """Lines of a note belong together; running heads and feet are kept line by line, once each."""
    notes: list[list[str]] = []
    for role, line in sheet.apart:
        if role != "note":
            record.set_apart(line.text, role, f"page {sheet.number}", sheet.number, line.box)
        elif notes and not line.text[:1].isdigit():
            notes[-1].append(line.text)
        else:
            notes.append([line.text])
    for note in notes:
        record.set_apart("\n".join(note), "note", f"page {sheet.number}", sheet.number)
