"""What travels between the stages of the reader: frozen values, no behaviour that needs the outside.

Offsets are everywhere Python ``str`` indexes (code points) into ``Document.text``, the text of record,
half-open ``[start, end)``. The text of record is never normalised: what was typed is what is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What became of a document when the reader opened it."""

    READ = "read"  # it has text
    NO_TEXT = "no-text"  # opened, but nothing legible: a scan without OCR, an empty file, handwriting
    REFUSED = "refused"  # dangerous or over a limit: kept, never opened further
    UNKNOWN = "unknown"  # no reader for this kind of file


class Level(StrEnum):
    """How far a sentence binds its author (rules of annotation: docs/reading-quality.md)."""

    FIRM = "firm"
    CONDITIONAL = "conditional"
    INTENTION = "intention"
    REFUSAL = "refusal"
    PAST = "past"


class Tier(StrEnum):
    """SURE is shown as a suggestion to accept, CHECK as a doubt to settle."""

    SURE = "sure"
    CHECK = "check"


class Kind(StrEnum):
    """What sort of paper this is, before anybody looks for answers in it."""

    REPLY = "reply"
    BLANK_FORM = "blank-form"  # our own questionnaire, or a pledge, returned blank
    FILLED_FORM = "filled-form"
    PLEDGE = "pledge"  # signed
    PROGRAMME = "programme"
    ARTICLE = "article"
    ASKER_LETTER = "asker-letter"  # the letter that asked, not the one that answers
    AUTO_REPLY = "auto-reply"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of the text of record stands in the original.

    ``box`` is (left, top, right, bottom) in points from the top left of ``page`` (1-based); None when the format has no pages.
    ``role`` is one of: paragraph, heading, item, row, note, header, footer, box, quoted; inside these, cell (of a row) and line (of a page);
    and unreadable (start == end): something stands at ``box`` that no machine should guess.
    ``path`` names the node in words that a person can follow ("paragraphe 12", "tableau 1, ligne 3").
    """

    start: int
    end: int
    role: str
    path: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    depth: int = 0  # heading level or list depth, 0 when neither


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reviewer must know about the file, as a French sentence ("Le fichier contient 2 suppressions suivies…")."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Source:
    """The original, by its fingerprint. ``pages`` is None when the format has none."""

    sha256: str
    media_type: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The text of record of one original, with the map back to it."""

    text: str
    source: Source
    extractor: str  # name and version, e.g. "docx 1"
    state: State = State.READ
    places: tuple[Place, ...] = ()
    notices: tuple[Notice, ...] = ()
    is_ocr: bool = False
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside another one (a mail's attachment): its bytes are kept by the caller as an original of its own."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the questionnaire. ``code`` is "Q1"; ``text`` is the wording sent to every list."""

    code: str
    text: str
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the reply and the questions that it answers (0..n), best first.

    ``score`` is a calibrated probability in [0, 1] that ``questions`` is right; ``why`` a French sentence for the reviewer.
    ``alternatives`` are the runners-up, for "top two": (question code or "" for none, probability).
    """

    start: int
    end: int
    questions: tuple[str, ...]
    score: float
    why: str
    role: str = "answer"  # answer, question (the asker's words repeated), other
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, a share, a count or a date inside a commitment, as written (``text``), with its span."""

    start: int
    end: int
    text: str
    kind: str = "count"  # amount, share, count, date, duration


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that a commitment says besides its level, on its exact span (docs/reading-quality.md lists the kinds)."""

    kind: str  # condition, reservation, beneficiary, quantity, amount, date, deadline, actor, body, remit
    start: int
    end: int
    text: str
    value: str = ""  # a number, or the code of a body
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A clause by which the author binds themselves, or refuses to. ``quote`` equals ``text[start:end]``, always."""

    start: int
    end: int
    quote: str
    level: Level
    questions: tuple[str, ...]
    score: float
    why: str
    rule: str = ""
    tier: Tier = Tier.SURE
    measures: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    actor: str = ""  # list, town, state, department, region, epci, landlord, family-fund, other; "" when not told
    condition: tuple[int, int] | None = None  # span of the condition or reserve
    facets: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the machine proposes on one document. It decides nothing."""

    document: Document
    kind: Kind
    passages: tuple[Passage, ...]
    commitments: tuple[Commitment, ...]
    engine: str  # name and version of rules and weights
    notices: tuple[Notice, ...] = ()
