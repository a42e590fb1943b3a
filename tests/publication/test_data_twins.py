"""Every page answers and has its data twin; what a page shows, its twin holds."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from plaidoyer.publication.addresses import public_addresses, twin_of
from tests.publication.released import release

TOWN = "/campagnes/valmorel-2026/ZZ001-valmorel-sur-ourse"


def soup(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def corrected(campaign, valmorel, published, four_lists):
    return release(campaign, valmorel, four_lists, version=2, reason="Un niveau était faux.")


def test_every_public_page_answers_and_has_its_twin(visitor, corrected):
    seen = list(public_addresses())
    for one in seen:
        assert visitor.get(one.page).status_code == 200, one.page
        if one.twin:
            twin = visitor.get(one.twin)
            assert (twin.status_code, twin["Content-Type"]) == (200, "application/json; charset=utf-8"), one.twin
            assert one.twin in visitor.get(one.page).content.decode(), one.page
    assert len(seen) == 20
    assert len({one.page for one in seen}) == 20


def test_twin_addresses_are_the_page_with_json_for_the_last_slash():
    assert twin_of("/campagnes/valmorel-2026/") == "/campagnes/valmorel-2026.json"
    assert twin_of("/") == "/index.json"


def test_the_comparator_twin_holds_every_list_every_question_and_every_word(visitor, published):
    twin = visitor.get(TOWN + ".json").json()
    assert [(one["name"], one["status"], one["is_late"]) for one in twin["lists"]] == [
        ("Valmorel solidaire", "answered", False),
        ("Un nouvel élan pour Valmorel", "partial", True),
        ("Valmorel d’abord", "refused", False),
        ("L’Ourse en commun", "silent", False),
    ]
    assert [[answer["stance"] for answer in one["answers"]] for one in twin["lists"]] == [
        ["answers", "answers", "answers"], ["answers", "skips", "partial"], ["", "", ""], ["", "", ""],
    ]  # fmt: skip
    assert (
        twin["lists"][1]["answers"][2]["segments"][0]["words"]
        == "La cantine sera gratuite sous le seuil de pauvreté ; pour les autres, nous verrons."
    )
    assert twin["is_fictional"] is True
    assert twin["release"]["version"] == 1


def test_each_cell_of_the_page_has_the_words_of_its_twin(visitor, published):
    page, twin = soup(visitor.get(TOWN + "/")), visitor.get(TOWN + ".json").json()
    for ours in page.select(".lvl, .ed"):
        ours.decompose()
    shown = 0
    for one in twin["lists"]:
        for answer in one["answers"]:
            cell = page.find(id=f"q{answer['question']}-{one['slug']}")
            quotes = cell.find_all("blockquote")
            assert bool(quotes) == bool(answer["segments"])
            if quotes:
                shown += 1
                assert bare(quotes[-1].get_text()) == "«" + bare("".join(segment["words"] for segment in answer["segments"])) + "»"
            if answer["mark"]:
                assert answer["mark"]["words"] in cell.get_text()
    assert shown == 5


def test_a_quotation_can_be_checked_against_the_text_alone(visitor, published):
    twin = visitor.get(TOWN + "/listes/liste-1.json").json()
    text = visitor.get(TOWN + "/listes/liste-1/texte-1.txt").content.decode()
    assert [text[one["start"] : one["end"]] for one in twin["commitments"]] == [
        "Le CCAS domiciliera toute personne qui a un lien avec Valmorel.",
        "Si l'État maintient son aide au foncier, nous lancerons 400 logements sociaux d'ici à 2032",
        "nous ne construirons rien dans le centre ancien",
        "Nous étudierons un tarif à un euro pour la rentrée 2027.",
    ]


def test_the_campaign_twin_has_the_counts_of_the_page(visitor, published):
    pontaubry, valmorel = visitor.get("/campagnes/valmorel-2026.json").json()["communes"]
    assert (pontaubry["is_public"], pontaubry["counts"]) == (False, None)
    assert valmorel["counts"] == {
        "lists": 4, "late": 1, "answered": 1, "partial": 1, "refused": 1, "promised": 0, "silent": 1, "unreached": 0, "unsolicited": 0,
    }  # fmt: skip


def test_the_question_twin_has_the_lists_of_the_page_in_their_order(visitor, published):
    town = visitor.get("/campagnes/valmorel-2026/questions/3.json").json()["communes"][0]
    assert [(one["name"], one["stance"], one["status"]) for one in town["lists"]] == [
        ("Valmorel solidaire", "answers", "answered"),
        ("Un nouvel élan pour Valmorel", "partial", "partial"),
        ("Valmorel d’abord", "", "refused"),
        ("L’Ourse en commun", "", "silent"),
    ]


def test_no_twin_holds_a_private_address(visitor, published):
    for one in public_addresses():
        assert "untoit.example" not in (visitor.get(one.twin or one.page).content.decode().replace("bonjour@untoit.example", ""))


def test_data_may_be_read_from_any_site(visitor, published):
    assert visitor.get(TOWN + ".json")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in visitor.get(TOWN + "/")


def test_the_sitemap_lists_exactly_the_public_pages(visitor, corrected, settings):
    tree = ET.fromstring(visitor.get("/sitemap.xml").content)
    found = {node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert found == {settings.SITE_URL + one.page for one in public_addresses()}
    assert f"{settings.SITE_URL}{TOWN}/version-1/" in found


def test_addresses_come_from_the_settings_never_from_the_request(visitor, published, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for address in ("/sitemap.xml", "/robots.txt", "/campagnes/valmorel-2026/fil.atom", TOWN + "/", TOWN + ".json"):
        assert "evil.example" not in visitor.get(address, headers={"host": "evil.example"}).content.decode()


def test_the_feed_has_one_entry_per_page_with_its_situations(visitor, corrected):
    atom = "{http://www.w3.org/2005/Atom}"
    tree = ET.fromstring(visitor.get("/campagnes/valmorel-2026/fil.atom").content)
    entries = [(entry.find(f"{atom}title").text, entry.find(f"{atom}summary").text) for entry in tree.iter(f"{atom}entry")]
    assert entries == [("Valmorel-sur-Ourse\u00a0: version 2 des réponses", "Un niveau était faux.")]
    assert "(exemple fictif)" in tree.find(f"{atom}title").text


def test_the_first_entry_of_a_commune_counts_every_list(visitor, published):
    feed = visitor.get("/campagnes/valmorel-2026/fil.atom").content.decode()
    assert "<summary>2 réponses (dont 1 hors délai), 1 refus, 1 sans réponse</summary>" in feed


def test_robots_keep_out_of_the_desk(visitor, db):
    assert "Disallow: /bureau/" in visitor.get("/robots.txt").content.decode()
