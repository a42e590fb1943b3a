"""The only functions that change data here at somebody's wish. The sender and the fetcher move states by themselves (claims.py, intake.py)."""

from plaidoyer.mailbox.acts.accounts import save_account, test_account
from plaidoyer.mailbox.acts.blocks import block_address, lift_block
from plaidoyer.mailbox.acts.deciding import decide_uncertain
from plaidoyer.mailbox.acts.forgetting import forget_recipients
from plaidoyer.mailbox.acts.holding import cancel, pause, resume
from plaidoyer.mailbox.acts.queueing import Queued, queue
from plaidoyer.mailbox.acts.receiving import drop, mark_handled, set_aside, take_up_again

__all__ = [
    "Queued", "block_address", "cancel", "decide_uncertain", "drop", "forget_recipients", "lift_block", "mark_handled", "pause", "queue",
    "resume", "save_account", "set_aside", "take_up_again", "test_account",
]  # fmt: skip
