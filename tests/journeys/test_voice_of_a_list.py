"""A list reads what we have understood of its letter, objects, is answered; once published it answers in its turn, and everybody reads it."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.example_site import PASSWORD, SLUG, Site, by_script, served
from tests.journeys.test_candidate import AXE

pytestmark = [pytest.mark.anydb, pytest.mark.slow, pytest.mark.browser]

# What the others did before: the replies of the commune are reviewed, the paper announced never came, mails are really sent.
PREPARE = """
from plaidoyer.accounts.models import User
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.plans import switch_to_real
from plaidoyer.campaigns.letter_links import printed_doors
from plaidoyer.campaigns.models import Campaign, Question
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.replies import acts
from plaidoyer.replies.models import Reply
jeanne, salome = (User.objects.get(email=f"{name}@leseuil.example") for name in ("jeanne", "salome"))
campaign = Campaign.objects.get()
for reply in Reply.objects.in_tray():
    acts.set_aside(actor=jeanne, reply=reply, reason="un particulier")
for reply in Reply.objects.filter(candidate_list__commune="ZZ102").select_related("candidate_list"):
    if reply.is_awaiting_scan:
        acts.set_aside(actor=jeanne, reply=reply, reason="la lettre annoncée n’est pas venue")
        continue
    acts.claim(actor=salome, reply=reply)
    for question in Question.objects.asked_in(campaign.communes.get(commune="ZZ102")):
        if reply.candidate_list.name == "Les Forges solidaires" and question.number == 3:
            quote = "Trente logements à bas loyer y sont prévus"
            acts.add(actor=salome, reply=reply, quote=quote, question=question, level="intention")
            acts.settle(actor=salome, reply=reply, question=question, stance="answers")
        else:
            acts.settle(actor=salome, reply=reply, question=question, stance="skips")
    acts.see_redactions(actor=salome, reply=reply)
    acts.finish(actor=salome, reply=reply)
MailAccount.objects.create(collective=campaign.collective, name="campagne", from_address="bonjour@leseuil.example", smtp_host="localhost")
switch_to_real(actor=jeanne, campaign=campaign, typed="envoi réel")
one = campaign.lists().filter(name="Les Forges solidaires")
print(printed_doors(campaign, one)[one.get().pk].url)
"""
# Three days later: the last minute that was promised to all has passed.
THREE_DAYS_LATER = """
import datetime
from django.db.models import F
from plaidoyer.campaigns.correction_models import CorrectionWindow
days = datetime.timedelta(days=5)
CorrectionWindow.objects.update(opened_at=F("opened_at") - days, closes_at=F("closes_at") - days)
"""
DESK = f"/bureau/reponses/campagne/{SLUG}/"
PUBLIC = f"/campagnes/{SLUG}/ZZ102-saint-aubrac-les-forges/listes/les-forges-solidaires/"
OBJECTION = "« Trente logements » n’est pas une intention : ils sont financés."
REASON = "La lettre dit « prévus », sans date ni budget : nous lisons ainsi les lettres de toutes les listes."
ANSWER = "Nos trente logements sont votés et financés.\n\nNotre permanence : 06 39 98 01 02."


class Person:
    """A page whose complaints are kept, and whose stops are looked at by axe as on a telephone and as at a desk."""

    def __init__(self, browser, site: Site, width: int) -> None:
        self.site, self.width, self.complaints = site, width, []
        self.page = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def goto(self, address: str) -> None:
        self.page.goto(self.site.url + address)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def words(self) -> str:
        """The page as it reads, whatever the spaces of French typography."""
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def look(self) -> None:
        from axe_playwright_python.base import AXE_SCRIPT

        self.page.evaluate(AXE_SCRIPT)
        for width in (1280, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            if (found := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.complaints.append(f"{self.page.url}: {found} px wide at {width}")
            told = "(options) => axe.run(options).then((found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"
            for rule, nodes in self.page.evaluate(told, {"resultTypes": ["violations"], "runOnly": AXE}):
                self.complaints.append(f"{self.page.url} [{width}] {rule}: {' | '.join(node[:160] for node in nodes[:3])}")
        self.page.set_viewport_size({"width": self.width, "height": 900})


@pytest.fixture(scope="module")
def door(example_home, tmp_path_factory) -> Iterator[tuple[Site, str]]:
    home = shutil.copytree(example_home, tmp_path_factory.mktemp("voice") / "home")
    address = by_script(home, PREPARE).strip().splitlines()[-1]
    with served(home) as site:
        yield site, "/" + address.split("/", 3)[3]


def test_a_list_objects_is_answered_then_answers_what_is_published(browser, door):
    site, address = door
    jeanne, forges, anybody = Person(browser, site, 1280), Person(browser, site, 390), Person(browser, site, 390)
    sign_in(jeanne)
    open_the_reading(jeanne)
    object_to_our_reading(forges, address)
    decline_with_a_reason(jeanne)
    read_the_answer(forges)
    by_script(site.home, THREE_DAYS_LATER)
    publish(jeanne)
    asked_at = ask_a_right_of_reply(forges)
    decide(jeanne)
    read_in_public(anybody, asked_at)
    forges.goto("/repondre/page/droit-de-reponse/")
    assert "Publiée." in forges.words()
    assert [*jeanne.complaints, *forges.complaints, *anybody.complaints] == []
    assert site.faults() == []


def sign_in(jeanne: Person) -> None:
    jeanne.goto("/compte/connexion/")
    jeanne.page.fill("input[name=username]", "jeanne@leseuil.example")
    jeanne.page.fill("input[name=password]", PASSWORD)
    jeanne.page.press("input[name=password]", "Enter")
    jeanne.page.wait_for_url("**/bureau/")


def open_the_reading(jeanne: Person) -> None:
    """The same last minute for all; the list that has no electronic address is told by telephone."""
    jeanne.goto(f"{DESK}publier/ZZ102/")
    jeanne.follow("relecture par les listes")
    assert jeanne.words().count("pas d’adresse électronique") == 1
    jeanne.look()
    jeanne.page.get_by_label("Jusqu’au").fill((datetime.date.today() + datetime.timedelta(days=3)).isoformat())
    jeanne.press("Prévenir toutes les listes")
    assert "Listes prévenues par courriel : 3. À prévenir autrement : « Saint-Aubrac, j’y tiens »." in jeanne.words()
    jeanne.page.get_by_label("Pas encore. Prévenue par").select_option(label="téléphone")
    jeanne.press("Noter")
    assert jeanne.page.get_by_text("Pas encore. Prévenue par").count() == 0


def object_to_our_reading(forges: Person, address: str) -> None:
    forges.goto(address)
    forges.press("Ouvrir la page")
    forges.page.wait_for_url("**/repondre/page/")
    forges.follow("Relisez notre lecture")
    read = forges.words()
    assert "Rien n’est encore public." in read
    assert "Intention « Trente logements à bas loyer y sont prévus »" in read
    assert "Aubrac autrement" not in read  # what the others have said is theirs
    third = forges.page.locator("section[aria-labelledby=q3]")
    third.get_by_text("Contester cette lecture").click()
    forges.look()
    third.get_by_label("Ce qui n’est pas juste").fill(OBJECTION)
    third.get_by_role("button", name="Envoyer cette remarque").click()
    forges.page.get_by_text("Votre remarque sur la question 3 est enregistrée.").wait_for()
    assert "Pas encore de réponse" in third.inner_text()


def decline_with_a_reason(jeanne: Person) -> None:
    """From the inbox to the commune, to the letter and back: the remark is seen everywhere on the way."""
    jeanne.goto(DESK)
    jeanne.follow("remarque de listes à examiner")
    jeanne.look()
    jeanne.follow("1 remarque à examiner")
    assert OBJECTION in jeanne.words()
    jeanne.look()
    jeanne.follow("Revoir notre lecture de la question 3")
    assert OBJECTION in jeanne.page.locator("#q3").inner_text()
    jeanne.follow("Lui répondre")
    jeanne.page.get_by_label("Votre réponse à la liste").fill(REASON)
    jeanne.press("Ne pas la retenir")
    assert "Remarque non retenue par Jeanne Aubrée" in jeanne.words()
    jeanne.goto(f"{DESK}publier/ZZ102/")
    assert "Les listes peuvent relire jusqu’au" in jeanne.page.locator(".obstacles").inner_text()
    assert jeanne.page.get_by_role("button", name="Publier 4 listes maintenant").is_disabled()


def read_the_answer(forges: Person) -> None:
    forges.goto("/repondre/page/")
    assert "Vos remarques : 1 ; nos réponses : 1." in forges.words()
    forges.look()
    forges.follow("Relisez notre lecture")
    third = re.sub(r"\s+", " ", forges.page.locator("section[aria-labelledby=q3]").inner_text())
    assert "Notre réponse : remarque non retenue" in third
    assert REASON in third
    forges.look()


def publish(jeanne: Person) -> None:
    jeanne.goto(f"{DESK}relecture/ZZ102/")
    jeanne.follow("publier Saint-Aubrac-les-Forges")
    jeanne.press("Publier 4 listes maintenant")
    jeanne.page.get_by_role("heading", name="ce qui est public").wait_for()


def ask_a_right_of_reply(forges: Person) -> datetime.datetime:
    """What was said before publication stays on the page of the list, and is told to nobody else."""
    forges.goto("/repondre/page/")
    forges.follow("Vos remarques avant publication")
    assert REASON in forges.words()
    assert "Rien n’est encore public" not in forges.words()
    forges.look()
    forges.follow("Droit de réponse")
    forges.look()
    before = datetime.datetime.now(datetime.UTC)
    forges.page.get_by_label("Votre réponse").fill(ANSWER)
    forges.page.get_by_label("Votre nom").fill("Marceline Tardieu")
    forges.page.get_by_label("En qualité de").fill("tête de liste")
    forges.press("Envoyer la demande")
    forges.page.get_by_text("Votre demande est enregistrée.").wait_for()
    assert "En attente. Reçue le" in forges.words()
    forges.look()
    return before


def decide(jeanne: Person) -> None:
    jeanne.goto(DESK)
    jeanne.follow("droit de réponse à décider")
    assert "À publier si possible avant le" in jeanne.words()
    assert jeanne.page.get_by_label("06 39 98 01 02").is_checked()
    jeanne.look()
    jeanne.press("Publier mot pour mot")
    assert "Publié par Jeanne Aubrée" in jeanne.words()


def read_in_public(anybody: Person, asked_at: datetime.datetime) -> None:
    anybody.goto(PUBLIC)
    anybody.look()
    told = re.sub(r"\s+", " ", anybody.page.locator("#droit-de-reponse").inner_text())
    (twin,) = anybody.page.request.get(anybody.site.url + PUBLIC.rstrip("/") + ".json").json()["rights_of_reply"]
    received = datetime.datetime.fromisoformat(twin["received_at"])
    assert asked_at <= received <= datetime.datetime.fromisoformat(twin["published_at"]) <= datetime.datetime.now(datetime.UTC)
    assert told.startswith("Droit de réponse de la liste")
    assert re.search(
        rf"Reçu le {received.astimezone(ZoneInfo('Europe/Paris')).day}(er)? \w+ {received.year} à .+, publié le .+ {received.year} à", told
    )
    assert "Notre permanence : [téléphone masqué]." in told
    assert "Marceline Tardieu, tête de liste" in told
    assert twin["text"] == "Nos trente logements sont votés et financés.\n\nNotre permanence : [téléphone masqué]."
    assert (twin["signed_by"], twin["capacity"], twin["about_version"]) == ("Marceline Tardieu", "tête de liste", 1)
    for secret in (OBJECTION, REASON, "06 39 98 01 02"):
        assert secret not in anybody.page.content()
