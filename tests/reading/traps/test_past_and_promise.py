"""An achievement and a promise in one sentence are two things."""

from tests.reading.letters import read_letter


def test_past_and_promise_are_told_apart():
    text = "1. Depuis 2014 nous avons livré 212 logements sociaux et nous en construirons 100 de plus d'ici 2032."
    found = {c.level.value: c.quote for c in read_letter(text).commitments}
    assert "nous avons livré 212" in found["past"]
    assert "construirons 100" in found["firm"]
