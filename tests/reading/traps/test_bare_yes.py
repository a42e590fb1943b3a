"""A bare « oui » says what the question says: firm under « vous engagez-vous », a wish under « êtes-vous favorable »."""

import pytest

from tests.reading.letters import level_of


@pytest.mark.parametrize(("number", "level"), [(2, "firm"), (3, "intention")])
def test_the_level_of_a_yes_comes_from_the_question(number, level):
    text = f"Bonjour,\n\n{number}. Oui.\n\nCordialement"
    assert level_of(text, "Oui") == level


def test_a_bare_no_is_a_refusal():
    assert level_of("1. Nous construirons 200 logements.\n\n2. Non.\n\n3. Oui.", "Non") == "refusal"
