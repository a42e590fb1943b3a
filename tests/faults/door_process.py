"""A scratch installation with one list at its door, and processes that save, send or guess at once, or are killed. Run by test_links_under_fire.py."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(env: dict[str, str], *words: str, timeout: float = 300) -> dict[str, object]:
    done = subprocess.run([sys.executable, __file__, *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def fill() -> dict[str, object]:
    import datetime

    from django.core.management import call_command
    from django.utils import timezone

    from plaidoyer.accounts.models import Collective
    from plaidoyer.campaigns.acts.links import open_links
    from plaidoyer.campaigns.models import Campaign, CampaignCommune, Question, Questionnaire
    from plaidoyer.elections.models import CandidateList, Election
    from plaidoyer.replies.acts.door import Typed, save_draft
    from plaidoyer.territories.models import Commune

    call_command("migrate", verbosity=0)
    collective = Collective.objects.create(slug="essai", name="Essai", is_fictional=True)
    soon = timezone.localdate() + datetime.timedelta(days=30)
    election = Election.objects.create(slug="e", name="É", year=2026, first_round_on=soon, is_fictional=True)
    commune = Commune.objects.create(code="ZZ001", name="Valmorel", slug="valmorel", search_name=" valmorel", cog_year=2026, is_fictional=True)
    campaign = Campaign.objects.create(collective=collective, election=election, slug="essai", name="Essai", state="open", deadline_on=soon)
    CampaignCommune.objects.create(campaign=campaign, commune=commune)
    Question.objects.create(
        questionnaire=Questionnaire.objects.create(campaign=campaign), number=1, title="Domiciliation", text="Domicilierez-vous ?"
    )
    CandidateList.objects.create(election=election, commune=commune, key="1", name="Valmorel solidaire", slug="l1")
    open_links(actor=None, campaign=campaign, lists=campaign.lists())
    draft = save_draft(actor=None, link=the_link(), typed=Typed({"Q1": "Oui, sans condition."}, "Inès Carpentras", "tête de liste"))
    return {"revision": draft.revision}


def the_link():
    from plaidoyer.campaigns.link_models import ReplyLink

    return ReplyLink.objects.select_related("campaign__collective", "campaign__election", "candidate_list__commune").get()


def send() -> None:
    from plaidoyer.replies.acts.door import send_reply

    send_reply(actor=None, link=the_link(), revision=1)


def save() -> None:
    from plaidoyer.replies.acts.door import Typed, save_draft

    save_draft(actor=None, link=the_link(), typed=Typed({"Q1": f"Texte du processus {os.getpid()}."}, tab=str(os.getpid())))


def guess() -> None:
    """Ten guesses; the exit code says how many were looked at."""
    from django.test import Client

    looked_at = sum(Client().post(f"/repondre/essai-{os.getpid()}-{n}/").status_code == 404 for n in range(10))
    os._exit(100 + looked_at)


def child(work: Callable[[], None]) -> int:
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def together(work: str, number: int) -> dict[str, object]:
    pids = [child(globals()[work]) for _ in range(number)]
    codes = Counter(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids)
    looked_at = sum((code - 100) * times for code, times in codes.items() if code >= 100)
    return {"failed": sum(times for code, times in codes.items() if 0 < code < 100), "looked_at": looked_at} | counted()


def storm(kills: int, seed: int, longest: float) -> dict[str, object]:
    chance, deaths = random.Random(seed), 0
    for _ in range(kills):
        pid = child(send)
        time.sleep(chance.uniform(0.01, longest))
        os.kill(pid, signal.SIGKILL)
        deaths += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    os.waitpid(child(send), 0)
    return {"deaths": deaths} | counted()


def counted() -> dict[str, object]:
    from plaidoyer.accounts import journal
    from plaidoyer.accounts.models import Collective, JournalEntry
    from plaidoyer.replies.models import DoorDraft, DoorSending, Original, Reply

    draft = DoorDraft.objects.get()
    texts = {draft.texts["Q1"], *(one["facts"]["texts"]["Q1"] for one in draft.asides)}
    return {
        "replies": Reply.objects.count(), "versions": list(DoorSending.objects.values_list("version", flat=True)),
        "told": JournalEntry.objects.filter(verb="door.sent").count(),
        "without_bytes": sum(not one.file.storage.exists(one.file.name) for one in Original.objects.all()),
        "texts": len(texts), "journal_breaks_at": journal.first_break(Collective.objects.get()),
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    ORDERS = {"fill": (fill,), "storm": (storm, int, int, float), "together": (together, str, int)}
    order, *kinds = ORDERS[sys.argv[1]]
    print(json.dumps(order(*(kind(word) for kind, word in zip(kinds, sys.argv[2:], strict=True)))))  # noqa: T201  the answer to the test that runs us
