"""A house of its own on the disk, and real sender processes in it, to be killed. Run as a program by test_sending_*.py and bench/mail.

The processes are forked from one that has already started, so that fifty deaths do not cost fifty starts.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def house(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a scratch installation, on the same kind of database as the tests run on."""
    env = os.environ | {"PLAIDOYER_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings", "PYTHONPATH": str(ROOT)}
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        env.pop("DATABASE_URL", None)
        yield env
        return
    import psycopg

    name = f"mail_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield env | {"DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def run(env: dict[str, str], *words: str, timeout: float = 300) -> dict[str, int]:
    """One order to the house; what it answers."""
    done = subprocess.run([sys.executable, __file__, *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def fill(port: int, letters: int) -> dict[str, int]:
    from django.core.management import call_command
    from django.db import transaction

    from plaidoyer.accounts.models import Collective
    from plaidoyer.mailbox import acts
    from plaidoyer.mailbox.drafts import Draft
    from plaidoyer.mailbox.models import MailAccount, OutgoingMessage

    call_command("migrate", verbosity=0)
    OutgoingMessage.objects.all().delete()  # the same house serves several stories
    MailAccount.objects.all().delete()
    collective, _ = Collective.objects.get_or_create(slug="essai", defaults={"name": "Essai", "is_fictional": True})
    account = MailAccount.objects.create(
        collective=collective, name="Essai", from_address="essai@untoit.example", smtp_host="127.0.0.1", smtp_port=port, smtp_security="none",
        rate_per_minute=0, rate_per_hour=0,
    )  # fmt: skip
    drafts = (
        Draft(key=f"lettre:{n}", recipient=f"liste{n}@valmorel.example", subject=f"Lettre {n}", text="Madame, Monsieur,\n") for n in range(letters)
    )
    with transaction.atomic():
        return {"made": acts.queue(actor=None, account=account, drafts=drafts, batch="lettre", is_rehearsal=False).made}


def sender():
    from plaidoyer.mailbox.sender import Sender

    return Sender(delays=(timedelta(0),) * 12, rest=timedelta(0))


def child() -> int:
    from django.db import connections

    connections.close_all()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            sender().drain()
            code = 0
        finally:
            os._exit(code)
    return pid


def storm(kills: int, seed: int, longest: float) -> dict[str, int]:
    """Start a sender, kill it at a random instant, start the next. Then let one finish."""
    chance, deaths = random.Random(seed), 0
    for _ in range(kills):
        pid = child()
        time.sleep(chance.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        deaths += os.WIFSIGNALED(os.waitpid(pid, 0)[1])
    return {"deaths": deaths} | finish()


def together(senders: int) -> dict[str, int]:
    pids = [child() for _ in range(senders)]
    failed = sum(os.waitpid(pid, 0)[1] != 0 for pid in pids)
    return {"failed": failed} | finish()


def finish() -> dict[str, int]:
    from plaidoyer.mailbox.models import OutgoingMessage

    for _ in range(20):
        os.waitpid(child(), 0)
        if not OutgoingMessage.objects.filter(state__in=OutgoingMessage.ON_THE_WAY).exists():
            break
    return OutgoingMessage.objects.counts()


def outcomes() -> dict[str, str]:
    from plaidoyer.mailbox.models import OutgoingMessage

    return dict(OutgoingMessage.objects.values_list("recipient", "state"))


if __name__ == "__main__":
    import django

    django.setup()
    verb, *numbers = sys.argv[1:]
    orders = {"fill": fill, "storm": storm, "together": together, "outcomes": outcomes, "finish": finish}
    kinds = (int, int, float) if verb == "storm" else (int,) * len(numbers)
    answer = orders[verb](*(kind(number) for kind, number in zip(kinds, numbers, strict=True)))
    sys.stdout.write(json.dumps(answer) + "\n")
