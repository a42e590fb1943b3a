"""What a review teaches is kept when it ends; learning, adopting and going back are acts like the others.

Nothing here touches a reading already made, a decision, or what is published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Membership, Role, User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.chosen_texts import last_readings, texts_of
from plaidoyer.replies.learning import firmness, in_use, shared, shelf
from plaidoyer.replies.learning.lessons import moves
from plaidoyer.replies.learning.letters import Letter, frozen, reviewed
from plaidoyer.replies.models import Decision, Lesson, ReaderVersion, Reading, Reply, TextOfRecord
from plaidoyer.replies.questionnaire import for_the_engine, questions_of

LETTERS = 200  # the last ones reviewed: beyond, learning would take minutes
Progress = Callable[[str, int, int], None]
BROKEN = "Interrompue par une erreur : la version d’avant est restée en service."
BUSY = "Un apprentissage est déjà en cours : attendez qu’il finisse."
NOTHING = "Rien à apprendre encore : aucune réponse n’a été relue jusqu’au bout sur cette installation."


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


def require_coordination(actor: User | None) -> None:
    """The reader serves the whole installation: whoever coordinates a collective of it may have it learn. None is the machine's keeper."""
    if actor and not Membership.objects.active().filter(user=actor, role=Role.COORDINATOR).exists():
        raise PermissionDenied("Seule la coordination d’un collectif peut faire apprendre le lecteur.")


def ask_to_learn(*, actor: User | None) -> ReaderVersion:
    """A place in the queue for one learning. What a dead process left behind is closed first."""
    require_coordination(actor)
    if not lessons().exists() and not shared.kept():
        raise ActRefusedError(NOTHING)
    firmness.shipped()  # said now to whoever asks, rather than later to nobody
    with shelf.lock() as mine:
        if not mine:
            raise ActRefusedError(BUSY)
        with transaction.atomic():
            abandoned = ReaderVersion.objects.filter(state=ReaderVersion.State.RUNNING)
            abandoned.update(
                state=ReaderVersion.State.FAILED, sentence="Interrompue : la version d’avant est restée en service.", ended_at=timezone.now()
            )
            if waiting := ReaderVersion.objects.filter(state=ReaderVersion.State.QUEUED).first():
                return waiting
            return queue(actor)


def queue(actor: User | None) -> ReaderVersion:
    number = (ReaderVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            made = ReaderVersion.objects.create(number=number, asked_by=actor, asked_at=timezone.now(), sentence="En attente.")
    except IntegrityError as problem:
        raise ActRefusedError(BUSY) from problem
    tell(actor, made, "reader.asked", f"Apprentissage demandé : version {number} du lecteur.")
    return made


def learn(*, actor: User | None, version: ReaderVersion, judges: Sequence[Letter] | None = None, progress: Progress | None = None) -> ReaderVersion:
    """Learn, judge, adopt only if better. Until the last transaction the weights in use stay what they were."""
    require_coordination(actor)
    with shelf.lock() as mine:
        started = ReaderVersion.objects.filter(pk=version.pk, state=ReaderVersion.State.QUEUED)
        if not mine or not started.update(state=ReaderVersion.State.RUNNING):
            raise ActRefusedError(BUSY)
        try:
            outcome = attempt(version.number, judges, progress or telling(version))
        except Exception as problem:
            sentence = str(problem) if isinstance(problem, ActRefusedError) else BROKEN
            ReaderVersion.objects.filter(pk=version.pk).update(state=ReaderVersion.State.FAILED, sentence=sentence, ended_at=timezone.now())
            raise
        conclude(actor, version, outcome)
    version.refresh_from_db()
    return version


def telling(version: ReaderVersion) -> Progress:
    def tell_row(sentence: str, done: int, total: int) -> None:
        ReaderVersion.objects.filter(pk=version.pk).update(sentence=sentence, done=done, total=total)

    return tell_row


def attempt(number: int, judges: Sequence[Letter] | None, progress: Progress) -> dict[str, Any]:
    """No row is written here, and no file that anything reads."""
    from plaidoyer.replies.learning.attempt import attempt as run  # numpy and scipy, only when something is learnt

    outcome = run(number, [*local_letters(), *shared.kept()[-LETTERS:]], frozen() if judges is None else judges, in_use.folder(), progress)
    return {**outcome, "base": shelf.shipped()}


def conclude(actor: User | None, version: ReaderVersion, outcome: dict[str, Any]) -> None:
    verdict, is_better = outcome["report"]["verdict"], outcome["is_better"]
    state = ReaderVersion.State.ADOPTED if is_better else ReaderVersion.State.REFUSED
    seal = shelf.write(version.number, outcome["models"]) if is_better else ""
    with transaction.atomic():
        if is_better:
            ReaderVersion.objects.filter(is_in_use=True).update(is_in_use=False)
        still = ReaderVersion.objects.filter(pk=version.pk, state=ReaderVersion.State.RUNNING)
        if not still.update(
            state=state, is_in_use=is_better, base=outcome["base"], sha256=seal, letters=outcome["letters"], report=outcome["report"],
            sentence=verdict, ended_at=timezone.now(),
        ):  # fmt: skip
            raise ActRefusedError("Cet apprentissage a été interrompu par un autre : rien n’a changé.")
        tell(actor, version, "reader.learnt", f"Apprentissage de la version {version.number} du lecteur sur {outcome['letters']} lettres. {verdict}")


def roll_back(*, actor: User | None) -> ReaderVersion | None:
    """Back to the version adopted before the one in use, or to the shipped reader (None)."""
    require_coordination(actor)
    with transaction.atomic():
        current = ReaderVersion.objects.filter(is_in_use=True).first()
        if current is None:
            raise ActRefusedError("C’est déjà le lecteur livré avec Plaidoyer qui est en service.")
        return put_to_use(actor, before(current))


def before(current: ReaderVersion) -> ReaderVersion | None:
    earlier = ReaderVersion.objects.filter(state=ReaderVersion.State.ADOPTED, number__lt=current.number)
    return next((one for one in earlier if in_use.is_sound(one)), None)


def use(*, actor: User | None, version: ReaderVersion) -> ReaderVersion:
    """Put a version adopted once back into use."""
    require_coordination(actor)
    if version.state != ReaderVersion.State.ADOPTED or not in_use.is_sound(version):
        raise ActRefusedError(f"La version {version.number} ne peut pas servir : elle n’a pas été retenue, ou le programme a changé depuis.")
    with transaction.atomic():
        put_to_use(actor, version)
    return version


def put_to_use(actor: User | None, version: ReaderVersion | None) -> ReaderVersion | None:
    ReaderVersion.objects.filter(is_in_use=True).update(is_in_use=False)
    if version:
        ReaderVersion.objects.filter(pk=version.pk).update(is_in_use=True)
        version.refresh_from_db()
    named = f"la version {version.number}" if version else "le lecteur livré avec Plaidoyer"
    tell(actor, version, "reader.put_back", f"Remis en service : {named}.")
    return version


def lessons() -> Any:
    """Those that say something: reviews to the end of letters that answer, or refuse to."""
    told = Lesson.objects.filter(is_current=True, reply__state=Reply.State.REVIEWED, reply__nature__in=[Reply.Nature.ANSWER, Reply.Nature.REFUSAL])
    return told.exclude(questions=[])


def local_letters() -> list[Letter]:
    found = lessons().select_related("text", "reply__campaign", "reply__candidate_list")[:LETTERS]
    return [
        reviewed(
            f"local:{one.reply.campaign.slug}", str(one.text_id), one.text.text, one.questions, one.moves,
            unit=one.reply.candidate_list.commune_id if one.reply.candidate_list else "",
        )
        for one in found
    ]  # fmt: skip


def tell(actor: User | None, version: ReaderVersion | None, verb: str, sentence: str) -> None:
    with transaction.atomic():
        journal.write(actor=actor, collective=None, verb=verb, sentence=sentence, target=version)
