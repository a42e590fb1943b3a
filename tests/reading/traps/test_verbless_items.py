"""Noun phrases and infinitives under a heading are commitments; an item that says « étude » is an intention."""

from tests.reading.letters import level_of, sure_quotes

TEXT = """Notre réponse à vos questions

4. Accueil de nuit
- Création d'un lieu d'accueil de nuit de 20 places.
- Recrutement de trois veilleurs.
- Étude d'une bagagerie près de la gare.
"""


def test_noun_phrases_are_promises():
    quotes = sure_quotes(TEXT)
    assert any("Création d'un lieu" in q for q in quotes)
    assert any("Recrutement de trois" in q for q in quotes)


def test_a_study_is_an_intention():
    assert level_of(TEXT, "Étude d'une bagagerie") == "intention"
