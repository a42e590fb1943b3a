"""What a resident said is not what the list promises."""

from tests.reading.letters import sure_quotes


def test_a_residents_words_are_left_alone():
    text = "4. Une dame du quartier nous a dit : « Moi, j'attends depuis onze ans. » Nous ouvrirons vingt places dès novembre."
    quotes = sure_quotes(text)
    assert any("vingt places" in q for q in quotes)
    assert not any("onze ans" in q for q in quotes)
