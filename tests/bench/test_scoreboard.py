"""The gate: what is kept is what was written, and a loss is named."""

from __future__ import annotations

import pytest

from bench.reading import scoreboard
from bench.reading.measured import off, reliability

LINE = {
    "replies": 4, "alignment": 0.92, "silence": 0.95, "commitments": 0.85, "recall_both": 0.93, "precision_both": 0.71, "level": 0.92,
    "measures": 0.95, "exact": 1.0,
}  # fmt: skip


def test_what_is_written_is_what_is_read_back():
    page = f"Before.\n{scoreboard.written({'held back': LINE, 'corpus': LINE | {'replies': 9}})}\nAfter."
    assert scoreboard.kept(page) == {"held back": LINE, "corpus": LINE | {"replies": 9}}


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({}, []),
        ({"commitments": 0.83}, []),
        ({"commitments": 0.829}, ["held back: commitments 0.850 → 0.829"]),
        ({"exact": 0.999}, ["held back: exact 1.000 → 0.999"]),
        ({"alignment": 0.99}, []),
    ],
)
def test_a_loss_of_more_than_two_hundredths_is_named(now, said):
    assert scoreboard.losses({"held back": LINE}, {"held back": LINE | now}) == said


def test_other_letters_cannot_be_compared():
    (said,) = scoreboard.losses({"held back": LINE}, {"held back": LINE | {"replies": 5}})
    assert "not those of the kept line" in said


def test_without_a_kept_line_the_gate_refuses():
    assert len(scoreboard.losses({}, {"held back": LINE})) == 1


def test_a_probability_is_honest_when_it_says_what_is_true():
    rows = reliability([(0.6, True), (0.6, False), (0.99, True), (0.99, True)])
    assert [(row["count"], row["said"], row["right"]) for row in rows] == [(2, 0.6, 0.5), (2, 0.99, 1.0)]
    assert off(rows) == 0.055
