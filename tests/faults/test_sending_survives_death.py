"""S1 and S2: senders that die at any instant, and many at once. The sink counts what a person would find in her mailbox."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.faults.sender_process import ROOT, house, run
from tests.faults.smtp_sink import Sink, at_random, running

pytestmark = pytest.mark.slow
LETTERS = int(os.environ.get("PLAIDOYER_LETTERS", "600"))  # 2,000 for S1 and 10,000 for S2 in bench/mail: hundreds are enough to see a double
KILLS = int(os.environ.get("PLAIDOYER_KILLS", "50"))
SEED = int(os.environ.get("PLAIDOYER_SEED", "7"))


@pytest.fixture(scope="module")
def env(tmp_path_factory):
    with house(tmp_path_factory.mktemp("house")) as made:
        yield made


def test_fifty_killed_senders_send_nothing_twice_and_forget_nothing(env):
    plan = at_random(SEED, busy=0.2, gone=0.02, late_busy=0.05, taken=0.01, lost=0.01)
    with running(Sink(plan=plan, keeps_texts=False)) as sink:
        assert run(env, "fill", str(sink.port), str(LETTERS)) == {"made": LETTERS}
        told = run(env, "storm", str(KILLS), str(SEED), "0.8")
        states = run(env, "outcomes")
    assert told.pop("deaths") > KILLS / 2
    assert max(sink.taken.values()) == 1
    assert set(told) <= {"accepted", "refused", "uncertain"}
    assert sum(told.values()) == LETTERS
    # What we call sent was taken; what we call refused was not; only « incertain » may be either.
    assert all(sink.taken[recipient] == 1 for recipient, state in states.items() if state == "accepted")
    assert all(sink.taken[recipient] == 0 for recipient, state in states.items() if state == "refused")
    assert told["refused"] > 0
    assert 0 < told["uncertain"] < LETTERS * 0.06


def test_eight_senders_at_once_send_each_letter_once(env):
    with running(Sink(keeps_texts=False)) as sink:
        run(env, "fill", str(sink.port), str(LETTERS // 2))
        assert run(env, "together", "8") == {"failed": 0, "accepted": LETTERS // 2}
    assert len(sink.taken) == LETTERS // 2
    assert max(sink.taken.values()) == 1


@pytest.mark.parametrize(
    ("stage", "outcomes"),
    [
        ("connected", [("accepted", 1)]),
        ("envelope", [("accepted", 1)]),
        ("data", [("accepted", 1), ("uncertain", 0)]),  # between our « DATA » and our text: by a hair
        ("text", [("uncertain", 1)]),
        ("answered", [("accepted", 1), ("uncertain", 1)]),  # between the relay's 250 and our commit: by a hair
    ],
)
def test_a_sender_killed_at_each_step_leaves_a_state_from_which_the_next_goes_on(env, stage, outcomes):
    victims = []

    def kill(reached: str) -> None:
        if reached == stage and victims:
            os.kill(victims.pop().pid, signal.SIGKILL)

    with running(Sink(reached=kill)) as sink:
        run(env, "fill", str(sink.port), "1")
        victim = subprocess.Popen([sys.executable, "manage.py", "send_mail", "--once"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
        victims.append(victim)
        assert victim.wait(30) == -signal.SIGKILL
        (state,) = run(env, "finish")
    assert (state, sink.taken.total()) in outcomes
