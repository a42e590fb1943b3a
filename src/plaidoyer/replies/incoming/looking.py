"""What the signs are looked for in: a mail as the mailbox knows it, or the texts of a letter once the machine has opened it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from plaidoyer.campaigns.models import Campaign
from plaidoyer.mailbox import threads
from plaidoyer.mailbox.models import IncomingMessage
from plaidoyer.replies.incoming import signs
from plaidoyer.replies.incoming.exact import named_by
from plaidoyer.replies.incoming.forwards import first_author
from plaidoyer.replies.incoming.signs import Letter, Sign
from plaidoyer.replies.models import Reply, TextOfRecord
from plaidoyer.replies.redaction import EMAIL

HEADER = re.compile(r"\ADe : (?P<name>[^\n<]*)<?(?P<rest>[^\n]*)")
OBJECT = re.compile(r"^Objet : (?P<subject>[^\n]*)", re.MULTILINE)
ENOUGH = 60_000  # letters of a text: names stand at its beginning or its end, not after forty pages


def letter_of_mail(message: IncomingMessage) -> Letter:
    first = first_author(message.subject, message.excerpt)
    return Letter(
        subject=message.subject, sender=message.from_address.lower(), author=message.from_name, words=message.excerpt,
        files=tuple(message.attachment_names), other_addresses=(first,) if first else (),
    )  # fmt: skip


def letter_of_texts(reply: Reply, texts: Sequence[TextOfRecord]) -> Letter:
    """A mail says who wrote it in its first line; another document may hold addresses anywhere."""
    whole = "\n".join(text.text[:ENOUGH] for text in texts)
    head, subject = HEADER.match(whole), OBJECT.search(whole[:4000])
    said = EMAIL.findall(head[0] if head else whole)
    first = first_author(subject["subject"] if subject else "", whole[:4000])
    names = tuple(reply.originals.order_by("parts__position").values_list("name", flat=True))
    author = head["name"].strip(" \"'") if head else ""
    return Letter(
        subject=subject["subject"] if subject else "", sender=said[0].lower() if head and said else "", author=author,
        words=whole, files=names, other_addresses=tuple(one.lower() for one in ([first] if first else []) + ([] if head else said)),
    )  # fmt: skip


def near_token(message: IncomingMessage, campaign: Campaign) -> list[Sign]:
    """A reply address mistyped by a letter or two."""
    near = threads.near_address(message, message.reply_token) if message.reply_token and message.answers_why != "token" else None
    named = named_by(near) if near else None
    if named is None or named[0] != campaign:
        return []
    return [Sign(named[1].pk, signs.NEAR_TOKEN, "L’adresse de réponse ressemble, à une faute près, à celle de cette liste.")]
