"""Several processes read what waits; one that is killed loses nothing, and nothing is proposed twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from tests.faults.waiting_replies import ROOT, command, fill, states

pytestmark = [pytest.mark.slow, pytest.mark.anydb]
REPLIES = int(os.environ.get("PLAIDOYER_REPLIES", "24"))


@pytest.fixture
def home(tmp_path):
    env = {**os.environ, "PLAIDOYER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings"}
    env.pop("DATABASE_URL", None)
    fill(env, [f"Lettre {n}. Nous ouvrirons une halte de nuit de {n} places. Nous souhaitons un repas à un euro." for n in range(REPLIES)])
    return env


def test_two_processes_read_everything_once(home):
    done = subprocess.run(command("--workers", "2"), env=home, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"Lu : {REPLIES}." in done.stdout
    assert states(home) == ["read 1"] * REPLIES


def test_a_killed_process_leaves_its_letters_waiting_and_the_next_one_reads_them(home):
    worker = subprocess.Popen(command("--share", "0/2"), env=home, cwd=ROOT)
    deadline = time.monotonic() + 60
    while sum(line.startswith("read") for line in states(home)) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    left = sum(line.startswith("received") for line in states(home))
    assert left >= REPLIES / 2
    done = subprocess.run(command(), env=home, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"Lu : {left}." in done.stdout
    assert states(home) == ["read 1"] * REPLIES


def test_too_many_processes_are_refused_in_words(home):
    refused = subprocess.run(command("--workers", "900"), env=home, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "entre 1 et 64" in refused.stderr
