"""A list's whole reply: every word of the public text, our questions in the margin, and how to check it."""

from __future__ import annotations

import hashlib

import pytest
from bs4 import BeautifulSoup

from plaidoyer.publication.letters import is_wrapped
from tests.publication.conftest import LATE
from tests.publication.released import document, release

TOWN = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse"
ANSWER_TEXT = (
    "Mesdames, Messieurs,\n\n"
    "Oui, sans réserve. Le CCAS domiciliera toute personne qui a un lien avec Valmorel. Un guichet sera tenu par des agents formés, car on ne "
    "choisit pas l'heure à laquelle on perd son adresse ; et nous le disons d'autant plus volontiers que nous avons vu, hiver après hiver, des "
    "familles renvoyées d'un bureau à l'autre.\n\n"
    "Si l'État maintient son aide au foncier, nous lancerons 400 logements sociaux d'ici à 2032, dont un tiers en PLAI. En revanche, nous ne "
    "construirons rien dans le centre ancien.\n\n"
    "Nous étudierons un tarif à un euro pour la rentrée 2027.\n\n"
    "Joignez-nous au [téléphone masqué]. [signature masquée]"
)


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(tag) -> str:
    return " ".join(tag.get_text().split()).replace("\u202f", " ")


@pytest.fixture
def page(visitor, published) -> BeautifulSoup:
    return soup(visitor.get(TOWN + "/listes/liste-1/"))


def letter_words(page: BeautifulSoup) -> str:
    """The sheet as a reader copies it, without our own words in it."""
    for ours in page.select(".letter .lvl"):
        ours.decompose()
    for blot in page.select(".letter .blot"):
        blot.replace_with(f"[{blot.get_text()}]")
    return "\n\n".join(paragraph.get_text().rstrip() for paragraph in page.select(".letter .txt p"))


def test_every_word_of_the_public_text_is_there_and_no_other(page):
    seen = letter_words(page)
    # Our level stands between a word and the mark that follows: one space, which is ours.
    assert seen.replace(" .", ".").replace(" ,", ",").replace("  ", " ").split() == ANSWER_TEXT.split()


def test_what_is_hidden_says_what_kind_of_thing_it_was(page):
    assert [words(blot) for blot in page.select(".letter .blot")] == ["téléphone masqué", "signature masquée"]
    assert "sauf ce qui est masqué : téléphone masqué, signature masquée" in words(page.select_one(".facts-dl"))


def test_questions_stand_in_the_margin_of_what_answers_them(page):
    margins = [
        (words(one.select_one("a.no")), words(one.parent.select_one(".txt"))[:12]) for one in page.select(".pas > .ask") if one.select_one("a.no")
    ]
    assert margins == [("Question 1", "Oui, sans ré"), ("Question 2", "Si l'État ma"), ("Question 3", "Nous étudier")]


def test_every_commitment_is_listed_with_its_level_and_its_place(page):
    listed = [(words(line.select_one(".theirs")), words(line.select_one(".lvl")), line.a["href"]) for line in page.select(".pledges li")]
    assert listed == [
        ("« Le CCAS domiciliera toute personne qui a un lien avec Valmorel. »", "ferme", "#engagement-1"),
        ("« Si l'État maintient son aide au foncier, nous lancerons 400 logements sociaux d'ici à 2032 »", "conditionnel", "#engagement-2"),
        ("« nous ne construirons rien dans le centre ancien »", "refus", "#engagement-3"),
        ("« Nous étudierons un tarif à un euro pour la rentrée 2027. »", "intention", "#engagement-4"),
    ]
    assert words(page.find(id="engagement-3")) == "nous ne construirons rien dans le centre ancien"


def test_the_text_alone_has_the_fingerprint_that_the_page_shows(visitor, page):
    bare = visitor.get(TOWN + "/listes/liste-1/texte-1.txt")
    assert bare.content.decode() == ANSWER_TEXT
    assert page.select_one(".hash").get_text().replace(" ", "") == hashlib.sha256(bare.content).hexdigest()
    assert visitor.get(TOWN + "/listes/liste-1/texte-2.txt").status_code == 404


def test_a_late_letter_says_when_the_delay_ended(visitor, published):
    facts = words(soup(visitor.get(TOWN + "/listes/liste-2/")).select_one(".facts-dl"))
    assert "8 mars 2026 à 21 h 14, par formulaire en ligne. Hors délai : il finissait le 6 mars 2026 à 23 h 59" in facts


def test_a_silent_list_has_a_page_and_an_empty_place(visitor, published):
    page = soup(visitor.get(TOWN + "/listes/liste-4/"))
    assert "Aucune réponse reçue au 10/03/2026 (sollicitée le 09/02/2026, relancée le 25/02/2026)." in words(page.select_one(".empty-place"))
    assert not page.select(".letter, .pledges, .txt")


def test_an_earlier_letter_stays_readable(visitor, campaign, valmorel, four_lists):
    earlier = {"received_at": "2026-02-20T10:00:00+01:00", "channel": "email", "channel_name": "courriel", "is_late": False, "kind": "answer"}
    four_lists[0]["earlier"] = [earlier | {"letter": [document(LATE)]}]
    release(campaign, valmorel, four_lists)
    notice = soup(visitor.get(TOWN + "/listes/liste-1/")).select_one(".notice")
    assert "La liste avait déjà écrit le 20 février 2026 à 10 h, par courriel." in words(notice)
    assert "La cantine sera gratuite" in words(notice)


def test_its_neighbours_are_those_of_the_official_order(page, visitor):
    assert [link["href"] for link in page.select(".pager a")] == [TOWN + "/listes/liste-2/"]
    last = soup(visitor.get(TOWN + "/listes/liste-4/"))
    assert [words(link) for link in last.select(".pager a")] == ["← Panneau 3Valmorel d’abord"]


def test_a_list_of_elsewhere_is_not_found(visitor, published):
    assert visitor.get(TOWN + "/listes/inconnue/").status_code == 404
    assert visitor.post(TOWN + "/listes/liste-1/").status_code == 405


def test_it_costs_six_queries(visitor, published, django_assert_num_queries):
    with django_assert_num_queries(6):
        visitor.get(TOWN + "/listes/liste-1/")


@pytest.mark.parametrize(
    ("words", "wrapped"),
    [
        ("Nous construirons cent vingt logements sociaux\npendant le mandat, et nous dirons chaque année\noù nous en sommes.", True),
        ("Mairie de Valmorel\n12 rue des Tanneurs\n00000 Valmorel", False),
        ("Une seule ligne, si longue qu'elle pourrait être une ligne de prose.", False),
        ("Je vous prie de croire à toute ma considération la plus attentive,\nInès\nCarpentras", False),
    ],
)
def test_the_line_ends_of_a_page_are_told_from_those_of_an_address(words, wrapped):
    assert is_wrapped(words) is wrapped
