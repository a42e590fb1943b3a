"""The gestures of the review desk. A person decides; every word kept is a span of the evidence, found there to the letter."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.utils import timezone

from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Question
from plaidoyer.reading.types import Tier
from plaidoyer.replies.acts.steps import gesture
from plaidoyer.replies.attribution import codes_of, moved_passages
from plaidoyer.replies.chosen_texts import pending_suggestions, texts_of
from plaidoyer.replies.models import Answer, Decision, Extract, Reply, Stance, Suggestion, TextOfRecord
from plaidoyer.replies.models.readings import LEVEL_CHOICES
from plaidoyer.replies.public_text import trimmed
from plaidoyer.replies.questionnaire import questions_of

LEVEL_WORDS = dict(LEVEL_CHOICES)
UNCHANGED = object()


def keep(
    *, actor: User, reply: Reply, suggestion: Suggestion, level: str | None = None, question: Question | object | None = UNCHANGED,
    span: tuple[int, int] | None = None,
) -> list[Extract]:  # fmt: skip
    """Keep a suggestion, as it is or with another level, question or span. A passage for two questions makes two extracts."""
    check_pending(reply, suggestion)
    start, end = check_span(suggestion.reading.text, *(span or (suggestion.start, suggestion.end)))
    level = check_level(suggestion.level if level is None else level)
    questions = questions_suggested(reply, suggestion) if question is UNCHANGED else [check_question(reply, question)]
    verb = verb_for(suggestion, (start, end), level, [one.code if one else None for one in questions])
    with gesture(actor, reply, f"Passage gardé : {short(suggestion.reading.text, start, end)}"):
        decide(actor, suggestion, verb)
        return [make(actor, reply, suggestion.reading.text, start, end, one, level, suggestion) for one in questions]


def reject(*, actor: User, reply: Reply, suggestion: Suggestion) -> None:
    check_pending(reply, suggestion)
    with gesture(actor, reply, f"Passage écarté : {short(suggestion.reading.text, suggestion.start, suggestion.end)}"):
        decide(actor, suggestion, Decision.Verb.REJECTED)


def keep_sure(*, actor: User, reply: Reply, question: Question) -> None:
    """Keep every sure suggestion of this question, and settle it as « répond » unless it is settled already.

    A passage kept under another question may answer this one too: then nothing is left to keep, and the question is settled.
    """
    check_question(reply, question)
    pending = pending_suggestions(reply, texts_of(reply))
    moved = moved_passages(reply)
    sure = [one for one in pending if one.tier == Tier.SURE.value and question.code in codes_of(one, moved)]
    is_kept = not sure and reply.extracts.filter(question=question).exists()
    if is_kept and not reply.answers.filter(question=question).exists():
        settle(actor=actor, reply=reply, question=question, stance=Stance.ANSWERS)
        return
    if not sure:
        raise ActRefusedError(f"La machine ne propose rien de sûr pour la question {question.number} : lisez la lettre, puis dites ce qu’il en est.")
    with gesture(actor, reply, f"Question {question.number} : {count(len(sure), 'suggestion sûre gardée', 'suggestions sûres gardées')}"):
        for suggestion in sure:
            decide(actor, suggestion, Decision.Verb.ACCEPTED if question.code in suggestion.questions else Decision.Verb.RELABELLED)
            for one in questions_suggested(reply, suggestion):
                make(actor, reply, suggestion.reading.text, suggestion.start, suggestion.end, one, suggestion.level, suggestion)
        Answer.objects.get_or_create(reply=reply, question=question, defaults=settled_by(actor, Stance.ANSWERS))


def add(
    *, actor: User, reply: Reply, text: TextOfRecord | None = None, span: tuple[int, int] | None = None, quote: str = "",
    question: Question | None = None, level: str = "",
) -> Extract:  # fmt: skip
    """A passage that the machine did not see: by its place in the text, or by its words, copied from the letter."""
    text, start, end = found(reply, quote) if span is None else (check_text(reply, text), *span)
    start, end = check_span(text, start, end)
    level = check_level(level)
    if question is None and not level:
        raise ActRefusedError("Dites à quelle question ce passage répond, ou quel engagement il contient.")
    question = check_question(reply, question)
    with gesture(actor, reply, f"Passage ajouté : {short(text, start, end)}"):
        return make(actor, reply, text, start, end, question, level, None)


def change(
    *, actor: User, reply: Reply, extract: Extract, level: str | None = None, question: Question | object | None = UNCHANGED,
    span: tuple[int, int] | None = None,
) -> Extract:  # fmt: skip
    """Another level, question or span for a passage already kept."""
    check_extract(reply, extract)
    extract.start, extract.end = check_span(extract.text, *(span or (extract.start, extract.end)))
    extract.level = check_level(extract.level if level is None else level)
    if question is not UNCHANGED:
        extract.question = check_question(reply, question)
    if extract.question is None and not extract.level:
        raise ActRefusedError("Un passage hors questions doit être un engagement : donnez son niveau, ou rattachez-le à une question.")
    with gesture(actor, reply, f"Passage changé : {short(extract.text, extract.start, extract.end)}"):
        extract.made_by, extract.made_at = actor, timezone.now()
        save_once(extract)
    return extract


def split(*, actor: User, reply: Reply, extract: Extract, at: int) -> tuple[Extract, Extract]:
    """Two passages out of one, cut at ``at``: each can then go to its own question."""
    check_extract(reply, extract)
    if not extract.start < at < extract.end:
        raise ActRefusedError("Coupez à l’intérieur du passage.")
    first, second = (check_span(extract.text, *ends) for ends in ((extract.start, at), (at, extract.end)))
    with gesture(actor, reply, f"Passage coupé en deux : {short(extract.text, extract.start, extract.end)}"):
        extract.start, extract.end = first
        save_once(extract)
        return extract, make(actor, reply, extract.text, *second, extract.question, extract.level, extract.suggestion)


def remove(*, actor: User, reply: Reply, extract: Extract) -> None:
    """Take a passage off the grid; the suggestion that it came from is put aside with it."""
    check_extract(reply, extract)
    with gesture(actor, reply, f"Passage retiré : {short(extract.text, extract.start, extract.end)}"):
        reply.extracts.filter(pk=extract.pk).delete()
        if extract.suggestion and not extract.suggestion.extracts.exists():
            decide(actor, extract.suggestion, Decision.Verb.REJECTED)


def settle(*, actor: User, reply: Reply, question: Question, stance: str) -> Answer:
    """Say how the reply stands to this question. That settles its cell."""
    check_question(reply, question)
    if stance not in Stance.values:
        raise ActRefusedError("Choisissez : répond, répond en partie, n’aborde pas la question, renvoie au programme ou refuse de répondre.")
    kept = reply.extracts.filter(question=question)
    if stance in {Stance.ANSWERS, Stance.PARTIAL} and not kept.exists():
        raise ActRefusedError(f"Gardez au moins un passage pour la question {question.number} : ce qui répond doit pouvoir être cité.")
    if stance == Stance.SKIPS and kept.exists():
        raise ActRefusedError(f"Un passage est gardé pour la question {question.number} : retirez-le, ou choisissez « répond en partie ».")
    with gesture(actor, reply, f"Question {question.number} : {Stance(stance).label}"):
        return Answer.objects.update_or_create(reply=reply, question=question, defaults=settled_by(actor, stance))[0]


def unsettle(*, actor: User, reply: Reply, question: Question) -> None:
    with gesture(actor, reply, f"Question {question.number} : à relire"):
        reply.answers.filter(question=question).delete()


def refuse_all(*, actor: User, reply: Reply) -> None:
    """The list refuses, in writing, to answer the questionnaire: every cell says so. Words already kept stay kept."""
    with gesture(actor, reply, "Refus de répondre à tout le questionnaire"):
        for question in questions_of(reply):
            Answer.objects.update_or_create(reply=reply, question=question, defaults=settled_by(actor, Stance.REFUSES))
        Reply.objects.filter(pk=reply.pk).update(nature=Reply.Nature.REFUSAL)


def name_nature(*, actor: User, reply: Reply, nature: str) -> None:
    """An answer, an announcement (« nous vous répondrons »), or a mail about something else."""
    if nature == Reply.Nature.REFUSAL:
        refuse_all(actor=actor, reply=reply)
        return
    if nature not in Reply.Nature.values:
        raise ActRefusedError("Choisissez la nature de ce courrier.")
    with gesture(actor, reply, f"Nature du courrier : {Reply.Nature(nature).label}"):
        if Reply.objects.get(pk=reply.pk).nature == Reply.Nature.REFUSAL:
            reply.answers.filter(stance=Stance.REFUSES).delete()
        Reply.objects.filter(pk=reply.pk).update(nature=nature)


def make(
    actor: User, reply: Reply, text: TextOfRecord, start: int, end: int, question: Question | None, level: str, suggestion: Suggestion | None
) -> Extract:
    """The extract, or the one that already says exactly this: the same words twice for one question are one passage."""
    same = reply.extracts.filter(text=text, start=start, end=end, question=question, level=level).first()
    if same:
        return same
    return Extract.objects.create(
        reply=reply, text=text, start=start, end=end, question=question, level=level, suggestion=suggestion, made_by=actor, made_at=timezone.now(),
        measures=suggestion.measures if suggestion and (start, end) == (suggestion.start, suggestion.end) else [],
    )  # fmt: skip


def save_once(extract: Extract) -> None:
    try:
        with transaction.atomic():
            extract.save(update_fields=["start", "end", "level", "question", "made_by", "made_at"])
    except IntegrityError as problem:
        raise ActRefusedError("Ce passage est déjà gardé pour cette question, avec ce niveau.") from problem


def decide(actor: User, suggestion: Suggestion, verb: str) -> None:
    Decision.objects.update_or_create(suggestion=suggestion, defaults={"verb": verb, "decided_by": actor, "decided_at": timezone.now()})


def settled_by(actor: User, stance: str) -> dict[str, object]:
    return {"stance": stance, "reviewer": actor, "settled_at": timezone.now()}


def verb_for(suggestion: Suggestion, span: tuple[int, int], level: str, codes: list[str | None]) -> str:
    if span != (suggestion.start, suggestion.end):
        return Decision.Verb.MOVED
    is_elsewhere = not set(codes) <= set(suggestion.questions or [None])
    return Decision.Verb.RELABELLED if level != suggestion.level or is_elsewhere else Decision.Verb.ACCEPTED


def questions_suggested(reply: Reply, suggestion: Suggestion) -> list[Question | None]:
    """Those of the questionnaire; a commitment outside it is kept « hors questions », a passage outside it has nowhere to go."""
    codes = codes_of(suggestion, moved_passages(reply))
    found_here = [question for question in questions_of(reply) if question.code in codes]
    if not found_here and suggestion.kind == Suggestion.Kind.PASSAGE:
        raise ActRefusedError("Choisissez la question à laquelle ce passage répond.")
    return [*found_here] or [None]


def check_pending(reply: Reply, suggestion: Suggestion) -> None:
    if suggestion.reading.reply_id != reply.pk:
        raise ActRefusedError("Cette suggestion n’est pas dans cette réponse.")
    if Decision.objects.filter(suggestion=suggestion).exists():
        raise ActRefusedError("Cette suggestion est déjà réglée : annulez le geste pour y revenir.")


def check_extract(reply: Reply, extract: Extract) -> None:
    if extract.reply_id != reply.pk:
        raise ActRefusedError("Ce passage n’est pas dans cette réponse.")


def check_question(reply: Reply, question: Question | object | None) -> Question | None:
    if question is None:
        return None
    if question.pk not in {one.pk for one in questions_of(reply)}:
        raise ActRefusedError("Cette question n’est pas posée à cette liste.")
    return question


def check_level(level: str) -> str:
    if level and level not in LEVEL_WORDS:
        raise ActRefusedError("Choisissez un niveau : ferme, conditionnel, intention, refus, bilan, ou aucun.")
    return level


def check_text(reply: Reply, text: TextOfRecord | None) -> TextOfRecord:
    if text is None or text.pk not in {one.pk for one in texts_of(reply)}:
        raise ActRefusedError("Ce texte n’est pas dans cette réponse.")
    return text


def check_span(text: TextOfRecord, start: int, end: int) -> tuple[int, int]:
    if not 0 <= start < end <= len(text.text):
        raise ActRefusedError("Ce passage n’est pas dans la lettre : choisissez-le de nouveau.")
    start, end = trimmed(text.text, start, end)
    if start >= end:
        raise ActRefusedError("Ce passage ne contient aucun mot.")
    return start, end


def found(reply: Reply, quote: str) -> tuple[TextOfRecord, int, int]:
    """Where the pasted words stand. Blanks may differ (a browser changes them); not one letter may."""
    words = quote.split()
    if not words:
        raise ActRefusedError("Collez les mots de la lettre, tels qu’ils y sont.")
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    hits = [(text, match.start(), match.end()) for text in texts_of(reply) for match in pattern.finditer(text.text)]
    if not hits:
        raise ActRefusedError("Ces mots ne sont pas dans la lettre, à la lettre près. Copiez-les depuis le texte de gauche, sans rien changer.")
    if len(hits) > 1:
        raise ActRefusedError(f"Ces mots sont {len(hits)} fois dans la lettre : copiez quelques mots de plus, avant ou après.")
    return hits[0]


def short(text: TextOfRecord, start: int, end: int) -> str:
    words = " ".join(text.text[start:end].split())
    return f"« {words if len(words) <= 80 else words[:79] + '…'} »"


def count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
