"""A provider's service in the place of a relay: the same letters, once, and a clear sentence when it is not there."""

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend

from plaidoyer.mailbox.models import MailAccount, OutgoingMessage
from tests.mailbox.conftest import account_at, draft, drained, queued


@pytest.fixture
def account(collective):
    return account_at(collective, 25)


@pytest.fixture
def provider(settings):
    def by(backend):
        settings.MAILERS = settings.MAILERS | {"provider": {"BACKEND": backend}}

    return by


class SaysNo(BaseEmailBackend):
    """Answers as its class says, like the services that speak HTTP."""

    status_code: int | None = 400

    def send_messages(self, _messages):
        error = RuntimeError("la clé est refusée")
        error.status_code = self.status_code
        raise error


class Forbids(SaysNo):
    status_code = 401


class IsBusy(SaysNo):
    status_code = 429


class Breaks(SaysNo):
    status_code = None


def test_a_letter_leaves_by_the_service_with_its_identity_and_its_reply_address(amina, account, provider):
    provider("django.core.mail.backends.locmem.EmailBackend")
    queued(amina, account, draft(1, unsubscribe_url="https://untoit.example/opposition/x/"))
    assert drained() == {"accepted": 1}
    row, (sent,) = OutgoingMessage.objects.get(), outbox.outbox
    assert row.state == "accepted"
    assert (sent.to, sent.subject, sent.reply_to) == (["liste1@valmorel.example"], "Trois questions aux listes", ["reponses+jeton1@untoit.example"])
    assert sent.extra_headers["Message-ID"] == row.message_id
    assert sent.extra_headers["List-Unsubscribe"] == "<https://untoit.example/opposition/x/>"
    assert "Trois questions." in sent.body


def test_a_service_that_does_not_exist_is_told_and_nothing_is_lost(amina, account, provider):
    provider("anymail.backends.inconnu.EmailBackend")
    queued(amina, account)
    drained()
    account = MailAccount.objects.get()
    assert account.trouble.startswith("Le service d’envoi « anymail.backends.inconnu.EmailBackend » n’est pas installé ou mal réglé.")
    assert OutgoingMessage.objects.get().state == "queued"


@pytest.mark.parametrize(("backend", "state"), [("SaysNo", "refused"), ("IsBusy", "deferred"), ("Breaks", "uncertain"), ("Forbids", "deferred")])
def test_only_what_the_service_says_clearly_is_believed(amina, account, provider, backend, state):
    provider(f"tests.mailbox.test_provider.{backend}")
    queued(amina, account)
    drained()
    assert OutgoingMessage.objects.get().state == state
