"""From what the desk sends to the act that it means. A gesture that does not make sense is refused in a sentence, never half done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Question
from plaidoyer.replies import acts
from plaidoyer.replies.acts.review import found
from plaidoyer.replies.chosen_texts import texts_of
from plaidoyer.replies.models import Extract, Reply, Suggestion, TextOfRecord
from plaidoyer.replies.questionnaire import questions_of

SETTLING = {"settle", "keep_sure", "refuse_all"}  # after these, the desk goes on to the next question
GONE = "Ce passage a changé entre-temps : la page est à jour, recommencez le geste."


@dataclass(frozen=True, slots=True)
class Asked:
    """One gesture, as sent by a form."""

    actor: User
    reply: Reply
    data: QueryDict

    @property
    def who(self) -> dict[str, Any]:
        return {"actor": self.actor, "reply": self.reply}

    @property
    def level(self) -> str:
        level = self.data.get("level", "")
        return "" if level == "none" else level

    def card(self) -> Suggestion | Extract:
        key = self.data.get("key", "")
        model, rows = (
            (Suggestion, Suggestion.objects.filter(reading__reply=self.reply)) if key.startswith("s") else (Extract, self.reply.extracts.all())
        )
        near = ("reading__text",) if model is Suggestion else ("text", "suggestion")
        one = rows.select_related(*near).filter(pk=key[1:]).first() if key[1:].isdecimal() else None
        if one is None:
            raise ActRefusedError(GONE)
        return one

    def question(self) -> Question | None:
        """None for « hors questions » (0, or nothing)."""
        number = self.data.get("question", "")
        if number in {"", "0"}:
            return None
        for question in questions_of(self.reply):
            if str(question.number) == number:
                return question
        raise ActRefusedError(f"Il n’y a pas de question {number} dans cette commune.")

    def place(self) -> tuple[TextOfRecord, tuple[int, int]]:
        """Where: two offsets when the browser could count, else the words themselves."""
        start, end, key = (self.data.get(name, "") for name in ("start", "end", "text"))
        if start.isdecimal() and end.isdecimal() and key.isdecimal():
            text = TextOfRecord.objects.filter(pk=key, original__parts__reply=self.reply).first()
            if text is None:
                raise ActRefusedError(GONE)
            return text, (int(start), int(end))
        text, begins, ends = found(self.reply, self.data.get("quote", ""))
        return text, (begins, ends)


def keep(asked: Asked) -> None:
    card = asked.card()
    if isinstance(card, Extract):
        raise ActRefusedError("Ce passage est déjà gardé.")
    acts.keep(**asked.who, suggestion=card, level=asked.level if "level" in asked.data else None)


def reject(asked: Asked) -> None:
    card = asked.card()
    if isinstance(card, Extract):
        acts.remove(**asked.who, extract=card)
    else:
        acts.reject(**asked.who, suggestion=card)


def relabel(asked: Asked) -> None:
    """Another level: on a proposal, that keeps it."""
    card = asked.card()
    if isinstance(card, Extract):
        acts.change(**asked.who, extract=card, level=asked.level)
    else:
        acts.keep(**asked.who, suggestion=card, level=asked.level)


def reassign(asked: Asked) -> None:
    card = asked.card()
    if isinstance(card, Extract):
        acts.change(**asked.who, extract=card, question=asked.question())
    else:
        acts.keep(**asked.who, suggestion=card, question=asked.question())


def pick(asked: Asked) -> None:
    """A span chosen by hand: new, or the new bounds of the card that is being adjusted."""
    text, span = asked.place()
    if not asked.data.get("key"):
        acts.add(**asked.who, text=text, span=span, question=asked.question(), level=asked.level)
        return
    card = asked.card()
    if text.pk != (card.text_id if isinstance(card, Extract) else card.reading.text_id):
        raise ActRefusedError("Ces mots sont dans une autre pièce de la réponse : ajoutez-les comme un nouveau passage.")
    if isinstance(card, Extract):
        acts.change(**asked.who, extract=card, span=span, question=asked.question(), level=asked.level)
    else:
        acts.keep(**asked.who, suggestion=card, span=span, question=asked.question(), level=asked.level)


def split(asked: Asked) -> None:
    """Cut where the chosen words begin, when they are inside the passage; where they end, when they begin it."""
    card = asked.card()
    if not isinstance(card, Extract):
        raise ActRefusedError("Gardez d’abord ce passage, puis coupez-le.")
    _, (start, end) = asked.place()
    acts.split(**asked.who, extract=card, at=start if start > card.start else end)


def settle(asked: Asked) -> None:
    question = asked.question()
    if question is None:
        raise ActRefusedError("Choisissez une question.")
    acts.settle(**asked.who, question=question, stance=asked.data.get("stance", ""))


def keep_sure(asked: Asked) -> None:
    question = asked.question()
    if question is None:
        raise ActRefusedError("Choisissez une question.")
    acts.keep_sure(**asked.who, question=question)


def unsettle(asked: Asked) -> None:
    acts.unsettle(**asked.who, question=asked.question())


def name_kind(asked: Asked) -> None:
    """The key holds the text and the kind: « 12-article »."""
    pk, _, kind = asked.data.get("key", "").partition("-")
    text = next((one for one in texts_of(asked.reply) if str(one.pk) == pk), None)
    if text is None:
        raise ActRefusedError(GONE)
    acts.name_kind(**asked.who, text=text, kind=kind)


GESTURES: dict[str, Callable[[Asked], object]] = {
    "keep": keep,
    "reject": reject,
    "relabel": relabel,
    "reassign": reassign,
    "pick": pick,
    "split": split,
    "settle": settle,
    "unsettle": unsettle,
    "keep_sure": keep_sure,
    "refuse_all": lambda asked: acts.refuse_all(**asked.who),
    "nature": lambda asked: acts.name_nature(**asked.who, nature=asked.data.get("key", "")),
    "kind": name_kind,
    "undo": lambda asked: acts.undo(**asked.who),
    "redo": lambda asked: acts.redo(**asked.who),
}


def spoken(data: QueryDict) -> QueryDict:
    """Buttons of the grid say everything in one value, « geste:clé:question »; the radios beside them have names of their own."""
    said = data.copy()
    if "do" in data:
        said["gesture"], said["key"], said["question"] = [*data["do"].split(":"), "", ""][:3]
        for name, radio in (("level", f"level-{said['question']}-{said['key']}"), ("stance", f"stance-{said['question']}")):
            if name not in data and radio in data:
                said[name] = data[radio]
        said.setdefault("q", said["question"] if said["gesture"] not in SETTLING else "")
    return said


def perform(actor: User, reply: Reply, data: QueryDict) -> None:
    data = spoken(data)
    gesture = GESTURES.get(data.get("gesture", ""))
    if gesture is None:
        raise ActRefusedError("Ce geste n’existe pas.")
    gesture(Asked(actor, reply, data))
