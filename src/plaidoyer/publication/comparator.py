"""A commune's page as a table: lists in their official order, one group of cells per question."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from plaidoyer.publication import visibility, wording
from plaidoyer.publication.excerpts import Excerpt, Run, excerpt, whole
from plaidoyer.publication.wording import Mark
from plaidoyer.replies.models import Release, ReleasedCell, ReleasedList

WIDE = 6  # lists: beyond that, columns are too narrow to read and each question becomes a grid of cells


@dataclass(frozen=True, slots=True)
class Cell:
    """One list, one question. A cell with words stands on a sheet; one without is an empty place."""

    row: ReleasedList
    number: int
    stance: str
    mark: Mark | None
    excerpt: Excerpt
    whole: list[Run]
    segments: list[dict[str, Any]]
    word_count: int

    @property
    def has_words(self) -> bool:
        return bool(self.segments)

    @property
    def is_late(self) -> bool:
        return self.row.is_late and self.has_words

    @property
    def anchor(self) -> str:
        return f"q{self.number}-{self.row.facts['slug']}"


@dataclass(frozen=True, slots=True)
class Column:
    row: ReleasedList
    name: str
    mark: Mark
    written_to: str
    has_letter: bool
    place: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of the campaign, the same for every list. ``moment`` is past, here or ahead, seen from the day of publication."""

    on: str
    at: str
    label: str
    moment: str


@dataclass(frozen=True, slots=True)
class Question:
    number: int
    facts: dict[str, Any]
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Comparator:
    release: Release
    facts: dict[str, Any]
    columns: list[Column]
    questions: list[Question]
    road: list[Milestone]

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > WIDE

    @property
    def is_tight(self) -> bool:
        return len(self.columns) == WIDE

    @property
    def zone(self) -> str:
        return self.facts["commune"]["time_zone"]

    @property
    def counts_sentence(self) -> str:
        return wording.counts_sentence(self.facts["counts"])


def comparator(release: Release) -> Comparator:
    rows = list(visibility.lists(release))
    facts = release.facts
    zone = facts["commune"]["time_zone"]
    cells = {(row.pk, cell.question_number): cell_of(row, cell, zone) for row in rows for cell in row.cells.all()}
    questions = [
        Question(asked["number"], asked, [cells[row.pk, asked["number"]] for row in rows if (row.pk, asked["number"]) in cells])
        for asked in facts["questions"]
    ]
    return Comparator(release, facts, [column_of(row, facts) for row in rows], questions, road(release))


def cell_of(row: ReleasedList, cell: ReleasedCell, zone: str) -> Cell:
    return Cell(
        row=row,
        number=cell.question_number,
        stance=cell.stance,
        mark=wording.cell_mark(row, cell, zone),
        excerpt=excerpt(cell.segments, cell.word_count),
        whole=whole(cell.segments),
        segments=cell.segments,
        word_count=cell.word_count,
    )


def column_of(row: ReleasedList, facts: dict[str, Any]) -> Column:
    by_panel = facts["order"]["by"] == "panel" and row.facts["panel"] is not None
    return Column(
        row=row,
        name=row.facts["name"],
        mark=wording.head_mark(row),
        written_to=wording.written_to(row.facts, facts["commune"]["time_zone"]),
        has_letter=bool(row.facts["letter_kind"]),
        place=f"Panneau {row.facts['panel']}" if by_panel else f"Liste {row.position}",
    )


def road(release: Release) -> list[Milestone]:
    """The calendar, with the silence before each vote. Drawn as seen on the day of publication: the page never changes by itself."""
    facts = release.facts
    zone = facts["commune"]["time_zone"]
    published_on = release.published_at.astimezone(ZoneInfo(zone)).date()
    entries = [(entry["on"], entry["at"] or "", entry["label"], entry["kind"]) for entry in facts["calendar"]]
    entries += [(on, "", "Silence électoral dès 0 h : rien ne change plus ici", "silence") for on in silences(facts["contests"])]
    stones = []
    for on, at, label, kind in sorted(entries, key=lambda entry: entry[:2]):
        ahead = datetime.datetime.fromisoformat(at) > release.published_at if at else datetime.date.fromisoformat(on) > published_on
        moment = "here" if kind == "published" else "ahead" if ahead else "past"
        stones.append(Milestone(on, at, label, moment))
    return stones


def silences(contests: list[dict[str, Any]]) -> list[str]:
    """The eve of each polling day (article L49 of the electoral code), once."""
    days = {datetime.date.fromisoformat(contest["polling_on"]) - datetime.timedelta(days=1) for contest in contests}
    return [day.isoformat() for day in sorted(days)]
