"""What a volunteer's table would change: its lines gathered into lists, each matched to a list that stands, or new.

A table completes; it does not contradict the prefecture: where an official list says otherwise, its value stays and the line says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections.acts.contacts import tidy
from plaidoyer.elections.changes import ADDED, CHANGED, UNCHANGED, Change, Known, Report
from plaidoyer.elections.models import CandidateList, Contact, Election
from plaidoyer.elections.official_plan import OFFICIAL, TOLD
from plaidoyer.elections.table_columns import CONTACTS, FIELDS
from plaidoyer.kit.downloads import Reject
from plaidoyer.kit.tables import Row, Table
from plaidoyer.kit.text import folded
from plaidoyer.territories.gazetteer import Found, Gazetteer

LABELS = {one.name: one.label for one in FIELDS}
SEPARATORS = {"email": re.compile(r"[;,/]"), "phone": re.compile(r"[;,/]|\s{2,}| ou "), "address": re.compile(r"(?!)")}
TOP_PANEL = 999
MORE_TOLD = TOLD | {"etiquette": "étiquette", "website": "site"}


@dataclass
class TableOptions:
    """What the person said beside the table itself."""

    columns: dict[str, int]
    default_source: str = ""
    default_commune: str = ""
    may_write: Callable[[str], bool] = lambda _code: True


@dataclass
class Entry:
    """One list of the table, from one line or several."""

    line: int
    commune_code: str
    facts: dict[str, object]
    contacts: list[tuple[str, str, str]] = field(default_factory=list)
    subject: CandidateList | None = None
    changes: dict[str, object] = field(default_factory=dict)
    new_contacts: list[tuple[str, str, str]] = field(default_factory=list)


def plan_table(table: Table, options: TableOptions, election: Election, collective_id: int) -> tuple[list[Entry], Report]:
    report, gazetteer = Report(), Gazetteer()
    entries: dict[tuple[str, str], Entry] = {}
    for row in table.rows:
        if entry := entry_of(row, options, gazetteer, report):
            first = entries.setdefault((entry.commune_code, folded(str(entry.facts["name"]))), entry)
            if first is not entry:
                first.contacts += entry.contacts
                first.facts = {name: first.facts.get(name) or value for name, value in entry.facts.items()} | {"name": first.facts["name"]}
    known = Known.of(election.pk, {entry.commune_code for entry in entries.values()}, with_candidates=False)
    rows = Contact.objects.filter(collective=collective_id, candidate_list__election=election).values_list("candidate_list_id", "kind", "value")
    contacts = {(pk, kind, value.casefold()) for pk, kind, value in rows.order_by("pk")}
    for entry in entries.values():
        decide(entry, known, contacts, report)
        report.note(change_of(entry, gazetteer.labels[entry.commune_code]))
    report.rejects.sort(key=lambda reject: reject.line)
    return list(entries.values()), report


# ------------------------------------------------------------------------------------------------------------------------ one line


def entry_of(row: Row, options: TableOptions, gazetteer: Gazetteer, report: Report) -> Entry | None:
    values = {name: row.cells[at] if at < len(row.cells) else "" for name, at in options.columns.items()}
    if not any(values.values()):
        return None
    found = commune_of(values, options, gazetteer)
    if not found.code:
        hint = f". Peut-être : {' ; '.join(found.suggestions)}" if found.suggestions else ""
        where = next((name for name in ("commune", "insee", "postal") if values.get(name)), "commune")
        report.refuse(Reject(row.line, LABELS[where], values.get(where, ""), f"{found.reason}{hint}"))
        return None
    if not options.may_write(found.code):
        report.refuse(Reject(row.line, LABELS["commune"], gazetteer.labels[found.code], "votre groupe local ne couvre pas cette commune"))
        return None
    if not values.get("name"):
        report.refuse(
            Reject(row.line, LABELS["name"], "", "le nom de la liste est vide ; si elle n’en a pas encore, écrivez « Liste de » et sa tête")
        )
        return None
    return Entry(row.line, found.code, facts_of(row, values, options, report), contacts_of(row, values, options, report))


def commune_of(values: dict[str, str], options: TableOptions, gazetteer: Gazetteer) -> Found:
    name, insee, postal = values.get("commune", ""), values.get("insee", ""), values.get("postal", "")
    if insee and name:
        found = gazetteer.named(name, code=insee)
        return found if found.code else Found(reason=found.reason, suggestions=found.suggestions)
    if insee or (postal and not name):
        code = gazetteer.by_code(insee) if insee else ""
        return Found(code) if code else gazetteer.bare_postal(postal) if postal and not insee else gazetteer.bare_code(insee)
    if name:
        departement = values.get("departement", "")
        plain = gazetteer.line(name)
        return plain if plain.code and not postal and not departement else gazetteer.named(name, departement=departement, postal=postal)
    return Found(options.default_commune) if options.default_commune else Found(reason="la commune est vide")


def facts_of(row: Row, values: dict[str, str], options: TableOptions, report: Report) -> dict[str, object]:
    facts: dict[str, object] = {"name": values["name"][:300], "head_name": f"{values.get('given', '')} {values.get('head', '')}".strip()[:160]}
    source = values.get("source") or options.default_source
    facts["panel"] = panel_of(row, values.get("panel", ""), report)
    facts["website"] = checked(row, "website", "form", values.get("website", ""), report)[:200]
    facts["etiquette"] = values.get("etiquette", "")[:160]
    facts["source"] = source[:300]
    if facts["etiquette"] and not source:
        report.refuse(Reject(row.line, LABELS["etiquette"], values["etiquette"], "une étiquette demande sa source ; la liste est prise sans elle"))
        facts["etiquette"] = ""
    return facts


def panel_of(row: Row, text: str, report: Report) -> int | None:
    if not text:
        return None
    if text.isdecimal() and 0 < int(text) <= TOP_PANEL:
        return int(text)
    report.refuse(Reject(row.line, LABELS["panel"], text, "ce n’est pas un numéro de panneau ; la liste est prise sans lui"))
    return None


def checked(row: Row, column: str, kind: str, value: str, report: Report) -> str:
    if not value:
        return ""
    try:
        return tidy(kind, value)
    except ActRefusedError as error:
        report.refuse(Reject(row.line, LABELS[column], value, f"{str(error).rstrip('.')} ; la liste est prise sans ce contact"))
        return ""


def contacts_of(row: Row, values: dict[str, str], options: TableOptions, report: Report) -> list[tuple[str, str, str]]:
    """Each contact with its source; without a source it is refused, and the list is taken all the same."""
    source = (values.get("source") or options.default_source)[:300]
    found = []
    for kind in CONTACTS:
        cell = values.get(kind, "").strip()
        if cell and not source:
            report.refuse(
                Reject(row.line, LABELS[kind], cell, "un contact demande sa source ; indiquez-la dans la colonne Source, ou pour tout le tableau")
            )
            continue
        found += [(kind, good[:300], source) for part in parts_of(kind, cell) if (good := checked(row, kind, kind, part, report))]
    return found


def parts_of(kind: str, cell: str) -> list[str]:
    """Several contacts in one cell, as people write them; a space parts two addresses only when both are addresses."""
    parts = [part.strip() for part in SEPARATORS[kind].split(cell) if part.strip()]
    words = cell.replace(";", " ").replace(",", " ").split()
    return words if kind == "email" and all("@" in word for word in words) else parts


# ------------------------------------------------------------------------------------------------------------------- against what stands


def decide(entry: Entry, known: Known, contacts: set[tuple[int, str, str]], report: Report) -> None:
    lists = [one for one in known.lists.get(entry.commune_code, []) if not known.standings[one.pk] or 1 in known.standings[one.pk]]
    entry.subject = matching(entry, lists)
    if panel := entry.facts.get("panel"):
        holder = next((one for one in lists if one.panel == panel and one is not entry.subject), None)
        if holder is not None:
            report.refuse(
                Reject(entry.line, LABELS["panel"], str(panel), f"ce panneau est déjà celui de « {holder.name} » ; la liste est prise sans lui")
            )
            entry.facts["panel"] = None
    entry.changes = changes_of(entry, report) if entry.subject else {name: value for name, value in entry.facts.items() if value}
    seen = set()
    for kind, value, source in entry.contacts:
        mark = (entry.subject.pk if entry.subject else 0, kind, value.casefold())
        if mark not in contacts and mark not in seen:
            seen.add(mark)
            entry.new_contacts.append((kind, value, source))
    report.contacts_added += len(entry.new_contacts)


def matching(entry: Entry, lists: list[CandidateList]) -> CandidateList | None:
    """The same title, else the same head; when two lists fit, neither: a new list is easier to see than a wrong one."""
    name, head = folded(str(entry.facts["name"])), sorted(folded(str(entry.facts["head_name"])).split())
    by_title = [one for one in lists if name in {folded(one.name), folded(one.short_name)}]
    by_head = [one for one in lists if head and sorted(folded(one.head_name).split()) == head]
    for fits in (by_title, by_head):
        if len(fits) == 1:
            return fits[0]
    return None


def changes_of(entry: Entry, report: Report) -> dict[str, object]:
    subject = entry.subject
    changed: dict[str, object] = {}
    is_official = bool(subject and subject.source.startswith(OFFICIAL))
    for name, value in entry.facts.items():
        held = getattr(subject, name)
        if not value or held == value or (name in {"source", "name"} and held) or folded(str(held or "")) == folded(str(value)):
            continue
        if name == "head_name" and sorted(folded(str(held)).split()) == sorted(folded(str(value)).split()):
            continue  # « Delaunoy Karim » and « Karim Delaunoy » are one person
        if is_official and name in {"head_name", "panel"} and held:
            column = LABELS["head" if name == "head_name" else "panel"]
            report.refuse(Reject(entry.line, column, str(value), f"le fichier du ministère dit « {held} » : cette valeur est gardée"))
            continue
        changed[name] = value
    return changed


def change_of(entry: Entry, label: str) -> Change:
    moves = []
    if entry.subject is not None:
        moves = [(MORE_TOLD[name], str(getattr(entry.subject, name) or ""), str(value)) for name, value in entry.changes.items()]
    if entry.new_contacts:
        moves.append(("contacts", "", f"{len(entry.new_contacts)} de plus"))
    kind = ADDED if entry.subject is None else CHANGED if moves else UNCHANGED
    name = entry.subject.name if entry.subject else str(entry.facts["name"])
    return Change(kind, entry.commune_code, label, name, entry.line, tuple(moves))
