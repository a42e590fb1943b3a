"""What could be personal in a letter: proposed to a person, who decides. Pure functions on the text of record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import phonenumbers

from plaidoyer.kit.text import folded

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
# Ten digits in pairs, whatever stands between: the library refuses numbers that the numbering plan has not opened, a letter may hold one.
PHONE = re.compile(r"(?<![\d,.])(?:\+\s?33|0033|0)[ \u00a0\u202f.\-]?(?:\(0\)[ \u00a0\u202f]?)?[1-9](?:[ \u00a0\u202f.\-]?\d{2}){4}(?!\d)")
WAY = (
    r"(?:rue|avenue|av\.?|boulevard|bd\.?|bld|place|pl\.|all[ée]e|impasse|chemin|route|quai|cours|square|passage|sente|sentier|venelle|"
    r"faubourg|esplanade|mail|r[ée]sidence|hameau|lieu-dit|villa|cit[ée])"
)
SPACE = r"[ \u00a0\u202f]"
STREET = re.compile(
    rf"(?<![\d.,€])\d{{1,4}}{SPACE}?(?:bis|ter|quater|[A-D])?,?{SPACE}+{WAY}{SPACE}+"
    rf"(?:[^\s,;:.!?()\n]+{SPACE}?){{1,7}}(?:,?\s{{1,3}}(?:\d{{5}}|\d{{2}}{SPACE}\d{{3}}){SPACE}+[^\s\d,;:.!?()]+(?:{SPACE}[A-ZÉÈÎ][^\s,;:.!?()]*)*)?",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"^[^\n]{0,160}\b(?:cordialement|salutations|bien à vous|bien à toi|respectueusement|considération|sentiments|sincèrement|à bientôt|"
    r"solidairement|fraternellement|citoyennement|amicalement|dévouement)\b[^\n]{0,160}$",
    re.IGNORECASE | re.MULTILINE,
)
NAME_LINE = re.compile(
    r"^[ \t\u00a0]*(?P<name>(?:M\.|Mme|Mlle|Dr|Pr)?\s*[A-ZÉÈÀÎÔÇ][\w’'-]+(?:[ \u00a0](?:d[eu’']s?|la|le|[A-ZÉÈÀÎÔÇ][\w’'.-]*)){1,4})[ \t\u00a0]*$",
    re.MULTILINE,
)
SIGNED = re.compile(r"^[ \t]*(?:signé|signature)\s*:?\s*(?P<name>[^\n]{2,60})$", re.IGNORECASE | re.MULTILINE)
HEADERS = re.compile(r"(?:(?:De|À|Cc|Date|Objet) : [^\n]*\n?)+")
HEADER_LINE = re.compile(r"^(?P<field>De|À|Cc) : (?P<value>[^\n]*\S)", re.MULTILINE)
AFTER_CLOSING = 400  # characters after the closing words in which names are signatures
NOT_A_PERSON = {
    "liste",
    "ensemble",
    "tete",
    "maire",
    "candidat",
    "candidate",
    "candidats",
    "pour",
    "mairie",
    "parti",
    "union",
    "municipales",
    "avec",
    "conseil",
}


@dataclass(frozen=True, slots=True, order=True)
class Proposal:
    start: int
    end: int
    kind: str


def propose(text: str, public_names: Iterable[str] = ()) -> list[Proposal]:
    """Non-overlapping, in order; the longer wins. ``public_names`` (heads of lists, the names of the lists) are left alone.

    >>> [(p.kind, "06 01 02 03 04"[p.start:p.end]) for p in propose("06 01 02 03 04")]
    [('phone', '06 01 02 03 04')]
    """
    public_names = list(public_names)
    found = sorted(
        {*headers(text, public_names), *emails(text), *phones(text), *addresses(text), *signatures(text, public_names)},
        key=lambda p: (p.start - p.end, p.start),
    )
    kept: list[Proposal] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept)


def headers(text: str, public_names: Iterable[str] = ()) -> Iterator[Proposal]:
    """Who a mail was from and to: volunteers and staff are not on the list."""
    public = {folded(name) for name in public_names if name}
    head = HEADERS.match(text)
    for match in HEADER_LINE.finditer(text, 0, head.end()) if head else ():
        start, end = match.span("value")
        if is_private(EMAIL.sub("", match["value"]), public) or match["field"] != "De":
            yield Proposal(start, end, "name")


def emails(text: str) -> Iterator[Proposal]:
    for match in EMAIL.finditer(text):
        yield Proposal(match.start(), match.end(), "email")


def phones(text: str) -> Iterator[Proposal]:
    seen = []
    for match in phonenumbers.PhoneNumberMatcher(text, "FR"):
        seen.append(range(match.start, match.end))
        yield Proposal(match.start, match.end, "phone")
    for match in PHONE.finditer(text):
        if not any(match.start() < one.stop and one.start < match.end() for one in seen):
            yield Proposal(match.start(), match.end(), "phone")


def addresses(text: str) -> Iterator[Proposal]:
    for match in STREET.finditer(text):
        end = match.start() + len(match.group().rstrip())
        yield Proposal(match.start(), end, "address")


def signatures(text: str, public_names: Iterable[str] = ()) -> Iterator[Proposal]:
    """Lines that are only a name, after the closing words, unless the name is public already."""
    public = {folded(name) for name in public_names if name}
    for closing in CLOSING.finditer(text):
        for match in NAME_LINE.finditer(text, closing.end(), min(len(text), closing.end() + AFTER_CLOSING)):
            if is_private(match["name"], public):
                yield Proposal(match.start("name"), match.end("name"), "signature")
    for match in SIGNED.finditer(text):
        if is_private(match["name"], public):
            yield Proposal(match.start("name"), match.start("name") + len(match["name"].rstrip()), "signature")


def is_private(name: str, public: set[str]) -> bool:
    words = folded(name)
    return not any(words in known or known in words for known in public) and not NOT_A_PERSON & set(words.split())
