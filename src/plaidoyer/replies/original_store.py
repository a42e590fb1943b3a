"""Bytes on the disk, under their own fingerprint. Stored before anything is understood; the same bytes twice are stored once."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
from typing import IO

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.models import Original
from plaidoyer.replies.models.originals import original_path

TYPED = "lettre tapée à la main.txt"  # the name that we give to a letter on paper once a person has typed it
FORBIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control and direction characters: a name must not lie about itself


def plain_name(name: str) -> str:
    """The last part of the name as received, without what a name could use to mislead: it is shown, never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter) not in FORBIDDEN).strip()
    if kept in {"", ".", ".."}:
        return "sans nom"
    return kept if len(kept) <= 200 else f"{kept[:180]}…{kept[-19:]}"


def check(name: str, data: bytes) -> None:
    if not data:
        raise ActRefusedError(f"Le fichier « {plain_name(name)} » est vide (0 octet) : vérifiez-le, puis déposez-le de nouveau.")
    if len(data) > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise ActRefusedError(f"Le fichier « {plain_name(name)} » dépasse {limit} Mo : demandez une version plus légère à la liste.")


def store(
    *, collective: Collective, data: bytes, name: str, received_at: datetime.datetime, entered_at: datetime.datetime,
    channel: str, entered_by: User | None, carried_by: Original | None = None,
) -> tuple[Original, bool]:  # fmt: skip
    """The original that holds these bytes, and whether it is new."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = Original.objects.filter(collective=collective, sha256=sha256).first()
    if known:
        restore(known, data)
        return known, False
    made = Original(
        collective=collective, sha256=sha256, name=plain_name(name), size=len(data), received_at=received_at,
        channel=channel, entered_by=entered_by, entered_at=entered_at, carried_by=carried_by,
    )  # fmt: skip
    save_bytes(made, data)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:  # the same bytes came by another door in the same instant
        return Original.objects.get(collective=collective, sha256=sha256), False
    return made, True


def save_bytes(original: Original, data: bytes) -> None:
    """Bytes left by an act that did not last are the same bytes: they are used again, not doubled."""
    path = original_path(original, "")
    storage = original.file.storage
    if storage.exists(path):
        with storage.open(path) as there:
            if hashlib.sha256(there.read()).hexdigest() == original.sha256:
                original.file.name = path
                return
    original.file.save("", ContentFile(data), save=False)


def is_missing(original: Original) -> bool:
    """The disk no longer holds what the database knows: a restored database without its files, a disk that was changed."""
    return not original.file.storage.exists(original.file.name)


def restore(original: Original, data: bytes) -> None:
    """The same bytes, handed in again, take back the place that they had lost."""
    if is_missing(original):
        original.file.storage.save(original.file.name, ContentFile(data))


def opened(original: Original) -> IO[bytes]:
    try:
        return original.file.storage.open(original.file.name)
    except FileNotFoundError as error:
        raise ActRefusedError(missing_sentence(original)) from error


def missing_sentence(original: Original) -> str:
    return (
        f"Le fichier de « {original.name} » manque sur le disque de l’installation. Déposez de nouveau le même fichier si vous l’avez encore, "
        f"ou demandez à qui héberge le site de remettre « {original.file.name} » depuis la dernière sauvegarde."
    )


def bytes_of(original: Original) -> bytes:
    with opened(original) as there:
        return there.read()
