"""Questions put in order in a real browser: by the mouse, by the keyboard; what the page shows is what is kept."""

# ruff: noqa: F811  a fixture has the name of what it gives

import os
import shutil

import pytest
from django.test import Client

from tests.replies.conftest import journal_emptied_after  # noqa: F401  what every test on a real server needs

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture
def page(journal_emptied_after, live_server, amina, questionnaire):
    from playwright.sync_api import sync_playwright

    client = Client()
    client.force_login(amina)
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's driver runs a loop in this thread; the server has its own
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        context = browser.new_context(viewport={"width": 1280, "height": 1200})
        context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": live_server.url}])
        opened = context.new_page()
        faults = []
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
        opened.goto(f"{live_server.url}/bureau/campagnes/valmorel-2026/questions/")
        yield opened
        assert not faults
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


SHOWN = "found => found.map(li => `${li.querySelector('.no').textContent}. ${li.querySelector('h3').textContent}`)"


def shown(page):
    return page.eval_on_selector_all(".qs > li", SHOWN)


def kept(questionnaire):
    return [str(one) for one in questionnaire.questions.filter(parent=None).order_by("number")]


def grip(page, title):
    return page.locator(".qs > li", has_text=title).locator(".grip")


def heard(page, words):
    page.wait_for_function("words => document.querySelector('[aria-live]').textContent.includes(words)", arg=words)


def test_by_the_keyboard_a_question_is_taken_moved_and_put_down(page, questionnaire):
    grip(page, "Cantine").focus()
    page.keyboard.press("Space")
    heard(page, "« Cantine » saisie, rang 3 sur 3")
    page.keyboard.press("ArrowUp")
    heard(page, "« Cantine », rang 2 sur 3")
    assert kept(questionnaire)[2] == "3. Cantine"  # in hand: nothing is written yet
    page.keyboard.press("Space")
    heard(page, "« Cantine » est placée au rang 2 sur 3")
    order = ["1. Domiciliation", "2. Cantine", "3. Logement social"]
    assert shown(page) == kept(questionnaire) == order
    assert "Déplacer la question 2" in page.evaluate("document.activeElement.textContent")
    page.reload()
    assert shown(page) == order


def test_escape_puts_it_back_where_it_was(page, questionnaire):
    grip(page, "Domiciliation").focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    heard(page, "« Domiciliation » est revenue au rang 1 sur 3")
    assert shown(page) == kept(questionnaire) == ["1. Domiciliation", "2. Logement social", "3. Cantine"]


def test_by_the_mouse_a_question_is_dragged_to_its_place(page, questionnaire):
    start, goal = grip(page, "Domiciliation").bounding_box(), page.locator(".qs > li").nth(2).bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 10, goal["y"] + goal["height"] - 5, steps=10)
    page.mouse.up()
    heard(page, "« Domiciliation » est placée au rang 3 sur 3")
    assert shown(page) == kept(questionnaire) == ["1. Logement social", "2. Cantine", "3. Domiciliation"]
    assert page.locator("button", has_text="Descendre").nth(2).is_disabled()


def test_what_cannot_be_done_any_more_is_said_and_the_page_is_as_it_was(page, questionnaire):
    questionnaire.locked_at = "2026-02-20T10:00:00Z"
    questionnaire.save(update_fields=["locked_at"])
    grip(page, "Cantine").focus()
    for key in ("Space", "ArrowUp", "Space"):
        page.keyboard.press(key)
    page.wait_for_function("() => !document.querySelector('.grip')")
    assert "Les questions sont verrouillées" in page.content()
    assert shown(page)[2] == "3. Cantine"
