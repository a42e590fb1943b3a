"""Where a sentence stands in a letter: how it ends, alone or among others, before or after the answers, in a list or in prose.

Clues of form only; they say the same of a letter on any subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from plaidoyer.reading.skeleton import Frame

MARK = re.compile(r"[-–—•·‣▪◦*✓✔☑☐👉➡→>]|\(?\d{1,2}\s?[.)°/]|[a-h]\)")
ENDS = {".": "stop", "!": "cry", "?": "ask", ":": "colon", ";": "semi", ",": "comma", "…": "stop"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds one paragraph."""

    zone: str  # intro, answers, outro, none: before, among or after the paragraphs that answer
    listed: bool  # most of its neighbours begin with a bullet or a number
    announced: bool  # the paragraph before ends with a colon
    is_heading: bool


def _marked(text: str, frame: Frame) -> bool:
    return bool(MARK.match(text, frame.start))


def settings(text: str, frames: list[Frame], answered: list[tuple[str, ...]]) -> list[Setting]:
    """One setting for each paragraph."""
    given = [i for i, codes in enumerate(answered) if codes]
    marked = [_marked(text, f) for f in frames]
    result = []
    for i, frame in enumerate(frames):
        zone = "none" if not given else "intro" if i < given[0] else "outro" if i > given[-1] else "answers"
        near = marked[max(0, i - 2) : i + 3]
        announced = i > 0 and text[frames[i - 1].start : frames[i - 1].end].rstrip(" *_").endswith(":")
        result.append(Setting(zone, sum(near) >= 3, announced, frame.role == "heading"))
    return result


def _ending(text: str, span: tuple[int, int]) -> str:
    return ENDS.get(text[span[0] : span[1]].rstrip(' *_»")')[-1:], "open")


def _capitals(text: str, start: int, end: int) -> bool:
    letters = [c for c in text[start:end] if c.isalpha()]
    return len(letters) >= 5 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def placing(text: str, frame: Frame, setting: Setting, span: tuple[int, int], clause: tuple[int, int]) -> list[str]:
    """The clues of place of one clause of the sentence ``span``."""
    clues = [f"zone:{setting.zone}", f"ends:{_ending(text, span)}"]
    left, right = text[frame.start : span[0]].strip(" *_-–•>"), text[span[1] : frame.end].strip(" *_»)")
    clues.append("spot:" + ("alone" if not left and not right else "first" if not left else "last" if not right else "inside"))
    before = text[max(0, span[0] - 3) : span[0]]
    clues.append("row:" + ("line" if "\n" in before or span[0] == frame.start else "same"))
    if text[span[1] : span[1] + 1] == "\n" or span[1] == frame.end:
        clues.append(f"row-end:{clues[1][5:]}")
    clues += [name for name, is_so in (("listed", setting.listed), ("announced", setting.announced), ("heading", setting.is_heading)) if is_so]
    return [*clues, "capitals"] if _capitals(text, *clause) else clues
