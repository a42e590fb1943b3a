"""Why a file was not read, as an exception that carries the sentence shown to a volunteer."""

from __future__ import annotations

from plaidoyer.reading.types import Notice, State


class Unread(Exception):  # noqa: N818 — a state of the file, not a fault of the program
    """The file stays an original, with this state and this sentence; nothing of it becomes text."""

    def __init__(self, state: State, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.state = state
        self.notice = Notice(code, sentence)


def refused(code: str, sentence: str) -> Unread:
    """Dangerous, or over a limit."""
    return Unread(State.REFUSED, code, sentence)


def without_text(code: str, sentence: str) -> Unread:
    """Opened, and nothing legible in it."""
    return Unread(State.NO_TEXT, code, sentence)


def unknown(code: str, sentence: str) -> Unread:
    """No reader for this kind of file."""
    return Unread(State.UNKNOWN, code, sentence)
