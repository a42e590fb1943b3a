"""The silence of L49: from the eve at midnight to the closing of the last polling station, by the clock of the commune."""

from __future__ import annotations

import datetime

import pytest

from plaidoyer.elections.models import Contest
from plaidoyer.elections.silence import current_window, window_of

UTC = datetime.UTC


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def contest_in(election, commune, day="2026-03-15", closes="20:00", **more) -> Contest:
    return Contest.objects.create(
        election=election, commune=commune, polling_on=datetime.date.fromisoformat(day), closes_at=datetime.time.fromisoformat(closes), **more
    )


@pytest.mark.parametrize(
    ("zone", "starts", "ends"),
    [
        ("Europe/Paris", "2026-03-13 23:00", "2026-03-15 19:00"),
        ("Indian/Reunion", "2026-03-13 20:00", "2026-03-15 16:00"),
        ("America/Cayenne", "2026-03-14 03:00", "2026-03-15 23:00"),
        ("America/Miquelon", "2026-03-14 02:00", "2026-03-15 22:00"),
        ("Pacific/Tahiti", "2026-03-14 10:00", "2026-03-16 06:00"),
        ("Pacific/Marquesas", "2026-03-14 09:30", "2026-03-16 05:30"),
        ("Pacific/Noumea", "2026-03-13 13:00", "2026-03-15 09:00"),
    ],
)
def test_the_window_follows_the_clock_of_the_commune(election, valmorel, zone, starts, ends):
    valmorel.time_zone = zone
    valmorel.save()
    window = window_of(contest_in(election, valmorel))
    assert (window.starts_at, window.ends_at) == (at(starts), at(ends))


def test_the_night_of_the_change_of_hour_is_one_hour_shorter(election, valmorel):
    """On 29 March 2026 French clocks go from 2:00 to 3:00."""
    window = window_of(contest_in(election, valmorel, "2026-03-29"))
    assert (window.starts_at, window.ends_at) == (at("2026-03-27 23:00"), at("2026-03-29 18:00"))
    assert (window.ends_at.astimezone(UTC) - window.starts_at.astimezone(UTC)) == datetime.timedelta(hours=43)


def test_the_window_is_half_open(election, valmorel):
    window = window_of(contest_in(election, valmorel))
    second = datetime.timedelta(seconds=1)
    assert [window.holds_at(moment) for moment in (window.starts_at - second, window.starts_at, window.ends_at - second, window.ends_at)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_polling_station_that_closes_at_18_ends_the_silence_there(election, valmorel):
    assert window_of(contest_in(election, valmorel, closes="18:00")).ends_at == at("2026-03-15 17:00")


def test_a_commune_with_two_contests_is_silent_if_one_of_them_is(election, valmorel):
    contest_in(election, valmorel)
    contest_in(election, valmorel, "2026-03-22", round=2)
    found = {
        text: current_window(election, valmorel, at(text))
        for text in ["2026-03-14 12:00", "2026-03-18 12:00", "2026-03-21 12:00", "2026-03-23 00:00"]
    }
    assert [window and window.contest.round for window in found.values()] == [1, None, 2, None]


def test_a_contest_won_in_the_first_round_has_no_second_silence(election, valmorel, pontaubry):
    contest_in(election, valmorel)
    contest_in(election, pontaubry, "2026-03-22", round=2)
    assert current_window(election, valmorel, at("2026-03-21 12:00")) is None
