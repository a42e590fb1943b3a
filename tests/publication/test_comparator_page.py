"""The comparator: lists × questions, in the official order, every situation told apart."""

from __future__ import annotations

import datetime

import pytest
from bs4 import BeautifulSoup

from plaidoyer.elections.models import CandidateList
from tests.publication.released import release

PAGE = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse/"
NNBSP = "\u202f"


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(tag) -> str:
    return " ".join(tag.get_text().split()).replace(NNBSP, " ")


@pytest.fixture
def page(visitor, published) -> BeautifulSoup:
    return soup(visitor.get(PAGE))


def cell(page, anchor: str):
    return page.find(id=anchor)


def test_lists_stand_in_the_order_of_panels_whatever_they_did(page):
    assert [words(head.find(class_="name")) for head in page.select("thead th")] == [
        "Panneau 1, 1 Valmorel solidaire",
        "Panneau 2, 2 Un nouvel élan pour Valmorel",
        "Panneau 3, 3 Valmorel d’abord",
        "Panneau 4, 4 L’Ourse en commun",
    ]
    assert all(len(row.find_all("td")) == 4 for row in page.select("tr.row"))


def test_a_silence_is_dated_and_says_when_the_list_was_written_to(page):
    silent = cell(page, "q1-liste-4")
    assert silent["class"] == ["none"]
    assert words(silent.find(class_="st")) == "Aucune réponse reçue"
    assert "au 10/03/2026. Écrite le 9 février, relancée le 25 février." in words(silent)
    assert not silent.find("blockquote")


def test_a_refusal_is_not_a_no_and_its_letter_can_be_read(page):
    refusal = cell(page, "q1-liste-3")
    assert words(refusal.find(class_="st")) == "Refuse de répondre"
    assert "Lettre du 2 mars. Ce n’est pas un « non »." in words(refusal)
    assert (words(refusal.a), refusal.a["href"]) == ("Lire le refus de Valmorel d’abord", PAGE + "listes/liste-3/")


def test_a_late_reply_keeps_its_place_and_bears_a_stamp(page):
    late = cell(page, "q1-liste-2")
    assert words(late.find(class_="stamp")) == "Reçue hors délai"
    assert words(late.find("blockquote")) == "« Oui. La domiciliation est un droit, et nous l'appliquerons à quiconque dort ici. » ferme"
    assert words(page.select("thead th")[1].find(class_="st")) == "Hors délai, répond à 2 questions sur 3"


def test_the_five_situations_have_five_shapes(page):
    shapes = {cell(page, anchor).find(class_="st")["class"][1] for anchor in ("q2-liste-2", "q3-liste-2", "q1-liste-3", "q1-liste-4")}
    assert shapes == {"skipped", "partial", "refuses", "silent"}
    assert cell(page, "q1-liste-1").find(class_="st") is None


def test_a_long_answer_opens_on_its_full_words_and_a_short_one_has_nothing_to_open(page):
    long = cell(page, "q1-liste-1")
    excerpt, whole = long.find_all("blockquote")
    assert words(excerpt) == "« Oui, sans réserve. Le CCAS domiciliera toute personne qui a un lien avec Valmorel. ferme […] »"
    assert words(whole).startswith("« Oui, sans réserve. Le CCAS domiciliera") and words(whole).endswith("renvoyées d'un bureau à l'autre. »")
    assert words(long.find("summary")) == "Réponse entière, 56 mots"
    assert not cell(page, "q3-liste-1").find("details")


def test_a_refused_part_is_marked_as_a_refusal_of_that_part(page):
    marks = [(words(span), span["class"]) for span in cell(page, "q2-liste-1").select(".c")]
    assert marks == [
        ("Si l'État maintient son aide au foncier, nous lancerons 400 logements sociaux d'ici à 2032", ["c", "conditional"]),
        ("nous ne construirons rien dans le centre ancien", ["c", "refusal"]),
    ]


def test_our_spacing_is_french_and_theirs_is_untouched(page):
    asked = page.select_one("#q1 .ask").get_text()
    assert asked.endswith(f"la commune{NNBSP}?")
    quote = cell(page, "q1-liste-1").find_all("blockquote")[1].get_text()
    assert "on perd son adresse ; et nous" in quote  # a plain space before the semicolon, and straight apostrophes, as received
    assert "qu'on" not in quote and "car on ne choisit pas l'heure" in quote


def test_it_says_that_the_example_is_invented(page):
    assert "Exemple fictif." in words(page.select_one(".fiction"))


def test_the_road_is_drawn_as_seen_on_the_day_of_publication(page):
    stones = [(stone.get("class", ["past"])[0], words(stone.b)) for stone in page.select(".road li")]
    assert stones == [
        ("past", "9 février, 12 h"),
        ("past", "25 février, 9 h"),
        ("past", "6 mars, 23 h 59"),
        ("here", "10 mars, 12 h"),
        ("ahead", "14 mars"),
        ("ahead", "15 mars"),
    ]


def test_a_wrong_name_in_the_address_leads_to_the_right_page(visitor, published):
    answer = visitor.get("/campagnes/valmorel-2026/ZZ001-ancien-nom/")
    assert (answer.status_code, answer["Location"]) == (301, PAGE)
    assert visitor.get("/campagnes/valmorel-2026/ZZ001-ancien-nom.json")["Location"] == PAGE[:-1] + ".json"


@pytest.mark.parametrize(
    "address", ["/campagnes/inconnue/ZZ001-valmorel-sur-ourse/", "/campagnes/valmorel-2026/ZZ999-ailleurs/", PAGE + "version-7/"]
)
def test_what_does_not_exist_is_not_found(visitor, published, address):
    assert visitor.get(address).status_code == 404


def test_it_only_reads(visitor, published):
    assert visitor.post(PAGE).status_code == 405


def test_twelve_lists_cost_no_more_queries_than_two(visitor, campaign, contest, valmorel, published, four_lists, django_assert_num_queries):
    with django_assert_num_queries(4):
        visitor.get(PAGE)
    twelve = [
        {"candidate_list": CandidateList.objects.create(
            election=contest.election, commune=valmorel, key=f"k{n}", name=f"Liste {n}", slug=f"liste-{n}", panel=n, source="tests"),
         "status": "silent"}
        for n in range(5, 13)
    ]  # fmt: skip
    release(campaign, valmorel, four_lists + twelve, version=2, reason="Huit listes ajoutées.")
    with django_assert_num_queries(4):
        page = soup(visitor.get(PAGE))
    assert len(page.select("thead th")) == 12
    assert "is-wide" in page.select_one(".comparator")["class"]


def test_a_list_name_of_300_characters_is_whole_on_the_page(visitor, campaign, valmorel, four_lists):
    long = "Ensemble, solidaires et citoyens, " * 9
    CandidateList.objects.filter(pk=four_lists[0]["candidate_list"].pk).update(name=long[:300])
    four_lists[0]["candidate_list"].refresh_from_db()
    release(campaign, valmorel, four_lists)
    page = soup(visitor.get(PAGE))
    assert page.select_one(".facts .long").get_text() == long[:300]


def test_a_local_question_says_so_and_leads_nowhere_else(visitor, campaign, valmorel, four_lists):
    made = release(campaign, valmorel, four_lists)
    made.facts["questions"][2] |= {"is_local": True, "parts": [{"letter": "a", "title": "", "text": "Et le goûter ?"}]}
    made.save()
    group = soup(visitor.get(PAGE)).find(id="q3")
    assert "Question posée dans cette commune seulement." in words(group)
    assert "a. Et le goûter ?" in words(group)
    assert not group.select_one(".q-tools a")


def test_a_commune_without_lists_says_so(visitor, campaign, valmorel, contest):
    release(campaign, valmorel, [])
    page = soup(visitor.get(PAGE))
    assert "Aucune liste n’était connue dans cette commune" in words(page)
    assert not page.select("table")


def test_a_road_over_two_years_says_each_year(visitor, campaign, valmorel, four_lists):
    calendar = [
        {"on": "2026-03-06", "at": None, "label": "Date limite de réponse", "kind": "deadline"},
        {"on": "2027-01-09", "at": None, "label": "Publication", "kind": "published"},
    ]
    release(campaign, valmorel, four_lists, at=datetime.datetime(2027, 1, 9, 18, tzinfo=datetime.UTC), calendar=calendar)
    stones = [words(stone.b) for stone in soup(visitor.get(PAGE)).select(".road li")]
    assert (stones[0], stones[-1]) == ("6 mars 2026", "9 janvier 2027")
