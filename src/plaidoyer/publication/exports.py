"""The CSV files of a campaign: RFC 4180, comma, UTF-8, every field quoted. Every list of every public commune has its rows,
whether it answered, refused, was late or was silent.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from plaidoyer.campaigns.models import Campaign
from plaidoyer.publication import letters, twins, visibility
from plaidoyer.replies.models import ReleasedList, Stance

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")

LIST_COLUMNS = (
    "campagne", "collectif", "exemple_fictif", "commune_code", "commune", "place", "liste", "tete_de_liste", "etiquette", "nuance",
    "situation", "hors_delai", "sollicitee_le", "relances", "recue_le", "voie", "version", "publiee_le",
)  # fmt: skip
ANSWER_COLUMNS = (*LIST_COLUMNS, "question", "intitule", "texte_de_la_question", "reponse", "passages", "mots", "adresse")
COMMITMENT_COLUMNS = (*LIST_COLUMNS, "questions", "niveau", "citation", "document", "debut", "fin", "empreinte_du_texte", "adresse")


def safe(value: object) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236). JSON keeps the bare words."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def answers_csv(campaign: Campaign) -> str:
    return written(ANSWER_COLUMNS, (row for one in released(campaign) for row in answer_rows(one)))


def commitments_csv(campaign: Campaign) -> str:
    return written(COMMITMENT_COLUMNS, (row for one in released(campaign) for row in commitment_rows(one)))


def written(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(row[column]) for column in columns] for row in rows)
    return out.getvalue()


def released(campaign: Campaign) -> Iterator[ReleasedList]:
    return (
        ReleasedList.objects.filter(release__in=visibility.releases().filter(campaign=campaign))
        .select_related("release")
        .prefetch_related("cells")
        .order_by("release__commune__name", "release__commune_id", "position")
        .iterator(chunk_size=200)
    )


def list_row(one: ReleasedList) -> dict[str, Any]:
    facts, own = one.release.facts, one.facts
    return {
        "campagne": facts["campaign"]["name"],
        "collectif": facts["collective"]["name"],
        "exemple_fictif": yes_or_no(twins.is_fictional(facts)),
        "commune_code": facts["commune"]["code"],
        "commune": facts["commune"]["name"],
        "place": one.position,
        "liste": own["name"],
        "tete_de_liste": own["head_name"],
        "etiquette": own["etiquette"] and own["etiquette"]["words"],
        "nuance": own["nuance"] and own["nuance"]["code"],
        "situation": one.get_status_display(),
        "hors_delai": yes_or_no(one.is_late),
        "sollicitee_le": own["solicited_at"],
        "relances": " ".join(own["reminders"]),
        "recue_le": own["received_at"],
        "voie": own["channel_name"],
        "version": one.release.version,
        "publiee_le": one.release.published_at.isoformat(),
    }


def yes_or_no(value: object) -> str:
    return "oui" if value else "non"


def answer_rows(one: ReleasedList) -> Iterator[dict[str, Any]]:
    facts, common = one.release.facts, list_row(one)
    asked = {question["number"]: question for question in facts["questions"]}
    place = (facts["campaign"]["slug"], facts["commune"]["code"], facts["commune"]["slug"])
    for cell in one.cells.all():
        question = asked[cell.question_number]
        yield common | {
            "question": cell.question_number,
            "intitule": question["title"],
            "texte_de_la_question": question["text"],
            # With no reply to read, the list's own situation stands in the cell: never an empty cell that looks like a no.
            "reponse": Stance(cell.stance).label if cell.stance else one.get_status_display(),
            "passages": "\n[…]\n".join(segment["words"] for segment in cell.segments),
            "mots": cell.word_count,
            "adresse": f"{twins.absolute('comparator', *place)}#q{cell.question_number}-{one.facts['slug']}",
        }


def commitment_rows(one: ReleasedList) -> Iterator[dict[str, Any]]:
    """One row per commitment; a list without any still has one row, with its situation."""
    facts, common = one.release.facts, list_row(one)
    address = twins.absolute("letter", facts["campaign"]["slug"], facts["commune"]["code"], facts["commune"]["slug"], one.facts["slug"])
    found = letters.pledges(one.letter)
    if not found:
        yield common | dict.fromkeys(COMMITMENT_COLUMNS[len(LIST_COLUMNS) :], "") | {"adresse": address}
    for pledge in found:
        yield common | {
            "questions": " ".join(str(number) for number in pledge.facts["questions"]),
            "niveau": pledge.facts["word"],
            "citation": pledge.facts["words"],
            "document": pledge.document + 1,
            "debut": pledge.facts["start"],
            "fin": pledge.facts["end"],
            "empreinte_du_texte": one.letter[pledge.document]["sha256"],
            "adresse": f"{address}#engagement-{pledge.facts['id']}",
        }
