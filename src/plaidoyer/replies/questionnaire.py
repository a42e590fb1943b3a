"""The questions that a reply must settle: the common ones and its commune's own, in that commune's wording."""

from __future__ import annotations

from plaidoyer.campaigns.models import Campaign, CampaignCommune, LocalWording, Question, Questionnaire
from plaidoyer.reading import types
from plaidoyer.replies.models import Reply
from plaidoyer.territories.models import Commune


def questionnaire_of(campaign: Campaign) -> Questionnaire | None:
    """The last version that went out; before anything is sent, the last one written."""
    versions = campaign.questionnaires.order_by("-version")
    return versions.exclude(locked_at=None).first() or versions.first()


def asked_in(campaign: Campaign, commune: Commune | None) -> list[Question]:
    """Each question has ``wording`` (the local one when there is one), ``has_local_wording`` and ``sub_questions``."""
    questionnaire = questionnaire_of(campaign)
    if questionnaire is None:
        return []
    place = CampaignCommune.objects.filter(campaign=campaign, commune=commune).first() if commune else None
    found = questionnaire.questions.filter(parent=None)
    found = found.asked_in(place) if place else found.filter(campaign_commune=None).order_by("number")
    questions = list(found.prefetch_related("parts"))
    local = dict(LocalWording.objects.filter(campaign_commune=place, question__in=questions).values_list("question_id", "text")) if place else {}
    for question in questions:
        question.wording = local.get(question.pk, question.text)
        question.has_local_wording = question.pk in local
        question.sub_questions = list(question.parts.all())
    return questions


def questions_of(reply: Reply) -> list[Question]:
    return asked_in(reply.campaign, reply.candidate_list.commune if reply.candidate_list else None)


def for_the_engine(questions: list[Question]) -> tuple[types.Question, ...]:
    """The whole wording, sub-questions included: a reply may answer only « b »."""
    return tuple(
        types.Question(question.code, "\n".join([question.wording, *(part.text for part in question.sub_questions)]), question.theme)
        for question in questions
    )
