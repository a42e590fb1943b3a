"""New weights from old ones: what was reviewed here pulls, what the shipped letters had settled holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from plaidoyer.replies.learning.batches import Batch, Case, fit
from plaidoyer.replies.learning.firmness import Firmness
from plaidoyer.replies.learning.heads import Cases, weights_of, with_weights

Models = dict[str, dict[str, Any]]  # the contents of alignment.json and commitments.json
HEADS = (("alignment", "alignment", 60.0), ("commitments", "commitments", 150.0), ("commitments", "levels", 40.0))  # file, head, plain hold
SEEN = 3  # a fact that the shipped letters never showed needs as many letters here before it gets a weight
DIGITS = 4


def adapted(models: Models, here: Cases, firm: Firmness, progress: Callable[[str], None] = lambda _: None) -> Models:
    result = dict(models)
    for file, head, hold in HEADS:
        progress(head)
        ours = getattr(here, head)
        if ours:
            result[file] = with_weights(result[file], head, learned(weights_of(models[file], head), ours, firm.get(head, {}), hold))
    return result


def learned(old: dict[str, float], ours: Sequence[Case], firm: Mapping[str, float], hold: float) -> dict[str, float]:
    """A weight that nothing here speaks of is pulled nowhere: it stays what it was, and is not even looked at."""
    names = sorted((old.keys() & set().union(*map(named, ours))) | often(ours))
    prior = np.array([old.get(name, 0.0) for name in names])
    held = np.array([hold + firm.get(name, 0.0) for name in names])
    found = fit(Batch(ours, names), prior, held)
    return old | {name: round(float(w), DIGITS) for name, w in zip(names, found, strict=True) if name in old or abs(w) > 0.004}


def often(cases: Sequence[Case]) -> set[str]:
    seen: dict[str, int] = {}
    for case in cases:
        for name in named(case):
            seen[name] = seen.get(name, 0) + 1
    return {name for name, n in seen.items() if n >= SEEN}


def named(case: Case) -> set[str]:
    """The weights that this case has to do with."""
    return {name for row in case.rows for cell in row for name in cell} | {name for kind in case.kinds for name in kind}
