"""A scratch installation whose replies no machine has read yet, and the command that reads them. Used by test_reading_survives_death.py and bench/arrival."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILL = """
import datetime, json, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from plaidoyer.accounts.models import Collective
from plaidoyer.campaigns.models import Campaign, Question, Questionnaire
from plaidoyer.elections.models import Election
from plaidoyer.replies import original_store
from plaidoyer.replies.models import Reply, ReplyPart
come = {"received_at": datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC), "channel": "email"}
collective = Collective.objects.create(slug="c", name="C", is_fictional=True)
day = datetime.date(2026, 3, 15)
election = Election.objects.create(slug="e", name="E", year=2026, first_round_on=day, second_round_on=day, is_fictional=True)
campaign = Campaign.objects.create(collective=collective, election=election, slug="k", name="K", deadline_on=datetime.date(2026, 3, 6))
questions = json.loads(sys.stdin.readline())
asked = Questionnaire.objects.create(campaign=campaign) if questions else None
for rank, text in enumerate(questions, 1):
    Question.objects.create(questionnaire=asked, number=rank, title=f"Question {rank}", text=text)
for n, line in enumerate(sys.stdin):
    data = json.loads(line).encode()
    original, _ = original_store.store(collective=collective, data=data, name=f"{n}.txt", entered_at=come["received_at"], entered_by=None, **come)
    reply = Reply.objects.create(campaign=campaign, **come)
    ReplyPart.objects.create(reply=reply, original=original, position=1)
"""
COUNT = """
import django; django.setup()
from django.db.models import Count
from plaidoyer.replies.models import Reply
for state, readings in Reply.objects.annotate(n=Count("readings")).values_list("state", "n"):
    print(state, readings)
"""


def fill(env: dict[str, str], texts: Iterable[str], questions: Iterable[str] = ()) -> None:
    """One reply for each text, in a campaign that asks these questions."""
    lines = [json.dumps(list(questions)), *map(json.dumps, texts)]
    subprocess.run([sys.executable, "-c", FILL], check=True, env=env, cwd=ROOT, input="\n".join(lines), text=True)


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from plaidoyer.cli import main; sys.exit(main())", "read-waiting", *words]


def states(env: dict[str, str]) -> list[str]:
    """For each reply its state and how many readings it has: « read 1 »."""
    return subprocess.run([sys.executable, "-c", COUNT], check=True, env=env, cwd=ROOT, capture_output=True, text=True).stdout.split("\n")[:-1]
