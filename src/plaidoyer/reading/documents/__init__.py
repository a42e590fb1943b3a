r"""From the bytes of a letter to its text of record.

The convention on which every later stage relies, whatever the format:

- ``text`` is what was typed: no Unicode normalisation, no joined hyphen, no changed apostrophe or space.
  A .txt or .md is the decoded file to the letter.
- **A paragraph ends at an empty line** (two line ends or more). A single line end is a line break inside a paragraph (a line
  of a PDF, a Shift+Return, a line of an address), **except** where a ``Place`` of role item, row or heading begins: consecutive items
  of a list and rows of a table stand one per line and each is a paragraph of its own.
- The cells of a row are joined by one tab: ``"Domiciliation\tOui, sans condition"``. A colon would be a word put in the author's mouth.
- Bullets and numbers that the word processor generates are part of the text ("1. ", "• "), as the reader of the paper sees them.
- Footnotes, then headers, then footers come after the body, as places of role note, header, footer: they never cut a sentence.
  A note call is ``[1]`` in the body and at the head of the note.
- Quoted mail history stays in the text, as places of role quoted. The header block of a mail ("De :", "Objet :") opens its text, role header.
- Tracked deletions and hidden text are not in the text and are told in ``notices``; tracked insertions are.
- In paged formats, places of role ``line`` give the box of each line beside the places of the paragraphs; a place of role ``unreadable`` is
  empty (start == end) and its box is where something stands that no machine should guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib import import_module

from plaidoyer.reading.documents.plain import mark_quoted
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import Unread, refused
from plaidoyer.reading.documents.sniffing import IMAGES, Sniffed, sniff
from plaidoyer.reading.types import Document, Notice, Source, State

# Readers are loaded when needed: a .txt must not wait for the PDF engine.
READERS = {
    "txt": "plain", "md": "plain", "html": "webpage", "eml": "mail", "msg": "outlook", "pdf": "pdf",
    "docx": "word", "docm": "word", "doc": "word97", "odt": "odt", "rtf": "rtf",
}  # fmt: skip
MAX_BYTES = 60_000_000


def extract(data: bytes, name: str = "", media_type: str = "", *, ocr: bool = True) -> Document:
    """Read ``data`` in this process, by its true type, and never raise for what a stranger may have put in it.

    ``name`` and ``media_type`` are hints. With ``ocr=False`` a scan comes back as ``State.NO_TEXT`` with the notice ``scan``.
    A file that cannot be read has an empty text, a state that says why, and a French notice.

    >>> extract(b"Nous ouvrirons vingt places.", "reponse.txt").text
    'Nous ouvrirons vingt places.'
    """
    sniffed = Sniffed("", media_type or "application/octet-stream")
    record = Record()
    try:
        check_size(data)
        sniffed = sniff(data, name, media_type)
        if sniffed.lie:
            record.notice("wrong-extension", sniffed.lie)
        text, extractor = read_as(sniffed.kind, data, record, ocr=ocr)
    except Unread as problem:
        return unread(data, sniffed, record, problem)
    except RecursionError:
        return unread(data, sniffed, record, too_deep())
    except MemoryError:
        return unread(data, sniffed, record, too_heavy())
    except Exception as error:  # noqa: BLE001 — a parser may fail in any way on a stranger's file; the file must stay, with a reason
        return unread(data, sniffed, record, failed(error))
    state = record.state or (State.READ if text.strip() else State.NO_TEXT)
    if state is State.NO_TEXT and not record.notices:
        record.notice("no-text", "Aucun texte n'a été trouvé dans ce fichier : ouvrez l'original, et saisissez son texte à la main s'il en a un.")
    return Document(
        text, Source(hashlib.sha256(data).hexdigest(), sniffed.media_type, record.pages), extractor, state,
        tuple(record.places), tuple(record.notices.values()), record.is_ocr, tuple(record.attachments),
    )  # fmt: skip


def check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise refused("too-big", "Ce fichier dépasse 60 Mo : demandez une version plus légère, ou saisissez le texte à la main.")


def read_as(kind: str, data: bytes, record: Record, *, ocr: bool) -> tuple[str, str]:
    """The text and the name of the extractor; the places and notices are in ``record``."""
    if kind in IMAGES or kind == "pdf":
        module = import_module(f"{__name__}.{'pdf' if kind == 'pdf' else 'scans'}")
        text = str(module.read(data, record, ocr=ocr))
        record.places = mark_quoted(text, record.places)
        return text, str(module.EXTRACTOR)
    module = import_module(f"{__name__}.{READERS[kind]}")
    read: Callable[[bytes, Record], str] = module.read
    text = read(data, record)
    if kind not in ("txt", "md", "eml", "msg"):  # these know where a mail's own words begin
        record.places = mark_quoted(text, record.places)
    return text, str(module.EXTRACTOR)


def too_deep() -> Unread:
    return Unread(
        State.REFUSED, "too-deep", "Ce fichier est refusé : ses éléments sont imbriqués sans fin. Demandez à la liste de renvoyer sa lettre en PDF."
    )


def too_heavy() -> Unread:
    return refused(
        "too-heavy", "Ce fichier est refusé : l'ouvrir demande plus de mémoire qu'aucune lettre. Demandez à la liste de la renvoyer en PDF."
    )


def failed(error: Exception) -> Unread:
    sentence = f"Ce fichier n'a pas pu être lu ({type(error).__name__}) : ouvrez l'original, et saisissez son texte à la main."
    return Unread(State.NO_TEXT, "reader-failed", sentence)


def unread(data: bytes, sniffed: Sniffed, record: Record, problem: Unread) -> Document:
    source = Source(hashlib.sha256(data).hexdigest(), sniffed.media_type, record.pages)
    notices: tuple[Notice, ...] = (*record.notices.values(), problem.notice)
    return Document("", source, "none", problem.state, (), notices, record.is_ocr, tuple(record.attachments))
