"""A promise not to do harm is firm; the same grammar that denies what is asked is a refusal."""

from tests.reading.letters import level_of


def test_not_closing_a_service_is_a_promise():
    assert level_of("Nous ne fermerons aucune école et nous n'augmenterons pas les tarifs.\n\n1. Oui.", "Nous ne fermerons") == "firm"


def test_not_doing_what_is_asked_is_a_refusal():
    assert level_of("4. Nous n'ouvrirons pas de lieu d'accueil de nuit.", "Nous n'ouvrirons") == "refusal"
