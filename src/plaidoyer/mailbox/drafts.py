"""What an upper room hands over to be sent, and what is made of it before it becomes a row: clean headers, one checked recipient."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import validate_email

from plaidoyer.mailbox.sealed import seal_letter

SUBJECT_LIMIT = 300
NAME_LIMIT = 200
KEPT = "courriel/joint/"  # what is under this path is sealed


class DraftRefusedError(ValueError):
    """A draft that cannot become a message. The text is French and says why."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file already in the store. The hash is checked again when the message leaves: what was prepared is what is sent."""

    path: str
    name: str
    media_type: str
    sha256: str

    def as_row(self) -> dict[str, str]:
        return {"path": self.path, "name": self.name, "media_type": self.media_type, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to one recipient. ``key`` never makes two messages (for instance « campaign:12:letter:ZZ001-3 »)."""

    key: str
    recipient: str
    subject: str
    text: str
    html: str = ""
    recipient_name: str = ""
    reply_token: str = ""
    in_reply_to: str = ""
    unsubscribe_url: str = ""
    attachments: Sequence[AttachedFile] = ()
    not_before: datetime.datetime | None = None
    not_after: datetime.datetime | None = None


def keep_attachment(data: bytes, name: str, media_type: str) -> AttachedFile:
    """Store bytes once, whatever the number of letters that carry them; sealed, since a letter carries the address of its list."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = f"{KEPT}{sha256[:2]}/{sha256}"
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(seal_letter(data)))
    return AttachedFile(path=path, name=one_line(name, NAME_LIMIT) or "piece-jointe", media_type=media_type, sha256=sha256)


def one_line(text: str, limit: int) -> str:
    """A header holds one line: whatever breaks it, or hides in it, becomes a space. Too long is cut with an ellipsis."""
    plain = "".join(" " if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else letter for letter in text)
    # « =? » would open an encoded word (RFC 2047): what it hides is read after us, by the reader's own program.
    plain = " ".join(plain.split()).replace("=?", "= ?")
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"


def checked_recipient(address: str) -> str:
    """The one address, its domain as DNS knows it. Two addresses in one field, or a name around it, are refused."""
    bare = address.strip()
    try:
        validate_email(bare)
        local, domain = bare.rsplit("@", 1)
        local.encode("ascii")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except (ValidationError, UnicodeError) as error:
        raise DraftRefusedError(f"« {one_line(address, 100)} » n’est pas une adresse électronique : une seule adresse, sans nom autour.") from error


def new_message_id(from_address: str) -> str:
    """Fixed when the message is queued: whatever happens later, the same message has the same identity for every server on its way."""
    return f"<{uuid.uuid4().hex}@{from_address.rsplit('@', 1)[-1].encode('idna').decode('ascii')}>"
