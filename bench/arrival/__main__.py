"""A great arrival of replies, read by several processes. ``python -m bench.arrival [replies, 5000] [workers, 2]``

A scratch installation receives that many different two-page letters of one campaign, made of the invented letters of the corpus, and
``plaidoyer read-waiting`` reads them all. On the screen: seconds, letters a second, memory of one process, and what became of each letter.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = 2_500  # characters
FILL = """
import datetime, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from bench.arrival.__main__ import PAGE
from bench.reading.annotated import CORPUS, load
from plaidoyer.accounts.models import Collective
from plaidoyer.campaigns.models import Campaign, Question, Questionnaire
from plaidoyer.elections.models import Election
from plaidoyer.replies import original_store
from plaidoyer.replies.models import Reply, ReplyPart
letters = load(CORPUS)
now, day = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC), datetime.date(2026, 3, 15)
collective = Collective.objects.create(slug="c", name="C", is_fictional=True)
election = Election.objects.create(slug="e", name="E", year=2026, first_round_on=day, second_round_on=day, is_fictional=True)
campaign = Campaign.objects.create(collective=collective, election=election, slug="k", name="K", deadline_on=day)
asked = Questionnaire.objects.create(campaign=campaign)
for rank, question in enumerate(letters[0].questions, 1):
    Question.objects.create(questionnaire=asked, number=rank, title=f"Question {rank}", text=question.text)
for n in range(int(sys.argv[1])):
    text = f"Lettre {n}.\\n\\n" + "\\n\\n".join(letters[(n * 7 + step) % len(letters)].text for step in range(9))
    data = text[: 2 * PAGE].encode()
    come = {"received_at": now, "channel": "email"}
    original, _ = original_store.store(collective=collective, data=data, name=f"{n}.txt", entered_at=now, entered_by=None, **come)
    reply = Reply.objects.create(campaign=campaign, **come)
    ReplyPart.objects.create(reply=reply, original=original, position=1)
"""
COUNT = """
import collections, django; django.setup()
from django.db.models import Count
from plaidoyer.replies.models import Reading, Reply
found = collections.Counter(Reply.objects.annotate(n=Count("readings")).values_list("state", "n"))
print("; ".join(f"{count} replies {state}, {readings} reading each" for (state, readings), count in found.items()))
"""


def main(replies: int, workers: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PLAIDOYER_HOME": folder, "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings", "PYTHONPATH": str(ROOT)}
        env.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-c", FILL, str(replies)], check=True, env=env, cwd=ROOT)
        began = time.perf_counter()
        command = [sys.executable, "-c", "import sys; from plaidoyer.cli import main; sys.exit(main())", "read-waiting", "--workers", str(workers)]
        subprocess.run(command, check=True, env=env, cwd=ROOT)
        seconds, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{replies:,} two-page replies, {workers} processes: {seconds:.0f} s, {replies / seconds:.1f} a second, {peak:.0f} MB at most for one")
        print(subprocess.run([sys.executable, "-c", COUNT], check=True, env=env, cwd=ROOT, capture_output=True, text=True).stdout.strip())


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [5_000, 2][len(numbers) :]))
