"""A candidate who presses twice, from two telephones, while the machine dies: one reply, every text (T3, T6)."""

from __future__ import annotations

import pytest

from tests.faults.door_process import run
from tests.faults.sender_process import house

pytestmark = pytest.mark.slow
ONE_REPLY = {"replies": 1, "versions": [1], "told": 1, "without_bytes": 0, "texts": 1, "journal_breaks_at": None}


@pytest.fixture
def env(tmp_path):
    with house(tmp_path) as made:
        assert run(made, "fill") == {"revision": 1}
        yield made


def test_senders_killed_at_any_instant_leave_one_reply_or_none_and_the_last_press_sends_it(env):
    told = run(env, "storm", "12", "5", "0.5")
    assert told.pop("deaths") > 2
    assert told == ONE_REPLY


def test_a_crowd_at_one_door_makes_one_reply_and_loses_no_text(env):
    """Sixty guesses by six processes, eight presses at the same instant, then eight pages that save at once."""
    guessed = run(env | {"PLAIDOYER_DEBUG": "1"}, "together", "guess", "6")  # static files were never gathered in a scratch house
    assert guessed["failed"] == 0
    assert 1 <= guessed["looked_at"] <= 20
    assert run(env, "together", "send", "8") == {"failed": 0, "looked_at": 0} | ONE_REPLY
    saved = run(env, "together", "save", "8")
    assert (saved["failed"], saved["texts"], saved["replies"]) == (0, 9, 1)  # the eight, and the one that was there
