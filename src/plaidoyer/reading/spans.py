"""Which runs of clauses to show as commitments, when the chain leaves doubts about where one begins and ends.

Every likely run gets its probability; a run is worth what it shares with the others, since half of the words in common is enough for
a reader to see what is meant. The runs worth most are shown first; what they explain is taken from the rest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from plaidoyer.reading.chain import Lattice, Scores, Steps, logsum

LONGEST = 6  # clauses in one commitment
FAINT = 0.01  # a run less likely than this is not looked at
ENOUGH = 0.5  # share of the words in common by which two runs are taken for the same


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses joined as one commitment, and the probability that something is there."""

    members: tuple[int, ...]
    odds: float
    past: bool = False


OUT, IN, BEGIN, PAST = range(4)


def likely_runs(scores: Scores, steps: Steps, lattice: Lattice) -> list[Run]:
    """Every run of clauses that the chain holds possible, with its probability."""
    found: list[Run] = []
    count = len(scores)
    for first in range(count):
        for label in (BEGIN, PAST):
            reached, last = lattice.ahead[first][label], first
            if reached + lattice.behind[first][label] - lattice.total < math.log(FAINT):
                continue
            before = label
            while True:
                odds = math.exp(reached + _closing(scores, steps, lattice, last, before) - lattice.total)
                if odds >= FAINT:
                    found.append(Run(tuple(range(first, last + 1)), odds, label == PAST))
                last += 1
                if last >= count or last - first >= LONGEST:
                    break
                reached += steps[last - 1][before][IN] + scores[last][IN]
                before = IN
                if reached + lattice.behind[last][IN] - lattice.total < math.log(FAINT):
                    break
    return found


def _closing(scores: Scores, steps: Steps, lattice: Lattice, last: int, label: int) -> float:
    """What remains when a run ends at ``last``: the next clause is anything but its continuation."""
    if last + 1 >= len(scores):
        return 0.0
    step, after, behind = steps[last][label], scores[last + 1], lattice.behind[last + 1]
    return logsum([step[k] + after[k] + behind[k] for k in (OUT, BEGIN, PAST)])


def shared(a: Run, b: Run, reach: Sequence[int]) -> float:
    """Words in common over words of either; ``reach`` holds the running count of words."""
    left, right = max(a.members[0], b.members[0]), min(a.members[-1], b.members[-1])
    if right < left:
        return 0.0
    whole = reach[max(a.members[-1], b.members[-1]) + 1] - reach[min(a.members[0], b.members[0])]
    return (reach[right + 1] - reach[left]) / max(1, whole)


def _kin(found: Sequence[Run], sizes: Sequence[int]) -> list[list[int]]:
    """For each run, those that a reader would take for the same (itself among them)."""
    reach = [0, *accumulate(sizes)]
    near: list[list[int]] = [[i] for i in range(len(found))]
    for i, a in enumerate(found):
        for j in range(i + 1, len(found)):
            if found[j].members[0] > a.members[-1]:
                break
            if found[j].past == a.past and shared(a, found[j], reach) >= ENOUGH:
                near[i].append(j)
                near[j].append(i)
    return near


def doubts(found: Sequence[Run], sizes: Sequence[int], sure: Sequence[Run], check: float) -> list[Run]:
    """What is worth a look beside the runs already shown: greedily the run worth most of what these do not explain."""
    every = sorted([*found, *(Run(r.members, 0.0, r.past) for r in sure)], key=lambda r: r.members[0])
    left, kin = [run.odds for run in every], _kin(every, sizes)
    worth = [sum(left[j] for j in near) for near in kin]

    def explain(number: int) -> None:
        for j in kin[number]:
            for k in kin[j]:
                worth[k] -= left[j]
            left[j] = 0.0

    shown = {(r.members, r.past) for r in sure}
    for i, run in enumerate(every):
        if (run.members, run.past) in shown:
            explain(i)
    picked: list[Run] = []
    while every:
        best = max(range(len(every)), key=lambda i: (worth[i] if left[i] else 0.0, every[i].odds))
        if not left[best] or worth[best] < check:
            break
        picked.append(Run(every[best].members, min(1.0, worth[best]), every[best].past))
        explain(best)
    return sorted(picked, key=lambda r: r.members)
