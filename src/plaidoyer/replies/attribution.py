"""Which questions a proposal is for: what the machine says, unless a person has said where its paragraph belongs."""

from __future__ import annotations

from collections.abc import Sequence

from plaidoyer.replies.models import Extract, Reply, Suggestion


def moved_passages(reply: Reply) -> list[Extract]:
    """Whole passages that a person sent to another question than the machine did, or chose by hand."""
    found = reply.extracts.filter(level="").exclude(question=None).select_related("question", "suggestion")
    return [one for one in found if one.suggestion is None or one.question.code not in one.suggestion.questions]


def codes_of(suggestion: Suggestion, moved: Sequence[Extract]) -> list[str]:
    """A commitment follows the passage that holds it: one correction is enough for a paragraph."""
    if suggestion.kind == Suggestion.Kind.PASSAGE:
        return suggestion.questions
    text = suggestion.reading.text_id
    around = {one.question.code for one in moved if one.text_id == text and one.start <= suggestion.start and suggestion.end <= one.end}
    return sorted(around) or suggestion.questions
