"""The words and shapes of what happened. No answer, a refusal, a late letter and a skipped question never look alike,
and none of them looks like a "no".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plaidoyer.publication import dates
from plaidoyer.replies.models import ReleasedCell, ReleasedList, Stance

Status = ReleasedList.Status

# The class of a status is its shape: see the component « status » in config/static/plaidoyer.css and public.css.
SHAPES = {
    Status.ANSWERED: "answered",
    Status.PARTIAL: "partial",
    Status.REFUSED: "refuses",
    Status.PROMISED: "promised",
    Status.SILENT: "silent",
    Status.UNREACHED: "unreached",
    Status.UNSOLICITED: "unsolicited",
}
STANCE_SHAPES = {Stance.PARTIAL: "partial", Stance.SKIPS: "skipped", Stance.REFERS: "refers", Stance.REFUSES: "refuses"}
STANCE_WORDS = {
    Stance.PARTIAL: "Répond en partie",
    Stance.SKIPS: "N’aborde pas cette question",
    Stance.REFERS: "Renvoie à son programme",
    Stance.REFUSES: "Refuse de répondre à cette question",
}
STATUS_WORDS = {
    Status.REFUSED: "Refuse de répondre",
    Status.PROMISED: "Réponse promise",
    Status.SILENT: "Aucune réponse reçue",
    Status.UNREACHED: "Sollicitation non aboutie",
    Status.UNSOLICITED: "Non sollicitée",
}
NOT_A_NO = "Ce n’est pas un « non »."


@dataclass(frozen=True, slots=True)
class Mark:
    """A shape and its words, and what may be added in a smaller voice."""

    shape: str
    words: str
    more: str = ""


def head_mark(row: ReleasedList) -> Mark:
    """Under the name of a list: what its reply is, in a few words."""
    facts, status = row.facts, Status(row.status)
    if status in (Status.ANSWERED, Status.PARTIAL):
        words = answered_words(facts["answered"], facts["asked"], facts["stances"].get(Stance.PARTIAL, 0))
        if row.is_late:
            return Mark("late", f"Hors délai, {words[0].lower()}{words[1:]}".partition(", dont")[0])
        return Mark(SHAPES[status], words)
    if status == Status.SILENT:
        return Mark("silent", "Aucune réponse reçue", f"au {dates.short_date(facts['as_of'])}")
    if status == Status.REFUSED:
        return Mark("refuses", "Refuse de répondre", "par écrit")
    return Mark(SHAPES[status], STATUS_WORDS[status])


def answered_words(answered: int, asked: int, partly: int) -> str:
    if answered == 0:
        return "Écrit, sans répondre aux questions"
    words = f"Répond à {answered} question{'s' if answered > 1 else ''} sur {asked}"
    if answered == asked:
        words = "Répond à la question" if asked == 1 else f"Répond aux {asked} questions"
    return f"{words}, dont {partly} en partie" if partly else words


def cell_mark(row: ReleasedList, cell: ReleasedCell, zone: str) -> Mark | None:
    """What a cell says in our voice before, or instead of, the list's words. None: the words speak alone."""
    if cell.stance in STANCE_WORDS:
        stance = Stance(cell.stance)
        whole = row.status == Status.REFUSED
        words = "Refuse de répondre" if stance == Stance.REFUSES and whole else STANCE_WORDS[stance]
        return Mark(STANCE_SHAPES[stance], words, stance_note(row, stance, zone))
    if cell.stance == Stance.ANSWERS:
        return None
    status = Status(row.status)
    return Mark(SHAPES[status], STATUS_WORDS.get(status, "Rien de lu pour cette question"), status_note(row, status, zone))


def stance_note(row: ReleasedList, stance: Stance, zone: str) -> str:
    if stance == Stance.REFUSES:
        return status_note(row, Status.REFUSED, zone)
    return "La lettre a été lue en entier." if stance == Stance.SKIPS else ""


def status_note(row: ReleasedList, status: Status, zone: str) -> str:
    facts = row.facts
    if status == Status.REFUSED:
        when = f"Lettre du {dates.day_of_month(facts['received_at'], zone)}. " if facts["received_at"] else ""
        return when + NOT_A_NO
    as_of = f"au {dates.short_date(facts['as_of'])}"
    if status == Status.SILENT:
        return as_of + "."
    if status == Status.PROMISED:
        promised = f"le {dates.day_of_month(facts['promised_at'], zone)}, " if facts["promised_at"] else ""
        return f"{promised}rien reçu {as_of}."
    if status == Status.UNREACHED:
        return "Aucun de nos envois n’est arrivé."
    return "Aucun moyen de lui écrire n’a été trouvé." if status == Status.UNSOLICITED else ""


def written_to(facts: dict[str, Any], zone: str) -> str:
    """« Écrite le 9 février, relancée le 23 février et le 3 mars. »"""
    if not facts["solicited_at"]:
        return ""
    reminders = [f"le {dates.day_of_month(at, zone)}" for at in facts["reminders"]]
    again = f", relancée {' et '.join([', '.join(reminders[:-1]), reminders[-1]] if len(reminders) > 1 else reminders)}" if reminders else ""
    return f"Écrite le {dates.day_of_month(facts['solicited_at'], zone)}{again}."


def counts_sentence(counts: dict[str, int]) -> str:
    """« 3 réponses, 1 refus, 1 silence » : every list is in one of these, so that the numbers add up."""
    replies = counts["answered"] + counts["partial"]
    parts = [f"{replies} réponse{'s' if replies > 1 else ''}"]
    if counts["late"]:
        parts[0] += f" (dont {counts['late']} hors délai)"
    named = (
        ("refused", "refus", "refus"),
        ("promised", "réponse promise", "réponses promises"),
        ("silent", "sans réponse", "sans réponse"),
        ("unreached", "non atteinte", "non atteintes"),
        ("unsolicited", "non sollicitée", "non sollicitées"),
    )
    parts += [f"{counts[key]} {one if counts[key] == 1 else many}" for key, one, many in named if counts[key]]
    return ", ".join(parts)


MEDIA_NAMES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Document Word",
    "application/msword": "Document Word",
    "application/vnd.oasis.opendocument.text": "Document OpenDocument",
    "application/rtf": "Document RTF",
    "text/rtf": "Document RTF",
    "message/rfc822": "Courriel",
    "application/vnd.ms-outlook": "Courriel",
    "text/html": "Page HTML",
    "text/markdown": "Texte",
    "text/plain": "Texte",
}


def media_name(media_type: str) -> str:
    """What kind of file came, in a word that everybody knows."""
    if media_type.startswith("image/"):
        return "Image"
    return MEDIA_NAMES.get(media_type, "Fichier" if media_type else "Courrier sur papier")
