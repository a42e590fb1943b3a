"""Every page that a link leads to, for each role and for a visitor: it answers, it is whole, it fits, and axe finds nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from bs4 import Tag

from tests.journeys.example_site import Seen, Site, Visitor, reply_of, route_of, served, writing_forms

pytestmark = [pytest.mark.anydb, pytest.mark.slow]

PEOPLE = ["", "jeanne", "bruno", "salome", "emile"]
STARTS = ["/", "/visite/", "/bureau/"]
WIDTHS = (320, 390, 1280)
WCAG = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ALL_RULES: dict[str, object] = {"resultTypes": ["violations"], "runOnly": WCAG}
COLOURS: dict[str, object] = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Pages that no link leads to: refusals, doors of mails, what one sees once the work has begun.
DOORS = ["/nulle-part/", "/compte/invitation/inconnue/", "/compte/mot-de-passe-oublie/envoye/", "/compte/nouveau-mot-de-passe/MQ/faux-jeton/"]


@pytest.fixture(scope="module")
def visitors(site) -> dict[str, Visitor]:
    return {name: Visitor(site, name) for name in PEOPLE}


@pytest.fixture(scope="module")
def walks(site, visitors) -> dict[str, list[Seen]]:
    """What each person met. Salomé has begun to read a reply, so that the desk shows its buttons to somebody."""
    salome = visitors["salome"]
    assert salome.post(f"{reply_of(salome, 'Les Forges solidaires')}prendre/", {})[0] == 302
    found = {name: one.walk(STARTS, 3 if name == "jeanne" else 2) for name, one in visitors.items()}
    found[""] += [Seen(door, *door_of(site, door)) for door in DOORS]
    return found


def door_of(site: Site, door: str) -> tuple[int, str, str, str]:
    status, headers, body = Visitor(site).get(door)
    return status, f"door {door}", body.decode() if headers.get_content_type() == "text/html" else "", ""


def pages(walk: list[Seen]) -> list[Seen]:
    """One page of each kind."""
    return list({one.route: one for one in reversed(walk) if one.html}.values())


@pytest.mark.parametrize("name", PEOPLE)
def test_no_link_leads_to_a_refusal_or_a_fault(walks, site, name):
    refused = [f"{one.status} {one.address} from {one.came_from}" for one in walks[name] if one.status >= 400 and one.came_from]
    assert refused == []
    assert site.faults() == []
    assert len({one.route for one in walks[name]}) > (20 if name == "" else 50), "the crawl stopped early"


def test_who_may_do_less_sees_fewer_pages(walks):
    kinds = {name: {one.route for one in walks[name] if one.route.startswith("bureau")} for name in PEOPLE}
    assert kinds[""] == {"bureau/"}
    assert kinds["emile"] <= kinds["salome"]
    assert kinds["salome"] - {kind for kind in kinds["salome"] if "/relire/" in kind} <= kinds["jeanne"]
    assert not any(re.search("inviter|suspendre|publier/.*retirer|nouvelle-version", kind) for kind in kinds["emile"])


@pytest.mark.parametrize("name", PEOPLE)
def test_every_page_has_one_title_and_one_first_heading_in_french(walks, name):
    wrong = []
    for one in (one for one in walks[name] if one.html):
        soup = one.soup
        if [len(soup.select(what)) for what in ("html[lang=fr]", "head > title", "h1", "main")] != [1, 1, 1, 1] or not soup.title.get_text(
            strip=True
        ):
            wrong.append(f"{one.address}: {soup.title} {soup.select('h1')}")
    assert wrong == []


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_carries_inline_style_or_script(walks, name):
    """The content policy would drop them in silence."""
    inline = [(one.address, str(tag)[:120]) for one in walks[name] if one.html for tag in one.soup.find_all(is_inline)]
    assert inline == []


def is_inline(tag: Tag) -> bool:
    is_code = tag.name == "script" and not tag.has_attr("src") and "json" not in str(tag.get("type"))
    return is_code or tag.name == "style" or any(name == "style" or name.startswith("on") for name in tag.attrs)


class Watched:
    """A page of a browser whose complaints are kept."""

    def __init__(self, context, site: Site, name: str) -> None:
        self.page, self.site, self.name, self.complaints = context.new_page(), site, name, []
        self.page.set_default_timeout(30_000)
        self.page.on("console", lambda said: self.complain(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.complain(str(error)))
        self.page.on("request", lambda asked: self.complain(f"asks {asked.url}") if self.is_foreign(asked.url) else None)

    def complain(self, words: str) -> None:
        if "status of 40" not in words or not self.page.url.endswith(tuple(DOORS)):  # the browser's own remark on a page that is a refusal
            self.complaints.append(f"{self.name or 'visitor'} {self.page.url.removeprefix(self.site.url)}: {words}")

    def is_foreign(self, address: str) -> bool:
        return not address.startswith((self.site.url + "/", "data:", "blob:", "about:"))

    def open(self, address: str) -> None:
        self.page.goto(self.site.url + address)

    def check_width(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 860})
        found = self.page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            self.complain(f"{found} px wide at {width}")

    def check_axe(self, words: str, rules: dict[str, object]) -> None:
        from axe_playwright_python.base import AXE_SCRIPT

        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # the new colours are painted
        told = "(options) => axe.run(options).then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
        for rule, nodes in self.page.evaluate(told, rules):
            self.complain(f"[{words}] {rule} ({len(nodes)}): {' | '.join(node[:200] for node in nodes[:3])}")


@pytest.fixture
def watched(browser, site, visitors) -> Iterator:
    contexts = []

    def opened(name: str) -> Watched:
        context = browser.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        contexts.append(context)
        if name:
            context.add_cookies([{"name": "session", "value": visitors[name].cookie("session"), "url": site.url}])
        return Watched(context, site, name)

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_complains_scrolls_sideways_or_asks_another_host(walks, watched, name):
    here = watched(name)
    for one in pages(walks[name]):
        here.open(one.address)
        for width in WIDTHS:
            here.check_width(width)
    assert here.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("name", ["", "jeanne", "salome"])
def test_axe_finds_nothing_on_any_page(walks, watched, name):
    """Each kind of page once: by the visitor, by the coordinator, and for the reader the pages that she alone works in."""
    mine = {"salome": lambda one: "relire" in one.route or "masquer" in one.route, "jeanne": lambda one: one.route.startswith(("bureau", "compte"))}
    here, seen = watched(name), set()
    for one in pages(walks[name]):
        if not mine.get(name, lambda _: True)(one) or (one.route.partition(" ")[0] in seen):
            continue
        seen.add(one.route.partition(" ")[0])
        here.page.set_viewport_size({"width": 1280, "height": 860})
        here.page.emulate_media(color_scheme="light")
        here.open(one.address)
        here.check_axe("1280 light", ALL_RULES)
        here.page.emulate_media(color_scheme="dark")
        here.check_axe("1280 dark", COLOURS)
        here.page.emulate_media(color_scheme="light")
        here.page.set_viewport_size({"width": 390, "height": 844})
        here.check_axe("390", ALL_RULES)
    assert here.complaints == []


@pytest.fixture
def own_site(walks, site, tmp_path) -> Iterator[Site]:
    """The site as the walkers left it, for one person alone: whoever presses every button suspends people and withdraws pages."""
    with served(shutil.copytree(site.home, tmp_path / "home", ignore=shutil.ignore_patterns("server.log"))) as running:
        yield running


@pytest.mark.parametrize("name", ["emile", "salome", "bruno", "jeanne"])
def test_no_button_that_a_page_shows_is_refused(walks, own_site, name):
    """Pressed as they stand, one of each kind."""
    person, pressed = Visitor(own_site, name), {}
    for came_from, target, told in (form for one in walks[name] for form in writing_forms(one)):
        if "deconnexion" not in target:
            verbs = [value.split(":")[0] for key, value in sorted(told.items()) if key in {"do", "gesture", "way"}]
            pressed.setdefault((route_of(target), *verbs, *sorted(told)), (came_from, target, told))
    answers = [(person.post(target, told)[0], target, came_from) for came_from, target, told in pressed.values()]
    assert [] == [f"{status} {target} from {came_from}" for status, target, came_from in answers if status in {403, 405} or status >= 500]
    assert own_site.faults() == []
