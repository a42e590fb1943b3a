"""Files from strangers are opened in a child process: 10 s of processor, 512 MB, no core file, and a wall clock.

A child that dies takes only itself down: the file stays an original, refused with a French sentence. A scan is read in a second child, with
more time: 60 s of wall clock a page, at most 20 pages, each page's optical reader limited to 60 s of processor.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from plaidoyer.reading.documents.wire import unpack
from plaidoyer.reading.types import Document, Notice, Source, State

WALL_SECONDS = 30.0
OCR_SECONDS_PER_PAGE = 60.0
OCR_MAX_PAGES = 20
ROOT = str(Path(__file__).resolve().parents[2])
SENTENCES = {
    "too-slow": "Ce fichier est refusé : {seconds} s de calcul ne suffisent pas à l'ouvrir. Demandez à la liste de renvoyer sa lettre en PDF.",
    "too-heavy": "Ce fichier est refusé : l'ouvrir demande plus de mémoire qu'aucune lettre. Demandez à la liste de renvoyer sa lettre en PDF.",
    "crash": "Ce fichier est refusé : il fait échouer le programme qui l'ouvre. Demandez à la liste de renvoyer sa lettre en PDF.",
}


def extract_safely(data: bytes, name: str = "", media_type: str = "", *, ocr: bool = True, wall_seconds: float = WALL_SECONDS) -> Document:
    """``plaidoyer.reading.documents.extract`` in a limited child. Never raises for what the file holds.

    >>> extract_safely("Nous domicilierons.".encode(), "reponse.txt").text
    'Nous domicilierons.'
    """
    document = in_child(data, name, media_type, "text", wall_seconds)
    if ocr and any(notice.code == "scan" for notice in document.notices):
        pages = min(document.source.pages or 1, OCR_MAX_PAGES)
        return in_child(data, name, media_type, "ocr", wall_seconds + pages * OCR_SECONDS_PER_PAGE)
    return document


def in_child(data: bytes, name: str, media_type: str, mode: str, wall_seconds: float) -> Document:
    command = [sys.executable, "-P", "-s", "-m", "plaidoyer.reading.documents", clean(name), clean(media_type), mode]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=wall_seconds, env=environment(), check=False, close_fds=True)
    except subprocess.TimeoutExpired:
        return refused(data, media_type, "too-slow", wall_seconds)
    if run.returncode:
        return refused(data, media_type, cause(run.returncode, run.stderr), wall_seconds)
    try:
        return unpack(run.stdout)
    except (ValueError, KeyError, TypeError):
        return refused(data, media_type, "crash", wall_seconds)


def environment() -> dict[str, str]:
    """Nothing of ours leaks into the child: no secret, no database address, no proxy."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TESSDATA_PREFIX", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    return {**kept, "PYTHONPATH": ROOT, "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1", "PYTHONHASHSEED": "0"}


def clean(hint: str) -> str:
    """A hint as one harmless argument."""
    return "".join(letter if letter.isprintable() else "_" for letter in hint)[-200:]


def cause(code: int, errors: bytes) -> str:
    """Why the child died, from its signal."""
    if code in (-24, -9):  # SIGXCPU, SIGKILL; by number, since Windows has no such names
        return "too-slow"
    return "too-heavy" if b"MemoryError" in errors or b"bad_alloc" in errors else "crash"


def refused(data: bytes, media_type: str, code: str, seconds: float) -> Document:
    sentence = SENTENCES[code].format(seconds=10 if code == "too-slow" and seconds == WALL_SECONDS else round(seconds))
    source = Source(hashlib.sha256(data).hexdigest(), media_type or "application/octet-stream")
    return Document("", source, "none", State.REFUSED, (), (Notice(code, sentence),))
