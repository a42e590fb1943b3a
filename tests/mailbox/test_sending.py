"""What leaves, and what becomes of it."""

from __future__ import annotations

from plaidoyer.mailbox.models import OutgoingMessage
from tests.mailbox.conftest import drained, queued


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
