"""From a row to the bytes of a message (RFC 5322). One recipient, no copy, headers that nobody can add a line to."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from django.core.files.storage import default_storage

from plaidoyer.mailbox.drafts import KEPT, one_line
from plaidoyer.mailbox.models import OutgoingMessage
from plaidoyer.mailbox.sealed import SealBrokenError, unseal_letter

REHEARSAL_NOTE = "[Répétition : ce message serait parti à {recipient}. Rien ne lui a été envoyé.]\n\n"
OUR_MARK = "X-Plaidoyer-Message"  # how we know our own mail when it comes back


class ComposingError(ValueError):
    """A message that cannot be composed. The text is French, for the outbox."""


def destination(message: OutgoingMessage) -> str:
    """Where it really goes. In a rehearsal: back to the person who rehearses, decided here, at the last moment."""
    if not message.is_rehearsal:
        return message.recipient
    return message.rehearsal_to or message.account.from_address


def compose(message: OutgoingMessage) -> EmailMessage:
    account, body = message.account, message.body
    mail = EmailMessage(policy=SMTP)
    mail["From"] = address(account.from_name, account.from_address)
    mail["To"] = address(message.recipient_name, destination(message))
    mail["Subject"] = f"[Répétition] {message.subject}" if message.is_rehearsal else message.subject
    # The date of queueing: composing twice gives the same bytes, and a long queue does not look like a clock gone wrong.
    mail["Date"] = format_datetime(message.queued_at)
    mail["Message-ID"] = message.message_id
    if message.reply_to and message.reply_to != account.from_address:
        mail["Reply-To"] = message.reply_to
    if message.in_reply_to:
        mail["In-Reply-To"] = mail["References"] = message.in_reply_to
    if message.unsubscribe_url and not message.is_rehearsal:
        mail["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail[OUR_MARK] = str(message.pk)
    note = REHEARSAL_NOTE.format(recipient=message.recipient) if message.is_rehearsal else ""
    mail.set_content(note + body["text"], cte="quoted-printable")
    if html := body.get("html"):
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    for row in message.attachments:
        attach(mail, row)
    # The boundary is drawn from the message itself, so that the same row always gives the same bytes.
    set_boundaries(mail, message.message_id)
    return mail


def address(name: str, bare: str) -> Address | str:
    """A display name, whatever is in it (commas, quotes, accents), and one address."""
    user, domain = bare.rsplit("@", 1)
    return Address(display_name=one_line(name, 200), username=user, domain=domain)


def attach(mail: EmailMessage, row: dict[str, str]) -> None:
    try:
        with default_storage.open(row["path"]) as stored:
            data = unseal_letter(stored.read()) if row["path"].startswith(KEPT) else stored.read()
    except SealBrokenError as error:
        raise ComposingError(str(error)) from error
    except OSError as error:
        raise ComposingError(f"La pièce jointe « {row['name']} » n’est plus dans le dépôt : joignez-la de nouveau.") from error
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        raise ComposingError(f"La pièce jointe « {row['name']} » a changé depuis la mise en file : joignez-la de nouveau.")
    main, _, sub = row["media_type"].partition("/")
    mail.add_attachment(data, maintype=main or "application", subtype=sub or "octet-stream", filename=row["name"])


def set_boundaries(mail: EmailMessage, seed: str) -> None:
    for rank, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"={hashlib.sha256(f'{seed}{rank}'.encode()).hexdigest()[:40]}=")
