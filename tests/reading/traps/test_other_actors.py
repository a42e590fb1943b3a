"""Somebody else's future is nobody's promise here."""

from tests.reading.letters import sure_quotes


def test_an_opponents_future_is_not_ours():
    text = "1. Nos adversaires vous promettront la lune. Nous construirons 40 logements sociaux par an."
    assert not any("adversaires" in q for q in sure_quotes(text))


def test_asking_the_department_is_our_own_act():
    text = "3. La ville n'a pas la main sur les collèges. Nous demanderons au département d'aligner ses tarifs sur les nôtres."
    assert any("Nous demanderons au département" in q for q in sure_quotes(text))
