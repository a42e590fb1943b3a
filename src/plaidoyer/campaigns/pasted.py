"""Questions pasted from a letter: « 1. … », « Q1. … », « a) … », bullets. Pure text, no database."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBERED = re.compile(r"^\s*(?:\*\*)?(?:Q(?:uestion)?\s*)?(\d{1,2})(?:er|re|°)?\s*(?:[.)/:]|[-–—](?=\s))\s*(?:\*\*)?\s*(?=\S)", re.IGNORECASE)
BULLET = re.compile(r"^\s*[·•\-–—*▪◦‣]\s+(?=\S)")
PART = re.compile(r"^\s*([a-h])\s*[.)]\s+(?=\S)")
HEADED = re.compile(r"^([^.?!:;]{3,60}?)\s*:\s+(?=\S)")
# What an asker says before the subject: « Comment comptez-vous… », « Vous engagez-vous à… », « Quels moyens envisagez-vous pour… ».
ASKING = re.compile(
    r"^(?:(?:comment|quand|où|pourquoi|en quoi)\s+|(?:sur\s+)?quel(?:le)?s?\s+(?:sont\s+)?(?:vos\s+|les\s+)?(?:moyens?|mesures?|actions?)\s+)?"
    r"(?:pensez|comptez|prévoyez|envisagez|souhaitez|voulez|pouvez|(?:vous\s+)?engagez|allez|proposez|(?:êtes|seriez)|ferez|mettrez)-vous\s+"
    r"(?:(?:prêt(?:e|s|es|\(e\))?|d’accord|favorables?)\s+)?(?:de\s+|d[’']|à\s+|pour\s+|que\s+|qu[’'])?",
    re.IGNORECASE,
)
TITLE_WORDS, TITLE_LENGTH = 7, 60


@dataclass(frozen=True, slots=True)
class PastedQuestion:
    """``title`` is a proposal, made of the words before a colon or of the first ones; ``text`` is as pasted, joined over its lines."""

    title: str
    text: str
    parts: tuple[str, ...] = ()


def questions_in(text: str) -> tuple[PastedQuestion, ...]:
    r"""Numbers win over bullets: with both, bullets belong to the question above them. Without either, each paragraph is a question.

    >>> [one.title for one in questions_in("1. Cantine : à quel prix ?\n2. Domicilierez-vous chacun ?")]
    ['Cantine', 'Domicilierez-vous chacun']
    """
    lines = text.replace("\r\n", "\n").split("\n")
    mark = NUMBERED if any(NUMBERED.match(line) for line in lines) else BULLET if any(BULLET.match(line) for line in lines) else None
    split = blocks(lines, mark)
    if mark and split:
        split[-1] = before_the_farewell(split[-1])
    found = (made(block) for block in split if block)
    return tuple(one for one in found if any(sign.isalpha() for sign in one.text))


def blocks(lines: list[str], mark: re.Pattern[str] | None) -> list[list[str]]:
    """The lines of each question; what stands before the first mark (a greeting) is left out."""
    found: list[list[str]] = [] if mark else [[]]
    for line in lines:
        match = mark.match(line) if mark else None
        if match:
            found.append([line[match.end() :].strip()])
        elif mark is None and not line.strip():
            found.append([])
        elif found:
            found[-1].append(line.strip())
    return found


def before_the_farewell(block: list[str]) -> list[str]:
    """People paste whole letters: once a « ? » and an empty line have passed, a paragraph that asks nothing is the end of the letter."""
    for position, line in enumerate(block):
        asked = next((one for one in reversed(block[:position]) if one), "").endswith("?")
        if not line and asked and "?" not in "".join(block[position:]) and not any(map(PART.match, block[position:])):
            return block[:position]
    return block


def made(block: list[str]) -> PastedQuestion:
    words: list[str] = []
    parts: list[str] = []
    for line in filter(None, block):
        match = PART.match(line)
        if match:
            parts.append(line[match.end() :].strip())
        elif parts:
            parts[-1] += f" {line}"
        else:
            words.append(line)
    text = " ".join(words).replace("**", "").strip()
    return PastedQuestion(title_of(text), text, tuple(parts))


def title_of(text: str) -> str:
    headed = HEADED.match(text)
    if headed and len(headed[1].split()) <= TITLE_WORDS:
        return headed[1].strip()
    text = text.rstrip(" \u00a0\u202f?!.;:")
    subject = ASKING.sub("", text) or text
    words = (subject[:1].upper() + subject[1:]).split()
    short = " ".join(words[:TITLE_WORDS])[:TITLE_LENGTH].rstrip(" ,;:?.!")
    return short + ("…" if len(words) > TITLE_WORDS else "")
