"""A candidate on a telephone: from the address in the mail to the receipt, then to a correction; and by keyboard, on paper, in the dark."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.journeys.example_site import by_script, served

pytestmark = [pytest.mark.anydb, pytest.mark.slow, pytest.mark.browser]

# The example's deadline has passed: it is moved, as a coordinator would, and each list has its address and the letter its mail.
PREPARE = """
import datetime
from django.utils import timezone
from plaidoyer.campaigns.acts.links import open_links
from plaidoyer.campaigns.letter_links import printed_doors
from plaidoyer.campaigns.models import Campaign
campaign = Campaign.objects.get()
today = timezone.localdate()
campaign.deadline_on = today + datetime.timedelta(days=5)
campaign.save()
campaign.election.contests.update(polling_on=today + datetime.timedelta(days=20))
open_links(actor=None, campaign=campaign, lists=campaign.lists())
for name in ("Saint-Aubrac, j’y tiens", "Bien vivre à Saint-Aubrac"):
    one = campaign.lists().get(name=name)
    print(printed_doors(campaign, campaign.lists().filter(pk=one.pk))[one.pk].url)
"""
COUNT = """
from plaidoyer.replies.models import DoorSending, Reply, Suggestion
found = DoorSending.objects.filter(candidate_list__name="Saint-Aubrac, j’y tiens").order_by("version")
print(len(found), [one.reply.state for one in found], found[1].spans[0][0], found[1].text[found[1].spans[0][1]:found[1].spans[0][2]])
print(Suggestion.objects.filter(reading__text__sha256=found[1].text_sha256, kind="passage").values_list("tier", flat=True)[0])
"""
AXE = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def door(example_home, tmp_path_factory):
    home = shutil.copytree(example_home, tmp_path_factory.mktemp("door") / "home")
    addresses = by_script(home, PREPARE).strip().splitlines()[-2:]
    with served(home) as site:
        yield site, *[site.url + "/" + one.split("/", 3)[3] for one in addresses]


class Phone:
    """A page of 390 px whose complaints are kept, and whose every stop is looked at by axe, at three widths."""

    def __init__(self, browser, **more) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce", **more)
        self.page, self.complaints = self.context.new_page(), []
        self.page.set_default_timeout(30_000)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" and "422" not in said.text else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def look(self) -> None:
        from axe_playwright_python.base import AXE_SCRIPT

        for width in (320, 390, 1280):
            self.page.set_viewport_size({"width": width, "height": 844})
            if (found := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.complaints.append(f"{self.page.url}: {found} px wide at {width}")
        self.page.set_viewport_size({"width": 390, "height": 844})
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            if not self.page.evaluate("'axe' in window"):
                self.page.evaluate(AXE_SCRIPT)
            self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            told = "(options) => axe.run(options).then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
            for rule, nodes in self.page.evaluate(told, {"resultTypes": ["violations"], "runOnly": AXE}):
                self.complaints.append(f"{self.page.url} [{scheme}] {rule}: {' | '.join(node[:160] for node in nodes[:3])}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()


def test_from_the_mail_to_the_receipt_to_a_correction(browser, door):
    site, address, _ = door
    phone = Phone(browser)
    page = phone.page

    # a scanner has been there first; the address still opens, and the page has a clean one
    page.goto(address)
    page.goto(address)
    phone.look()
    phone.press("Ouvrir la page")
    page.wait_for_url("**/repondre/page/")
    assert page.evaluate("document.referrer").count("-") == 0
    phone.look()

    # words save themselves; the page is left, and found again
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_label(re.compile("Logement social")).fill("Trente logements, dont dix en PLAI.")
    page.get_by_text("Brouillon enregistré").wait_for()
    page.goto("about:blank")
    page.goto(f"{site.url}/repondre/page/")
    assert page.get_by_label(re.compile("Logement social")).input_value() == "Trente logements, dont dix en PLAI."

    # the programme is joined; what is missing is asked, and nothing is lost
    page.set_input_files("#files", [{"name": "programme.txt", "mimeType": "text/plain", "buffer": b"Notre programme : trente logements."}])
    phone.press("Voir ce qui sera envoyé")
    assert "Écrivez le prénom et le nom" in page.inner_text("main [role=alert]")
    phone.look()
    page.get_by_label("Prénom et nom").fill("Paul-Henri Sauvagnac")
    page.get_by_label("tête de liste").check()
    page.set_input_files("#files", [{"name": "programme.txt", "mimeType": "text/plain", "buffer": b"Notre programme : trente logements."}])
    phone.press("Voir ce qui sera envoyé")
    page.wait_for_url("**/apercu/")
    phone.look()
    fingerprint = page.inner_text("code.hash")

    # sent twice by an impatient thumb: one receipt
    page.get_by_role("button", name="Envoyer notre réponse").dblclick()
    page.wait_for_url("**/envoi/1/")
    phone.look()
    assert page.locator("code.hash").first.inner_text() == fingerprint
    with page.expect_download() as given:
        page.get_by_role("link", name="texte", exact=True).click()
    assert fingerprint in given.value.path().read_text(encoding="utf-8")

    is_whole_on_paper(page)

    # a correction is another version
    page.get_by_role("link", name="Corriger notre réponse").click()
    page.get_by_label(re.compile("Logement social")).fill("Quarante logements, dont quinze en PLAI.")
    phone.press("Voir ce qui sera envoyé")
    phone.press("Envoyer notre réponse")
    page.wait_for_url("**/envoi/2/")
    page.get_by_role("link", name="Corriger notre réponse").click()
    received = page.locator("section[aria-labelledby=sent]").inner_text()
    assert {"Version 1", "Version 2"} <= set(re.findall(r"Version \d", received))
    phone.look()

    two_texts_meet(phone, site)
    phone.context.close()

    assert [one for one in phone.complaints if "409" not in one] == []
    assert site.faults() == []
    assert by_script(site.home, COUNT).splitlines() == ["2 ['read', 'read'] Q3 Quarante logements, dont quinze en PLAI.", "sure"]
    assert address.rsplit("/", 2)[1] not in site.log.read_text(encoding="utf-8")


def is_whole_on_paper(page) -> None:
    """The receipt, without its buttons."""
    page.emulate_media(media="print")
    assert page.locator("article.sheet").is_visible()
    assert page.get_by_role("button").filter(visible=True).count() == 0
    page.emulate_media(media="screen")


def two_texts_meet(phone: Phone, site) -> None:
    """The page of a refusal is looked at on the way; then two tabs write under one question."""
    page = phone.page
    page.get_by_role("link", name="Nous ne souhaitons pas répondre").first.click()
    page.wait_for_url("**/ne-pas-repondre/")
    phone.look()
    other = phone.context.new_page()
    for one in (page, other):
        one.goto(f"{site.url}/repondre/page/")
    page.get_by_label(re.compile("Cantine")).fill("Un euro.")
    page.get_by_role("button", name="Enregistrer et revenir plus tard").click()
    page.wait_for_load_state()
    other.get_by_label(re.compile("Cantine")).fill("Deux euros.")
    other.wait_for_url("**/choisir/")
    page.goto(f"{site.url}/repondre/page/choisir/")
    phone.look()
    phone.press("Enregistrer ce choix")
    page.wait_for_url("**/repondre/page/")


def test_by_keyboard_and_without_a_script(browser, door):
    """Tab, type, Enter: the whole page, as somebody does who has no mouse and whose telephone runs no script."""
    site, _, address = door  # another list: the tests may run in any order
    phone = Phone(browser, java_script_enabled=False)
    page = phone.page
    page.goto(address)
    tab_to(page, "Ouvrir la page")
    page.keyboard.press("Enter")
    page.wait_for_url("**/repondre/page/")
    page.get_by_label(re.compile("Impayés")).focus()
    page.keyboard.type("Un fonds d’avance.")
    page.get_by_role("button", name="Enregistrer et revenir plus tard").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Brouillon enregistré").wait_for()
    assert page.get_by_label(re.compile("Impayés")).input_value() == "Un fonds d’avance."
    assert "Brouillon enregistré" in page.inner_text("#saved")
    page.get_by_role("button", name="Fermer cette page").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/repondre/")
    page.goto(f"{site.url}/repondre/page/")
    assert "Cette page est fermée" in page.inner_text("h1")
    phone.context.close()


def tab_to(page, name: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.get_by_role("button", name=name).and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"« {name} » is not reached by the keyboard")
