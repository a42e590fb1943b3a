"""Two people at once: one of them has the reply, the other is told, and nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.models import Release, Reply

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*gestures):
    """Run each in its own thread and connection, from the same instant; what each said or raised, in order."""
    start = Barrier(len(gestures))

    def run(gesture):
        try:
            start.wait(10)
            return gesture()
        except (ActRefusedError, OperationalError) as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(gestures)) as pool:
        return list(pool.map(run, gestures))


def test_of_readers_who_claim_at_the_same_instant_one_has_the_reply(journal_emptied_after, amina, diane, campaign, lists):
    reply = acts.receive(actor=amina, campaign=campaign, files=[("a.txt", b"Oui.")], candidate_list=lists[0]).reply
    said = at_once(*(lambda person=person: acts.claim(actor=person, reply=Reply.objects.get(pk=reply.pk)) for person in (amina, diane, amina, diane)))
    reply.refresh_from_db()
    winners = {one.claimed_by_id for one in said if isinstance(one, Reply)}
    assert winners == {reply.claimed_by_id}
    assert any(isinstance(one, Exception) for one in said)


def test_a_commune_published_twice_at_the_same_instant_has_one_first_version(journal_emptied_after, amina, campaign, lists, valmorel):
    at_once(*(lambda: acts.publish(actor=amina, campaign=campaign, commune=valmorel) for _ in range(3)))
    assert list(Release.objects.values_list("version", "is_current")) == [(1, True)]


def test_the_same_bytes_by_two_doors_at_once_are_one_original(journal_emptied_after, amina, campaign, lists):
    file = [("a.txt", "La même lettre.".encode())]
    said = at_once(*(lambda one=one: acts.receive(actor=amina, campaign=campaign, files=file, candidate_list=one) for one in lists[:2]))
    received = [one for one in said if not isinstance(one, Exception)]
    assert received
    assert {reply.originals.get().sha256 for reply in Reply.objects.all()} == {received[0].reply.originals.get().sha256}
