"""Fetching: what the server has and we have not. A death at any instant is made good by the next run, without a loss and without a double."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from plaidoyer.mailbox import intake
from plaidoyer.mailbox.imap import Mailbox, MailboxDoorError
from plaidoyer.mailbox.models import IncomingMessage, MailAccount


@dataclass(frozen=True, slots=True)
class Fetched:
    new: int = 0
    trouble: str = ""


def fetch(account: MailAccount) -> Fetched:
    """Store everything new of one account, then sort it."""
    had, trouble = account.incoming.count(), ""
    try:
        mailbox = Mailbox(account)
        try:
            take_in(account, mailbox)
        finally:
            mailbox.close()
    except MailboxDoorError as error:
        trouble = str(error)
    except (OSError, mailbox_errors()) as error:
        trouble = f"La relève s’est interrompue, la prochaine reprendra où elle en était. (Détail : {error})"
    MailAccount.objects.filter(pk=account.pk).update(fetch_trouble=trouble, **({} if trouble else {"fetched_at": timezone.now()}))
    intake.sort_waiting(account.collective)
    return Fetched(account.incoming.count() - had, trouble)


def mailbox_errors() -> type[Exception]:
    import imaplib

    return imaplib.IMAP4.error


def take_in(account: MailAccount, mailbox: Mailbox) -> None:
    """Not « since the last number »: a message that failed once would be lost for ever. All that is there, less all that we have."""
    here = IncomingMessage.objects.filter(account=account, folder=account.imap_folder, uid_validity=mailbox.uid_validity)
    have = set(here.values_list("uid", flat=True))
    for uid, data, received_at in mailbox.fetch([uid for uid in mailbox.uids() if uid not in have]):
        place = intake.Place(account.imap_folder, mailbox.uid_validity, uid)
        intake.keep(collective=account.collective, account=account, data=data, received_at=received_at, place=place)
        mailbox.mark_read(uid)
