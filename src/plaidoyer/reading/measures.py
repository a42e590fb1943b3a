# ruff: noqa: E501, SIM905 — a pattern that is cut in two is read wrong; lists of words read better as words
"""Numbers of programme measures: where a letter cites its own programme, in whatever words.

« mesures 44,45 et 46 », « cf. notre mesure 90 ! », « la numéro 1 », « prop. 12 », « point 3.2 de notre programme », « mesure dix-sept ».
The asker's numbers (« point 2 de votre courrier »), articles of law and counts (« 12 mesures ») are no citations.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from plaidoyer.reading.lexicon import PLAIN, analyses

UNITS = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingt": 80, "quatre-vingts": 80, "cent": 100}
SMALL = "|".join(sorted(UNITS[1:], key=len, reverse=True)) + "|une"
IN_WORDS = rf"(?:(?:quatre-vingts?|vingt|trente|quarante|cinquante|soixante|cent)(?:(?:[ -]et)?[ -](?:{SMALL}))?|{SMALL})"
NUMBER = r"\d{1,3}(?:\.\d{1,2})?(?:\s?(?:bis|ter)\b)?(?![\d°]|e\b|eme)"
N_SIGN = r"(?:n\s?[°ºo]s?\.?|nos\b|numeros?|no\.?|num\.|#)"
STRONG = r"(?:mesures?(?:\(s\))?|propositions?|engagements?|actions?|promesses?|exigences?|prop\.|mes\.|eng\.)"
WEAK = r"(?:points?|fiches?|objectifs?|axes?|chantiers?|priorites?|articles?|items?|idees?|dispositions?|sous-points?|numeros?|n\s?°s?|nos)"
QUALITY = r"(?:[ -](?:phare|cle|forte|prioritaire|emblematique|programmatique|municipale|suivante|citee|numerotee|principale)s?)?"
OURS = r"(?:notre|nos|mon|mes|le|du|ce|son|leur)"
BOOK = (
    r"(?:programme|projet|livret|tract|plateforme|profession de foi|brochure|contrat municipal|contrat de mandat|feuille de route|manifeste|document)"
)
HOLD = rf"(?:\s+(?:de|du|dans|a|au)\s*{OURS}?\s+(?:\w+\s+)?{BOOK}(?:\s+(?:municipal|de mandat|complet|electoral))?)"
MARK = r"[\s*_(«\"]*"
BETWEEN = rf"\s*[*_]*\s*(?:,\s*puis|,\s*ainsi que|,|;|et|&|/|puis|ainsi que|a|-|–|jusqu'a|ou)\s*[*_]*\s*(?:et\s+)?(?:a\s+)?(?:(?:la|le|les)\s+)?(?:{STRONG}\s*|{WEAK}\s*)?(?:{N_SIGN}\s*)?[*_]*\s*"
SERIES = rf"({NUMBER}(?:{BETWEEN}{NUMBER})*)"
CODE = r"(?:[a-z]\s?-?\s?)?"
NAMED = re.compile(rf"\b{STRONG}{QUALITY}{HOLD}?{MARK}(?:{N_SIGN}{MARK})?{CODE}{SERIES}")
NAMED_LIST = re.compile(rf"\b{STRONG} suivantes?\s*:\s*{SERIES}(?=\s*[.;)\n]|$)")
SPELT = re.compile(rf"\b(?:(?:mesure|proposition|engagement|action){HOLD}?\s+(?:{N_SIGN}\s*)?|(?:la|notre)\s+numero\s+)({IN_WORDS})\b(?!-)")
APART = re.compile(rf"\b{STRONG}{QUALITY}\s*,\s*la\s+{SERIES}(?=\s*,)")
WEAKLY = re.compile(rf"(?:\b{WEAK}|{N_SIGN}){MARK}(?:{N_SIGN}{MARK})?{SERIES}")
NUMBERED = re.compile(rf"\b(?:la|les|notre|nos|mon|mes)\s+(?:numeros?|n\s?[°º]s?|#)\s*{MARK}{SERIES}")
RANKS = {"premier": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7,
         "huitieme": 8, "neuvieme": 9, "dixieme": 10, "premiere": 1, "douzieme": 12, "quinzieme": 15, "vingtieme": 20}  # fmt: skip
RANKED = re.compile(
    rf"\b(?:(?P<rank>{'|'.join(RANKS)})|(?P<digits>\d{{1,3}})\s?(?:e|eme|er|ere|re))\s+(?:mesure|proposition|engagement|action|point)\b(?P<hold>{HOLD})?"
)
LEGEND = re.compile(
    r"(?:numeros?|n\s?°s?|chiffres?|nombres?|references?)\s+(?:entre|en)\s+(?:parentheses?|crochets?)[^.\n]{0,60}\b(?:programme|projet|plateforme|livret|mesures?|propositions?|engagements?|actions?)"
    r"|(?:numeros?|n\s?°s?)\s+(?:de|des|du)\b[^.\n]{0,40}\b(?:programme|projet|plateforme|livret|mesures?|propositions?|engagements?|actions?)[^.\n]{0,30}\bentre\s+(?:parentheses?|crochets?)"
    r"|(?:programme|projet|livret)[^.\n]{0,80}\b(?:numeros?|n\s?°s?)\s+entre\s+(?:parentheses?|crochets?)"
    r"|entre (?:parentheses?|crochets?),? (?:les?|des) (?:numeros?|chiffres?|references?)[^.\n]{0,60}\b(?:programme|projet|plateforme|livret|mesures?|propositions?|engagements?|actions?)"
)
FEMININE = re.compile(rf"\b(?:la|les)\s+{SERIES}")
MASCULINE = re.compile(rf"\ble\s+({NUMBER})\s+(?:cree|prevoit|finance|instaure|double|triple|porte|ouvre|majore|reserve|etend|organise)\b")
POINTED = re.compile(r"[(\[]\s*(\d{1,2}\.\d{1,2}(?:\s*(?:,|;|et|/)\s*\d{1,2}\.\d{1,2})*)\s*[)\]]")
SIGNED = re.compile(rf"(?:[(\[]\s*(?:(?:cf\.?|voir|voyez)\s+)?|\b(?:cf\.?|voir|voyez)\s+(?:le |la |les )?){N_SIGN}\s*{SERIES}(?:\s*[)\]])?")
FORESEEN = re.compile(rf"\bprevue?s? (?:au|aux|par le|par la|a la) {SERIES}(?=\s*(?:[.,;)]|$))")
OFTEN = 3  # so many different « (n° 6) » count a programme by themselves
NEAR = 3  # how far a number in brackets may stand from the measures named elsewhere
BRACKET = re.compile(rf"[(\[]\s*(?:{N_SIGN}\s*)?{SERIES}\s*[)\]]")
PAGED = re.compile(rf"[(\[]\s*(?:pp?\.|pages?|meme page|ibid\.?)\s*\d{{0,3}}\s*[,;:]\s*{N_SIGN}\s*{SERIES}\s*[)\]]")
SENT = re.compile(rf"[(\[]\s*(?:cf\.?|voir|voyez)\s+(?:la |le |les )?{SERIES}\s*[)\]]")
SIGLE = re.compile(r"[(\[]\s*([mpe])\s?-?(\d{1,3}(?:\s*(?:,|et|/)\s*[mpe]?\s?-?\d{1,3})*)\s*[)\]]")
THEIRS_BEFORE = re.compile(r"\b(?:votre|vos|leurs?|vous (?:appelez|nommez)|question|courrier|questionnaire)\s+(?:[\w-]+\s+)?$")
THEIRS_AFTER = re.compile(
    r"[\s*_»\"]{0,3}(?:(?:de|du|des|dans|a|au)\s*)(?:votre|vos|leurs?\b|l'(?:etat|association|accord|agenda)|(?:la |ce |cette |le )?(?:questionnaire|charte|courrier"
    r"|lettre|collectif|gouvernement|plan (?!de mandat|municipal)|loi\b|pacte|rapport|contrat de ville|convention|code|decret|circulaire|reglement|plh\b|adversaire)"
    r"|nos (?:adversaires|concurrents)|(?:programme|projet) (?:du (?:maire|candidat|gouvernement)|de (?:m\.|mme|madame|monsieur|nos adv)|adverse))"
)
COUNTED = re.compile(r"\s*(?:%|€|k€|m²|h\b|h\d|km\b|\d{3}\b|/\s?\d|euros?\b|ans?\b|mois\b|jours?\b|fois\b|pour ?cents?\b|x\s?\d)")
CITES = re.compile(
    r"\b(?:cf\.?|voir|voyez|lire|v\.|c'est|c'etait|ce sera|ref\.?|reference|renvo\w+)\s*(?:a |aussi |en |bien |deja )*(?:la |notre |nos |les |le )?$"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place where the author's programme is cited, and the numbers of its measures."""

    start: int
    end: int
    numbers: tuple[str, ...]


def _all(pattern: re.Pattern[str], flatted: str) -> list[Citation]:
    """Every place of a pattern, with the numbers of its series."""
    return [Citation(m.start(), m.end(), expand(m.group(1))) for m in pattern.finditer(flatted)]


SAME_LENGTH = {code: plain for code, plain in PLAIN.items() if len(plain) == 1}


def flat(text: str) -> str:
    """Folded, of the same length: lower case, accents off, straight apostrophes, odd characters left as they are."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return lowered.translate(SAME_LENGTH)


def value(words: str) -> int:
    """« dix-sept » → 17, « quatre-vingt-dix » → 90, « soixante et onze » → 71; 0 when it is no number."""
    rest = words.replace(" et ", "-").replace("-et-", "-").replace(" ", "-").replace("une", "un")
    for name, tens in sorted(TENS.items(), key=lambda t: -len(t[0])):
        if rest == name:
            return tens
        if rest.startswith(f"{name}-"):
            return tens + value(rest[len(name) + 1 :])
    return UNITS.index(rest) if rest in UNITS else 0


def expand(series: str) -> tuple[str, ...]:
    """« 3 à 7 » → 3, 4, 5, 6, 7; « 2.1 à 2.3 » → 2.1, 2.2, 2.3; « 44,45 et 46 » → these; « 3.2 », « 12 bis » as they are."""
    found = list(re.finditer(NUMBER, series))
    result: list[str] = []
    for i, one in enumerate(found):
        name = re.sub(r"\s+", " ", one.group().strip())
        between = series[found[i - 1].end() : one.start()] if i else ""
        low = found[i - 1].group() if i else ""
        ranged = i and re.search(r"[-–]|\ba\b|jusqu", between)
        chapter, _, last = name.rpartition(".")
        if ranged and low.isdigit() and name.isdigit() and 0 < int(name) - int(low) <= 40:
            result += [str(n) for n in range(int(low) + 1, int(name) + 1)]
        elif ranged and chapter and last.isdigit() and low.startswith(f"{chapter}.") and (first := low.rpartition(".")[2]).isdigit():
            result += [f"{chapter}.{n}" for n in range(int(first) + 1, int(last) + 1)]
        else:
            result.append(name)
    return tuple(dict.fromkeys(result))


def _plural_noun(flatted: str, end: int) -> bool:
    """Whether what follows is counted (« 25 logements ») rather than named (« 25 prévoit », « 25 sur le logement »)."""
    after = re.match(r"\s+([a-z]{4,})", flatted[end : end + 30])
    if not after or after.group(1)[-1] not in "sx":
        return False
    readings = analyses(after.group(1))
    return any(a.part == "N" for a in readings) and not any(a.part in "RD" for a in readings)


def _shorten(flatted: str, match: re.Match[str], group: int = 1) -> tuple[str, int]:
    """The series without its last numbers when these count something (« mesure 12 et 30 logements »), and where it ends."""
    series, end = match.group(group), match.end(group)
    while series and (COUNTED.match(flatted, end) or _plural_noun(flatted, end)):
        parts = list(re.finditer(NUMBER, series))
        if len(parts) < 2 or (COUNTED.match(flatted, end) and series[parts[-2].end() : parts[-1].start()] == ","):
            return "", end
        series = series[: parts[-2].end()]
        end = match.start(group) + len(series)
    return series, end


def _theirs(flatted: str, start: int, end: int) -> bool:
    """Whether the numbers are those of somebody else: the asker, the State, a law, an opponent."""
    return bool(THEIRS_BEFORE.search(flatted, max(0, start - 40), start) or THEIRS_AFTER.match(flatted, end))


OWN_BEFORE = re.compile(rf"\b(?:notre|nos|mon|mes)\s+(?:[\w-]+\s+)?$|\b{BOOK}\b[^.;!?\n]{{0,25}}$")
HELD = re.compile(rf"\W{{0,3}}{HOLD}|\W{{0,3}}\s*(?:,\s*)?{BOOK}\b")


def _ours(flatted: str, match: re.Match[str]) -> bool:
    """Whether a weak noun (« point », « fiche », « n° ») counts the parts of the author's own programme."""
    left, right = flatted[max(0, match.start() - 60) : match.start()], match.end()
    noun = match.group()
    if noun.startswith(("priorite", "objectif")) and not HELD.match(flatted, right):
        return False  # « notre priorité n° 1 » is a way of speaking
    if HELD.match(flatted, right) or OWN_BEFORE.search(left):
        return True
    far = noun.startswith("point") and all(n.isdigit() and int(n) > MANY for n in expand(match.group(1)))
    return (far or noun.startswith(("fiche", "chantier", "axe"))) and bool(CITES.search(left) or left.rstrip(" *_").endswith(("(", "[")))


def _spelt(flatted: str) -> list[Citation]:
    found = []
    for match in SPELT.finditer(flatted):
        number = value(match.group(1))
        is_idiom = number == 1 and "numero" not in match.group()
        if number and not is_idiom and not COUNTED.match(flatted, match.end()) and not _plural_noun(flatted, match.end()):
            found.append(Citation(match.start(), match.end(), (str(number),)))
    return found


def _ranked(flatted: str) -> list[Citation]:
    """« la première mesure de notre programme », « notre 12e proposition »; « notre première mesure » only says what comes first."""
    found = []
    for match in RANKED.finditer(flatted):
        own = re.search(r"\b(?:notre|nos)\s+$", flatted[max(0, match.start() - 8) : match.start()])
        number = match["digits"] or str(RANKS[match["rank"]])
        if match["hold"] or (own and match["digits"]):
            found.append(Citation(match.start(), match.end(), (number,)))
    return found


def _bracketed(flatted: str) -> list[Citation]:
    """« (12) » where the letter says that numbers in brackets are those of its programme; « [M12] » where several are seen."""
    paged = _all(PAGED, flatted)
    found = paged if len(paged) > 1 else []
    if LEGEND.search(flatted):
        found += _all(BRACKET, flatted)
    codes = list(SIGLE.finditer(flatted))
    if len({m.group() for m in codes}) >= 2 and len({m.group(1) for m in codes}) == 1:
        found += [Citation(m.start(), m.end(), tuple(re.findall(r"\d+", m.group(2)))) for m in codes]
    return found


def _beside(flatted: str, found: list[Citation]) -> list[Citation]:
    """« (n° 61) » where measures are named by number, « (42) » where their numbers stand near it, « prévu au 41 »."""
    again = {m.group(1) for m in SIGNED.finditer(flatted) if not _theirs(flatted, m.start(), m.end())}
    named = any(not _theirs(flatted, match.start(), match.end()) for match in NAMED.finditer(flatted))
    if not named and not lines(flatted) and len(again) < OFTEN:
        return []
    known = {int(n) for c in found for n in c.numbers if n.isdigit()} | {int(n) for n in lines(flatted).values() if n.isdigit()}
    near = [c for c in _all(BRACKET, flatted) if all(n.isdigit() and any(abs(int(n) - k) <= NEAR for k in known) for n in c.numbers)]
    return [*_all(SIGNED, flatted), *_all(SENT, flatted), *_all(FORESEEN, flatted), *near]


def _pointed(flatted: str, found: list[Citation]) -> list[Citation]:
    """« (3.5) », where other measures of the letter are counted with a point."""
    if not any("." in n for c in found for n in c.numbers):
        return []
    return [Citation(m.start(), m.end(), tuple(re.findall(r"\d+\.\d+", m.group(1)))) for m in POINTED.finditer(flatted)]


def _numbered(flatted: str) -> list[Citation]:
    """Citations by a noun and a number, the strong nouns first."""
    found: list[Citation] = []
    counted = _counted(flatted)
    for pattern in (NAMED, NAMED_LIST, APART, NUMBERED, WEAKLY):
        for match in pattern.finditer(flatted):
            series, end = _shorten(flatted, match)
            overlaps = any(match.start() < c.end and c.start < end for c in found)
            weak = pattern is WEAKLY and not _ours(flatted, match) and _noun(match) not in counted
            if not series or overlaps or _theirs(flatted, match.start(), end) or weak:
                continue
            found.append(Citation(match.start(), end, expand(series)))
    return found


COINED = re.compile(rf"[(\[]\s*(?:(?:cf\.?|voir)\s+)?(?:(?:notre|nos|le|la|les)\s+)?([a-z]{{4,}}?)s?\s+(?:{N_SIGN}\s*)?{SERIES}(?=\s*[),;\]])")
USUAL = frozenset(
    "page article question chapitre annexe tome ligne note alinea decret lot quai secteur zone tranche niveau groupe classe environ dont soit contre plus moins pendant"
    " depuis entre jusqu avant apres place tour bus route appartement batiment immeuble numero paragraphe tableau figure photo volume".split()
)


def _coined(flatted: str) -> list[Citation]:
    """A programme that counts in words of its own: « (geste 3) », « (gestes 5 et 6) », « (geste 11) », then « Geste 44, pour finir : … »."""
    counted: dict[str, set[str]] = {}
    for match in COINED.finditer(flatted):
        counted.setdefault(match.group(1), set()).update(expand(match.group(2)))
    named = [noun for noun, numbers in counted.items() if len(numbers) >= OFTEN and noun not in USUAL and any(a.part == "N" for a in analyses(noun))]
    return [c for noun in named for c in _all(re.compile(rf"\b{noun}s?\s+(?:{N_SIGN}\s*)?{SERIES}"), flatted) if not COUNTED.match(flatted, c.end)]


def _noun(match: re.Match[str]) -> str:
    """The weak noun of a citation, in the singular (« n° » and « numéro » are one)."""
    noun = re.split(r"[\s\d(«*_\"]", match.group(), maxsplit=1)[0].rstrip("s")
    return "no" if noun.startswith(("n", "#")) else noun


COUNTED_BOOK = re.compile(rf"\b{BOOK}\b[^.;!?\n]{{0,60}}?\b\d{{1,3}}\s+(points|fiches|axes|chantiers|objectifs|idees|priorites|dispositions)\b")


def _counted(flatted: str) -> frozenset[str]:
    """The weak nouns by which the author counts their own programme somewhere in the letter (« le point 5 de notre projet », then « (point 11) »)."""
    owned = {_noun(m) for m in WEAKLY.finditer(flatted) if _ours(flatted, m) and not _theirs(flatted, m.start(), m.end())}
    owned |= {m.group(1).rstrip("s") for m in COUNTED_BOOK.finditer(flatted)}
    return frozenset(owned | {"no"} if lines(flatted) else owned)


LINE = re.compile(r"^[ \t>*#•·_–—-]*(\d{1,3})\s?[.)][ \t*_]+(?=[«\"]?[a-z])", re.MULTILINE)
POINTED_LINE = re.compile(r"^[ \t>*#•·_–—-]*(\d{1,2}\.\d{1,2})\.?[ \t*_]+(?=[«\"]?[a-z0-9])", re.MULTILINE)
MANY = 8  # no questionnaire is longer: a numbered line beyond, in a series of its own, counts something else


@functools.lru_cache(maxsize=8)
def lines(flatted: str) -> dict[int, str]:
    """The lines that begin with the number of a measure (« 31. Ouvrir une agence… », « 2.1 Ouvrir… »), by their start: a series that no question begins."""
    return _pointed_lines(flatted) or {start: str(number) for start, number in _counted_lines(flatted).items()}


def _pointed_lines(flatted: str) -> dict[int, str]:
    """« 2.1 Ouvrir une agence… »: lines counted by chapter, in a letter that speaks of a programme before the first of them."""
    found = list(POINTED_LINE.finditer(flatted))
    if len(found) < OFTEN or not re.search(rf"\b{BOOK}\b", flatted[: found[0].start()]):
        return {}
    return {match.start(): match.group(1) for match in found}


def _counted_lines(flatted: str) -> dict[int, int]:
    found: dict[int, int] = {}
    below: list[list[tuple[int, int]]] = []  # blocks of lines that could as well be answers, one below the other
    last, after = 0, -1
    for match in LINE.finditer(flatted):
        number = int(match.group(1))
        if number > MANY and (number != last + 1 or last in found.values()):
            found[match.start()] = number
        elif match.start() == after:
            below[-1].append((match.start(), number))
        else:
            below.append([(match.start(), number)])
        last, after = number, flatted.find("\n", match.start()) + 1
    if len(found) < 2:
        return {}
    return found | {start: number for block in below if len(block) > 2 for start, number in block}


def _elliptic(flatted: str, found: list[Citation]) -> list[Citation]:
    """« C'est notre mesure 1 ! Et la 2, et la 14. », « La 24 crée… », « Le 23 crée… »: numbers without a noun, where others have one."""
    result: list[Citation] = []
    for match in [*FEMININE.finditer(flatted), *MASCULINE.finditer(flatted)]:
        known = [*found, *result]
        if (known or lines(flatted)) and not any(c.start <= match.start() < c.end for c in known) and _named_again(flatted, match):
            result.append(Citation(match.start(), match.end(), expand(match.group(1))))
    return result


def _named_again(flatted: str, match: re.Match[str]) -> bool:
    """Whether « la 52 », « les 11 et 12 », after other measures, are measures too: nothing is counted by the number."""
    plural, several = match.group().startswith("les"), len(re.findall(NUMBER, match.group(1))) > 1
    if plural and not several:
        return False
    after = re.match(r"\s+([a-z]{2,})", flatted[match.end() : match.end() + 30])
    if COUNTED.match(flatted, match.end()) or (after and _plural_noun(flatted, match.end())):
        return False
    return not after or after.group(1) in BESIDE or not any(a.part in "NA" for a in analyses(after.group(1)))


BESIDE = frozenset(
    "porte prevoit cree reserve finance double triple offre charge ouvre majore est et concernant pour de du dans sur le la les leur un une y en sera seront".split()
)


@functools.lru_cache(maxsize=8)
def citations(text: str) -> tuple[Citation, ...]:
    """Every citation of the author's own programme in a letter, left to right, never overlapping."""
    flatted = flat(text)
    found = _numbered(flatted)
    found += _elliptic(flatted, found)
    for more in (_coined(flatted), _spelt(flatted), _ranked(flatted), _bracketed(flatted), _pointed(flatted, found), _beside(flatted, found)):
        for one in more:
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda c: c.start))


TAIL = re.compile(r"\s*[*_]*(?:\([^()\n]{0,80}\)|\[[^\[\]\n]{0,80}\])")


def measures(text: str, start: int, end: int, sentence: tuple[int, int] | None = None) -> tuple[str, ...]:
    """The numbers cited in ``text[start:end]``; a bracket that follows at once counts too, when ``sentence`` allows it.

    « … (mesure 12) » → 12; « mesures 44,45 et 46 » → 44, 45, 46.
    """
    stop = end
    if sentence and (tail := TAIL.match(text, end, sentence[1])):
        stop = tail.end()
    found = [n for c in citations(text) if start <= c.start and c.end <= stop for n in c.numbers]
    return tuple(dict.fromkeys(found))
