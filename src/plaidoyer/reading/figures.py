# ruff: noqa: E501 — a pattern that is cut in two is read wrong
"""Figures (amounts, shares, counts, dates, durations, in digits or in words) and numbers of programme measures."""

from __future__ import annotations

import re

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
    r"(?:mesures?|propositions?|n\s?°|numéros?|article|art\.|secteur|rue|RN|RD|loi|points?|questions?|page|zone|T|lot|action|fiche|ligne|bus|le|au|du|collectif|dans le)\s*\**\s*$",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"\b(?:mesures?|propositions?|engagements?|actions?)\b\s*(?:de (?:notre|mon) (?:programme|projet)\s*)?(?:n\s?[°os]+\.?\s*|numéros?\s*)?[\s*_(]*"
    r"(\d{1,3}(?:\s*(?:,|et|&|à|-|/|puis|ainsi que)\s*\**\s*(?:la\s+|l[ae]\s+)?(?:n\s?°\s*)?\d{1,3})*)(?!\s*(?:%|€|euros|ans?\b|mois|logements|places|\d))",
    re.IGNORECASE,
)
NUMBER_ONE = re.compile(r"\b(?:la|notre|nos)\s+(?:mesure\s+)?(?:numéros?|n\s?°)\s*(\d{1,3}(?:\s*(?:,|et)\s*\d{1,3})*)", re.IGNORECASE)
ORDINAL = {"première": "1", "deuxième": "2", "troisième": "3", "quatrième": "4", "cinquième": "5"}
ORDINAL_MEASURE = re.compile(rf"\b({'|'.join(ORDINAL)})\s+(?:mesure|proposition)\b(?:\s+de\s+(?:notre|mon)\s+(?:programme|projet))", re.IGNORECASE)
QUESTIONS = re.compile(r"(?:questions?|points?|votre|vos)\s+(?:n\s?°\s*)?$", re.IGNORECASE)


def figures(text: str, start: int, end: int) -> tuple[Figure, ...]:
    """The figures of ``text[start:end]``, left to right, never overlapping; numbers of measures or roads are not figures.

    « 25 places », « 0,80 € », « un tiers », « quinze jours », « 1er novembre ».
    """
    taken: list[tuple[int, int]] = [m.span() for m in MEASURE.finditer(text, start, end)]
    taken += [m.span() for m in NUMBER_ONE.finditer(text, start, end)]
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


def _expand(series: str) -> list[str]:
    ranged = re.fullmatch(r"(\d{1,3})\s*(?:à|-)\s*(\d{1,3})", series.replace("*", "").strip())
    if ranged and 0 < int(ranged[2]) - int(ranged[1]) <= 12:
        return [str(n) for n in range(int(ranged[1]), int(ranged[2]) + 1)]
    return re.findall(r"\d{1,3}", re.sub(r"n\s?°", "", series))


def measures(text: str, start: int, end: int, sentence: tuple[int, int] | None = None) -> tuple[str, ...]:
    """The numbers of the programme measures cited in ``text[start:end]``: « mesures 44,45 et 46 », « la numéro 1 ».

    A bracket that follows the span at once (« … (mesure 12). ») counts too, when ``sentence`` allows it.
    """
    stop = end
    if sentence and (tail := re.compile(r"\s*[*_]*\([^()\n]{0,60}\)").match(text, end, sentence[1])):
        stop = tail.end()
    found: list[str] = []
    for pattern in (MEASURE, NUMBER_ONE):
        for match in pattern.finditer(text, start, stop):
            if not QUESTIONS.search(text, max(start, match.start() - 14), match.start()):
                found += _expand(match.group(1))
    found += [ORDINAL[m.group(1).lower()] for m in ORDINAL_MEASURE.finditer(text, start, stop)]
    return tuple(dict.fromkeys(found))


ITEM = re.compile(
    r"[\s>*#•·\-–—]*(?:\d{1,2}\s?[.)]\s*)?(?:mesure|proposition|action|engagement)s?\b\s*(?:n\s?[°os]+\.?\s*|numéros?\s*)?\**\s*(\d{1,3})\b\**(?=\s*(?:[:.–—-]|$))",
    re.IGNORECASE,
)


def item_measures(text: str, paragraphs: list[tuple[int, int, bool]]) -> dict[int, tuple[str, ...]]:
    """The measure that a whole item is about (« Action 5 - Transport : … »), by start of line: its every clause has that number.

    ``paragraphs`` are (start, end, is heading); a heading that names a measure speaks for the paragraphs under it.
    """
    result: dict[int, tuple[str, ...]] = {}
    held: tuple[str, ...] = ()
    last = 0
    for start, end, is_heading in paragraphs:
        if text[last:start].count("\n") == 1:  # the next line of the same block
            held = result.get(max(result, default=-1), ())
        held, last = held if held and not is_heading else (), end
        position = start
        for line in text[start:end].split("\n"):
            if label := ITEM.match(line):
                held = (label.group(1),)
            result[position] = held
            position += len(line) + 1
        if not is_heading:
            held = ()
    return result
