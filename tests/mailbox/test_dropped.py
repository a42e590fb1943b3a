"""A message put in by hand, as Outlook or another program saves it: its words, its sender, and the day its own server had it."""

import datetime

import pytest
from django.utils import timezone

from plaidoyer.mailbox import acts
from plaidoyer.mailbox.parsing import facts_of
from tests.mailbox.conftest import account_at, draft, queued
from tests.mailbox.ugly_mails import TEXT, mail
from tests.reading.documents.nasty_outlook import compound, message, storage

ROAD = (
    "Received: from mx.valmorel.example by mail.bruno.example; Wed, 04 Mar 2026 18:42:00 +0100\r\n"
    "Received: from poste by mx.valmorel.example; Wed, 04 Mar 2026 18:41:00 +0100\r\n"
)


def from_outlook(**more) -> bytes:
    tree = storage(
        {
            "001A": "IPM.Note", "0037": "Notre réponse", "1000": TEXT, "0C1A": "Inès Carpentras", "0C1F": "ines@valmorel.example",
            "007D": f"{ROAD}From: =?utf-8?q?In=C3=A8s?= <ines@valmorel.example>\r\nTo: reponses+jeton1@untoit.example\r\n"
            "Message-ID: <outlook@valmorel.example>\r\n",
        },
        header=32,
    )  # fmt: skip
    return compound(tree | more)


def test_a_message_saved_by_outlook_tells_who_wrote_what_and_to_which_address():
    facts = facts_of(from_outlook())
    assert (facts.kind, facts.subject, facts.from_address) == ("reply", "Notre réponse", "ines@valmorel.example")
    assert facts.sent_to == ["reponses+jeton1@untoit.example"]
    assert facts.message_id == "<outlook@valmorel.example>"
    assert "domicilier toute personne" in facts.excerpt
    assert facts.arrived_at == "2026-03-04T17:42:00+00:00"


def test_without_the_headers_of_the_road_outlook_s_own_words_are_taken():
    facts = facts_of(message("Réponse", "Oui à tout.", attachments={"programme.pdf": b"%PDF-1.4"}))
    assert (facts.subject, facts.excerpt, [one["name"] for one in facts.attachments]) == ("Réponse", "Oui à tout.", ["programme.pdf"])


def test_a_damaged_one_is_set_before_a_person():
    facts = facts_of(from_outlook()[:700])
    assert facts.kind == "unreadable"
    assert facts.concerns[0].startswith("Ce message d’Outlook (.msg) ne s’ouvre pas.")


def test_dropped_it_joins_its_list_and_is_downloaded_under_its_own_kind(as_user, amina, collective):
    account = account_at(collective, 25)
    queued(amina, account, draft(1, recipient="ines@valmorel.example"))
    row, is_new = acts.drop(actor=amina, collective=collective, data=from_outlook())
    assert (is_new, row.kind, row.answers_why, row.answers.reply_token) == (True, "reply", "token", "jeton1")
    page = as_user(amina).get(f"/bureau/courriel/recus/{row.pk}/octets/")
    assert page["Content-Disposition"] == f'attachment; filename="message-{row.pk}.msg"'


def test_the_day_is_that_of_the_server_that_had_it_first(amina, collective):
    data = ROAD.encode() + mail(TEXT, Date="Mon, 02 Mar 2026 10:15:00 +0100")
    row, _ = acts.drop(actor=amina, collective=collective, data=data)
    assert row.received_at == datetime.datetime(2026, 3, 4, 17, 42, tzinfo=datetime.UTC)
    assert row.sent_at == datetime.datetime(2026, 3, 2, 9, 15, tzinfo=datetime.UTC)
    assert timezone.now() - row.entered_at < datetime.timedelta(minutes=5)


@pytest.mark.parametrize(
    "line", ["Received: by x; Wed, 04 Mar 2099 18:42:00 +0100", "Received: by x; hier", "Received: by x; Thu, 01 Jan 1970 00:00:00 +0000"]
)
def test_a_date_that_cannot_be_is_not_believed(amina, collective, line):
    row, _ = acts.drop(actor=amina, collective=collective, data=f"{line}\r\n".encode() + mail(TEXT))
    assert row.entered_at - row.received_at < datetime.timedelta(seconds=30)


def test_a_date_given_with_the_file_stands(amina, collective):
    given = datetime.datetime(2026, 3, 3, 8, 0, tzinfo=datetime.UTC)
    row, _ = acts.drop(actor=amina, collective=collective, data=ROAD.encode() + mail(TEXT), received_at=given)
    assert row.received_at == given
