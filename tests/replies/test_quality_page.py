"""The page « Qualité de la lecture »: everybody at the desk may look, coordinators may have the reader learn."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plaidoyer.reading import chain
from plaidoyer.replies import acts
from plaidoyer.replies.acts import learning
from plaidoyer.replies.learning import in_use, quality, shelf
from plaidoyer.replies.learning.agreement import agreement
from plaidoyer.replies.models import ReaderVersion, Suggestion

PAGE = "/bureau/reponses/lecture/"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def finished(claimed, diane, questions):
    """Diane keeps one commitment, sets one aside, leaves the rest."""
    first, second, *_ = Suggestion.objects.filter(reading__reply=claimed, kind="commitment")
    acts.keep(actor=diane, reply=claimed, suggestion=first)
    acts.reject(actor=diane, reply=claimed, suggestion=second)
    for question in questions:
        stance = "answers" if claimed.extracts.filter(question=question).exists() else "skips"
        acts.settle(actor=diane, reply=claimed, question=question, stance=stance)
    return acts.finish(actor=diane, reply=claimed)


@pytest.fixture
def version(amina, finished):
    """Version 1, adopted and in use; no need to learn for that."""
    made = learning.ask_to_learn(actor=amina)
    ReaderVersion.objects.filter(pk=made.pk).update(state="running")
    models = {name: {**chain.weights(name), "name": f"{name} 9+1"} for name in ("alignment", "commitments")}
    figures = quality.shipped()["figures"]
    report = {
        "verdict": "Adoptée : elle lit mieux, et rien n’y perd.",
        "learnt": 7,
        "sets": [{"name": "lettres livrées", "letters": 32, "before": figures, "after": figures}],
    }
    learning.conclude(amina, made, {"models": models, "is_better": True, "letters": 7, "report": report, "base": shelf.shipped()})
    return ReaderVersion.objects.get()


def test_the_figures_of_the_shipped_reader_are_shown_with_goal_and_two_readers(as_user, amina):
    page = as_user(amina).get(PAGE).text
    assert "Répartition" in page
    assert "objectif 90 %, deux personnes entre elles 94 %" in page
    assert "Lecteur livré avec Plaidoyer" in page


def test_what_became_of_the_proposals_is_counted(as_user, amina, finished):
    page = as_user(amina).get(PAGE).text
    assert "2 propositions décidées" in page
    assert "<b>50 %</b>" in page


def test_another_collective_sees_the_reader_and_none_of_our_reviews(as_user, chloe, finished):
    page = as_user(chloe).get(PAGE).text
    assert "Aucune relecture finie pour l’instant" in page
    assert "propositions décidées" not in page


def test_an_observer_looks_without_buttons(as_user, emile, version):
    page = as_user(emile).get(PAGE).text
    assert "Version 1" in page
    assert "Faire apprendre" not in page
    assert "Revenir à la version" not in page


@pytest.mark.parametrize("name", ["learn", "roll-back", "use-reader"])
def test_an_observer_and_a_reader_may_not_change_the_reader(as_user, emile, diane, version, name):
    address = reverse(f"replies:{name}", args=[1] if name == "use-reader" else [])
    for person in (emile, diane):
        assert as_user(person).post(address).status_code == 403
        assert as_user(person).get(address).status_code == 405
    assert in_use.version_in_use() == version


def test_the_page_is_only_looked_at(as_user, amina):
    assert as_user(amina).post(PAGE).status_code == 405


def test_nothing_to_learn_is_said_on_the_page(as_user, amina, db):
    page = as_user(amina).post(reverse("replies:learn"), follow=True).text
    assert "Rien à apprendre encore" in page


def test_the_button_learns_and_shows_before_and_after(as_user, amina, finished):
    page = as_user(amina).post(reverse("replies:learn"), follow=True).text
    made = ReaderVersion.objects.get()
    assert made.state in {"adopted", "refused"}
    assert "Avant et après la version 1" in page


def test_a_learning_under_way_shows_how_far_it_is(as_user, amina, version):
    ReaderVersion.objects.create(number=2, state="running", sentence="Apprentissage", done=30, total=120, asked_by=amina, asked_at=version.asked_at)
    with shelf.lock():
        page = as_user(amina).get(PAGE).text
    assert "30 sur 120" in page
    assert "Faire apprendre le lecteur" not in page


def test_a_learning_whose_process_died_does_not_block_the_button(as_user, amina, version):
    ReaderVersion.objects.create(number=2, state="running", sentence="Apprentissage", asked_by=amina, asked_at=version.asked_at)
    assert "Faire apprendre le lecteur" in as_user(amina).get(PAGE).text


def test_one_goes_back_and_forth_between_versions(as_user, amina, version):
    as_user(amina).post(reverse("replies:roll-back"))
    assert in_use.version_in_use() is None
    as_user(amina).post(reverse("replies:use-reader", args=[1]))
    assert in_use.version_in_use() == version
    assert as_user(amina).post(reverse("replies:use-reader", args=[99])).status_code == 404


def test_the_page_asks_the_same_queries_whatever_the_history(as_user, amina, version, queries_of):
    browser = as_user(amina)
    browser.get(PAGE)
    few = queries_of(lambda: browser.get(PAGE))
    for number in range(2, 9):
        ReaderVersion.objects.create(number=number, state="refused", asked_by=amina, asked_at=version.asked_at)
    assert queries_of(lambda: browser.get(PAGE)) == few


def test_agreement_counts_by_rule_and_by_engine():
    moves = [
        {"verb": "accepted", "rule": "futur"},
        {"verb": "rejected", "rule": "futur"},
        {"verb": "left", "rule": "oui"},
        {"verb": "added", "rule": ""},
    ]
    found = agreement([("moteur 1", moves)])
    assert (found.reviews, found.decided, found.accepted_percent, found.added) == (1, 2, 50, 1)
    assert found.rules == {"futur": [1, 2]}
    assert found.engines == {"moteur 1": [1, 2]}
    assert next((share.verb, share.count, share.percent) for share in found.shares) == ("accepted", 1, 33)


def test_probabilities_are_said_in_words():
    assert quality.said({"low": 0.0, "high": 0.5}) == "moins de 50 %"
    assert quality.said({"low": 0.5, "high": 0.7}) == "de 50 à 70 %"
    assert quality.said({"low": 0.95, "high": 1.0}) == "95 % ou plus"
    assert quality.whole(0.999) == 99


def test_a_version_is_named_as_people_know_it():
    assert quality.spoken("plaidoyer 1; alignment 1+3; commitments 2+3") == "version 3 d’ici"
    assert quality.spoken("") == "sans lecture de la machine"
