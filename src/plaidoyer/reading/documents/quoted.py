"""The part of a text that is not its author's: lines in ">", and what follows "… a écrit :" or an Outlook header."""

from __future__ import annotations

import re

Span = tuple[int, int]
LINE = re.compile(r"[^\n]*\n?")
# One line, or two when the program wrapped it, that opens a quoted history.
WROTE = re.compile(
    r"^[ \t]*(?:(?=[^\n]*\d)(?:Le|Am|On|El|Il giorno)\b[^\n]{4,160}(?:\n[^\n]{0,120})??\b(?:a écrit|wrote|schrieb|escribió|ha scritto)\s*:?"
    r"|(?=[^\n]*[\d@])[^\n]{3,120}\ba écrit(?: le [^\n]{4,60})?\s*:)[ \t]*\r?$",
    re.MULTILINE,
)  # fmt: skip
RULER = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:message (?:d['’]origine|original|initial)|original message|mail original)[ \t]*-{2,}[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
FORWARD = re.compile(
    r"^[ \t]*-{2,}[ \t]*(?:message (?:transféré|transmis|réexpédié)|forwarded message)[ \t]*-*[ \t]*:?\r?$", re.IGNORECASE | re.MULTILINE
)
FORWARD_APPLE = re.compile(r"^[ \t]*(?:début du message (?:réexpédié|transféré)|begin forwarded message)\s*:[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
FIELD = r"[ \t]*\**(?:{})[ \t ]?:\**[ \t]?[^\n]*\n\n?"
OUTLOOK = re.compile(
    r"^(?:_{5,}[ \t]*\r?\n\s*)?"
    + FIELD.format("De|From|Expéditeur")
    + "(?:"
    + FIELD.format("Envoyé(?: le)?|Sent|Date|À|A|To|Cc|Objet|Subject|Importance|Répondre à")
    + r"|[ \t]+[^\n]*\n){2,8}",
    re.MULTILINE,
)


def quoted_spans(text: str) -> list[Span]:
    """Spans of quoted history, sorted, never overlapping.

    A forwarded letter is not a quotation: what follows "Message transféré" is what we were sent to read.
    """
    spans = history(text)
    spans += [span for span in angle_runs(text) if not any(a <= span[0] < b for a, b in spans)]
    return sorted(spans)


def angle_runs(text: str) -> list[Span]:
    """Runs of lines that begin with ">", empty lines between two of them included."""
    runs: list[Span] = []
    open_run: Span | None = None
    for match in LINE.finditer(text):
        line = match.group()
        if line.lstrip(" \t").startswith(">"):
            open_run = (open_run[0] if open_run else match.start(), match.start() + len(line.rstrip("\r\n")))
        elif open_run and line.strip():
            runs.append(open_run)
            open_run = None
    return runs + ([open_run] if open_run else [])


def history(text: str) -> list[Span]:
    """From an opening line to the end of what it opens: the end of the text, or the end of its ">" lines when it has some."""
    spans: list[Span] = []
    openings = sorted((m.start(), m.end()) for pattern in (WROTE, RULER, OUTLOOK) for m in pattern.finditer(text))
    for start, end in openings:
        if not text[:start].strip() or (spans and start < spans[-1][1]) or is_forwarded(text, start):
            continue
        spans.append((start, end_of_history(text, end)))
    return spans


def is_forwarded(text: str, at: int) -> bool:
    """A header just below "Message transféré" announces the letter itself."""
    return any(not text[m.end() : at].strip() for pattern in (FORWARD, FORWARD_APPLE) for m in pattern.finditer(text, 0, at))


def end_of_history(text: str, at: int) -> int:
    rest = text[at:]
    if not rest.lstrip().startswith(">"):
        return len(text.rstrip())
    first = next(iter(angle_runs(rest)))
    return at + first[1]


def has_forward(text: str) -> bool:
    return bool(FORWARD.search(text) or FORWARD_APPLE.search(text))
