"""Each sentence heard alone, then pooled: several subjects in one paragraph, words that no question holds, phrases that take no side."""

from __future__ import annotations

import pytest

from plaidoyer.reading import chain
from plaidoyer.reading.heard import Listener, Sentence, Voice, acts
from plaidoyer.reading.similarity import bags
from plaidoyer.reading.words import tokens
from tests.reading.letters import QUESTIONS, read_letter


def answers(text: str, words: str) -> set[str]:
    """The questions of the passage that holds these words."""
    place = text.index(words)
    return set(next(p.questions for p in read_letter(text).passages if p.start <= place < p.end))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nous ouvrirons une halte.", True),
        ("Oui, bien sûr.", True),
        ("Créer vingt places.", True),
        ("Nous refusons cette dépense.", True),
        ("Vous trouverez ci-joint notre programme.", False),
        ("Merci de votre courrier.", False),
        ("La ville compte trois écoles.", False),
    ],
)
def test_a_sentence_takes_sides_or_only_tells(said, expected):
    assert acts(tokens(said)) is expected


def test_a_choice_knows_what_it_leaves_out():
    voice = Voice([(0.9, 0.95, 0.5), (0.6, 0.7, 0.3), (0.0, 0.0, 0.0)], (0.2, 0.01))
    alone, both = voice.facts((1,)), voice.facts((1, 2))
    assert (alone["heard:any"], alone["heard:any:rest"]) == (0.95, 0.7)
    assert (both["set:heard:any"], both["set:heard:any:rest"]) == (0.7, 0.0)
    assert voice.several() == (1, 2)


def test_a_word_that_no_question_holds_is_tied_to_its_notion(monkeypatch):
    tied = {"weights": {}, "ties": {"refectoire": {"s:school_meal": 5.0}}}
    monkeypatch.setattr(chain, "weights", lambda _: tied)
    listener = Listener([bags(tokens(q.text)) for q in QUESTIONS])
    row = [dict.fromkeys(("lemmas", "subjects", "senses", "mix"), 0.0) for _ in QUESTIONS]
    voice = listener.listen([Sentence(tokens("Le réfectoire sera repeint."), row)], None, 0.5)
    assert max(range(4), key=lambda q: voice.pooled[q][0]) == 2


def test_four_subjects_in_one_block_are_all_heard():
    text = (
        "Bonjour,\n\nPour le logement social, oui, trente par an dont dix en PLAI. La domiciliation au CCAS, nous la ferons sans tri. "
        "Le repas de cantine à 1 € sera voté en juin pour les familles modestes. L'accueil de nuit pour les sans-abri ouvrira dès novembre.\n\nPaul Ferrand"
    )
    assert answers(text, "trente par an") == {"Q1", "Q2", "Q3", "Q4"}


def test_a_title_above_two_subjects_announces_both():
    text = (
        "Madame,\n\nSe loger, se poser\n\nNous construirons 200 logements sociaux, dont un tiers de PLAI.\n\n"
        "Un accueil de nuit pour les personnes sans abri ouvrira l'hiver.\n\nPour les enfants\n\nLa cantine passera à 1 €.\n\nPaul Ferrand"
    )
    assert answers(text, "Se loger") == {"Q1", "Q4"}


def test_the_young_are_those_of_16_to_25():
    [young, aged] = (bags(tokens(said)) for said in ("Les 16-25 ans n'ont rien.", "Les aînés de la commune."))
    asked = bags(tokens("Que ferez-vous pour les jeunes ?"))
    assert set(asked.senses) & set(young.senses)
    assert not set(asked.senses) & set(aged.senses)
