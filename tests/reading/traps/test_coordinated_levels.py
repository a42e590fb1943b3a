"""Two promises of different levels joined by « et » or « mais » stay two."""

from tests.reading.letters import read_letter


def test_two_levels_in_one_sentence():
    text = "3. Le repas passera à 1 € pour les premières tranches, et nous souhaitons étendre la gratuité aux collégiens."
    found = {c.level.value: c.quote for c in read_letter(text).commitments}
    assert "passera à 1 €" in found["firm"]
    assert "nous souhaitons" in found["intention"]
    assert "nous souhaitons" not in found["firm"]
