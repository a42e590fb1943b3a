"""How long there is to insert a reply to what is published, and what the electoral silence makes of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from plaidoyer.elections.silence import SilenceWindow, current_window
from plaidoyer.replies.models import RightOfReply
from plaidoyer.replies.publish_checks import spoken

LEGAL = datetime.timedelta(days=3)  # from its reception (decree 2007-1527; law of 21 June 2004)
AIM = datetime.timedelta(hours=24)  # what the printed press owes in an election
REQUEST = datetime.timedelta(days=90)  # three months from the publication to ask for it
WORDS = 500  # the same for every list


@dataclass(frozen=True, slots=True)
class Clock:
    """``sentence`` is for the desk; ``must_wait`` while the silence forbids to publish."""

    due_at: datetime.datetime
    aim_at: datetime.datetime
    sentence: str
    is_overdue: bool
    must_wait: bool


def clock_of(row: RightOfReply, now: datetime.datetime, silences: Sequence[SilenceWindow]) -> Clock:
    """``silences``: those of its commune, read once for a whole page."""
    aim = row.received_at + AIM
    silent, later = (next((one for one in silences if one.holds_at(moment)), None) for moment in (now, row.due_at))
    return Clock(row.due_at, aim, sentence_of(row, aim, now, silent, later), row.is_overdue_at(now), silent is not None)


def silence_at(row: RightOfReply, moment: datetime.datetime) -> SilenceWindow | None:
    return current_window(row.release.campaign.election, row.release.commune, moment)


def sentence_of(row: RightOfReply, aim: datetime.datetime, now: datetime.datetime, silent: SilenceWindow | None, later: SilenceWindow | None) -> str:
    zone = ZoneInfo(row.release.commune.time_zone)

    def said(moment: datetime.datetime) -> str:
        return spoken(moment.astimezone(zone))

    if silent:
        return f"Silence électoral en cours : à publier dès sa fin, le {said(silent.ends_at)}, avec la date de réception."
    if later and now < later.starts_at:
        return f"Le délai légal finit pendant le silence électoral : publiez avant le {said(later.starts_at)}, sinon dès le {said(later.ends_at)}."
    if now >= row.due_at:
        return f"Le délai légal est passé depuis le {said(row.due_at)} : décidez sans attendre."
    if now < aim:
        return f"À publier si possible avant le {said(aim)} (un jour), au plus tard le {said(row.due_at)} (trois jours)."
    return f"À publier au plus tard le {said(row.due_at)} (trois jours)."


def word_count(text: str) -> int:
    return len(text.split())
