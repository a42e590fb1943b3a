"""Items of a programme in a letter: lines that a measure opens (« Action 5 – Transport : … », « 31. Ouvrir… »), and what each line speaks for."""

from __future__ import annotations

import re

from plaidoyer.reading.measures import CODE, IN_WORDS, N_SIGN, SERIES, STRONG, expand, flat, lines, value

ITEM = re.compile(
    rf"[\s>*#•·\-–—]*(?:\d{{1,2}}\s?[.)]\s*)?{STRONG}\s*(?:{N_SIGN}\s*)?[*_]*\s*(?:{CODE}{SERIES}|({IN_WORDS}))\b[*_]*"
    r"(?=\s*(?:[:.(–—-]|$))(?P<rest>[^\n]*)"
)
INDENT = 80  # no line begins further
BARE = re.compile(r"[\s:.*_–—-]*(?:oui|non|ok|d'accord|accord|favorables?|defavorables?|pour|contre|absolument|bien sur)\b")


def _label(line: str) -> tuple[str, ...]:
    label = ITEM.match(flat(line))
    if label is None or BARE.match(label["rest"]):
        return ()  # « Proposition 2 : oui » answers the asker's second proposition
    if label.group(2):
        return (str(value(label.group(2))),)
    return expand(label.group(1))


def _goes_on(line: str) -> bool:
    """Whether a line goes on with the sentence above: a new one speaks for itself."""
    return line[:1].islower()


def _breaks_off(text: str, position: int) -> bool:
    """Whether the line above ``position`` stops inside a sentence (« … dans nos / mesures 31 à 33. »): what follows is no label."""
    return text[max(0, position - INDENT) : position].rstrip(" ")[-2:-1] not in ("", *".;:!?\n")


def item_measures(text: str, paragraphs: list[tuple[int, int, bool]]) -> dict[int, tuple[str, ...]]:
    """The measure that a whole item is about (« Action 5 - Transport : … »), by start of line: its every clause has that number.

    ``paragraphs`` are (start, end, is heading); a heading that names a measure speaks for the paragraphs under it.
    """
    result: dict[int, tuple[str, ...]] = {}
    held: tuple[str, ...] = ()
    last = 0
    numbered = lines(flat(text))
    for start, end, is_heading in paragraphs:
        if text[last:start].count("\n") == 1 and _goes_on(text[start:end]):  # the next line of the same sentence
            held = result.get(max(result, default=-1), ())
        held, last = held if held and not is_heading else (), end
        position = start
        for line in text[start:end].split("\n"):
            held = held if is_heading or _goes_on(line) or position == start else ()
            label = () if _goes_on(line) and _breaks_off(text, position) else _label(line)
            held = label or ((numbered[position],) if position in numbered else held)
            result[position] = held
            position += len(line) + 1
        if not is_heading:
            held = ()
    return result
