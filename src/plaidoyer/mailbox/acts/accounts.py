"""The settings of a mailbox, and the button that tries them."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from plaidoyer.accounts import journal
from plaidoyer.accounts.models import Collective, User
from plaidoyer.accounts.permissions import require
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.mailbox import relay
from plaidoyer.mailbox.imap import Mailbox, MailboxDoorError
from plaidoyer.mailbox.models import MailAccount
from plaidoyer.mailbox.sealed import SealBrokenError, seal

PATIENCE = 15  # somebody waits in front of the screen


@dataclass(frozen=True, slots=True)
class Tried:
    """What the test found, in French, one sentence for each door."""

    sends: bool
    sending: str
    receives: bool
    receiving: str


def save_account(
    *,
    actor: User | None,
    collective: Collective,
    facts: dict[str, Any],
    account: MailAccount | None = None,
    smtp_password: str = "",
    imap_password: str = "",
) -> MailAccount:
    """Make or change an account. An empty password keeps the one that is sealed: it is never shown, so it cannot be typed again by mistake."""
    require(actor, "send", collective)
    sealed = {"smtp_sealed": seal(smtp_password)} if smtp_password else {}
    sealed |= {"imap_sealed": seal(imap_password)} if imap_password else {}
    try:
        with transaction.atomic():
            if account is None:
                account = MailAccount.objects.create(collective=collective, **facts, **sealed)
            else:
                MailAccount.objects.filter(pk=account.pk).update(**facts, **sealed, trouble="", trouble_since=None, retry_at=None, next_slot_at=None)
                account.refresh_from_db()
            journal.write(
                actor=actor, collective=collective, verb="mail.account", target=account,
                sentence=f"Réglages du compte de courriel « {account.name} » enregistrés{' (mot de passe changé)' if sealed else ''}.",
            )  # fmt: skip
    except IntegrityError as error:
        raise ActRefusedError("Un autre compte de courriel porte déjà ce nom : choisissez-en un autre.") from error
    return account


def test_account(*, actor: User | None, account: MailAccount) -> Tried:
    """Open both doors as the real work does, up to the point where a message would leave; say what failed, and what to do."""
    require(actor, "send", account.collective)
    sends, sending = try_sending(account)
    receives, receiving = try_receiving(account)
    if sends:
        MailAccount.objects.filter(pk=account.pk).update(trouble="", trouble_since=None, retry_at=None)
    return Tried(sends, sending, receives, receiving)


def try_sending(account: MailAccount) -> tuple[bool, str]:
    try:
        line = relay.connect(account, PATIENCE)
    except (relay.RelayError, SealBrokenError) as error:
        return False, relay.sentence(error) if isinstance(error, relay.RelayError) else str(error)
    try:
        code, words = line.mail(account.from_address)
        if code != 250:
            return False, relay.sentence(relay.RelayError("from", f"{code} {relay.plain(words)}"))
        said = f"Envoi : le serveur {account.smtp_host} accepte d’envoyer pour {account.from_address}."
    except (OSError, smtplib.SMTPException) as error:
        return False, relay.sentence(relay.RelayError("greeting", relay.describe(error)))
    finally:
        line.close()
    return True, said


def try_receiving(account: MailAccount) -> tuple[bool, str]:
    if not account.can_receive:
        return True, "Réception : aucun serveur n’est indiqué, les messages seront déposés à la main."
    try:
        mailbox = Mailbox(account, PATIENCE)
    except (MailboxDoorError, SealBrokenError) as error:
        return False, str(error)
    try:
        return True, f"Réception : la boîte s’ouvre, {len(mailbox.uids())} messages à relever dans « {account.imap_folder} »."
    finally:
        mailbox.close()
