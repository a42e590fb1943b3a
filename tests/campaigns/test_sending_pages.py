"""Recording a sending in the browser: look at what is unequal, then write; and the ledger."""

import pytest

from plaidoyer.campaigns.models import Questionnaire, Solicitation
from tests.campaigns.test_campaign_page import rows
from tests.campaigns.test_home import words

LEDGER = "/bureau/campagnes/valmorel-2026/envois/"
RECORD = f"{LEDGER}inscrire/"


@pytest.fixture
def told(campaign, lists) -> dict[str, object]:
    return {
        "kind": "letter", "channel": "email", "outcome": "sent", "sent_on": "2026-02-09", "sent_at": "12:00", "note": "",
        "lists": [one.pk for one in lists],
    }  # fmt: skip


def test_checking_writes_nothing_and_says_that_all_are_alike(as_user, amina, told):
    page = as_user(amina).post(RECORD, told | {"check": "1"})
    assert "Toutes les listes sont traitées de la même façon" in words(page)
    assert not Solicitation.objects.exists()


def test_recording_locks_the_questions_and_fills_the_ledger(as_user, amina, told, questionnaire):
    browser = as_user(amina)
    assert browser.post(RECORD, told | {"record": "1"}).url == LEDGER
    assert next(row[:5] for row in rows(browser.get(LEDGER))) == [
        "9 février 2026, 12 h 00",
        "Valmorel solidaire Valmorel-sur-Ourse",
        "lettre",
        "courriel",
        "envoyée",
    ]
    assert Questionnaire.objects.get(pk=questionnaire.pk).locked_at is not None


def test_a_list_left_out_is_named_and_needs_a_reason(as_user, amina, told, lists):
    partial = told | {"lists": [one.pk for one in lists[:3]]}
    page = as_user(amina).post(RECORD, partial | {"record": "1"})
    assert "« L’Ourse en commun » ne reçoit pas la lettre" in words(page)
    assert not Solicitation.objects.exists()
    as_user(amina).post(RECORD, partial | {"record": "1", "note": "pas encore déposée"})
    assert Solicitation.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sent_on": "demain"}, "date valide"),
        ({"sent_on": "2999-01-01"}, "dans l’avenir"),
        ({"lists": []}, "au moins une liste"),
        ({"lists": ["999999", "abc"]}, "au moins une liste"),
        ({"channel": "pigeon"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(as_user, amina, told, wrong, sentence):
    assert sentence in words(as_user(amina).post(RECORD, told | wrong | {"record": "1"}))
    assert not Solicitation.objects.exists()


def test_a_list_that_has_its_letter_is_no_longer_offered(as_user, amina, campaign, sent):
    assert "Toutes les listes connues ont leur lettre" in words(as_user(amina).get(f"{RECORD}?nature=letter"))
    assert "Valmorel solidaire" in words(as_user(amina).get(f"{RECORD}?nature=reminder"))


def test_a_bounce_and_a_mistake_are_entered_with_their_reason(as_user, amina, campaign, sent):
    browser = as_user(amina)
    browser.post(f"{LEDGER}{sent[0].pk}/non-abouti/", {"note": "adresse fermée"})
    assert ["non aboutie", "adresse fermée"] in [row[4:6] for row in rows(browser.get(LEDGER))]
    browser.post(f"{LEDGER}{sent[1].pk}/rayer/", {"reason": "jamais partie"})
    assert len(rows(browser.get(LEDGER))) == 3
    assert browser.post(f"{LEDGER}{sent[2].pk}/rayer/", {"reason": ""}).status_code == 200
    assert Solicitation.objects.count() == 3


def test_the_ledger_of_a_local_group_is_its_communes(as_user, bruno, campaign, sent, election, pontaubry, contest, questionnaire):
    from plaidoyer.elections.models import Contest
    from tests.cast import candidate_list

    there = candidate_list(
        Contest.objects.create(election=election, commune=pontaubry, polling_on=contest.polling_on), 1, "Pontaubry vivante", "Ana Sol"
    )
    Solicitation.objects.create(campaign=campaign, questionnaire=questionnaire, candidate_list=there, channel="email", sent_at=sent[0].sent_at)
    assert len(rows(as_user(bruno).get(LEDGER))) == 4
    assert "Pontaubry" not in words(as_user(bruno).get(LEDGER))


def test_only_the_coordination_records(as_user, bruno, diane, emile, chloe, told, sent):
    for member in (bruno, diane, emile):
        assert as_user(member).get(RECORD).status_code == 403
        assert as_user(member).post(RECORD, told).status_code == 403
        assert as_user(member).post(f"{LEDGER}{sent[0].pk}/rayer/", {"reason": "x"}).status_code == 403
        assert as_user(member).get(LEDGER).status_code == 200
    for page in (LEDGER, RECORD, f"{LEDGER}{sent[0].pk}/rayer/", f"{LEDGER}{sent[0].pk}/non-abouti/"):
        assert as_user(chloe).get(page).status_code == 404
    assert Solicitation.objects.count() == 4


def test_the_number_of_queries_does_not_grow_with_sendings(as_user, amina, campaign, questionnaire, contest, sent, django_assert_num_queries):
    from tests.cast import candidate_list

    browser = as_user(amina)
    with django_assert_num_queries(13):
        browser.get(LEDGER)
    for number in range(5, 25):
        one = candidate_list(contest, number, f"Liste {number}", "X")
        Solicitation.objects.create(campaign=campaign, questionnaire=questionnaire, candidate_list=one, channel="email", sent_at=sent[0].sent_at)
    with django_assert_num_queries(13):
        browser.get(LEDGER)
