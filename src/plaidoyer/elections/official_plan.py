"""Which list of the file is which list of ours, and what differs.

The file has no lasting number for a list, so the rule is written here and tested: first the same title and the same head, then the same
head, then the same title; never the panel alone. A list of a second round is the same list only if its people are the same: otherwise it is
a new subject, perhaps a merger, and a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from plaidoyer.elections.changes import ADDED, CHANGED, GONE, UNCHANGED, Change, Known
from plaidoyer.elections.models import CandidateList, Standing
from plaidoyer.elections.official import CandidateRecord, ListRecord
from plaidoyer.elections.places import Place
from plaidoyer.kit.text import folded

OFFICIAL = "Ministère de l’Intérieur"
COMES_BACK = frozenset({Standing.State.ANNOUNCED, Standing.State.WITHDRAWN})
TOLD = {"name": "nom", "short_name": "nom abrégé", "panel": "panneau", "head_name": "tête de liste", "nuance": "nuance", "source": "source"}


@dataclass
class Step:
    """One list to write: ``subject`` is None for a new one. ``facts`` are the fields that change."""

    record: ListRecord | None
    subject: CandidateList | None
    facts: dict[str, object] = field(default_factory=dict)
    replaces_candidates: bool = False
    standing: Standing | None = None
    needs_standing: bool = False
    change: Change | None = None


def source_of(year: int) -> str:
    return f"{OFFICIAL}, fichier des candidatures {year}"


def plan_place(place: Place, label: str, records: list[ListRecord], known: Known, number: int, year: int) -> list[Step]:
    """What to do for one place: a step per list of the file, then one per official list that the file no longer has."""
    pool = pool_of(place, known, number)
    steps = []
    for record, subject in matched(records, pool, number):
        if subject is not None:
            pool.remove(subject)
        steps.append(step_for(record, subject, known, number, label, year))
    steps += [gone_step(one, known, number, label) for one in pool if is_gone(one, known, number)]
    return steps


def pool_of(place: Place, known: Known, number: int) -> list[CandidateList]:
    """Lists that the file may be speaking of: those of this place, in this round or in none; for a second round, those of the first too."""
    here = [one for one in known.lists.get(place.commune_code, []) if (one.body, one.sector) == (place.body, place.sector)]
    if number == 2:
        return here
    return [one for one in here if not known.standings[one.pk] or 1 in known.standings[one.pk]]


def matched(records: list[ListRecord], pool: list[CandidateList], number: int) -> list[tuple[ListRecord, CandidateList | None]]:
    found: dict[int, CandidateList] = {}
    left = list(pool)
    rules = [same_head_and_title, same_head, same_title] if number == 1 else [same_people]
    for rule in rules:
        for at, record in enumerate(records):
            if at in found:
                continue
            fits = [one for one in left if rule(record, one)]
            if len(fits) == 1:
                found[at] = fits[0]
                left.remove(fits[0])
    return [(record, found.get(at)) for at, record in enumerate(records)]


def same_title(record: ListRecord, one: CandidateList) -> bool:
    return folded(record.name) == folded(one.name)


def same_head(record: ListRecord, one: CandidateList) -> bool:
    """People write « Carpentras Inès » as often as « Inès CARPENTRAS »."""
    return bool(one.head_name) and sorted(folded(record.head_name).split()) == sorted(folded(one.head_name).split())


def same_head_and_title(record: ListRecord, one: CandidateList) -> bool:
    return same_title(record, one) and same_head(record, one)


def same_people(record: ListRecord, one: CandidateList) -> bool:
    people = sorted(folded(f"{person.family_name} {person.given_name}") for person in record.candidates)
    theirs = sorted(folded(f"{person.family_name} {person.given_name}") for person in one.candidates.all())
    return same_head_and_title(record, one) and (not theirs or people == theirs)


def step_for(record: ListRecord, subject: CandidateList | None, known: Known, number: int, label: str, year: int) -> Step:
    code = record.place.commune_code
    if subject is None:
        return Step(record, None, needs_standing=True, change=Change(ADDED, code, label, record.name, record.line))
    facts = differences(record, subject, year)
    step = Step(record, subject, facts, replaces_candidates=people_of(subject) != list(record.candidates))
    step.standing = known.standings[subject.pk].get(number)
    step.needs_standing = step.standing is None
    moves = [(TOLD[name], shown(getattr(subject, name)), shown(value)) for name, value in facts.items() if name in TOLD]
    if step.replaces_candidates:
        moves.append(("candidats", f"{len(subject.candidates.all())}", f"{len(record.candidates)}"))
    if step.standing is not None and step.standing.state in COMES_BACK:
        moves.append(("situation", step.standing.get_state_display(), Standing.State.REGISTERED.label))
    if step.needs_standing:
        moves.append(("scrutin", "", "premier tour" if number == 1 else "second tour"))
    step.change = Change(CHANGED if moves else UNCHANGED, code, label, record.name, record.line, tuple(moves))
    return step


def differences(record: ListRecord, subject: CandidateList, year: int) -> dict[str, object]:
    """A blank nuance in the file takes nothing away: small communes have none, and extracts lose it."""
    wanted: dict[str, object] = {
        "name": record.name, "short_name": record.short_name or subject.short_name, "panel": record.panel or subject.panel,
        "head_name": record.head_name, "source": source_of(year), "nuance": record.nuance or subject.nuance,
    }  # fmt: skip
    return {name: value for name, value in wanted.items() if getattr(subject, name) != value}


def people_of(subject: CandidateList) -> list[CandidateRecord]:
    return [CandidateRecord(one.rank, one.family_name, one.given_name, one.sex, one.is_head) for one in subject.candidates.all()]


def shown(value: object) -> str:
    return "" if value is None else str(value)


def is_gone(one: CandidateList, known: Known, number: int) -> bool:
    """Only what came from an earlier official file can go with a new one: what volunteers announced is theirs to withdraw."""
    standing = known.standings[one.pk].get(number)
    return one.source.startswith(OFFICIAL) and standing is not None and standing.state == Standing.State.REGISTERED


def gone_step(one: CandidateList, known: Known, number: int, label: str) -> Step:
    standing = known.standings[one.pk][number]
    moves = (("situation", standing.get_state_display(), Standing.State.WITHDRAWN.label),)
    return Step(None, one, standing=standing, change=Change(GONE, one.commune_id, label, one.name, 0, moves))
