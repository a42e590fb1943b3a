"""Where learnt weights lie: one folder per version, written whole or not at all, never changed after.

A lock on a file lets one learning run at a time, and dies with its process, however it dies.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from plaidoyer.reading import chain

try:
    import fcntl
except ImportError:  # Windows: there the row that says « en cours » is the only guard
    fcntl = None  # type: ignore[assignment]

FILES = ("alignment.json", "commitments.json")


def shelf() -> Path:
    return Path(settings.HOME) / "reader"


def folder_of(number: int) -> Path:
    return shelf() / str(number)


def write(number: int, models: dict[str, dict[str, Any]]) -> str:
    """The folder appears under its name once all is on the disk; the fingerprint of what it holds."""
    draft, target = shelf() / f".{number}", folder_of(number)
    for leftover in (draft, target):  # of a process that died before its version was recorded
        shutil.rmtree(leftover, ignore_errors=True)
    draft.mkdir(parents=True)
    for name, model in models.items():
        with (draft / f"{name}.json").open("w", encoding="utf-8") as f:
            json.dump(model, f, ensure_ascii=False, sort_keys=True)
            f.flush()
            os.fsync(f.fileno())
    draft.rename(target)
    return fingerprint(target)


def fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in sorted({*FILES, *(path.name for path in folder.glob("*.json"))}):
        digest.update((folder / name).read_bytes().replace(b"\r\n", b"\n"))  # a checkout on Windows may end lines otherwise
    return digest.hexdigest()


@lru_cache(maxsize=8)
def known_fingerprint(folder: Path) -> str:
    """Of a folder that does not change while the process lives; empty when its files are missing."""
    try:
        return fingerprint(folder)
    except OSError:
        return ""


def shipped() -> str:
    """Which shipped weights this version of the program has."""
    return known_fingerprint(chain.WEIGHTS)


def base() -> dict[str, dict[str, Any]]:
    """The shipped weights, whatever is in use."""
    token = chain.FOLDER.set(chain.WEIGHTS)
    try:
        return {name: chain.weights(name) for name in ("alignment", "commitments")}
    finally:
        chain.FOLDER.reset(token)


def is_free() -> bool:
    with lock() as mine:
        return mine


@contextlib.contextmanager
def lock() -> Iterator[bool]:
    """True for the only learner of this machine, False when there is another."""
    shelf().mkdir(parents=True, exist_ok=True)
    with (shelf() / "lock").open("w") as held:
        mine = True
        if fcntl:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                mine = False
        yield mine
