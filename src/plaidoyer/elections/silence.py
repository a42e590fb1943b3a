"""The silence of article L49 of the electoral code: from Saturday 00:00 to the closing of the last polling station, local time."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plaidoyer.elections.models import Contest, Election
from plaidoyer.territories.models import Commune

__all__ = ["SilenceWindow", "current_window", "window_of", "windows_in"]


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
    return next((one for one in windows_in(election, [commune.pk])[commune.pk] if one.holds_at(moment)), None)


def windows_in(election: Election, codes: Iterable[str]) -> dict[str, list[SilenceWindow]]:
    """Every silence of these communes, in one look-up. A commune without a contest has none."""
    found: dict[str, list[SilenceWindow]] = defaultdict(list)
    for contest in election.contests.filter(commune__in=list(codes)).select_related("commune"):
        found[contest.commune_id].append(window_of(contest))
    return found
