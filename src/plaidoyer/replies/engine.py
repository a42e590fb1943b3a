"""The one door to the reading engine. Whatever a stranger's file does, this answers with a Document that says why."""

from __future__ import annotations

import logging

from plaidoyer import reading
from plaidoyer.reading import types
from plaidoyer.reading.sandbox import extract_safely

log = logging.getLogger(__name__)


def extract(data: bytes, name: str) -> types.Document:
    """Read bytes in a child process with bounded time and memory."""
    return extract_safely(data, name)


def look(data: bytes, name: str) -> types.Document:
    """The same child, without the optical reader: enough to say at once what a file is, and whether it is refused."""
    return extract_safely(data, name, ocr=False)


def read(document: types.Document, questions: tuple[types.Question, ...], said: str = "") -> types.Reading | None:
    """The proposals of the machine, or None when it failed: the letter is then read by people alone."""
    from plaidoyer.replies.learning import in_use

    try:
        with in_use.weights():
            return reading.read(document, questions, types.Kind(said) if said else None)
    except Exception:  # a fault of the engine must never keep a letter from being read by people
        log.exception("The engine failed on a document (%s).", document.source.sha256)
        return None
