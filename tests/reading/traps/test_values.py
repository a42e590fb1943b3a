"""Slogans and values bind nobody."""

from tests.reading.letters import sure_quotes


def test_values_are_not_commitments():
    text = "Madame,\n\nLa solidarité est au cœur de notre projet. Une ville se juge à la place qu'elle fait aux plus fragiles.\n\n2. Oui, nous nous y engageons."
    quotes = sure_quotes(text)
    assert not any("solidarité" in q or "se juge" in q for q in quotes)
    assert any("nous nous y engageons" in q for q in quotes)
