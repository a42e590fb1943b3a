# ruff: noqa: E501, SIM905 — a pattern that is cut in two is read wrong; lists of words read better as words
"""Words that name a measure of the programme without saying what it does: « C'est notre mesure 23. », « La 23 est un pari. », « (mesure 12) »."""

from __future__ import annotations

import re

from plaidoyer.reading.lexicon import analyses
from plaidoyer.reading.measures import HOLD, N_SIGN, STRONG, WEAK, citations, flat

REFERENCE = re.compile(
    rf"\W*[(\[]\s*(?:(?:cf\.?|voir|c'est|c'etait|notre|nos|la|les|programme|:|,)\s*)*(?:(?:{STRONG}|{WEAK}|{N_SIGN})[^()]{{0,30}})?\d[^()a-z]{{0,30}}[)\]]\W*"
)


def is_reference(quote: str) -> bool:
    """Whether words are a bare reference in brackets (« (Mesure 12.) », « (3.5) »): they belong to the promise before, and promise nothing alone."""
    return REFERENCE.fullmatch(flat(quote)) is not None


ECHO = re.compile(
    rf"\W*(?:(?:c'est|c'etait|ce sont|cf\.?|voir|voyez|il s'agit|telle? est)\s+(?:aussi |bien |la |le |les |l'|notre |nos |de |d'|dans |un des |objet |en ){{1,4}}|(?:cf\.?|voir) |notre |nos )?"
    rf"(?:{STRONG}|points?|fiches?)[^.!?]{{0,20}}\d[^.!?]{{0,28}}\W*"
)
SHORT_ECHO = re.compile(r"\W*(?:c'est|c'etait|ce sont|cf\.?|voir|voyez)\s+(?:aussi |bien )?(?:la|les|le)\s+\d[^.!?]{0,20}\W*")


LINKS = r"\W*(?:(?:et|mais|car|enfin|or|bref|commentaire|d'ailleurs|tout (?:ca|cela))\b\W*)*"
CITED = r"(?:(?:notre|nos|mon|mes|la|le|les|cette|ces)\s+)?@(?:[\s,]*(?:et\s+)?(?:la |le |les |la moitie de la )?@)*"
WHERE = r"(?:(?:de|du|des|dans|a|au|aux|par|en|sous|avec)\s+)?"
SAYS_SO = re.compile(
    rf"{LINKS}(?:(?:c'est|c'etait|ce sont|ce sera|il s'agit|(?:il|elle|cela|ca)\s+(?:est|figure\w*))(?:\s+(?:aussi|bien|meme|encore|la|tout|deja|justement))*"
    rf"\s*(?:l'objet|le sens|l'esprit|le coeur)?\s*(?:ecrite?s?|inscrite?s?|prevue?s?|tiree?s?|issue?s?|detaillee?s?|chiffree?s?)?(?:\s+noir sur blanc)?\W*{WHERE}{CITED}"
    rf"|(?:on|nous|je) (?:l'|les\s+)(?:a|ai|avons)\s*(?:mise?s?|inscrite?s?|ecrite?s?|notee?s?|chiffree?s?|placee?s?)\s*{WHERE}{CITED})"
)
INTRODUCES = re.compile(
    rf"{LINKS}(?:{CITED}\W*(?:y\s|(?:vous\s+)?(?:repond|vien|vont|sont pour|sont ind|sont cons|est (?:un|une|le|la|notre|plus)\b|a ete|ont ete|parai|plai|parle|concern))"
    rf"|c'est \w+ qui (?:a|ai|ont|avons) \w+ {CITED})"
)
FEW = 14  # words that may stand around a citation which only names
SPEAKS = frozenset(
    "être avoir répondre figurer voir venir consacrer inscrire écrire mettre noter trouver retrouver correspondre concerner tirer rédiger coûter"
    " paraître sembler plaire parler traiter chiffrer confirmer adopter voter suffire placer croire lire relire compter souffler aller".split()
)


def says_so(text: str, start: int, end: int) -> bool:
    """Whether words that cite a measure only say that what was just promised is one (« C'est notre mesure 23. », « C'est inscrit à la 23. »)."""
    flatted = flat(text[start:end])
    echoes = (ECHO.fullmatch(flatted) or SHORT_ECHO.fullmatch(flatted)) and not promises_itself(flatted)
    return bool(echoes) or _names(SAYS_SO, text, start, end)


def introduces(text: str, start: int, end: int) -> bool:
    """Whether words that cite a measure only bring in what it does (« Les mesures 5 et 6 répondent à votre question. », « La 23 est un pari. »)."""
    return _names(INTRODUCES, text, start, end)


def _names(pattern: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether the words match, with nothing but verbs by which a measure is named."""
    masked = flat(text[start:end])
    for one in reversed([c for c in citations(text) if start <= c.start and c.end <= end]):
        masked = f"{masked[: one.start - start]}@{masked[one.end - start :]}"
    masked = re.sub(HOLD, "", masked)
    words = re.findall(r"[a-z]+", masked)
    return bool(pattern.match(masked)) and len(words) <= FEW and not re.search(r":\s*\w", masked) and all(_speaks(word) for word in words[1:])


def _speaks(word: str) -> bool:
    """Whether a word is no verb, or one of those by which a measure is named."""
    found = analyses(word)
    verbs = {a.lemma for a in found if a.part == "V" and a.mood != "q"}
    return not verbs or bool(verbs & SPEAKS) or len(verbs) < len({a.lemma for a in found})


def promises_itself(quote: str) -> bool:
    """Whether words that cite a measure say what it does (« La mesure 12 crée… »), or only name it (« La mesure 21 vaut aussi pour… »)."""
    return FUTURE.search(flat(quote)) is not None


TITLE = re.compile(rf"\W*{STRONG}\s*(?:{N_SIGN}\s*)?\d{{1,3}}\s*[.:–—-]+\s*(?:[a-z'-]+\s*){{0,6}}\W*")


def is_title(quote: str) -> bool:
    """Whether words only name a measure (« Mesure 28. Rénovation thermique. »), before the sentences that say it."""
    return TITLE.fullmatch(flat(quote)) is not None


FUTURE = re.compile(r"\b\w+r(?:ons|ai|a|ont)\b|\b(?:creer?|prevoi\w+|voudrait|propose\w*|porte|instaure|prevu)\b")
