"""The campaign, a question across the communes, the method, the corrections, the home page and its search."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup

from plaidoyer.elections.models import CandidateList
from plaidoyer.territories.models import PostalCode
from tests.publication.released import release

CAMPAIGN = "/campagnes/valmorel-2026/"


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(tag) -> str:
    return " ".join(tag.get_text().split()).replace("\u202f", " ")


@pytest.fixture
def pontaubry_too(campaign, pontaubry, election, published):
    """The second commune is public as well, with one list that answers question 2."""
    one = CandidateList.objects.create(election=election, commune=pontaubry, key="p1", name="Pontaubry avance", slug="pontaubry-avance", panel=1)
    return release(campaign, pontaubry, [{"candidate_list": one, "status": "partial", "letter": "#2 Nous verrons.", "stances": {2: "answers"}}])


def test_the_campaign_says_who_asks_whom_and_what(visitor, published):
    page = soup(visitor.get(CAMPAIGN))
    assert words(page.h1) == "Municipales 2026 : trois questions aux listes"
    assert [words(one) for one in page.select(".facts-dl details li")] == ["Secours de l’Ourse", "Habitat partagé", "La Table ouverte"]
    assert [words(one.h3) for one in page.select(".asked li")] == [
        "Question 1 : Domiciliation",
        "Question 2 : Logement social",
        "Question 3 : Cantine",
    ]
    assert [" ".join(one.get_text(" ").split()) for one in page.select("#communes li")] == [
        "Pontaubry Haute-Fiction Publication prévue le 10 mars 2026",
        "Valmorel-sur-Ourse Haute-Fiction 4 listes : 2 réponses (dont 1 hors délai), 1 refus, 1 sans réponse",
    ]


def test_what_is_edited_at_the_desk_does_not_change_a_public_page(visitor, campaign, published):
    campaign.name, campaign.introduction = "Un autre nom", "Un paragraphe pas encore publié"
    campaign.save()
    for address in (CAMPAIGN, CAMPAIGN + "methode/", CAMPAIGN + "ZZ001-valmorel-sur-ourse/"):
        seen = visitor.get(address).content.decode()
        assert "Un autre nom" not in seen and "pas encore publié</p>" not in seen


def test_a_question_is_shown_in_every_commune(visitor, pontaubry_too):
    page = soup(visitor.get(CAMPAIGN + "questions/2/"))
    assert [words(town) for town in page.select(".town h2")] == ["Pontaubry", "Valmorel-sur-Ourse"]
    valmorel = page.select(".town")[1]
    assert [words(one.h3) for one in valmorel.select(".cells > div")] == [
        "Valmorel solidaire", "Un nouvel élan pour Valmorel", "Valmorel d’abord", "L’Ourse en commun",
    ]  # fmt: skip
    assert [words(one.select_one(".st")) for one in valmorel.select(".cells > .none")] == [
        "N’aborde pas cette question", "Refuse de répondre", "Aucune réponse reçue",
    ]  # fmt: skip
    assert [link["href"] for link in page.select(".pager a")] == [CAMPAIGN + "questions/1/", CAMPAIGN + "questions/3/"]


def test_a_question_that_was_not_asked_is_not_found(visitor, published):
    assert visitor.get(CAMPAIGN + "questions/9/").status_code == 404
    assert visitor.get(CAMPAIGN + "questions/1/page-2/").status_code == 404


def test_a_question_has_pages_beyond_forty_communes(visitor, pontaubry_too, monkeypatch):
    monkeypatch.setattr("plaidoyer.publication.questions.COMMUNES_PER_PAGE", 1)
    second = soup(visitor.get(CAMPAIGN + "questions/2/page-2/"))
    assert [words(town) for town in second.select(".town h2")] == ["Valmorel-sur-Ourse"]
    assert [link["href"] for link in second.select(".pages a")] == [CAMPAIGN + "questions/2/", CAMPAIGN + "questions/2/page-2/"]


def test_the_method_gives_an_address_for_corrections(visitor, published):
    right = soup(visitor.get(CAMPAIGN + "methode/")).find(id="droit-de-reponse").find_next("p")
    assert right.a["href"] == "mailto:bonjour@untoit.example"


def test_nothing_was_corrected_is_said_plainly(visitor, published):
    assert "Aucune page n’a été corrigée ni retirée." in words(soup(visitor.get(CAMPAIGN + "corrections/")).main)


def test_corrections_are_dated_and_reasoned_newest_first(visitor, campaign, valmorel, published, four_lists):
    for version, day in ((2, 11), (3, 12)):
        at = datetime.datetime(2026, 3, day, 14, tzinfo=datetime.UTC)
        release(campaign, valmorel, four_lists, version=version, reason=f"Raison du {day}.", at=at)
    lines = [words(line.p) for line in soup(visitor.get(CAMPAIGN + "corrections/")).select(".changes li")]
    assert lines == ["Version 3, le 12 mars 2026 à 15 h : Raison du 12.", "Version 2, le 11 mars 2026 à 15 h : Raison du 11."]


def test_home_shows_the_first_question_of_the_latest_page_and_every_list(visitor, published):
    strip = soup(visitor.get("/")).select_one(".strip")
    assert words(strip.h2) == "Domiciliation"
    assert [words(one.select_one(".name")) for one in strip.select("li")] == [
        "Valmorel solidaire", "Un nouvel élan pour Valmorel", "Valmorel d’abord", "L’Ourse en commun",
    ]  # fmt: skip


def test_home_counts_only_what_is_published(visitor, published):
    page = soup(visitor.get("/"))
    assert words(page.select_one(".camps .cnt")) == "2 réponses publiées de 4 listes"
    assert "exemple fictif" in words(page.select_one(".camps"))


def test_an_empty_installation_has_a_home(visitor, db):
    page = soup(visitor.get("/"))
    assert "Aucune campagne n’est encore publique sur ce site." in words(page)


@pytest.mark.parametrize("typed", ["valmorel", "Valmorél sur", "74300"])
def test_a_commune_is_found_by_name_without_accents_and_by_postal_code(visitor, valmorel, published, typed):
    PostalCode.objects.create(commune=valmorel, code="74300")
    links = soup(visitor.get("/", {"commune": typed})).select(".found a")
    assert [link["href"] for link in links] == [CAMPAIGN + "ZZ001-valmorel-sur-ourse/"]


def test_a_commune_where_nobody_asks_says_so(visitor, saint_leu_des_iles, published):
    assert "Personne n’y a encore posé de questions" in words(soup(visitor.get("/", {"commune": "saint-leu"})).select_one(".found"))


@pytest.mark.parametrize("typed", ['"', "*", "NEAR(", "a AND", "x" * 10_000, "\0", "74\0", "🏠", "' OR 1=1 --", "%", "_"])
def test_a_strange_search_finds_nothing_and_breaks_nothing(visitor, published, typed):
    page = soup(visitor.get("/", {"commune": typed}))
    assert not page.select(".found a")


@pytest.mark.parametrize(("address", "queries"), [("/", 5), ("/?commune=valmorel", 4), (CAMPAIGN, 4), (CAMPAIGN + "questions/1/", 4),
                                                 (CAMPAIGN + "methode/", 2), (CAMPAIGN + "corrections/", 3), ("/donnees/", 1)])  # fmt: skip
def test_pages_cost_the_same_queries_for_one_commune_and_for_two(visitor, pontaubry_too, address, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        visitor.get(address)


def test_each_page_only_reads(visitor, published):
    for address in ("/", CAMPAIGN, CAMPAIGN + "questions/1/", CAMPAIGN + "methode/", "/donnees/", CAMPAIGN + "reponses.csv"):
        assert visitor.post(address).status_code == 405
