"""Word 97–2003 (.doc), by office-oxide: the only reader tried that leaves tracked deletions out."""

from __future__ import annotations

from plaidoyer.reading.documents.record import Record

EXTRACTOR = "doc 1"


def read(data: bytes, record: Record) -> str:
    raise NotImplementedError
