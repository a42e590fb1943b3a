"""A meeting as an iCalendar file (RFC 5545), that any telephone opens."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

LONGEST_LINE = 73  # bytes, a space of continuation included


@dataclass(frozen=True, slots=True)
class Event:
    uid: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    made_at: datetime.datetime
    title: str
    place: str
    is_cancelled: bool = False


def as_ics(events: list[Event]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Plaidoyer//rencontres//FR"]
    for one in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{one.uid}",
            f"DTSTAMP:{stamp(one.made_at)}",
            f"DTSTART:{stamp(one.starts_at)}",
            f"DTEND:{stamp(one.ends_at)}",
            f"SUMMARY:{escaped(one.title)}",
            f"LOCATION:{escaped(one.place)}",
            f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in folds(line))


def stamp(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def folds(line: str) -> list[str]:
    """Lines of 75 bytes at most, never cut inside a letter."""
    found, now = [], ""
    for letter in line:
        if len((now + letter).encode()) > LONGEST_LINE:
            found.append(now)
            now = " "
        now += letter
    return [*found, now]
