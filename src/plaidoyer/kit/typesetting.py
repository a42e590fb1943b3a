"""PDFs by typst: a template of ours, data as JSON, our fonts. What people wrote is data and is never run.

Ten times WeasyPrint, tagged (PDF/UA-1), without a system library; the same input gives the same bytes.
"""

from __future__ import annotations

import datetime
import json
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).resolve().parent / "fonts"
DATA = "data.json"  # what a template reads
DOCUMENTS_BEFORE_RENEWAL = 400  # a compiler remembers what it laid out; a new one costs 10 ms and keeps memory flat


class TypesettingError(ValueError):
    """The template refused the data: what typst says, for the log; a page says « le PDF n’a pas pu être composé »."""


class Press:
    """One template and the pictures beside it, one kept compiler, safe to share between threads.

    It works in a folder of its own and reads no other. The data are a file there, emptied after use: given as ``sys.inputs``
    they would make typst forget, at each letter, every paragraph that it has laid out (a third of the time).
    """

    def __init__(self, template: Path, beside: Mapping[str, bytes] | None = None) -> None:
        self.template, self.beside = template, dict(beside or {})
        self.lock = threading.Lock()
        self.folder: Path | None = None
        self.compiler: typst.Compiler | None = None
        self.done = 0

    def pdf(self, data: dict[str, Any], *, made_on: datetime.date) -> bytes:
        """``made_on`` is the date written in the file: the letter's, never the clock's."""
        stamp = datetime.datetime.combine(made_on, datetime.time(), datetime.UTC)
        with self.lock:
            compiler, told = self.kept(), self.desk() / DATA
            told.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            try:
                made = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=stamp)
            except typst.TypstError as error:
                raise TypesettingError(str(error)) from error
            finally:
                told.write_bytes(b"")
        if not isinstance(made, bytes):
            raise TypesettingError("typst gave no single file")
        return made

    def kept(self) -> typst.Compiler:
        desk = self.desk()
        if self.compiler is None or self.done >= DOCUMENTS_BEFORE_RENEWAL:
            place = str(desk / self.template.name)
            self.compiler = typst.Compiler(input=place, root=str(desk), font_paths=[str(FONTS)], ignore_system_fonts=True)
            self.done = 0
        self.done += 1
        return self.compiler

    def desk(self) -> Path:
        """The folder of this press, laid out when first needed."""
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="plaidoyer-presse-"))
            weakref.finalize(self, tidy, self.folder, os.getpid())
            for name, content in {self.template.name: self.template.read_bytes(), **self.beside}.items():
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        return self.folder


def tidy(folder: Path, owner: int) -> None:
    """A forked worker that ends leaves the folder of its parent alone."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)
