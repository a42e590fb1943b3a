"""The main job by keyboard alone, in a real browser: a reply is settled, the commune is published, read, corrected, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.journeys.example_site import PASSWORD, SLUG, Site, by_script

pytestmark = [pytest.mark.anydb, pytest.mark.browser, pytest.mark.slow]

TOWN = f"/campagnes/{SLUG}/ZZ102-saint-aubrac-les-forges/"
PATIENCE = 30_000  # milliseconds
# What the others of the collective did meanwhile: the two replies of the commune that this story does not tell, the paper that was announced,
# and the letter of nobody yet.
MEANWHILE = """
from plaidoyer.accounts.models import User
from plaidoyer.campaigns.models import Question
from plaidoyer.replies import acts
from plaidoyer.replies.models import Reply
jeanne, salome = (User.objects.get(email=f"{name}@leseuil.example") for name in ("jeanne", "salome"))
for reply in Reply.objects.in_tray():
    acts.set_aside(actor=jeanne, reply=reply, reason="un particulier")
for reply in Reply.objects.filter(candidate_list__commune="ZZ102").exclude(candidate_list__name="Les Forges solidaires"):
    if reply.is_awaiting_scan:
        acts.set_aside(actor=jeanne, reply=reply, reason="la lettre annoncée n’est pas venue")
        continue
    acts.claim(actor=salome, reply=reply)
    for question in Question.objects.asked_in(reply.campaign.communes.get(commune="ZZ102")):
        acts.settle(actor=salome, reply=reply, question=question, stance="skips")
    acts.see_redactions(actor=salome, reply=reply)
    acts.finish(actor=salome, reply=reply)
"""


class Keyboard:
    """A person without a mouse."""

    def __init__(self, browser, site: Site) -> None:
        self.site, self.page, self.faults = site, browser.new_page(viewport={"width": 1280, "height": 900}), []
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if "Content Security" in said.text else None)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def reach(self, words: str, key: str = "Tab") -> None:
        """Tab until the focus is on something that says ``words``."""
        named = """() => { const at = document.activeElement; return [at.textContent, at.ariaLabel, ...Array.from(at.labels || [], (one) => one.textContent)]
            .filter(Boolean).join(" ").replace(/\\s+/g, " ").trim() }"""
        met = []
        for _ in range(120):
            self.press(key)
            met.append(self.page.evaluate(named)[:60])
            if words in met[-1] and self.page.evaluate("document.activeElement !== document.body"):
                return
        raise AssertionError(f"« {words} » is not reached by keyboard on {self.page.url}: {met}")

    def follow(self, words: str, arrives: str) -> None:
        self.reach(words)
        with self.page.expect_navigation():
            self.press("Enter")
        assert re.search(arrives, self.page.url), self.page.url

    def sign_in(self, name: str) -> None:
        self.page.goto(f"{self.site.url}/compte/connexion/")
        self.reach("Adresse électronique")
        self.page.keyboard.type(f"{name}@leseuil.example")
        self.reach("Mot de passe")
        self.page.keyboard.type(PASSWORD)
        self.press("Enter")
        self.page.wait_for_url("**/bureau/")

    def sign_out(self) -> None:
        self.follow("Se déconnecter", "/compte/connexion/")


@pytest.fixture(scope="module")
def person(browser, site, own_copy) -> Iterator[Keyboard]:
    by_script(own_copy, MEANWHILE)
    made = Keyboard(browser, site)
    yield made
    assert made.faults == []
    assert site.faults() == []


def test_a_reply_is_settled_the_commune_published_corrected_and_withdrawn_without_a_mouse(person, site):
    settle_the_reply(person)
    publish(person)
    read_as_a_visitor(person)
    correct(person)
    withdraw(person, site)


def settle_the_reply(salome: Keyboard) -> None:
    page = salome.page
    salome.sign_in("salome")
    salome.follow("Réponses", "/bureau/reponses/")
    if "/campagne/" not in page.url:
        salome.follow("Cinq questions", "/bureau/reponses/campagne/")
    salome.follow("Les Forges solidaires", r"/bureau/reponses/\d+/")
    if not page.url.endswith("relire/"):
        salome.follow("Relire", r"/relire/$")
    page.wait_for_selector("button[autofocus]")
    salome.press("Enter")  # « Prendre en relecture » waits for it
    page.wait_for_selector("#pick", state="attached")
    settle_questions(salome)
    page.wait_for_selector("#finish .btn.main")
    page.wait_for_selector("#finish .btn.main:focus")
    salome.press("Enter")
    page.wait_for_url("**/masquer/")
    assert page.locator(".hide-list li").count() >= 1  # the address of Haut-Fourneau, the signature
    salome.follow("valider", r"/bureau/")
    salome.sign_out()


def settle_questions(salome: Keyboard) -> None:
    """On each question: keep what is sure; go on when it is settled, doubtful passages left aside; else say that it is not addressed."""
    page = salome.page
    for _ in range(25):
        if page.locator("#finish .btn.main").count():
            return
        cell = page.locator(".qc:has(.cur), .qc.cur")
        cell.wait_for()
        if page.locator(".card.cur").count():
            salome.press("k")  # back to the heading of the question
            continue
        is_proposed, is_settled = cell.locator("[data-enter]").count(), cell.locator(".stance input:checked").count()
        was = page.locator("#pq").get_attribute("value")
        salome.press("Enter" if is_proposed or is_settled else "n")
        if not is_settled:
            page.wait_for_selector(f"#pq:not([value='{was}'])", state="attached")
    raise AssertionError("the five questions are not settled after twenty-five keys")


def publish(jeanne: Keyboard) -> None:
    page = jeanne.page
    jeanne.sign_in("jeanne")
    page.goto(f"{jeanne.site.url}/bureau/reponses/campagne/{SLUG}/publier/")
    jeanne.follow("Saint-Aubrac-les-Forges", "/publier/ZZ102/")
    assert page.locator(".obstacles li:not(.done)").all_inner_texts() == []
    jeanne.reach("Publier 4 listes maintenant")
    jeanne.press("Enter")
    page.get_by_role("heading", name="ce qui est public").wait_for()


def read_as_a_visitor(visitor: Keyboard) -> None:
    page = visitor.page
    visitor.follow("Voir la page publique", TOWN)
    assert page.locator("h1").inner_text().startswith("Saint-Aubrac-les-Forges")
    visitor.follow("Les Forges solidaires", "/listes/les-forges-solidaires/")
    assert page.get_by_text("on sait ce que coûte un hiver").count() == 1
    assert page.get_by_text("12 impasse du Haut-Fourneau").count() == 0


def correct(jeanne: Keyboard) -> None:
    page = jeanne.page
    page.goto(f"{jeanne.site.url}/bureau/reponses/campagne/{SLUG}/publier/ZZ102/")
    jeanne.reach("Ce qui change")
    page.keyboard.type("La réponse d’Aubrac autrement est relue.")
    jeanne.reach("maintenant")
    jeanne.press("Enter")
    page.get_by_text("Version 2, en ligne").wait_for()
    page.goto(f"{jeanne.site.url}/campagnes/{SLUG}/corrections/")
    assert page.get_by_text("La réponse d’Aubrac autrement est relue.").count() >= 1


def withdraw(jeanne: Keyboard, site: Site) -> None:
    page = jeanne.page
    page.goto(f"{site.url}/bureau/reponses/campagne/{SLUG}/publier/ZZ102/")
    jeanne.reach("Retirer cette page")
    jeanne.press("Enter")
    jeanne.reach("Pourquoi")
    page.keyboard.type("Une erreur sur la commune.")
    jeanne.reach("Retirer")
    jeanne.press("Enter")
    page.get_by_text("Publication retirée").wait_for()
    page = page.context.browser.new_page()  # somebody else: one's own browser may keep a page for a minute
    gone = page.goto(site.url + TOWN)
    assert gone.status == 410
    assert page.get_by_text("Une erreur sur la commune.").count() == 1
    assert page.locator("h1").count() == 1
