"""The only functions that change data here at somebody's wish. The sender and the fetcher move states by themselves (claims.py, intake.py)."""

from plaidoyer.mailbox.acts.blocks import block_address, lift_block
from plaidoyer.mailbox.acts.deciding import decide_uncertain
from plaidoyer.mailbox.acts.holding import cancel, pause, resume
from plaidoyer.mailbox.acts.queueing import Queued, queue

__all__ = ["Queued", "block_address", "cancel", "decide_uncertain", "lift_block", "pause", "queue", "resume"]
