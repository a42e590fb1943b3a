"""The inbox and the tray: what came, and what waits for a list."""

import datetime

import pytest
from django.urls import reverse

from plaidoyer.replies import acts
from plaidoyer.replies.models import Reply
from tests.replies.conftest import IN_TIME, TUESDAY
from tests.replies.letters import ANSWER, REFUSAL


@pytest.fixture
def inbox(campaign):
    return reverse("replies:inbox", args=[campaign.slug])


@pytest.fixture
def tray(campaign):
    return reverse("replies:tray", args=[campaign.slug])


def test_every_reply_is_there_with_its_state_and_its_lateness(as_user, amina, inbox, receive, lists, sent):
    receive(ANSWER, lists[0])
    receive(REFUSAL, lists[2], received_at=TUESDAY)
    page = as_user(amina).get(inbox).content.decode()
    assert "Valmorel solidaire" in page
    assert page.count("hors délai</span>") == 1
    assert "4 mars, 18 h 42" in page


def test_a_local_group_sees_its_commune_only(as_user, bruno, inbox, receive, lists, pontaubry, election):
    from plaidoyer.elections.models import Contest
    from tests.cast import candidate_list

    elsewhere = Contest.objects.create(election=election, commune=pontaubry, polling_on=datetime.date(2026, 3, 15))
    receive(ANSWER, lists[0])
    receive(REFUSAL, candidate_list(elsewhere, 1, "Pontaubry demain", "Rose Ancelin"))
    page = as_user(bruno).get(inbox).content.decode()
    assert "Valmorel solidaire" in page
    assert "Pontaubry demain" not in page


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"q": "solidaire"}, ["Valmorel solidaire"]),
        ({"q": "pontivier"}, ["Valmorel d’abord"]),
        ({"state": "late"}, ["Valmorel d’abord"]),
        ({"state": "todo"}, ["Valmorel d’abord", "Valmorel solidaire"]),
        ({"state": "reviewed"}, []),
        ({"state": "n’importe quoi", "page": "zéro"}, ["Valmorel d’abord", "Valmorel solidaire"]),
    ],
)
def test_the_inbox_is_searched_and_filtered(as_user, amina, inbox, receive, lists, sent, asked, seen):
    receive(ANSWER, lists[0])
    receive(REFUSAL, lists[2], received_at=TUESDAY)
    page = as_user(amina).get(inbox, asked)
    assert [reply.candidate_list.name for reply in page.context["page"].object_list] == seen


def test_the_number_of_queries_does_not_grow_with_the_replies(as_user, amina, inbox, receive, lists, sent, queries_of):
    browser = as_user(amina)
    receive(ANSWER, lists[0])
    with_one = queries_of(lambda: browser.get(inbox))
    for one in lists[1:]:
        receive(ANSWER, one)
    assert queries_of(lambda: browser.get(inbox)) == with_one <= 23


def test_the_number_of_queries_of_the_tray_does_not_grow(as_user, amina, tray, receive, queries_of):
    browser = as_user(amina)
    receive("Bonjour.")
    with_one = queries_of(lambda: browser.get(tray))
    for words in ("Bonsoir.", "Salut."):
        receive(words)
    assert queries_of(lambda: browser.get(tray)) == with_one <= 22


def test_another_collective_gets_404_everywhere(as_user, chloe, inbox, tray, reply):
    browser = as_user(chloe)
    assert browser.get(inbox).status_code == 404
    assert browser.get(tray).status_code == 404
    for name in ("reply", "desk", "redaction"):
        assert browser.get(reverse(f"replies:{name}", args=[reply.pk])).status_code == 404
    for name in (
        "attach",
        "detach",
        "set-aside",
        "restore",
        "add-part",
        "describe",
        "also-for",
        "read",
        "claim",
        "give-back",
        "gesture",
        "finish",
        "reopen",
        "hide",
        "see",
    ):
        assert browser.post(reverse(f"replies:{name}", args=[reply.pk])).status_code == 404
    original = reply.originals.get()
    for name in ("original", "pictures"):
        assert browser.get(reverse(f"replies:{name}", args=[reply.pk, original.pk])).status_code == 404


def test_the_inbox_is_only_read(as_user, amina, inbox):
    assert as_user(amina).post(inbox).status_code == 405


def test_with_one_campaign_the_way_to_its_replies_is_direct(as_user, amina, campaign, inbox):
    assert as_user(amina).get(reverse("replies:home")).url == inbox


def test_a_letter_in_the_tray_is_attached_from_the_tray(as_user, amina, tray, receive, lists):
    waiting = receive(REFUSAL)
    assert 'Rattacher<span class="hidden"> à « Valmorel d’abord »' in as_user(amina).get(tray).content.decode()
    as_user(amina).post(reverse("replies:attach", args=[waiting.pk]), {"candidate_list": lists[2].pk, "from": "tray"})
    waiting.refresh_from_db()
    assert waiting.candidate_list == lists[2]


def test_the_machine_suggests_a_list_only_on_an_exact_sign_and_attaches_nothing(receive, lists):
    signed = receive(REFUSAL)
    assert (signed.candidate_list, signed.suggested_list) == (None, lists[2])
    assert receive("Bonjour, voici notre réponse.").suggested_list is None
    assert receive("Valmorel solidaire et Valmorel d’abord répondent.").suggested_list is None


def test_attaching_without_a_list_says_what_to_do(as_user, amina, receive, tray):
    waiting = receive("Bonjour.")
    page = as_user(amina).post(reverse("replies:attach", args=[waiting.pk]), {"candidate_list": "", "from": "tray"}, follow=True)
    assert "Choisissez une liste" in page.content.decode()
    waiting.refresh_from_db()
    assert waiting.candidate_list is None


def test_an_attached_letter_can_go_back_to_the_tray_until_somebody_has_worked_on_it(as_user, amina, diane, reply, questions):
    as_user(amina).post(reverse("replies:detach", args=[reply.pk]), {"reason": "Mauvaise commune"})
    reply.refresh_from_db()
    assert reply.candidate_list is None


def test_a_reply_already_reviewed_does_not_go_back_to_the_tray(as_user, amina, diane, claimed, questions):
    acts.settle(actor=diane, reply=claimed, question=questions[0], stance="skips")
    page = as_user(amina).post(reverse("replies:detach", args=[claimed.pk]), follow=True)
    assert "déjà relue" in page.content.decode()
    claimed.refresh_from_db()
    assert claimed.candidate_list is not None


def test_what_is_set_aside_is_kept_and_taken_back(as_user, amina, tray, receive):
    waiting = receive("Absence du bureau.")
    browser = as_user(amina)
    browser.post(reverse("replies:set-aside", args=[waiting.pk]), {"reason": "Réponse automatique", "from": "tray"})
    assert "Réponse automatique" in browser.get(tray).content.decode()
    browser.post(reverse("replies:restore", args=[waiting.pk]), {"from": "tray"})
    assert list(Reply.objects.in_tray()) == [waiting]


def test_setting_aside_needs_a_reason(as_user, amina, receive):
    waiting = receive("Absence du bureau.")
    page = as_user(amina).post(reverse("replies:set-aside", args=[waiting.pk]), {"reason": " "}, follow=True)
    assert "pourquoi ce courrier" in page.content.decode()


def test_one_letter_answers_also_for_another_list_and_each_is_settled_alone(as_user, amina, reply, lists, diane, questions):
    as_user(amina).post(reverse("replies:also-for", args=[reply.pk]), {"candidate_list": lists[3].pk})
    twin = Reply.objects.get(candidate_list=lists[3])
    assert list(twin.originals.all()) == list(reply.originals.all())
    assert twin.received_at == IN_TIME
    acts.claim(actor=diane, reply=reply)
    acts.settle(actor=diane, reply=reply, question=questions[0], stance="skips")
    assert not twin.answers.exists()


def test_an_observer_sees_the_tray_and_changes_nothing(as_user, emile, tray, receive, lists):
    waiting = receive(REFUSAL)
    browser = as_user(emile)
    assert "Rattacher à" not in browser.get(tray).content.decode()
    assert browser.post(reverse("replies:attach", args=[waiting.pk]), {"candidate_list": lists[2].pk}).status_code == 403
