"""Which paragraph answers which question, in the layouts that real letters take."""

from tests.reading.letters import read_letter


def answers(text):
    return [p.questions for p in read_letter(text).passages if p.role == "answer"]


def test_several_points_named_at_once():
    text = "Bonjour,\n\nC'est oui pour les points 1, 2 et 4, sans réserve.\n\nPour la 3, nous y sommes favorables.\n\nCordialement"
    found = answers(text)
    assert set(found[0]) == {"Q1", "Q2", "Q4"}
    assert found[1] == ("Q3",)


def test_headings_that_rename_the_questions():
    text = (
        "Madame,\n\nDomiciliation\n\nLe CCAS accueillera toutes les demandes.\n\nCantine scolaire\n\nLe repas passera à 1 €."
        "\n\nVeuillez agréer, Madame, nos salutations.\n\nClaire Dumont"
    )
    found = {
        p.questions for p in read_letter(text).passages if "CCAS accueillera" in text[p.start : p.end] or "repas passera" in text[p.start : p.end]
    }
    assert found == {("Q2",), ("Q3",)}


def test_an_opener_announces_the_subject():
    text = (
        "Madame,\n\nS'agissant des logements sociaux, nous irons plus loin que la loi.\n\nQuant à la cantine, le tarif sera revu."
        "\n\nPour ce qui est de la domiciliation, le CCAS répondra à tous."
    )
    assert answers(text) == [("Q1",), ("Q3",), ("Q2",)]


def test_greeting_and_closing_answer_nothing():
    text = "Madame la Présidente,\n\n1. Nous construirons 300 logements.\n\n2. Oui.\n\nVeuillez agréer, Madame, nos salutations distinguées.\n\nPaul Ferrand"
    passages = read_letter(text).passages
    assert [p.questions for p in passages if "salutations" in text[p.start : p.end] or "Présidente" in text[p.start : p.end]] == [(), ()]


def test_every_passage_says_why_and_shows_the_runners_up():
    for passage in read_letter("1. Nous construirons 300 logements.\n\n2. Oui.").passages:
        assert passage.why.endswith(".")
        assert 0 <= passage.score <= 1
        assert len(passage.alternatives) <= 2


def test_the_same_letter_is_read_twice_the_same():
    text = "1. Nous construirons 300 logements.\n\n2. Oui, si le département nous aide."
    assert read_letter(text) == read_letter(text)
