"""Words, sentences and clauses: offsets stay true, and French grammar is cut where it should be."""

import pytest

from plaidoyer.reading.clauses import clauses
from plaidoyer.reading.lexicon import analyses, fold
from plaidoyer.reading.sentences import sentences
from plaidoyer.reading.words import tokens, understand


@pytest.mark.parametrize(
    ("form", "mood", "person"),
    [
        ("domicilierons", "f", "4"),
        ("ouvrirai", "f", "1"),
        ("ADHERERONS", "f", "4"),
        ("voudrions", "c", "4"),
        ("exigerons", "f", "4"),
        ("sera", "f", "3"),
    ],
)
def test_the_table_knows_mood_and_person_with_or_without_accents(form, mood, person):
    assert any((a.mood, a.persons) == (mood, person) for a in analyses(form) if a.part == "V")


def test_folding_takes_accents_off_and_keeps_the_words():
    assert fold("Œuvre d’ÉTÉ à l’école") == "oeuvre d'ete a l'ecole"


def test_a_scanners_slip_is_undone_only_when_that_gives_a_word():
    assert understand("bul1etin")[0] == "bulletin"
    assert understand("Trescartes")[0] == "trescartes"


def test_words_stand_where_they_are_in_the_text():
    text = "Nous n’ouvrirons qu'un lieu, aux im-\npayés près : 1 500 €."
    for word in tokens(text):
        assert text[word.start : word.end].replace("-\n", "") == word.raw
    assert "impayés" in [w.raw for w in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oui. M. Roux viendra le 4 mars. Merci !", ["Oui.", "M. Roux viendra le 4 mars.", "Merci !"]),
        ("Ouvrirez-vous ? Non, c'est la compétence de l'État.", ["Ouvrirez-vous ?", "Non, c'est la compétence de l'État."]),
        ("- Créer un guichet\n- Former les agents", ["- Créer un guichet", "- Former les agents"]),
        ("Une phrase coupée par la\nfin d'une ligne reste entière.", ["Une phrase coupée par la\nfin d'une ligne reste entière."]),
    ],
)
def test_sentences(text, expected):
    assert [text[s:e] for s, e in sentences(text)] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nous ouvrirons la halte et nous recruterons deux agents.", ["Nous ouvrirons la halte", "et nous recruterons deux agents."]),
        ("Si la préfecture accepte, nous monterons à 40 places.", ["Si la préfecture accepte, nous monterons à 40 places."]),
        (
            "La mesure 15, qui porte sur le site, pourrait accueillir une carte.",
            ["La mesure 15, qui porte sur le site, pourrait accueillir une carte."],
        ),
        ("Je ne promets rien ; je verrai.", ["Je ne promets rien", "je verrai."]),
    ],
)
def test_clauses(sentence, expected):
    assert [sentence[c.start : c.end] for c in clauses(tokens(sentence))] == expected
