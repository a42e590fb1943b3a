"""A local group of one commune: mail comes in for several, it sees its own, everywhere; and what lists say reaches it, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from tests.journeys.example_site import SLUG, Site, Visitor, by_script, served

pytestmark = [pytest.mark.anydb, pytest.mark.slow]

ELSEWHERE = ("Pré-Lanthenay", "Ensemble pour Pré-Lanthenay", "Lanthenay avance", "Saint-Aubrac", "Les Forges solidaires", "Aubrac autrement")
# Two mails with a certain sign, one for Courvalle and one for Pré-Lanthenay, and one without any.
MAIL = """
from django.utils import timezone
from plaidoyer.accounts.models import Collective
from plaidoyer.elections.models import CandidateList, Contact
from plaidoyer.mailbox import intake
ours = Collective.objects.get(slug="le-seuil") if Collective.objects.filter(slug="le-seuil").exists() else Collective.objects.first()
for code, words in (("ZZ101", "Bonjour de Courvalle"), ("ZZ103", "Bonjour de Lanthenay"), (None, "Sans signe aucun")):
    one = CandidateList.objects.filter(commune=code).order_by("pk").first() if code else None
    sender = f"nouvelle-{code}@listes.example" if code else "inconnue@ailleurs.example"
    if one:
        Contact.objects.create(candidate_list=one, collective=ours, kind="email", value=sender, source="site", found_on=timezone.localdate())
    text = f"From: {sender}\\r\\nTo: reponses@leseuil.example\\r\\nSubject: Complement\\r\\nMessage-ID: <{code}@listes.example>\\r\\n\\r\\n{words}\\r\\n"
    intake.keep(collective=ours, data=text.encode(), received_at=timezone.now())
"""


@pytest.fixture(scope="module")
def site(own_copy) -> Iterator[Site]:
    by_script(own_copy, MAIL)
    with served(own_copy) as running:
        yield running


@pytest.fixture(scope="module")
def bruno(site) -> Visitor:
    """Local group of Courvalle (ZZ101). He asks for the mail of everybody."""
    visitor = Visitor(site, "bruno")
    status, _, _ = visitor.post(f"/bureau/reponses/campagne/{SLUG}/relever/", {})
    assert status == 302
    return visitor


def main_of(body: bytes) -> str:
    return BeautifulSoup(body, "lxml").select_one("main").get_text(" ", strip=True)


def test_the_mail_that_he_fetches_is_shared_out_and_he_sees_his_own(bruno, site):
    told = by_script(
        site.home,
        "from plaidoyer.replies.models import MailReply\n"
        "for one in MailReply.objects.order_by('pk'):\n"
        "    print(one.sign, one.reply.candidate_list.commune_id if one.reply.candidate_list else '-')",
    )
    assert told.split("\n")[:3] == ["sender ZZ101", "sender ZZ103", "none -"]
    _, _, inbox = bruno.get(f"/bureau/reponses/campagne/{SLUG}/")
    assert not [name for name in ELSEWHERE if name in main_of(inbox)]
    _, _, tray = bruno.get(f"/bureau/reponses/campagne/{SLUG}/a-rattacher/")
    assert "Sans signe aucun" not in main_of(tray)


@pytest.mark.parametrize("code", ["ZZ102", "ZZ103"])
@pytest.mark.parametrize("page", ["relecture/{code}/", "publier/{code}/"])
def test_the_pages_of_other_communes_do_not_exist_for_him(bruno, code, page):
    assert bruno.get(f"/bureau/reponses/campagne/{SLUG}/{page.format(code=code)}")[0] == 404


def test_nor_do_their_replies_whatever_he_presses(bruno, site):
    told = by_script(
        site.home,
        "from plaidoyer.replies.models import Reply\n"
        "print(*Reply.objects.exclude(candidate_list__commune='ZZ101').order_by('pk').values_list('pk', flat=True))",
    )
    numbers = told.split()
    assert len(numbers) > 3
    for pk in numbers:
        assert bruno.get(f"/bureau/reponses/{pk}/")[0] == 404
        for verb in ("expediteur-verifie", "opposition", "date-de-reception", "rattacher", "detacher"):
            assert bruno.post(f"/bureau/reponses/{pk}/{verb}/", {})[0] == 404


def test_on_no_page_of_replies_that_a_link_leads_to_is_another_commune_named(bruno):
    walk = bruno.walk([f"/bureau/reponses/campagne/{SLUG}/"], 3)
    desk = [one for one in walk if re.match(r"/bureau/reponses/", one.address) and one.html and one.status == 200]
    named = {(one.address, name) for one in desk for name in ELSEWHERE if name in one.soup.select_one("main").get_text(" ", strip=True)}
    assert len(desk) > 5
    assert named == set()
