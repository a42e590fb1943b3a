"""R1 to R8: what arrives twice, breaks off, lies, hangs. Bytes are kept whatever happens to their reading."""

from __future__ import annotations

import datetime
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from plaidoyer.mailbox import acts, intake
from plaidoyer.mailbox.fetcher import fetch
from plaidoyer.mailbox.models import AddressBlock, IncomingMessage, MailAccount, OutgoingMessage
from plaidoyer.mailbox.parse_child import Limits
from plaidoyer.mailbox.sealed import seal
from tests.faults.imap_sink import Box, open_box
from tests.mailbox.conftest import account_at, draft, queued
from tests.mailbox.ugly_mails import TEXT, UGLY, file, mail, multipart, plain, status_report

NOW = datetime.datetime(2026, 3, 2, 9, 16, tzinfo=datetime.UTC)


@pytest.fixture
def box():
    with open_box(Box()) as one:
        yield one


@pytest.fixture
def account(collective, box) -> MailAccount:
    return account_at(
        collective, 1, imap_host="127.0.0.1", imap_port=box.port, imap_security="none", imap_user="campagne", imap_sealed=seal("secret"),
        trusted_authority="mx.untoit.example",
    )  # fmt: skip


@pytest.fixture
def letter(amina, account) -> OutgoingMessage:
    """A letter went to Inès under the token « jeton1 »."""
    queued(amina, account, draft(1, recipient="ines@valmorel.example", recipient_name="Valmorel solidaire"))
    OutgoingMessage.objects.update(state="accepted", accepted_at=NOW)
    return OutgoingMessage.objects.get()


def came(collective, data: bytes, account=None) -> IncomingMessage:
    row, _ = intake.keep(collective=collective, account=account, data=data, received_at=NOW)
    return intake.sort(row)


def bytes_of(row: IncomingMessage) -> bytes:
    with row.raw.open() as raw:
        return raw.read()


def test_fetching_twice_changes_nothing_and_keeps_the_hour_of_the_server(account, box):
    box.mails = {3: mail(TEXT), 5: mail("Autre.", Message_ID="<b@valmorel.example>")}
    assert [fetch(account).new, fetch(account).new] == [2, 0]
    first = IncomingMessage.objects.get(uid=3)
    assert (bytes_of(first), first.received_at, first.kind) == (box.mails[3], NOW, "reply")
    assert box.fetched == [3, 5]
    assert box.seen == set()


def test_a_line_cut_between_two_messages_is_made_good_by_the_next_run(account, box):
    box.mails = {1: mail(TEXT), 2: mail("Deux.", Message_ID="<2@x.example>"), 3: mail("Trois.", Message_ID="<3@x.example>")}
    box.breaks_at = 2
    told = fetch(account)
    assert told.new == 1
    assert told.trouble.startswith("La relève s’est interrompue, la prochaine reprendra où elle en était.")
    box.breaks_at = 0
    assert fetch(account).new == 2
    assert list(IncomingMessage.objects.order_by("uid").values_list("uid", "duplicate_of")) == [(1, None), (2, None), (3, None)]
    account.refresh_from_db()
    assert account.fetch_trouble == ""


def test_nothing_is_marked_read_before_it_is_stored(account, box, monkeypatch):
    MailAccount.objects.update(marks_read=True)
    account.refresh_from_db()
    box.mails = {1: mail(TEXT)}

    def power_cut(*_args):
        raise OSError("plus de place sur le disque")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", power_cut)
        assert fetch(account).new == 0
    assert (box.seen, IncomingMessage.objects.count()) == (set(), 0)
    assert fetch(account).new == 1
    assert box.seen == {1}


def test_half_a_file_left_by_a_death_is_written_again(account, box, collective):
    box.mails = {1: mail(TEXT)}
    fetch(account)
    row = IncomingMessage.objects.get()
    Path(row.raw.path).write_bytes(b"From: in")
    IncomingMessage.objects.all().delete()
    fetch(account)
    assert bytes_of(IncomingMessage.objects.get()) == box.mails[1]


def test_a_mailbox_whose_certificate_nobody_vouches_for_is_refused(account, box, tmp_path):
    box.mails, box.context = {1: mail(TEXT)}, self_signed(tmp_path)
    MailAccount.objects.update(imap_security="tls")
    account.refresh_from_db()
    told = fetch(account)
    assert told.new == 0
    assert "son certificat n’est pas valide. Rien n’a été relevé." in told.trouble
    assert box.fetched == []


def test_a_wrong_password_is_told_in_words(account, box):
    MailAccount.objects.update(imap_sealed=seal("faux"))
    account.refresh_from_db()
    assert fetch(account).trouble.startswith("Le serveur de réception refuse l’identifiant ou le mot de passe.")


def self_signed(folder) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day).sign(key, hashes.SHA256())
    path = folder / "cert.pem"
    plainly = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(plainly + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def test_the_same_message_twice_is_one_letter_even_without_an_identity(account, box):
    bare = mail(TEXT, Message_ID=None)
    box.mails = {1: mail(TEXT), 2: b"Received: by boite2\r\n" + mail(TEXT), 3: bare, 4: b"Received: by boite2\r\n" + bare, 5: mail(TEXT)}
    fetch(account)
    assert IncomingMessage.objects.count() == 5
    assert [row.uid for row in IncomingMessage.objects.letters().order_by("uid")] == [1, 3]


def test_another_message_under_a_used_identity_is_kept_and_flagged(account, box):
    box.mails = {1: mail(TEXT, To="campagne@untoit.example"), 2: mail("Non, finalement.", To="campagne@untoit.example")}
    fetch(account)
    first, second = IncomingMessage.objects.letters().order_by("uid")
    assert first.concerns == []
    assert second.concerns == ["Même identifiant qu’un autre message reçu, mais un contenu différent : les deux sont gardés."]


def test_an_exact_sign_says_to_which_letter_a_message_answers(collective, account, letter):
    by_token = came(collective, mail(TEXT), account)
    by_thread = came(collective, mail("Oui.", To="campagne@untoit.example", In_Reply_To=letter.message_id), account)
    by_address = came(collective, mail("Bien.", To="campagne@untoit.example"), account)
    stranger = came(collective, mail("Bonjour.", To="campagne@untoit.example", From="autre@ailleurs.example"), account)
    assert [(row.answers, row.answers_why) for row in (by_token, by_thread, by_address, stranger)] == [
        (letter, "token"), (letter, "thread"), (letter, "sender"), (None, ""),
    ]  # fmt: skip
    assert by_token.is_sender_expected
    assert by_token.concerns == []


def test_an_address_that_serves_two_lists_attaches_to_neither(amina, collective, account, letter):
    queued(amina, account, draft(2, recipient="ines@valmorel.example"))
    row = came(collective, mail("Oui.", To="campagne@untoit.example"), account)
    assert row.answers is None


@pytest.mark.parametrize(("token", "words"), [("jeton", "Valmorel solidaire"), ("jet0n1", "Valmorel solidaire"), ("zzz", "")])
def test_a_mistyped_reply_address_is_never_guessed_but_the_likely_list_is_told(collective, account, letter, token, words):
    row = came(collective, mail(TEXT, To=f"reponses+{token}@untoit.example", From="autre@ailleurs.example"), account)
    assert (row.answers, row.state, row.kind) == (None, "new", "reply")
    assert row.concerns[0].startswith(f"Adresse de réponse inconnue (« {token} »).")
    assert words in row.concerns[0]


def test_a_foreign_sender_with_forged_checks_must_be_verified(collective, account, letter):
    forged = b"Authentication-Results: mx.pirate.example; spf=pass; dkim=pass; dmarc=pass\r\n" + mail(TEXT, From="faux@ailleurs.example")
    row = came(collective, forged, account)
    assert (row.answers, row.checks, row.is_sender_expected) == (letter, {}, False)
    assert row.concerns == ["L’adresse de l’expéditeur n’est pas celle à laquelle nous avons écrit : vérifiez qui répond."]


def test_only_our_own_server_is_believed_about_authenticity(collective, account, letter):
    heads = b"Authentication-Results: mx.untoit.example; spf=fail; dkim=none; dmarc=fail\r\nAuthentication-Results: mx.untoit.example; dmarc=pass\r\n"
    row = came(collective, heads + mail(TEXT), account)
    assert row.checks == {"by": "mx.untoit.example", "spf": "fail", "dkim": "none", "dmarc": "fail"}
    assert row.concerns == ["L’authenticité de l’expéditeur n’est pas établie (SPF, DMARC en échec)."]


def test_machines_that_answer_are_no_letters_and_get_no_answer(collective, account, letter):
    machines = [UGLY[name][0] for name in UGLY if UGLY[name][1] in {"auto-reply", "bounce"}]
    for raw in machines:
        came(collective, raw, account)
    assert len(machines) >= 10
    assert IncomingMessage.objects.letters().count() == 0
    assert OutgoingMessage.objects.count() == 1


def test_our_own_mail_looped_back_is_known_by_the_identity_that_we_gave(collective, account, letter):
    mine = mail("Madame", Message_ID=letter.message_id, X_Plaidoyer_Message=str(letter.pk))
    forged = mail("Oui.", Message_ID="<autre@x.example>", X_Plaidoyer_Message=str(letter.pk))
    assert [came(collective, mine, account).kind, came(collective, forged, account).kind] == ["own", "reply"]


def test_a_hard_bounce_closes_the_address_and_a_soft_one_does_not(collective, account, letter):
    came(collective, status_report(letter.message_id, status="4.2.2"), account)
    letter.refresh_from_db()
    assert (letter.state, AddressBlock.objects.count()) == ("soft-bounced", 0)
    row = came(collective, status_report(letter.message_id), account)
    letter.refresh_from_db()
    assert (letter.state, letter.relay_said) == ("bounced", "Revenu : 5.1.1 smtp; 550 5.1.1 User unknown")
    assert (row.state, row.answers) == ("handled", letter)
    assert AddressBlock.objects.get().address == "ines@valmorel.example"


def test_a_delayed_notice_changes_nothing(collective, account, letter):
    came(collective, status_report(letter.message_id, action="delayed", status="4.4.1"), account)
    letter.refresh_from_db()
    assert letter.state == "accepted"


def test_a_forged_bounce_silences_nobody(collective, account, letter):
    row = came(collective, status_report("<invente@untoit.example>"), account)
    letter.refresh_from_db()
    assert (letter.state, AddressBlock.objects.count(), row.state) == ("accepted", 0, "new")
    assert row.concerns[-1] == "Avis de non-remise à liste1@valmorel.example sans l’identité d’un de nos messages : rien n’a été changé."


def test_mail_that_is_marked_as_spam_but_answers_us_stays_in_sight(collective, account, letter):
    row = came(collective, mail(TEXT, X_Spam_Flag="YES"), account)
    assert row.kind == "reply"
    assert row.concerns[0].startswith("Marqué indésirable par le serveur")


def test_a_message_that_kills_its_reader_is_set_aside_after_three_tries_and_holds_nobody(collective, account):
    bomb, _ = intake.keep(collective=collective, account=account, data=multipart(plain(), file("gros.pdf", b"x" * 40_000_000)), received_at=NOW)
    good, _ = intake.keep(collective=collective, account=account, data=mail(TEXT), received_at=NOW)
    tight = Limits(seconds=5, megabytes=90)
    kinds = []
    for _ in range(3):
        intake.sort_waiting(collective, tight)
        bomb.refresh_from_db()
        kinds.append((bomb.kind, bomb.tries))
    assert kinds == [("unsorted", 1), ("unsorted", 2), ("unreadable", 3)]
    good.refresh_from_db()
    assert (good.kind, good.tries) == ("reply", 1)
    assert bomb in IncomingMessage.objects.new().letters()
    assert len(bytes_of(bomb)) > 40_000_000


def test_a_file_dropped_twice_is_one_message(amina, collective, account):
    first, is_new = acts.drop(actor=amina, collective=collective, data=mail(TEXT))
    again, is_new_again = acts.drop(actor=amina, collective=collective, data=mail(TEXT))
    assert (first.pk, is_new, is_new_again) == (again.pk, True, False)
