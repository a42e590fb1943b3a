"""R1, R2, R4, R5, R6 above the mailbox: whatever dies or runs twice, each mail is one reply, with its bytes."""

from __future__ import annotations

import pytest

from tests.faults.puller_process import run
from tests.faults.sender_process import house

pytestmark = pytest.mark.slow
MAILS = 24


@pytest.fixture
def env(tmp_path):
    with house(tmp_path) as made:
        assert run(made, "fill", str(MAILS)) == {"sorted": MAILS}
        yield made


def test_killed_pulls_lose_nothing_and_double_nothing(env):
    told = run(env, "storm", "12", "7", "1.2")
    assert told.pop("deaths") > 4
    assert told == {
        "replies": 24, "attached": 12, "originals": 24, "waiting": 0, "twice": 0, "taken": 24, "without_bytes": 0, "journal_breaks_at": None,
    }  # fmt: skip


def test_four_pulls_at_once_take_each_mail_once(env):
    assert run(env, "together", "4") == {
        "failed": 0, "replies": 24, "attached": 12, "originals": 24, "waiting": 0, "twice": 0, "taken": 24, "without_bytes": 0,
        "journal_breaks_at": None,
    }  # fmt: skip
