"""Taking in: bytes on the disk, then a row, committed; only then is anything understood. Sorting can be done again at any time."""

from __future__ import annotations

import datetime
import hashlib
import logging
import os
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from plaidoyer.accounts.models import Collective, User
from plaidoyer.mailbox import returns, threads
from plaidoyer.mailbox.models import IncomingMessage, Kind, MailAccount
from plaidoyer.mailbox.models.incoming import raw_path
from plaidoyer.mailbox.parse_child import Limits, ParserDiedError, facts_in_child

log = logging.getLogger(__name__)
TRIES = 3
JUST_NOW = datetime.timedelta(seconds=30)
OLDEST = datetime.timedelta(days=2000)  # an older date is a clock that was wrong
Door = IncomingMessage.Door


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message lies on the server: what makes fetching twice harmless."""

    folder: str
    uid_validity: int
    uid: int


def keep(
    *, collective: Collective, data: bytes, received_at: datetime.datetime, account: MailAccount | None = None,
    place: Place | None = None, entered_by: User | None = None
) -> tuple[IncomingMessage, bool]:  # fmt: skip
    """The row that holds these bytes, and whether it is new. A copy by another road gets its own row and points to the first."""
    now, sha256 = timezone.now(), hashlib.sha256(data).hexdigest()
    known = IncomingMessage.objects.filter(collective=collective, sha256=sha256, duplicate_of=None).first()
    if known and place is None:
        return known, False
    row = IncomingMessage(
        collective=collective, account=account, door=Door.IMAP if place else Door.DROPPED, sha256=sha256, size=len(data), duplicate_of=known,
        received_at=min(received_at, now), entered_at=now, entered_by=entered_by,
        folder=place.folder if place else "", uid_validity=place.uid_validity if place else None, uid=place.uid if place else None,
    )  # fmt: skip
    save_bytes(row, data)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another fetch of the same mailbox was quicker
        return IncomingMessage.objects.get(account=account, folder=row.folder, uid_validity=row.uid_validity, uid=row.uid), False
    return row, True


def save_bytes(row: IncomingMessage, data: bytes) -> None:
    storage, path = row.raw.storage, raw_path(row, "")
    if storage.exists(path):
        with storage.open(path) as there:
            if hashlib.sha256(there.read()).hexdigest() == row.sha256:
                row.raw.name = path
                return
        storage.delete(path)  # half a file, left by a death between two blocks
    row.raw.name = storage.save(path, ContentFile(data))
    if hasattr(storage, "path"):
        with open(storage.path(row.raw.name), "rb") as written:  # noqa: PTH123  a descriptor for fsync
            os.fsync(written.fileno())


def sort_waiting(collective: Collective | None = None, limits: Limits | None = None) -> int:
    """Read what has not been read yet; one bad message does not hold the next."""
    waiting = IncomingMessage.objects.unsorted()
    if collective is not None:
        waiting = waiting.filter(collective=collective)
    pks = list(waiting.order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        sort(IncomingMessage.objects.select_related("account", "collective").get(pk=pk), limits)
    return len(pks)


def sort(row: IncomingMessage, limits: Limits | None = None) -> IncomingMessage:
    """One message, in a child process. Three failures, and it is set before a person as « illisible », bytes untouched."""
    try:
        with row.raw.storage.open(row.raw.name) as raw:
            facts = without_nul(facts_in_child(raw, limits or Limits()))
    except (ParserDiedError, OSError) as error:
        return failed(row, str(error))
    with transaction.atomic():
        told = columns(row, facts)
        threads.join(row, facts, told)
        if facts["bounce"]:
            returns.note(row, facts["bounce"], told)
        IncomingMessage.objects.filter(pk=row.pk).update(**told, tries=row.tries + 1)
    row.refresh_from_db()
    return row


def failed(row: IncomingMessage, why: str) -> IncomingMessage:
    row.tries += 1
    told: dict[str, Any] = {"tries": row.tries}
    if row.tries >= TRIES:
        log.error("incoming message %s set aside unread after %s tries: %s", row.pk, row.tries, why)
        told |= {"kind": Kind.UNREADABLE, "kind_why": f"lecture impossible après {row.tries} essais : {why}"[:300]}
        told["concerns"] = ["La machine n’a pas pu lire ce message. Les octets sont intacts : téléchargez-les, ou demandez un autre envoi."]
    IncomingMessage.objects.filter(pk=row.pk).update(**told)
    row.refresh_from_db()
    return row


def columns(row: IncomingMessage, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": facts["kind"], "kind_why": facts["kind_why"][:300], "content_sha256": facts["content_sha256"], "message_id": facts["message_id"],
        "in_reply_to": " ".join(facts["references"]), "subject": facts["subject"], "from_name": facts["from_name"],
        "from_address": facts["from_address"],
        "envelope_from": facts["envelope_from"], "sent_to": ", ".join(facts["sent_to"]), "sent_at": moment(facts["sent_at"]),
        "excerpt": facts["excerpt"], "attachment_names": [one["name"] for one in facts["attachments"]], "checks": trusted(row, facts["checks"]),
        "concerns": list(facts["concerns"]), **by_its_server(row, facts),
    }  # fmt: skip


def by_its_server(row: IncomingMessage, facts: dict[str, Any]) -> dict[str, datetime.datetime]:
    """A message put in by hand came to somebody's mailbox before: its server says when. A date of ours, given with the file, stands."""
    arrived = moment(facts["arrived_at"])
    was_given = row.entered_at - row.received_at > JUST_NOW
    if row.door != Door.DROPPED or arrived is None or was_given or not row.entered_at - OLDEST < arrived < row.received_at:
        return {}
    return {"received_at": arrived}


def moment(written: str) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(written) if written else None


def trusted(row: IncomingMessage, checks: list[dict[str, str]]) -> dict[str, str]:
    """The topmost results of the one server that this account believes. A sender may write such a header too: it is not looked at (RFC 8601)."""
    authority = row.account.trusted_authority.strip().lower() if row.account else ""
    return next((one for one in checks if authority and one["by"] == authority), {})


def without_nul(value: Any) -> Any:
    """PostgreSQL keeps no NUL in a text, and half a character is no text at all."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [without_nul(one) for one in value]
    return {name: without_nul(one) for name, one in value.items()} if isinstance(value, dict) else value
