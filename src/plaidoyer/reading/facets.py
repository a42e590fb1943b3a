# ruff: noqa: E501 — a pattern that is cut in two is read wrong; lists of words read better as words
"""What a promise says besides its level: on what it depends, what it holds back, for whom, how much, by when, who acts, whose remit it is.

Each facet is an exact span of the commitment, and a plain value. Nothing is inferred beyond the words, except the remit
(« collège » → the département), which is a hint for the reader and says so.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from plaidoyer.reading.figures import figures
from plaidoyer.reading.measures import IN_WORDS, flat, value
from plaidoyer.reading.types import Facet, Figure

CONDITION = re.compile(
    r"\b(?:si\b(?! (?:bien|longtemps|peu|nous sommes elu|je suis elu))|s'ils?\b|sous (?:la )?reserve|a (?:la |une |seule |cette )*condition|pour autant|pour peu|des lors"
    r"|du moment|dans la mesure|a defaut|a moins|pourvu|etant entendu|dans l(?:a|es) limites?|en cas d|tant qu|aussi longtemps|une fois|lorsqu|quand\b|des qu|la ou\b|le jour ou|au rythme|sauf\b"
    r"|moyennant|encore faut|selon (?:les|nos|l)|sinon\b|faute de|apres (?:accord|avis|validation)|avec l'accord)[^.;!?]*"
)
NOT_CONDITION = re.compile(r"(?:\bmeme|\bcomme|\bvoir|\bsavoir|\bdemander|\bdire|\bainsi|\bpas)\s+$")
RESERVE = re.compile(
    r"\b(?:meme s[i']|bien qu[e']|quoiqu|sans (?:certitude|garantie|prejuger|engagement|promesse)|a titre (?:experimental|exceptionnel)|dans un premier temps|pour commencer"
    r"|mais (?:pas|seulement|uniquement|sans)|seulement pour|uniquement|a l'exception|excepte|hors\b|sauf\b|dans la limite|sans aller jusqu|au moins dans un premier)[^,.;!?()]*"
)
PEOPLE = (
    r"(?:famil\w+|enfant\w*|personnes?|habitant\w*|jeunes?|etudiant\w*|femmes?|hommes?|menages?|foyers?|retraite\w*|aine\w*|seniors?|anciens?|demandeu\w+|sans-abri|locataires?|proprietaires?"
    r"|collegien\w*|lyceen\w*|eleves?|ecolier\w*|agents?|beneficiaires?|usagers?|allocataires?|residents?|gens|parents?|meres?|peres?|malades?|refugie\w*|exile\w*|victimes?|travailleu\w+|salarie\w*"
    r"|apprentis?|benevoles?|aidants?|voyageurs?|abonnes?|contribuables?|riverains?|commercants?|associations?|collectifs?|bebes?|tout-petits|nouveau-nes|orphelins?|sortants?|detenus?|ceux|celles|celui"
    r"|(?:plus |tres )?(?:modestes|demunis?|precaires?|pauvres|fragiles|vulnerables|isoles?|ages?))"
)
FOR_WHOM = re.compile(
    rf"\b(?:pour|aux?|a(?= (?:toute?s?|chaque|l|tou))|en faveur d\w*|a destination d\w*|destine\w* (?:aux?|a)|reserve\w* (?:aux?|a)|au profit d\w*|aupres d\w*|ouverte?s? (?:aux?|a))[' ](?:(?:les?|la|l'|de|des|d'|du|tou\w*|chaque|nos|vos|leurs?|plus|tres|\d+|une?|premiere?s?|autres?)[' ]*){{0,4}}{PEOPLE}\b"
)
WHOM_GOES_ON = re.compile(
    rf"(?:\s+(?:a la rue|a (?:faibles? |bas )?revenus?|au chomage|en (?:situation|difficulte|formation|recherche)|des {PEOPLE})|\s+(?!(?:dans|des|d'ici|avant|apres|par|si|lorsqu|pendant|chaque|avec|grace|sera|seront|est|sont|a|au|aux|et|ou|mais|pour|en (?:\d|partenariat|lien))\b)[\w'-]+){{1,7}}"
)
DEADLINE = re.compile(
    rf"\b(?:d'ici(?: (?:a|la|le|les|l'|fin|au|cet|cette|trois|deux))*|avant(?: (?:le|la|l'|les|fin|cet|cette))*|au plus tard(?: (?:le|en|fin|a))*|sous|dans (?:les|le|la|un|une)|en moins d'?e?|pour|fin|courant|au cours d\w*|au terme d\w*|a l'issue d\w*)"
    rf"[ ']?\s*(?:du |de la |de l'|de cette |de ce )?(?:premiere?s? )?(?:(?:\d+|{IN_WORDS})\s+)?(?:premiere?s? )?(?:ans?|annees?|mois|semaines?|jours?|mandat|mandature|ete|hiver|automne|printemps|rentree|noel|toussaint|paques|trimestre|semestre"
    r"|(?:1er|\d{1,2}) (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|20\d\d)(?: (?:de la (?:mandature|premiere annee)|du mandat|prochaine?|20\d\d|suivante?))*"
)
MONTH = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
DATE = re.compile(
    rf"\b(?:(?:des|a partir d\w*|a compter d\w*|depuis|en|au|a|le|la|l'|pour|courant|fin|debut)[ ']+)*(?:(?:le|la|l'|du|de)[ ']*)?"
    rf"(?:(?:(?:1er|\d{{1,2}}) )?(?:{MONTH})(?: 20\d\d)?|(?:rentree|printemps|ete|automne|hiver)(?: (?:de |prochaine? |scolaire )?(?:{MONTH} )?(?:20\d\d)?)?|(?:premiere?|deuxieme|seconde|derniere) (?:annee|conseil municipal|mois|budget)(?: (?:du|de notre|de la) (?:mandat|mandature))?|(?<=des )(?:notre |l')(?:installation|arrivee|election|entree en fonctions?)|20\d\d)\b"
)
BODIES = (
    ("state", r"l'etat\b|le gouvernement|l[ea] prefet\w*|la prefecture|les? ministe\w+|l'ars\b|l'agence regionale|le rectorat|l'education nationale|la justice|la cpam|la secu\w*|france travail|pole emploi"),
    ("department", r"le departement|le conseil (?:departemental|general)|l'aide sociale a l'enfance|la mdph|la pmi\b"),
    ("region", r"la region\b|le conseil regional"),
    ("epci", r"l'(?:agglo\w*|intercommunalite|interco)|la (?:metropole|communaute (?:de communes|d'agglomeration|urbaine))|le (?:grand [a-z]+|territoire (?:de|grand))|l'ept\b|le syndicat (?:mixte|des eaux|intercommunal|des transports)"),
    ("landlord", r"les? bailleurs?|l'office (?:hlm|public)|les? organismes? hlm|action logement"),
    ("family-fund", r"la caf\b|la caisse d'allocations"),
)  # fmt: skip
BODY = tuple(
    (
        code,
        re.compile(
            rf"\b(?:aupres d\w+ |a |au |aux |du |de |des |avec )?(?:{pattern.replace('la region', '(?:la )?region').replace('le departement', '(?:le )?departement')})"
        ),
    )
    for code, pattern in BODIES
)
REMITS = (
    ("department", r"\bcolleg(?:es?|iens?)\b|\brsa\b|\baide sociale a l'enfance|\bprotection maternelle|\bmdph\b|\bapa\b"),
    ("region", r"\blycees?\b|\blyceens?\b|\bter\b|\btrains?\b|\bformation professionnelle"),
    ("state", r"\bhebergement d'urgence|\bplaces? d'hebergement|\bexpulsions?\b|\b115\b|\bregularisation|\btitres? de sejour|\bmedecins?\b|\bpolice nationale|\bgendarmerie|\bcommissariat"),
    ("epci", r"\bencadrement des loyers|\bpermis de louer|\bplu(?:i)?\b|\bplh\b|\baires? d'accueil|\bbus\b|\btransports? (?:en commun|publics?)|\btram\w*|\bassainissement|\bdechets\b|\btarif\w* (?:sociale? )?de l'eau"),
)  # fmt: skip
REMIT = tuple((code, re.compile(pattern)) for code, pattern in REMITS)
LISTED = re.compile(r"\b(?:nous|je|j'|on|notre (?:liste|equipe)|la liste|mon equipe|nos elus?)\b")
COMMUNE = re.compile(
    r"\b(?:la (?:ville|commune|mairie|municipalite|regie)|le (?:ccas|conseil municipal|maire|service)|les services|notre (?:ville|commune)|un(?:e)? (?:adjoint|elu|agent)\w*)\b"
)
NUMBER = re.compile(r"\d+(?:[   . ]\d{3})*(?:,\d+)?")


@functools.lru_cache(maxsize=8)
def _flat(text: str) -> str:
    return flat(text)


def _amount(shown: str) -> str:
    """« 1,5 million d'euros » → « 1500000 »: euros, without the noise of writing."""
    plain = flat(shown)
    digits = NUMBER.search(plain)
    if digits is None:
        spelt = re.match(IN_WORDS, plain)
        return str(value(spelt.group())) if spelt and value(spelt.group()) else ""
    number = float(re.sub(r"[   . ]", "", digits.group()).replace(",", "."))
    tail = plain[digits.end() :].strip()
    scale = (
        1e9
        if tail.startswith("milliard")
        else 1e6
        if tail.startswith(("million", "m€"))
        else 1e3
        if tail.startswith("k")
        else 0.01
        if tail.startswith("centime")
        else 1
    )
    return f"{number * scale:.2f}".rstrip("0").rstrip(".")


def _figure(figure: Figure) -> Facet:
    """The facet of a figure: its value, and its unit when it counts something."""
    if figure.kind == "amount":
        return Facet("amount", figure.start, figure.end, figure.text, _amount(figure.text), "euros")
    number = NUMBER.search(figure.text)
    spelt = re.match(rf"(?:{IN_WORDS})\b", flat(figure.text))
    said = re.sub(r"[   .]", "", number.group()) if number else str(value(spelt.group()) or "") if spelt else ""
    rest = figure.text[number.end() if number else spelt.end() if spelt else 0 :].strip()
    return Facet("quantity", figure.start, figure.end, figure.text, said, rest)


RATE = re.compile(r"\s*(?:par|/|l')\s*(?:an|annee|mois|semaine|jour|repas|enfant|habitant|trajet|foyer|famille)\b")


def _quantities(text: str, start: int, end: int) -> Iterator[Facet]:
    for figure in figures(text, start, end):
        if figure.kind in ("date", "duration"):
            continue
        facet = _figure(figure)
        rate = RATE.match(_flat(text), facet.end, end)
        stop = rate.end() if rate else facet.end
        unit = f"{facet.unit} {text[facet.end : stop].strip()}".strip() if rate else facet.unit
        yield Facet(facet.kind, facet.start, stop, text[facet.start : stop], facet.value, unit)


def _first(kind: str, pattern: re.Pattern[str], text: str, start: int, end: int, said: str = "") -> Facet | None:
    match = pattern.search(_flat(text), start, end)
    if match is None:
        return None
    left, right = match.start(), match.start() + len(match.group().rstrip(" ,:–-"))
    return Facet(kind, left, right, text[left:right], said)


def condition(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span on which a promise depends: « si l'État paie les veilleurs », « sous réserve de… »; « même si… » is none."""
    flatted = _flat(text)
    for match in CONDITION.finditer(flatted, start, end):
        if not NOT_CONDITION.search(flatted, max(start, match.start() - 12), match.start()):
            return match.start(), match.start() + len(match.group().rstrip(" ,:–-)*_"))
    return None


def _whom(text: str, start: int, end: int) -> Iterator[Facet]:
    flatted, last = _flat(text), start
    for match in FOR_WHOM.finditer(flatted, start, end):
        more = WHOM_GOES_ON.match(flatted, match.end(), end)
        stop = more.end() if more else match.end()
        if match.start() >= last:
            yield Facet("beneficiary", match.start(), stop, text[match.start() : stop])
            last = stop


def _when(text: str, start: int, end: int) -> Iterator[Facet]:
    flatted = _flat(text)
    taken: list[tuple[int, int]] = []
    for kind, pattern in (("deadline", DEADLINE), ("date", DATE)):
        for match in pattern.finditer(flatted, start, end):
            left, right = match.start(), match.start() + len(match.group().rstrip())
            if not any(left < b and a < right for a, b in taken):
                taken.append((left, right))
                yield Facet(kind, left, right, text[left:right])


def _bodies(text: str, start: int, end: int) -> Iterator[Facet]:
    """Other bodies that are named, else the one whose remit the subject is, as a hint."""
    named = [f for code, pattern in BODY if (f := _first("body", pattern, text, start, end, code))]
    yield from named
    for code, pattern in REMIT:
        if code not in {f.value for f in named} and (found := _first("remit", pattern, text, start, end, code)):
            yield found


def _actor(text: str, start: int, end: int, actor: str) -> Facet | None:
    patterns = {"list": LISTED, "town": COMMUNE}
    if actor in patterns:
        return _first("actor", patterns[actor], text, start, end, actor)
    return next((f for code, pattern in BODY if actor == code and (f := _first("actor", pattern, text, start, end, code))), None)


def who_acts(text: str, start: int, end: int, clue: str) -> str:
    """list, town, or the code of another body, when the subject is one (« l'État devra… »)."""
    if clue != "others":
        return clue
    flatted = _flat(text)
    found = [(m.start(), code) for code, pattern in BODY if (m := pattern.search(flatted, start, end))]
    return min(found)[1] if found else "other"


def facets(text: str, start: int, end: int, actor: str = "", depends: tuple[int, int] | None = None) -> tuple[Facet, ...]:
    """Every facet of ``text[start:end]`` in reading order; ``facet.text == text[facet.start:facet.end]``, always.

    « Nous demanderons à l'État 20 places pour les familles, d'ici 2028. »: actor list, body state, quantity 20 places,
    beneficiary « pour les familles », deadline « d'ici 2028 ».
    """
    found = [*_quantities(text, start, end), *_whom(text, start, end), *_when(text, start, end), *_bodies(text, start, end)]
    if depends is not None:
        found.append(Facet("condition", *depends, text[slice(*depends)]))
    reserve = _first("reservation", RESERVE, text, start, end)
    if reserve is not None and (depends is None or reserve.end <= depends[0] or reserve.start >= depends[1]):
        found.append(reserve)
    if acts := _actor(text, start, end, actor):
        found.append(acts)
    return tuple(sorted(found, key=lambda f: (f.start, f.end, f.kind)))
