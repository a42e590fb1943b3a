"""The child process that opens a workbook: run as ``python -m plaidoyer.kit.workbook``, bytes in, JSON out.

A sheet can declare one cell in its last corner and make any reader ask for gigabytes. Here only this process dies of it.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import sys

import python_calamine

MEMORY, SECONDS = 1 << 30, 30
LONGEST_CELL = 5_000


def main() -> None:
    limit_oneself()
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    json.dump(first_sheet(sys.stdin.buffer.read(), most_rows, most_columns), sys.stdout)


def limit_oneself() -> None:
    """Some systems know no limits, or refuse one; the parent's own time limit still holds there."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def first_sheet(content: bytes, most_rows: int, most_columns: int) -> dict[str, object]:
    """The first sheet with something in it. A sheet over the limits gives its size and no rows."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    others: list[str] = []
    found: dict[str, object] = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if not (sheet.height and sheet.width):
            continue
        if found:
            others.append(name)
            continue
        height, width = sheet.total_height + 1, sheet.total_width + 1  # calamine gives the place of the last cell, from 0
        fits = height <= most_rows and width <= most_columns
        rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)] if fits else []
        found = {"name": name, "height": height, "width": width, "rows": rows}
    return found | {"others": others}


def as_text(cell: object) -> str:
    """A cell as people read it: whole numbers without decimals, French dates, « oui » and « non »; a formula is its last value."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime):
        return f"{cell:%d/%m/%Y}" if cell.time() == datetime.time(0) else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, datetime.date):
        return f"{cell:%d/%m/%Y}"
    return clean(str(cell))


def clean(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST_CELL]


if __name__ == "__main__":
    main()
