"""The reading engine: a document and a questionnaire in, proposals out. No Django, no network, no clock.

>>> from plaidoyer.reading import Document, Question, Source, read
>>> text = "1. Oui, nous ouvrirons une halte de nuit de 20 places."
>>> reading = read(Document(text, Source("", "text/plain"), "txt"), [Question("Q1", "Ouvrirez-vous une halte de nuit ?")])
>>> reading.passages[0].questions
('Q1',)
"""

from __future__ import annotations

from collections.abc import Sequence

from plaidoyer.reading.types import (
    Commitment,
    Document,
    Kind,
    Level,
    Notice,
    Passage,
    Question,
    Reading,
    Source,
    State,
    Tier,
)

__all__ = ["Commitment", "Document", "Kind", "Level", "Notice", "Passage", "Question", "Reading", "Source", "State", "Tier", "engine_name", "read"]
VERSION = "1"


def engine_name() -> str:
    """Name and version of rules and weights, as kept beside every reading."""
    from plaidoyer.reading import chain

    return f"plaidoyer {VERSION}; {chain.weights('alignment')['name']}; {chain.weights('commitments')['name']}"


def read(document: Document, questions: Sequence[Question], said: Kind | None = None) -> Reading:
    """All that the machine proposes on one document; a document without text yields an empty reading, never an error.

    ``said`` is what a person says that the document is; the machine then does not guess.

    Every span is an index into ``document.text``; ``quote == text[start:end]``. Deterministic: the same input gives the same output.
    """
    from plaidoyer.reading.alignment import align, gather
    from plaidoyer.reading.kind import SENTENCES, SILENT, kind
    from plaidoyer.reading.paragraphs import split
    from plaidoyer.reading.promises import commitments
    from plaidoyer.reading.skeleton import frames

    asked = list(questions)
    if document.state is not State.READ or not document.text.strip():
        return Reading(document, Kind.REPLY, (), (), engine_name(), document.notices)
    framed = frames(document.text, split(document), [q.text for q in asked])
    sort = said or kind(document.text, framed)
    notices = document.notices + ((Notice(f"kind-{sort.value}", SENTENCES[sort]),) if sort in SENTENCES and not said else ())
    passages = align(document.text, framed, asked) if asked else []
    if sort in SILENT or not asked:
        return Reading(document, sort, tuple(passages) if sort not in SILENT else (), (), engine_name(), notices)
    found = commitments(document.text, framed, passages, asked)
    return Reading(document, sort, tuple(gather(document.text, passages)), tuple(found), engine_name(), notices)
