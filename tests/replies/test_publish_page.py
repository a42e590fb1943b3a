"""The pages of redaction and publication: what is missing, what will be seen, and one button."""

import pytest
from django.urls import reverse

from plaidoyer.replies.models import Release
from tests.replies.conftest import settle_all


@pytest.fixture
def page(campaign, valmorel):
    return reverse("replies:publish", args=[campaign.slug, valmorel.pk])


@pytest.fixture
def ready(reply, diane, text, questions):
    quotes = ["le CCAS domiciliera toute personne", "120 logements sociaux", "un repas à un euro"]
    return settle_all(reply, diane, text, questions, quotes)


def test_what_is_missing_is_listed_with_the_way_there(as_user, amina, page, reply):
    seen = as_user(amina).get(page).content.decode()
    assert "questions 1, 2, 3 à régler" in seen
    assert reverse("replies:desk", args=[reply.pk]) in seen
    assert "disabled" in seen


def test_publishing_too_early_says_why_and_publishes_nothing(as_user, amina, page, reply):
    answer = as_user(amina).post(page, follow=True)
    assert "Relire la réponse" in answer.content.decode()
    assert not Release.objects.exists()


def test_a_commune_is_published_then_corrected_then_withdrawn(as_user, amina, page, ready, campaign, valmorel):
    browser = as_user(amina)
    browser.post(page)
    browser.post(page)
    assert Release.objects.count() == 1
    browser.post(page, {"reason": "Un passage manquait à la question 2."})
    assert Release.objects.public().get().version == 2
    browser.post(reverse("replies:withdraw", args=[campaign.slug, valmorel.pk]), {"version": "2", "reason": "Erreur de commune."})
    assert not Release.objects.public().exists()
    seen = browser.get(page).content.decode()
    assert "Un passage manquait" in seen
    assert "Erreur de commune." in seen


def test_a_reader_looks_and_only_the_coordination_publishes(as_user, diane, page, ready):
    browser = as_user(diane)
    assert "Seule la coordination publie" in browser.get(page).content.decode()
    assert browser.post(page).status_code == 403
    assert not Release.objects.exists()


def test_a_local_group_sees_its_communes_only(as_user, bruno, campaign, page, pontaubry):
    browser = as_user(bruno)
    assert browser.get(page).status_code == 200
    assert browser.get(reverse("replies:publish", args=[campaign.slug, pontaubry.pk])).status_code == 404
    assert "Pontaubry" not in browser.get(reverse("replies:communes", args=[campaign.slug])).content.decode()


def test_another_collective_learns_nothing(as_user, chloe, page, campaign, valmorel):
    browser = as_user(chloe)
    assert browser.get(page).status_code == 404
    assert browser.post(page).status_code == 404
    assert browser.post(reverse("replies:withdraw", args=[campaign.slug, valmorel.pk]), {"version": "1"}).status_code == 404


def test_an_unknown_version_cannot_be_withdrawn(as_user, amina, ready, page, campaign, valmorel):
    address = reverse("replies:withdraw", args=[campaign.slug, valmorel.pk])
    assert as_user(amina).post(address, {"version": "7", "reason": "x"}).status_code == 404
    assert as_user(amina).post(address, {"version": "deux", "reason": "x"}).status_code == 404
    assert as_user(amina).get(address).status_code == 405


def test_the_redaction_page_shows_the_public_text_with_what_is_hidden(as_user, diane, reply):
    seen = as_user(diane).get(reverse("replies:redaction", args=[reply.pk])).content.decode()
    assert '<span class="blot"><b>téléphone masqué</b></span>' in seen
    assert "06 39 98 01 02" in seen  # in the list of what to decide, for the reader only


def test_a_proposal_left_is_shown_again_in_the_public_text(as_user, diane, reply):
    browser = as_user(diane)
    phone = reply.redactions.get(kind="phone")
    browser.post(reverse("replies:decide-redaction", args=[reply.pk, phone.pk]), {"state": "dismissed"})
    assert "téléphone masqué" not in browser.get(reverse("replies:redaction", args=[reply.pk])).content.decode()


def test_more_can_be_hidden_by_pasting_its_words(as_user, diane, reply):
    browser = as_user(diane)
    browser.post(reverse("replies:hide", args=[reply.pk]), {"kind": "name", "quote": "Inès Carpentras"})
    assert "nom masqué" in browser.get(reverse("replies:redaction", args=[reply.pk])).content.decode()
    answer = browser.post(reverse("replies:hide", args=[reply.pk]), {"kind": "name", "quote": "Personne"}, follow=True)
    assert "pas dans la lettre" in answer.content.decode()


def test_an_observer_hides_nothing(as_user, emile, reply):
    phone = reply.redactions.get(kind="phone")
    browser = as_user(emile)
    assert browser.post(reverse("replies:decide-redaction", args=[reply.pk, phone.pk]), {"state": "dismissed"}).status_code == 403
    assert browser.post(reverse("replies:see", args=[reply.pk])).status_code == 403
