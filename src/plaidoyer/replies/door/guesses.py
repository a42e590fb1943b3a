"""Guessing addresses is limited before anything is looked up: the count is written first, so that fifty tries at once are fifty tries."""

from __future__ import annotations

from django.http import HttpRequest

from plaidoyer.accounts import attempts

DOOR, LIMIT = "reply-link", 20  # failed tries from one address within a quarter of an hour: a code is also typed from paper


def is_over(request: HttpRequest) -> bool:
    """Count this try. A success takes its own back."""
    key = attempts.key_of(attempts.address_of(request))
    attempts.note(DOOR, key)
    return attempts.too_many(DOOR, key, LIMIT + 1)


def was_right(request: HttpRequest) -> None:
    attempts.take_back(DOOR, attempts.key_of(attempts.address_of(request)))
