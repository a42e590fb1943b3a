"""The page of a list: what it says, what it keeps, what it sends, at each moment of a campaign."""

from __future__ import annotations

import datetime
import hashlib
import html
import re

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.campaigns.letter_models import Reopening
from plaidoyer.campaigns.models import Campaign, LocalWording, Questionnaire
from plaidoyer.elections.models import Standing
from plaidoyer.mailbox.models import OutgoingMessage
from plaidoyer.replies.models import DoorDraft, DoorFile, DoorSending, Original, Release, Reply, Suggestion
from plaidoyer.replies.publish_checks import obstacles
from plaidoyer.replies.release_draft import draft as release_draft
from tests.replies.conftest import IN_TIME
from tests.replies.door_cast import *
from tests.replies.door_cast import PAGE, PREVIEW, REFUSE, WHO, form_of, opened, sent_by, typed

NOON = datetime.datetime(2026, 3, 4, 11, 0, tzinfo=datetime.UTC)
AFTER = datetime.datetime(2026, 3, 8, 9, 0, tzinfo=datetime.UTC)
SILENT = datetime.datetime(2026, 3, 14, 9, 0, tzinfo=datetime.UTC)  # the eve of the vote
YES = "Oui. Le CCAS domiciliera toute personne qui a un lien avec la commune."
HOMES = "Nous construirons 120 logements sociaux, dont 40 en PLAI.\n\nNous en rachèterons vingt."


@pytest.fixture(autouse=True)
def on_wednesday(on_tuesday):
    """4 March 2026, noon: two days before the deadline."""
    on_tuesday.move_to(NOON)
    return on_tuesday


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def text_of(answer) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").select_one("main").get_text(" ").split())


# == what it says


def test_the_page_says_who_asks_what_will_be_public_and_until_when(browser):
    said = text_of(browser.get(PAGE))
    assert "Un toit à Valmorel pose les mêmes questions à toutes les listes" in said
    assert "Toutes les réponses reçues seront publiées, mot pour mot et en entier" in said
    assert "jusqu’au vendredi 6 mars 2026 à 23\u202fh 59 (heure de Valmorel-sur-Ourse)" in browser.get(PAGE).content.decode()
    assert "Vous pouvez répondre jusqu’au vendredi 6 mars 2026" in said
    assert "CNIL" in said
    assert "Combien de logements sociaux" in said


def test_a_commune_reads_its_own_wording(browser, campaign_commune, questionnaire):
    LocalWording.objects.create(
        question=questionnaire.questions.get(number=1), campaign_commune=campaign_commune, text="Et aux Forges, qui domicilierez-vous ?"
    )
    assert "Et aux Forges, qui domicilierez-vous" in text_of(browser.get(PAGE))


def test_without_the_link_the_page_says_no_word_of_anybody(client, link):
    for address in (PAGE, PREVIEW, REFUSE, reverse("door:choose"), reverse("door:sending", args=[1]), reverse("door:proof", args=[1, "recu.txt"])):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "Valmorel" not in answer.content.decode()


def test_a_signed_in_volunteer_has_no_place_on_it(as_user, amina, link):
    assert as_user(amina).get(PAGE).status_code == 403


@pytest.mark.parametrize("name", ["door:sending", "door:leave"])
def test_a_wrong_method_is_refused(browser, name):
    wrong = browser.post if name == "door:sending" else browser.get
    assert wrong(reverse(name, args=[1] if name == "door:sending" else [])).status_code == 405


def test_the_page_asks_the_same_number_of_questions_of_the_database_whatever_is_written(browser, queries_of, capture):
    bare = queries_of(lambda: browser.get(PAGE))
    typed(browser, Q1=YES, Q2=HOMES, files=[SimpleUploadedFile("programme.txt", b"Notre programme."), SimpleUploadedFile("annexe.txt", b"Annexe.")])
    full = queries_of(lambda: browser.get(PAGE))
    assert bare == 19
    assert full == 20  # the files


def test_no_page_of_the_door_can_be_kept_by_a_cache_or_found_by_a_search_engine(browser):
    answer = browser.get(PAGE)
    assert (answer["Cache-Control"], answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("private, no-store", "strict-origin", "noindex, nofollow")


# == what it keeps


def test_a_draft_is_found_again_by_the_same_link_in_another_browser(browser, link):
    assert typed(browser, Q1=YES)["Location"] == PAGE
    assert form_of(opened(link))["Q1"] == YES


def test_the_desk_sees_nothing_of_a_draft(browser, campaign, as_user, amina):
    typed(browser, Q1=YES)
    assert not Reply.objects.exists()
    assert YES not in as_user(amina).get(reverse("pages:pages", args=[campaign.slug])).content.decode()


def test_what_the_automatic_save_gives_back_is_what_a_fresh_page_shows(browser):
    fragment = browser.post(PAGE, form_of(browser) | {"Q1": YES, "do": "save"}, headers={"HX-Request": "true"})
    fresh = BeautifulSoup(browser.get(PAGE).content, "html.parser").select_one("#saved")
    assert BeautifulSoup(fragment.content, "html.parser").select_one("#saved").prettify() == fresh.prettify()
    assert "Brouillon enregistré le mercredi 4 mars 2026 à 12" in fresh.get_text()


def test_sending_without_saying_who_answers_keeps_every_word(browser):
    answer = typed(browser, "preview", Q1=YES)
    assert answer.status_code == 422
    assert "Écrivez le prénom et le nom" in text_of(answer)
    assert YES in answer.content.decode()
    assert DoorDraft.objects.get().texts == {"Q1": YES}


def test_a_text_too_long_is_shown_back_whole_with_the_reason(browser):
    answer = typed(browser, Q1="mot " * 8000)
    assert answer.status_code == 422
    assert "joignez-le plutôt en document" in text_of(answer)
    assert "mot " * 8000 in answer.content.decode()


def test_a_page_left_open_overnight_closes_and_gives_back_what_was_typed(browser, link, on_wednesday):
    page = form_of(browser)
    on_wednesday.shift(datetime.timedelta(hours=13))
    answer = browser.post(PAGE, page | {"Q1": YES, "do": "save"})
    assert answer.status_code == 403
    assert YES in answer.content.decode()
    assert page["csrfmiddlewaretoken"] not in text_of(answer)


def test_a_wrong_address_loses_no_paragraph(browser):
    assert typed(browser, Q1=YES, email="ines").status_code == 422
    assert DoorDraft.objects.get().texts == {"Q1": YES}


@pytest.mark.parametrize("bad", ["", "abc", "-1", "99999999999999999999"])
def test_a_form_that_was_tampered_with_is_no_error_page(browser, bad):
    assert typed(browser, Q1=YES, revision=bad).status_code in {302, 422}
    assert browser.post(PREVIEW, {"list": form_of(browser)["list"], "revision": bad}).status_code == 302


def test_characters_that_no_keyboard_types_are_dropped_and_line_ends_made_plain(browser):
    typed(browser, Q1="Oui.\r\n\x00Encore\x0b oui.\r\n")
    assert DoorDraft.objects.get().texts == {"Q1": "Oui.\nEncore oui."}


# == what it sends


def test_the_preview_is_to_the_byte_what_is_recorded(browser, capture):
    typed(browser, "preview", **WHO, Q1=YES, Q2=HOMES)
    page = browser.get(PREVIEW).content.decode()
    promised = html.unescape(re.sub(r"<[^>]*>", "", re.search(r"<article[^>]*>(.*?)</article>", page, re.DOTALL)[1]))
    fingerprint = re.search(r'<code class="hash">(\w+)</code>', page)[1]
    with capture(execute=True):
        browser.post(PREVIEW, form_of(browser, PREVIEW))
    reply = Reply.objects.get()
    original = reply.originals.get()
    with original.file.open() as there:
        stored = there.read()
    assert stored.decode() == promised
    assert hashlib.sha256(stored).hexdigest() == fingerprint == original.sha256 == DoorSending.objects.get().text_sha256
    assert promised == (
        "Réponse de la liste «\u202fValmorel solidaire\u202f» (Valmorel-sur-Ourse)\n"
        "à Un toit à Valmorel, «\u202fMunicipales 2026 : trois questions aux listes\u202f»\n"
        "Version 1\n\n"
        "Question 1. Domiciliation\n\nOui. Le CCAS domiciliera toute personne qui a un lien avec la commune.\n\n"
        "Question 2. Logement social\n\nNous construirons 120 logements sociaux, dont 40 en PLAI.\n\nNous en rachèterons vingt.\n"
    )


def test_a_sending_is_a_reply_received_by_the_form_and_read_by_the_machine(browser, capture, lists):
    sent_by(browser, capture, Q1=YES)
    reply = Reply.objects.get()
    assert (reply.candidate_list, reply.channel, reply.state, reply.nature) == (lists[0], "form", "read", "answer")
    assert (reply.received_at, reply.answered_by, reply.capacity) == (NOON, "Inès Carpentras", "tête de liste")
    assert not reply.is_late
    assert not reply.answers.exists()


def test_what_was_typed_under_a_question_is_suggested_for_it_and_for_no_other(browser, capture):
    sent_by(browser, capture, Q1=YES, Q2=HOMES, Q3="La cantine sera à un euro pour ces familles.")
    passages = Suggestion.objects.filter(kind="passage")
    assert {(one.questions[0], one.quote) for one in passages} == {("Q1", YES), ("Q2", HOMES), ("Q3", "La cantine sera à un euro pour ces familles.")}
    assert {one.tier for one in passages} == {"sure"}
    homes = [one for one in Suggestion.objects.filter(kind="commitment") if "120 logements" in one.quote]
    assert [one.questions for one in homes] == [["Q2"]]


def test_words_that_look_like_a_file_are_still_words(browser, capture):
    sent_by(browser, capture, Q1="%PDF-1.7 <html> From: x\nTo: y\nSubject: z <script>alert(1)</script>")
    assert "<script>alert(1)</script>" in Reply.objects.get().originals.get().texts.get().text
    assert Suggestion.objects.get(kind="passage").quote.startswith("%PDF-1.7")


def test_documents_become_originals_of_the_same_reply(browser, capture):
    typed(browser, "attach", files=[SimpleUploadedFile("programme.txt", b"Notre programme : 120 logements.")])
    sent_by(browser, capture, Q1=YES)
    reply = Reply.objects.get()
    assert [one.name for one in reply.originals.order_by("parts__position")] == ["réponse sur la page de la liste, version 1.txt", "programme.txt"]
    assert DoorSending.objects.get().files[0]["sha256"] == hashlib.sha256(b"Notre programme : 120 logements.").hexdigest()


def test_a_document_alone_is_an_answer(browser, capture):
    typed(browser, "attach", files=[SimpleUploadedFile("notre réponse.txt", b"Oui aux trois questions.")])
    sent_by(browser, capture)
    assert "Joint à cette réponse\u00a0: «\u202fnotre réponse.txt\u202f»" in DoorSending.objects.get().text
    assert Reply.objects.get().originals.count() == 2


def test_a_document_taken_away_before_sending_is_gone(browser):
    typed(browser, "attach", files=[SimpleUploadedFile("brouillon.txt", b"A ne pas envoyer.")])
    file = DoorFile.objects.get()
    typed(browser, f"remove-{file.pk}")
    assert not DoorFile.objects.exists()
    assert not Original.objects.exists()


def test_nothing_at_all_is_not_sent(browser, capture):
    typed(browser, **WHO)
    assert browser.get(PREVIEW)["Location"] == PAGE
    assert "Il n’y a encore rien à envoyer" in text_of(browser.get(PAGE))


def test_a_refusal_is_as_easy_as_an_answer_and_waits_for_a_person_like_one(browser, capture, campaign, valmorel):
    page = form_of(browser, REFUSE) | WHO | {"words": "Nous ne répondons à aucun questionnaire."}
    with capture(execute=True):
        answer = browser.post(REFUSE, page)
    assert answer["Location"] == reverse("door:sending", args=[1])
    reply = Reply.objects.get()
    assert (reply.nature, reply.state) == ("refusal", "read")
    assert not reply.answers.exists()
    assert "Nous ne souhaitons pas répondre à ces questions.\n\nNous ne répondons à aucun questionnaire.\n" in DoorSending.objects.get().text
    assert any("Relire la réponse de « Valmorel solidaire »" in one.sentence for one in obstacles(campaign, valmorel, NOON))


def test_a_refusal_pressed_twice_is_one_refusal_and_may_become_an_answer(browser, capture):
    typed(browser, Q1=YES)
    page = form_of(browser, REFUSE) | WHO
    assert browser.post(REFUSE, page)["Location"] == browser.post(REFUSE, page)["Location"] == reverse("door:sending", args=[1])
    sent_by(browser, capture)
    assert [(one.version, one.is_refusal, one.reply.nature) for one in DoorSending.objects.all()] == [(2, False, "answer"), (1, True, "refusal")]


def test_a_refusal_asks_who_speaks(browser):
    answer = browser.post(REFUSE, form_of(browser, REFUSE))
    assert answer.status_code == 422
    assert not Reply.objects.exists()


def test_a_correction_is_another_version_and_the_last_one_is_published(browser, capture, campaign, valmorel, on_wednesday):
    sent_by(browser, capture, Q1="Non.")
    on_wednesday.shift(datetime.timedelta(hours=2))
    sent_by(browser, capture, Q1=YES)
    assert "Version 2, qui remplace celle du mercredi 4 mars 2026 à 12 h\n" in DoorSending.objects.first().text
    drawn = next(one for one in release_draft(campaign, valmorel, NOON).lists if one.reply)
    assert drawn.reply == DoorSending.objects.first().reply
    assert [one["received_at"] for one in drawn.facts["earlier"]] == ["2026-03-04T12:00:00+01:00"]
    said = text_of(browser.get(PAGE))
    assert "Version 2 , reçue le mercredi 4 mars 2026 à 14" in said
    assert "Version 1 , reçue le mercredi 4 mars 2026 à 12" in said


def test_the_same_words_again_are_a_version_again(browser, capture):
    for words in ("Oui.", "Non.", "Oui."):
        sent_by(browser, capture, Q1=words)
    newest = Reply.objects.order_by("-received_at", "-pk").first()
    assert newest.door_sending.version == 3
    assert Reply.objects.count() == 3


def test_what_is_changed_after_a_sending_is_said_not_to_be_sent(browser, capture):
    sent_by(browser, capture, Q1=YES)
    assert "pas encore envoyée" not in text_of(browser.get(PAGE))
    typed(browser, Q1="Oui, mais.")
    assert "Cette modification n’est pas encore envoyée" in text_of(browser.get(PAGE))


def test_the_journal_tells_the_sending_and_no_word_of_it(browser, capture, link):
    sent_by(browser, capture, Q1=YES)
    lines = list(JournalEntry.objects.filter(verb__in=["link.opened", "door.sent"]).order_by("sequence").values_list("sentence", flat=True))
    assert lines == [
        "La liste « Valmorel solidaire » a ouvert sa page de réponse.",
        "La liste « Valmorel solidaire » a envoyé sa réponse sur sa page (version 1).",
    ]


# == receipts


def test_the_receipt_proves_what_when_and_who(browser, capture):
    page = sent_by(browser, capture, Q1=YES)
    assert "mercredi 4 mars 2026 à 12\u202fh et 0 s (heure de Valmorel-sur-Ourse)" in page.content.decode()
    receipt = browser.get(reverse("door:proof", args=[1, "recu.txt"])).content.decode()
    words = browser.get(reverse("door:proof", args=[1, "reponse.txt"])).content
    assert hashlib.sha256(words).hexdigest() in receipt
    assert words.decode().rstrip("\n") in receipt
    assert "Répond pour la liste : Inès Carpentras, tête de liste" in receipt
    mail = browser.get(reverse("door:proof", args=[1, "recu.eml"])).content
    assert b"Subject: =?utf-8?" in mail
    assert b'filename="reponse.txt"' in mail


def test_a_receipt_of_a_version_that_does_not_exist_is_not_found(browser):
    assert browser.get(reverse("door:sending", args=[1])).status_code == 404
    assert browser.get(reverse("door:proof", args=[7, "recu.txt"])).status_code == 404


def test_the_hour_of_a_receipt_is_that_of_the_commune(saint_leu_des_iles, campaign, election, amina, capture, sent):
    from plaidoyer.campaigns.models import CampaignCommune
    from plaidoyer.elections.models import Contest
    from tests.cast import candidate_list

    CampaignCommune.objects.create(campaign=campaign, commune=saint_leu_des_iles)
    contest = Contest.objects.create(election=election, commune=saint_leu_des_iles, polling_on=datetime.date(2026, 3, 15))
    there = candidate_list(contest, 1, "Saint-Leu debout", "Marie Hoarau")
    open_links(actor=amina, campaign=campaign, lists=campaign.lists())
    page = sent_by(opened(live_link(campaign, there)), capture, Q1=YES)
    assert "mercredi 4 mars 2026 à 15\u202fh et 0 s (heure de Saint-Leu-des-Îles)" in page.content.decode()


def test_the_receipt_also_goes_to_the_address_that_we_know_of_the_list(browser, capture, real_sending):
    sent_by(browser, capture, Q1=YES)
    queued = OutgoingMessage.objects.order_by("pk")
    assert [one.recipient for one in queued] == ["ines@valmorel-solidaire.example", "contact@valmorel-solidaire.example"]
    assert all(DoorSending.objects.get().text_sha256 in one.text for one in queued)
    assert not any(one.is_rehearsal for one in queued)


def test_in_a_rehearsal_no_receipt_leaves_and_the_page_offers_it(browser, capture, real_sending, campaign):
    campaign.sending_plan.delete()
    page = sent_by(browser, capture, Q1=YES)
    assert not OutgoingMessage.objects.exists()
    assert "Gardez-en une copie" in text_of(page)


# == the moments


def test_a_late_reply_is_received_once_and_told_late(link, capture, on_wednesday):
    on_wednesday.move_to(AFTER)
    browser = opened(link)
    assert "mention « reçue hors délai »".replace(" ", "") in text_of(browser.get(PAGE)).replace("\u202f", "").replace(" ", "")
    page = sent_by(browser, capture, Q1=YES)
    assert "hors délai" in text_of(page)
    assert Reply.objects.get().is_late
    assert not BeautifulSoup(browser.get(PAGE).content, "html.parser").select("textarea")


def test_after_the_deadline_what_was_sent_in_time_stays_what_is_published(browser, link, capture, on_wednesday):
    sent_by(browser, capture, Q1=YES)
    page = form_of(browser, PAGE)
    on_wednesday.move_to(AFTER)
    browser = opened(link)
    browser.post(PAGE, page | {"Q1": "Finalement non.", "do": "save"})
    answer = browser.post(PREVIEW, {"list": page["list"], "revision": DoorDraft.objects.get().revision})
    assert answer["Location"] == PAGE
    assert "elle ne se corrige plus ici" in text_of(browser.get(PAGE))
    assert Reply.objects.count() == 1


def test_a_list_whose_deadline_was_opened_again_reads_why(link, campaign, lists, amina, on_wednesday):
    Reopening.objects.create(
        campaign=campaign, candidate_list=lists[0], until=AFTER + datetime.timedelta(days=2), reason="Lettre arrivée après le délai.", opened_by=amina
    )
    on_wednesday.move_to(AFTER)
    said = text_of(opened(link).get(PAGE))
    assert "jusqu’au mardi 10 mars 2026 à 10" in said
    assert "Lettre arrivée après le délai." in said


def test_inside_the_silence_one_may_send_and_nothing_leaves_before_its_end(link, capture, real_sending, on_wednesday):
    on_wednesday.move_to(SILENT)
    browser = opened(link)
    assert "C’est la période de silence électoral, jusqu’au dimanche 15 mars 2026 à 20" in text_of(browser.get(PAGE))
    sent_by(browser, capture, Q1=YES)
    assert Reply.objects.count() == 1
    assert {one.not_before for one in OutgoingMessage.objects.all()} == {datetime.datetime(2026, 3, 15, 19, 0, tzinfo=datetime.UTC)}


def test_once_published_the_page_says_when(link, campaign, valmorel, on_wednesday):
    Release.objects.create(campaign=campaign, commune=valmorel, version=1, published_at=AFTER)
    on_wednesday.move_to(AFTER + datetime.timedelta(days=1))
    browser = opened(link)
    assert "Les réponses de votre commune ont été publiées le dimanche 8 mars 2026 à 10" in text_of(browser.get(PAGE))
    assert "y sera ajouté par une correction, datée" in text_of(browser.get(PAGE))


@pytest.mark.parametrize(("state", "words"), [("withdrawn", "retirée"), ("merged", "fusionnée")])
def test_a_list_that_is_gone_is_told_so_and_sends_nothing(browser, contest, lists, state, words):
    Standing.objects.filter(contest=contest, candidate_list=lists[0]).update(state=state)
    said = text_of(browser.get(PAGE))
    assert words in said
    assert "cette page n’attend plus de réponse" in said
    assert browser.post(REFUSE, {"list": lists[0].pk, "revision": 0, **WHO})["Location"] == PAGE
    assert not Reply.objects.exists()


def test_a_closed_campaign_receives_nothing_more_here(browser, campaign, lists):
    Campaign.objects.filter(pk=campaign.pk).update(state=Campaign.State.CLOSED)
    assert "La campagne est close" in text_of(browser.get(PAGE))
    assert browser.post(REFUSE, {"list": lists[0].pk, "revision": 0, **WHO})["Location"] == PAGE
    assert not Reply.objects.exists()


def test_a_question_that_is_no_longer_asked_loses_no_word(browser, campaign, questionnaire):
    typed(browser, Q3="La cantine à un euro.")
    made = Questionnaire.objects.create(campaign=campaign, version=2, reason="Question retirée", locked_at=NOON)
    for question in questionnaire.questions.filter(number__lt=3):
        question.pk, question.questionnaire = None, made
        question.save()
    said = text_of(browser.get(PAGE))
    assert "Écrit sous une question qui n’est plus posée" in said
    assert "La cantine à un euro." in said


def test_a_form_and_a_mail_of_the_same_minute_are_both_kept_and_the_last_received_is_shown(browser, capture, receive, campaign, valmorel, lists):
    """R9: one rule says which is shown; the other stays, with its date."""
    sent_by(browser, capture, Q1=YES)
    with time_machine.travel(NOON + datetime.timedelta(seconds=40), tick=False):
        mailed = receive("Par courriel : nous répondons non.", lists[0], received_at=NOON + datetime.timedelta(seconds=40))
    drawn = next(one for one in release_draft(campaign, valmorel, NOON).lists if one.reply)
    assert drawn.reply == mailed
    assert [one["channel"] for one in drawn.facts["earlier"]] == ["form"]
    assert "par une autre voie (courriel)" in text_of(browser.get(PAGE))


def test_a_reply_of_another_day_is_known_by_the_page(browser, receive, lists):
    receive("Nous avons répondu par courrier.", lists[0], received_at=IN_TIME - datetime.timedelta(days=1), channel="post")
    assert "Réponse reçue le mardi 3 mars 2026 à 18" in text_of(browser.get(PAGE))


# == what does not outlive the election


def test_three_months_after_the_vote_drafts_and_addresses_go_and_what_was_sent_stays(browser, link, links, capture, on_wednesday, capsys):
    from django.core.management import call_command

    typed(browser, "attach", files=[SimpleUploadedFile("programme.txt", b"Notre programme.")])
    sent_by(browser, capture, Q1=YES)
    typed(opened(links[1]), Q1="Jamais envoyé.", email="autre@example.org")
    held = DoorFile.objects.get().file
    on_wednesday.move_to(datetime.datetime(2026, 6, 20, 9, 0, tzinfo=datetime.UTC))
    call_command("forget_drafts")
    assert DoorDraft.objects.count() == 2
    on_wednesday.move_to(datetime.datetime(2026, 6, 30, 9, 0, tzinfo=datetime.UTC))
    with capture(execute=True):
        call_command("forget_drafts")
    call_command("forget_drafts")
    assert capsys.readouterr().out == "Rien à effacer.\nEffacé : 3.\nRien à effacer.\n"
    assert not held.storage.exists(held.name)
    assert (DoorSending.objects.get().email, Reply.objects.get().originals.count()) == ("", 2)
    assert browser.get(PAGE).status_code == 403  # the session is over; the link opens what was sent
    assert YES in opened(link).get(reverse("door:sending", args=[1])).content.decode()
    assert JournalEntry.objects.get(verb="door.forget").sentence.endswith("3 effacements.")


def test_three_months_after_the_vote_the_queue_forgets_to_whom_a_receipt_went(browser, capture, real_sending, on_wednesday):
    from django.core.management import call_command

    sent_by(browser, capture, Q1=YES)
    gone, waiting = OutgoingMessage.objects.order_by("pk")
    OutgoingMessage.objects.filter(pk=gone.pk).update(state="accepted", accepted_at=IN_TIME)
    on_wednesday.move_to(datetime.datetime(2026, 6, 30, 9, 0, tzinfo=datetime.UTC))
    call_command("forget_drafts")
    assert list(OutgoingMessage.objects.order_by("pk").values_list("recipient", flat=True)) == ["", waiting.recipient]
    assert OutgoingMessage.objects.get(pk=gone.pk).text == gone.text
    assert JournalEntry.objects.get(verb="mail.forget").sentence.startswith("Adresses effacées de 1 message envoyé")
