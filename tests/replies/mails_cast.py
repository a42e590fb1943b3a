"""Letters that left for the four lists of Valmorel, each with its own reply address, and what may come back."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction

from plaidoyer.campaigns.letter_models import Dispatch, Wave
from plaidoyer.elections.models import Contact
from plaidoyer.mailbox import acts as mailbox
from plaidoyer.mailbox import intake
from plaidoyer.mailbox.models import IncomingMessage, MailAccount, OutgoingMessage
from plaidoyer.replies import acts
from plaidoyer.replies.models import Reply
from tests.mailbox.conftest import account_at, draft
from tests.mailbox.ugly_mails import mail

AT = datetime.datetime(2026, 3, 4, 17, 42, tzinfo=datetime.UTC)
HEADS = ["ines", "thibaut", "ghislaine", "karim"]
ANSWER = "Madame, Monsieur,\n\nNous construirons 120 logements sociaux pendant le mandat.\n\nBien à vous"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def account(collective) -> MailAccount:
    return account_at(collective, 25, trusted_authority="mx.untoit.example")


@pytest.fixture
def letters(amina, account, campaign, lists, sent) -> list[OutgoingMessage]:
    """One letter for each list, tokens jetonA to jetonD, addresses <head>@valmorel.example."""
    wave = Wave.objects.create(campaign=campaign, kind="letter", is_rehearsal=False, state="queued", queued_at=AT, planned_at=AT)
    drafts = []
    for one, head, letter, line in zip(lists, HEADS, "ABCD", sent, strict=True):
        address, key = f"{head}@valmorel.example", wave.key_for(one.pk)
        Contact.objects.create(candidate_list=one, collective=campaign.collective, kind="email", value=address, source="site", found_on=AT.date())
        Dispatch.objects.create(wave=wave, candidate_list=one, solicitation=line, key=key, text_sha256="0" * 64)
        drafts.append(draft(key=key, recipient=address, recipient_name=one.name, reply_token=f"jeton{letter}"))
    with transaction.atomic():
        mailbox.queue(actor=amina, account=account, drafts=drafts, batch=wave.batch, is_rehearsal=False)
    OutgoingMessage.objects.update(state="accepted", accepted_at=AT)
    return list(OutgoingMessage.objects.order_by("pk"))


@pytest.fixture
def came(collective, account):
    """A mail is in the mailbox, sorted, as after a fetch."""

    def arrived(text=ANSWER, *, received_at=AT, data=None, **headers) -> IncomingMessage:
        facts = {"From": "Inès Carpentras <ines@valmorel.example>", "To": "reponses+jetona@untoit.example", "Subject": "Notre réponse"} | headers
        row, _ = intake.keep(collective=collective, account=account, data=data or mail(text, **facts), received_at=received_at)
        return intake.sort(row)

    return arrived


@pytest.fixture
def pulled(collective, django_capture_on_commit_callbacks):
    """Pull, with the machine's reading that follows the commit."""

    def run(actor=None):
        with django_capture_on_commit_callbacks(execute=True):
            return acts.pull(actor=actor, collective=collective)

    return run


@pytest.fixture
def only(pulled):
    """The one reply that a pull makes."""

    def reply() -> Reply:
        pulled()
        return Reply.objects.get()

    return reply
