"""The letter on the desk: its paragraphs cut into runs, so that a colour, a selection and a key always mean an exact span.

Every run carries the offset of its first code point; the browser counts UTF-16 units, and converts (bureau.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plaidoyer.replies.grid import Card, numbers
from plaidoyer.replies.models import Redaction, TextOfRecord
from plaidoyer.replies.public_text import blocks

PICTURES = ("image/", "application/pdf")


@dataclass(frozen=True, slots=True)
class Run:
    start: int
    words: str
    keys: str  # of every card that covers it
    classes: str
    tabs: tuple[str, ...] = ()  # what is written before the first run of a proposed commitment
    ends: tuple[str, ...] = ()  # the words of the levels whose commitment ends here


@dataclass(frozen=True, slots=True)
class Chip:
    """In the margin: this paragraph answers this question."""

    number: int
    tier: str


@dataclass(frozen=True, slots=True)
class Block:
    start: int
    end: int
    role: str
    runs: tuple[Run, ...]
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    text: TextOfRecord
    blocks: tuple[Block, ...]

    @property
    def has_picture(self) -> bool:
        """The original has pages that can be drawn, to compare with the text."""
        return self.text.original.media_type.startswith(PICTURES)


def sheet(text: TextOfRecord, cards: Sequence[Card], hidden: Sequence[Redaction] = ()) -> Sheet:
    ours = [card for card in cards if card.text_id == text.pk]
    found = (block(text.text, start, end, role, ours, hidden) for start, end, role in blocks(text.text, text.places))
    return Sheet(text, tuple(found))


def block(text: str, start: int, end: int, role: str, cards: Sequence[Card], hidden: Sequence[Redaction]) -> Block:
    here = [card for card in cards if card.start < end and start < card.end]
    covered = [one for one in hidden if one.start < end and start < one.end]
    edges = {start, end}
    for one in (*here, *covered):
        edges |= {edge for edge in (one.start, one.end) if start < edge < end}
    runs = tuple(run(text, a, b, here, covered) for a, b in pairwise(sorted(edges)))
    return Block(start, end, role, runs, chips(here))


def run(text: str, start: int, end: int, cards: Sequence[Card], hidden: Sequence[Redaction]) -> Run:
    over = [card for card in cards if card.start <= start and end <= card.end]
    bound = [card for card in over if card.level]
    masks = [one for one in hidden if one.start <= start and end <= one.end]
    classes = [*look(bound), *(f"mask {mask.state}" for mask in masks[:1])]
    tabs = tuple(tab(card) for card in bound if card.start == start and not card.is_kept)
    ends = tuple(card.level_word for card in bound if card.end == end and card.is_kept)
    return Run(start, text[start:end], " ".join(card.key for card in over), " ".join(classes), tabs, ends)


def look(bound: Sequence[Card]) -> list[str]:
    """What is kept is underlined by its level, what is proposed is coloured by its certainty; the shortest span is on top."""
    kept = sorted((card for card in bound if card.is_kept), key=lambda card: card.end - card.start)
    proposed = sorted((card for card in bound if not card.is_kept), key=lambda card: card.end - card.start)
    return [*(f"c {card.level}" for card in kept[:1]), *(f"sug {card.tier}" for card in proposed[:1])]


def tab(card: Card) -> str:
    return ", ".join(map(str, numbers(card.codes))) or "·"


def chips(cards: Sequence[Card]) -> tuple[Chip, ...]:
    """One per question: kept wins over sure, sure over doubtful."""
    rank = {"kept": 0, "sure": 1, "check": 2}
    best: dict[int, str] = {}
    for card in cards:
        for number in numbers(card.codes):
            if number not in best or rank[card.tier] < rank[best[number]]:
                best[number] = card.tier
    return tuple(Chip(number, tier) for number, tier in sorted(best.items()))
