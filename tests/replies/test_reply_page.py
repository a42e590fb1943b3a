"""One reply: its originals are handed out, never shown; its texts, its history."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from plaidoyer.replies.models import TextOfRecord
from tests.replies.letters import ANSWER


def png():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    return out.getvalue()


def test_the_page_shows_the_original_its_fingerprint_its_text_and_its_history(as_user, amina, reply):
    page = as_user(amina).get(reply.get_absolute_url()).content.decode()
    assert reply.originals.get().sha256 in page
    assert "Un guichet sera ouvert le samedi matin." in page
    assert "pièces : 1." in page.replace("\u202f", " ").replace("\u00a0", " ")


def test_an_original_is_a_download_that_no_browser_will_run(as_user, diane, reply):
    answer = as_user(diane).get(reverse("replies:original", args=[reply.pk, reply.originals.get().pk]))
    assert b"".join(answer.streaming_content) == ANSWER.encode()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]


def test_an_original_is_not_reached_through_a_reply_that_does_not_hold_it(as_user, amina, reply, receive, lists):
    other = receive("Autre lettre.", lists[1])
    assert as_user(amina).get(reverse("replies:original", args=[reply.pk, other.originals.get().pk])).status_code == 404


def test_a_scan_is_drawn_again_by_us(as_user, amina, receive, lists):
    reply = receive(png(), lists[0], name="scan.png")
    original = reply.originals.get()
    answer = as_user(amina).get(reverse("replies:page-image", args=[reply.pk, original.pk, 1]))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert answer.content != png()
    assert "Voir l’image" in as_user(amina).get(reply.get_absolute_url()).content.decode()


@pytest.mark.parametrize("number", [0, 2, 999])
def test_a_page_that_does_not_exist_is_not_found(as_user, amina, receive, lists, number):
    reply = receive(png(), lists[0], name="scan.png")
    assert as_user(amina).get(reverse("replies:page-image", args=[reply.pk, reply.originals.get().pk, number])).status_code == 404


def test_a_text_has_no_picture(as_user, amina, reply):
    assert as_user(amina).get(reverse("replies:page-image", args=[reply.pk, reply.originals.get().pk, 1])).status_code == 404


def test_what_no_machine_can_read_is_typed_on_the_page(as_user, diane, receive, lists):
    reply = receive(png(), lists[0], name="scan.png")
    original = reply.originals.get()
    as_user(diane).post(reverse("replies:type-text", args=[reply.pk, original.pk]), {"text": "Nous disons oui."})
    assert original.texts.first().maker == TextOfRecord.Maker.TYPED
    assert "Texte tapé à la main" in as_user(diane).get(reply.get_absolute_url()).content.decode()


def test_typing_nothing_is_said_beside_the_field(as_user, diane, receive, lists):
    reply = receive(png(), lists[0], name="scan.png")
    answer = as_user(diane).post(reverse("replies:type-text", args=[reply.pk, reply.originals.get().pk]), {"text": ""})
    assert answer.status_code == 422
    assert "Tapez le texte" in answer.content.decode()


def test_who_signs_can_be_told_and_the_date_of_reception_cannot(as_user, amina, reply):
    before = reply.received_at
    as_user(amina).post(
        reverse("replies:describe", args=[reply.pk]),
        {"answered_by": "Inès Carpentras", "capacity": "tête de liste", "note": "", "received_at": "2020-01-01"},
    )
    reply.refresh_from_db()
    assert (reply.answered_by, reply.received_at) == ("Inès Carpentras", before)


def test_a_name_that_would_break_the_header_stays_a_name(as_user, amina, receive, lists):
    reply = receive("Oui.", lists[0], name='a".pdf\r\nX-Evil: 1')
    answer = as_user(amina).get(reverse("replies:original", args=[reply.pk, reply.originals.get().pk]))
    assert "X-Evil" not in answer.headers


def test_words_of_a_letter_are_never_markup(as_user, amina, receive, lists):
    reply = receive("Oui <script>alert(1)</script> & <img src=x onerror=alert(1)>.", lists[0])
    for name in ("reply", "desk", "redaction"):
        page = as_user(amina).get(reverse(f"replies:{name}", args=[reply.pk])).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_an_observer_sees_the_letter_and_changes_nothing(as_user, emile, reply):
    browser = as_user(emile)
    page = browser.get(reply.get_absolute_url()).content.decode()
    assert "Mettre de côté" not in page
    assert browser.post(reverse("replies:set-aside", args=[reply.pk]), {"reason": "x"}).status_code == 403
    assert browser.get(reverse("replies:set-aside", args=[reply.pk])).status_code == 405
