"""The questionnaire is written, locked and versioned here. A locked version never changes: a correction is a new version with its reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.models import Campaign, CampaignCommune, LocalWording, Question, Questionnaire
from plaidoyer.campaigns.pasted import PastedQuestion
from plaidoyer.kit.templatetags.french import plural

OUT_OF_THE_WAY = 1000  # numbers are unique at each statement: rows step aside before they take their new place


def _open_version(actor: User | None, questionnaire: Questionnaire, campaign_commune: CampaignCommune | None = None) -> None:
    """Whether ``actor`` may write in this version. A local group writes what belongs to its own commune."""
    campaign = questionnaire.campaign
    if campaign_commune is None:
        require(actor, "campaign", campaign.collective)
    else:
        require(actor, "local", campaign.collective, campaign_commune.commune_id)
    if Questionnaire.objects.select_for_update().get(pk=questionnaire.pk).locked_at:
        raise ActRefusedError("Les questions sont verrouillées depuis la première lettre. Préparez une nouvelle version, avec sa raison.")


def _told(actor: User | None, questionnaire: Questionnaire, verb: str, sentence: str, campaign_commune: CampaignCommune | None = None) -> None:
    version = f" (version {questionnaire.version})" if questionnaire.version > 1 else ""
    journal.write(
        actor=actor,
        collective=questionnaire.campaign.collective,
        verb=verb,
        target=questionnaire,
        sentence=f"{journal.signature_of(actor)} {sentence}, « {questionnaire.campaign.name} »{version}.",
        commune_code=campaign_commune.commune_id if campaign_commune else "",
    )


@transaction.atomic
def add_question(
    *, actor: User | None, questionnaire: Questionnaire, campaign_commune: CampaignCommune | None = None, parent: Question | None = None, **facts: Any
) -> Question:
    """``facts``: title, text, theme, competent_body, lever."""
    place = parent.campaign_commune if parent else campaign_commune
    _open_version(actor, questionnaire, place)
    siblings = questionnaire.questions.filter(parent=parent) if parent else questionnaire.questions.filter(parent=None)
    last = siblings.aggregate(last=Max("number"))["last"] or 0
    made = Question.objects.create(questionnaire=questionnaire, campaign_commune=place, parent=parent, number=last + 1, **facts)
    renumber(questionnaire)
    made.refresh_from_db()
    where = f" pour {place.commune.name}" if place else ""
    _told(actor, questionnaire, "question.add", f"a ajouté la question « {made.title} »{where}", place)
    return made


@transaction.atomic
def edit_question(*, actor: User | None, question: Question, **facts: Any) -> Question:
    _open_version(actor, question.questionnaire, question.campaign_commune)
    Question.objects.filter(pk=question.pk).update(**facts)
    question.refresh_from_db()
    _told(actor, question.questionnaire, "question.edit", f"a modifié la question « {question.title} »", question.campaign_commune)
    return question


@transaction.atomic
def remove_question(*, actor: User | None, question: Question) -> Questionnaire:
    _open_version(actor, question.questionnaire, question.campaign_commune)
    questionnaire, title, place = question.questionnaire, question.title, question.campaign_commune
    question.delete()
    renumber(questionnaire)
    _told(actor, questionnaire, "question.remove", f"a retiré la question « {title} »", place)
    return questionnaire


def move_question(*, actor: User | None, question: Question, by: int) -> Question:
    """One place up (``by`` = −1) or down (+1) among its like. At the edge, nothing moves and nothing is written."""
    before = like(question).filter(number__lt=question.number).count()
    return place_question(actor=actor, question=question, rank=before + 1 + by)


@transaction.atomic
def place_question(*, actor: User | None, question: Question, rank: int) -> Question:
    """At this rank (from 1) among its like; beyond an edge, at the edge. Where it stands already, nothing is written."""
    _open_version(actor, question.questionnaire, question.campaign_commune)
    rows = list(like(question).order_by("number").values_list("pk", "number"))
    numbers, order = [number for _, number in rows], [pk for pk, _ in rows if pk != question.pk]
    order.insert(min(max(rank, 1), len(rows)) - 1, question.pk)
    settle(dict(zip(order, numbers, strict=True)))
    before = question.number
    question.refresh_from_db()
    if question.number != before:
        sentence = f"a placé la question « {question.title} » au rang {question.number}"
        _told(actor, question.questionnaire, "question.move", sentence, question.campaign_commune)
    return question


def like(question: Question) -> QuerySet[Question]:
    """The questions among which this one has its rank: the common ones, a commune's own, or the parts of one question."""
    return question.questionnaire.questions.filter(parent=question.parent, campaign_commune=question.campaign_commune)


def renumber(questionnaire: Questionnaire) -> None:
    """1, 2, 3… for the common questions; a commune's own follow them; a, b, c… for the parts of each."""
    common = list(questionnaire.questions.filter(campaign_commune=None, parent=None).order_by("number").values_list("pk", flat=True))
    extra = list(
        questionnaire.questions.exclude(campaign_commune=None)
        .filter(parent=None)
        .order_by("campaign_commune", "number")
        .values_list("pk", "campaign_commune")
    )
    places = {pk: number for number, pk in enumerate(common, start=1)}
    seen: dict[int, int] = {}
    for pk, commune in extra:
        seen[commune] = seen.get(commune, len(common)) + 1
        places[pk] = seen[commune]
    for parent in questionnaire.questions.filter(parent=None):
        places |= {pk: number for number, pk in enumerate(parent.parts.order_by("number").values_list("pk", flat=True), start=1)}
    settle(places)


def settle(places: dict[int, int]) -> None:
    misplaced = [row for row in Question.objects.filter(pk__in=places).order_by("pk") if row.number != places[row.pk]]
    Question.objects.filter(pk__in=[row.pk for row in misplaced]).update(number=F("number") + OUT_OF_THE_WAY)
    for row in misplaced:
        Question.objects.filter(pk=row.pk).update(number=places[row.pk])


@transaction.atomic
def import_questions(*, actor: User | None, questionnaire: Questionnaire, pasted: tuple[PastedQuestion, ...]) -> list[Question]:
    """After those that stand already, in the order of the pasted text."""
    _open_version(actor, questionnaire)
    last = questionnaire.questions.filter(campaign_commune=None, parent=None).aggregate(last=Max("number"))["last"] or 0
    for question in questionnaire.questions.exclude(campaign_commune=None).filter(parent=None):
        Question.objects.filter(pk=question.pk).update(number=question.number + OUT_OF_THE_WAY)
    made = []
    for number, one in enumerate(pasted, start=last + 1):
        question = Question.objects.create(questionnaire=questionnaire, number=number, title=one.title, text=one.text)
        Question.objects.bulk_create(
            Question(questionnaire=questionnaire, parent=question, number=rank, title=part[:120], text=part)
            for rank, part in enumerate(one.parts, start=1)
        )
        made.append(question)
    renumber(questionnaire)
    _told(actor, questionnaire, "question.import", f"a collé {plural(len(made), 'question,questions')}")
    return made


@transaction.atomic
def word_locally(*, actor: User | None, question: Question, campaign_commune: CampaignCommune, text: str) -> Question:
    """The same question in a commune's own words; an empty text goes back to the common words."""
    _open_version(actor, question.questionnaire, campaign_commune)
    if question.campaign_commune_id or question.questionnaire.campaign_id != campaign_commune.campaign_id:
        raise ActRefusedError("Seule une question commune à toutes les communes a une formulation locale.")
    if text:
        LocalWording.objects.update_or_create(question=question, campaign_commune=campaign_commune, defaults={"text": text})
    else:
        LocalWording.objects.filter(question=question, campaign_commune=campaign_commune).delete()
    did = "a écrit une formulation propre à" if text else "est revenu(e) à la formulation commune pour"
    _told(actor, question.questionnaire, "question.local", f"{did} {campaign_commune.commune.name} : {question.title}", campaign_commune)
    return question


# ------------------------------------------------------------------------------------------------------------ versions


@transaction.atomic
def new_version(*, actor: User | None, campaign: Campaign, reason: str) -> Questionnaire:
    """A copy to work on. The version in force stays in force until this one is adopted or sent."""
    require(actor, "campaign", campaign.collective)
    latest = campaign.latest_questionnaire()
    if not latest.locked_at:
        raise ActRefusedError("Les questions ne sont pas verrouillées : modifiez-les directement.")
    if not reason.strip():
        raise ActRefusedError("Dites pourquoi les questions changent : la raison sera montrée à côté de la version.")
    made = Questionnaire.objects.create(campaign=campaign, version=latest.version + 1, reason=reason.strip())
    copy_questions(latest, made)
    _told(actor, made, "questionnaire.new", f"prépare une nouvelle version des questions ({made.reason})")
    return made


def copy_questions(origin: Questionnaire, target: Questionnaire) -> None:
    twins: dict[int, Question] = {}
    for question in origin.questions.order_by(F("parent").asc(nulls_first=True), "number").prefetch_related("local_wordings"):
        wordings = list(question.local_wordings.all())
        old = question.pk
        question.pk, question._state.adding = None, True
        question.questionnaire = target
        question.parent = twins[question.parent_id] if question.parent_id else None
        question.save(force_insert=True)
        twins[old] = question
        LocalWording.objects.bulk_create(
            LocalWording(question=question, campaign_commune_id=one.campaign_commune_id, text=one.text) for one in wordings
        )


@transaction.atomic
def adopt_version(*, actor: User | None, questionnaire: Questionnaire) -> Questionnaire:
    """From now on replies are read with this version."""
    require(actor, "campaign", questionnaire.campaign.collective)
    lock(questionnaire)
    _told(actor, questionnaire, "questionnaire.adopt", "a adopté la nouvelle version des questions")
    return questionnaire


def lock(questionnaire: Questionnaire) -> None:
    if not questionnaire.questions.filter(parent=None).exists():
        raise ActRefusedError("Le questionnaire n’a aucune question : écrivez-les d’abord.")
    if not Questionnaire.objects.filter(pk=questionnaire.pk, locked_at=None).update(locked_at=timezone.now()):
        raise ActRefusedError("Cette version est déjà verrouillée.")
    questionnaire.refresh_from_db()


@transaction.atomic
def drop_version(*, actor: User | None, questionnaire: Questionnaire) -> Campaign:
    """Give up a version that was never sent. The first one cannot be dropped: a campaign always has its questions."""
    _open_version(actor, questionnaire)
    if questionnaire.version == 1:
        raise ActRefusedError("La première version ne s’abandonne pas : modifiez-la.")
    campaign, version = questionnaire.campaign, questionnaire.version
    _told(actor, questionnaire, "questionnaire.drop", f"a abandonné le projet de version {version}")
    questionnaire.delete()
    return campaign
