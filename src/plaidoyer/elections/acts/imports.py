"""Carrying out an import of the ministry's file: a few hundred constituencies in memory at a time, one transaction for all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.changes import CHANGED, GONE, Known, Report
from plaidoyer.elections.models import Candidate, CandidateList, Contest, Election, Standing
from plaidoyer.elections.naming import free, key_of, short
from plaidoyer.elections.official import ListRecord, OfficialFile
from plaidoyer.elections.official_plan import Step, plan_place, source_of
from plaidoyer.elections.places import Place, Places
from plaidoyer.elections.records import lists_of
from plaidoyer.kit.downloads import Reject
from plaidoyer.kit.templatetags.french import plural

AT_ONCE = 200  # constituencies: some 6,000 candidates in memory
ROWS_AT_ONCE = 2_000

type Progress = Callable[[int], None]


def preview_official(
    *, file: OfficialFile, election: Election, number: int = 1, departements: Iterable[str] = (), progress: Progress | None = None
) -> Report:
    """What ``import_official`` would do. Reads, writes nothing."""
    return walk(file, election, number, departements, progress, None)


@transaction.atomic
def import_official(
    *, actor: User | None, collective: Collective | None, file: OfficialFile, election: Election, number: int = 1,
    departements: Iterable[str] = (), progress: Progress | None = None, name: str = "",
) -> Report:  # fmt: skip
    """Bring the lists up to the file: all of it or nothing. The same file a second time changes nothing and writes nothing."""
    if collective is not None:
        require(actor, "campaign", collective)
    if number == 2 and election.second_round_on is None:
        raise ActRefusedError("La date du second tour manque : indiquez-la dans la fiche de l’élection.")
    Election.objects.select_for_update().get(pk=election.pk)  # two imports of one election follow each other
    report = walk(file, election, number, departements, progress, Writer(election, number, file.format.year))
    if report.has_work:
        journal.write(
            actor=actor, collective=collective, verb="lists.import", target=election, sentence=sentence(report, name or file.path.name, election)
        )
    return report


def sentence(report: Report, name: str, election: Election) -> str:
    refused = f" {plural(report.reject_count, 'ligne refusée,lignes refusées')}." if report.reject_count else ""
    return f"{election.name} : fichier « {name} » importé, {report.sentence()}.{refused}"


def walk(
    file: OfficialFile, election: Election, number: int, departements: Iterable[str], progress: Progress | None, writer: Writer | None
) -> Report:
    report, places = Report(), Places()
    wanted = {one.strip().upper().zfill(2) for one in departements if one.strip()}
    for chunk in itertools.batched(constituencies(file, places, wanted, report), AT_ONCE):
        known = Known.of(election.pk, {place.commune_code for place, _ in chunk})
        steps = []
        for place, records in chunk:
            steps += plan_place(place, places.labels[place.commune_code], records, known, number, file.format.year)
            report.candidates += sum(len(record.candidates) for record in records)
        for step in steps:
            if step.change:
                report.note(step.change)
        if writer is not None:
            writer.write(steps, known)
        if progress is not None:
            progress(report.candidates)
    return report


def constituencies(file: OfficialFile, places: Places, wanted: set[str], report: Report) -> Iterator[tuple[Place, list[ListRecord]]]:
    """Each place of the file with its lists; what cannot be placed is refused line by line, with its reason."""
    seen: set[Place] = set()
    codes = file.format.columns
    for code, lines in file.groups():
        place = places.of(code, lines[0].values.get("place", ""))
        if place is None:
            for line in lines:
                report.refuse(Reject(line.number, codes["code"], line.values["code"], f"le code « {code} » n’est celui d’aucune commune"))
        elif wanted and places.departements[place.commune_code] not in wanted:
            continue
        elif place in seen:
            for line in lines:
                report.refuse(
                    Reject(line.number, codes["code"], code, "les lignes de cette commune ne se suivent pas : triez le fichier par commune")
                )
        else:
            seen.add(place)
            yield place, lists_of(file, place, lines, report.refuse)


class Writer:
    """Writes the steps of a chunk in bulk: a handful of statements, whatever the number of lists."""

    def __init__(self, election: Election, number: int, year: int) -> None:
        self.election, self.number, self.year = election, number, year
        self.today = timezone.localdate()

    def write(self, steps: list[Step], known: Known) -> None:
        self.correct([step for step in steps if step.subject and step.facts])
        self.withdraw([step for step in steps if step.change and step.change.kind == GONE])
        new = [step for step in steps if step.subject is None]
        self.add(new, known)
        self.enter([step for step in steps if step.record and step.needs_standing])
        back = [step.standing.pk for step in steps if step.record and step.standing and step.change and step.change.kind == CHANGED]
        Standing.objects.filter(pk__in=back, state__in=[Standing.State.ANNOUNCED, Standing.State.WITHDRAWN]).update(state=Standing.State.REGISTERED)
        self.people([step for step in steps if step.record and (step in new or step.replaces_candidates)])

    def correct(self, steps: list[Step]) -> None:
        fields: set[str] = set()
        for step in steps:
            facts = step.facts | (self.sourced() if "nuance" in step.facts else {})
            for name, value in facts.items():
                setattr(step.subject, name, value)
            fields |= facts.keys()
        if fields:
            CandidateList.objects.bulk_update([step.subject for step in steps if step.subject], sorted(fields), batch_size=100)

    def sourced(self) -> dict[str, object]:
        return {"nuance_source": source_of(self.year), "nuance_on": self.today}

    def withdraw(self, steps: list[Step]) -> None:
        standings = [step.standing.pk for step in steps if step.standing]
        Standing.objects.filter(pk__in=standings, state=Standing.State.REGISTERED).update(state=Standing.State.WITHDRAWN)

    def add(self, steps: list[Step], known: Known) -> None:
        taken: dict[str, tuple[set[str], set[str]]] = {}
        for step in steps:
            if step.record is None:
                continue
            code = step.record.place.commune_code
            keys, slugs = taken.setdefault(code, ({one.key for one in known.lists[code]}, {one.slug for one in known.lists[code]}))
            step.subject = self.made(step.record, keys, slugs)
            keys.add(step.subject.key)
            slugs.add(step.subject.slug)
        CandidateList.objects.bulk_create([step.subject for step in steps if step.subject], batch_size=ROWS_AT_ONCE)

    def made(self, record: ListRecord, keys: set[str], slugs: set[str]) -> CandidateList:
        place = record.place
        where = f"{place.commune_code} {place.sector}" if place.sector else place.commune_code
        return CandidateList(
            election=self.election, commune_id=place.commune_code, body=place.body, sector=place.sector,
            key=free(key_of(where, record.head_name, record.name), keys), slug=free(short(record.name, 90), slugs),
            name=record.name, short_name=record.short_name, panel=record.panel, head_name=record.head_name,
            source=source_of(self.year), nuance=record.nuance or None, **(self.sourced() if record.nuance else {}),
        )  # fmt: skip

    def enter(self, steps: list[Step]) -> None:
        """Stand the lists in their contests, opened where nobody had."""
        day = self.election.polling_on(self.number)
        places = {step.record.place for step in steps if step.record}
        wanted = [
            Contest(election=self.election, commune_id=one.commune_code, body=one.body, sector=one.sector, round=self.number, polling_on=day)
            for one in sorted(places, key=lambda place: (place.commune_code, place.body, place.sector))
        ]
        Contest.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=ROWS_AT_ONCE)
        rows = Contest.objects.filter(election=self.election, round=self.number, commune__in={one.commune_code for one in places})
        contests = {Place(one.commune_id, one.body, one.sector): one for one in rows.order_by("pk")}
        standings = [Standing(contest=contests[step.record.place], candidate_list=step.subject) for step in steps if step.record]
        Standing.objects.bulk_create(standings, batch_size=ROWS_AT_ONCE)

    def people(self, steps: list[Step]) -> None:
        replaced = [step.subject.pk for step in steps if step.subject and step.replaces_candidates]
        Candidate.objects.filter(candidate_list__in=replaced).delete()
        rows = [
            Candidate(
                candidate_list=step.subject, rank=one.rank, family_name=one.family_name, given_name=one.given_name, sex=one.sex, is_head=one.is_head
            )
            for step in steps
            if step.record
            for one in step.record.candidates
        ]
        Candidate.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
