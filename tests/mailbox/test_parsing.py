"""More than fifty ugly mails: no exception, the right kind, the words readable, the attachments counted."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from plaidoyer.mailbox.parsing import facts_of
from tests.mailbox.ugly_mails import UGLY, file, mail, multipart, nested, plain, status_report


@pytest.mark.parametrize("name", UGLY)
def test_an_ugly_mail_is_read_for_what_it_is(name):
    raw, kind, words, attachments = UGLY[name]
    facts = facts_of(raw)
    assert (facts.kind, len(facts.attachments)) == (kind, attachments), facts.kind_why
    assert words in facts.excerpt


def test_there_are_at_least_forty_of_them():
    assert len(UGLY) >= 40


def test_the_same_message_by_two_roads_has_one_content():
    first, second = (b"Received: from mx%d by boite; hier\r\n" % n + mail("Oui.") for n in (1, 2))
    assert facts_of(first).content_sha256 == facts_of(second).content_sha256
    assert facts_of(mail("Non.")).content_sha256 != facts_of(mail("Oui.")).content_sha256


def test_a_bounce_tells_who_why_and_which_message():
    bounce = facts_of(status_report("<lettre7@untoit.example>")).bounce
    assert (bounce.recipient, bounce.status, bounce.action) == ("liste1@valmorel.example", "5.1.1", "failed")
    assert bounce.message_id == "<lettre7@untoit.example>"
    assert bounce.words == "smtp; 550 5.1.1 User unknown"


def test_a_person_who_writes_about_an_absence_is_a_person():
    assert facts_of(mail("Oui.", Subject="Re: Réponse automatique et logement")).kind == "reply"
    assert facts_of(mail("Nous répondrons hors délai, en raison d’une absence du bureau.")).kind == "reply"


def test_names_and_subjects_are_decoded_and_stay_on_one_line():
    facts = facts_of(mail("Oui.", Subject="=?utf-8?q?R=C3=A9ponse=0D=0ABcc:_x@y.example?="))
    assert (facts.from_name, facts.from_address) == ("Inès Carpentras", "ines@valmorel.example")
    assert facts.subject == "Réponse Bcc: x@y.example"


def test_a_file_name_is_data_and_never_a_path():
    assert [one["name"] for one in facts_of(UGLY["name that climbs"][0]).attachments] == ["passwd"]


def test_a_forwarded_message_says_that_its_author_is_inside():
    assert "Message transféré : l’auteur de la réponse est dans le message transféré." in facts_of(UGLY["forwarded by a volunteer"][0]).concerns


@pytest.mark.parametrize("depth", [200, 900])
def test_a_mime_depth_that_nobody_writes_is_read_in_part_and_said(depth):
    facts = facts_of(nested(depth))
    assert "Message construit de façon anormale (trop de parties) : seul le début a été lu." in facts.concerns


def test_thirty_megabytes_and_five_hundred_attachments_are_read_in_seconds():
    raw = multipart(plain(), *(file(f"p{n}.pdf", b"x" * 45_000) for n in range(500)))
    assert len(raw) > 30_000_000
    start = time.process_time()
    facts = facts_of(raw)
    assert len(facts.attachments) == 500
    assert time.process_time() - start < 10


def test_the_table_of_the_documentation_says_what_the_tests_hold():
    table = (Path(__file__).resolve().parents[2] / "docs/mail.md").read_text(encoding="utf-8")
    missing = [name for name, (_, kind, _, attachments) in UGLY.items() if f"| {name} | {kind} | {attachments} |" not in table]
    assert missing == []
