"""Tables that people take away, safe to open in a spreadsheet, and the file of what an import refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Reject:
    """One thing that an import did not take: where it stands in the file, what it says, and why not."""

    line: int
    column: str
    value: str
    reason: str

    def cells(self) -> list[str]:
        return [str(self.line), self.column, self.value, self.reason]


REJECT_COLUMNS = ["ligne", "colonne", "valeur", "raison"]


def safe(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell.replace("\0", " ")


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Semicolons, and a byte order mark in front: what a French spreadsheet opens without a question."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def xlsx_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str) -> bytes:
    """Every cell is typed as text: nothing is computed, no code loses its leading zero."""
    from openpyxl import Workbook  # here: it brings numpy along, a third of what a server loads before it answers its first page
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in [columns, *rows]:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=None)
            cell.data_type = "s"
            cell._value = "".join(mark for mark in value if mark >= " ")
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def download(content: bytes | str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def csv_download(columns: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    return download(csv_text(columns, rows), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_download(columns: Sequence[str], rows: Iterable[Sequence[str]], name: str, title: str) -> HttpResponse:
    return download(xlsx_bytes(columns, rows, title), f"{name}.xlsx", XLSX)
