"""Reply links against scanners, thieves, guessers and two tabs (performance-and-faults.md, T1 to T6)."""

from __future__ import annotations

import gzip
import logging
import re
import zlib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as live_settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from plaidoyer.accounts.models import Attempt, JournalEntry
from plaidoyer.campaigns.acts.links import renew_link, revoke_link
from plaidoyer.campaigns.acts.waves import send_wave
from plaidoyer.campaigns.letter_links import printed_doors, reply_doors
from plaidoyer.campaigns.link_models import ReplyLink
from plaidoyer.campaigns.models import Signatory
from plaidoyer.campaigns.reply_tokens import token_of
from plaidoyer.config.privacy import SecretsLeftOut
from plaidoyer.mailbox.models import OutgoingMessage
from plaidoyer.replies.acts import door as acts
from plaidoyer.replies.models import DoorDraft, DoorSending, Reply
from tests.replies.conftest import on_tuesday  # noqa: F401  the calendar of the room
from tests.replies.door_cast import *
from tests.replies.door_cast import CHOOSE, PAGE, PREVIEW, REFUSE, WHO, form_of, opened, typed
from tests.replies.test_door_page import NOON

YES, NO = "Oui, sans condition.", "Non, pas ainsi."


@pytest.fixture(autouse=True)
def on_wednesday(on_tuesday):  # noqa: F811
    on_tuesday.move_to(NOON)
    return on_tuesday


def address(link: ReplyLink) -> str:
    return reverse("door:enter", args=[token_of(link)])


# == T1: scanners


def test_fifty_scanners_that_look_change_nothing_and_spend_nothing(link):
    journal = JournalEntry.objects.count()
    for number in range(50):
        scanner = Client(headers={"user-agent": f"scanner {number}"})
        answer = scanner.get(address(link), follow=True) if number % 2 else scanner.head(address(link))
        assert answer.status_code == 200
        assert "repondre" not in scanner.cookies
    link.refresh_from_db()
    assert link.opened_at is None
    assert JournalEntry.objects.count() == journal
    assert not Attempt.objects.exists()
    assert opened(link).get(PAGE).status_code == 200


def test_a_program_that_presses_the_button_takes_the_link_from_nobody(link):
    opened(link)
    opened(link)
    assert opened(link).get(PAGE).status_code == 200


def test_looking_at_an_address_asks_the_database_nothing(link, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(address(link))


# == T2: whoever reads the whole database


def all_bytes_of_the_database() -> bytes:
    """Every value of every table, and what is inside when it was packed."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [value for row in cursor.fetchall() for value in row]
    return b"\n".join(part for value in found for part in unpacked(value))


def unpacked(value: object) -> list[bytes]:
    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    tried = [raw]
    for open_it in (zlib.decompress, gzip.decompress):
        try:
            tried.append(open_it(raw))
        except (OSError, zlib.error, EOFError):
            continue
    return tried


def test_the_whole_database_and_the_whole_store_open_no_page(links, real_sending, campaign, amina, settings, django_capture_on_commit_callbacks):
    """Even with the letters waiting in the outbox, their attached PDF and the receipts."""
    Signatory.objects.create(campaign=campaign, name="Amina Test", capacity="coordinatrice", organisation="Un toit à Valmorel")
    campaign.solicitations.filter(candidate_list=links[0].candidate_list).delete()
    send_wave(actor=amina, campaign=campaign, kind="letter", reason="Adresse trouvée.")
    browser = opened(links[0])
    typed(browser, "preview", **WHO, Q1=YES)
    browser.post(PREVIEW, form_of(browser, PREVIEW))
    letter = OutgoingMessage.objects.get(batch__contains="envoi")
    assert token_of(links[0]) in letter.text
    stored = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    everything = b"\n".join([all_bytes_of_the_database(), *(part for data in stored for part in unpacked(data))])
    for link in links:
        token = token_of(link)
        assert token.encode() not in everything
        assert token.replace("-", "").encode() not in everything
        assert link.digest.encode() in everything
    assert not re.search(rb"/repondre/[0-9a-z]{4}-", everything)


def test_the_token_of_a_mail_address_opens_no_page(links, campaign):
    door = reply_doors(campaign, campaign.lists(), is_rehearsal=False)[links[0].candidate_list_id]
    assert door.token
    assert Client().post(reverse("door:enter", args=[door.token])).status_code == 404


def test_a_letter_made_again_carries_the_same_address_and_each_list_its_own(links, campaign):
    first, again = (printed_doors(campaign, campaign.lists()) for _ in range(2))
    assert first == again
    assert len({door.url for door in first.values()} | {door.token for door in first.values()}) == 8


def test_when_the_secret_changes_letters_that_left_still_open_their_page(link, campaign, settings):
    token, settings.SECRET_KEY = token_of(link), "un tout autre secret"
    assert Client().post(reverse("door:enter", args=[token])).status_code == 302
    assert token_of(link) is None
    assert "/apercu/" in printed_doors(campaign, campaign.lists())[link.candidate_list_id].url


def test_a_code_typed_from_paper_may_be_typed_badly(link):
    code = token_of(link).replace("-", " ").upper().replace("0", "O").replace("1", "l")
    assert Client().post(reverse("door:code"), {"code": f"  {code} "}).status_code == 302


# == T3: guesses


def test_guesses_are_limited_and_an_old_address_looks_like_an_unknown_one(links, amina):
    old = token_of(links[0])
    renew_link(actor=amina, link=links[0], reason="Lettre égarée.")
    unknown, expired = (Client().post(reverse("door:enter", args=[token])) for token in ("0000-0000", old))
    assert (unknown.status_code, expired.status_code) == (404, 404)
    assert without_form_token(unknown) == without_form_token(expired)
    statuses = [Client().post(reverse("door:enter", args=[f"essai-{n}"])).status_code for n in range(30)]
    assert statuses == [404] * 18 + [429] * 12
    assert Client().post(address(links[1])).status_code == 429  # the right one too: a guesser learns nothing by going on
    assert Client(REMOTE_ADDR="192.0.2.7").post(address(links[1])).status_code == 302


def without_form_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())


def test_whoever_opens_the_right_page_often_is_no_guesser(link):
    for _ in range(40):
        opened(link)
    assert not Attempt.objects.exists()


def test_the_address_of_a_guesser_is_not_what_the_guesser_says(link):
    statuses = [Client(headers={"x-forwarded-for": f"203.0.113.{n}"}).post(reverse("door:enter", args=["essai"])).status_code for n in range(25)]
    assert statuses.count(429) == 5


# == T4: what is left behind


def test_no_referer_no_address_no_log_line_carries_the_token(link, caplog, settings):
    browser = Client()
    door = browser.get(address(link))
    assert door["Referrer-Policy"] == "strict-origin"
    with caplog.at_level(logging.DEBUG):
        answer = browser.post(address(link))
        assert answer["Location"] == PAGE
        Client().post(address(link) + "encore/")  # a mistyped address is told as not found
        browser.get(PAGE)
    cookie = answer.cookies["repondre"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert token_of(link) not in cookie.value
    kept = SecretsLeftOut()
    for record in caplog.records:
        kept.filter(record)
        assert token_of(link) not in record.getMessage()


def test_the_cookie_has_its_strict_name_over_https(link, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = Client().post(address(link)).cookies["__Host-repondre"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /repondre/ab3d-k9fm-zzzz/", "Not Found: /repondre/…/"),
        ('"POST /repondre/ab3d-k9fm-zzzz/ HTTP/1.1" 302 0', '"POST /repondre/…/ HTTP/1.1" 302 0'),
        ('"GET /repondre/page/apercu/ HTTP/1.1" 200', '"GET /repondre/page/apercu/ HTTP/1.1" 200'),
        ("Gone: /compte/invitation/abc123/", "Gone: /compte/invitation/…/"),
    ],
)
def test_a_log_line_keeps_the_address_without_its_secret(said, kept):
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s", (said,), None)
    SecretsLeftOut().filter(record)
    assert record.getMessage() == kept


def test_every_handler_of_ours_filters():
    assert all("secrets_left_out" in handler["filters"] for handler in live_settings.LOGGING["handlers"].values())


# == T5: revoked, and somebody else's


def test_a_revoked_link_closes_the_pages_it_had_opened(link, amina, caplog):
    browser = opened(link)
    typed(browser, Q1=YES)
    token = token_of(link)
    revoke_link(actor=amina, link=link, reason="Adresse transmise à un tiers.")
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, {"Q1": NO}).status_code == 403
    assert Client().post(reverse("door:enter", args=[token])).status_code == 404
    assert f"A revoked reply link was tried: link {link.pk}." in caplog.text
    assert DoorDraft.objects.get().texts == {"Q1": YES}
    assert JournalEntry.objects.filter(verb="link.revoke").get().sentence.endswith("Raison : Adresse transmise à un tiers.")


def test_a_renewed_link_finds_the_draft_of_the_old_one(link, amina):
    typed(opened(link), Q1=YES)
    made = renew_link(actor=amina, link=link, reason="Lettre égarée.")
    assert form_of(opened(made))["Q1"] == YES


@pytest.mark.parametrize("where", [PAGE, PREVIEW, REFUSE, CHOOSE])
def test_a_form_of_another_list_writes_nothing_loses_nothing_and_is_logged(links, caplog, where):
    page = form_of(opened(links[0]))
    other = opened(links[1])
    answer = other.post(where, page | {"Q1": YES, "do": "save"})
    assert answer.status_code == 403
    assert "A form of another list came" in caplog.text
    assert not DoorDraft.objects.exclude(texts={}).exists()
    assert YES in answer.content.decode()


def test_a_cookie_made_up_by_hand_opens_nothing(link):
    browser = Client()
    for value in ("1", f"{link.pk}:x:y", "", "é" * 500):
        browser.cookies["repondre"] = value
        assert browser.get(PAGE).status_code == 403


def test_the_versions_of_another_list_are_not_found(links, django_capture_on_commit_callbacks):
    from tests.replies.door_cast import sent_by

    sent_by(opened(links[0]), django_capture_on_commit_callbacks, Q1=YES)
    assert opened(links[1]).get(reverse("door:sending", args=[1])).status_code == 404


# == T6: two tabs, two presses, a step back, a process that dies


def test_two_tabs_with_two_texts_meet_a_page_with_both(browser):
    first, second = form_of(browser), form_of(browser)
    assert browser.post(PAGE, first | {"Q1": YES, "do": "save"})["Location"] == PAGE
    assert browser.post(PAGE, second | {"Q1": NO, "Q2": "Cent logements.", "do": "preview", **WHO})["Location"] == CHOOSE
    page = browser.get(CHOOSE)
    assert page.status_code == 409
    shown = BeautifulSoup(page.content, "html.parser")
    assert [one.get_text() for one in shown.select("fieldset.choice")[0].select(".sheet")] == [YES, NO]
    assert browser.get(PREVIEW)["Location"] == CHOOSE  # nothing is sent before somebody has chosen
    browser.post(CHOOSE, form_of(browser, CHOOSE) | {"choice-Q1": "all", "choice-Q2": "1"})
    draft = DoorDraft.objects.get()
    assert (draft.texts, draft.asides) == ({"Q1": f"{YES}\n\n{NO}", "Q2": "Cent logements."}, [])
    assert draft.answered_by == "Inès Carpentras"


@pytest.mark.parametrize(("choice", "kept"), [("0", YES), ("1", NO), ("9", YES), ("", f"{YES}\n\n{NO}")])
def test_whatever_is_chosen_is_what_stays(browser, choice, kept):
    first, second = form_of(browser), form_of(browser)
    browser.post(PAGE, first | {"Q1": YES, "do": "save"})
    browser.post(PAGE, second | {"Q1": NO, "do": "save"})
    browser.post(CHOOSE, form_of(browser, CHOOSE) | {"choice-Q1": choice})
    assert DoorDraft.objects.get().texts == {"Q1": kept}


def test_a_choice_made_on_an_old_page_is_asked_again(browser):
    first, second, third = (form_of(browser) for _ in range(3))
    browser.post(PAGE, first | {"Q1": YES, "do": "save"})
    browser.post(PAGE, second | {"Q1": NO, "do": "save"})
    choice = form_of(browser, CHOOSE)
    browser.post(PAGE, third | {"Q1": "Peut-être.", "do": "save"})
    assert browser.post(CHOOSE, choice | {"choice-Q1": "0"})["Location"] == CHOOSE
    assert [one["facts"]["texts"]["Q1"] for one in DoorDraft.objects.get().asides] == [NO, "Peut-être."]


def test_the_same_text_from_two_tabs_is_no_conflict(browser):
    first, second = form_of(browser), form_of(browser)
    browser.post(PAGE, first | {"Q1": YES, "do": "save"})
    assert browser.post(PAGE, second | {"Q1": YES, "do": "save"})["Location"] == PAGE


def test_a_file_joined_in_another_tab_contradicts_no_text(browser):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = form_of(browser)
    typed(browser, "attach", files=[SimpleUploadedFile("programme.txt", b"Notre programme.")])
    assert browser.post(PAGE, page | {"Q1": YES, "do": "save"})["Location"] == PAGE
    assert DoorDraft.objects.get().texts == {"Q1": YES}


def test_an_automatic_save_overtaken_on_its_way_changes_nothing(browser):
    page = form_of(browser)
    browser.post(PAGE, page | {"Q1": "Oui, sans", "tab_save": "1"}, headers={"HX-Request": "true"})
    browser.post(PAGE, page | {"Q1": YES, "tab_save": "3", "do": "save"})
    browser.post(PAGE, page | {"Q1": "Oui, sans condi", "tab_save": "2"}, headers={"HX-Request": "true"})
    draft = DoorDraft.objects.get()
    assert (draft.texts, draft.asides) == ({"Q1": YES}, [])


def test_an_automatic_save_that_meets_another_tab_leads_to_the_choice(browser):
    first, second = form_of(browser), form_of(browser)
    browser.post(PAGE, first | {"Q1": YES, "do": "save"})
    answer = browser.post(PAGE, second | {"Q1": NO, "tab_save": "1"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, CHOOSE)


def test_a_double_press_and_a_step_back_make_one_reply(browser):
    typed(browser, "preview", **WHO, Q1=YES)
    page = form_of(browser, PREVIEW)
    addresses = {browser.post(PREVIEW, page)["Location"] for _ in range(3)}
    assert addresses == {reverse("door:sending", args=[1])}
    assert (Reply.objects.count(), DoorSending.objects.count()) == (1, 1)
    assert "déjà envoyée" in browser.get(PREVIEW).content.decode()


def test_what_changed_after_the_preview_is_shown_before_it_is_sent(browser):
    typed(browser, "preview", **WHO, Q1=YES)
    page = form_of(browser, PREVIEW)
    typed(browser, Q1=NO)
    assert browser.post(PREVIEW, page)["Location"] == PREVIEW
    assert not Reply.objects.exists()
    assert "Votre réponse a changé depuis cet aperçu" in browser.get(PREVIEW).content.decode()


def test_a_process_killed_while_sending_leaves_nothing_half_done_and_the_next_press_sends(browser, monkeypatch, django_capture_on_commit_callbacks):
    """The receipt is the last thing written: whatever dies before the commit, neither the reply nor the proof is there."""
    typed(browser, "preview", **WHO, Q1=YES)
    page = form_of(browser, PREVIEW)

    def died(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(acts, "queue_receipts", died)
        with pytest.raises(KeyboardInterrupt):
            browser.post(PREVIEW, page)
    assert (Reply.objects.count(), DoorSending.objects.count()) == (0, 0)
    assert not JournalEntry.objects.filter(verb__in=["door.sent", "reply.received"]).exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(PREVIEW, page)["Location"] == reverse("door:sending", args=[1])
    assert (Reply.objects.count(), DoorSending.objects.count()) == (1, 1)
