"""The very first account. Whoever can read the machine's own files may make it: a one-time secret lies there until somebody does."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from plaidoyer.accounts.models import User


def is_due() -> bool:
    return not User.objects.exists()


def secret_file() -> Path:
    return Path(settings.HOME) / "premier-demarrage"


def token() -> str:
    """Made when first asked for, readable by the owner of the installation alone."""
    path = secret_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24))
    return path.read_text().strip()


def opens(given: str) -> bool:
    return is_due() and secrets.compare_digest(given, token())


def link(port: int | None = None) -> str:
    return address(port) + reverse("accounts:first-start", args=[token()])


def address(port: int | None = None) -> str:
    """Where the site is: the port that was asked for, the address that the host has set, else the one last served from this home."""
    if port:
        return f"http://localhost:{port}"
    if "PLAIDOYER_SITE_URL" in os.environ or not served_file().exists():
        return settings.SITE_URL
    return served_file().read_text().strip()


def served_file() -> Path:
    return Path(settings.HOME) / "adresse-servie"


def remember_address() -> None:
    """Told by the server when it starts: another terminal knows nothing of its port."""
    served_file().write_text(settings.SITE_URL)


def close() -> None:
    secret_file().unlink(missing_ok=True)
