"""Bytes of a text file of unknown encoding, and the separator of its columns."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
DELIMITERS = ";\t,|"


class UnreadableTextError(ValueError):
    """The message is a French sentence."""


def encoding_of(parts: Iterable[bytes]) -> str:
    """The encoding of a file read in parts, in constant memory: what its first bytes say, else UTF-8 if it holds to the end, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_first = True
    for part in parts:
        if is_first:
            is_first = False
            for bom, name in BOMS.items():
                if part.startswith(bom):
                    return name
        try:
            decoder.decode(part)
        except UnicodeDecodeError:
            return "cp1252"
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(content: bytes) -> str:
    if content[:4000].count(b"\0") > 200 and not content.startswith(tuple(BOMS)):
        raise UnreadableTextError("Ce fichier n’est ni un classeur ni un texte lisible. Envoyez un .xlsx, un .ods ou un .csv.")
    try:
        # The five bytes that Windows-1252 leaves undefined become question marks in a lozenge: a doubtful letter never hides a whole file.
        return content.decode(encoding_of([content]), errors="replace")
    except UnicodeError as error:
        raise UnreadableTextError("Le texte de ce fichier ne se lit pas. Réenregistrez-le en .csv, encodage UTF-8.") from error


def delimiter_of(text: str) -> str:
    """The separator that is in most lines, and most often; « ; » when nothing decides."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    return max(DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines), -DELIMITERS.index(mark)))
