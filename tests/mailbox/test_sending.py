"""What leaves, and what becomes of it."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.mailbox import acts
from plaidoyer.mailbox.composing import compose
from plaidoyer.mailbox.drafts import keep_attachment
from plaidoyer.mailbox.models import OutgoingMessage
from plaidoyer.mailbox.sealed import SealBrokenError, seal
from tests.mailbox.conftest import account_at, draft, drained, queued


def states():
    return list(OutgoingMessage.objects.order_by("pk").values_list("state", flat=True))


def test_a_queued_letter_leaves_once_and_says_so(amina, account, sink):
    queued(amina, account)
    assert drained() == {"accepted": 1}
    assert sink.taken == {"liste1@valmorel.example": 1}
    sent = OutgoingMessage.objects.get()
    assert (sent.state, sent.relay_said) == ("accepted", "250 2.0.0 queued as SINK")
    assert sent.accepted_at
    assert drained() == {}
    assert sink.taken == {"liste1@valmorel.example": 1}


def test_a_rehearsal_goes_back_to_the_person_who_rehearses(amina, account, sink):
    queued(amina, account, is_rehearsal=True)
    drained()
    assert sink.taken == {"amina@example.org": 1}
    mail = message_from_bytes(sink.texts["amina@example.org"], policy=default)
    assert mail["Subject"] == "[Répétition] Trois questions aux listes"
    assert mail.get_content().startswith("[Répétition : ce message serait parti à liste1@valmorel.example.")
    queued(amina, account)  # the real letter of the same key is not held by its rehearsal
    drained()
    assert sink.taken == {"amina@example.org": 1, "liste1@valmorel.example": 1}


def test_queueing_needs_the_transaction_of_the_caller(amina, account, transactional_db):
    with pytest.raises(RuntimeError, match="inside the transaction"):
        acts.queue(actor=amina, account=account, drafts=[draft()], batch="lettre")


def test_a_key_never_makes_two_messages_whatever_else_changes(amina, account):
    assert queued(amina, account, draft(1), draft(2)).made == 2
    told = queued(amina, account, draft(1, recipient="nouvelle@valmorel.example"), draft(2), draft(3), draft(3))
    assert (told.made, told.already) == (1, ["campagne:lettre:1", "campagne:lettre:2", "campagne:lettre:3"])
    assert OutgoingMessage.objects.count() == 3


def test_what_cannot_be_an_address_is_told_and_the_others_leave(amina, account):
    wrong = ["pas une adresse", "a@x.example, b@x.example", "a@x.example\nBcc: b@x.example", "élu@valmorel.example", ""]
    told = queued(amina, account, draft(1), *(draft(10 + n, recipient=one) for n, one in enumerate(wrong)))
    assert (told.made, len(told.rejected)) == (1, 5)
    assert told.rejected[0] == (
        "campagne:lettre:10",
        "« pas une adresse » n’est pas une adresse électronique : une seule adresse, sans nom autour.",
    )


def test_a_domain_with_accents_leaves_as_dns_knows_it(amina, account, sink):
    queued(amina, account, draft(1, recipient="mairie@vallée.example"))
    drained()
    assert sink.taken == {"mairie@xn--valle-esa.example": 1}


def test_the_reply_address_is_that_of_the_list(amina, account, sink):
    queued(amina, account, draft(1, unsubscribe_url="https://untoit.example/opposition/abc"))
    drained()
    text = sink.texts["liste1@valmorel.example"].decode()
    assert "Reply-To: reponses+jeton1@untoit.example\r\n" in text
    assert "List-Unsubscribe: <https://untoit.example/opposition/abc>\r\n" in text
    assert f"Message-ID: {OutgoingMessage.objects.get().message_id}\r\n" in text


def test_composing_twice_gives_the_same_bytes(amina, account):
    held = keep_attachment("un relevé".encode(), "relevé.txt", "text/plain")
    queued(amina, account, draft(1, html="<p>Bonjour</p>", attachments=[held]))
    row = OutgoingMessage.objects.get()
    assert compose(row).as_bytes() == compose(row).as_bytes()


def test_a_password_is_sealed_and_opens_only_with_the_secret_of_the_house(collective, settings):
    one = account_at(collective, 1, smtp_sealed=seal("mot de passe"))
    assert "mot de passe" not in one.smtp_sealed
    assert one.smtp_password == "mot de passe"
    settings.SECRET_KEY = "un autre secret"
    with pytest.raises(SealBrokenError, match="Tapez-le de nouveau"):
        assert one.smtp_password


@pytest.mark.parametrize("name", ["bruno", "diane", "emile"])
def test_only_the_coordination_sends(request, name, account):
    with pytest.raises(PermissionDenied):
        queued(request.getfixturevalue(name), account)


def test_a_stranger_does_not_even_learn_that_the_account_exists(chloe, account):
    with pytest.raises(Http404):
        queued(chloe, account)


def test_each_act_leaves_one_line_in_the_journal(amina, account, collective):
    queued(amina, account, draft(1), draft(2), title="Lettre aux listes")
    acts.pause(actor=amina, account=account, reason="une erreur dans la lettre")
    acts.pause(actor=amina, account=account)
    acts.resume(actor=amina, account=account)
    acts.cancel(actor=amina, account=account, messages=OutgoingMessage.objects.filter(key="campagne:lettre:1"), reason="erreur d’adresse")
    acts.block_address(actor=None, collective=collective, address="liste2@valmorel.example")
    assert list(JournalEntry.objects.order_by("pk").values_list("sentence", flat=True)) == [
        "Messages mis en file (envoi réel, « Lettre aux listes ») : 2.",
        "Envois en pause (Campagne). Raison : une erreur dans la lettre",
        "Envois repris (Campagne).",
        "Messages annulés avant envoi : 1. Raison : erreur d’adresse",
        "Une adresse ne reçoit plus nos messages (opposition de la personne). Messages arrêtés : 1.",
    ]
    assert states() == ["cancelled", "objected"]
