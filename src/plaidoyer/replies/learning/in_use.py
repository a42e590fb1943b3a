"""Which weights read today: those of the version in use when they are whole and fit this program, else the shipped ones."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from plaidoyer.reading import chain
from plaidoyer.replies.learning import shelf
from plaidoyer.replies.models import ReaderVersion

log = logging.getLogger(__name__)


def version_in_use() -> ReaderVersion | None:
    """None for the shipped reader. A version learnt from weights of an older program sleeps until the next learning."""
    found = ReaderVersion.objects.filter(is_in_use=True).first()
    return found if found and is_sound(found) else None


def is_sound(version: ReaderVersion) -> bool:
    return version.base == shelf.shipped() and version.sha256 == shelf.known_fingerprint(shelf.folder_of(version.number))


def folder() -> Path:
    version = version_in_use()
    return shelf.folder_of(version.number) if version else chain.WEIGHTS


@contextlib.contextmanager
def weights() -> Iterator[None]:
    """Inside, the engine reads with the weights in use."""
    token = chain.FOLDER.set(folder())
    try:
        yield
    finally:
        chain.FOLDER.reset(token)
