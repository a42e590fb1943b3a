"""The pages of the mailbox: for the coordination, who sees what it must decide; to others they do not exist."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plaidoyer.mailbox import acts, intake
from plaidoyer.mailbox.models import IncomingMessage, MailAccount, OutgoingMessage
from tests.faults.imap_sink import Box, open_box
from tests.faults.smtp_sink import CUT_LOST, GONE, OK
from tests.mailbox.conftest import draft, drained, queued
from tests.mailbox.ugly_mails import TEXT, mail

NOW = datetime.datetime(2026, 3, 2, 9, 16, tzinfo=datetime.UTC)
SETTINGS = {
    "name": "Campagne", "from_name": "Un toit", "from_address": "campagne@untoit.example", "reply_pattern": "", "smtp_host": "smtp.untoit.example",
    "smtp_port": "587", "smtp_security": "starttls", "smtp_user": "campagne", "smtp_password": "sésame", "rate_per_minute": "20", "rate_per_hour": "200",
    "imap_host": "", "imap_port": "993", "imap_security": "tls", "imap_user": "", "imap_password": "", "imap_folder": "INBOX", "receives_since": "",
    "trusted_authority": "", "is_active": "on",
}  # fmt: skip


def page(browser, name, *args, **query):
    answer = browser.get(reverse(f"mailbox:{name}", args=args), query)
    return answer, answer.content.decode()


@pytest.fixture
def letter(collective, account) -> IncomingMessage:
    row, _ = intake.keep(collective=collective, account=account, data=mail(TEXT), received_at=NOW)
    return intake.sort(row)


def test_the_outbox_counts_each_sending_and_shows_the_words_of_the_relay(amina, account, sink, as_user):
    sink.plan = lambda recipient, _tries: GONE if recipient.startswith("liste2") else OK
    queued(amina, account, *(draft(n) for n in range(1, 5)), title="Lettre aux listes")
    drained()
    _, html = page(as_user(amina), "outbox")
    assert "Lettre aux listes" in html
    assert "3 sur 4" in html
    assert "550 5.1.1 No such user here" in html


def test_an_uncertain_message_is_decided_with_one_button(amina, account, sink, as_user):
    sink.plan = lambda _recipient, _tries: CUT_LOST
    queued(amina, account)
    drained()
    message = OutgoingMessage.objects.get()
    _, html = page(as_user(amina), "outbox")
    assert "À trancher" in html
    as_user(amina).post(reverse("mailbox:decide", args=[message.pk]), {"choice": "sent"})
    message.refresh_from_db()
    assert (message.state, message.decided_by) == ("accepted", amina)
    answer = as_user(amina).post(reverse("mailbox:decide", args=[message.pk]), {"choice": "sent"}, follow=True)
    assert "Quelqu’un a déjà tranché" in answer.content.decode()


def test_a_choice_that_is_none_decides_nothing(amina, account, sink, as_user):
    sink.plan = lambda _recipient, _tries: CUT_LOST
    queued(amina, account)
    drained()
    as_user(amina).post(reverse("mailbox:decide", args=[OutgoingMessage.objects.get().pk]), {"choice": "peut-être"})
    assert OutgoingMessage.objects.get().state == "uncertain"


def test_the_tap_closes_and_opens(amina, account, as_user):
    queued(amina, account)
    as_user(amina).post(reverse("mailbox:pause", args=[account.pk]))
    assert drained() == {}
    assert "Reprendre les envois" in page(as_user(amina), "outbox")[1]
    as_user(amina).post(reverse("mailbox:resume", args=[account.pk]))
    assert drained() == {"accepted": 1}


def test_the_outbox_asks_the_same_number_of_questions_whatever_its_length(amina, account, as_user, django_assert_num_queries):
    queued(amina, account, *(draft(n) for n in range(60)))
    queued(amina, account, draft(100), batch="relance")
    browser = as_user(amina)
    page(browser, "outbox")
    with django_assert_num_queries(11):
        page(browser, "outbox")


def test_the_inbox_asks_the_same_number_of_questions_whatever_its_length(amina, collective, account, as_user, django_assert_num_queries):
    for number in range(5):
        row, _ = intake.keep(
            collective=collective, account=account, data=mail(f"Lettre {number}", Message_ID=f"<{number}@x.example>"), received_at=NOW
        )
        intake.sort(row)
    browser = as_user(amina)
    with django_assert_num_queries(9):
        _, html = page(browser, "inbox")
    assert html.count("à rattacher") == 5


def test_a_message_shows_what_is_known_and_gives_its_bytes_as_a_file(amina, letter, as_user):
    _, html = page(as_user(amina), "message", letter.pk)
    assert "nous nous engageons à domicilier" in html
    assert letter.sha256 in html
    answer, _ = page_bytes(as_user(amina), letter)
    assert answer["Content-Disposition"] == f'attachment; filename="message-{letter.pk}.eml"'
    assert answer["Content-Security-Policy"] == "sandbox"


def page_bytes(browser, letter):
    answer = browser.get(reverse("mailbox:raw", args=[letter.pk]))
    data = b"".join(answer.streaming_content)
    assert data == mail(TEXT)
    return answer, data


def test_a_script_in_a_mail_is_words(amina, collective, account, as_user):
    nasty = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    row, _ = intake.keep(collective=collective, account=account, data=mail(nasty, Subject=nasty, From=f'"{nasty}" <x@y.example>'), received_at=NOW)
    intake.sort(row)
    for name, args in (("inbox", ()), ("message", (row.pk,))):
        _, html = page(as_user(amina), name, *args)
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_a_message_set_aside_needs_a_reason_and_can_be_taken_up_again(amina, letter, as_user):
    browser = as_user(amina)
    browser.post(reverse("mailbox:set-aside", args=[letter.pk]), {"note": " "})
    letter.refresh_from_db()
    assert letter.state == "new"
    browser.post(reverse("mailbox:set-aside", args=[letter.pk]), {"note": "publicité"})
    letter.refresh_from_db()
    assert (letter.state, letter.handled_note, letter.handled_by) == ("set-aside", "publicité", amina)
    browser.post(reverse("mailbox:take-up-again", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == "new"


def test_a_message_is_dropped_by_hand_and_an_empty_file_is_explained(amina, collective, account, as_user):
    browser = as_user(amina)
    told = {"collective": collective.pk}
    answer = browser.post(reverse("mailbox:drop"), told | {"file": SimpleUploadedFile("m.eml", mail(TEXT))}, follow=True)
    assert "Le message est enregistré, tel qu’il est." in answer.content.decode()
    answer = browser.post(reverse("mailbox:drop"), told | {"file": SimpleUploadedFile("m.eml", b"")}, follow=True)
    assert "Ce fichier est vide" in answer.content.decode()
    assert "Choisissez le fichier .eml" in browser.post(reverse("mailbox:drop"), told, follow=True).content.decode()
    assert IncomingMessage.objects.count() == 1


def test_a_password_is_kept_when_left_empty_and_never_shown_again(amina, collective, as_user):
    browser = as_user(amina)
    assert browser.post(reverse("mailbox:new-account"), SETTINGS | {"collective": collective.pk}).status_code == 302
    made = MailAccount.objects.get()
    assert made.smtp_password == "sésame"
    _, html = page(browser, "account", made.pk)
    assert "sésame" not in html
    assert made.smtp_sealed not in html
    browser.post(reverse("mailbox:account", args=[made.pk]), SETTINGS | {"collective": collective.pk, "smtp_password": "", "name": "Autre nom"})
    made.refresh_from_db()
    assert (made.name, made.smtp_password) == ("Autre nom", "sésame")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"smtp_host": "https://mail.example"}, "Un nom de serveur seul, sans « https:// » ni espace"),
        ({"smtp_security": "none"}, "En clair, le mot de passe et le courrier se liraient en route."),
        ({"reply_pattern": "n’importe quoi"}, "Ce n’est pas une adresse."),
        ({"reply_pattern": "r+{jeton}@untoit.example"}, "Le repère s’écrit exactement {token}."),
        ({"smtp_port": "beaucoup"}, "Saisissez un nombre entier."),
    ],
)
def test_settings_that_cannot_work_are_explained_beside_their_field(amina, collective, as_user, wrong, words):
    answer = as_user(amina).post(reverse("mailbox:new-account"), SETTINGS | {"collective": collective.pk} | wrong)
    assert words in answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert MailAccount.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "accepte d’envoyer pour campagne@untoit.example."),
        ({"smtp_host": "serveur-inconnu.invalid"}, "Le nom du serveur d’envoi est introuvable."),
        ({"smtp_port": 1}, "Le serveur d’envoi ne répond pas à ce port."),
        ({"smtp_security": "starttls"}, "La liaison chiffrée ne s’établit pas"),
        ({"smtp_user": "amina"}, "Le serveur refuse l’identifiant ou le mot de passe."),
    ],
)
def test_the_button_says_what_failed_and_what_to_do(amina, account, sink, as_user, facts, words):
    MailAccount.objects.update(**facts)
    answer = as_user(amina).post(reverse("mailbox:try-account", args=[account.pk]), follow=True)
    assert words in answer.content.decode()
    assert sink.taken.total() == 0


def test_the_button_says_that_the_sender_is_not_allowed(amina, account, sink, as_user):
    sink.refuses_sender = True
    answer = as_user(amina).post(reverse("mailbox:try-account", args=[account.pk]), follow=True)
    assert "Le serveur refuse l’adresse d’expédition." in answer.content.decode()


def test_the_button_opens_the_mailbox_too(amina, account, as_user):
    with open_box(Box(mails={1: mail(TEXT)})) as box:
        MailAccount.objects.update(imap_host="127.0.0.1", imap_port=box.port, imap_security="none", imap_user="campagne")
        acts.save_account(actor=amina, collective=account.collective, account=account, facts={}, imap_password="secret")
        answer = as_user(amina).post(reverse("mailbox:try-account", args=[account.pk]), follow=True)
    assert "la boîte s’ouvre, 1 messages à relever" in answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


GETS = [("outbox", False), ("inbox", False), ("accounts", False), ("new-account", False), ("account", True), ("message", True), ("raw", True)]
POSTS = ["pause", "resume", "try-account", "set-aside", "take-up-again"]


@pytest.mark.parametrize(("name", "has_pk"), GETS)
def test_members_without_the_coordination_are_told_and_strangers_learn_nothing(request, name, has_pk, account, letter, emile, chloe, as_user):
    target = (letter if name in {"message", "raw"} else account).pk
    expected = 404 if has_pk else 403
    assert page(as_user(emile), name, *([target] if has_pk else []))[0].status_code == expected
    if has_pk:
        assert page(as_user(chloe), name, target)[0].status_code == 404
    else:
        _, html = page(as_user(chloe), name)
        assert "campagne@untoit.example" not in html


@pytest.mark.parametrize("name", POSTS)
def test_a_page_that_acts_answers_to_post_alone_and_to_its_own_people(name, account, letter, amina, chloe, emile, as_user):
    target = (letter if name in {"set-aside", "take-up-again"} else account).pk
    address = reverse(f"mailbox:{name}", args=[target])
    assert as_user(amina).get(address).status_code == 405
    assert [as_user(one).post(address).status_code for one in (chloe, emile)] == [404, 404]


def test_a_stranger_decides_nothing(account, amina, chloe, as_user):
    queued(amina, account)
    OutgoingMessage.objects.update(state="uncertain")
    assert as_user(chloe).post(reverse("mailbox:decide", args=[OutgoingMessage.objects.get().pk]), {"choice": "sent"}).status_code == 404
