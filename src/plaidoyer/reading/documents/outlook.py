"""Outlook's own mails (.msg), by python-oxmsg; laid out like any other mail."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

from oxmsg import Message

from plaidoyer.reading.documents.mail import clean_name, compose, header_line, tell_attachments
from plaidoyer.reading.documents.record import Record
from plaidoyer.reading.documents.refusals import without_text
from plaidoyer.reading.documents.webpage import read_html
from plaidoyer.reading.types import Attachment

EXTRACTOR = "msg 1"
MAX_ATTACHMENTS = 600


def read(data: bytes, record: Record) -> str:
    try:
        message = Message.load(io.BytesIO(data))
    except Exception as error:  # the library tells damage in a dozen ways
        raise without_text("damaged", "Ce courriel d'Outlook est abîmé : demandez à la liste de le renvoyer, ou en PDF.") from error
    attach(message, record)
    head = [(label, value) for label, value in heading(message) if value]
    return compose(head, bodies(message), record)


def told(get: Callable[[], Any], missing: Any = "") -> Any:
    """A property that the file may lack or have wrong."""
    try:
        value = get()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, UnicodeDecodeError, LookupError):
        return missing
    return missing if value is None else value


def heading(message: Message) -> list[tuple[str, str]]:
    recipients = told(lambda: [person(r) for r in message.recipients], [])
    sent = told(lambda: message.sent_date)
    return [
        ("De", header_line(str(told(lambda: message.sender)))),
        ("À", header_line(", ".join(recipients))),
        ("Date", sent.isoformat() if sent else ""),
        ("Objet", header_line(str(told(lambda: message.subject)))),
    ]


def person(recipient: Any) -> str:
    name, address = str(told(lambda: recipient.name)), str(told(lambda: recipient.email_address))
    return f"{name} <{address}>" if address and address != name else name or address


def bodies(message: Message) -> list[tuple[str, str]]:
    """Plain text when it is whole, else the HTML."""
    plain, html = str(told(lambda: message.body)), str(told(lambda: message.html_body))
    if not html:
        return [("plain", plain)]
    sheet = Record()
    read_html(html, sheet, is_mail=True)
    is_whole = len("".join(plain.split())) * 2 >= len("".join("".join(sheet.parts).split()))
    return [("plain", plain)] if plain.strip() and is_whole else [("html", html)]


def attach(message: Message, record: Record) -> None:
    for number, one in enumerate(told(lambda: list(message.attachments), [])[:MAX_ATTACHMENTS], 1):
        data = told(partial(getattr, one, "file_bytes"), b"")
        name = clean_name(str(told(partial(getattr, one, "file_name")))) or f"piece-{number}"
        media_type = str(told(partial(getattr, one, "mime_type"))) or "application/octet-stream"
        record.attachments.append(Attachment(name, media_type, bytes(data)))
    tell_attachments(record)
