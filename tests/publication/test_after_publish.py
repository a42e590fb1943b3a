"""The public pages after the real act: received, read, settled, published; nothing here is written by hand."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup

from plaidoyer.publication.addresses import public_addresses
from plaidoyer.replies import acts

TOWN = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse"
LETTER = """Madame, Monsieur,

Oui : le CCAS domiciliera toute personne qui a un lien avec Valmorel 🙂. Un guichet sera ouvert le samedi matin.

Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI.

Joignez-nous au 06 39 98 01 02.

Inès Carpentras
"""
CCAS = "le CCAS domiciliera toute personne qui a un lien avec Valmorel"
HOUSES = "Nous construirons 120 logements sociaux pendant le mandat, dont 40 en PLAI."


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(tag) -> str:
    return " ".join(tag.get_text().split()).replace("\u202f", " ")


@pytest.fixture
def valmorel_on_line(amina, diane, campaign, questionnaire, lists, sent, valmorel, django_capture_on_commit_callbacks):
    with time_machine.travel(datetime.datetime(2026, 3, 10, 11, tzinfo=datetime.UTC), tick=False):
        received = datetime.datetime(2026, 3, 4, 17, 42, tzinfo=datetime.UTC)
        with django_capture_on_commit_callbacks(execute=True):
            made = acts.receive(
                actor=amina, campaign=campaign, files=[("réponse.txt", LETTER.encode())], candidate_list=lists[0], received_at=received
            )
        reply = acts.claim(actor=diane, reply=made.reply)
        first, second, third = questionnaire.questions.order_by("number")
        acts.add(actor=diane, reply=reply, quote=CCAS, question=first, level="firm")
        acts.settle(actor=diane, reply=reply, question=first, stance="answers")
        acts.add(actor=diane, reply=reply, quote=HOUSES, question=second, level="firm")
        acts.settle(actor=diane, reply=reply, question=second, stance="partial")
        acts.settle(actor=diane, reply=reply, question=third, stance="skips")
        acts.finish(actor=diane, reply=reply)
        acts.see_redactions(actor=diane, reply=reply)
        return acts.publish(actor=amina, campaign=campaign, commune=valmorel)


def test_before_the_act_nothing_is_public_and_after_it_everything_is(visitor, campaign, sent, request):
    assert "pas encore" in visitor.get(TOWN + "/").content.decode()
    request.getfixturevalue("valmorel_on_line")
    assert CCAS in visitor.get(TOWN + "/").content.decode()


def test_the_four_lists_stand_side_by_side(visitor, valmorel_on_line):
    page = soup(visitor.get(TOWN + "/"))
    assert [words(head.find(class_="st")) for head in page.select("thead th")] == [
        "Répond à 2 questions sur 3, dont 1 en partie",
        "Aucune réponse reçue au 10/03/2026",
        "Aucune réponse reçue au 10/03/2026",
        "Aucune réponse reçue au 10/03/2026",
    ]
    assert words(page.find(id="q1-liste-1").blockquote) == f"« {CCAS} » ferme"
    assert words(page.find(id="q3-liste-1").find(class_="st")) == "N’aborde pas cette question"


def test_the_letter_hides_what_was_confirmed_and_shows_the_rest(visitor, valmorel_on_line):
    page = soup(visitor.get(TOWN + "/listes/liste-1/"))
    assert "06 39 98 01 02" not in page.get_text()
    assert "téléphone masqué" in [words(blot) for blot in page.select(".letter .blot")]
    assert "🙂" in words(page.select_one(".letter"))
    assert [words(line.select_one(".theirs")) for line in page.select(".pledges li")] == [f"« {CCAS} »", f"« {HOUSES} »"]


def test_every_address_answers(visitor, valmorel_on_line):
    for one in public_addresses():
        assert visitor.get(one.page).status_code == 200, one.page
        assert "06 39 98 01 02" not in visitor.get(one.twin or one.page).content.decode()


def test_a_withdrawal_takes_it_away_with_its_reason(visitor, amina, valmorel_on_line):
    with time_machine.travel(datetime.datetime(2026, 3, 11, 9, tzinfo=datetime.UTC)):
        acts.withdraw(actor=amina, release=valmorel_on_line, reason="Une lettre était attribuée à une autre liste.")
    answer = visitor.get(TOWN + "/")
    assert answer.status_code == 410
    assert "Une lettre était attribuée à une autre liste." in answer.content.decode()
    assert CCAS not in visitor.get("/campagnes/valmorel-2026/reponses.csv").content.decode()
