"""A message saved by Outlook (.msg), written again as a mail, so that one parser tells its facts. The bytes kept stay those of the .msg."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from oxmsg import Message

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
KEPT = (
    "From", "To", "Cc", "Date", "Subject", "Message-ID", "In-Reply-To", "References", "Delivered-To", "X-Original-To", "Authentication-Results",
    "Auto-Submitted", "X-Autoreply", "X-Auto-Reply", "Precedence", "Return-Path", "X-Spam-Flag", "Received", "X-Plaidoyer-Message",
)  # fmt: skip
ATTACHMENTS = 600


def is_outlook(raw: bytes) -> bool:
    return raw.startswith(OLE)


def as_mail(raw: bytes) -> bytes:
    """Headers, text and names of the attachments; their contents stay in the .msg, where the reading engine finds them."""
    message = Message.load(io.BytesIO(raw))
    made = EmailMessage(policy=SMTP)
    for name, value in heads(message):
        made[name] = value
    html = told(lambda: message.html_body)
    made.set_content(str(told(lambda: message.body) or ""), cte="base64")
    if html:
        made.add_alternative(str(html), subtype="html", cte="base64")
    for number, one in enumerate(list(told(lambda: message.attachments) or ())[:ATTACHMENTS], 1):
        name = one_line(told(lambda one=one: one.file_name) or f"piece-{number}")
        made.add_attachment(b"", maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def heads(message: Message) -> list[tuple[str, str]]:
    """Those of the road when Outlook kept them, else what it says itself."""
    road = {name.lower(): value for name, value in (told(lambda: message.message_headers) or {}).items()}
    own = {"from": told(lambda: message.sender), "subject": told(lambda: message.subject), "to": ", ".join(recipients(message))}
    sent = told(lambda: message.sent_date)
    if sent:
        own["date"] = sent.strftime("%a, %d %b %Y %H:%M:%S +0000")
    found = ((name, road.get(name.lower()) or own.get(name.lower())) for name in KEPT)
    return [(name, one_line(str(value))) for name, value in found if value]


def recipients(message: Message) -> list[str]:
    return [str(address) for one in told(lambda: message.recipients) or () if (address := told(lambda one=one: one.email_address))]


def one_line(text: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def told(get: Callable[[], Any]) -> Any:
    """A property that the file may lack or have wrong."""
    try:
        return get()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, LookupError, OSError):
        return None
