"""An account whose relay is a counting sink on loopback."""

from __future__ import annotations

import pytest
from django.db import transaction

from plaidoyer.mailbox import acts
from plaidoyer.mailbox.drafts import Draft
from plaidoyer.mailbox.models import MailAccount, Security
from plaidoyer.mailbox.sender import Sender
from tests.faults.smtp_sink import Sink, running


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def sink():
    with running(Sink()) as one:
        yield one


@pytest.fixture
def account(collective, sink) -> MailAccount:
    return account_at(collective, sink.port)


def account_at(collective, port: int, **more) -> MailAccount:
    facts = {
        "name": "Campagne", "from_name": "Un toit à Valmorel", "from_address": "campagne@untoit.example", "smtp_host": "127.0.0.1", "smtp_port": port,
        "smtp_security": Security.NONE, "rate_per_minute": 0, "rate_per_hour": 0, "reply_pattern": "reponses+{token}@untoit.example",
    } | more  # fmt: skip
    return MailAccount.objects.create(collective=collective, **facts)


def draft(number: int = 1, **more) -> Draft:
    facts = {
        "key": f"campagne:lettre:{number}", "recipient": f"liste{number}@valmorel.example", "recipient_name": f"Liste {number}",
        "subject": "Trois questions aux listes", "text": "Madame, Monsieur,\n\nTrois questions.\n", "reply_token": f"jeton{number}",
    } | more  # fmt: skip
    return Draft(**facts)


def queued(actor, account, *drafts, batch="lettre", is_rehearsal=False, **more):
    with transaction.atomic():
        return acts.queue(actor=actor, account=account, drafts=drafts or [draft()], batch=batch, is_rehearsal=is_rehearsal, **more)


def drained(**more) -> dict[str, int]:
    return Sender(sleep=lambda _: None, **more).drain()
