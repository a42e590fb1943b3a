from email.message import EmailMessage

import pytest

from plaidoyer.reading.types import State
from tests.reading.documents.reading_aids import codes, read, said, sentence

HEAD = b"From: =?utf-8?q?Odile_Kerbr=C3=A1t?= <odile@cap.example>\r\nTo: collectif@port.example\r\nSubject: =?iso-8859-1?q?R=E9ponse?=\r\nMIME-Version: 1.0\r\n"
TOP = "De : Odile Kerbrát <odile@cap.example>\nÀ : collectif@port.example\nObjet : Réponse"


def mail(body: bytes, content_type: str = "text/plain; charset=utf-8", extra: bytes = b"") -> bytes:
    return HEAD + extra + b"Content-Type: " + content_type.encode() + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body


def test_headers_are_decoded_and_stand_at_the_top():
    document = read(mail(b"Nous ouvrirons.\r\n"), "a.eml")
    assert document.text == f"{TOP}\n\nNous ouvrirons."
    assert said(document, "header") == [TOP]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("L’été à 1 €".encode("cp1252"), "iso-8859-1"),
        ("L’été à 1 €".encode("cp1252"), "us-ascii"),
        ("L’été à 1 €".encode("cp1252"), "utf-8"),
        ("L’été à 1 €".encode(), "iso-8859-1"),
        ("L’été à 1 €".encode(), "no-such-charset"),
    ],
)
def test_a_wrong_charset_does_not_spoil_the_accents(body, told):
    assert read(mail(body, f"text/plain; charset={told}"), "a.eml").text.endswith("L’été à 1 €")


def test_a_mail_of_html_alone_is_read():
    document = read(mail(b"<p>Bonjour,</p><p>Nous <b>ouvrirons</b>.</p>", "text/html; charset=utf-8"), "a.eml")
    assert document.text == f"{TOP}\n\nBonjour,\n\nNous ouvrirons."


def test_lines_of_a_web_mail_stay_together_until_an_empty_one():
    body = b"<div>Bonjour,</div><div><br></div><div>Nous ouvrirons</div><div>vingt places.</div>"
    document = read(mail(body, "text/html; charset=utf-8"), "a.eml")
    assert document.text == f"{TOP}\n\nBonjour,\n\nNous ouvrirons\nvingt places."


def test_the_plain_version_is_read_unless_it_is_a_stub():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example", "b@x.example", "Réponse"
    message.set_content("Votre logiciel ne lit pas le HTML.")
    message.add_alternative("<p>" + "Nous ouvrirons vingt places avant l’hiver. " * 10 + "</p>", subtype="html")
    assert "ouvrirons" in read(message.as_bytes(), "a.eml").text
    assert "logiciel" not in read(message.as_bytes(), "a.eml").text


def test_attachments_are_handed_on_with_harmless_names():
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@x.example", "b@x.example", "Réponse"
    message.set_content("Ci-joint.")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="../../réponse\u202e.pdf")
    document = read(message.as_bytes(), "a.eml")
    assert [(a.name, a.media_type, a.data) for a in document.attachments] == [("réponse.pdf", "application/pdf", b"%PDF-1.4")]
    assert "« réponse.pdf »" in sentence(document, "attachments")


def test_a_mail_attached_to_a_mail_is_a_document_of_its_own():
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "c@x.example", "d@x.example", "Dedans"
    inner.set_content("Oui.")
    outer = EmailMessage()
    outer["From"], outer["To"], outer["Subject"] = "a@x.example", "b@x.example", "Dehors"
    outer.set_content("Voir le courriel joint.")
    outer.add_attachment(inner)
    (attachment,) = read(outer.as_bytes(), "a.eml").attachments
    assert attachment.media_type == "message/rfc822"
    assert read(attachment.data, attachment.name).text.endswith("Objet : Dedans\n\nOui.")


def test_gmail_and_outlook_histories_are_quoted():
    html = b'<div>Oui.</div><div class="gmail_quote"><div>Le 3 mars 2026, Collectif a \xc3\xa9crit :</div><blockquote>Vous engagez-vous ?</blockquote></div>'
    assert said(read(mail(html, "text/html; charset=utf-8"), "a.eml"), "paragraph") == ["Oui."]
    plain = "Oui.\r\n\r\nDe : Collectif\r\nEnvoyé : lundi 3 mars\r\nÀ : Odile\r\nObjet : questions\r\n\r\nVous engagez-vous ?".encode()
    document = read(mail(plain), "a.eml")
    assert said(document, "paragraph") == ["Oui."]
    assert said(document, "quoted")[-1] == "Vous engagez-vous ?"


def test_a_forwarded_letter_is_not_a_quotation():
    body = "---------- Message transféré ---------\nDe : Odile\nDate : lundi\nObjet : réponse\nÀ : Bruno\n\nNous ouvrirons vingt places.".encode()
    document = read(mail(body), "a.eml")
    assert "Nous ouvrirons vingt places." in said(document, "paragraph")
    assert "forwarded" in codes(document)


def test_an_absence_message_is_told():
    assert "auto-submitted" in codes(read(mail(b"Absente.", extra=b"Auto-Submitted: auto-replied\r\n"), "a.eml"))


def test_a_mail_without_words_is_a_state_for_a_person():
    document = read(mail(b""), "a.eml")
    assert document.state is State.NO_TEXT
    assert "empty-mail" in codes(document)


@pytest.mark.parametrize(
    "body",
    [
        HEAD + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nNous ouvrirons.\r\n',
        HEAD + b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nTm91cyBvdXZyaXJvbnMu!!!\r\n",
        HEAD + b"Content-Type: multipart/mixed\r\n\r\nNous ouvrirons.\r\n",
        HEAD + b"Content-Type: ;;;\r\n\r\nNous ouvrirons.\r\n",
        b"From odile Mon Mar  2 10:00:00 2026\n" + HEAD + b"\r\nNous ouvrirons.\r\n",
    ],
    ids=["no final boundary", "bad base64", "no boundary", "no type", "mbox line"],
)
def test_a_malformed_mail_still_gives_its_words(body):
    assert "Nous ouvrirons." in read(body, "a.eml").text


def test_two_hundred_levels_of_parts_are_refused():
    body = (
        b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(200))
        + b"Content-Type: text/plain\r\n\r\nx"
    )
    assert read(HEAD + body, "a.eml").state is State.REFUSED
