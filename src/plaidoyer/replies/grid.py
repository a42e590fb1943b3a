"""What the desk shows: the questionnaire with its cells, and what is proposed or kept for each. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plaidoyer.campaigns.models import Question
from plaidoyer.replies.attribution import codes_of, moved_passages
from plaidoyer.replies.chosen_texts import last_readings, pending_suggestions, texts_of
from plaidoyer.replies.models import Answer, Extract, Reply, Suggestion, TextOfRecord
from plaidoyer.replies.models.readings import LEVEL_CHOICES
from plaidoyer.replies.questionnaire import questions_of

LEVEL_WORDS = dict(LEVEL_CHOICES)
SURE, CHECK, KEPT = "sure", "check", "kept"


@dataclass(frozen=True, slots=True)
class Card:
    """A span on the grid: proposed (``key`` "s12") or kept ("e4")."""

    key: str
    text_id: int
    start: int
    end: int
    words: str
    level: str
    tier: str
    why: str = ""
    codes: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        return self.tier == KEPT

    @property
    def level_word(self) -> str:
        return LEVEL_WORDS.get(self.level, "")

    @property
    def level_value(self) -> str:
        return self.level or "none"

    @property
    def level_choices(self) -> list[tuple[str, str]]:
        return [*LEVEL_CHOICES, ("none", "aucun")]

    @property
    def is_long(self) -> bool:
        return len(self.words) > 260


@dataclass(slots=True)
class Cell:
    """One question, or what stands outside the questionnaire (``question`` is None)."""

    question: Question | None
    answer: Answer | None = None
    pending: list[Card] = field(default_factory=list)
    kept: list[Card] = field(default_factory=list)
    is_open: bool = False
    doubt: float = 0.0  # how much the machine doubted here, before anybody decided: the order of the page does not move with each gesture

    @property
    def number(self) -> int:
        return self.question.number if self.question else 0

    @property
    def cards(self) -> list[Card]:
        """In the order of the letter; what is kept stays where it was proposed."""
        return sorted([*self.pending, *self.kept], key=lambda card: (card.text_id, card.start, -card.end, card.level != ""))

    @property
    def sure_count(self) -> int:
        return sum(card.tier == SURE for card in self.pending)

    @property
    def check_count(self) -> int:
        return sum(card.tier == CHECK for card in self.pending)


@dataclass(slots=True)
class Grid:
    cells: list[Cell]
    outside: Cell
    texts: list[TextOfRecord]
    pending: list[Card]
    kept: list[Card]
    is_doubts_first: bool = True

    @property
    def shown(self) -> list[Cell]:
        """What is doubtful first, the rest as it was asked; or everything as it was asked."""
        return sorted(self.cells, key=lambda cell: -cell.doubt) if self.is_doubts_first else self.cells

    @property
    def has_doubts(self) -> bool:
        return any(cell.doubt for cell in self.cells)

    @property
    def settled(self) -> int:
        return sum(cell.answer is not None for cell in self.cells)

    @property
    def left(self) -> list[int]:
        return [cell.number for cell in self.cells if cell.answer is None]

    @property
    def doubtful(self) -> list[int]:
        """Settled questions where something that the machine doubts has been neither kept nor set aside."""
        return [cell.number for cell in self.cells if cell.answer and cell.check_count]

    def open(self, number: int | None) -> None:
        """The cell asked for, else the first one left."""
        first = next((cell.number for cell in self.shown if cell.answer is None), None)
        wanted = number if number is not None else first
        for cell in (*self.cells, self.outside):
            cell.is_open = cell.number == wanted


def grid_of(reply: Reply, *, is_doubts_first: bool = True) -> Grid:
    texts = texts_of(reply)
    questions = questions_of(reply)
    answers = {answer.question_id: answer for answer in reply.answers.select_related("reviewer")}
    moved = moved_passages(reply)
    proposed = [(from_suggestion(one, codes_of(one, moved)), one) for one in pending_suggestions(reply, texts)]
    extracts = list(reply.extracts.filter(text__in=texts).select_related("text", "question"))
    kept = [(from_extract(one), one) for one in extracts]
    cells = [Cell(question, answers.get(question.pk)) for question in questions]
    known = {question.code for question in questions}
    for cell in cells:
        cell.pending = [card for card, _ in proposed if cell.question.code in card.codes]
        cell.kept = [card for card, one in kept if one.question_id == cell.question.pk]
    doubts = doubts_of(reply, texts, moved)
    for cell in cells:
        cell.doubt = doubts.get(cell.question.code, 0.0)
    outside = Cell(None)
    outside.pending = [card for card, one in proposed if one.kind == Suggestion.Kind.COMMITMENT and not known & set(card.codes)]
    outside.kept = [card for card, one in kept if one.question_id is None]
    return Grid(cells, outside, texts, [card for card, _ in proposed], [card for card, _ in kept], is_doubts_first)


def doubts_of(reply: Reply, texts: Sequence[TextOfRecord], moved: Sequence[Extract]) -> dict[str, float]:
    """How much the machine doubted for each question: the more, and the less probable, the more. Decided or not."""
    found: dict[str, float] = {}
    readings = last_readings(reply, list(texts))
    for one in Suggestion.objects.filter(reading__in=readings, tier=CHECK).select_related("reading"):
        for code in codes_of(one, moved):
            found[code] = found.get(code, 0.0) + 1.0 - one.score
    return found


def from_suggestion(one: Suggestion, codes: Sequence[str]) -> Card:
    return Card(f"s{one.pk}", one.reading.text_id, one.start, one.end, one.quote, one.level, one.tier, one.why, tuple(codes))


def from_extract(one: Extract) -> Card:
    codes = (one.question.code,) if one.question else ()
    return Card(f"e{one.pk}", one.text_id, one.start, one.end, one.quote, one.level, KEPT, "", codes)


def numbers(codes: Sequence[str]) -> list[int]:
    return [int(code[1:]) for code in codes if code[1:].isdecimal()]
