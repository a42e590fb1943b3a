"""Who wrote first, in a message that somebody sent on. Read in the first lines, where mail programs put it."""

from __future__ import annotations

import re

MARK = re.compile(
    r"-{3,} ?(?:forwarded message|original message|message transféré|courriel transféré|message d['’]origine)"
    r"|début du message (?:transféré|réexpédié)|begin forwarded message",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"^\W*(?:tr|fwd?|transf\.?|transféré)\s*:", re.IGNORECASE)
SENDER = re.compile(r"\b(?:de|from|expéditeur)\s*:\s*(?P<name>[^<>@]{0,120}?)\W{0,4}(?P<address>[\w.+'-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)


def is_forward(subject: str, words: str) -> bool:
    return bool(SUBJECT.match(subject) or MARK.search(words))


def first_author(subject: str, words: str) -> str:
    """The address of whoever wrote first, lower case; empty when the message was not sent on, or does not say."""
    if not is_forward(subject, words):
        return ""
    mark = MARK.search(words)
    found = SENDER.search(words, mark.end() if mark else 0)
    return found["address"].lower() if found else ""
