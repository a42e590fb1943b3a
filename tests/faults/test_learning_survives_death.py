"""A learning that is killed changes nothing: the weights in use stay, and the next learning begins again."""

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
LETTERS = ROOT / "tests" / "reading" / "corpus" / "c-vernouzel-2026"
STATES = """
import django; django.setup()
from plaidoyer.replies.models import ReaderVersion
print(*ReaderVersion.objects.order_by("number").values_list("state", flat=True))
"""


def plaidoyer(*words):
    return [sys.executable, "-c", "import sys; from plaidoyer.cli import main; sys.exit(main())", *words]


@pytest.fixture
def home(tmp_path):
    env = {**os.environ, "PLAIDOYER_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings"}
    env.pop("DATABASE_URL", None)
    for words in (["migrate", "-v0"], ["import-corpus", str(LETTERS), "--apply"]):
        subprocess.run(plaidoyer(*words), check=True, env=env, cwd=ROOT, capture_output=True)
    return env


def states(env):
    return subprocess.run([sys.executable, "-c", STATES], check=True, env=env, cwd=ROOT, capture_output=True, text=True).stdout.split()


def killed_while_it_learns(env, expected):
    """Start a learning, and kill it as soon as the database says that it runs."""
    learner = subprocess.Popen(plaidoyer("learn"), env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while states(env) != expected and time.monotonic() < deadline and learner.poll() is None:
        time.sleep(0.05)
    learner.send_signal(signal.SIGKILL)
    learner.wait()
    return states(env)


def test_a_killed_learning_leaves_the_reader_as_it_was_and_blocks_nobody(home):
    assert killed_while_it_learns(home, ["running"]) == ["running"]  # a dead process cannot say so itself
    status = subprocess.run(plaidoyer("learn", "--status"), env=home, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "En service : le lecteur livré avec Plaidoyer." in status
    assert not (Path(home["PLAIDOYER_HOME"]) / "reader" / "1").exists()
    # The next learning closes what the dead one left, and runs.
    assert killed_while_it_learns(home, ["failed", "running"]) == ["failed", "running"]
