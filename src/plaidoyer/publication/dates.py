"""Dates in French words, in the time zone of the commune that they concern."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")
NO_BREAK = "\u00a0"


def local(value: datetime.datetime | datetime.date | str, zone: str | ZoneInfo = PARIS) -> datetime.datetime | datetime.date:
    """A date as it is; a moment (or its ISO text, as frozen in a release) in ``zone``."""
    if isinstance(value, str):
        value = datetime.date.fromisoformat(value) if len(value) == len("2026-03-15") else datetime.datetime.fromisoformat(value)
    if not isinstance(value, datetime.datetime):
        return value
    return value.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def day(value: datetime.datetime | datetime.date | str, zone: str | ZoneInfo = PARIS) -> str:
    """``day(date(2026, 3, 1))`` is "1er mars 2026"."""
    return f"{day_of_month(value, zone)}{NO_BREAK}{local(value, zone).year}"


def day_of_month(value: datetime.datetime | datetime.date | str, zone: str | ZoneInfo = PARIS) -> str:
    """The same without the year: "9 février"."""
    at = local(value, zone)
    return f"{'1er' if at.day == 1 else at.day}{NO_BREAK}{MONTHS[at.month - 1]}"


def hour(value: datetime.datetime | datetime.time | str, zone: str | ZoneInfo = PARIS) -> str:
    """« 12 h », « 10 h 42 »."""
    at = value if isinstance(value, datetime.time) else local(value, zone)
    if not isinstance(at, datetime.datetime | datetime.time):
        raise TypeError("a date has no hour")
    return f"{at.hour}{NO_BREAK}h" + (f"{NO_BREAK}{at.minute:02}" if at.minute else "")


def moment(value: datetime.datetime | str, zone: str | ZoneInfo = PARIS) -> str:
    """« 27 février 2026 à 10 h 42 »."""
    return f"{day(value, zone)} à {hour(value, zone)}"


def short_date(value: datetime.datetime | datetime.date | str, zone: str | ZoneInfo = PARIS) -> str:
    """« 10/03/2026 », as the public wording of a silence asks."""
    return f"{local(value, zone):%d/%m/%Y}"
