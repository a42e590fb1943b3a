"""Who is sending, and whether they are still alive. A lock on a file dies with its process, however it dies; a process number does not tell."""

from __future__ import annotations

import contextlib
import platform
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

try:
    import fcntl
except ImportError:  # Windows: there the lease alone tells
    fcntl = None  # type: ignore[assignment]


def folder() -> Path:
    return Path(settings.HOME) / "senders"


def host() -> str:
    return platform.node()[:40] or "machine"


@contextlib.contextmanager
def mark() -> Iterator[str]:
    """A name for this sender, held by a locked file for as long as the process lives."""
    name = f"{host()}:{uuid.uuid4().hex}"
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / name.rsplit(":", 1)[1]
    with path.open("w") as held:
        if fcntl:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield name
        finally:
            path.unlink(missing_ok=True)


def is_dead(name: str) -> bool:
    """Sure of it: a sender of this machine whose lock is free. Of another machine we know nothing: its lease will tell."""
    machine, _, tail = name.rpartition(":")
    if fcntl is None or machine != host():
        return False
    path = folder() / tail
    if not path.exists():
        return True
    with path.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    path.unlink(missing_ok=True)
    return True
