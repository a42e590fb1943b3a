"""Where a campaign stands on its road, and what needs somebody now. Counts only; nothing is decided here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from django.db.models import Count, Q
from django.utils import timezone

from plaidoyer.accounts.models import User
from plaidoyer.accounts.permissions import MAY
from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question, Solicitation
from plaidoyer.elections.models import CandidateList, Contact

DELIVERED_LETTER = (Solicitation.Kind.LETTER, Solicitation.Outcome.SENT)


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


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of a campaign: how many lists stand here, were asked, answered, were read; and whether its page is public."""

    row: CampaignCommune
    lists: int
    asked: int
    answered: int
    read: int
    unreachable: int
    is_published: bool

    @property
    def totals(self) -> Totals:
        return Totals(1, self.lists, self.asked, self.answered, self.read, int(self.is_published), self.unreachable, int(not self.lists))


@dataclass(slots=True)
class Traces:
    """What the database knows of some campaigns, by plain numbers: five queries, then sets (correlated sub-queries took 1.4 s for 500 communes)."""

    lists: dict[tuple[int, str], set[int]]
    asked: dict[int, set[int]]
    solicited: dict[int, set[int]]
    answered: dict[int, set[int]]
    read: dict[int, set[int]]
    contacts: dict[int, set[int]]
    published: set[tuple[int, str]]


def places(rows: Sequence[CampaignCommune]) -> list[Place]:
    """``rows`` with their campaign at hand (``select_related``)."""
    known = traces({row.campaign_id: row.campaign for row in rows}.values())
    return [place(row, known) for row in rows]


def place(row: CampaignCommune, known: Traces) -> Place:
    lists = known.lists.get((row.campaign.election_id, row.commune_id), set())
    untouched = lists - known.solicited.get(row.campaign_id, set())
    return Place(
        row,
        lists=len(lists),
        asked=len(lists & known.asked.get(row.campaign_id, set())),
        answered=len(lists & known.answered.get(row.campaign_id, set())),
        read=len(lists & known.read.get(row.campaign_id, set())),
        unreachable=len(untouched - known.contacts.get(row.campaign.collective_id, set())),
        is_published=(row.campaign_id, row.commune_id) in known.published,
    )


def traces(campaigns: Iterable[Campaign]) -> Traces:
    """Rooms above (replies, releases) are reached by their reverse relations only: this room imports nothing of theirs."""
    chosen = Campaign.objects.filter(pk__in=[one.pk for one in campaigns]).order_by()
    communes = CampaignCommune.objects.filter(campaign__in=chosen).order_by().values("commune")
    lists = CandidateList.objects.filter(election__in=chosen.values("election"), commune__in=communes).order_by()
    letters = Solicitation.objects.filter(campaign__in=chosen).order_by().values_list("campaign", "candidate_list", "kind", "outcome")
    # One filter: conditions on a many-valued relation hold for the same reply only when they stand together.
    replies = chosen.filter(
        replies__candidate_list__isnull=False,
        replies__nature__in=("answer", "refusal"),
        replies__state__in=("received", "read", "reviewing", "reviewed"),
    )
    told = list(replies.values_list("pk", "replies__candidate_list", "replies__state"))
    contacts = Contact.objects.filter(collective__in=chosen.values("collective"), candidate_list__in=lists, is_active=True).order_by()
    sent = list(letters)
    return Traces(
        lists=gathered(((election, commune), pk) for pk, election, commune in lists.values_list("pk", "election", "commune")),
        asked=gathered((one, pk) for one, pk, kind, outcome in sent if (kind, outcome) == DELIVERED_LETTER),
        solicited=gathered((one, pk) for one, pk, _kind, _outcome in sent),
        answered=gathered((one, pk) for one, pk, _state in told),
        read=gathered((one, pk) for one, pk, state in told if state == "reviewed"),
        contacts=gathered(contacts.values_list("collective", "candidate_list")),
        published=set(chosen.filter(releases__is_current=True, releases__withdrawn_at=None).values_list("pk", "releases__commune")),
    )


def gathered[K](pairs: Iterable[tuple[K, int]]) -> dict[K, set[int]]:
    found: dict[K, set[int]] = {}
    for key, pk in pairs:
        found.setdefault(key, set()).add(pk)
    return found


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
    held: frozenset[str]  # what this person's role allows

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
        """In the order of urgency, and only what this person's role lets her do."""
        t = self.totals
        can_send = t.lists and self.question_count and not (self.is_over and t.asked)  # an old campaign may be written down afterwards
        found = [
            ("campaign", Need(self.in_tray, f"lettre{s(self.in_tray)} reçue{s(self.in_tray)} à rattacher à une liste", "tray")),
            ("review", Need(t.unread, f"réponse{s(t.unread)} à relire", "replies")),
            ("campaign", Need(int(not t.communes), "choisir les communes de la campagne", "communes")),
            ("campaign", Need(int(not self.question_count), "écrire les questions", "questions")),
            ("lists", Need(t.without_lists, f"commune{s(t.without_lists)} sans aucune liste enregistrée", "lists")),
            ("lists", Need(t.unreachable, f"liste{s(t.unreachable)} sans adresse où écrire", "contacts")),
            ("send", Need(t.unasked if can_send else 0, f"liste{s(t.unasked)} à qui rien n’a été envoyé", "sending")),
            ("publish", Need(self.unpublished, f"commune{s(self.unpublished)} à publier", "publish")),
        ]
        return [need for verb, need in found if verb in self.held and need.count > 0]

    @property
    def unpublished(self) -> int:
        return self.totals.communes - self.totals.published if self.is_over and self.totals.asked else 0


def s(count: int) -> str:
    return "s" if count > 1 else ""


def counted(count: int, word: str) -> str:
    return f"{count} {word}{s(count)}"


def standings(user: User, campaigns: Sequence[Campaign], seen: Sequence[Place] | None = None) -> list[Standing]:
    """The same number of queries whatever the number of campaigns. ``seen``: the places, when the page has counted them already."""
    rows = CampaignCommune.objects.for_user(user).filter(campaign__in=campaigns).select_related("campaign")
    totals: dict[int, Totals] = {}
    for one in places(rows) if seen is None else seen:
        totals[one.row.campaign_id] = totals.get(one.row.campaign_id, Totals()) + one.totals
    tray = dict(
        Campaign.objects.filter(pk__in=[one.pk for one in campaigns])
        .annotate(waiting=Count("replies", filter=Q(replies__candidate_list=None) & ~Q(replies__state="set-aside")))
        .values_list("pk", "waiting")
    )
    questions = question_counts(campaigns)
    roles = dict(user.memberships.filter(is_active=True).values_list("collective", "role"))
    held = {collective: MAY[role] for collective, role in roles.items()}
    return [
        Standing(one, totals.get(one.pk, Totals()), questions.get(one.pk, 0), tray.get(one.pk, 0), held.get(one.collective_id, frozenset()))
        for one in campaigns
    ]


def question_counts(campaigns: Sequence[Campaign]) -> dict[int, int]:
    """Common questions in the latest version of each campaign."""
    rows = Question.objects.filter(questionnaire__campaign__in=campaigns, campaign_commune=None, parent=None)
    by_version = rows.values_list("questionnaire__campaign", "questionnaire__version").annotate(n=Count("pk")).order_by("questionnaire__version")
    return {campaign: count for campaign, _version, count in by_version}
