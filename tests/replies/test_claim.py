"""One reader at a time."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.models import Reply
from plaidoyer.replies.refusals import NotYoursError
from tests.replies.conftest import TUESDAY


def test_of_two_readers_the_first_has_the_reply_and_the_second_is_told_who(reply, diane, amina):
    acts.claim(actor=diane, reply=reply)
    stale = Reply.objects.get(pk=reply.pk)
    with pytest.raises(NotYoursError, match="Diane Test relit cette réponse"):
        acts.claim(actor=amina, reply=stale)
    stale.refresh_from_db()
    assert (stale.claimed_by, stale.state) == (diane, Reply.State.REVIEWING)


def test_a_claim_lapses_after_thirty_minutes_without_a_gesture(claimed, amina, on_tuesday):
    on_tuesday.move_to(TUESDAY + datetime.timedelta(minutes=29, seconds=59))
    with pytest.raises(NotYoursError):
        acts.claim(actor=amina, reply=claimed)
    on_tuesday.move_to(TUESDAY + datetime.timedelta(minutes=30, seconds=1))
    assert acts.claim(actor=amina, reply=claimed).claimed_by == amina


def test_a_gesture_renews_the_claim(claimed, diane, questions, on_tuesday):
    later = TUESDAY + datetime.timedelta(minutes=20)
    on_tuesday.move_to(later)
    acts.settle(actor=diane, reply=claimed, question=questions[0], stance="skips")
    assert claimed.claimed_at == later


def test_who_has_lost_the_claim_can_change_nothing(claimed, diane, amina, questions):
    acts.give_back(actor=diane, reply=claimed)
    acts.claim(actor=amina, reply=claimed)
    with pytest.raises(NotYoursError, match="Amina Test relit"):
        acts.settle(actor=diane, reply=claimed, question=questions[0], stance="skips")
    assert not claimed.answers.exists()
    assert not claimed.steps.exists()


def test_a_reply_given_back_keeps_what_is_settled(claimed, diane, questions):
    acts.settle(actor=diane, reply=claimed, question=questions[1], stance="refers")
    acts.give_back(actor=diane, reply=claimed)
    assert (claimed.state, claimed.claimed_by, claimed.answers.get().stance) == (Reply.State.READ, None, "refers")


def test_a_reply_in_the_tray_cannot_be_reviewed(receive, diane):
    with pytest.raises(ActRefusedError, match="Rattachez d’abord"):
        acts.claim(actor=diane, reply=receive("Bonjour."))


def test_finishing_needs_every_question_and_names_those_left(claimed, diane, questions):
    acts.settle(actor=diane, reply=claimed, question=questions[1], stance="skips")
    with pytest.raises(ActRefusedError, match=r"Il reste 2 questions à régler : n° 1, n° 3\."):
        acts.finish(actor=diane, reply=claimed)
    assert claimed.state == Reply.State.REVIEWING


def test_a_finished_review_is_signed_and_free(claimed, diane, questions):
    for question in questions:
        acts.settle(actor=diane, reply=claimed, question=question, stance="skips")
    acts.finish(actor=diane, reply=claimed)
    assert (claimed.state, claimed.reviewed_by, claimed.claimed_by) == (Reply.State.REVIEWED, diane, None)


def test_an_answer_whose_only_passage_was_removed_cannot_be_finished(claimed, diane, questions):
    extract = acts.add(actor=diane, reply=claimed, quote="Un guichet sera ouvert le samedi matin.", question=questions[0])
    acts.settle(actor=diane, reply=claimed, question=questions[0], stance="answers")
    for question in questions[1:]:
        acts.settle(actor=diane, reply=claimed, question=question, stance="skips")
    acts.remove(actor=diane, reply=claimed, extract=extract)
    with pytest.raises(ActRefusedError, match="n° 1"):
        acts.finish(actor=diane, reply=claimed)


def test_a_finished_review_can_be_opened_again(claimed, diane, amina, questions):
    for question in questions:
        acts.settle(actor=diane, reply=claimed, question=question, stance="skips")
    acts.finish(actor=diane, reply=claimed)
    assert acts.reopen(actor=amina, reply=claimed).claimed_by == amina
    with pytest.raises(ActRefusedError, match="rien à rouvrir"):
        acts.reopen(actor=diane, reply=claimed)


def test_an_observer_and_a_stranger_cannot_claim(reply, emile, chloe):
    with pytest.raises(PermissionDenied):
        acts.claim(actor=emile, reply=reply)
    with pytest.raises(Http404):
        acts.claim(actor=chloe, reply=reply)
