"""The ministry's files of lists and candidates, read as a stream: one constituency in memory at a time.

2020: ``livre-des-listes-et-candidats``, tabs, ISO-8859-1, a title and an empty line before the header, a trailing tab on each line.
2026: 17 columns separated by « ; », UTF-8. Both come in all sorts of states after a visit to a spreadsheet; see docs/imports.md.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from plaidoyer.elections.places import Place, insee_of
from plaidoyer.kit.decoding import DELIMITERS, encoding_of
from plaidoyer.kit.downloads import Reject
from plaidoyer.kit.tables import ZIP, TableRefusedError, read_table
from plaidoyer.kit.text import folded

HEADER_WITHIN = 15


class FileRefusedError(ValueError):
    """The message is one French sentence: what is missing, what was found, what to do."""


@dataclass(frozen=True, slots=True)
class Format:
    """``columns``: our word → the ministry's. ``optional`` ones may be absent: nothing that we keep depends on them."""

    year: int
    columns: dict[str, str]
    optional: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        return frozenset(folded(name) for name in self.columns.values())


FORMAT_2026 = Format(
    2026,
    {
        "departement": "Code département", "code": "Code circonscription", "place": "Circonscription", "panel": "Numéro de panneau",
        "short_name": "Libellé abrégé de liste", "name": "Libellé de la liste", "nuance": "Code nuance de liste", "head": "Tête de liste",
        "rank": "Ordre", "sex": "Sexe", "family_name": "Nom sur le bulletin de vote", "given_name": "Prénom sur le bulletin de vote",
    },
    frozenset({"departement", "place", "short_name", "sex"}),
)  # fmt: skip
FORMAT_2020 = Format(
    2020,
    {
        "departement": "Code du département", "code": "Code commune", "place": "Libellé commune", "panel": "N° Panneau Liste",
        "short_name": "Libellé abrégé liste", "name": "Libellé Etendu Liste", "nuance": "Nuance Liste",
        "rank": "N° candidat", "sex": "Sexe candidat", "family_name": "Nom candidat", "given_name": "Prénom candidat",
    },
    frozenset({"place", "short_name", "sex"}),
)  # fmt: skip
FORMATS = (FORMAT_2026, FORMAT_2020)
KNOWN_COLUMNS = FORMAT_2026.known | FORMAT_2020.known


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    rank: int
    family_name: str
    given_name: str
    sex: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One list as the file says it. ``line`` is its first line."""

    line: int
    place: Place
    panel: int | None
    name: str
    short_name: str
    nuance: str
    candidates: tuple[CandidateRecord, ...]

    @property
    def head_name(self) -> str:
        head = next((one for one in self.candidates if one.is_head), self.candidates[0])
        return f"{head.given_name} {head.family_name}".strip()


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    values: dict[str, str]
    extra: str = ""


@dataclass
class OfficialFile:
    """What was recognised of a file; ``lines`` walks it from the start each time it is called."""

    path: Path
    format: Format
    encoding: str = "utf-8"
    delimiter: str = ";"
    header_line: int = 1
    positions: dict[str, int] = field(default_factory=dict)
    width: int = 0

    def lines(self) -> Iterator[Line]:
        rows = self.workbook_rows() if is_workbook(self.path) else self.text_rows()
        for number, cells in rows:
            if number > self.header_line and any(cell.strip() for cell in cells):
                yield self.line(number, cells)

    def line(self, number: int, cells: list[str]) -> Line:
        values = {ours: cells[at].strip() if at < len(cells) else "" for ours, at in self.positions.items()}
        return Line(number, values, "".join(cells[self.width :]).strip())

    def text_rows(self) -> Iterator[tuple[int, list[str]]]:
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, quoting=csv.QUOTE_NONE if self.delimiter == "\t" else csv.QUOTE_MINIMAL)
            before = 0
            for cells in reader:
                yield before + 1, cells
                before = reader.line_num

    def workbook_rows(self) -> Iterator[tuple[int, list[str]]]:
        for row in read_table(self.path.read_bytes(), KNOWN_COLUMNS).rows:
            yield row.line, row.cells

    def groups(self) -> Iterator[tuple[str, list[Line]]]:
        """The lines of each constituency, as they follow each other."""
        for code, lines in itertools.groupby(self.lines(), key=self.insee):
            yield code, list(lines)

    def insee(self, line: Line) -> str:
        return insee_of(line.values.get("departement", ""), line.values["code"])


def is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == ZIP


def open_official(path: Path) -> OfficialFile:
    """Recognise the format, or say in one sentence why not."""
    if path.stat().st_size == 0:
        raise FileRefusedError("Ce fichier est vide.")
    if is_workbook(path):
        return from_workbook(path)
    with path.open("rb") as raw:
        encoding = encoding_of(iter(lambda: raw.read(1 << 20), b""))
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        number, columns, delimiter = find_header(file)
    return recognised(OfficialFile(path, FORMAT_2026, encoding, delimiter, number), columns)


ENOUGH = 6  # columns of the ministry; a volunteer's table shares two or three of their names


def looks_official(path: Path) -> bool:
    """Whether this is the ministry's file, even one with a column missing; else it is somebody's own table."""
    try:
        if is_workbook(path):
            columns = read_table(path.read_bytes(), KNOWN_COLUMNS).columns
        else:
            with path.open("rb") as raw:
                encoding = encoding_of([raw.read(1 << 20)])
            with path.open(encoding=encoding, errors="replace", newline="") as file:
                columns = find_header(file)[1]
    except (FileRefusedError, TableRefusedError):
        return False
    return len({folded(name) for name in columns} & KNOWN_COLUMNS) >= ENOUGH


def from_workbook(path: Path) -> OfficialFile:
    try:
        table = read_table(path.read_bytes(), KNOWN_COLUMNS)
    except TableRefusedError as error:
        raise FileRefusedError(str(error)) from error
    return recognised(OfficialFile(path, FORMAT_2026, header_line=0), table.columns)


def find_header(file: TextIO) -> tuple[int, list[str], str]:
    """The line, among the first ones, that names most known columns with one of the separators."""
    best: tuple[int, int, list[str], str] = (0, 0, [], ";")
    first = ""
    for number, text in enumerate(itertools.islice(file, HEADER_WITHIN), start=1):
        first = first or text.strip()
        for mark in DELIMITERS:
            cells = [cell.strip().strip('"') for cell in text.rstrip("\r\n").split(mark)]
            count = sum(folded(cell) in KNOWN_COLUMNS for cell in cells)
            if count > best[0]:
                best = (count, number, cells, mark)
    if not best[0]:
        raise FileRefusedError(
            "Ce fichier n’est pas celui du ministère : aucune de ses colonnes n’a été reconnue. "
            f"Sa première ligne est « {first[:120]} ». Pour un tableau à vous, utilisez l’import de tableau."
        )
    return best[1], best[2], best[3]


def recognised(file: OfficialFile, columns: list[str]) -> OfficialFile:
    at = {folded(name): position for position, name in reversed(list(enumerate(columns)))}
    file.format = max(FORMATS, key=lambda one: len(one.known & at.keys()))
    names = file.format.columns
    missing = [theirs for ours, theirs in names.items() if folded(theirs) not in at and ours not in file.format.optional]
    if missing:
        raise FileRefusedError(missing_sentence(file.format, missing, columns))
    file.positions = {ours: at[folded(theirs)] for ours, theirs in names.items() if folded(theirs) in at}
    file.width = len(columns)
    return file


def missing_sentence(format_: Format, missing: list[str], columns: list[str]) -> str:
    what = " et ".join(f"« {name} »" for name in missing)
    one = len(missing) == 1
    unknown = [name for name in columns if name.strip() and folded(name) not in format_.known and folded(name) not in OTHER_COLUMNS]
    found = f" Colonnes inconnues trouvées : {', '.join(f'« {name} »' for name in unknown[:6])}." if unknown else ""
    return f"{'La colonne' if one else 'Les colonnes'} {what} {'manque' if one else 'manquent'} (format de {format_.year}).{found}"


# Columns of the ministry's files that we do not keep.
OTHER_COLUMNS = frozenset(
    folded(name)
    for name in (
        "Département", "Nuance de liste", "Nationalité", "Code personnalité", "CC", "Libellé du département", "Candidat au conseil communautaire",
    )
)  # fmt: skip

type Refuse = Callable[[Reject], None]
