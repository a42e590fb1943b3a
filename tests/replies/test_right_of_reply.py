"""A list answers what is published of it: three days, word for word, nothing during the silence, and the same length for all."""

import datetime

import pytest
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.links import open_links
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.reply_tokens import token_of
from plaidoyer.elections.silence import windows_in
from plaidoyer.replies import acts
from plaidoyer.replies.models import RightOfReply
from plaidoyer.replies.public_text import Hidden
from plaidoyer.replies.reply_clock import clock_of
from tests.replies.conftest import TUESDAY

WORDS = "Nous n’avons jamais refusé de répondre.\n\nNotre permanence : 06 01 02 03 04."
SATURDAY = datetime.datetime(2026, 3, 14, 9, 0, tzinfo=datetime.UTC)
SUNDAY_NIGHT = datetime.datetime(2026, 3, 15, 19, 30, tzinfo=datetime.UTC)  # 20 h 30 in Paris: the last station is closed


@pytest.fixture
def release(amina, campaign, valmorel, sent):
    return acts.publish(actor=amina, campaign=campaign, commune=valmorel)


@pytest.fixture
def asked(release, lists):
    """By the silent list, on Tuesday at noon."""
    return acts.reply_right(actor=None, release=release, candidate_list=lists[3], text=WORDS, signed_by="Karim Delaunoy", capacity="tête de liste")


@pytest.fixture
def letter(campaign, valmorel, lists):
    return reverse("publication:letter", args=[campaign.slug, valmorel.pk, valmorel.slug, lists[3].slug])


@pytest.fixture
def at_the_door(client, campaign, lists, amina):
    open_links(actor=amina, campaign=campaign, lists=campaign.lists())
    client.post(f"/repondre/{token_of(ReplyLink.objects.get(campaign=campaign, candidate_list=lists[3]))}/")
    return client


def clock_at(row, now):
    return clock_of(row, now, windows_in(row.release.campaign.election, [row.release.commune_id])[row.release.commune_id])


def test_it_is_kept_whole_on_the_version_that_it_answers_with_its_clock(asked, release):
    assert (asked.text, asked.release, asked.state) == (WORDS, release, "received")
    assert asked.due_at == datetime.datetime(2026, 3, 13, 11, 0, tzinfo=datetime.UTC)
    assert clock_at(asked, TUESDAY).sentence == (
        "À publier si possible avant le mercredi 11 mars 2026 à 12 h (un jour), au plus tard le vendredi 13 mars 2026 à 12 h (trois jours)."
    )
    assert JournalEntry.objects.get(verb="voice.received").sentence == (
        "Droit de réponse demandé par « L’Ourse en commun » (version 1), à publier avant le 13/03/2026 à 12 h 00."
    )


@pytest.mark.parametrize(
    ("received", "now", "sentence", "must_wait"),
    [
        ((11, 9), (12, 9), "Le délai légal finit pendant le silence électoral : publiez avant le samedi 14 mars 2026 à 0 h, sinon dès le dimanche 15 mars 2026 à 20 h.", False),
        ((11, 9), (14, 9), "Silence électoral en cours : à publier dès sa fin, le dimanche 15 mars 2026 à 20 h, avec la date de réception.", True),
        ((10, 11), (13, 12), "Le délai légal est passé depuis le vendredi 13 mars 2026 à 12 h : décidez sans attendre.", False),
    ],
)  # fmt: skip
def test_the_clock_knows_the_silence(asked, received, now, sentence, must_wait):
    at = datetime.datetime(2026, 3, received[0], received[1], tzinfo=datetime.UTC)
    asked.received_at, asked.due_at = at, at + datetime.timedelta(days=3)
    found = clock_at(asked, datetime.datetime(2026, 3, now[0], now[1], tzinfo=datetime.UTC))
    assert (found.sentence, found.must_wait) == (sentence, must_wait)


def test_it_is_published_word_for_word_save_what_is_personal_on_the_page_and_in_the_data(asked, amina, client, letter):
    assert "Droit de réponse de la liste" not in client.get(letter).content.decode()
    start = WORDS.index("06 01")
    acts.publish_right(actor=amina, right=asked, hidden=[Hidden(start, start + 14, "phone")])
    page = client.get(letter).content.decode()
    assert "Nous n’avons jamais refusé de répondre." in page
    assert "[téléphone masqué]" in page
    assert "06 01" not in page
    assert "Karim Delaunoy, tête de liste" in page
    (twin,) = client.get(f"{letter.rstrip('/')}.json").json()["rights_of_reply"]
    assert twin == {
        "text": "Nous n’avons jamais refusé de répondre.\n\nNotre permanence : [téléphone masqué].",
        "signed_by": "Karim Delaunoy", "capacity": "tête de liste", "received_at": "2026-03-10T11:00:00+00:00",
        "published_at": "2026-03-10T11:00:00+00:00", "about_version": 1, "note": "",
    }  # fmt: skip


def test_a_reader_who_holds_the_page_gets_the_new_one(asked, amina, client, letter):
    before = client.get(letter)
    acts.publish_right(actor=amina, right=asked)
    after = client.get(letter, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert client.get(letter, headers={"If-None-Match": after["ETag"]}).status_code == 304


def test_it_stays_when_the_commune_is_corrected_and_goes_with_a_withdrawn_page(asked, amina, client, letter, campaign, valmorel):
    acts.publish_right(actor=amina, right=asked)
    corrected = acts.publish(actor=amina, campaign=campaign, commune=valmorel, reason="Une faute")
    assert "Il répond à la version 1 de cette page." in client.get(letter).content.decode()
    acts.withdraw(actor=amina, release=corrected, reason="Erreur")
    assert client.get(letter).status_code == 410


def test_nothing_appears_during_the_silence_and_then_it_says_why(asked, amina, on_tuesday):
    asked.due_at = SATURDAY
    asked.save()
    on_tuesday.move_to(SATURDAY)
    with pytest.raises(ActRefusedError, match="Période de silence électoral"):
        acts.publish_right(actor=amina, right=asked)
    on_tuesday.move_to(SUNDAY_NIGHT)
    acts.publish_right(actor=amina, right=asked)
    asked.refresh_from_db()
    assert asked.reason == "Le délai légal finissait pendant la période de silence électoral ; publié après elle."


def test_the_limit_of_length_is_the_same_for_all_and_nothing_is_lost(release, lists, amina):
    long = acts.reply_right(actor=None, release=release, candidate_list=lists[3], text="mot " * 501, signed_by="K. D.")
    with pytest.raises(ActRefusedError, match="501 mots ; la limite est de 500"):
        acts.publish_right(actor=amina, right=long)
    assert len(RightOfReply.objects.get().text.split()) == 501


def test_it_is_declined_only_with_a_reason_and_decided_once(asked, amina, client, letter):
    with pytest.raises(ActRefusedError, match="Dites pourquoi"):
        acts.decline_right(actor=amina, right=asked, reason=" ")
    acts.decline_right(actor=amina, right=asked, reason="Met en cause une personne étrangère à la publication")
    with pytest.raises(ActRefusedError, match="déjà décidé"):
        acts.publish_right(actor=amina, right=asked)
    assert "refusé de répondre" not in client.get(letter).content.decode()


def test_pressed_twice_it_is_one_request(release, lists):
    for words in (WORDS, WORDS.replace("\n", "\r\n")):  # a browser ends lines its own way
        acts.reply_right(actor=None, release=release, candidate_list=lists[3], text=words, signed_by="K. D.")
    assert RightOfReply.objects.get().text == WORDS


# ---- the pages


def test_a_list_asks_on_its_own_page_and_reads_what_becomes_of_it(release, at_the_door, as_user, amina, campaign):
    address = reverse("door:right-of-reply")
    at_the_door.post(address, {"text": WORDS, "signed_by": "Karim Delaunoy", "capacity": ""})
    right = RightOfReply.objects.get()
    assert "décision au plus tard le" in at_the_door.get(address).content.decode()
    browser = as_user(amina)
    desk = browser.get(reverse("replies:rights", args=[campaign.slug])).content.decode()
    assert "06 01 02 03 04" in desk
    box = f"{WORDS.index('06 01')}-{WORDS.index('06 01') + 14}-phone"
    assert f'value="{box}"' in desk
    browser.post(reverse("replies:decide-right", args=[right.pk]), {"do": "publish", "hide": [box, "n’importe quoi"]})
    right.refresh_from_db()
    assert (right.state, "06 01" in right.published_text) == ("published", False)
    told = at_the_door.get(address).content.decode()
    assert "Publiée." in told
    assert "[téléphone masqué]" in told


def test_an_empty_request_is_told_beside_the_field_and_what_is_typed_stays(release, at_the_door):
    page = at_the_door.post(reverse("door:right-of-reply"), {"text": WORDS, "signed_by": ""})
    assert page.status_code == 422
    assert "Indiquez votre nom" in page.content.decode()
    assert "jamais refusé" in page.content.decode()


def test_before_publication_there_is_no_right_of_reply(at_the_door, sent):
    assert at_the_door.get(reverse("door:right-of-reply")).status_code == 404


def test_a_letter_that_asks_for_it_is_recorded_with_its_date(release, as_user, bruno, campaign, lists):
    asked = {
        "candidate_list": lists[3].pk, "text": WORDS, "signed_by": "Karim Delaunoy", "channel": "post", "received_on": "2026-03-09",
        "received_at": "10:00",
    }  # fmt: skip
    as_user(bruno).post(reverse("replies:rights", args=[campaign.slug]), asked)
    right = RightOfReply.objects.get()
    assert (right.entered_by, right.channel, right.received_at) == (bruno, "post", datetime.datetime(2026, 3, 9, 9, 0, tzinfo=datetime.UTC))
    assert right.due_at == datetime.datetime(2026, 3, 12, 9, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(("who", "status"), [("amina", 302), ("bruno", 403), ("diane", 403), ("emile", 403), ("chloe", 404)])
def test_only_the_coordination_decides(request, as_user, asked, who, status):
    address = reverse("replies:decide-right", args=[asked.pk])
    assert as_user(request.getfixturevalue(who)).post(address, {"do": "publish"}).status_code == status


def test_the_page_of_requests_asks_no_more_queries_for_more_of_them(as_user, amina, release, lists, campaign, queries_of):
    browser, address = as_user(amina), reverse("replies:rights", args=[campaign.slug])
    acts.reply_right(actor=None, release=release, candidate_list=lists[3], text="Un.", signed_by="K. D.")
    with_one = queries_of(lambda: browser.get(address))
    for number in range(3):
        acts.reply_right(actor=None, release=release, candidate_list=lists[0], text=f"Texte {number}", signed_by="K. D.")
    assert queries_of(lambda: browser.get(address)) == with_one
