"""What a list typed under a question on its page answers that question: said for sure by where it was typed, and settled by a person."""

from __future__ import annotations

from dataclasses import replace

from plaidoyer.reading import types
from plaidoyer.replies.models import DoorSending, Reply, TextOfRecord

WHY = "La liste l’a écrit sous cette question, sur sa page de réponse."


def by_question(reply: Reply, text: TextOfRecord, document: types.Document, reading: types.Reading | None) -> types.Reading | None:
    """The engine's reading, its passages replaced by what was typed under each question; itself for any other text."""
    sending = DoorSending.objects.filter(reply=reply, text_sha256=text.sha256).first()
    if sending is None or not sending.spans:
        return reading
    spans = [(code, start, end) for code, start, end in sending.spans]
    passages = tuple(types.Passage(start, end, (code,), 1.0, WHY) for code, start, end in spans)
    if reading is None:
        return types.Reading(document, types.Kind.REPLY, passages, (), "formulaire 1")
    commitments = tuple(replace(one, questions=under(one, spans) or one.questions) for one in reading.commitments)
    return replace(reading, kind=types.Kind.REPLY, passages=passages, commitments=commitments)


def under(one: types.Commitment, spans: list[tuple[str, int, int]]) -> tuple[str, ...]:
    return tuple(code for code, start, end in spans if start <= one.start and one.end <= end)
