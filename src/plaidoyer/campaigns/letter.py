"""The letter as one commune receives it, and the questionnaire as a file. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import dataclass

from plaidoyer.campaigns.models import Attachment, Campaign, CampaignCommune, LocalWording, Question, Questionnaire, Signatory


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the words of one commune."""

    question: Question
    text: str
    parts: tuple[Question, ...]
    is_local: bool


@dataclass(frozen=True, slots=True)
class Letter:
    campaign: Campaign
    place: CampaignCommune | None
    questionnaire: Questionnaire
    asked: tuple[Asked, ...]
    signatories: tuple[Signatory, ...]
    attachments: tuple[Attachment, ...]


def asked_in(questionnaire: Questionnaire, place: CampaignCommune | None) -> tuple[Asked, ...]:
    """In the order in which they are asked; ``place`` None is the common questionnaire."""
    rows = questionnaire.questions.filter(parent=None).prefetch_related("parts")
    rows = rows.asked_in(place) if place else rows.filter(campaign_commune=None).order_by("number")
    local = (
        dict(LocalWording.objects.filter(campaign_commune=place, question__questionnaire=questionnaire).values_list("question", "text"))
        if place
        else {}
    )
    return tuple(
        Asked(one, local.get(one.pk, one.text), tuple(one.parts.all()), one.pk in local or one.campaign_commune_id is not None) for one in rows
    )


def letter_to(campaign: Campaign, place: CampaignCommune | None) -> Letter:
    """A commune without signatories of its own has the common ones; its attachments come after the common ones."""
    questionnaire = campaign.latest_questionnaire()
    people = list(campaign.signatories.filter(campaign_commune=place)) if place else []
    attachments = campaign.attachments.filter(campaign_commune__in=[place.pk]) if place else campaign.attachments.none()
    return Letter(
        campaign,
        place,
        questionnaire,
        asked_in(questionnaire, place),
        tuple(people or campaign.signatories.filter(campaign_commune=None)),
        (*campaign.attachments.filter(campaign_commune=None), *attachments),
    )


def as_questions_file(asked: tuple[Asked, ...]) -> str:
    """``QUESTIONS.md``: a line « Q1. texte » for each question, its parts after it. What ``plaidoyer read --questions`` takes."""
    return (
        "\n".join(
            f"{one.question.code}. " + " ".join([one_line(one.text), *(f"{part.letter}) {one_line(part.text)}" for part in one.parts)])
            for one in asked
        )
        + "\n"
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def as_plain_text(letter: Letter) -> str:
    """To copy into a mail or a word processor."""
    parts = [letter.campaign.letter_opening, letter.place.introduction if letter.place else ""]
    parts += ["\n".join([f"{one.question.number}. {one.text}", *(f"   {part.letter}) {part.text}" for part in one.parts)]) for one in letter.asked]
    parts += [letter.campaign.letter_closing]
    parts += ["\n".join(part for part in [one.name, one.capacity, one.organisation, one.email] if part) for one in letter.signatories]
    if letter.attachments:
        parts.append("Pièces jointes : " + ", ".join(one.title for one in letter.attachments))
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
