"""Passwords of mailboxes, sealed with a key derived from the installation's secret: the database alone does not open them."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

PURPOSE = b"plaidoyer.mailbox.password.1"


class SealBrokenError(ValueError):
    """The installation's secret has changed since the password was typed."""


def seal(secret: str) -> str:
    return box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    if not sealed:
        return ""
    try:
        return box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBrokenError(
            "Le mot de passe de la boîte ne se lit plus : le secret de l’installation a changé. Tapez-le de nouveau dans les réglages du courriel."
        ) from error


def box() -> Fernet:
    # The secret has at least 256 bits of chance: a plain hash with a purpose is enough, no slow derivation is needed.
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(PURPOSE + settings.SECRET_KEY.encode()).digest()))
