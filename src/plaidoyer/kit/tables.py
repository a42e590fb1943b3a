"""Any table that people send (.xlsx, .xls, .ods, .csv) as rows of text with their line numbers, and the file of what was refused.

Knows nothing of what the columns mean. Bounded: a table that would not fit is refused in a sentence, never read to the end.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from plaidoyer.kit.decoding import UnreadableTextError, decoded, delimiter_of
from plaidoyer.kit.text import folded
from plaidoyer.kit.workbook import clean

LARGEST_FILE = 30 * 1024 * 1024
LARGEST_INFLATED = 150 * 1024 * 1024  # an honest workbook of 30,000 lines inflates to some 20 Mo
MOST_ROWS, MOST_COLUMNS = 50_000, 200
PATIENCE = 60  # seconds
HEADER_WITHIN = 20  # titles, logos and notes come before the header; twenty lines of them are enough
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
UNREADABLE = "Ce fichier n’est pas un tableau lisible (protégé, abîmé, démesuré ou d’un autre genre). Réenregistrez-le en .xlsx ou en .csv."
NOT_TABLES = {b"%PDF": "un PDF", b"\x89PNG": "une image", b"\xff\xd8\xff": "une image", b"{\\rt": "un document RTF"}


class TableRefusedError(ValueError):
    """The message is a French sentence for the person who sent the table: why not, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is the line of the file as a spreadsheet numbers it, from 1."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    columns: list[str]
    rows: list[Row]
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()


def read_table(content: bytes, known_columns: Collection[str] = ()) -> Table:
    """The first sheet that is not empty. ``known_columns`` (folded names) help to find the header among titles and notes."""
    if len(content) > LARGEST_FILE:
        raise TableRefusedError(f"Ce fichier pèse {len(content) // 1_048_576} Mo ; la limite est de {LARGEST_FILE // 1_048_576} Mo. Découpez-le.")
    if not content.strip():
        raise TableRefusedError("Ce fichier est vide.")
    if content[:4] in NOT_TABLES or content[:3] in NOT_TABLES:
        what = NOT_TABLES.get(content[:4]) or NOT_TABLES[content[:3]]
        raise TableRefusedError(f"Ce fichier est {what}, pas un tableau. Envoyez un .xlsx, un .ods ou un .csv.")
    if content.startswith((ZIP, OLE)):
        return from_workbook(content, known_columns)
    return with_header(list(text_rows(content)), known_columns, "", ())


# --------------------------------------------------------------------------------------------------------------------------- workbooks


def from_workbook(content: bytes, known_columns: Collection[str]) -> Table:
    refuse_bombs(content)
    sheet = opened_apart(content)
    if not sheet.get("height"):
        raise TableRefusedError("Ce classeur ne contient aucune ligne.")
    refuse_too_large(sheet["height"], sheet["width"])
    rows = [Row(line, cells) for line, cells in enumerate(sheet["rows"], start=1)]
    return with_header(rows, known_columns, sheet["name"], tuple(sheet["others"]))


def opened_apart(content: bytes) -> dict[str, Any]:
    """The first sheet, read by a process of its own with little memory and little time (see ``workbook.py``)."""
    command = [sys.executable, "-m", "plaidoyer.kit.workbook", str(MOST_ROWS), str(MOST_COLUMNS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise TableRefusedError(UNREADABLE) from error
    sheet: dict[str, Any] = json.loads(done.stdout)
    return sheet


def refuse_bombs(content: bytes) -> None:
    """Inflate and count, without trusting the sizes that the archive declares, and stop at the limit."""
    if not content.startswith(ZIP):
        return
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    while part := member.read(1 << 20):
                        total += len(part)
                        if total > LARGEST_INFLATED:
                            raise TableRefusedError(
                                "Ce classeur est démesuré une fois ouvert : il n’a pas été lu. Enregistrez la feuille utile en .csv."
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise TableRefusedError("Ce classeur est abîmé ou protégé par un mot de passe. Réenregistrez-le en .xlsx ou en .csv.") from error


def refuse_too_large(rows: int, columns: int) -> None:
    if rows > MOST_ROWS:
        raise TableRefusedError(f"Ce tableau a {rows} lignes ; la limite est de {MOST_ROWS}. Découpez-le, par exemple par département.")
    if columns > MOST_COLUMNS:
        raise TableRefusedError(f"Ce tableau a {columns} colonnes ; la limite est de {MOST_COLUMNS}. Gardez les colonnes utiles.")


# -------------------------------------------------------------------------------------------------------------------------------- text


def text_rows(content: bytes) -> Iterator[Row]:
    try:
        text = decoded(content)
    except UnreadableTextError as error:
        raise TableRefusedError(str(error)) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text[:20_000]))
    before = 0
    try:
        for count, cells in enumerate(reader, start=1):
            refuse_too_large(count, len(cells))
            yield Row(before + 1, [clean(cell) for cell in cells])
            before = reader.line_num
    except csv.Error as error:
        raise TableRefusedError(f"La ligne {reader.line_num} ne se lit pas comme une ligne de tableau. Vérifiez ses guillemets.") from error


# ------------------------------------------------------------------------------------------------------------------------------ header


def with_header(rows: list[Row], known_columns: Collection[str], sheet: str, others: tuple[str, ...]) -> Table:
    """The line that names most known columns, else the first one with two filled cells, is the header; what is above it is not data."""
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        raise TableRefusedError("Ce tableau ne contient aucune ligne remplie.")
    early = filled[:HEADER_WITHIN]
    header = max(early, key=lambda row: (hits(row, known_columns), -row.line))
    if not hits(header, known_columns):
        header = next((row for row in early if sum(1 for cell in row.cells if cell) > 1), early[0])
    columns = header.cells
    while columns and not columns[-1]:
        columns = columns[:-1]
    return Table(columns, [row for row in filled if row.line > header.line], sheet, others)


def hits(row: Row, known_columns: Collection[str]) -> int:
    return sum(1 for cell in row.cells if folded(cell) in known_columns)
