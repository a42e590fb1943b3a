"""Where one promise ends and the next begins: nouns with a relative, a subject parted from its verb by an aside."""

import pytest

from plaidoyer.reading.clauses import clauses
from plaidoyer.reading.sentences import sentences
from plaidoyer.reading.words import tokens


def parts(sentence):
    return [sentence[c.start : c.end] for c in clauses(tokens(sentence))]


def test_two_nouns_of_which_one_has_a_relative_are_not_parted():
    sentence = "Nous recruterons deux conseillères en économie sociale et familiale dont ce sera le seul métier"
    assert parts(sentence) == [sentence]


def test_a_second_subject_with_a_relative_and_a_verb_of_its_own_is_parted():
    sentence = "Nous créerons une cellule d'alerte et tout bailleur qui vend ou loue sera invité à la prévenir"
    assert parts(sentence) == ["Nous créerons une cellule d'alerte", "et tout bailleur qui vend ou loue sera invité à la prévenir"]


def test_a_subject_keeps_its_verb_over_an_aside():
    sentence = "Nous n'opposerons plus un seul refus, et chaque refus, s'il en reste, sera notifié par écrit"
    assert parts(sentence) == ["Nous n'opposerons plus un seul refus", "et chaque refus, s'il en reste, sera notifié par écrit"]


@pytest.mark.parametrize(
    "sentence",
    [
        "La commission et le quotient unique seront votés en mai",
        "Une navette entre la place et la gare circulera le soir",
        "La crèche, la halte et le centre ouvriront en mai",
    ],
)
def test_several_subjects_of_one_verb_are_not_parted(sentence):
    assert parts(sentence) == [sentence]


def test_two_subjects_with_a_verb_each_are_parted():
    sentence = "La halte ouvrira en mai et les douches suivront"
    assert parts(sentence) == ["La halte ouvrira en mai", "et les douches suivront"]


def test_a_capital_ends_a_sentence_when_it_names_a_place_and_none_when_it_begins_a_name():
    def of(text):
        return [text[slice(*s)] for s in sentences(text)]

    assert of("Rénovons la tour C. Une laverie ouvrira.") == ["Rénovons la tour C.", "Une laverie ouvrira."]
    assert of("Cela fut dit par P. Martin et M. C. Le Goff.") == ["Cela fut dit par P. Martin et M. C. Le Goff."]
