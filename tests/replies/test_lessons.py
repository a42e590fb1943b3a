"""What a finished review leaves behind for the next reader: every decision, with the engine that made the proposal."""

from __future__ import annotations

import pytest

from plaidoyer.replies import acts
from plaidoyer.replies.learning.lessons import moves
from plaidoyer.replies.models import Extract, Lesson, Suggestion


@pytest.fixture
def finished(claimed, diane, questions):
    """Diane keeps what is sure, settles the rest, and ends."""

    def end():
        for question in questions:
            if not claimed.answers.filter(question=question).exists():
                has_words = claimed.extracts.filter(question=question).exists()
                acts.settle(actor=diane, reply=claimed, question=question, stance="answers" if has_words else "skips")
        return acts.finish(actor=diane, reply=claimed)

    return end


def proposal(reply, kind="commitment", words="domiciliera"):
    return next(one for one in Suggestion.objects.filter(reading__reply=reply, kind=kind) if words in one.quote)


def of(reply, verb):
    return [move for move in reply.lessons.get(is_current=True).moves if move["verb"] == verb]


def test_nothing_is_kept_while_a_review_goes_on(claimed, diane):
    acts.keep(actor=diane, reply=claimed, suggestion=proposal(claimed))
    assert not Lesson.objects.exists()


def test_a_finished_review_leaves_one_lesson_with_the_engine_that_proposed(claimed, finished):
    finished()
    lesson = Lesson.objects.get()
    assert lesson.engine == claimed.readings.get().engine
    assert [one["code"] for one in lesson.questions] == ["Q1", "Q2", "Q3"]
    assert lesson.stances == {"Q1": "skips", "Q2": "skips", "Q3": "skips"}
    assert {move["verb"] for move in lesson.moves} == {"left"}


def test_accepted(claimed, diane, finished):
    one = proposal(claimed)
    acts.keep(actor=diane, reply=claimed, suggestion=one)
    finished()
    (move,) = of(claimed, "accepted")
    assert move["became"] == [{"start": one.start, "end": one.end, "level": one.level, "question": "Q1"}]
    assert (move["rule"], move["tier"]) == (one.rule, one.tier)


def test_moved(claimed, diane, finished, span):
    one = proposal(claimed)
    start, end = span("le CCAS domiciliera toute personne")
    acts.keep(actor=diane, reply=claimed, suggestion=one, span=(start, end))
    finished()
    (move,) = of(claimed, "moved")
    assert (move["was"]["start"], move["was"]["end"]) == (one.start, one.end)
    assert [(piece["start"], piece["end"]) for piece in move["became"]] == [(start, end)]


def test_a_level_changed_after_it_was_kept_counts_as_relabelled(claimed, diane, finished):
    (extract,) = acts.keep(actor=diane, reply=claimed, suggestion=proposal(claimed))
    acts.change(actor=diane, reply=claimed, extract=extract, level="intention")
    finished()
    (move,) = of(claimed, "relabelled")
    assert move["became"][0]["level"] == "intention"


def test_rejected(claimed, diane, finished):
    one = proposal(claimed)
    acts.reject(actor=diane, reply=claimed, suggestion=one)
    finished()
    (move,) = of(claimed, "rejected")
    assert move["was"]["start"] == one.start
    assert move["became"] == []


def test_added_by_hand(claimed, diane, finished, questions, span):
    acts.add(actor=diane, reply=claimed, quote="dans l’ordre de vos questions", question=questions[2], level="past")
    finished()
    (move,) = of(claimed, "added")
    start, end = span("dans l’ordre de vos questions")
    assert move["was"] is None
    assert move["became"] == [{"start": start, "end": end, "level": "past", "question": "Q3"}]


def test_what_was_undone_teaches_nothing(claimed, diane, finished):
    acts.reject(actor=diane, reply=claimed, suggestion=proposal(claimed))
    acts.undo(actor=diane, reply=claimed)
    finished()
    assert of(claimed, "rejected") == []


def test_a_second_review_replaces_the_lesson_and_keeps_the_first(claimed, diane, finished):
    finished()
    acts.reopen(actor=diane, reply=claimed)
    acts.keep(actor=diane, reply=claimed, suggestion=proposal(claimed))
    finished()
    assert claimed.lessons.count() == 2
    assert len(of(claimed, "accepted")) == 1


def test_a_lesson_holds_no_word_of_the_letter(claimed, diane, finished):
    acts.keep(actor=diane, reply=claimed, suggestion=proposal(claimed))
    finished()
    assert "CCAS" not in str(Lesson.objects.get().moves)


def test_words_already_on_the_grid_count_for_both_proposals():
    """The same words proposed twice are one passage: the second proposal was accepted all the same."""
    one = Suggestion(pk=1, kind="commitment", start=4, end=9, questions=["Q1"], level="firm", score=0.9)
    two = Suggestion(pk=2, kind="commitment", start=4, end=9, questions=["Q1"], level="firm", score=0.9)
    kept = Extract(start=4, end=9, level="firm", suggestion_id=1)
    told = moves([one, two], [kept], {1: "accepted", 2: "accepted"})
    assert [move["verb"] for move in told] == ["relabelled", "accepted"]  # the first went « hors questions »
    assert told[1]["became"] == [{"start": 4, "end": 9, "level": "firm", "question": "Q1"}]
