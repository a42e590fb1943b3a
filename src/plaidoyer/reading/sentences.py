"""Sentences of a French paragraph, by a splitter of our own: abbreviations, numbers, brackets and line items."""

from __future__ import annotations

import re
from collections.abc import Iterator

END = re.compile(r"(?:[.!?…]+|[✅❌]|[\U0001f300-\U0001faff]\ufe0f?)[*_]*(?:[ \u00a0]?[»”\"])?[)*_]*(?=\s|$)")
SHORT = re.compile(
    r"(?:\b(?:M|MM|Mme|Mmes|Mlle|Dr|Pr|St|Ste|cf|Cf|etc|art|p|pp|n|no|av|bd|env|ex|hab|dim|lun|mar|mer|jeu|ven|sam|janv|févr|avr|juil"
    r"|sept|oct|nov|déc|tél|réf|min|max|cad)|\b[A-Z]|(?:^|\n)\s*\d{1,2}"
    r"|\b(?:Mesure|MESURE|Action|Proposition|Engagement|Chapitre|CHAPITRE|Question|QUESTION|Axe|Objectif|[Aa]rticle|ARTICLE)s?\s+(?:n\s?°\s*)?\d{1,3}(?:\.\d{1,2})?"
    r"|(?:^|\n)\s*\d{1,2}\.\d{1,2})\.$"
)
COUNTED = r"\d{1,2}(?:[.)]|\.\d{1,2}\.?)"  # the number of an item: « 12. », « 3) », « 2.1 »
BREAK = re.compile(rf"\n\s*(?=(?:[-–—•·‣▪◦*✓✔☑☐\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?|{COUNTED})\s|>)|\n(?=\s*[A-ZÀ-Ý«\"“])")
ITEM = re.compile(rf"\s*{COUNTED}\s")


CLOSING = 10  # characters within which a line closes the bracket of the line before
LETTER = re.compile(r"[a-zà-ÿ]{2,}[\s'’][A-Z]\.$")
BEGINS = re.compile(r"(?:Le|La|Les|L['’]|Une?|Des|Nous|Je|J['’]|On|Ils?|Elles?|Ces?|Cette|C['’]|Notre|Nos|En|Sur|Pour|Dans|Et|Mais|Pas)\b")


def closes_bracket(before: str, after: str) -> bool:
    """Whether a line end stands inside a bracket that the next line closes at once (« (mesure / 18). »): no item and no sentence begins there."""
    return any(before.count(opening) > before.count(closing) and closing in after[:CLOSING] for opening, closing in ("()", "[]"))


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 40].lstrip()
    if (
        match.group().startswith(".")
        and len(match.group().rstrip('*_)»”" ')) == 1
        and SHORT.search(before := text[max(start, match.start() - 24) : match.start() + 1])
    ):
        return LETTER.search(before) is not None and BEGINS.match(after) is not None  # « la tour C. Une laverie… », not « P. Martin »
    if match.group()[0] > "\U0001f000":  # « … après le 22 mars 📱 Un budget… » ends a sentence, « 🏠 LOGER » begins one
        return after[:1].isupper() and text[start : match.start()].rstrip(" ")[-1:] not in ("", "\n")
    near = max(start, match.end() - 400)
    inside_bracket = text.count("(", near, match.end()) > text.count(")", near, match.end())
    if inside_bracket and ")" in text[match.end() : match.end() + 60]:
        return False
    if match.group()[0] in "…?!" or match.group().startswith(".."):
        return not after[:1].islower() or match.group()[0] == "?"
    return True


def _breaks(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a line end parts two sentences: always before a bullet, else after a short or finished line."""
    line = text[max(start, match.start() - 400) : match.start()].rstrip().rsplit("\n", 1)[-1]
    after = text[match.end() : match.end() + 40].lstrip()[:1]
    if closes_bracket(line, text[match.end() : match.end() + CLOSING]):
        return False
    if match.group().strip("\n ") == "" and after not in "-–—•·‣▪◦*✓✔☑☐>" and after.isalnum():
        item = ITEM.match(text[match.end() : match.end() + 8])
        return bool(item) or line.endswith((".", "!", "?", ";")) or (len(line) < 60 and not line.endswith((",", "-")))
    return True


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, trimmed.

    >>> [ "Oui. M. Roux viendra.".__getitem__(slice(*s)) for s in sentences("Oui. M. Roux viendra.")]
    ['Oui.', 'M. Roux viendra.']
    """
    stop = len(text) if end is None else end
    cuts = {m.end() for m in END.finditer(text, start, stop) if _is_end(text, start, m)}
    cuts |= {m.start() for m in BREAK.finditer(text, start, stop) if _breaks(text, start, m)}
    last = start
    for cut in sorted(cuts | {stop}):
        left, right = last, cut
        while left < right and (text[left].isspace() or text[left] == ">"):
            left += 1
        while right > left and text[right - 1].isspace():
            right -= 1
        if left < right:
            yield left, right
        last = cut
