"""What the database and the store hold sealed, with keys derived from the installation's secret: neither opens it alone.

Passwords of mailboxes; and the letters that wait to leave or have left, since each carries the address at which its list answers.
"""

from __future__ import annotations

import base64
import functools
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

PURPOSE = b"plaidoyer.mailbox.password.1"
LETTERS = b"plaidoyer.mailbox.letter.1"


class SealBrokenError(ValueError):
    """The installation's secret has changed since the password was typed."""


def seal(secret: str) -> str:
    return box(PURPOSE, settings.SECRET_KEY).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    if not sealed:
        return ""
    try:
        return box(PURPOSE, settings.SECRET_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBrokenError(
            "Le mot de passe de la boîte ne se lit plus : le secret de l’installation a changé. Tapez-le de nouveau dans les réglages du courriel."
        ) from error


def seal_letter(data: bytes) -> bytes:
    return base64.urlsafe_b64decode(box(LETTERS, settings.SECRET_KEY).encrypt(data))


def unseal_letter(sealed: bytes) -> bytes:
    """With the secret of today, or with one of those before it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return box(LETTERS, secret).decrypt(base64.urlsafe_b64encode(sealed))
        except InvalidToken:
            continue
    raise SealBrokenError("Ce message ne se lit plus : le secret de l’installation a changé depuis qu’il a été préparé. Préparez-le de nouveau.")


@functools.lru_cache(8)
def box(purpose: bytes, secret: str) -> Fernet:
    # The secret has at least 256 bits of chance: a plain hash with a purpose is enough, no slow derivation is needed.
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(purpose + secret.encode()).digest()))
