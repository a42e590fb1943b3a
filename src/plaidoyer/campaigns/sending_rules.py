"""Who may receive what, and until when. Asked before anything is queued, and shown on the page that asks for it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q

from plaidoyer.campaigns.letter_models import LetterKind, Objection, SendingPlan
from plaidoyer.campaigns.models import Campaign, Solicitation
from plaidoyer.elections.models import CandidateList, CandidateListQuerySet, Contact
from plaidoyer.elections.silence import window_of
from plaidoyer.mailbox.models import MailAccount

ANSWERED = ("answer", "refusal")


def plan_of(campaign: Campaign) -> SendingPlan:
    """The settings of a campaign; unsaved ones, a rehearsal, until somebody chooses."""
    return SendingPlan.objects.filter(campaign=campaign).select_related("account").first() or SendingPlan(campaign=campaign)


def account_of(plan: SendingPlan) -> MailAccount | None:
    if plan.account and plan.account.is_active:
        return plan.account
    return MailAccount.objects.active().filter(collective=plan.campaign.collective).order_by("pk").first()


def waiting_lists(campaign: Campaign, kind: str) -> CandidateListQuerySet:
    """For the letter, the lists that have none. For a reminder, those that were written to and have not answered."""
    lists = campaign.lists().still_standing()
    asked = campaign.solicitations.filter(kind=LetterKind.LETTER)
    if kind == LetterKind.LETTER:
        return lists.exclude(pk__in=asked.values("candidate_list"))
    answered = CandidateList.objects.filter(replies__campaign=campaign, replies__nature__in=ANSWERED).values("pk")
    return lists.filter(pk__in=asked.delivered().values("candidate_list")).exclude(pk__in=answered)


def by_mail(lists: CandidateListQuerySet, campaign: Campaign) -> CandidateListQuerySet:
    """Those with an electronic address of ours, that have not asked to be left alone."""
    address = Contact.objects.active().filter(collective=campaign.collective_id, candidate_list=OuterRef("pk"), kind=Contact.Kind.EMAIL)
    return lists.filter(Exists(address)).exclude(pk__in=objected(campaign))


def objected(campaign: Campaign) -> list[int]:
    return list(Objection.objects.filter(campaign=campaign).values_list("candidate_list", flat=True))


def under_cap(lists: CandidateListQuerySet, campaign: Campaign, cap: int) -> CandidateListQuerySet:
    had = Count("solicitations", filter=Q(solicitations__campaign=campaign, solicitations__kind=Solicitation.Kind.REMINDER), distinct=True)
    return lists.annotate(reminded=had).filter(reminded__lt=cap)


DAYS_BEFORE = (7, 2)  # when a reminder helps: long enough to write, close enough not to be put aside


def suggested_reminders(campaign: Campaign, now: datetime.datetime) -> list[datetime.date]:
    """Seven and two days before the deadline, those that are still to come."""
    days = [campaign.deadline_on - datetime.timedelta(days=before) for before in DAYS_BEFORE]
    return [day for day in days if day > now.date()]


@dataclass(slots=True)
class Calendar:
    """The silences of every commune of a campaign, read once. Nothing leaves inside one."""

    campaign: Campaign
    windows: dict[str, list[tuple[datetime.datetime, datetime.datetime]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, campaign: Campaign) -> Calendar:
        made = cls(campaign)
        for contest in campaign.election.contests.filter(commune__in=campaign.communes.values("commune")).select_related("commune"):
            window = window_of(contest)
            made.windows[contest.commune_id].append((window.starts_at, window.ends_at))
        return made

    def of_commune(self, one: CandidateList) -> list[tuple[datetime.datetime, datetime.datetime]]:
        """A commune without contest is silent with the others: the day of the election, on its own clock."""
        if one.commune_id in self.windows:
            return self.windows[one.commune_id]
        zone = ZoneInfo(one.commune.time_zone)
        found = []
        for polling in filter(None, (self.campaign.election.first_round_on, self.campaign.election.second_round_on)):
            eve = datetime.datetime.combine(polling - datetime.timedelta(days=1), datetime.time(0), zone)
            found.append((eve, datetime.datetime.combine(polling, datetime.time(20), zone)))
        return found

    def is_silent(self, one: CandidateList, moment: datetime.datetime) -> bool:
        return any(start <= moment < end for start, end in self.of_commune(one))

    def last_moment(self, one: CandidateList, moment: datetime.datetime, limit: datetime.datetime | None = None) -> datetime.datetime | None:
        """A message of ``moment`` that has not left by then never leaves: the next silence, or ``limit`` when it comes first."""
        ahead = [start for start, _end in self.of_commune(one) if start > moment]
        return min([*ahead, *([limit] if limit else [])], default=None)
