"""Folding of French names."""

from __future__ import annotations

import pytest

from plaidoyer.kit.text import folded


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Saint-Étienne-du-Rouvray", "saint etienne du rouvray"),
        ("St-Étienne", "saint etienne"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Œuilly", "oeuilly"),
        ("  Bâgé‑Dommartin ", "bage dommartin"),
        ("", ""),
    ],
)
def test_a_name_is_folded_whatever_its_accents_and_apostrophes(name, plain):
    assert folded(name) == plain
