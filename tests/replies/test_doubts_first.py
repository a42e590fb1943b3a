"""The desk shows what is doubtful first, and says again what a document is."""

from __future__ import annotations

import pytest
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.grid import grid_of
from plaidoyer.replies.models import Suggestion
from plaidoyer.replies.refusals import NotYoursError

TAKEN_AMISS = """Réponse automatique : nous avons bien reçu votre demande. Voici pourtant notre réponse.

1. Oui, nous ouvrirons une halte de nuit de vingt places.
"""


@pytest.fixture
def proposed(claimed):
    """Three proposals: sure for question 1, doubtful for 2 and more doubtful for 3."""
    reading = claimed.readings.get()
    reading.suggestions.all().delete()
    for code, tier, score in (("Q1", "sure", 0.97), ("Q2", "check", 0.7), ("Q3", "check", 0.4)):
        Suggestion.objects.create(reading=reading, kind="commitment", start=0, end=6, questions=[code], level="firm", tier=tier, score=score)
    return claimed


def numbers(cells):
    return [cell.number for cell in cells]


def test_the_more_doubtful_the_earlier(proposed):
    grid = grid_of(proposed)
    assert numbers(grid.shown) == [3, 2, 1]
    assert numbers(grid.cells) == [1, 2, 3]
    grid.open(None)
    assert [cell.number for cell in grid.shown if cell.is_open] == [3]


def test_the_order_of_the_questionnaire_stays_available(proposed):
    assert numbers(grid_of(proposed, is_doubts_first=False).shown) == [1, 2, 3]


def test_the_order_does_not_move_with_each_gesture(proposed, diane):
    doubtful = Suggestion.objects.get(reading__reply=proposed, score=0.4)
    acts.keep(actor=diane, reply=proposed, suggestion=doubtful)
    assert numbers(grid_of(proposed).shown) == [3, 2, 1]


def test_without_doubt_questions_come_as_they_were_asked(proposed):
    Suggestion.objects.filter(reading__reply=proposed).update(tier="sure")
    assert numbers(grid_of(proposed).shown) == [1, 2, 3]


def places(page):
    return [page.index(f'id="q{number}"') for number in (1, 2, 3)]


def test_the_page_remembers_how_one_likes_to_read(as_user, diane, proposed):
    browser, address = as_user(diane), reverse("replies:desk", args=[proposed.pk])
    one, two, three = places(browser.get(address).text)
    assert three < two < one
    one, two, three = places(browser.get(f"{address}?ordre=questionnaire").text)
    assert one < two < three
    one, two, three = places(browser.get(address).text)
    assert one < two < three
    one, two, three = places(browser.get(f"{address}?ordre=doutes").text)
    assert three < two < one


def gesture(browser, reply, value):
    return browser.post(reverse("replies:gesture", args=[reply.pk]), {"do": value}, headers={"X-Requested-With": "fetch"})


def test_a_document_taken_for_an_automatic_message_is_read_again_as_a_reply(receive, lists, diane, as_user):
    reply = receive(TAKEN_AMISS, lists[0])
    assert reply.readings.get().kind == "auto-reply"
    assert not Suggestion.objects.filter(reading__reply=reply).exists()
    acts.claim(actor=diane, reply=reply)
    text = reply.originals.get().texts.get()
    answer = gesture(as_user(diane), reply, f"kind:{text.pk}-reply:")
    assert answer.status_code == 200
    assert "semble être une réponse automatique" not in answer.text
    assert reply.parts.get().kind == "reply"
    assert reply.readings.first().kind == "reply"
    assert Suggestion.objects.filter(reading__reply=reply, kind="commitment").exists()
    assert JournalEntry.objects.filter(verb="reply.kind").count() == 1


def test_what_a_person_said_holds_for_the_next_reading(claimed, diane, text):
    acts.name_kind(actor=diane, reply=claimed, text=text, kind="article")
    reply = acts.give_back(actor=diane, reply=claimed)
    acts.read(actor=diane, reply=reply)
    assert [one.kind for one in reply.readings.order_by("pk")] == ["reply", "article", "article"]


def test_a_letter_said_to_be_an_article_proposes_nothing_more_and_keeps_what_is_kept(claimed, diane, text):
    (kept, *_) = acts.keep(actor=diane, reply=claimed, suggestion=Suggestion.objects.filter(reading__reply=claimed, kind="commitment").first())
    acts.name_kind(actor=diane, reply=claimed, text=text, kind="article")
    assert grid_of(claimed).pending == []
    assert claimed.extracts.get() == kept


def test_a_kind_that_does_not_exist_is_refused(claimed, diane, text):
    with pytest.raises(ActRefusedError, match="Choisissez ce qu’est ce document"):
        acts.name_kind(actor=diane, reply=claimed, text=text, kind="poème")


def test_only_whoever_reads_the_reply_may_say_it(claimed, amina, text):
    with pytest.raises(NotYoursError):
        acts.name_kind(actor=amina, reply=claimed, text=text, kind="article")
    assert claimed.parts.get().kind == ""


@pytest.mark.parametrize("key", ["999999-article", "-article", "abc", ""])
def test_a_document_that_is_not_there_is_said_on_the_page(as_user, diane, claimed, key):
    answer = gesture(as_user(diane), claimed, f"kind:{key}:")
    assert answer.status_code == 422


def test_two_machines_at_once_propose_once(receive, lists, campaign):
    reply = receive("1. Oui, nous ouvrirons un guichet.", lists[0])
    stale = type(reply).objects.get(pk=reply.pk)
    stale.state = "received"  # what a second process saw, a moment before
    acts.read(actor=None, reply=stale)
    assert reply.readings.count() == 1
