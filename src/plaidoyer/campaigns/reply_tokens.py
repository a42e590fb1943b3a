"""The secret words of reply addresses: 140 bits each, made from the installation's secret and a number drawn for each link.

Drawn and hashed, a token could never be written twice; but a letter is printed again, its mail made again, and must be the same to the byte.
So the token is *derived*: HMAC(installation's secret, number of the link). The database keeps the number and the fingerprint. Whoever reads
the whole database, or a backup of it, lacks the secret and has no address; whoever knows one token learns nothing of another. When the
secret changes, letters already sent go on working (their fingerprint is what is compared) and only making them again needs a new link.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

from plaidoyer.campaigns.link_models import ReplyLink

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o, u: a token is also typed from paper
MISREAD = str.maketrans({"i": "1", "l": "1", "o": "0", "u": "v", "-": None, " ": None})
LENGTH, GROUP = 28, 4  # 28 letters of 5 bits
MAIL_LENGTH = 16


def new_nonce() -> str:
    return secrets.token_hex(16)


def digest_of(token: str) -> str:
    """SHA-256 alone is enough: 140 bits of chance cannot be tried one by one."""
    return hashlib.sha256(plain(token).encode()).hexdigest()


def plain(token: str) -> str:
    """As it was meant, however it was typed: capitals, spaces and hyphens do not count, O is 0, I and L are 1."""
    return token.strip().lower().translate(MISREAD)


def token_of(link: ReplyLink) -> str | None:
    """The token of this link, made again; None when the installation's secret is no longer the one that made it."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = derived(secret, "plaidoyer.repondre.page.1", link.nonce, LENGTH)
        if digest_of(token) == link.digest:
            return grouped(token)
    return None


def first_digest(nonce: str) -> str:
    return digest_of(derived(settings.SECRET_KEY, "plaidoyer.repondre.page.1", nonce, LENGTH))


def mail_token_of(link: ReplyLink) -> str:
    """For the reply address of the list. Another purpose, another secret: it routes a mail and opens no page."""
    return derived(settings.SECRET_KEY, "plaidoyer.repondre.courriel.1", link.nonce, MAIL_LENGTH)


def derived(secret: str, purpose: str, nonce: str, length: int) -> str:
    number = int.from_bytes(hmac.digest(secret.encode(), f"{purpose}:{nonce}".encode(), "sha256"))
    return "".join(ALPHABET[number >> (5 * place) & 31] for place in range(length))


def grouped(token: str) -> str:
    return "-".join(token[start : start + GROUP] for start in range(0, len(token), GROUP))
