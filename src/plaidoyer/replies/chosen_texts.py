"""Which text stands for each part of a reply: the last one made that has words, else the last one made."""

from __future__ import annotations

from dataclasses import dataclass

from plaidoyer.replies.models import Original, Reading, Reply, Suggestion, TextOfRecord


@dataclass(frozen=True, slots=True)
class Part:
    original: Original
    text: TextOfRecord | None

    @property
    def is_readable(self) -> bool:
        return self.text is not None and self.text.is_readable


def parts_of(reply: Reply) -> list[Part]:
    originals = [part.original for part in reply.parts.select_related("original__entered_by").prefetch_related("original__texts")]
    return [Part(original, chosen(list(original.texts.all()))) for original in originals]


def chosen(texts: list[TextOfRecord]) -> TextOfRecord | None:
    readable = [text for text in texts if text.is_readable]
    return next(iter(readable or texts), None)


def texts_of(reply: Reply) -> list[TextOfRecord]:
    """The readable ones, in reading order: what spans of this reply may point into."""
    return [part.text for part in parts_of(reply) if part.text is not None and part.is_readable]


def last_readings(reply: Reply, texts: list[TextOfRecord]) -> list[Reading]:
    """One per text: an earlier pass of the engine proposes nothing any more."""
    found: dict[int, Reading] = {}
    for reading in reply.readings.filter(text__in=texts):
        found.setdefault(reading.text_id, reading)
    return list(found.values())


def pending_suggestions(reply: Reply, texts: list[TextOfRecord]) -> list[Suggestion]:
    readings = last_readings(reply, texts)
    return list(Suggestion.objects.filter(reading__in=readings, decision=None).select_related("reading"))
