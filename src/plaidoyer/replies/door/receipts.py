"""The receipt of a sending: what was recorded, when, with its fingerprint; as a text, as a mail file, as messages. Builds, never decides."""

from __future__ import annotations

import datetime
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from plaidoyer.elections.models import Contact
from plaidoyer.mailbox.drafts import AttachedFile, Draft, DraftRefusedError, checked_recipient, keep_attachment
from plaidoyer.replies.models import DoorSending
from plaidoyer.replies.publish_checks import spoken

TEXT = "text/plain"


def received_at(sending: DoorSending) -> str:
    """« mercredi 4 mars 2026 à 18 h 42 et 7 s (heure de Valmorel) »: the commune's own clock."""
    commune = sending.candidate_list.commune
    here = sending.sent_at.astimezone(ZoneInfo(commune.time_zone))
    return f"{spoken(here)} et {here.second} s (heure de {commune.name})"


def receipt_text(sending: DoorSending, limit: str) -> str:
    """Everything that proves the sending, the words included."""
    one, campaign, reply = sending.candidate_list, sending.campaign, sending.reply
    contact = campaign.collective.contact_email
    who = ", ".join(filter(None, (reply.answered_by, reply.capacity)))
    lines = [
        f"{campaign.collective.name} a bien reçu la réponse de la liste « {one.name} » ({one.commune.name}).", "",
        f"Campagne : {campaign.name}",
        f"Version : {sending.version}",
        f"Reçue le {received_at(sending)}" + (", hors délai" if reply.is_late else ""),
        f"Répond pour la liste : {who}",
        f"Empreinte du texte (SHA-256) : {sending.text_sha256}",
        *(f"Document joint : « {one['name']} », {one['size']} octets, SHA-256 : {one['sha256']}" for one in sending.files),
        "",
    ]  # fmt: skip
    if limit and not reply.is_late:
        lines += [f"Cette réponse peut être corrigée sur la même page jusqu’au {limit}. La dernière version reçue est publiée.", ""]
    lines += [
        "Si vous n’êtes pas à l’origine de cet envoi, écrivez-nous sans tarder" + (f" : {contact}." if contact else "."),
        "", "Texte enregistré, mot pour mot (c’est aussi le fichier reponse.txt) :", "", "-" * 60, sending.text.rstrip("\n"), "-" * 60, "",
    ]  # fmt: skip
    return "\n".join(lines)


def receipt_mail(sending: DoorSending, limit: str) -> bytes:
    """A message to keep in a mail program, with the exact text beside it."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Subject"] = subject(sending)
    mail["From"] = sending.campaign.collective.contact_email or "ne-pas-repondre@localhost"
    if sending.email:
        mail["To"] = sending.email
    mail["Date"] = sending.sent_at
    mail.set_content(receipt_text(sending, limit), cte="quoted-printable")
    mail.add_attachment(sending.text.encode(), maintype="text", subtype="plain", filename="reponse.txt", params={"charset": "utf-8"})
    return mail.as_bytes()


def subject(sending: DoorSending) -> str:
    return f"Reçu : réponse de la liste « {sending.candidate_list.name} », version {sending.version}"


def messages(sending: DoorSending, limit: str, not_before: datetime.datetime | None) -> Iterator[Draft]:
    """To whoever asked for a receipt; and to the address that we know of the list, so that nobody answers in its name unseen."""
    attached: AttachedFile = keep_attachment(sending.text.encode(), "reponse.txt", TEXT)
    for rank, address in enumerate(addresses(sending)):
        yield Draft(
            key=f"recu:{sending.campaign_id}:{sending.candidate_list_id}:{sending.version}:{rank}", recipient=address, subject=subject(sending),
            text=receipt_text(sending, limit), recipient_name="", attachments=(attached,), not_before=not_before,
        )  # fmt: skip


def addresses(sending: DoorSending) -> list[str]:
    known = Contact.objects.active().filter(
        candidate_list=sending.candidate_list, collective=sending.campaign.collective_id, kind=Contact.Kind.EMAIL
    )  # fmt: skip
    objected = sending.campaign.objections.filter(candidate_list=sending.candidate_list).exists()
    wanted = [sending.email, *([] if objected else known.order_by("-found_on", "pk").values_list("value", flat=True)[:1])]
    found: dict[str, str] = {}
    for address in filter(None, wanted):
        try:
            found.setdefault(address.lower(), checked_recipient(address))
        except DraftRefusedError:
            continue
    return list(found.values())
