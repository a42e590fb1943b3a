"""What a review teaches is kept when it ends; learning, adopting and going back are acts like the others."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from plaidoyer.accounts.models import User
from plaidoyer.replies.chosen_texts import last_readings, texts_of
from plaidoyer.replies.learning.lessons import moves
from plaidoyer.replies.models import Decision, Lesson, Reading, Reply, TextOfRecord
from plaidoyer.replies.questionnaire import for_the_engine, questions_of


def remember(*, actor: User | None, reply: Reply) -> list[Lesson]:
    """Inside the transaction that ends a review: one lesson per text. It replaces the lesson of an earlier review, which stays, dated."""
    texts = texts_of(reply)
    readings = {one.text_id: one for one in last_readings(reply, texts)}
    asked = [{"code": one.code, "text": one.text} for one in for_the_engine(questions_of(reply))]
    stances = {one.question.code: one.stance for one in reply.answers.select_related("question")}
    with transaction.atomic():
        reply.lessons.filter(is_current=True).update(is_current=False)
        return [lesson(actor, reply, text, readings.get(text.pk), asked, stances) for text in texts]


def lesson(
    actor: User | None, reply: Reply, text: TextOfRecord, reading: Reading | None, asked: list[dict[str, str]], stances: dict[str, str]
) -> Lesson:
    proposed = list(reading.suggestions.all()) if reading else []
    kept = list(reply.extracts.filter(text=text).select_related("question").order_by("start", "pk"))
    decided = dict(Decision.objects.filter(suggestion__in=proposed).values_list("suggestion_id", "verb"))
    return Lesson.objects.create(
        reply=reply, text=text, reading=reading, engine=reading.engine if reading else "", questions=asked, stances=stances,
        moves=moves(proposed, kept, decided), taken_by=actor, taken_at=timezone.now(),
    )  # fmt: skip
