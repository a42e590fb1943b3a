"""A scratch installation with mail in its mailbox, and processes that take it into the replies, to be killed. Run by test_receiving_into_replies.py."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAIL = "From: liste{n}@valmorel.example\r\nTo: campagne@untoit.example\r\nSubject: Reponse {n}\r\nMessage-ID: <{n}@x.example>\r\n\r\nOui, numero {n}.\r\n"


def run(env: dict[str, str], *words: str, timeout: float = 300) -> dict[str, object]:
    done = subprocess.run([sys.executable, __file__, *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def fill(mails: int) -> dict[str, object]:
    """Every second mail comes from a known address, the others from nobody that we know."""
    import datetime

    from django.core.management import call_command
    from django.utils import timezone

    from plaidoyer.accounts.models import Collective
    from plaidoyer.campaigns.models import Campaign, CampaignCommune, Questionnaire
    from plaidoyer.elections.models import CandidateList, Contact, Election
    from plaidoyer.mailbox import intake
    from plaidoyer.territories.models import Commune

    call_command("migrate", verbosity=0)
    collective = Collective.objects.create(slug="essai", name="Essai", is_fictional=True)
    election = Election.objects.create(slug="e", name="É", year=2026, first_round_on=datetime.date(2026, 3, 15), is_fictional=True)
    commune = Commune.objects.create(code="ZZ001", name="Valmorel", slug="valmorel", search_name=" valmorel", cog_year=2026, is_fictional=True)
    campaign = Campaign.objects.create(
        collective=collective, election=election, slug="essai", name="Essai", state="open", deadline_on=timezone.localdate()
    )
    CampaignCommune.objects.create(campaign=campaign, commune=commune)
    Questionnaire.objects.create(campaign=campaign)
    for n in range(0, mails, 2):
        one = CandidateList.objects.create(election=election, commune=commune, key=str(n), name=f"Liste numéro {n}", slug=f"l{n}")
        Contact.objects.create(
            candidate_list=one, collective=collective, kind="email", value=f"liste{n}@valmorel.example", source="site", found_on=timezone.localdate()
        )
    for n in range(mails):
        intake.keep(collective=collective, data=MAIL.format(n=n).encode(), received_at=timezone.now())
    return {"sorted": intake.sort_waiting()}


def child() -> int:
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            from plaidoyer.accounts.models import Collective
            from plaidoyer.replies.mail_tasks import fetch_and_pull

            fetch_and_pull(Collective.objects.get(), fetches=False)
            code = 0
        finally:
            os._exit(code)
    return pid


def storm(kills: int, seed: int, longest: float) -> dict[str, object]:
    chance, deaths = random.Random(seed), 0
    for _ in range(kills):
        pid = child()
        time.sleep(chance.uniform(0.05, longest))
        os.kill(pid, signal.SIGKILL)
        deaths += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    os.waitpid(child(), 0)
    return {"deaths": deaths} | counted()


def together(number: int) -> dict[str, object]:
    pids = [child() for _ in range(number)]
    failed = sum(os.waitpid(pid, 0)[1] != 0 for pid in pids)
    return {"failed": failed} | counted()


def counted() -> dict[str, object]:
    from plaidoyer.accounts import journal
    from plaidoyer.accounts.models import Collective
    from plaidoyer.mailbox.models import IncomingMessage
    from plaidoyer.replies.models import MailReply, Original, Reply

    made = Counter(MailReply.objects.values_list("message", flat=True))
    return {
        "replies": Reply.objects.count(), "attached": Reply.objects.attached().count(), "originals": Original.objects.count(),
        "waiting": IncomingMessage.objects.new().letters().count(), "twice": sum(number > 1 for number in made.values()), "taken": len(made),
        "without_bytes": sum(not one.file.storage.exists(one.file.name) for one in Original.objects.all()),
        "journal_breaks_at": journal.first_break(Collective.objects.get()),
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    ORDERS = {"fill": (fill, int), "storm": (storm, int, int, float), "together": (together, int)}
    order, *kinds = ORDERS[sys.argv[1]]
    print(json.dumps(order(*(kind(word) for kind, word in zip(kinds, sys.argv[2:], strict=True)))))  # noqa: T201  how it answers
