"""The nouns of the mailbox: the account, what leaves, what comes in."""

from plaidoyer.mailbox.models.incoming import IncomingMessage, Kind
from plaidoyer.mailbox.models.mail_accounts import MailAccount, Security
from plaidoyer.mailbox.models.outgoing import AddressBlock, OutgoingMessage, SendingPause

__all__ = ["AddressBlock", "IncomingMessage", "Kind", "MailAccount", "OutgoingMessage", "Security", "SendingPause"]
