"""« Nous étudierons » is a future, and still only an intention."""

import pytest

from tests.reading.letters import level_of


@pytest.mark.parametrize("verb", ["étudierons", "examinerons"])
def test_studying_is_an_intention(verb):
    assert level_of(f"4. Nous {verb} l'ouverture d'un lieu d'accueil de nuit.", f"Nous {verb}") == "intention"
