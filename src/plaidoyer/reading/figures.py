# ruff: noqa: E501 — a pattern that is cut in two is read wrong
"""Figures: amounts, shares, counts, dates, durations, in digits or in words."""

from __future__ import annotations

import re

from plaidoyer.reading.measures import citations
from plaidoyer.reading.types import Figure

MONTHS = r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre)"
SEASONS = r"(?:printemps|été|automne|hiver)"
UNITS = (
    r"un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante"
    r"|cinquante|soixante|cent|cents|mille|(?:une )?(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine)s?"
)
IN_WORDS = r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|cinquante|soixante|cent|mille)(?:[ -](?:et[ -])?(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|cents?|mille))*"
DIGITS = r"\d+(?:[   .]\d{3})*(?:,\d+)?"
MONEY = r"(?:€|euros?|EUR|k€|K€|M€|centimes?|(?:millions?|milliards?)(?:\s+d['’]euros?)?)"
RATE = r"(?:\s*(?:par|/)\s*(?:an|année|mois|semaine|jour|repas|enfant|habitant|trajet|foyer)|(?:\s+fois)?\s*(?:par|l['’])\s*(?:an|semaine|mois))"
PATTERNS = (
    ("amount", re.compile(rf"(?:{DIGITS}|{IN_WORDS})\s*{MONEY}(?!\w)")),
    ("share", re.compile(rf"{DIGITS}\s*(?:%|pour ?cents?\b|points?\b)")),
    ("share", re.compile(r"\b(?:un|deux|trois)\s+(?:tiers|quarts?|cinquièmes?)\b|\bla moitié\b|\b\w+ (?:sur|logements? sur) (?:deux|trois|quatre|cinq|dix)\b", re.IGNORECASE)),
    ("date", re.compile(rf"\b(?:1er|\d{{1,2}})(?:\s+(?:et|au)\s+\d{{1,2}})?\s+{MONTHS}(?:\s+\d{{4}})?\b", re.IGNORECASE)),
    ("date", re.compile(rf"\b(?:{MONTHS}|{SEASONS}|rentrée)\s+(?:19|20)\d\d\b", re.IGNORECASE)),
    ("date", re.compile(r"\b(?:19|20)\d\d\b")),
    ("date", re.compile(rf"\b(?:en|de|fin|début|dès|d['’]ici|mois d['’e]\s?|avant|après)\s*({MONTHS})\b", re.IGNORECASE)),
    ("duration", re.compile(rf"\b(?:{DIGITS}|{IN_WORDS})\s+(?:premi[eè]re?s?\s+)?(?:ans?|années?|mois|semaines?|jours?|heures?|minutes?|mandats?|nuits?)\b", re.IGNORECASE)),
    ("count", re.compile(rf"\b(?:{DIGITS}|{IN_WORDS})\s+fois(?:\s+par\s+\w+|\s+l['’]an)?\b", re.IGNORECASE)),
    ("count", re.compile(r"\b(?:une\s+)?(?:dizaine|douzaine|quinzaine|vingtaine|trentaine|quarantaine|cinquantaine|centaine)s?\s+d(?:e\s|['’])\w+", re.IGNORECASE)),
    ("count", re.compile(rf"\b(?:{DIGITS}|{IN_WORDS})\s+(?:premi[eè]re?s?\s+|nouve\w+\s+|autres\s+)?(?!et\b|ou\b|sur\b|pour\b|de\b|à\b|dans\b|par\b|que\b|qui\b|en\b|le\b|la\b|les\b|des\b|du\b|au\b|aux\b|est\b|sera\b|ne\b|n['’]|points?\b)[a-zà-ÿ]{{3,}}", re.IGNORECASE)),
    ("count", re.compile(rf"(?<![\w°]){DIGITS}(?![\w°)])")),
)  # fmt: skip
NOT_FIGURES = re.compile(
    r"(?<!\w)(?:mesures?|propositions?|n\s?°|numéros?|article|art\.|secteur|rue|RN|RD|loi|points?|questions?|page|zone|T|lot|action|fiche|ligne|bus|le|au|du|collectif|dans le)\s*\**\s*$",
    re.IGNORECASE,
)


def figures(text: str, start: int, end: int) -> tuple[Figure, ...]:
    """The figures of ``text[start:end]``, left to right, never overlapping; numbers of measures or roads are not figures.

    « 25 places », « 0,80 € », « un tiers », « quinze jours », « 1er novembre ».
    """
    taken = [(c.start, c.end) for c in citations(text)]
    found: list[Figure] = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(text, start, end):
            left, right = match.span(1) if pattern.groups else match.span()
            if any(left < b and a < right for a, b in taken):
                continue
            if kind == "count" and NOT_FIGURES.search(text, start, left):
                continue
            taken.append((left, right))
            found.append(Figure(left, right, text[left:right], kind))
    return tuple(sorted(found, key=lambda f: f.start))
