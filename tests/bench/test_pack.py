"""What is packed once teaches as if every shipped letter were read again at each learning."""

from __future__ import annotations

import numpy as np
import pytest

from bench.reading import pack
from bench.reading.annotated import CORPUS, load
from plaidoyer.replies.learning import adapt, heads, shelf
from plaidoyer.replies.learning.batches import Batch
from plaidoyer.replies.learning.letters import Letter


@pytest.fixture(scope="module")
def letters():
    return [Letter(r.campaign, r.name, r.text, r.questions, r.gold) for r in load(CORPUS)[:15]]


@pytest.fixture(scope="module")
def packed(letters):
    return pack.worth_keeping(pack.held(letter) for letter in letters[3:])


def reread(letters, file, head):
    """How firmly these letters hold each weight, all of them at once, to the last digit."""
    cases = getattr(heads.cases(letters), head)
    old = heads.weights_of(shelf.base()[file], head)
    names = sorted(set(old).union(*map(adapt.named, cases)))
    found = Batch(cases, names).certainty(np.array([old.get(name, 0.0) for name in names]))
    return dict(zip(names, found.tolist(), strict=True))


@pytest.mark.parametrize(("file", "head", "hold"), adapt.HEADS)
def test_weights_learnt_with_what_was_packed_are_those_learnt_by_reading_again(letters, packed, file, head, hold):
    ours, old = getattr(heads.cases(letters[:3]), head), heads.weights_of(shelf.base()[file], head)
    expected = adapt.learned(old, ours, reread(letters[3:], file, head), hold)
    found = adapt.learned(old, ours, packed[head], hold)
    apart = [abs(found.get(name, 0.0) - expected.get(name, 0.0)) for name in found.keys() | expected.keys()]
    assert max(apart) <= 0.0005
    # and it matters: with nothing more to hold them, the same lessons would have moved the weights elsewhere
    loose = adapt.learned(old, ours, {}, hold)
    assert max(abs(loose.get(name, 0.0) - value) for name, value in expected.items()) > 2 * max(apart)


def test_what_hardly_holds_a_weight_is_left_out_and_numbers_are_short():
    parts = [{"alignment": pack.Counter({"lemmas": 12.3456, "rare": 0.1}), "levels": pack.Counter()}, {"alignment": pack.Counter({"rare": 0.1})}]
    assert pack.worth_keeping(parts) == {"alignment": {"lemmas": 12.3}, "commitments": {}, "levels": {}}
