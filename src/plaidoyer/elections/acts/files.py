"""A file of lists sent from the browser: kept, matched, previewed, then applied or abandoned."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import may, require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.acts.imports import import_official, preview_official
from plaidoyer.elections.acts.lists import fresh_names
from plaidoyer.elections.changes import Report
from plaidoyer.elections.models import CandidateList, Contact, Contest, Election, ListFile, Standing
from plaidoyer.elections.official import FileRefusedError, looks_official, open_official
from plaidoyer.elections.table_columns import CONTACTS, KNOWN_NAMES, NAMES_A_COMMUNE, guessed
from plaidoyer.elections.table_plan import Entry, TableOptions, plan_table
from plaidoyer.kit.tables import Table, TableRefusedError, read_table


@transaction.atomic
def receive_list_file(
    *, actor: User | None, collective: Collective, election: Election, name: str, content: bytes, number: int = 1, departements: str = ""
) -> ListFile:
    """Recognise the file, and keep it until somebody has looked at what it would change. The same bytes twice are one file."""
    require(actor, "lists", collective)
    digest = hashlib.sha256(content).hexdigest()
    waiting = ListFile.objects.filter(collective=collective, election=election, sha256=digest, round=number, state=ListFile.State.RECEIVED)
    if (same := waiting.filter(departements=departements).first()) is not None:
        return same
    kind, columns = recognise(name, content)
    if kind == ListFile.Kind.OFFICIAL:
        require(actor, "campaign", collective)
    made = ListFile(
        collective=collective, election=election, round=number, kind=kind, name=Path(name).name[-200:], sha256=digest, columns=columns,
        departements=departements, received_at=timezone.now(), received_by=actor,
    )  # fmt: skip
    made.content.save(f"{digest[:24]}{suffix_of(name)}", ContentFile(content), save=False)
    made.save(force_insert=True)
    sentence = f"Le fichier de listes « {made.name} » est reçu, à vérifier avant l’import."
    journal.write(actor=actor, collective=collective, verb="lists.receive", target=made, sentence=sentence)
    return made


def suffix_of(name: str) -> str:
    """Kept for whoever opens the folder; never trusted: the content says what the file is."""
    suffix = Path(name).suffix.lower()
    return suffix if suffix in {".csv", ".txt", ".xlsx", ".xls", ".ods"} else ".bin"


def recognise(name: str, content: bytes) -> tuple[str, dict[str, int]]:
    try:
        with as_path(content, name) as path:
            if looks_official(path):
                open_official(path)
                return ListFile.Kind.OFFICIAL, {}
        return ListFile.Kind.TABLE, guessed(read_table(content, KNOWN_NAMES).columns)
    except (FileRefusedError, TableRefusedError) as error:
        raise ActRefusedError(str(error)) from error


@contextmanager
def as_path(content: bytes, name: str) -> Iterator[Path]:
    """The importer walks files; where originals are kept elsewhere than on disk, a copy is made for the time of the walk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"fichier{suffix_of(name)}"
        path.write_bytes(content)
        yield path


def content_of(list_file: ListFile) -> bytes:
    with list_file.content.open("rb") as file:
        return bytes(file.read())


def table_of(list_file: ListFile) -> Table:
    return read_table(content_of(list_file), KNOWN_NAMES)


@transaction.atomic
def match_columns(
    *,
    actor: User | None,
    list_file: ListFile,
    columns: dict[str, int],
    default_source: str = "",
    default_commune: str = "",
    are_registered: bool = False,
) -> ListFile:
    """What a person says of the columns of a table, before the preview."""
    require(actor, "lists", list_file.collective)
    if "name" not in columns:
        raise ActRefusedError("Indiquez la colonne du nom de la liste.")
    if not default_commune and not any(name in columns for name in NAMES_A_COMMUNE):
        raise ActRefusedError("Indiquez la colonne de la commune, ou choisissez la commune de toutes les lignes.")
    if "given" in columns and "head" not in columns:
        raise ActRefusedError("Indiquez aussi la colonne du nom de la tête de liste : le prénom seul ne suffit pas.")
    if any(name in columns for name in CONTACTS) and "source" not in columns and not default_source.strip():
        raise ActRefusedError("Indiquez d’où viennent les contacts : une colonne Source, ou une source pour tout le tableau.")
    if len(set(columns.values())) != len(columns):
        raise ActRefusedError("Une même colonne est choisie deux fois.")
    kept = columns | ({"default_commune": default_commune} if default_commune else {})
    changed = ListFile.objects.filter(pk=list_file.pk, state=ListFile.State.RECEIVED).update(
        columns=kept, default_source=default_source.strip(), are_registered=are_registered
    )
    if not changed:
        raise ActRefusedError("Ce fichier n’est plus à vérifier.")
    list_file.refresh_from_db()
    return list_file


def preview_list_file(*, actor: User | None, list_file: ListFile) -> Report:
    """What applying would change. Reads, writes nothing."""
    if list_file.kind == ListFile.Kind.TABLE:
        return plan_table(table_of(list_file), options_of(list_file, actor), list_file.election, list_file.collective_id)[1]
    with as_path(content_of(list_file), list_file.name) as path:
        wanted = list_file.departements.split()
        return preview_official(file=open_official(path), election=list_file.election, number=list_file.round, departements=wanted)


def options_of(list_file: ListFile, actor: User | None) -> TableOptions:
    columns = dict(list_file.columns)
    commune = str(columns.pop("default_commune", ""))

    def may_write(code: str) -> bool:
        return actor is None or may(actor, "lists", list_file.collective, code)

    return TableOptions(columns, list_file.default_source, commune, may_write)


@transaction.atomic
def apply_list_file(*, actor: User | None, list_file: ListFile) -> Report:
    """Once, whole: two people who click together import once."""
    require(actor, "lists", list_file.collective)
    taken = ListFile.objects.filter(pk=list_file.pk, state=ListFile.State.RECEIVED)
    if not taken.update(state=ListFile.State.APPLIED, applied_at=timezone.now()):
        raise ActRefusedError("Ce fichier a déjà été importé ou abandonné.")
    if list_file.kind == ListFile.Kind.TABLE:
        return import_table(actor=actor, list_file=list_file)
    with as_path(content_of(list_file), list_file.name) as path:
        file = open_official(path)
        return import_official(
            actor=actor, collective=list_file.collective, file=file, election=list_file.election, number=list_file.round,
            departements=list_file.departements.split(), name=list_file.name,
        )  # fmt: skip


def import_table(*, actor: User | None, list_file: ListFile) -> Report:
    table, election = table_of(list_file), list_file.election
    Election.objects.select_for_update().get(pk=election.pk)
    entries, report = plan_table(table, options_of(list_file, actor), election, list_file.collective_id)
    for entry in entries:
        write_entry(entry, list_file, actor)
    if report.has_work:
        sentence = f"{election.name} : tableau « {list_file.name} » importé, {report.sentence()}."
        journal.write(actor=actor, collective=list_file.collective, verb="lists.import", target=list_file, sentence=sentence)
    return report


def write_entry(entry: Entry, list_file: ListFile, actor: User | None) -> None:
    today = timezone.localdate()
    facts = dict(entry.changes)
    if facts.get("etiquette"):
        facts |= {"etiquette_source": str(entry.facts["source"]), "etiquette_on": today}
    if entry.subject is None:
        entry.subject = added(entry, facts, list_file)
    elif facts:
        CandidateList.objects.filter(pk=entry.subject.pk).update(**facts)
    for kind, value, source in entry.new_contacts:
        Contact.objects.get_or_create(
            collective=list_file.collective, candidate_list=entry.subject, kind=kind, value=value,
            defaults={"source": source, "found_on": today, "entered_by": actor},
        )  # fmt: skip


def added(entry: Entry, facts: dict[str, object], list_file: ListFile) -> CandidateList:
    election = list_file.election
    made = CandidateList(election=election, commune_id=entry.commune_code, **facts)
    made.key, made.slug = fresh_names(made)
    made.save(force_insert=True)
    contest, _ = Contest.objects.get_or_create(
        election=election, commune_id=entry.commune_code, body=made.body, sector="", round=1, defaults={"polling_on": election.first_round_on}
    )
    state = Standing.State.REGISTERED if list_file.are_registered else Standing.State.ANNOUNCED
    Standing.objects.create(contest=contest, candidate_list=made, state=state)
    return made


@transaction.atomic
def abandon_list_file(*, actor: User | None, list_file: ListFile) -> None:
    require(actor, "lists", list_file.collective)
    if not ListFile.objects.filter(pk=list_file.pk, state=ListFile.State.RECEIVED).update(state=ListFile.State.ABANDONED):
        raise ActRefusedError("Ce fichier a déjà été importé ou abandonné.")
    sentence = f"Le fichier de listes « {list_file.name} » est abandonné, rien n’en est importé."
    journal.write(actor=actor, collective=list_file.collective, verb="lists.abandon", target=list_file, sentence=sentence)
