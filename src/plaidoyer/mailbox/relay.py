"""A conversation with an SMTP server, stage by stage: what matters is to know whether the text could have been taken."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from plaidoyer.mailbox.models import MailAccount, Security

PATIENCE = 60  # seconds for each answer of the relay
PER_LINE = 50  # messages by connection: relays dislike endless ones


class Fate(StrEnum):
    ACCEPTED = "accepted"
    LATER = "later"  # the relay said 4xx, or the line broke before any text left: it has not got the message
    REFUSED = "refused"
    UNKNOWN = "unknown"  # cut between the text and the relay's word
    HELD = "held"  # we ourselves did not let it go
    NO_RELAY = "no-relay"  # the account or the relay is at fault, not the message


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    code: int | None = None
    text: str = ""


class RelayError(Exception):
    """The relay cannot be used: ``stage`` is dns, connection, tls, greeting, auth or from."""

    def __init__(self, stage: str, detail: str) -> None:
        super().__init__(detail)
        self.stage, self.detail = stage, detail


class Relay:
    """One line to the account's relay, opened when first needed, opened again when it grew old or broke."""

    def __init__(self, account: MailAccount, patience: float = PATIENCE) -> None:
        self.account, self.patience = account, patience
        self.line: smtplib.SMTP | None = None
        self.carried = 0

    def open(self) -> smtplib.SMTP:
        if self.line is not None and self.carried < PER_LINE:
            return self.line
        self.close()
        self.line, self.carried = connect(self.account, self.patience), 0
        return self.line

    def close(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            try:
                line.quit()
            except (OSError, smtplib.SMTPException):
                line.close()

    def hand(self, recipient: str, text: bytes, may_leave: Callable[[], bool]) -> Outcome:
        """``may_leave`` is asked, and its answer is in the database, before the first byte of the text."""
        try:
            refused = self.envelope(recipient, len(text))
        except RelayError as error:
            return Outcome(Fate.NO_RELAY, None, sentence(error))
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            return Outcome(Fate.LATER, None, f"Liaison rompue avant l’envoi du texte ({describe(error)}).")
        if refused is not None:
            self.reset(refused.code)
            return refused
        if not may_leave():
            self.drop()  # « DATA » was said: only hanging up takes it back
            return Outcome(Fate.HELD)
        return self.text(text)

    def envelope(self, recipient: str, size: int) -> Outcome | None:
        """An old line may have been closed by the relay meanwhile: then once more on a new one, since no text has left."""
        was_open = self.line is not None
        line = self.open()
        self.carried += 1
        try:
            return envelope(line, self.account.from_address, recipient, size)
        except smtplib.SMTPServerDisconnected:
            if not was_open:
                raise
            self.drop()
            self.line = connect(self.account, self.patience)
            self.carried = 1
            return envelope(self.line, self.account.from_address, recipient, size)

    def text(self, text: bytes) -> Outcome:
        line = self.line
        assert line is not None, "the envelope went by this very line"  # noqa: S101  a fault of ours, never the relay's
        try:
            line.send(dotted(text))
            code, words = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.drop()
            return Outcome(Fate.UNKNOWN, None, f"Liaison rompue après l’envoi du texte, avant la réponse du serveur ({describe(error)}).")
        outcome = judged(code, words, Fate.ACCEPTED)
        if code == 421:
            self.drop()
        return outcome

    def drop(self) -> None:
        line, self.line = self.line, None
        if line is not None:
            line.close()

    def reset(self, code: int | None) -> None:
        """After a refusal of the envelope the line is clean again, or gone."""
        try:
            if self.line is not None and code != 421:
                self.line.rset()
                return
        except (OSError, smtplib.SMTPException):
            pass
        self.drop()


def envelope(line: smtplib.SMTP, sender: str, recipient: str, size: int) -> Outcome | None:
    """MAIL, RCPT, DATA: None when the relay waits for the text."""
    options = [f"SIZE={size}"] if line.has_extn("size") else []
    code, words = line.mail(sender, options)
    if code == 530 or (500 <= code < 600 and code != 552):
        # It refuses the sender: every letter would be refused alike. The account is at fault, not this message.
        return Outcome(Fate.NO_RELAY, code, f"Le serveur refuse l’adresse d’expédition {sender} : {plain(words)}")
    if code != 250:
        return judged(code, words)
    code, words = line.rcpt(recipient)
    if code not in {250, 251}:
        return judged(code, words)
    code, words = line.docmd("DATA")
    return None if code == 354 else judged(code, words)


def judged(code: int, words: bytes, good: Fate | None = None) -> Outcome:
    said = f"{code} {plain(words)}".strip()
    if good is not None and 200 <= code < 300:
        return Outcome(good, code, said)
    return Outcome(Fate.REFUSED if 500 <= code < 600 else Fate.LATER, code, said)


def plain(words: bytes) -> str:
    return " ".join(words.decode("utf-8", "replace").split())[:500]


def dotted(text: bytes) -> bytes:
    """Lines ended by CRLF, dots doubled, and the end mark (RFC 5321 §4.5.2)."""
    lines = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n.", b"\n..").replace(b"\n", b"\r\n")
    if lines.startswith(b"."):
        lines = b"." + lines
    return (lines if lines.endswith(b"\r\n") else lines + b"\r\n") + b".\r\n"


def connect(account: MailAccount, patience: float = PATIENCE) -> smtplib.SMTP:
    """An open, greeted, encrypted and authenticated line; or a RelayError that knows its stage."""
    host, port, secure = account.smtp_host, account.smtp_port, account.smtp_security
    stage, line = "connection", None
    try:
        if secure == Security.TLS:
            line = smtplib.SMTP_SSL(host, port, timeout=patience, context=ssl.create_default_context())
        else:
            line = smtplib.SMTP(host, port, timeout=patience)
        stage = "greeting"
        line.ehlo_or_helo_if_needed()
        if secure == Security.STARTTLS:
            stage = "tls"
            line.starttls(context=ssl.create_default_context())
            line.ehlo()
        stage = "auth"
        if account.smtp_user:
            line.login(account.smtp_user, account.smtp_password)
    except Exception as error:
        if line is not None:
            line.close()
        raise RelayError(stage_of(error, stage), describe(error)) from error
    return line


def stage_of(error: Exception, stage: str) -> str:
    if isinstance(error, socket.gaierror):
        return "dns"
    if isinstance(error, ssl.SSLError):
        return "tls"
    return stage


def describe(error: BaseException) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return f"{error.smtp_code} {plain(words)}"
    return plain(str(error).encode()) or type(error).__name__


WHY = {
    "dns": "Le nom du serveur d’envoi est introuvable. Vérifiez l’orthographe (par exemple « ssl0.ovh.net », « smtp.gmail.com ») et votre connexion.",
    "connection": "Le serveur d’envoi ne répond pas à ce port. Essayez 587 (STARTTLS) ou 465 (TLS) ; certains réseaux bloquent le port 25.",
    "greeting": "Le serveur répond, mais pas comme un serveur d’envoi. Vérifiez le port et le mode de sécurité : 587 va avec STARTTLS, 465 avec TLS.",
    "tls": "La liaison chiffrée ne s’établit pas : certificat invalide, ou mode de sécurité différent. 587 va avec STARTTLS, 465 avec TLS.",
    "auth": "Le serveur refuse l’identifiant ou le mot de passe. Chez Gmail et d’autres, il faut un « mot de passe d’application ».",
    "from": "Le serveur refuse l’adresse d’expédition. Elle doit appartenir au compte avec lequel vous vous identifiez.",
}


def sentence(error: RelayError) -> str:
    return f"{WHY[error.stage]} (Détail : {error.detail})"
