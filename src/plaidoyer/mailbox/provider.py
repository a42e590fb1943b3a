"""Sending by the service of a provider (Brevo, Mailjet, Postmark…) instead of a relay: any mail backend of Django, set by the host.

The promise is the same: « remise en cours » is in the database before anything leaves. A provider that does not say clearly what it did with a
message leaves it « incertain »: a person decides, the machine never tries twice.
"""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage as Composed
from email.policy import default
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, InvalidMailer, mailers

from plaidoyer.mailbox.models import MailAccount
from plaidoyer.mailbox.relay import Fate, Outcome, Relay, describe

NAME = "provider"
OWN = {"from", "to", "subject", "reply-to", "mime-version", "content-type", "content-transfer-encoding"}
NOT_SET_UP = {401, 402, 403}  # its key is wrong, or the account is stopped: not this message's fault, it is tried again


def is_set() -> bool:
    return NAME in settings.MAILERS


def line_for(account: MailAccount) -> Relay | Provider:
    return Provider(account) if is_set() else Relay(account)


class Provider:
    """Speaks like a Relay. One connection for a run."""

    def __init__(self, account: MailAccount) -> None:
        self.account = account
        self.backend: Any = None

    def hand(self, recipient: str, text: bytes, may_leave: Callable[[], bool]) -> Outcome:
        try:
            self.backend = self.backend or mailers[NAME]
        except (InvalidMailer, TypeError) as error:
            return Outcome(Fate.NO_RELAY, None, unknown(error))
        message = as_django(message_from_bytes(text, policy=default), recipient)
        if not may_leave():
            return Outcome(Fate.HELD)
        try:
            taken = self.backend.send_messages([message])
        except Exception as error:  # noqa: BLE001  each provider has its own; what they said decides
            return judged(error)
        return (
            Outcome(Fate.ACCEPTED, None, "Pris en charge par le service d’envoi.") if taken else Outcome(Fate.UNKNOWN, None, "Sans réponse claire.")
        )

    def close(self) -> None:
        if self.backend is not None:
            self.backend.close()
            self.backend = None


def unknown(error: Exception) -> str:
    wanted = settings.MAILERS[NAME]["BACKEND"]
    return (
        f"Le service d’envoi « {wanted} » n’est pas installé ou mal réglé. Vérifiez PLAIDOYER_MAIL_PROVIDER, et que son paquet est installé "
        f"(pip install django-anymail). Rien n’est perdu, les messages attendent. (Détail : {describe(error)})"
    )


def judged(error: Exception) -> Outcome:
    """Only a clear « no » is a refusal, and only a clear « later » is tried again."""
    code = getattr(error, "status_code", None)
    said = describe(error)
    if code in NOT_SET_UP:
        return Outcome(Fate.LATER, code, f"Le service d’envoi refuse la clé ou le compte : vérifiez PLAIDOYER_ANYMAIL. (Détail : {said})")
    if code == 429:
        return Outcome(Fate.LATER, code, said)
    if isinstance(code, int) and 400 <= code < 500:
        return Outcome(Fate.REFUSED, code, said)
    return Outcome(Fate.UNKNOWN, code, f"Le service d’envoi n’a pas répondu clairement ({said}).")


def as_django(mail: Composed, recipient: str) -> EmailMultiAlternatives:
    """The same message in the words of Django: identity, reply address and unsubscribing go with it."""
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    made = EmailMultiAlternatives(
        subject=str(mail["Subject"]), body=text.get_content() if text else "", from_email=str(mail["From"]), to=[recipient],
        reply_to=[str(mail["Reply-To"])] if mail["Reply-To"] else None,
        headers={name: str(value) for name, value in mail.items() if name.lower() not in OWN},
    )  # fmt: skip
    if html:
        made.attach_alternative(html.get_content(), "text/html")
    for part in mail.iter_attachments():
        made.attach(part.get_filename() or "piece-jointe", part.get_payload(decode=True), part.get_content_type())
    return made
