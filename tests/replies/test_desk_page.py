"""The review desk: the same gestures with a script and without, and a page that never disagrees with its fragment."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from plaidoyer.replies import acts
from plaidoyer.replies.models import Reading, Reply, Suggestion
from tests.replies.conftest import TUESDAY

HOUSES = "Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI."
DESK_OPEN = "Un guichet sera ouvert le samedi matin."


@pytest.fixture
def suggestions(reply, text, span):
    """One passage and one commitment for question 2, by hand."""
    reply.readings.all().delete()
    reading = Reading.objects.create(reply=reply, text=text, engine="tests", made_at=TUESDAY)
    start, end = span(HOUSES)
    return [
        Suggestion.objects.create(reading=reading, kind=kind, start=start, end=end, questions=["Q2"], level=level, tier="sure", score=0.9)
        for kind, level in (("passage", ""), ("commitment", "firm"))
    ]


@pytest.fixture
def desk(claimed, suggestions, diane, as_user):
    browser = as_user(diane)

    class Desk:
        page = reverse("replies:desk", args=[claimed.pk])

        def look(self, **query):
            return BeautifulSoup(browser.get(self.page, query).content, "html.parser")

        def gesture(self, *, fetch=False, **fields):
            headers = {"X-Requested-With": "fetch"} if fetch else {}
            return browser.post(reverse("replies:gesture", args=[claimed.pk]), fields, headers=headers)

    return Desk()


def plain(node):
    """The HTML without what changes at each rendering."""
    html = node.decode_contents() if hasattr(node, "decode_contents") else node
    html = re.sub(r'name="csrfmiddlewaretoken"[^>]*', "", html)
    return BeautifulSoup(re.sub(r"\s+", " ", html), "html.parser").prettify()


def test_the_letter_on_the_desk_is_the_letter_to_the_letter(desk, text):
    runs = desk.look().select(".sheet [data-s]")
    for run in runs:
        start = int(run["data-s"])
        assert text.text[start : start + len(run.string)] == run.string
    assert sum(len(run.string) for run in runs) == sum(len(block.strip()) for block in re.split(r"\n\s*\n", text.text) if block.strip())


def test_offsets_after_an_emoji_count_one_for_the_emoji(desk, span):
    run = next(run for run in desk.look().select(".sheet [data-s]") if run.string == HOUSES)
    assert int(run["data-s"]) == span(HOUSES)[0]


def test_each_question_has_its_cell_and_the_first_left_is_open(desk):
    page = desk.look()
    assert [cell["data-q"] for cell in page.select(".qc")] == ["1", "2", "3"]
    assert [cell["data-q"] for cell in page.select(".qc[open]")] == ["1"]
    assert [cell["data-q"] for cell in desk.look(q="2").select(".qc[open]")] == ["2"]


@pytest.mark.parametrize("fields", [{"do": "keep_sure::2"}, {"do": "settle::1", "stance-1": "skips"}, {"do": "undo::"}])
def test_the_fragment_is_the_main_part_of_the_fresh_page(desk, fields):
    fragment = desk.gesture(fetch=True, **fields)
    fresh = desk.look(q=fields["do"].split(":")[2] if fields["do"].startswith("undo") else "")
    assert fragment.status_code == (422 if fields["do"] == "undo::" else 200)
    page = BeautifulSoup(fragment.content, "html.parser")
    for said in page.select(".said"):
        said.decompose()
    assert plain(page) == plain(fresh.select_one("main"))


def test_without_a_script_a_gesture_redirects_to_its_question(desk, claimed, suggestions):
    answer = desk.gesture(do=f"keep:s{suggestions[1].pk}:2", **{f"level-2-s{suggestions[1].pk}": "conditional"})
    assert answer.url == f"{desk.page}?q=2#q2"
    assert [(one.quote, one.level) for one in claimed.extracts.all()] == [(HOUSES, "conditional")]


def test_one_gesture_keeps_all_that_is_sure_and_settles_the_question(desk, claimed):
    desk.gesture(do="keep_sure::2")
    assert [one.level for one in claimed.extracts.all()] == ["", "firm"]
    assert claimed.answers.get().stance == "answers"


def test_a_settled_question_says_what_is_left_to_check(desk, suggestions, span):
    start, end = span(DESK_OPEN)
    Suggestion.objects.create(reading=suggestions[0].reading, kind="passage", start=start, end=end, questions=["Q2"], tier="check", score=0.6)
    desk.gesture(do="keep_sure::2")
    assert desk.look(q="2").select_one("#q2 > summary .note").text == "répond, 2 passages, reste 1 à vérifier"
    for number in ("1", "3"):
        desk.gesture(do=f"settle::{number}", **{f"stance-{number}": "skips"})
    assert desk.look().select_one("#finish .note").text.startswith("Restent des passages à vérifier : question 2.")


def test_the_end_of_the_grid_says_that_commitments_outside_the_questions_wait(desk, suggestions, span):
    start, end = span(DESK_OPEN)
    Suggestion.objects.create(
        reading=suggestions[0].reading, kind="commitment", start=start, end=end, questions=[], level="firm", tier="sure", score=0.9
    )
    for number in ("1", "2", "3"):
        desk.gesture(do=f"settle::{number}", **{f"stance-{number}": "skips"})
    assert "Hors questions : 1 engagement proposé que personne n’a gardé." in desk.look().select_one("#finish .note").text


def test_without_a_script_the_stance_comes_from_the_radio_of_its_question(desk, claimed):
    desk.gesture(do="settle::3", **{"stance-1": "refuses", "stance-3": "skips"})
    assert [(one.question.number, one.stance) for one in claimed.answers.all()] == [(3, "skips")]


def test_without_a_script_a_passage_is_added_by_pasting_its_words(desk, claimed):
    desk.gesture(gesture="pick", key="", text="", start="", end="", quote=DESK_OPEN, question="1", level="firm")
    assert [(one.quote, one.question.number, one.level) for one in claimed.extracts.all()] == [(DESK_OPEN, 1, "firm")]


def test_with_a_script_a_passage_is_added_by_its_place(desk, claimed, text, span):
    start, end = span(DESK_OPEN)
    desk.gesture(fetch=True, gesture="pick", key="", text=text.pk, start=start, end=end, question="0", level="intention")
    assert [(one.quote, one.question, one.level) for one in claimed.extracts.all()] == [(DESK_OPEN, None, "intention")]


def test_a_suggestion_is_adjusted_without_a_script(desk, claimed, suggestions):
    page = desk.look(ajuster=f"s{suggestions[1].pk}", q="2")
    assert page.select_one("#pick textarea").string.strip() == HOUSES
    desk.gesture(gesture="pick", key=f"s{suggestions[1].pk}", quote="Nous construirons 120 logements sociaux", question="2", level="firm")
    assert [one.quote for one in claimed.extracts.all()] == ["Nous construirons 120 logements sociaux"]


def test_a_kept_passage_changes_level_question_and_bounds(desk, claimed, diane, questions):
    kept = acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1], level="firm")
    desk.gesture(do=f"relabel:e{kept.pk}:2", level="intention")
    desk.gesture(do=f"reassign:e{kept.pk}:3")
    desk.gesture(gesture="pick", key=f"e{kept.pk}", quote="120 logements sociaux", question="3", level="intention")
    kept.refresh_from_db()
    assert (kept.quote, kept.question.number, kept.level) == ("120 logements sociaux", 3, "intention")


def test_a_kept_passage_is_cut_where_the_pasted_words_begin(desk, claimed, diane, questions):
    kept = acts.add(actor=diane, reply=claimed, quote=HOUSES, question=questions[1])
    desk.gesture(gesture="split", key=f"e{kept.pk}", quote="dont 40 en PLAI.")
    assert [one.quote for one in claimed.extracts.all()] == ["Nous construirons 120 logements sociaux pendant le mandat,", "dont 40 en PLAI."]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"gesture": "publier"},
        {"do": "keep:s999999:2"},
        {"do": "keep:e1:2"},
        {"do": "settle::9", "stance-9": "skips"},
        {"do": "settle::1"},
        {"do": "settle::1", "stance": "oui"},
        {"do": "nature:inconnue:"},
        {"gesture": "pick", "quote": ""},
        {"gesture": "pick", "quote": "Jamais écrit.", "question": "1"},
        {"gesture": "pick", "text": "1", "start": "0", "end": "99999999", "question": "1"},
        {"do": "::::"},
    ],
)
def test_a_gesture_that_makes_no_sense_is_refused_in_a_sentence_and_changes_nothing(desk, claimed, fields):
    answer = desk.gesture(fetch=True, **fields)
    assert answer.status_code == 422
    assert "error" in BeautifulSoup(answer.content, "html.parser").select_one(".said p")["class"]
    assert not claimed.extracts.exists()
    assert not claimed.answers.exists()


def test_the_desk_says_who_is_reading_and_offers_nothing_to_others(as_user, amina, desk):
    page = BeautifulSoup(as_user(amina).get(desk.page).content, "html.parser")
    assert "Diane Test relit cette réponse" in page.get_text()
    assert not page.select("button[name=do]")
    assert not page.select("#pick")


def test_somebody_else_s_gesture_is_refused_while_it_is_claimed(as_user, amina, claimed, desk):
    answer = as_user(amina).post(reverse("replies:gesture", args=[claimed.pk]), {"do": "keep_sure::2"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 422
    assert "Diane Test relit cette réponse" in answer.content.decode()


def test_an_observer_looks_and_a_gesture_of_theirs_is_forbidden(as_user, emile, claimed, desk):
    browser = as_user(emile)
    assert browser.get(desk.page).status_code == 200
    assert browser.post(reverse("replies:gesture", args=[claimed.pk]), {"do": "keep_sure::2"}).status_code == 403
    assert browser.post(reverse("replies:claim", args=[claimed.pk])).status_code == 403


def test_a_letter_in_the_tray_is_sent_to_its_page_first(as_user, diane, receive):
    waiting = receive("Bonjour.")
    assert as_user(diane).get(reverse("replies:desk", args=[waiting.pk])).url == waiting.get_absolute_url()


def test_from_the_claim_to_the_end_by_forms_alone(as_user, diane, reply, suggestions):
    browser = as_user(diane)
    browser.post(reverse("replies:claim", args=[reply.pk]))
    gesture = reverse("replies:gesture", args=[reply.pk])
    browser.post(gesture, {"do": "keep_sure::2"})
    browser.post(gesture, {"do": "settle::1", "stance-1": "skips"})
    assert browser.post(reverse("replies:finish", args=[reply.pk])).url == f"{reverse('replies:desk', args=[reply.pk])}"
    browser.post(gesture, {"do": "settle::3", "stance-3": "refers"})
    assert browser.post(reverse("replies:finish", args=[reply.pk])).url == reverse("replies:redaction", args=[reply.pk])
    browser.post(reverse("replies:see", args=[reply.pk]))
    reply.refresh_from_db()
    assert reply.state == Reply.State.REVIEWED
    assert reply.redaction_seen_by == diane


def test_get_changes_nothing(as_user, diane, claimed):
    browser = as_user(diane)
    for name in ("gesture", "claim", "give-back", "finish", "reopen", "see", "hide"):
        assert browser.get(reverse(f"replies:{name}", args=[claimed.pk])).status_code == 405


def test_the_number_of_queries_does_not_grow_with_what_is_kept(as_user, diane, claimed, questions, queries_of):
    browser = as_user(diane)
    address = reverse("replies:desk", args=[claimed.pk])
    acts.add(actor=diane, reply=claimed, quote="120 logements", question=questions[1])
    with_one = queries_of(lambda: browser.get(address))
    for words in ("40 en PLAI", "un repas à un euro", "150"):
        acts.add(actor=diane, reply=claimed, quote=words, question=questions[1])
    assert queries_of(lambda: browser.get(address)) == with_one <= 40
