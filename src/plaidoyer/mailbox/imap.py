"""The IMAP door. Nothing is marked on the server before its bytes are on our disk and its row is committed."""

from __future__ import annotations

import contextlib
import datetime
import imaplib
import re
import socket
import ssl
import time
from collections.abc import Iterator

from django.utils import timezone

from plaidoyer.mailbox.models import MailAccount, Security

PATIENCE = 60
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class MailboxDoorError(Exception):
    """The mailbox cannot be opened: ``stage`` is dns, connection, tls, auth or folder."""

    def __init__(self, stage: str, detail: str) -> None:
        super().__init__(f"{WHY[stage]} (Détail : {detail})")
        self.stage = stage


WHY = {
    "dns": "Le nom du serveur de réception est introuvable. Vérifiez l’orthographe (par exemple « ssl0.ovh.net », « imap.gmail.com »).",
    "connection": "Le serveur de réception ne répond pas à ce port. C’est d’ordinaire 993, en TLS.",
    "tls": "La liaison chiffrée avec le serveur de réception ne s’établit pas : son certificat n’est pas valide. Rien n’a été relevé.",
    "auth": "Le serveur de réception refuse l’identifiant ou le mot de passe. Chez Gmail et d’autres, il faut un « mot de passe d’application ».",
    "folder": "Le dossier à relever n’existe pas dans cette boîte. « INBOX » est le dossier d’arrivée.",
}


class Mailbox:
    """An open folder."""

    def __init__(self, account: MailAccount, patience: float = PATIENCE) -> None:
        self.account = account
        self.line = connect(account, patience)
        self.uid_validity = self.open_folder()

    def open_folder(self) -> int:
        folder = f'"{self.account.imap_folder}"'
        status, said = self.line.select(folder, readonly=not self.account.marks_read)
        if status != "OK":
            self.close()
            raise MailboxDoorError("folder", words(said))
        _, validity = self.line.response("UIDVALIDITY")
        return int(validity[0]) if validity and validity[0] else 0

    def uids(self) -> list[int]:
        since = self.account.receives_since
        wanted = f"SINCE {since.day:02}-{MONTHS[since.month - 1]}-{since.year}" if since else "ALL"
        status, found = self.line.uid("SEARCH", wanted)
        return sorted(int(uid) for uid in (found[0] or b"").split()) if status == "OK" else []

    def fetch(self, uids: list[int]) -> Iterator[tuple[int, bytes, datetime.datetime]]:
        """Each message whole, with the hour at which the server got it. Reading does not mark: BODY.PEEK."""
        for uid in uids:
            status, parts = self.line.uid("FETCH", str(uid), "(UID INTERNALDATE BODY.PEEK[])")
            for part in parts if status == "OK" else []:
                if isinstance(part, tuple):
                    yield uid, part[1], arrival(part[0])

    def mark_read(self, uid: int) -> None:
        if self.account.marks_read:
            self.line.uid("STORE", str(uid), "+FLAGS", r"(\Seen)")

    def close(self) -> None:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self.line.logout()


def connect(account: MailAccount, patience: float) -> imaplib.IMAP4:
    stage = "connection"
    line: imaplib.IMAP4 | None = None
    try:
        if account.imap_security == Security.TLS:
            line = imaplib.IMAP4_SSL(account.imap_host, account.imap_port, ssl_context=ssl.create_default_context(), timeout=patience)
        else:
            line = imaplib.IMAP4(account.imap_host, account.imap_port, timeout=patience)
        if account.imap_security == Security.STARTTLS:
            stage = "tls"
            line.starttls(ssl.create_default_context())
        stage = "auth"
        line.login(account.imap_user, account.imap_password)
    except Exception as error:
        if line is not None:
            line.shutdown()
        if isinstance(error, socket.gaierror):
            stage = "dns"
        raise MailboxDoorError("tls" if isinstance(error, ssl.SSLError) else stage, words([str(error)])) from error
    return line


def arrival(header: bytes) -> datetime.datetime:
    found = imaplib.Internaldate2tuple(header) if re.search(rb"INTERNALDATE", header) else None
    return datetime.datetime.fromtimestamp(time.mktime(found), tz=datetime.UTC) if found else timezone.now()


def words(said: list[object]) -> str:
    return " ".join(one.decode("utf-8", "replace") if isinstance(one, bytes) else str(one) for one in said if one is not None)[:300]
