"""What comes in, what the machine reads in it, what people decide: three tables apart."""

from plaidoyer.replies.models.answers import Answer, Extract, Redaction, ReviewStep, Stance
from plaidoyer.replies.models.door import DoorDraft, DoorFile, DoorSending
from plaidoyer.replies.models.learning import Lesson, ReaderVersion
from plaidoyer.replies.models.mail import ListSuggestion, MailReply
from plaidoyer.replies.models.originals import Original, TextOfRecord
from plaidoyer.replies.models.readings import Decision, Reading, Suggestion
from plaidoyer.replies.models.releases import Release, ReleasedCell, ReleasedList
from plaidoyer.replies.models.replies import Reply, ReplyPart
from plaidoyer.replies.models.voice import Remark, RightOfReply

__all__ = [
    "Answer",
    "Decision",
    "DoorDraft",
    "DoorFile",
    "DoorSending",
    "Extract",
    "Lesson",
    "ListSuggestion",
    "MailReply",
    "Original",
    "ReaderVersion",
    "Reading",
    "Redaction",
    "Release",
    "ReleasedCell",
    "ReleasedList",
    "Remark",
    "Reply",
    "ReplyPart",
    "ReviewStep",
    "RightOfReply",
    "Stance",
    "Suggestion",
    "TextOfRecord",
]
