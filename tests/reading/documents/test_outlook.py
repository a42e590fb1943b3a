from plaidoyer.reading.types import State
from tests.reading.documents.nasty_outlook import compound, message
from tests.reading.documents.reading_aids import read, said

TOP = 'De : "Odile Kerbrat" <odile@cap.example>\nÀ : Le collectif <collectif@port.example>\nObjet : Réponse'


def test_an_outlook_mail_reads_like_any_other():
    document = read(message("Réponse", "Bonjour,\r\n\r\nNous ouvrirons l’accueil."), "a.msg")
    assert document.text == f"{TOP}\n\nBonjour,\n\nNous ouvrirons l’accueil."


def test_its_html_is_read_when_there_is_nothing_else():
    assert read(message("Réponse", "", html="<p>Bonjour,</p><p>Oui.</p>"), "a.msg").text == f"{TOP}\n\nBonjour,\n\nOui."


def test_its_history_is_quoted_and_its_attachments_handed_on():
    body = "Oui.\r\n\r\nDe : Collectif\r\nEnvoyé : lundi\r\nÀ : Odile\r\nObjet : questions\r\n\r\nVous engagez-vous ?"
    document = read(message("Réponse", body, attachments={"C:\\lettre.pdf": b"%PDF-1.4"}), "a.msg")
    assert said(document, "paragraph") == ["Oui."]
    assert [(a.name, a.data) for a in document.attachments] == [("lettre.pdf", b"%PDF-1.4")]


def test_a_damaged_mail_is_a_state_for_a_person():
    assert read(compound({"__properties_version1.0": b"\0" * 7}), "a.msg").state is State.NO_TEXT
