"""The tray and the mail of a reply, as pages: who may press what, and what each press says."""

import pytest
from django.urls import reverse

from plaidoyer.campaigns.letter_models import Objection
from plaidoyer.replies.models import MailReply, Reply
from tests.replies.conftest import TUESDAY
from tests.replies.mails_cast import *
from tests.replies.mails_cast import AT

STRANGER = "Une Inconnue <inconnue@ailleurs.example>"


@pytest.fixture
def tray(campaign):
    return reverse("replies:tray", args=[campaign.slug])


@pytest.fixture
def doubtful(letters, came, only):
    came(From=STRANGER)
    return only()


@pytest.fixture
def waiting(letters, came, only):
    came("Bonjour.\n\nValmorel solidaire", From=STRANGER, To="campagne@untoit.example")
    return only()


def said(response):
    return [str(one) for one in response.context["messages"]]


def test_the_button_takes_what_is_in_the_mailbox_and_says_how_much(as_user, amina, letters, came, campaign):
    came()
    page = as_user(amina).post(reverse("replies:pull", args=[campaign.slug]), follow=True)
    assert said(page) == ["1 courrier pris : 1 rattaché, 0 à vérifier, 0 à rattacher."]
    assert Reply.objects.get().entered_by is None


def test_a_local_group_may_ask_for_it_and_sees_what_concerns_its_commune(as_user, bruno, letters, came, campaign, lists, tray):
    came()
    came("Rien de certain.", From=STRANGER, To="campagne@untoit.example", Message_ID="<b@x.example>")
    browser = as_user(bruno)
    browser.post(reverse("replies:pull", args=[campaign.slug]))
    assert Reply.objects.count() == 2
    assert "Rien de certain" not in browser.get(tray).content.decode()
    assert "Valmorel solidaire" in browser.get(reverse("replies:inbox", args=[campaign.slug])).content.decode()


@pytest.mark.parametrize(("who", "status"), [("emile", 403), ("diane", 403), ("chloe", 404)])
def test_the_mailbox_is_not_fetched_for_just_anybody(request, as_user, campaign, who, status):
    assert as_user(request.getfixturevalue(who)).post(reverse("replies:pull", args=[campaign.slug])).status_code == status


@pytest.mark.parametrize("name", ["pull", "vouch", "objection", "correct-reception"])
def test_a_look_changes_nothing(as_user, amina, campaign, doubtful, name):
    address = reverse(f"replies:{name}", args=[campaign.slug if name == "pull" else doubtful.pk])
    assert as_user(amina).get(address).status_code == 405


def test_the_tray_tells_who_wrote_and_why_each_list_is_likely(as_user, amina, waiting, tray):
    page = as_user(amina).get(tray).content.decode()
    for words in ("inconnue@ailleurs.example", "Notre réponse", "Le nom de la liste est dans la lettre", "Valmorel solidaire"):
        assert words in page


def test_the_tray_asks_no_more_queries_for_more_letters(as_user, amina, letters, came, pulled, tray, queries_of):
    browser = as_user(amina)
    came("Valmorel solidaire", From=STRANGER, To="campagne@untoit.example")
    pulled()
    with_one = queries_of(lambda: browser.get(tray))
    for number in range(3):
        came(f"L’Ourse en commun {number}", From=STRANGER, To="campagne@untoit.example", Message_ID=f"<{number}@x.example>")
    pulled()
    assert queries_of(lambda: browser.get(tray)) == with_one <= 22


def test_a_doubtful_reply_says_so_in_the_inbox_and_on_its_page_until_somebody_vouches(as_user, amina, campaign, doubtful):
    browser = as_user(amina)
    assert "expéditeur à vérifier" in browser.get(reverse("replies:inbox", args=[campaign.slug]), {"state": "doubted"}).content.decode()
    page = browser.get(doubtful.get_absolute_url()).content.decode()
    assert "n’est pas une adresse connue de cette liste" in page
    page = browser.post(reverse("replies:vouch", args=[doubtful.pk]), follow=True).content.decode()
    assert "Vérifié par Amina Test" in page
    assert MailReply.objects.to_check().count() == 0


@pytest.mark.parametrize(("who", "status"), [("bruno", 302), ("emile", 403), ("diane", 403), ("chloe", 404)])
def test_who_may_vouch(request, as_user, doubtful, who, status):
    assert as_user(request.getfixturevalue(who)).post(reverse("replies:vouch", args=[doubtful.pk])).status_code == status


def test_only_the_coordination_notes_an_objection_and_the_list_must_be_named(as_user, amina, diane, letters, came, only, tray, lists):
    came("Merci de ne plus nous écrire.")
    reply = only()
    address = reverse("replies:objection", args=[reply.pk])
    assert "demande peut-être à ne plus recevoir" in as_user(amina).get(tray).content.decode()
    assert as_user(diane).post(address, {"candidate_list": lists[0].pk}).status_code == 403
    assert said(as_user(amina).post(address, {"candidate_list": "x"}, follow=True)) == [
        "Choisissez la liste qui demande à ne plus recevoir de message."
    ]
    assert Objection.objects.count() == 0
    as_user(amina).post(address, {"candidate_list": lists[0].pk})
    assert Objection.objects.get().candidate_list == lists[0]


def test_the_date_is_corrected_at_the_hour_of_the_commune(as_user, bruno, letters, came, only, valmorel):
    came(received_at=TUESDAY)
    reply = only()
    type(valmorel).objects.filter(pk=valmorel.pk).update(time_zone="Indian/Reunion")
    asked = {"received_on": "2026-03-04", "received_at": "21:42", "reason": "Cachet de la poste"}
    page = as_user(bruno).post(reverse("replies:correct-reception", args=[reply.pk]), asked, follow=True)
    assert said(page) == ["Date de réception corrigée."]
    reply.refresh_from_db()
    assert reply.received_at == AT
    assert "Cachet de la poste" in page.content.decode()


def test_a_bad_date_is_told_in_words(as_user, bruno, doubtful):
    page = as_user(bruno).post(reverse("replies:correct-reception", args=[doubtful.pk]), {"received_on": "hier", "received_at": "21:42"}, follow=True)
    assert said(page) == ["Écrivez la date ainsi : 04/03/2026. Dites à quoi vous savez cette date."]
    doubtful.refresh_from_db()
    assert doubtful.received_at == AT
