"""PDFs by typst: a template of ours, data as JSON, our fonts. What people wrote is data and is never run.

Ten times WeasyPrint, tagged (PDF/UA-1), without a system library; the same input gives the same bytes.
"""

from __future__ import annotations

import datetime
import json
import threading
from pathlib import Path
from typing import Any

import typst

FONTS = Path(__file__).resolve().parent / "fonts"
DOCUMENTS_BEFORE_RENEWAL = 400  # a compiler remembers what it laid out; a new one costs 10 ms and keeps memory flat


class TypesettingError(ValueError):
    """The template refused the data: what typst says, for the log; a page says « le PDF n’a pas pu être composé »."""


class Press:
    """One template, one kept compiler, safe to share between threads. It reads files beside the template and nowhere else."""

    def __init__(self, template: Path) -> None:
        self.template = template
        self.lock = threading.Lock()
        self.compiler: typst.Compiler | None = None
        self.done = 0

    def pdf(self, data: dict[str, Any], *, made_on: datetime.date) -> bytes:
        """``made_on`` is the date written in the file: the letter's, never the clock's."""
        stamp = datetime.datetime.combine(made_on, datetime.time(), datetime.UTC)
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        with self.lock:
            try:
                made = self.kept().compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=stamp)
            except typst.TypstError as error:
                raise TypesettingError(str(error)) from error
        if not isinstance(made, bytes):
            raise TypesettingError("typst gave no single file")
        return made

    def kept(self) -> typst.Compiler:
        if self.compiler is None or self.done >= DOCUMENTS_BEFORE_RENEWAL:
            place = str(self.template.parent)
            self.compiler = typst.Compiler(input=str(self.template), root=place, font_paths=[str(FONTS)], ignore_system_fonts=True)
            self.done = 0
        self.done += 1
        return self.compiler
