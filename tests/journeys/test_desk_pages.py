"""The desk in a real browser while a campaign is being written: axe, narrow and dark, and the comforts of its script."""

# ruff: noqa: F811  a fixture has the name of what it gives
from __future__ import annotations

import pytest

from plaidoyer.campaigns.acts import local, questions
from tests.journeys.test_public_pages import chromium, violations  # noqa: F401
from tests.replies.conftest import journal_emptied_after  # noqa: F401  the journal refuses to be emptied; this lifts its lock for that moment

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HERE = "/bureau/campagnes/valmorel-2026/"
# What no link of the example leads to: there the questions have been sent. All other pages are under axe in test_every_page.py.
PAGES = [
    f"{HERE}questions/", f"{HERE}questions/ajouter/", f"{HERE}questions/coller/", f"{HERE}questions/adopter/",
    "/bureau/campagnes/nouvelle/election/", f"{HERE}envois/inscrire/?nature=reminder",
]  # fmt: skip


@pytest.fixture
def lived_in(journal_emptied_after, amina, bruno, campaign, campaign_commune, sent) -> None:
    """A campaign under way: letters gone, a second version in preparation, a commune with words of its own."""
    local.edit_paragraph(actor=amina, campaign_commune=campaign_commune, introduction="Vous trouverez ci-joint une fiche sur Valmorel.")
    local.set_signatories(actor=amina, campaign=campaign, campaign_commune=None, people=[{"name": "Jeanne Aubrée", "capacity": "présidente"}])
    questions.new_version(actor=amina, campaign=campaign, reason="une coquille dans la question 2")


@pytest.fixture
def signed_in(lived_in, amina, as_user):
    """Amina's session, ready before the browser opens: Django refuses the database beside its event loop."""
    return as_user(amina).cookies["session"].value


def opened(chromium, live_server, session: str, **how):
    context = chromium.new_context(**how)
    context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
    return context.new_page()


def test_axe_finds_nothing_and_nothing_scrolls_sideways_while_the_questions_are_written(signed_in, chromium, live_server):
    page = opened(chromium, live_server, signed_in, viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(live_server.url + address)
        complaints += violations(page)
        page.emulate_media(color_scheme="dark")
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                complaints.append(f"{address} scrolls sideways at {width}")
        complaints += violations(page)
    assert complaints == []


def test_a_coordinator_orders_the_questions_by_keyboard_alone(signed_in, chromium, live_server):
    page = opened(chromium, live_server, signed_in, viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{HERE}questions/")
    page.get_by_role("button", name="Descendre la question 1").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/#q*")
    assert page.locator("ol.qs h3").all_inner_texts() == ["Logement social", "Domiciliation", "Cantine"]


def test_all_the_boxes_of_a_sending_are_unticked_at_once(signed_in, chromium, live_server):
    page = opened(chromium, live_server, signed_in, viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}{HERE}envois/inscrire/?nature=reminder")
    assert page.locator("input[name=lists]:checked").count() == 4
    page.get_by_role("button", name="Tout décocher").click()
    assert page.locator("input[name=lists]:checked").count() == 0
    page.get_by_role("button", name="Tout cocher").click()
    assert page.locator("input[name=lists]:checked").count() == 4
