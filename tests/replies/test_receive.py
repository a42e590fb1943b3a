"""A letter comes in: bytes first, said when they are already here, never dropped."""

import datetime
import hashlib

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies import acts
from plaidoyer.replies.models import Original, Reply, TextOfRecord
from plaidoyer.replies.original_store import plain_name
from tests.replies.conftest import IN_TIME, TUESDAY
from tests.replies.letters import ANSWER, REFUSAL


def test_a_received_file_is_kept_byte_for_byte_with_its_fingerprint(reply):
    original = reply.originals.get()
    with original.file.open() as kept:
        assert kept.read() == ANSWER.encode()
    assert original.sha256 == hashlib.sha256(ANSWER.encode()).hexdigest()
    assert (original.name, original.size, original.media_type) == ("réponse.txt", len(ANSWER.encode()), "text/plain")


def test_the_text_of_record_of_a_plain_text_is_the_file_to_the_letter(text):
    assert text.text == ANSWER
    assert text.maker == TextOfRecord.Maker.EXTRACTOR


def test_once_received_the_machine_reads_it(reply):
    assert reply.state == Reply.State.READ


def test_the_same_bytes_twice_for_one_list_are_one_original_and_one_reply(amina, campaign, lists, reply):
    again = acts.receive(actor=amina, campaign=campaign, files=[("autre nom.txt", ANSWER.encode())], candidate_list=lists[0])
    assert (again.reply, again.is_new, [one.name for one in again.already]) == (reply, False, ["réponse.txt"])
    assert (Original.objects.count(), Reply.objects.count()) == (1, 1)


def test_the_same_bytes_for_another_list_are_one_original_and_two_replies(receive, lists, reply):
    other = receive(ANSWER, lists[1])
    assert other != reply
    assert Original.objects.count() == 1
    assert TextOfRecord.objects.count() == 1


def test_several_files_make_one_reply_in_their_order(amina, campaign, lists):
    made = acts.receive(actor=amina, campaign=campaign, files=[("b.txt", b"Deux"), ("a.txt", b"Un")], candidate_list=lists[0])
    assert [part.original.name for part in made.reply.parts.all()] == ["b.txt", "a.txt"]


def test_an_empty_file_is_refused_by_name_and_nothing_is_written(amina, campaign):
    with pytest.raises(ActRefusedError, match=r"« vide\.txt » est vide"):
        acts.receive(actor=amina, campaign=campaign, files=[("bon.txt", b"Oui"), ("vide.txt", b"")])
    assert not Original.objects.exists()
    assert not Reply.objects.exists()


def test_a_file_over_the_limit_is_refused(amina, campaign, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(ActRefusedError, match="dépasse 1 Mo"):
        acts.receive(actor=amina, campaign=campaign, files=[("gros.pdf", b"x" * (1024 * 1024 + 1))])


def test_a_date_in_the_future_is_refused(amina, campaign):
    with pytest.raises(ActRefusedError, match="dans le futur"):
        acts.receive(actor=amina, campaign=campaign, files=[("a.txt", b"Oui")], received_at=TUESDAY + datetime.timedelta(hours=1))


def test_without_a_date_the_reply_is_received_now(amina, campaign):
    assert acts.receive(actor=amina, campaign=campaign, files=[("a.txt", b"Oui")]).reply.received_at == TUESDAY


def test_late_is_computed_from_the_minute_after_the_deadline(receive, lists):
    last_minute = datetime.datetime(2026, 3, 6, 22, 59, 59, tzinfo=datetime.UTC)  # 23:59:59 in Paris
    assert not receive("Oui, à temps.", lists[0], received_at=last_minute).is_late
    assert receive("Oui, trop tard.", lists[1], received_at=last_minute + datetime.timedelta(seconds=1)).is_late


def test_a_reply_without_a_list_waits_in_the_tray_and_is_not_called_late(receive, campaign):
    made = receive(REFUSAL, received_at=TUESDAY)
    assert list(Reply.objects.in_tray()) == [made]
    assert not made.is_late


def test_a_list_of_another_election_is_refused(amina, campaign, lists, pontaubry, election):
    campaign.communes.filter(commune=lists[0].commune).delete()
    with pytest.raises(ActRefusedError, match="n’est pas dans cette campagne"):
        acts.receive(actor=amina, campaign=campaign, files=[("a.txt", b"Oui")], candidate_list=lists[0])


def test_a_letter_on_paper_is_announced_without_inventing_any_evidence(amina, campaign, lists):
    made = acts.receive_typed(actor=amina, campaign=campaign, candidate_list=lists[2], received_at=IN_TIME)
    assert made.reply.is_awaiting_scan
    assert not made.reply.originals.exists()


def test_a_letter_typed_from_paper_says_who_typed_it(amina, campaign, lists, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reply = acts.receive_typed(actor=amina, campaign=campaign, candidate_list=lists[2], text=REFUSAL, received_at=IN_TIME).reply
    text = reply.originals.get().texts.get()
    assert (text.maker, text.made_by, text.text, reply.channel) == ("typed", amina, REFUSAL, "post")


def test_who_enters_a_letter_of_nobody_sees_it_even_from_a_local_group(bruno, diane, chloe, campaign):
    reply = acts.receive(actor=bruno, campaign=campaign, files=[("a.txt", b"Oui")]).reply
    assert list(Reply.objects.for_user(bruno)) == [reply]
    assert list(Reply.objects.for_user(diane)) == [reply]
    assert not Reply.objects.for_user(chloe).exists()


def test_the_scan_that_comes_later_joins_the_announced_letter_and_its_date_stays(amina, campaign, lists, django_capture_on_commit_callbacks):
    reply = acts.receive_typed(actor=amina, campaign=campaign, candidate_list=lists[2], received_at=IN_TIME).reply
    with django_capture_on_commit_callbacks(execute=True):
        acts.add_part(actor=amina, reply=reply, files=[("scan.txt", REFUSAL.encode())])
    reply.refresh_from_db()
    assert (reply.is_awaiting_scan, reply.received_at, reply.state) == (False, IN_TIME, Reply.State.READ)


def test_a_new_part_sends_a_reviewed_reply_back_to_be_looked_at(amina, reply):
    Reply.objects.filter(pk=reply.pk).update(state=Reply.State.REVIEWED, redaction_seen_at=IN_TIME)
    acts.add_part(actor=amina, reply=reply, files=[("annexe.txt", b"Annexe : 12 places.")])
    reply.refresh_from_db()
    assert (reply.state, reply.redaction_seen_at) == (Reply.State.READ, None)


def test_the_journal_tells_who_received_what(reply, amina):
    line = JournalEntry.objects.of(reply).get(verb="reply.received")
    assert line.sentence == "Réponse de la liste « Valmorel solidaire » reçue le 04/03/2026 à 18 h 42 (courriel), pièces : 1."
    assert (line.actor, line.commune_code) == (amina, "ZZ001")


def test_an_observer_may_not_receive_and_a_stranger_learns_nothing(emile, chloe, campaign):
    with pytest.raises(PermissionDenied):
        acts.receive(actor=emile, campaign=campaign, files=[("a.txt", b"Oui")])
    with pytest.raises(Http404):
        acts.receive(actor=chloe, campaign=campaign, files=[("a.txt", b"Oui")])
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Documents\\lettre.docx", "lettre.docx"),
        ("a.pdf\r\nX-Header: y", "a.pdfX-Header: y"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("\x00", "sans nom"),
        ("..", "sans nom"),
    ],
)
def test_a_name_is_data_and_never_a_path(given, kept):
    assert plain_name(given) == kept


def test_a_long_name_keeps_its_beginning_and_its_extension():
    name = plain_name("a" * 400 + ".pdf")
    assert len(name) == 200
    assert name.endswith(".pdf")


def test_a_mail_brings_its_attachment_as_an_original_of_its_own(receive, lists):
    mail = (
        b"From: ines@valmorel-solidaire.example\r\nTo: bonjour@untoit.example\r\nSubject: Reponse\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVoici notre lettre.\r\n'
        b'--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename="lettre.txt"\r\n\r\nOui aux trois questions.\r\n--b--\r\n'
    )
    reply = receive(mail, lists[0], name="reponse.eml")
    carrier, carried = [part.original for part in reply.parts.all()]
    assert (carrier.name, carried.name, carried.carried_by) == ("reponse.eml", "lettre.txt", carrier)
    assert carried.texts.get().text.strip() == "Oui aux trois questions."


def test_a_file_that_nobody_can_read_stays_with_its_reason_and_can_be_typed(receive, lists, diane, django_capture_on_commit_callbacks):
    reply = receive(b"\x00\x01\x02\x03" * 200, lists[0], name="mystere.bin")
    text = reply.originals.get().texts.get()
    assert text.text == ""
    assert text.notices[0]["sentence"]
    with django_capture_on_commit_callbacks(execute=True):
        acts.type_text(actor=diane, reply=reply, original=reply.originals.get(), text="Nous répondons oui.\r\n")
    typed = reply.originals.get().texts.first()
    assert (typed.maker, typed.text, typed.made_by) == ("typed", "Nous répondons oui.\n", diane)


def test_a_text_already_quoted_cannot_be_typed_again(claimed, diane, questions):
    acts.add(actor=diane, reply=claimed, quote="Un guichet sera ouvert le samedi matin.", question=questions[0])
    with pytest.raises(ActRefusedError, match="déjà gardés"):
        acts.type_text(actor=diane, reply=claimed, original=claimed.originals.get(), text="Autre chose.")


def test_what_a_stopped_process_left_unread_is_read_by_the_command(amina, campaign, lists, capsys):
    from django.core.management import call_command

    left = acts.receive(actor=amina, campaign=campaign, files=[("a.txt", REFUSAL.encode())], candidate_list=lists[2]).reply
    call_command("read_replies")
    left.refresh_from_db()
    assert left.state == Reply.State.READ
    assert capsys.readouterr().out.endswith("Lu : 1.\n")
    call_command("read_replies")
    assert capsys.readouterr().out == "Rien à lire.\n"
