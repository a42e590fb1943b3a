"""The silence of article L49 of the electoral code: from Saturday 00:00 to the closing of the last polling station, local time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plaidoyer.elections.models import Contest, Election
from plaidoyer.territories.models import Commune

__all__ = ["SilenceWindow", "current_window", "window_of"]


@dataclass(frozen=True, slots=True)
class SilenceWindow:
    """Half-open: nothing changes from ``starts_at`` until ``ends_at``."""

    contest: Contest
    starts_at: datetime.datetime
    ends_at: datetime.datetime

    def holds_at(self, moment: datetime.datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


def window_of(contest: Contest) -> SilenceWindow:
    """The eve at midnight, in the commune's own zone, to the hour at which its last polling station closes."""
    zone = ZoneInfo(contest.commune.time_zone)
    eve = contest.polling_on - datetime.timedelta(days=1)
    return SilenceWindow(
        contest=contest,
        starts_at=datetime.datetime.combine(eve, datetime.time(0), zone),
        ends_at=datetime.datetime.combine(contest.polling_on, contest.closes_at, zone),
    )


def current_window(election: Election, commune: Commune, moment: datetime.datetime) -> SilenceWindow | None:
    """The window that holds at ``moment`` in this commune, or None. A commune with several contests is silent if one of them is."""
    for contest in election.contests.filter(commune=commune).select_related("commune"):
        window = window_of(contest)
        if window.holds_at(moment):
            return window
    return None
