"""From the lines of one constituency to its lists. A list with one wrong line is set aside whole: never half a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from plaidoyer.elections.official import CandidateRecord, Line, ListRecord, OfficialFile, Refuse
from plaidoyer.elections.places import Place
from plaidoyer.kit.downloads import Reject
from plaidoyer.kit.text import folded

TOP_PANEL, TOP_RANK = 999, 400
LONGEST = {"name": 300, "short_name": 120, "family_name": 120, "given_name": 120, "nuance": 10}


class LineRefusedError(ValueError):
    def __init__(self, line: Line, column: str, reason: str) -> None:
        super().__init__(reason)
        self.reject = (line, column, reason)


def lists_of(file: OfficialFile, place: Place, lines: Iterable[Line], refuse: Refuse) -> list[ListRecord]:
    """The lists of a place, in the file's order. Lines of the same panel and the same name are one list."""
    names = file.format.columns
    by_list: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        by_list[line.values["panel"], folded(title(line))].append(line)
    records, refused = [], 0
    for group in by_list.values():
        try:
            records.append(record(file, place, group))
        except LineRefusedError as error:
            refused += 1
            set_aside(group, error, names, refuse)
    whole = without_gaps(records, names["rank"], refuse) if refused else records
    return without_twins(whole, names["panel"], refuse)


def set_aside(group: list[Line], error: LineRefusedError, names: dict[str, str], refuse: Refuse) -> None:
    wrong, column, reason = error.reject
    refuse(Reject(wrong.number, names.get(column, column), wrong.values.get(column, wrong.extra), reason))
    for other in group:
        if other is not wrong:
            refuse(Reject(other.number, "", title(other), f"liste mise de côté en entier, à cause de la ligne {wrong.number}"))


def without_gaps(records: list[ListRecord], column: str, refuse: Refuse) -> list[ListRecord]:
    """A line refused in this place may have left its list without knowing it: a list with a hole in its ranks is not whole."""
    whole = []
    for one in records:
        ranks = [candidate.rank for candidate in one.candidates]
        if ranks == list(range(1, len(ranks) + 1)):
            whole.append(one)
        else:
            gap = next(number for number in range(1, ranks[-1] + 1) if number not in ranks)
            refuse(
                Reject(one.line, column, one.name, f"liste mise de côté en entier : son rang {gap} manque, voyez les lignes refusées de la commune")
            )
    return whole


def title(line: Line) -> str:
    return line.values["name"] or line.values.get("short_name", "")


def record(file: OfficialFile, place: Place, lines: list[Line]) -> ListRecord:
    first = lines[0]
    for line in lines:
        check(line)
    if not title(first):
        raise LineRefusedError(first, "name", "le nom de la liste est vide")
    return ListRecord(
        line=first.number,
        place=place,
        panel=panel(first),
        name=title(first),
        short_name=first.values.get("short_name", ""),
        nuance=first.values["nuance"],
        candidates=candidates(lines, has_heads="head" in file.positions),
    )


def check(line: Line) -> None:
    if line.extra:
        raise LineRefusedError(line, "", "la ligne a plus de cellules que l’en-tête : ses colonnes sont décalées")
    for column, value in line.values.items():
        if "\0" in value:
            raise LineRefusedError(line, column, "la cellule contient un caractère nul : le fichier est abîmé à cet endroit")
        if "\ufffd" in value:
            raise LineRefusedError(line, column, "une lettre est illisible : le fichier a été converti dans un mauvais encodage")
        if len(value) > LONGEST.get(column, 300):
            raise LineRefusedError(line, column, f"la cellule dépasse {LONGEST.get(column, 300)} caractères")
    if not line.values["family_name"]:
        raise LineRefusedError(line, "family_name", "le nom du candidat est vide")


def panel(line: Line) -> int | None:
    text = line.values["panel"]
    if not text:
        return None
    if not text.isdecimal() or not 0 < int(text) <= TOP_PANEL:
        raise LineRefusedError(line, "panel", "le numéro de panneau n’est pas un nombre")
    return int(text)


def rank(line: Line) -> int:
    text = line.values["rank"]
    if not text.isdecimal() or not 0 < int(text) <= TOP_RANK:
        raise LineRefusedError(line, "rank", "le rang n’est pas un nombre : les colonnes de cette ligne sont peut-être décalées")
    return int(text)


def candidates(lines: list[Line], *, has_heads: bool) -> tuple[CandidateRecord, ...]:
    """By rank. The head is the one that the file says, else the first (2020 does not say)."""
    ranked: dict[int, Line] = {}
    for line in lines:
        if (number := rank(line)) in ranked:
            raise LineRefusedError(line, "rank", f"le rang {number} est déjà pris, ligne {ranked[number].number}")
        ranked[number] = line
    heads = [number for number, line in ranked.items() if has_heads and folded(line.values["head"]) in {"oui", "o", "x", "1"}]
    if len(heads) > 1:
        raise LineRefusedError(ranked[heads[1]], "head", f"deux têtes de liste : déjà une à la ligne {ranked[heads[0]].number}")
    head = heads[0] if heads else min(ranked)
    return tuple(person(number, ranked[number], is_head=number == head) for number in sorted(ranked))


def person(number: int, line: Line, *, is_head: bool) -> CandidateRecord:
    sex = line.values.get("sex", "")[:1].upper()
    return CandidateRecord(number, line.values["family_name"], line.values["given_name"], sex if sex in {"F", "M"} else "", is_head)


def without_twins(records: list[ListRecord], column: str, refuse: Refuse) -> list[ListRecord]:
    """Two lists on one panel cannot both be right: neither is taken."""
    holders: dict[int, list[ListRecord]] = defaultdict(list)
    for one in records:
        if one.panel is not None:
            holders[one.panel].append(one)
    twins = [one for group in holders.values() if len(group) > 1 for one in group]
    for one in twins:
        others = ", ".join(f"« {other.name} » (ligne {other.line})" for other in holders[one.panel or 0] if other is not one)
        refuse(Reject(one.line, column, str(one.panel), f"le panneau de « {one.name} » est aussi celui de {others}"))
    return [one for one in records if one not in twins]
