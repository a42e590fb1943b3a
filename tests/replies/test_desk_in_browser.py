"""The desk in a real browser: by keyboard alone, by mouse, with an emoji in the letter."""

import os
import shutil

import pytest
from django.test import Client
from django.urls import reverse

from plaidoyer.replies import acts
from plaidoyer.replies.models import Reading, Reply, Suggestion
from tests.replies.letters import ANSWER

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
HOUSES = "Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI."
DESK_OPEN = "Un guichet sera ouvert le samedi matin."


@pytest.fixture
def on_tuesday():
    """In a browser time goes on: nothing here depends on the date."""


@pytest.fixture
def waiting(journal_emptied_after, amina, diane, campaign, lists):
    reply = acts.receive(actor=amina, campaign=campaign, files=[("réponse.txt", ANSWER.encode())], candidate_list=lists[0]).reply
    reply.refresh_from_db()
    reply.readings.all().delete()
    text = reply.originals.get().texts.get()
    reading = Reading.objects.create(reply=reply, text=text, engine="tests", made_at=reply.received_at)
    for words, codes, level in ((HOUSES, ["Q2"], ""), (HOUSES, ["Q2"], "firm"), (DESK_OPEN, ["Q1"], "firm")):
        start = text.text.index(words)
        kind = "commitment" if level else "passage"
        Suggestion.objects.create(
            reading=reading, kind=kind, start=start, end=start + len(words), questions=codes, level=level, tier="sure", score=0.9
        )
    return reply


@pytest.fixture
def page(live_server, diane, waiting):
    from playwright.sync_api import sync_playwright

    client = Client()
    client.force_login(diane)
    acts.claim(actor=diane, reply=waiting)
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop in this thread; the server has its own
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
        opened = context.new_page()
        faults = []
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.goto(live_server.url + reverse("replies:desk", args=[waiting.pk]))
        yield opened
        assert not faults
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def kept(reply):
    return [(one.question.number if one.question else None, one.level, one.quote) for one in reply.extracts.select_related("question", "text")]


def settled(page, count):
    page.wait_for_selector(f"#pq[value='{count}']")


def test_a_letter_is_settled_and_finished_by_keyboard_alone(page, waiting):
    page.keyboard.press("Enter")  # question 1: keep what is sure, settle
    settled(page, 1)
    page.keyboard.press("Enter")  # question 2
    settled(page, 2)
    page.keyboard.press("n")  # question 3 is not addressed
    settled(page, 3)
    page.keyboard.press("Enter")  # « Terminer » has the focus
    page.wait_for_url("**/masquer/")
    waiting.refresh_from_db()
    assert waiting.state == Reply.State.REVIEWED
    assert kept(waiting) == [(1, "firm", DESK_OPEN), (2, "", HOUSES), (2, "firm", HOUSES)]
    assert [one.stance for one in waiting.answers.all()] == ["answers", "answers", "skips"]


def test_undo_and_redo_by_keyboard(page, waiting):
    page.keyboard.press("n")
    page.wait_for_selector(".said .error, #pq[value='1']")
    page.keyboard.press("Control+z")
    settled(page, 0)
    assert kept(waiting) == []
    page.keyboard.press("Control+y")
    settled(page, 1)


def test_a_span_is_shortened_word_by_word(page, waiting):
    page.keyboard.press("j")  # the suggestion of question 1
    page.keyboard.press("a")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#quote").input_value() == "Un guichet sera ouvert le"
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("i")
    page.keyboard.press("Enter")
    page.wait_for_selector(".card.kept")
    assert kept(waiting) == [(1, "intention", "guichet sera ouvert le")]


def test_words_selected_with_the_mouse_after_an_emoji_are_the_words_kept(page, waiting):
    run = page.locator("[data-s]", has_text="un repas à un euro").first
    run.scroll_into_view_if_needed()
    box = run.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 41)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 41, steps=4)
    page.mouse.up()
    page.wait_for_selector("#pick.is-on")
    chosen = page.locator("#quote").input_value()
    page.locator("#pick select[name=question]").select_option("3")
    page.locator("#pick button[value=pick]").click()
    page.wait_for_selector(".card.kept")
    assert kept(waiting) == [(3, "", chosen)]
    assert chosen in ANSWER
    assert len(chosen.split()) > 1


def test_another_question_and_another_level_are_one_key_each(page, waiting):
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.wait_for_selector(".card.kept", state="attached")
    assert kept(waiting) == [(3, "firm", DESK_OPEN)]


def test_a_passage_sent_to_another_question_leaves_the_reader_where_she_was(page, waiting):
    page.keyboard.press("j")
    page.keyboard.press("3")
    page.wait_for_selector("#q3 .card.kept", state="attached")
    assert page.locator(".qc[open]").get_attribute("data-q") == "1"


def test_enter_keeps_a_passage_after_a_click_on_its_question(page, waiting):
    page.click("#q2 > summary")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#q2 .card.kept")
    assert kept(waiting) == [(2, "", HOUSES)]


def test_enter_on_a_question_stays_with_what_the_machine_doubts(page, waiting):
    one = Suggestion.objects.get(level="firm", questions=["Q1"])
    Suggestion.objects.create(reading=one.reading, kind="passage", start=one.start, end=one.end, questions=["Q1"], tier="check", score=0.6)
    page.reload()
    page.keyboard.press("Enter")
    settled(page, 1)
    assert page.locator("#q1 .card.cur .tier").inner_text().startswith("à vérifier")
    page.keyboard.press("x")
    page.wait_for_selector("#q1 .card.check", state="detached")
    page.keyboard.press("Enter")
    assert page.locator(".qc[open]").get_attribute("data-q") == "2"


def test_d_goes_from_doubt_to_doubt_and_says_when_none_is_left(page, waiting):
    reading = Suggestion.objects.filter(reading__reply=waiting).first().reading
    for start, codes in ((0, ["Q2"]), (10, ["Q3"])):
        Suggestion.objects.create(
            reading=reading, kind="commitment", level="firm", start=start, end=start + 6, questions=codes, tier="check", score=0.6
        )
    page.reload()
    seen = []
    for key in ("d", "d", "Shift+d"):
        page.keyboard.press(key)
        seen.append(page.locator(".card.cur").get_attribute("data-q"))
    assert seen == ["2", "3", "2"]
    for _ in range(2):
        page.keyboard.press("d")
        key = page.locator(".card.check.cur").get_attribute("data-key")
        page.keyboard.press("x")
        page.wait_for_selector(f'.card[data-key="{key}"]', state="detached")
    page.keyboard.press("d")
    assert "Il ne reste rien à vérifier" in page.locator(".said").inner_text()
