"""A list's whole reply, as a sheet: their words in the middle, our questions and our reading in the margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plaidoyer.publication import visibility
from plaidoyer.publication.comparator import Column, column_of
from plaidoyer.publication.excerpts import Piece, cut
from plaidoyer.replies.models import Release, ReleasedList

PROSE_LINE = 45  # characters: shorter lines are verse, an address, a signature
FULL_LINE = 0.62  # of the widest line of the paragraph


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the letter. ``is_wrapped``: its line ends were only the edge of a sheet, and need not be shown."""

    role: str
    pieces: list[Piece]
    is_wrapped: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Consecutive blocks that answer the same questions. ``opens`` are the questions written in its margin."""

    blocks: list[Block]
    questions: list[int]
    opens: list[dict[str, Any]]
    continues: list[int]
    commitments: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Document:
    """One file of a reply. ``facts`` are its text, fingerprint and origin."""

    facts: dict[str, Any]
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class Pledge:
    """A commitment read in the letter: its exact words, cut like any other passage."""

    facts: dict[str, Any]
    pieces: list[Piece]
    document: int


@dataclass(frozen=True, slots=True)
class Earlier:
    facts: dict[str, Any]
    documents: list[Document]


@dataclass(frozen=True, slots=True)
class WholeReply:
    release: Release
    row: ReleasedList
    column: Column
    documents: list[Document]
    pledges: list[Pledge]
    earlier: list[Earlier]
    before: Column | None
    after: Column | None
    place: str

    @property
    def facts(self) -> dict[str, Any]:
        return self.release.facts

    @property
    def zone(self) -> str:
        return self.release.facts["commune"]["time_zone"]

    @property
    def hidden(self) -> list[dict[str, Any]]:
        return [mask for document in self.documents for mask in document.facts["hidden"]]


def whole_reply(release: Release, slug: str) -> WholeReply | None:
    """The reply of the list that had this slug when the release was made."""
    rows = list(visibility.lists(release))
    place = next((index for index, row in enumerate(rows) if row.facts["slug"] == slug), None)
    if place is None:
        return None
    row, columns = rows[place], [column_of(one, release.facts) for one in rows]
    asked = {question["number"]: question for question in release.facts["questions"]}
    return WholeReply(
        release=release,
        row=row,
        column=columns[place],
        documents=documents(row.letter, asked),
        pledges=pledges(row.letter),
        earlier=[Earlier(facts, documents(facts["letter"], asked)) for facts in row.facts["earlier"]],
        before=columns[place - 1] if place else None,
        after=columns[place + 1] if place + 1 < len(rows) else None,
        place=columns[place].place,
    )


def documents(letter: list[dict[str, Any]], asked: dict[int, dict[str, Any]]) -> list[Document]:
    return [Document(facts, sections(facts, asked)) for facts in letter]


def sections(document: dict[str, Any], asked: dict[int, dict[str, Any]]) -> list[Section]:
    groups: list[list[dict[str, Any]]] = []
    for block in document["blocks"]:
        if not groups or block["opens"] or margin(groups[-1][0], document) != margin(block, document):
            groups.append([])
        groups[-1].append(block)
    return [section(group, document, asked) for group in groups]


def margin(block: dict[str, Any], document: dict[str, Any]) -> tuple[list[int], bool]:
    """What the margin says of a block: its questions, or that it engages the list beyond them."""
    extra = not block["questions"] and any(block["start"] <= one["start"] < block["end"] for one in document["commitments"])
    return block["questions"], extra


def section(blocks: list[dict[str, Any]], document: dict[str, Any], asked: dict[int, dict[str, Any]]) -> Section:
    first, last = blocks[0]["start"], blocks[-1]["end"]
    opens = blocks[0]["opens"]
    return Section(
        blocks=[Block(block["role"], block["pieces"], is_wrapped("".join(piece["text"] for piece in block["pieces"]))) for block in blocks],
        questions=blocks[0]["questions"],
        opens=[asked[number] for number in opens if number in asked],
        continues=[number for number in blocks[0]["questions"] if number not in opens],
        commitments=[one for one in document["commitments"] if first <= one["start"] < last],
    )


def is_wrapped(words: str) -> bool:
    """Lines that all go to about the same edge, the last one apart: prose that a page had cut. An address or a signature is not."""
    lines = [len(line.strip()) for line in words.split("\n")]
    widest = max(lines)
    return len(lines) > 1 and widest >= PROSE_LINE and all(line >= widest * FULL_LINE for line in lines[:-1])


def pledges(letter: list[dict[str, Any]]) -> list[Pledge]:
    """Every commitment of the letter, in reading order, with the blots that fall inside."""
    found = []
    for index, document in enumerate(letter):
        pieces = [piece for block in document["blocks"] for piece in block["pieces"]]
        found += [Pledge(one, cut(pieces, one["start"], one["end"]), index) for one in document["commitments"]]
    return found
