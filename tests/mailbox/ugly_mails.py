"""Ugly mails, written here: what comes out of Gmail, Outlook, telephones, webmails, and worse. All people and towns are invented.

Each is (bytes, expected kind, words that must be in the excerpt, number of attachments). docs/mail.md has the same table.
"""

from __future__ import annotations

import base64
import io
import quopri
import zipfile

FROM = "Inès Carpentras <ines@valmorel.example>"
TEXT = "Bonjour,\n\nOui, nous nous engageons à domicilier toute personne.\n\nInès Carpentras"
SEEN = "nous nous engageons à domicilier"


def heads(**more: str | None) -> str:
    told: dict[str, str | None] = {
        "From": "=?utf-8?q?In=C3=A8s_Carpentras?= <ines@valmorel.example>", "To": "reponses+jeton1@untoit.example", "Subject": "Re: Trois questions",
        "Date": "Mon, 02 Mar 2026 10:15:00 +0100", "Message-ID": "<a1@valmorel.example>", "MIME-Version": "1.0",
    }  # fmt: skip
    told |= {name.replace("_", "-"): value for name, value in more.items()}
    return "".join(f"{name}: {value}\r\n" for name, value in told.items() if value is not None)


def mail(body: bytes | str, **more: str | None) -> bytes:
    data = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()
    more = {"Content_Type": "text/plain; charset=utf-8"} | more
    return heads(**more).encode("utf-8", "surrogateescape") + b"\r\n" + data


def multipart(*parts: str | bytes, kind: str = "mixed", closed: bool = True, **more: str | None) -> bytes:
    body = b"".join(b"--bord\r\n" + (part if isinstance(part, bytes) else part.replace("\n", "\r\n").encode()) + b"\r\n" for part in parts)
    return mail(body + (b"--bord--\r\n" if closed else b""), Content_Type=f'multipart/{kind}; boundary="bord"', **more)


def plain(text: str = TEXT) -> str:
    return f"Content-Type: text/plain; charset=utf-8\n\n{text}"


def file(name: str, data: bytes, kind: str = "application/octet-stream") -> bytes:
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'
    return head.encode() + base64.encodebytes(data)


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("reponse.txt", TEXT)
    return held.getvalue()


def nested(depth: int) -> bytes:
    inner = plain().replace("\n", "\r\n")
    for level in range(depth):
        inner = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n{inner}\r\n--b{level}--\r\n'
    return (heads() + inner).encode()


def status_report(message_id: str = "<ours@untoit.example>", status: str = "5.1.1", action: str = "failed", text: str = "Undelivered") -> bytes:
    return multipart(
        plain(text),
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.valmorel.example\n\n"
        f"Final-Recipient: rfc822; liste1@valmorel.example\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
        f"Content-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\nSubject: Trois questions",
        kind='report; report-type="delivery-status"', From="MAILER-DAEMON@mx.valmorel.example", Return_Path="<>", Subject="Undelivered Mail Returned to Sender",
    )  # fmt: skip


HTML = f"<html><head><style>p{{color:red}}</style></head><body><p>Bonjour,</p><p>Oui, {SEEN} toute personne.</p></body></html>"
QUOTED = "\n\nLe lun. 2 mars 2026 à 09:00, Un toit à Valmorel <campagne@untoit.example> a écrit :\n> Vous engagez-vous à domicilier ?\n"

UGLY: dict[str, tuple[bytes, str, str, int]] = {
    # ---- programs
    "gmail": (multipart(plain(TEXT + QUOTED), f"Content-Type: text/html; charset=utf-8\n\n{HTML}", kind="alternative"), "reply", SEEN, 0),
    "outlook": (mail(TEXT + "\n\n________________________________\nDe : Un toit <campagne@untoit.example>\nEnvoyé : lundi 2 mars 2026\nÀ : Inès\nObjet : Trois questions", Thread_Index="AdpX==", X_MS_Has_Attach="", Accept_Language="fr-FR"), "reply", SEEN, 0),
    "apple mail": (multipart(plain(), file("Programme.pdf", b"%PDF-1.4 fictif", "application/pdf"), plain("\n\nEnvoyé de mon Mac")), "reply", SEEN, 1),
    "phone": (mail("Oui, nous nous engageons à domicilier. Envoyé de mon iPhone" + QUOTED), "reply", SEEN, 0),
    "webmail, html only": (mail(HTML, Content_Type="text/html; charset=utf-8"), "reply", SEEN, 0),
    "html only, latin-1, charset in the page": (mail(HTML.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1"), "reply", SEEN, 0),
    "quoted-printable": (mail(quopri.encodestring(TEXT.encode()), Content_Transfer_Encoding="quoted-printable"), "reply", SEEN, 0),
    "base64 text": (mail(base64.encodebytes(TEXT.encode()), Content_Transfer_Encoding="base64"), "reply", SEEN, 0),
    "reply on top": (mail(TEXT + QUOTED), "reply", SEEN, 0),
    "reply below": (mail("> Vous engagez-vous ?\n\n" + TEXT), "reply", SEEN, 0),
    "reply between the lines": (mail("> Vous engagez-vous à domicilier ?\nOui, nous nous engageons à domicilier.\n> Combien ?\nCent."), "reply", SEEN, 0),
    # ---- charsets
    "utf-7": (mail(TEXT.encode("utf-7"), Content_Type="text/plain; charset=utf-7"), "reply", SEEN, 0),
    "says utf-8, is windows-1252": (mail(TEXT.encode("cp1252")), "reply", SEEN, 0),
    "says an unknown charset": (mail(TEXT, Content_Type="text/plain; charset=x-inconnu"), "reply", SEEN, 0),
    "says us-ascii, is utf-8": (mail(TEXT, Content_Type="text/plain; charset=us-ascii"), "reply", SEEN, 0),
    "no mime at all, latin-1": (b"From: ines@valmorel.example\r\nSubject: r\xe9ponse\r\nDate: Mon, 02 Mar 2026 10:15:00 +0100\r\n\r\n" + TEXT.encode("latin-1"), "reply", SEEN, 0),
    "utf-16": (mail(base64.encodebytes(TEXT.encode("utf-16")), Content_Type="text/plain; charset=utf-16", Content_Transfer_Encoding="base64"), "reply", SEEN, 0),
    "raw 8 bits in the headers": (heads(Subject=None).encode() + "Subject: Réponse à vos questions\r\n\r\n".encode() + TEXT.encode(), "reply", SEEN, 0),
    # ---- broken
    "bad base64": (mail(b"Oui, nous nous engageons === $$$", Content_Transfer_Encoding="base64"), "reply", "", 0),
    "no final boundary": (multipart(plain(), closed=False), "reply", SEEN, 0),
    "boundary never used": (mail(TEXT, Content_Type='multipart/mixed; boundary="jamais"'), "reply", SEEN, 0),
    "no boundary parameter": (mail(TEXT, Content_Type="multipart/mixed"), "reply", SEEN, 0),
    "no date": (mail(TEXT, Date=None), "reply", SEEN, 0),
    "impossible date": (mail(TEXT, Date="Lun 31 Fev 2026 99:99"), "reply", SEEN, 0),
    "no message-id": (mail(TEXT, Message_ID=None), "reply", SEEN, 0),
    "no sender": (mail(TEXT, From=None), "reply", SEEN, 0),
    "empty subject": (mail(TEXT, Subject=""), "reply", SEEN, 0),
    "empty body": (mail(""), "unreadable", "", 0),
    "not a mail": (b"\x00\x01\x02\xff" * 100, "reply", "", 0),
    "header without end": (b"From: ines@valmorel.example\r\nSubject: " + b"a" * 200_000, "unreadable", "", 0),
    "nul bytes": (mail("Oui, nous nous engageons\x00 à domicilier."), "reply", SEEN, 0),
    # ---- attachments
    "winmail.dat": (multipart(plain(), file("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef")), "reply", SEEN, 1),
    "twelve attachments": (multipart(plain(), *(file(f"piece{n}.pdf", b"%PDF fictif") for n in range(12))), "reply", SEEN, 12),
    "two files of one name": (multipart(plain(), file("reponse.pdf", b"un"), file("reponse.pdf", b"deux")), "reply", SEEN, 2),
    "zip": (multipart(plain(), file("reponse.zip", zipped(), "application/zip")), "reply", SEEN, 1),
    "letter in an attachment, empty body": (multipart(plain(""), file("lettre.docx", b"PK fictif")), "reply", "", 1),
    "name that climbs": (multipart(plain(), file("../../etc/passwd", b"x")), "reply", SEEN, 1),
    "uuencode": (mail(TEXT + "\n\nbegin 644 reponse.txt\n#0V%T\n`\nend\n"), "reply", SEEN, 1),
    "nested rfc822": (multipart(plain("Voici leur réponse."), b"Content-Type: message/rfc822\r\n\r\n" + mail(TEXT)), "reply", "Voici leur réponse", 1),
    "25 MB": (multipart(plain(), file("scan.pdf", b"\x00" * 18_500_000)), "reply", SEEN, 1),
    # ---- people
    "forwarded by a volunteer": (mail("---------- Forwarded message ---------\nDe : Inès\n\n" + TEXT, From="bruno@example.org", Subject="Tr : réponse", To="campagne@untoit.example"), "reply", SEEN, 0),
    "two lists in one mail": (mail("Liste A : oui.\n\nListe B : non.", From="mairie@valmorel.example"), "reply", "Liste B : non.", 0),
    "refusal": (mail("Nous ne souhaitons pas répondre."), "reply", "ne souhaitons pas", 0),
    # ---- machines
    "out of office, Auto-Submitted": (mail("Je suis absente jusqu’au 9 mars.", Auto_Submitted="auto-replied"), "auto-reply", "absente", 0),
    "out of office, French subject only": (mail("Je rentre lundi.", Subject="Réponse automatique : Trois questions"), "auto-reply", "lundi", 0),
    "out of office, Outlook in French": (mail("De retour lundi.", Subject="Absence du bureau : Trois questions"), "auto-reply", "lundi", 0),
    "out of office, X-Autoreply": (mail("De retour lundi.", X_Autoreply="yes"), "auto-reply", "lundi", 0),
    "empty return path": (mail("Message reçu.", Return_Path="<>"), "auto-reply", "reçu", 0),
    "read receipt": (multipart(plain("Lu."), "Content-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed", kind="report; report-type=disposition-notification"), "auto-reply", "Lu.", 0),
    "bounce, RFC 3464": (status_report(), "bounce", "Undelivered", 0),
    "bounce, delayed": (status_report(action="delayed", status="4.4.1"), "bounce", "", 0),
    "delivered notice": (status_report(action="delivered", status="2.0.0"), "auto-reply", "", 0),
    "bounce in French, no report": (mail("Votre message à liste1@valmorel.example n’a pas pu être remis : 5.1.1 adresse inconnue.", From="MAILER-DAEMON@mx.valmorel.example", Subject="Échec de la remise du message"), "bounce", "adresse inconnue", 0),
    "bounce, Exchange in French": (mail("Non remis : liste1@valmorel.example", From="postmaster@valmorel.example", Subject="Non remis : Trois questions"), "bounce", "liste1", 0),
    "spam by its flag": (mail("Gagnez !", X_Spam_Flag="YES"), "spam", "Gagnez", 0),
}  # fmt: skip
