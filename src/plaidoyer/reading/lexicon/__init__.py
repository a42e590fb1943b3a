"""The French form table: what a written form can be (lemma, part of speech, mood, tense, person).

Built by ``scripts/build_verb_table.py`` from the dictionary Dicollecte (MPL-2.0, notice beside the data).
The file is a sorted table in compressed blocks: opening it reads 20 kB, nothing is expanded at start.
"""

from __future__ import annotations

import bisect
import functools
import pathlib
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TABLE = pathlib.Path(__file__).with_name("forms.bin")
BLOCK = 192
PLAIN = {
    ord(c): base
    for c in map(chr, range(0xC0, 0x250))
    if (base := "".join(x for x in unicodedata.normalize("NFD", c) if not unicodedata.combining(x))) != c
} | {ord("œ"): "oe", ord("æ"): "ae", ord("’"): "'", ord("ß"): "ss"} | dict.fromkeys(range(768, 880), "")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Analysis:
    """One thing that a form can be. ``part``: V, N, A, D (adverb), R (preposition), B (number).

    ``mood`` for verbs: i infinitive, g gerund, q past participle, p present, m imperfect, s simple past,
    f future, c conditional, j subjunctive, y imperative; ``persons`` is a string of digits 1-6.
    """

    part: str
    lemma: str
    mood: str = ""
    persons: str = ""


def fold(word: str) -> str:
    """Lower case, no accents, straight apostrophe: « Été » → « ete »."""
    lowered = word.lower()
    return lowered if lowered.isascii() else lowered.translate(PLAIN)


def write_table(path: pathlib.Path, table: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
    """Write {folded: {form: codes}} as blocks; the layout is that read by ``_open``."""
    lines = []
    for key in sorted(table):
        forms = (f"{'' if form == key else form}={','.join(sorted(codes))}" for form, codes in sorted(table[key].items()))
        lines.append(f"{key}\t{'|'.join(forms)}")
    blocks = [lines[i : i + BLOCK] for i in range(0, len(lines), BLOCK)]
    packed = [zlib.compress("\n".join(block).encode(), 9) for block in blocks]
    firsts = "\n".join(block[0].split("\t")[0] for block in blocks).encode()
    sizes = struct.pack(f"<{len(packed)}I", *(len(p) for p in packed))
    index = zlib.compress(sizes + firsts, 9)
    path.write_bytes(struct.pack("<II", len(packed), len(index)) + index + b"".join(packed))


@functools.cache
def _open() -> tuple[bytes, list[str], list[int]]:
    raw = TABLE.read_bytes()
    count, length = struct.unpack_from("<II", raw)
    index = zlib.decompress(raw[8 : 8 + length])
    sizes = struct.unpack_from(f"<{count}I", index)
    offsets = [8 + length]
    for size in sizes:
        offsets.append(offsets[-1] + size)
    return raw, index[4 * count :].decode().split("\n"), offsets


@functools.lru_cache(maxsize=1024)
def _block(number: int) -> dict[str, str]:
    raw, _, offsets = _open()
    text = zlib.decompress(raw[offsets[number] : offsets[number + 1]]).decode()
    return dict(line.split("\t", 1) for line in text.split("\n"))


def _parse(code: str) -> Analysis:
    tag, _, lemma = code.partition(":")
    return Analysis(tag[0], lemma, tag[1:2], tag[2:])


@functools.lru_cache(maxsize=65536)
def analyses(word: str) -> tuple[Analysis, ...]:
    """All that a written form can be; accents decide when they are there, and are forgiven when they are not.

    >>> [a.mood + a.persons for a in analyses("domicilierons")]
    ['f4']
    """
    key = fold(word)
    _, firsts, _ = _open()
    number = bisect.bisect_right(firsts, key) - 1
    entry = _block(number).get(key) if number >= 0 else None
    if entry is None:
        return ()
    forms = {form or key: codes for form, _, codes in (item.partition("=") for item in entry.split("|"))}
    lowered = word.lower().replace("’", "'")
    chosen = [forms[lowered]] if lowered in forms else list(forms.values())
    return tuple(_parse(code) for codes in chosen for code in codes.split(","))


def is_known(word: str) -> bool:
    """Whether the dictionary holds this form, with or without its accents."""
    return bool(analyses(word))
