"""Which lists a letter of the tray may come from, with the reasons: written inside the acts that take a letter or open its pieces."""

from __future__ import annotations

from collections.abc import Sequence

from plaidoyer.replies.incoming import signs
from plaidoyer.replies.incoming.looking import letter_of_texts
from plaidoyer.replies.incoming.signs import Register, Sign
from plaidoyer.replies.models import ListSuggestion, Reply, TextOfRecord


def record(reply: Reply, found: Sequence[Sign]) -> None:
    """The reasons, and the one list that stands out, if one does."""
    ListSuggestion.objects.filter(reply=reply).delete()
    once = {(one.candidate_list_id, one.reason[:300]): one for one in found}
    ListSuggestion.objects.bulk_create(
        ListSuggestion(reply=reply, candidate_list_id=pk, weight=one.weight, reason=reason) for (pk, reason), one in once.items()
    )
    ahead = signs.leader(once.values())
    known = (
        {"suggested_list": ahead.candidate_list_id, "suggestion_why": ahead.reason[:300]} if ahead else {"suggested_list": None, "suggestion_why": ""}
    )
    Reply.objects.filter(pk=reply.pk, candidate_list=None).update(**known)


def look_again(reply: Reply, texts: Sequence[TextOfRecord]) -> None:
    """Once its pieces are open, a letter in the tray says more."""
    if reply.candidate_list_id or (reply.suggested_list_id and not reply.list_suggestions.exists()):
        return  # attached, or pointed at by whoever entered it
    found = signs.signs_in(letter_of_texts(reply, texts), Register.of(reply.campaign))
    kept = [Sign(one.candidate_list_id, one.weight, one.reason) for one in reply.list_suggestions.all()]
    record(reply, sorted(dict.fromkeys((*kept, *found)), key=lambda one: -one.weight))
