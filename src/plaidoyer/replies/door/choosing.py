"""Two texts of one list, side by side, and what a person keeps of them. Pure but for the draft that it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plaidoyer.campaigns.models import Question
from plaidoyer.replies.acts.door import BEYOND, Typed
from plaidoyer.replies.models import DoorDraft

ALL = "all"


@dataclass(frozen=True, slots=True)
class Difference:
    """One question whose texts differ; ``texts`` holds (value of the choice, where it comes from, words)."""

    code: str
    title: str
    texts: list[tuple[str, str, str]]
    default: str


def differences(draft: DoorDraft, questions: Sequence[Question]) -> list[Difference]:
    titles = {question.code: f"{question.number}. {question.title}" for question in questions} | {BEYOND: "Au-delà des questions"}
    codes = [*titles, *(code for code in all_codes(draft) if code not in titles)]
    rows = []
    for code in codes:
        versions = [("0", "Déjà enregistré", draft.texts.get(code, ""))]
        versions += [(str(rank), "L’autre page", one["facts"]["texts"].get(code, "")) for rank, one in enumerate(draft.asides, 1)]
        if len({words for _, _, words in versions}) > 1:
            default = next((value for value, _, words in versions if words), "0")
            rows.append(Difference(code, titles.get(code, code), versions, default))
    return rows


def all_codes(draft: DoorDraft) -> list[str]:
    return list(dict.fromkeys([*draft.texts, *(code for one in draft.asides for code in one["facts"]["texts"])]))


def chosen(draft: DoorDraft, told: Mapping[str, Any]) -> Typed:
    """« all » keeps every text of a question, one after the other: nothing has to be given up at once."""
    sources = [draft.texts, *(one["facts"]["texts"] for one in draft.asides)]
    texts = {}
    for code in all_codes(draft):
        versions = list(dict.fromkeys(source.get(code, "") for source in sources))
        wanted = str(told.get(f"choice-{code}", ""))
        if wanted == ALL or (len(versions) > 1 and not wanted):
            texts[code] = "\n\n".join(filter(None, versions))
        else:
            texts[code] = sources[int(wanted) if wanted.isdecimal() and int(wanted) < len(sources) else 0].get(code, "")
    known = [{"answered_by": draft.answered_by, "capacity": draft.capacity, "email": draft.email}, *(one["facts"] for one in draft.asides)]
    who = {name: next((one[name] for one in known if one[name]), "") for name in ("answered_by", "capacity", "email")}
    given = str(told.get("revision", ""))
    return Typed(texts=texts, **who, revision=int(given) if given.isdecimal() and len(given) < 10 else -1)
