"""A door that has been tried too often stays shut for a while. Kept in the database: every web process sees the same count."""

from __future__ import annotations

import datetime
import hashlib

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from plaidoyer.accounts.models import Attempt

WINDOW = datetime.timedelta(minutes=15)
# (door, how many within WINDOW): a person mistakes a password a few times; a whole association may share one address.
SIGN_IN, SIGN_IN_LIMIT = "sign-in", 8
RESET, RESET_LIMIT = "reset", 4


def key_of(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).lower().encode()).hexdigest()


def address_of(request: HttpRequest) -> str:
    """The visitor's address; behind a proxy that we were told to trust, the one that this proxy saw."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or request.META["REMOTE_ADDR"]
    return request.META["REMOTE_ADDR"]


def too_many(door: str, key: str, limit: int) -> bool:
    return Attempt.objects.filter(door=door, key=key, at__gt=timezone.now() - WINDOW).count() >= limit


def note(door: str, key: str) -> None:
    """Remember one try, and forget those that no longer count."""
    Attempt.objects.filter(at__lt=timezone.now() - 2 * WINDOW).delete()
    Attempt.objects.create(door=door, key=key, at=timezone.now())


def forget(door: str, key: str) -> None:
    Attempt.objects.filter(door=door, key=key).delete()


def take_back(door: str, key: str) -> None:
    """The last try was no failure after all."""
    last = Attempt.objects.filter(door=door, key=key).order_by("-at", "-pk").values("pk")[:1]
    Attempt.objects.filter(pk__in=list(last.values_list("pk", flat=True))).delete()
