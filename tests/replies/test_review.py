"""The gestures of the desk: spans of the evidence, decided by a person, each undoable."""

import pytest

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.models import Answer, Decision, Extract, Reading, Reply, Suggestion
from tests.replies.conftest import TUESDAY

DESK_OPEN = "Un guichet sera ouvert le samedi matin."
HOUSES = "Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI."
IF_STATE = "Si l’État maintient ses aides, nous irons jusqu’à 150."


@pytest.fixture
def reading(reply, text):
    """A reading written by hand, so that these tests do not depend on what the engine finds."""
    reply.readings.all().delete()
    return Reading.objects.create(reply=reply, text=text, engine="tests", made_at=TUESDAY)


@pytest.fixture
def suggest(reading, span):
    def made(words, codes, *, level="", tier="sure"):
        start, end = span(words)
        kind = Suggestion.Kind.COMMITMENT if level else Suggestion.Kind.PASSAGE
        return Suggestion.objects.create(reading=reading, kind=kind, start=start, end=end, questions=codes, level=level, tier=tier, score=0.9)

    return made


def quotes(reply):
    return [(one.question.number if one.question else None, one.level, one.quote) for one in reply.extracts.select_related("question", "text")]


def test_a_kept_suggestion_is_the_exact_span_with_its_level(claimed, diane, suggest):
    suggestion = suggest(HOUSES, ["Q2"], level="firm")
    acts.keep(actor=diane, reply=claimed, suggestion=suggestion)
    assert quotes(claimed) == [(2, "firm", HOUSES)]
    assert suggestion.decision.verb == Decision.Verb.ACCEPTED


def test_a_passage_for_two_questions_makes_two_extracts(claimed, diane, suggest):
    acts.keep(actor=diane, reply=claimed, suggestion=suggest(HOUSES, ["Q2", "Q3"]))
    assert quotes(claimed) == [(2, "", HOUSES), (3, "", HOUSES)]


def test_a_suggestion_kept_with_another_level_is_remembered_as_relabelled(claimed, diane, suggest):
    suggestion = suggest(IF_STATE, ["Q2"], level="firm")
    acts.keep(actor=diane, reply=claimed, suggestion=suggestion, level="conditional")
    assert quotes(claimed) == [(2, "conditional", IF_STATE)]
    assert suggestion.decision.verb == Decision.Verb.RELABELLED


def test_a_suggestion_kept_with_another_span_is_remembered_as_moved(claimed, diane, suggest, span):
    suggestion = suggest(HOUSES, ["Q2"], level="firm")
    acts.keep(actor=diane, reply=claimed, suggestion=suggestion, span=span("Nous construirons 120 logements sociaux"))
    assert quotes(claimed) == [(2, "firm", "Nous construirons 120 logements sociaux")]
    assert suggestion.decision.verb == Decision.Verb.MOVED


def test_a_suggestion_can_go_to_another_question(claimed, diane, suggest, questions):
    acts.keep(actor=diane, reply=claimed, suggestion=suggest(DESK_OPEN, ["Q2"], level="firm"), question=questions[0])
    assert quotes(claimed) == [(1, "firm", DESK_OPEN)]


def test_a_commitment_that_nobody_asked_for_is_kept_outside_the_questions(claimed, diane, suggest):
    acts.keep(actor=diane, reply=claimed, suggestion=suggest(DESK_OPEN, [], level="firm"))
    assert quotes(claimed) == [(None, "firm", DESK_OPEN)]


def test_a_rejected_suggestion_leaves_no_extract_and_cannot_be_decided_twice(claimed, diane, suggest):
    suggestion = suggest(HOUSES, ["Q2"])
    acts.reject(actor=diane, reply=claimed, suggestion=suggestion)
    assert quotes(claimed) == []
    with pytest.raises(ActRefusedError, match="déjà réglée"):
        acts.keep(actor=diane, reply=claimed, suggestion=suggestion)


def test_keeping_all_that_is_sure_settles_the_question_and_leaves_the_doubts(claimed, diane, suggest, questions):
    suggest(HOUSES, ["Q2"])
    suggest(HOUSES, ["Q2"], level="firm")
    doubt = suggest(IF_STATE, ["Q2"], level="conditional", tier="check")
    acts.keep_sure(actor=diane, reply=claimed, question=questions[1])
    assert quotes(claimed) == [(2, "", HOUSES), (2, "firm", HOUSES)]
    assert Answer.objects.get(reply=claimed).stance == "answers"
    assert not Decision.objects.filter(suggestion=doubt).exists()


def test_a_passage_kept_for_two_questions_leaves_the_second_to_be_settled_by_the_same_key(claimed, diane, suggest, questions):
    suggest(HOUSES, ["Q2", "Q3"])
    acts.keep_sure(actor=diane, reply=claimed, question=questions[1])
    acts.keep_sure(actor=diane, reply=claimed, question=questions[2])
    assert quotes(claimed) == [(2, "", HOUSES), (3, "", HOUSES)]
    assert list(Answer.objects.filter(reply=claimed).values_list("stance", flat=True)) == ["answers", "answers"]


def test_the_commitments_of_a_paragraph_follow_it_to_the_question_that_a_person_chose(claimed, diane, suggest, questions):
    passage = suggest(f"{HOUSES} {IF_STATE}", ["Q3"])
    promise = suggest(HOUSES, ["Q3"], level="firm")
    acts.keep(actor=diane, reply=claimed, suggestion=passage, question=questions[1])
    acts.keep_sure(actor=diane, reply=claimed, question=questions[1])
    assert quotes(claimed) == [(2, "", f"{HOUSES} {IF_STATE}"), (2, "firm", HOUSES)]
    assert promise.decision.verb == Decision.Verb.RELABELLED
    with pytest.raises(ActRefusedError, match="rien de sûr"):
        acts.keep_sure(actor=diane, reply=claimed, question=questions[2])


def test_a_passage_kept_where_the_machine_put_it_moves_no_commitment(claimed, diane, suggest, questions):
    acts.keep(actor=diane, reply=claimed, suggestion=suggest(f"{HOUSES} {IF_STATE}", ["Q2"]))
    acts.keep(actor=diane, reply=claimed, suggestion=suggest(HOUSES, ["Q3"], level="firm"))
    assert quotes(claimed) == [(2, "", f"{HOUSES} {IF_STATE}"), (3, "firm", HOUSES)]


def test_where_the_machine_is_sure_of_nothing_there_is_nothing_to_keep_at_once(claimed, diane, suggest, questions):
    suggest(HOUSES, ["Q2"], tier="check")
    with pytest.raises(ActRefusedError, match="rien de sûr"):
        acts.keep_sure(actor=diane, reply=claimed, question=questions[1])


def test_a_passage_is_added_by_its_words_after_an_emoji(claimed, diane, questions, span):
    made = acts.add(actor=diane, reply=claimed, quote=DESK_OPEN, question=questions[0], level="firm")
    assert (made.start, made.end) == span(DESK_OPEN)
    assert made.quote == DESK_OPEN


def test_pasted_words_may_differ_by_their_blanks_and_by_nothing_else(claimed, diane, questions):
    made = acts.add(actor=diane, reply=claimed, quote="1. Domiciliation Oui : le CCAS  domiciliera\ntoute personne", question=questions[0])
    assert made.quote == "1. Domiciliation\nOui : le CCAS domiciliera toute personne"
    with pytest.raises(ActRefusedError, match="à la lettre près"):
        acts.add(actor=diane, reply=claimed, quote="Le CCAS domicilie toute personne", question=questions[0])


def test_words_that_stand_twice_are_not_guessed(claimed, diane, questions):
    with pytest.raises(ActRefusedError, match="2 fois"):
        acts.add(actor=diane, reply=claimed, quote="Nous", question=questions[0])


def test_a_passage_must_answer_something_or_commit_to_something(claimed, diane):
    with pytest.raises(ActRefusedError, match="à quelle question"):
        acts.add(actor=diane, reply=claimed, quote=DESK_OPEN)


def test_a_span_outside_the_letter_is_refused(claimed, diane, text, questions):
    with pytest.raises(ActRefusedError, match="pas dans la lettre"):
        acts.add(actor=diane, reply=claimed, text=text, span=(10, len(text.text) + 1), question=questions[0])


def test_blanks_at_the_ends_of_a_selection_are_left_out(claimed, diane, text, questions, span):
    start, end = span(DESK_OPEN)
    assert acts.add(actor=diane, reply=claimed, text=text, span=(start - 1, end + 2), question=questions[0]).quote == DESK_OPEN


def test_a_passage_is_cut_in_two_and_the_second_half_sent_elsewhere(claimed, diane, questions, text, span):
    whole = acts.add(actor=diane, reply=claimed, quote=f"{HOUSES} {IF_STATE}", question=questions[1])
    first, second = acts.split(actor=diane, reply=claimed, extract=whole, at=span(IF_STATE)[0])
    acts.change(actor=diane, reply=claimed, extract=second, question=questions[2])
    assert quotes(claimed) == [(2, "", HOUSES), (3, "", IF_STATE)]
    assert first.pk == whole.pk


def test_a_passage_is_not_cut_at_its_edge(claimed, diane, questions):
    whole = acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1])
    with pytest.raises(ActRefusedError, match="à l’intérieur"):
        acts.split(actor=diane, reply=claimed, extract=whole, at=whole.start)


def test_the_level_of_a_kept_passage_can_change_but_not_become_another_kept_one(claimed, diane, questions):
    one = acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1], level="firm")
    acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1], level="intention")
    with pytest.raises(ActRefusedError, match="déjà gardé"):
        acts.change(actor=diane, reply=claimed, extract=one, level="intention")
    assert sorted(level for _, level, _ in quotes(claimed)) == ["firm", "intention"]


def test_an_answer_needs_a_quotation(claimed, diane, questions):
    with pytest.raises(ActRefusedError, match="au moins un passage"):
        acts.settle(actor=diane, reply=claimed, question=questions[0], stance="answers")


def test_a_question_with_a_kept_passage_is_not_skipped(claimed, diane, questions):
    acts.add(actor=diane, reply=claimed, quote=DESK_OPEN, question=questions[0])
    with pytest.raises(ActRefusedError, match="répond en partie"):
        acts.settle(actor=diane, reply=claimed, question=questions[0], stance="skips")


@pytest.mark.parametrize("stance", ["skips", "refers", "refuses"])
def test_a_question_can_be_settled_without_any_quotation(claimed, diane, questions, stance):
    assert acts.settle(actor=diane, reply=claimed, question=questions[0], stance=stance).stance == stance


def test_a_refusal_of_the_whole_questionnaire_settles_every_cell_in_one_gesture(claimed, diane):
    acts.refuse_all(actor=diane, reply=claimed)
    assert [one.stance for one in claimed.answers.all()] == ["refuses", "refuses", "refuses"]
    assert claimed.nature == Reply.Nature.REFUSAL
    acts.undo(actor=diane, reply=claimed)
    assert not claimed.answers.exists()
    assert claimed.nature == Reply.Nature.ANSWER


def test_undo_gives_back_the_grid_and_redo_the_gesture_with_the_same_keys(claimed, diane, suggest):
    suggestion = suggest(HOUSES, ["Q2"], level="firm")
    (made,) = acts.keep(actor=diane, reply=claimed, suggestion=suggestion)
    acts.undo(actor=diane, reply=claimed)
    assert quotes(claimed) == []
    assert not Decision.objects.exists()
    acts.redo(actor=diane, reply=claimed)
    assert quotes(claimed) == [(2, "firm", HOUSES)]
    assert Extract.objects.get().pk == made.pk


def test_gestures_are_undone_from_the_last_to_the_first(claimed, diane, questions):
    for question in questions:
        acts.settle(actor=diane, reply=claimed, question=question, stance="skips")
    acts.undo(actor=diane, reply=claimed)
    acts.undo(actor=diane, reply=claimed)
    assert [one.question.number for one in claimed.answers.all()] == [1]
    acts.redo(actor=diane, reply=claimed)
    assert [one.question.number for one in claimed.answers.all()] == [1, 2]


def test_a_new_gesture_after_an_undo_forgets_what_was_undone(claimed, diane, questions):
    acts.settle(actor=diane, reply=claimed, question=questions[0], stance="skips")
    acts.undo(actor=diane, reply=claimed)
    acts.settle(actor=diane, reply=claimed, question=questions[0], stance="refers")
    with pytest.raises(ActRefusedError, match="rien à rétablir"):
        acts.redo(actor=diane, reply=claimed)
    assert claimed.answers.get().stance == "refers"


def test_with_nothing_done_there_is_nothing_to_undo(claimed, diane):
    with pytest.raises(ActRefusedError, match="plus rien à annuler"):
        acts.undo(actor=diane, reply=claimed)


def test_a_refused_gesture_leaves_no_step_behind(claimed, diane, questions):
    acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1], level="firm")
    other = acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1])
    with pytest.raises(ActRefusedError):
        acts.change(actor=diane, reply=claimed, extract=other, level="firm")
    assert claimed.steps.count() == 2
