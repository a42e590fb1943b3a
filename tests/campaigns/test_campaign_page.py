"""A campaign at a glance: its dates, its communes, its versions; 36 communes or 500."""

import pytest
from bs4 import BeautifulSoup

from plaidoyer.campaigns.acts import questions
from plaidoyer.campaigns.models import CampaignCommune
from tests.campaigns.test_home import words
from tests.cast import commune


def rows(answer) -> list[list[str]]:
    table = BeautifulSoup(answer.content, "html.parser").table
    return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")] if table else []


def test_each_commune_says_what_was_asked_answered_read_and_published(as_user, amina, campaign, sent):
    page = as_user(amina).get(campaign.get_absolute_url())
    assert rows(page) == [
        ["Pontaubry", "aucune", "–", "–", "–", "pas encore"],
        ["Valmorel-sur-Ourse", "4", "4 sur 4", "0 sur 4", "–", "pas encore"],
    ]


def test_dates_are_the_same_for_all_lists(as_user, amina, campaign, sent):
    said = words(as_user(amina).get(campaign.get_absolute_url()))
    assert "Lettre 9 février 2026" in said
    assert "Délai de réponse 6 mars 2026 jusqu’à 23 h 59, heure de chaque commune" in said
    assert "Silence électoral 14 mars 2026" in said


def test_a_new_version_shows_its_reason(as_user, amina, campaign, sent):
    questions.new_version(actor=amina, campaign=campaign, reason="une coquille dans la question 2")
    assert "Une version 2 des questions est en préparation : une coquille dans la question 2" in words(
        as_user(amina).get(campaign.get_absolute_url())
    )
    questions.adopt_version(actor=amina, questionnaire=campaign.latest_questionnaire())
    assert "parce que : une coquille dans la question 2" in words(as_user(amina).get(campaign.get_absolute_url()))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=valmorel", ["Valmorel-sur-Ourse"]),
        ("q=VALMOREL SUR", ["Valmorel-sur-Ourse"]),
        ("q=ZZ002", ["Pontaubry"]),
        ("etat=a-demander", ["Pontaubry"]),
        ("etat=attente", ["Valmorel-sur-Ourse"]),
        ("etat=en-ligne", []),
        ("etat=n-importe-quoi", ["Pontaubry", "Valmorel-sur-Ourse"]),
        ("page=999", ["Pontaubry", "Valmorel-sur-Ourse"]),
        ("page=abc", ["Pontaubry", "Valmorel-sur-Ourse"]),
    ],
)
def test_communes_are_searched_and_sifted(as_user, amina, campaign, sent, query, names):
    assert [row[0] for row in rows(as_user(amina).get(f"{campaign.get_absolute_url()}?{query}"))] == names


def test_a_local_group_sees_its_commune_and_gets_404_elsewhere(as_user, bruno, campaign, pontaubry, valmorel):
    browser = as_user(bruno)
    assert [row[0] for row in rows(browser.get(campaign.get_absolute_url()))] == ["Valmorel-sur-Ourse"]
    assert browser.get(f"/bureau/campagnes/valmorel-2026/communes/{valmorel.pk}/").status_code == 200
    assert browser.get(f"/bureau/campagnes/valmorel-2026/communes/{pontaubry.pk}/").status_code == 404


def test_an_observer_sees_everything_and_is_offered_nothing(as_user, emile, campaign, sent):
    page = as_user(emile).get(campaign.get_absolute_url())
    assert len(rows(page)) == 2
    assert "Modifier" not in words(page)
    assert "Ajouter des communes" not in words(page)


def test_a_stranger_gets_404(as_user, chloe, campaign):
    assert as_user(chloe).get(campaign.get_absolute_url()).status_code == 404


def test_the_page_only_shows(as_user, amina, campaign):
    assert as_user(amina).post(campaign.get_absolute_url()).status_code == 405


def test_five_hundred_communes_make_ten_pages_and_no_more_queries(as_user, amina, campaign, departement, lists, django_assert_num_queries):
    browser = as_user(amina)
    with django_assert_num_queries(24):
        browser.get(campaign.get_absolute_url())
    for number in range(100, 598):
        CampaignCommune.objects.create(campaign=campaign, commune=commune(departement, f"Y{number}", f"Bourg {number}"))
    with django_assert_num_queries(24):
        page = browser.get(campaign.get_absolute_url())
    assert len(rows(page)) == 50
    assert "Page 1 sur 10" in words(page)
