"""The only functions that change data in this room. Each takes ``actor``, opens one transaction and writes one journal line.

``actor`` is None only for the machine itself: a scheduled import, the reading of a letter.
"""

from plaidoyer.replies.acts.claim import claim, finish, give_back, reopen
from plaidoyer.replies.acts.correction import answer_remark, extend_corrections, note_told, open_corrections, remark
from plaidoyer.replies.acts.kind import name_kind
from plaidoyer.replies.acts.publish import publish, withdraw
from plaidoyer.replies.acts.pull import correct_reception, note_objection, pull, vouch
from plaidoyer.replies.acts.read import read
from plaidoyer.replies.acts.receive import Received, add_part, receive, receive_text, receive_typed
from plaidoyer.replies.acts.redact import add_redaction, decide_redaction, see_redactions
from plaidoyer.replies.acts.retype import type_text
from plaidoyer.replies.acts.review import add, change, keep, keep_sure, name_nature, refuse_all, reject, remove, settle, split, unsettle
from plaidoyer.replies.acts.steps import redo, undo
from plaidoyer.replies.acts.tray import answer_also_for, attach, describe, detach, restore, set_aside
from plaidoyer.replies.acts.voice import decline_right, publish_right, reply_right

__all__ = [
    "Received",
    "add",
    "add_part",
    "add_redaction",
    "answer_also_for",
    "answer_remark",
    "attach",
    "change",
    "claim",
    "correct_reception",
    "decide_redaction",
    "decline_right",
    "describe",
    "detach",
    "extend_corrections",
    "finish",
    "give_back",
    "keep",
    "keep_sure",
    "name_kind",
    "name_nature",
    "note_objection",
    "note_told",
    "open_corrections",
    "publish",
    "publish_right",
    "pull",
    "read",
    "receive",
    "receive_text",
    "receive_typed",
    "redo",
    "refuse_all",
    "reject",
    "remark",
    "remove",
    "reopen",
    "reply_right",
    "restore",
    "see_redactions",
    "set_aside",
    "settle",
    "split",
    "type_text",
    "undo",
    "unsettle",
    "vouch",
    "withdraw",
]
