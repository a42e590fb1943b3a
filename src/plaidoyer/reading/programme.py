"""Which promise a citation of the programme counts: the one that holds it, the one beside it, or each of those that it announces."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from plaidoyer.reading.company import Candidate
from plaidoyer.reading.measures import Citation, citations, flat
from plaidoyer.reading.naming import introduces, is_reference, is_title, promises_itself, says_so
from plaidoyer.reading.spans import Run
from plaidoyer.reading.types import Commitment, Level, Tier

THOSE = re.compile(
    r"\b(?:ces (?:\w+ )?(?:mesures|propositions|engagements|actions)|cette (?:dernière |derniere )?(?:mesure|proposition|action))\b", re.IGNORECASE
)
TOGETHER = re.compile(r"\s*,?\s*(?:et\s*)?")
ENDS_WITH_NUMBERS = re.compile(
    r"(?:[(\[][^()\[\]]*\d[^()\[\]]*[)\]]|(?::|,) (?:ce sont|c'est|cf\.?|voir|voyez|comme|voila) [^:;.(]{0,40}\d[*_ ]*)[.\s*_]*$"
)
REFERS = re.compile(
    r"[\s*_(\[]*(?:cf|voir|voyez|c'est|c'etait|ce sera|il s'agit|reference|ref\.|tout (?:ca|cela)|cela |(?:elle|il)s? figur"
    r"|on (?:la|le|les) (?:re)?trouve|(?:on|nous|je) l'(?:a|ai|avons) (?:mis|inscri|ecri|not|chiffr)"
    r"|mesures?|propositions?|engagements?|actions?|la |notre |nos )"
)
ENDED = re.compile(r"[.!?…]\s|\n\n")
SERIES_OPENS = re.compile(r":$|\b(?:ceux-ci|celles-ci|suivants?|suivantes?|ci-dessous)\W*$")
REFERS_BACK = re.compile(r"\W*(?:c'est|ce sont|ce sera|tout (?:ca|cela)|il s'agit|(?:il|elle|cela|ca) (?:est|figure)|voir|voyez|cf)\b")


def _binds(one: Commitment) -> bool:
    return one.tier is Tier.SURE and one.level is not Level.PAST


def parted(found: list[Candidate], runs: list[Run]) -> list[Run]:
    """A run that cites two measures in clauses of their own is two promises: annotators part them four times in five.

    The second begins with its number (« , la 31 finance… »), or right after the first (« … (mesure 9), et nous … (mesure 10) »).
    """
    result: list[Run] = []
    for run in runs:
        cuts, last = [0], -1
        for k, i in enumerate(run.members):
            if "cites" in found[i].clues and "item" not in found[i].clues:
                if last >= 0:
                    cuts.append(k if "cites-first" in found[i].clues else last + 1)
                last = k
        result += [replace(run, members=run.members[a:b]) for a, b in pairwise([*cuts, len(run.members)])]
    return result


def cited_first(found: list[Candidate], sure: list[Run], check: list[Run]) -> tuple[list[Run], list[Run]]:
    """A doubt that cites a numbered measure of the programme is none: the annotators hold every such clause for a commitment."""
    taken = {i for run in sure for i in run.members}
    raised = []
    for run in sorted(check, key=lambda r: -r.odds):
        if not run.past and not taken & set(run.members) and any("cites" in found[i].clues for i in run.members):
            raised.append(run)
            taken |= set(run.members)
    return sorted([*sure, *raised], key=lambda r: r.members), [run for run in check if run not in raised]


def with_citations(text: str, kept: list[Commitment], found: list[Candidate]) -> list[Commitment]:
    """Give to a promise the measures cited beside it, in words that promise nothing (« C'est notre mesure 23. »)."""
    given: dict[int, tuple[str, ...]] = {}
    kept = _without_echoes(text, kept)
    sure = [c for c in kept if c.tier is Tier.SURE]
    for citation in citations(text):
        if any(c.start <= citation.start < c.end for c in sure):
            continue
        place = _place(found, citation)
        if place is None or is_reference(text[slice(*place.sentence)]):
            owner = _before(text, sure, citation.start)
        else:
            paragraph = next(c.clause.start for c in found if c.passage == place.passage)
            spot = (paragraph, *place.sentence, citation.start)
            owner = _neighbour(text, sure, spot) or _neighbour(text, kept, spot)
        if owner is not None and not owner.measures:
            given[owner.start] = given.get(owner.start, ()) + citation.numbers
    told = [replace(c, measures=given[c.start]) if c.start in given else c for c in kept]
    return _with_those(text, _dealt(text, _shared_at_the_end(text, told, found), found))


def _place(found: list[Candidate], citation: Citation) -> Candidate | None:
    """A clause of the sentence where a citation stands."""
    return next((c for c in found if c.sentence[0] <= citation.start < c.sentence[1]), None)


def _before(text: str, kept: list[Commitment], at: int) -> Commitment | None:
    """The promise that ends right before, where a number stands alone after its full stop (« … ne sera refusé. (2.4) »)."""
    last = next((c for c in reversed(kept) if c.end <= at), None)
    return last if last is not None and not text[last.end : at].strip(".!;:… \n*_([") else None


def _dealt(text: str, kept: list[Commitment], found: list[Candidate]) -> list[Commitment]:
    """« Nos engagements 14 à 16 : un inspecteur ; un fonds ; une bourse. »: as many promises below as numbers above, one number each."""
    result = list(kept)
    for citation in citations(text):
        place = _place(found, citation)
        if place is None or len(citation.numbers) < 2:
            continue
        before, after = flat(text[place.sentence[0] : citation.end]), flat(text[citation.end : place.sentence[1]])
        if REFERS_BACK.match(before) and not SERIES_OPENS.search(after.rstrip()):
            continue
        stop = _reach(text, place, citation, found)
        below = [c for c in result if _binds(c) and c.end > citation.end and place.sentence[0] <= c.start < stop]
        label = next((c for c in below if c.start <= citation.start and text[c.end : c.end + 2].lstrip().startswith(":")), None)
        listed = [c for c in below if _bulleted(text, c.start)] or [c for c in below if c is not label]
        if len(listed) == len(citation.numbers) and _announced(text, citation, listed[0], listed[-1]):
            given = dict(zip((c.start for c in listed), citation.numbers, strict=True))
            result = [replace(c, measures=(given[c.start],)) if c in listed else c for c in result if c is not label]
    return result


def _bulleted(text: str, start: int) -> bool:
    """Whether a promise begins a line of a list."""
    return re.search(r"(?:^|\n)[ \t]*[-–—•·▪‣*]+[ \t]*$", text[max(0, start - 12) : start]) is not None


def _reach(text: str, place: Candidate, citation: Citation, found: list[Candidate]) -> int:
    """How far a citation announces: its sentence when a colon stands inside, the whole list when one ends it, else the next sentence."""
    ends = place.sentence[1]
    introduction = flat(text[citation.end : ends]).rstrip()
    if SERIES_OPENS.search(introduction):
        block = text.find("\n\n", ends + 2)
        return block if block >= 0 else len(text)
    if ":" in introduction:
        return ends
    return next((c.sentence[1] for c in found if c.sentence[0] >= ends), ends)


def _announced(text: str, citation: Citation, first: Commitment, last: Commitment) -> bool:
    """Whether a citation introduces promises: a colon (or, outside them, a full stop) between them, and no other number in them."""
    outside = first.start > citation.start
    gap = text[citation.end : first.start] if outside else text[citation.end : first.end]
    if not re.match(r"[^:.!?]{0,110}[:.]\s" if outside else r"[^:.!?]{0,110}:\s", f"{gap} "):
        return False
    return not any(citation.end < other.start < last.end for other in citations(text))


def _shared_at_the_end(text: str, kept: list[Commitment], found: list[Candidate]) -> list[Commitment]:
    """« Nous doublerons le fonds, et l'aide sera versée sous huit jours (mesures 9 et 10). »: several numbers, for both promises."""
    spans = {c.sentence for c in found}
    result = list(kept)
    sure = [i for i, c in enumerate(kept) if _binds(c)]
    for before, at in reversed(list(pairwise(sure))):
        last, one = result[at], result[before]
        several = len(last.measures) > 1 and not one.measures and TOGETHER.fullmatch(text, one.end, last.start)
        if several and any(s <= one.start and last.start < e for s, e in spans) and ENDS_WITH_NUMBERS.search(flat(last.quote)):
            result[before] = replace(one, measures=last.measures)
    return result


def _without_echoes(text: str, kept: list[Commitment]) -> list[Commitment]:
    """« Nous ouvrirons une halte. C'est notre mesure 23. »: one promise and its number, not two promises."""

    def welcomes(one: Commitment | None, gap: str) -> bool:
        return one is not None and one.level is not Level.PAST and not one.measures and "\n" not in gap and not gap.strip(".!;:… *_)")

    result: list[Commitment] = []
    kept = _without_labels(text, kept)
    for i, c in enumerate(kept):
        if not c.measures:
            result.append(c)
            continue
        after = kept[i + 1] if i + 1 < len(kept) else None
        last = result[-1] if result else None
        beside = welcomes(last, text[last.end : c.start]) if last else False
        beside = beside or (after is not None and welcomes(after, text[c.end : after.start]))
        named = after is not None and after.measures == c.measures and not text[c.end : after.start].strip(".!;:… *_)") and is_title(c.quote)
        inside = any(o is not c and o.start <= c.start and c.end <= o.end for o in kept)
        echoes = (beside or inside) and says_so(text, c.start, c.end)
        if not (named or echoes or (after is not None and _brings(text, c, after))):
            result.append(c)
    return result


FOLLOWS = re.compile(r"(?:ils?|elles?|la premiere|le premier|celle-ci|celles-ci|ceux-ci)\b")


def _brings(text: str, one: Commitment, after: Commitment) -> bool:
    """« La 23 est un pari. Elle verra le jour si… »: the number goes with the sentence that speaks of it."""
    gap = text[one.end : after.start]
    goes_on = FOLLOWS.match(flat(after.quote)) or gap.lstrip().startswith(":")
    return bool(goes_on) and not after.measures and not gap.strip(".!;:… \n*_)-–—•") and introduces(text, one.start, one.end)


def _without_labels(text: str, kept: list[Commitment]) -> list[Commitment]:
    """« La mesure 21 vaut aussi pour vous : l'animateur sera partagé. »: what announces promises nothing, its number goes with the promise."""
    result = list(kept)
    for label in [c for c in kept if _binds(c) and c.measures and not promises_itself(c.quote)]:
        after = next((c for c in result if _binds(c) and c.start >= label.end), None)
        if after is not None and not after.measures and text[label.end : after.start].strip(' *_«"') == ":":
            result[result.index(after)] = replace(after, measures=label.measures)
            result.remove(label)
    return result


def _neighbour(text: str, kept: list[Commitment], spot: tuple[int, int, int, int]) -> Commitment | None:
    """The promise that a citation goes with: of its sentence (before, else after), else the last one when it only refers, else the next."""
    paragraph, start, end, at = spot
    owed = [c for c in kept if c.level is not Level.PAST]
    beside = [c for c in owed if start <= c.start < end]
    last = next((c for c in reversed(owed) if paragraph <= c.start and c.end <= start), None)
    words = flat(text[start:end])
    before = last if last is not None and not ENDED.search(text[last.end : start].strip()[1:]) else None
    if beside:
        back = before if REFERS_BACK.match(words) and ":" not in text[start:at] else None
        return next((c for c in reversed(beside) if c.end <= at), back or beside[0])
    if before is not None and REFERS.match(words) and not before.measures:
        return before
    following = next((c for c in owed if c.start >= end), None)
    return following if following is not None and "\n\n" not in text[end : following.start] else None


def _with_those(text: str, kept: list[Commitment]) -> list[Commitment]:
    """« … (mesures 4 et 5). Ces mesures seront… »: the second promise speaks of the same ones."""
    result: list[Commitment] = []
    for c in kept:
        last = result[-1] if result else None
        near = last is not None and "\n\n" not in text[last.end : c.start]
        result.append(replace(c, measures=last.measures) if last and near and not c.measures and THOSE.search(c.quote) else c)
    return result
