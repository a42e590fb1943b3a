"""What may become of a list in a contest. A step back to « enregistrée » corrects a mistake; the journal keeps both steps."""

from __future__ import annotations

from plaidoyer.elections.models import Standing

S = Standing.State
OUTCOMES = frozenset({S.MAJORITY, S.OPPOSITION, S.NO_SEAT})
AFTER_FIRST_ROUND = frozenset({S.WON_FIRST, S.MAINTAINED, S.NOT_QUALIFIED})

MAY_BECOME: dict[str, frozenset[str]] = {
    S.ANNOUNCED: frozenset({S.REGISTERED, S.WITHDRAWN}),
    S.REGISTERED: AFTER_FIRST_ROUND | OUTCOMES | {S.WITHDRAWN},
    S.WON_FIRST: frozenset({S.MAJORITY, S.REGISTERED}),
    S.MAINTAINED: OUTCOMES | {S.WITHDRAWN, S.REGISTERED},
    S.NOT_QUALIFIED: frozenset({S.NO_SEAT, S.REGISTERED}),
    S.MERGED: frozenset(),  # a merger makes a new list: it is undone with that list, not with a state
    S.WITHDRAWN: frozenset({S.REGISTERED}),
    S.MAJORITY: OUTCOMES - {S.MAJORITY} | {S.REGISTERED},
    S.OPPOSITION: OUTCOMES - {S.OPPOSITION} | {S.REGISTERED},
    S.NO_SEAT: OUTCOMES - {S.NO_SEAT} | {S.REGISTERED},
}

SECOND_ROUND_ONLY_OUTCOMES = {2: MAY_BECOME[S.REGISTERED] - AFTER_FIRST_ROUND}


def may_become(standing: Standing) -> list[str]:
    """The states offered for this standing, in the order in which the law meets them."""
    allowed = MAY_BECOME[standing.state]
    if standing.contest.round == 2 and standing.state == S.REGISTERED:
        allowed = SECOND_ROUND_ONLY_OUTCOMES[2]
    return [state for state in S.values if state in allowed]
