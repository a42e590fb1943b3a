"""A visitor in a real browser: every public page under axe, at four widths, in light and dark, by keyboard and without JavaScript."""

# ruff: noqa: F811  a fixture has the name of what it gives
from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from plaidoyer.publication.addresses import public_addresses
from tests.publication.conftest import four_lists, published  # noqa: F401  the same town as in the tests of the room

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOWN = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.fixture
def chromium(live_server) -> Iterator:
    """A browser. Without one the journey is skipped, or fails when PLAIDOYER_FULL=1 asks for everything."""
    found = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    if found is None:
        (pytest.fail if os.environ.get("PLAIDOYER_FULL") == "1" else pytest.skip)("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture
def pages(published) -> list[str]:
    """Every public page, listed before the browser opens: Django refuses the database beside its event loop."""
    return [one.page for one in public_addresses() if one.page.endswith("/")]


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")])
@pytest.mark.anydb
def test_axe_finds_nothing_on_any_page(pages, chromium, live_server, width, scheme):
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in pages:
        page.goto(live_server.url + address)
        complaints += violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            complaints.append(f"{address} scrolls sideways at {width}")
    assert complaints == []


def test_axe_finds_nothing_when_everything_is_open(published, chromium, live_server):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(live_server.url + TOWN)
    page.get_by_role("button", name="Tout déplier").first.click()
    assert page.locator("details[open]").count() == 1
    assert page.get_by_text("renvoyées d'un bureau à l'autre").is_visible()
    assert violations(page) == []


def test_on_a_phone_without_javascript_one_question_at_a_time(published, chromium, live_server):
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(live_server.url + TOWN)
    assert [page.locator(f"#q{number}").is_visible() for number in (1, 2, 3)] == [True, False, False]
    page.get_by_text("2 : Logement social").check(force=True)
    assert [page.locator(f"#q{number}").is_visible() for number in (1, 2, 3)] == [False, True, False]
    assert not page.get_by_text("Tout déplier").first.is_visible()


def test_an_address_into_another_question_brings_it_up_on_a_phone(published, chromium, live_server):
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(live_server.url + TOWN + "#q3-liste-2")
    assert page.locator("#q3-liste-2").is_visible()
    assert not page.locator("#q1").is_visible()
    page.get_by_role("link", name="Question suivante").click()
    assert page.locator("#q1").is_visible()


def test_the_keyboard_reaches_the_content_and_opens_a_cell(published, chromium, live_server):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(live_server.url + TOWN)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.get_by_text("renvoyées d'un bureau à l'autre").is_visible()


def test_communes_are_found_as_one_types(published, chromium, live_server):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(live_server.url + "/")
    page.get_by_label("Votre commune").press_sequentially("valmo", delay=20)
    page.locator("#trouvees a").wait_for()
    assert page.locator("#trouvees a").get_attribute("href") == TOWN
    assert page.url == live_server.url + "/"
    page.get_by_label("Votre commune").press("Enter")
    assert page.url == live_server.url + "/?commune=valmo"


def test_nothing_is_asked_of_another_site_and_no_cookie_is_left(pages, chromium, live_server):
    context = chromium.new_context()
    page = context.new_page()
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    for address in pages:
        page.goto(live_server.url + address)
    assert hosts == {live_server.url.split("/")[2]}
    assert context.cookies() == []


def test_it_prints_on_a4_landscape_with_the_names_on_every_sheet(published, chromium, live_server):
    import pypdfium2

    page = chromium.new_page()
    page.goto(live_server.url + TOWN)
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert [tuple(round(side) for side in sheet.get_size()) for sheet in sheets] == [(842, 595)] * len(sheets)
    texts = [sheet.get_textpage().get_text_range() for sheet in sheets]
    for sheet in range(len(texts)):
        assert "Valmorel solidaire" in texts[sheet] or "Ce que ce tableau ne dit pas" in texts[sheet]
    assert any("empreinte" in text for text in texts)
    assert not any("Tout déplier" in text or "Imprimer" in text for text in texts)
