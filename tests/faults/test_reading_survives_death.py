"""Several processes read what waits; one that is killed loses nothing, and nothing is proposed twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.anydb]
ROOT = Path(__file__).resolve().parents[2]
REPLIES = int(os.environ.get("PLAIDOYER_REPLIES", "24"))
FILL = """
import datetime, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from plaidoyer.accounts.models import Collective
from plaidoyer.campaigns.models import Campaign
from plaidoyer.elections.models import Election
from plaidoyer.replies import original_store
from plaidoyer.replies.models import Reply, ReplyPart
now = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC)
collective = Collective.objects.create(slug="c", name="C", is_fictional=True)
day = datetime.date(2026, 3, 15)
election = Election.objects.create(slug="e", name="E", year=2026, first_round_on=day, second_round_on=day, is_fictional=True)
campaign = Campaign.objects.create(collective=collective, election=election, slug="k", name="K", deadline_on=datetime.date(2026, 3, 6))
for n in range(int(sys.argv[1])):
    data = f"Lettre {n}. Nous ouvrirons une halte de nuit de {n} places. Nous souhaitons un repas à un euro.".encode()
    original, _ = original_store.store(collective=collective, data=data, name=f"{n}.txt", received_at=now, entered_at=now, channel="email", entered_by=None)
    reply = Reply.objects.create(campaign=campaign, received_at=now, channel="email")
    ReplyPart.objects.create(reply=reply, original=original, position=1)
"""
COUNT = """
import django; django.setup()
from django.db.models import Count
from plaidoyer.replies.models import Reply
for state, readings in Reply.objects.annotate(n=Count("readings")).values_list("state", "n"):
    print(state, readings)
"""


@pytest.fixture
def home(tmp_path):
    env = {**os.environ, "PLAIDOYER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings"}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", FILL, str(REPLIES)], check=True, env=env, cwd=ROOT)
    return env


def command(*words):
    return [sys.executable, "-c", "import sys; from plaidoyer.cli import main; sys.exit(main())", "read-waiting", *words]


def states(env):
    return subprocess.run([sys.executable, "-c", COUNT], check=True, env=env, cwd=ROOT, capture_output=True, text=True).stdout.split("\n")[:-1]


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
