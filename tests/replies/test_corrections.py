"""« Voici ce que nous avons compris »: every list of a commune sees our reading, until the same minute, and is answered before publication."""

import datetime

import pytest
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.campaigns.acts.links import open_links
from plaidoyer.campaigns.correction_models import CorrectionNotice, CorrectionWindow
from plaidoyer.campaigns.equality import ledger_of, public_facts
from plaidoyer.campaigns.letter_models import SendingPlan
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.reply_tokens import token_of
from plaidoyer.elections.models import Contact
from plaidoyer.mailbox.models import OutgoingMessage
from plaidoyer.replies import acts
from plaidoyer.replies.models import Remark
from plaidoyer.replies.publish_checks import obstacles
from tests.mailbox.conftest import account_at
from tests.replies.conftest import TUESDAY, settle_all
from tests.replies.test_publish import CANTEEN, CCAS, HOUSES

THURSDAY = datetime.datetime(2026, 3, 12, 17, 0, tzinfo=datetime.UTC)


@pytest.fixture
def account(collective, campaign, lists):
    """Three lists have an address; the fourth has none. Sending is real."""
    for one in lists[:3]:
        Contact.objects.create(
            candidate_list=one, collective=collective, kind="email", value=f"{one.slug}@valmorel.example", source="site", found_on=TUESDAY.date()
        )
    SendingPlan.objects.create(campaign=campaign, is_rehearsal=False)
    return account_at(collective, 25)


@pytest.fixture
def answered(reply, diane, questions):
    return settle_all(reply, diane, None, questions, [CCAS, HOUSES, CANTEEN])


@pytest.fixture
def opened(account, answered, amina, campaign_commune):
    return acts.open_corrections(actor=amina, campaign_commune=campaign_commune, closes_at=THURSDAY)


@pytest.fixture
def window(opened):
    return opened.window


@pytest.fixture
def at_the_door(client, campaign, lists, amina):
    """The browser of the first list, its link opened."""
    open_links(actor=amina, campaign=campaign, lists=campaign.lists())
    token = token_of(ReplyLink.objects.get(campaign=campaign, candidate_list=lists[0]))
    client.post(f"/repondre/{token}/")
    return client


def end():
    """Its last minute was this one: a session at the door would not live until Thursday."""
    CorrectionWindow.objects.update(opened_at=TUESDAY - datetime.timedelta(days=2), closes_at=TUESDAY)


def sentences(campaign, valmorel, now=TUESDAY):
    return [one.sentence for one in obstacles(campaign, valmorel, now)]


def test_every_list_with_an_address_gets_the_same_message_with_its_own_page(opened, campaign, lists, window):
    messages = list(OutgoingMessage.objects.order_by("recipient"))
    assert (opened.told, opened.others) == (3, [lists[3]])
    assert [one.recipient for one in messages] == ["liste-1@valmorel.example", "liste-2@valmorel.example", "liste-3@valmorel.example"]
    first = messages[0].text
    assert "jusqu’au jeudi 12 mars 2026 à 18 h (heure de Valmorel-sur-Ourse)" in first
    own = token_of(ReplyLink.objects.get(campaign=campaign, candidate_list=lists[0]))
    assert f"/repondre/{own}/" in first
    assert len({one.text.replace(line_with_link(one), "").replace(line_with_objection(one), "") for one in messages}) == 1
    assert set(window.notices.values_list("candidate_list", flat=True)) == {one.pk for one in lists[:3]}


def line_with_link(message):
    return next(line for line in message.text.splitlines() if "/repondre/" in line)


def line_with_objection(message):
    return next(line for line in message.text.splitlines() if "/opposition/" in line)


def test_a_rehearsal_opens_nothing_and_comes_back_to_whoever_sends(account, answered, amina, campaign, campaign_commune):
    SendingPlan.objects.update(is_rehearsal=True)
    told = acts.open_corrections(actor=amina, campaign_commune=campaign_commune, closes_at=THURSDAY)
    assert (told.window, told.told) == (None, 3)
    assert CorrectionWindow.objects.count() == CorrectionNotice.objects.count() == ReplyLink.objects.count() == 0
    assert set(OutgoingMessage.objects.values_list("is_rehearsal", "rehearsal_to")) == {(True, "amina@example.org")}


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (TUESDAY + datetime.timedelta(hours=23), "vingt-quatre heures"),
        (datetime.datetime(2026, 3, 14, 9, 0, tzinfo=datetime.UTC), "période de silence"),
    ],
)
def test_the_delay_is_long_enough_and_outside_the_silence(account, answered, amina, campaign_commune, closes_at, said):
    with pytest.raises(ActRefusedError, match=said):
        acts.open_corrections(actor=amina, campaign_commune=campaign_commune, closes_at=closes_at)
    assert OutgoingMessage.objects.count() == 0


def test_a_reading_that_is_not_finished_is_not_shown(account, reply, amina, campaign_commune):
    with pytest.raises(ActRefusedError, match="Terminez d’abord notre lecture"):
        acts.open_corrections(actor=amina, campaign_commune=campaign_commune, closes_at=THURSDAY)


def test_it_is_opened_once_and_prolonged_for_all_with_a_reason(window, amina, campaign_commune):
    with pytest.raises(ActRefusedError, match="déjà ouverte"):
        acts.open_corrections(actor=amina, campaign_commune=campaign_commune, closes_at=THURSDAY)
    with pytest.raises(ActRefusedError, match="plus tard que l’ancien"):
        acts.extend_corrections(actor=amina, window=window, closes_at=THURSDAY - datetime.timedelta(hours=1), reason="x")
    later = THURSDAY + datetime.timedelta(hours=3)
    acts.extend_corrections(actor=amina, window=window, closes_at=later, reason="Coupure de courrier")
    assert CorrectionWindow.objects.get().closes_at == later
    assert "Raison : Coupure de courrier" in JournalEntry.objects.get(verb="correction.extended").sentence


def test_a_list_told_by_nobody_is_a_difference_until_somebody_tells_it(window, amina, lists, campaign_commune):
    said = [one.sentence for one in ledger_of(campaign_commune).unexplained]
    assert said == ["« L’Ourse en commun » n’a pas été prévenue qu’elle pouvait relire avant publication."]
    acts.note_told(actor=amina, window=window, candidate_list=lists[3], channel="post")
    ledger = ledger_of(campaign_commune)
    assert ledger.unexplained == []
    facts = public_facts(ledger)
    assert facts["correction"] == {"opened_at": "2026-03-10T12:00+01:00", "closes_at": "2026-03-12T18:00:00+01:00"}
    assert [one["shown_on"] for one in facts["lists"]] == ["2026-03-10"] * 4


def test_the_commune_waits_for_the_last_minute_and_for_every_answer(window, amina, bruno, campaign, valmorel, lists, questions, on_tuesday):
    acts.note_told(actor=amina, window=window, candidate_list=lists[3], channel="post")
    assert sentences(campaign, valmorel) == ["Les listes peuvent relire jusqu’au jeudi 12 mars 2026 à 18 h : attendez ce moment."]
    said = acts.remark(actor=None, window=window, candidate_list=lists[0], question=questions[1], text="Nous avons dit 130.")
    assert "Répondre à la remarque de « Valmorel solidaire », question 2." in sentences(campaign, valmorel, THURSDAY)
    with pytest.raises(ActRefusedError, match="Répondez à la liste"):
        acts.answer_remark(actor=bruno, remark=said, is_accepted=False, answer=" ")
    acts.answer_remark(actor=bruno, remark=said, is_accepted=False, answer="La lettre dit 120.")
    assert sentences(campaign, valmorel, THURSDAY) == []
    with pytest.raises(ActRefusedError, match="déjà répondu"):
        acts.answer_remark(actor=amina, remark=said, is_accepted=True, answer="Oui.")
    on_tuesday.move_to(THURSDAY)
    with pytest.raises(ActRefusedError, match="délai pour relire est passé"):
        acts.remark(actor=None, window=window, candidate_list=lists[0], question=None, text="Trop tard")
    assert acts.publish(actor=amina, campaign=campaign, commune=valmorel).version == 1


def test_the_same_words_sent_twice_are_one_remark(window, lists):
    for words in ("Un passage manque.\n\nLe dernier.", "Un passage manque.\r\n\r\nLe dernier.\0 "):  # as a script sends them, and as a browser does
        acts.remark(actor=None, window=window, candidate_list=lists[0], question=None, text=words)
    assert Remark.objects.get().text == "Un passage manque.\n\nLe dernier."


# ---- the page of the list


def test_a_list_reads_exactly_what_would_be_published_of_it_and_nothing_of_the_others(window, at_the_door, receive, lists):
    page = at_the_door.get(reverse("door:correction")).content.decode()
    for words in (CCAS, HOUSES, CANTEEN, "Répond aux 3 questions"):
        assert words in page
    assert "Un nouvel élan" not in page


def test_a_remark_made_on_the_page_is_read_at_the_desk_and_its_answer_on_the_page(window, at_the_door, as_user, amina, campaign, valmorel):
    at_the_door.post(reverse("door:correction"), {"question": "2", "text": "Nous avons dit 130."})
    desk = reverse("replies:corrections", args=[campaign.slug, valmorel.pk])
    browser = as_user(amina)
    page = browser.get(desk).content.decode()
    assert "Nous avons dit 130." in page
    assert "question 2, Logement social" in page
    browser.post(reverse("replies:answer-remark", args=[Remark.objects.get().pk]), {"do": "decline", "answer": "La lettre dit 120."})
    page = at_the_door.get(reverse("door:correction")).content.decode()
    assert "Notre réponse : remarque non retenue" in page
    assert "La lettre dit 120." in page


def test_what_a_list_types_too_late_is_not_lost(window, at_the_door):
    page = at_the_door.post(reverse("door:correction"), {"question": "2", "text": "mot " * 1001})
    assert page.status_code == 422
    assert 'id="r2-error"' in page.content.decode()
    assert "mot mot" in page.content.decode().split('id="r2"')[1].split("</textarea>")[0]
    end()
    page = at_the_door.post(reverse("door:correction"), {"question": "2", "text": "Nous avons dit 130."})
    assert "Le délai pour relire est passé." in page.content.decode()
    assert "Nous avons dit 130." in page.content.decode()
    assert Remark.objects.count() == 0


def test_a_commitment_outside_the_questions_is_shown_too(reply, diane, answered, amina, account, campaign_commune, at_the_door):
    acts.reopen(actor=diane, reply=answered)
    acts.add(actor=diane, reply=answered, quote="dans l’ordre de vos questions", question=None, level="intention")
    acts.finish(actor=diane, reply=answered)
    acts.open_corrections(actor=amina, campaign_commune=campaign_commune, closes_at=THURSDAY)
    page = at_the_door.get(reverse("door:correction")).content.decode()
    assert "Hors questions" in page
    assert "dans l’ordre de vos questions" in page.split('id="beyond"')[1].split("</section>")[0]


def test_once_published_the_page_keeps_what_was_said_and_shows_no_reading(window, at_the_door, amina, bruno, campaign, valmorel, lists, questions):
    acts.note_told(actor=amina, window=window, candidate_list=lists[3], channel="post")
    said = acts.remark(actor=None, window=window, candidate_list=lists[0], question=questions[1], text="Nous avons dit 130.")
    acts.answer_remark(actor=bruno, remark=said, is_accepted=False, answer="La lettre dit 120.")
    end()
    acts.publish(actor=amina, campaign=campaign, commune=valmorel)
    assert "Vos remarques avant publication" in at_the_door.get(reverse("door:page")).content.decode()
    page = at_the_door.get(reverse("door:correction")).content.decode()
    assert "La lettre dit 120." in page
    assert "Rien n’est encore public" not in page
    assert HOUSES not in page


@pytest.mark.parametrize("name", ["correction", "right-of-reply"])
def test_without_the_session_of_a_link_nothing_is_shown(client, window, name):
    assert client.get(reverse(f"door:{name}")).status_code == 403


def test_before_any_window_there_is_no_such_page(at_the_door, sent):
    assert at_the_door.get(reverse("door:correction")).status_code == 404


# ---- the page of the desk


@pytest.mark.parametrize(("who", "status"), [("amina", 200), ("bruno", 200), ("emile", 200), ("chloe", 404)])
def test_who_sees_the_page(request, as_user, campaign, valmorel, answered, who, status):
    page = as_user(request.getfixturevalue(who)).get(reverse("replies:corrections", args=[campaign.slug, valmorel.pk]))
    assert page.status_code == status


def test_the_coordination_opens_it_from_the_page(as_user, amina, account, answered, campaign, valmorel):
    desk = reverse("replies:corrections", args=[campaign.slug, valmorel.pk])
    page = as_user(amina).post(desk, {"closes_on": "2026-03-12", "closes_at": "18:00"}, follow=True)
    assert [str(one) for one in page.context["messages"]] == [
        "La relecture est ouverte. Listes prévenues par courriel : 3. À prévenir autrement : « L’Ourse en commun »."
    ]
    assert CorrectionWindow.objects.get().closes_at == THURSDAY


@pytest.mark.parametrize(("who", "status"), [("bruno", 403), ("diane", 403), ("emile", 403), ("chloe", 404)])
def test_nobody_else_opens_it(request, as_user, account, answered, campaign, valmorel, who, status):
    desk = reverse("replies:corrections", args=[campaign.slug, valmorel.pk])
    sent = as_user(request.getfixturevalue(who)).post(desk, {"closes_on": "2026-03-12", "closes_at": "18:00"})
    assert sent.status_code == status
    assert CorrectionWindow.objects.count() == 0


def test_a_refusal_is_told_above_the_form_and_the_day_stays_in_it(as_user, amina, account, answered, campaign, valmorel):
    desk = reverse("replies:corrections", args=[campaign.slug, valmorel.pk])
    page = as_user(amina).post(desk, {"closes_on": "2026-03-10", "closes_at": "18:00"})
    assert page.status_code == 422
    assert "Laissez au moins vingt-quatre heures aux listes." in page.content.decode()
    assert 'value="2026-03-10"' in page.content.decode()
    assert CorrectionWindow.objects.count() == 0


def test_a_bad_date_is_told_beside_the_field(as_user, amina, campaign, valmorel, answered):
    desk = reverse("replies:corrections", args=[campaign.slug, valmorel.pk])
    page = as_user(amina).post(desk, {"closes_on": "jeudi", "closes_at": ""})
    assert page.status_code == 422
    assert "Écrivez la date ainsi" in page.content.decode()


def test_before_opening_the_page_says_who_will_be_told_how_and_whether_it_is_a_rehearsal(as_user, amina, account, answered, campaign, valmorel):
    desk = reverse("replies:corrections", args=[campaign.slug, valmorel.pk])
    page = as_user(amina).get(desk).content.decode()
    assert page.count("pas d’adresse électronique : vous la préviendrez") == 1
    assert "en répétition" not in page
    SendingPlan.objects.update(is_rehearsal=True)
    assert "en répétition" in as_user(amina).get(desk).content.decode()


def test_a_remark_that_waits_is_seen_from_the_replies_and_from_the_communes(window, as_user, diane, lists, campaign, valmorel):
    said = acts.remark(actor=None, window=window, candidate_list=lists[0], question=None, text="Un passage manque.")
    browser = as_user(diane)
    assert "remarque de listes à examiner" in browser.get(reverse("replies:inbox", args=[campaign.slug])).content.decode()
    communes = reverse("replies:communes", args=[campaign.slug])
    assert "1 remarque à examiner" in browser.get(communes).content.decode()
    acts.answer_remark(actor=diane, remark=said, is_accepted=True, answer="Ajouté.")
    assert "à examiner" not in browser.get(communes).content.decode()
    assert "Ajouté." in browser.get(reverse("replies:corrections", args=[campaign.slug, valmorel.pk])).content.decode()


def test_a_remark_stands_at_the_desk_beside_its_question(window, as_user, diane, lists, questions, answered):
    acts.remark(actor=None, window=window, candidate_list=lists[0], question=questions[1], text="Nous avons dit 130.")
    page = as_user(diane).get(reverse("replies:desk", args=[answered.pk])).content.decode()
    block = page.split('<details class="qc" id="q2"')[1].split('<details class="qc"')[0]
    assert "la liste conteste" in block.split("</summary>")[0]
    assert "La liste conteste notre lecture" in block
    assert "Nous avons dit 130." in block
