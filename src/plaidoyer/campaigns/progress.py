"""Where a campaign stands on its road, and what needs somebody now. Counts only; nothing is decided here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from django.db.models import Count, Q
from django.utils import timezone

from plaidoyer.accounts.models import User
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question


@dataclass(frozen=True, slots=True)
class Totals:
    """Over the communes that one person may see."""

    communes: int = 0
    lists: int = 0
    asked: int = 0
    answered: int = 0
    read: int = 0
    published: int = 0
    unreachable: int = 0
    without_lists: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def unasked(self) -> int:
        return max(self.lists - self.asked, 0)

    @property
    def unread(self) -> int:
        return max(self.answered - self.read, 0)


def totals_of(rows: Iterable[CampaignCommune]) -> Totals:
    """``rows`` come from ``with_progress()``."""
    return sum(
        (
            Totals(
                1,
                row.list_count,
                row.asked_count,
                row.answered_count,
                row.read_count,
                int(row.is_published),
                row.unreachable_count,
                int(not row.list_count),
            )
            for row in rows
        ),
        Totals(),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the road: ``state`` is "" (done), "here" or "ahead"."""

    label: str
    words: str
    state: str


@dataclass(frozen=True, slots=True)
class Need:
    """Something to do: how many, what, and the key of the page where it is done (the template knows addresses)."""

    count: int
    words: str
    page: str


@dataclass(slots=True)
class Standing:
    """A campaign as one person sees it."""

    campaign: Campaign
    totals: Totals
    question_count: int
    in_tray: int
    is_coordinator: bool

    @property
    def steps(self) -> list[Step]:
        t = self.totals
        done = [
            bool(t.communes and self.question_count),
            bool(t.lists and t.asked >= t.lists),
            self.is_over,
            bool(t.answered and t.read >= t.answered),
            bool(t.communes and t.published >= t.communes),
        ]
        words = [
            f"{counted(t.communes, 'commune')}, {counted(self.question_count, 'question')}",
            f"{t.asked} liste{s(t.asked)} sur {t.lists} sollicitée{s(t.asked)}",
            f"{counted(t.answered, 'liste')} {'ont' if t.answered > 1 else 'a'} répondu",
            f"{t.read} relue{s(t.read)}",
            f"{t.published} commune{s(t.published)} en ligne",
        ]
        here = done.index(False) if False in done else len(done)
        labels = ["Préparer", "Demander", "Recevoir", "Relire", "Publier"]
        return [
            Step(label, said, "" if index < here else "here" if index == here else "ahead")
            for index, (label, said) in enumerate(zip(labels, words, strict=True))
        ]

    @property
    def is_over(self) -> bool:
        """Past the deadline everywhere in metropolitan France: what is still missing is missing."""
        moment = datetime.datetime.combine(self.campaign.deadline_on, self.campaign.deadline_at, timezone.get_default_timezone())
        return timezone.now() > moment

    @property
    def days_left(self) -> int:
        return (self.campaign.deadline_on - timezone.localdate()).days

    @property
    def needs(self) -> list[Need]:
        """In the order of urgency."""
        t, mine = self.totals, self.is_coordinator
        found = [
            Need(self.in_tray if mine else 0, f"lettre{s(self.in_tray)} reçue{s(self.in_tray)} à rattacher à une liste", "tray"),
            Need(t.unread, f"réponse{s(t.unread)} à relire", "replies"),
            Need(int(mine and not t.communes), "choisir les communes de la campagne", "communes"),
            Need(int(mine and not self.question_count), "écrire les questions", "questions"),
            Need(t.without_lists, f"commune{s(t.without_lists)} sans aucune liste enregistrée", "lists"),
            Need(t.unreachable, f"liste{s(t.unreachable)} sans adresse où écrire", "contacts"),
            Need(
                t.unasked if mine and t.lists and self.question_count and not self.is_over else 0,
                f"liste{s(t.unasked)} à qui rien n’a été envoyé",
                "sending",
            ),
            Need(t.communes - t.published if mine and self.is_over and t.asked else 0, f"commune{s(t.communes - t.published)} à publier", "publish"),
        ]
        return [need for need in found if need.count > 0]


def s(count: int) -> str:
    return "s" if count > 1 else ""


def counted(count: int, word: str) -> str:
    return f"{count} {word}{s(count)}"


def standings(user: User, campaigns: Sequence[Campaign]) -> list[Standing]:
    """Five queries whatever the number of campaigns."""
    rows: dict[int, list[CampaignCommune]] = {}
    for row in CampaignCommune.objects.for_user(user).filter(campaign__in=campaigns).with_progress():
        rows.setdefault(row.campaign_id, []).append(row)
    tray = dict(
        Campaign.objects.filter(pk__in=[one.pk for one in campaigns])
        .annotate(waiting=Count("replies", filter=Q(replies__candidate_list=None) & ~Q(replies__state="set-aside")))
        .values_list("pk", "waiting")
    )
    questions = question_counts(campaigns)
    coordinated = set(user.memberships.filter(is_active=True, role="coordinator").values_list("collective", flat=True))
    return [
        Standing(one, totals_of(rows.get(one.pk, [])), questions.get(one.pk, 0), tray.get(one.pk, 0), one.collective_id in coordinated)
        for one in campaigns
    ]


def question_counts(campaigns: Sequence[Campaign]) -> dict[int, int]:
    """Common questions in the latest version of each campaign."""
    rows = Question.objects.filter(questionnaire__campaign__in=campaigns, campaign_commune=None, parent=None)
    by_version = rows.values_list("questionnaire__campaign", "questionnaire__version").annotate(n=Count("pk")).order_by("questionnaire__version")
    return {campaign: count for campaign, _version, count in by_version}
