"""The disk no longer holds an original: a restored database without its files. It is said, and it can be mended."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from plaidoyer.replies import acts, original_store
from plaidoyer.replies.models import Reply
from tests.replies.conftest import IN_TIME
from tests.replies.letters import ANSWER

SENTENCE = "manque sur le disque de l’installation"


def shown(page):
    return page.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


@pytest.fixture
def lost(reply):
    original = reply.originals.get()
    original.file.storage.delete(original.file.name)
    return original


@pytest.fixture
def unread(amina, campaign, lists, sent):
    """Received, and its file lost before the machine opened it."""
    made = acts.receive(actor=amina, campaign=campaign, files=[("réponse.txt", b"Oui.")], candidate_list=lists[0], received_at=IN_TIME).reply
    original = made.originals.get()
    original.file.storage.delete(original.file.name)
    return made


def test_the_page_says_that_the_file_is_missing_and_what_to_do(as_user, amina, reply, lost):
    page = shown(as_user(amina).get(reply.get_absolute_url()))
    assert f"Le fichier de « réponse.txt » {SENTENCE}" in page
    assert "Déposez de nouveau le même fichier" in page
    assert "Télécharger l’original" not in page
    assert "Un guichet sera ouvert le samedi matin." in page  # the text of record is in the database, and stays


def test_having_it_read_says_so_and_changes_nothing(as_user, amina, unread):
    page = as_user(amina).post(reverse("replies:read", args=[unread.pk]), follow=True)
    assert page.status_code == 200
    assert SENTENCE in shown(page)
    assert "La machine a relu" not in shown(page)
    unread.refresh_from_db()
    assert unread.state == "received"


def test_downloading_it_comes_back_to_the_page_with_the_reason(as_user, amina, reply, lost):
    page = as_user(amina).get(reverse("replies:original", args=[reply.pk, lost.pk]), follow=True)
    assert page.redirect_chain == [(reply.get_absolute_url(), 302)]
    assert SENTENCE in shown(page)


def test_its_picture_is_not_found(as_user, amina, reply, lost):
    lost.media_type = "image/png"
    lost.save(update_fields=["media_type"])
    assert as_user(amina).get(reverse("replies:page-image", args=[reply.pk, lost.pk, 1])).status_code == 404


def test_the_same_file_handed_in_again_takes_its_place_back(amina, reply, lost, receive, lists):
    receive(ANSWER, lists[0])
    assert original_store.bytes_of(lost) == ANSWER.encode()
    assert not original_store.is_missing(lost)


def test_one_that_is_missing_keeps_no_other_waiting(unread, receive, lists, capsys):
    other = receive("Nous ouvrirons un guichet.", lists[1])
    Reply.objects.filter(pk=other.pk).update(state=Reply.State.RECEIVED)
    call_command("read_replies")
    said = capsys.readouterr()
    assert SENTENCE in said.err
    other.refresh_from_db()
    assert other.state == "read"
    assert "Reste : 1" in said.out
