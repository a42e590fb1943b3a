"""Letters without a plan: several subjects in one paragraph, questions named in passing, warm words that answer nothing."""

from __future__ import annotations

import pytest

from plaidoyer.reading import Question, read
from plaidoyer.reading.evidence import SETS, facts
from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.skeleton import Frame, frames
from plaidoyer.reading.types import Document, Source
from tests.reading.letters import QUESTIONS, read_letter


def answers(text: str, words: str) -> set[str]:
    """The questions of the passage that holds these words."""
    place = text.index(words)
    return set(next(p.questions for p in read_letter(text).passages if p.start <= place < p.end))


def framed(text: str) -> list[Frame]:
    return frames(text, split(Document(text, Source("", "text/plain"), "txt")), [q.text for q in QUESTIONS])


def test_one_paragraph_may_answer_three_questions():
    text = (
        "Bonjour,\n\nLes logements sociaux, nous en construirons trente par an. La cantine passera à 1 € pour les familles modestes. "
        "Et un lieu d'accueil de nuit ouvrira avant l'hiver pour les personnes sans abri.\n\nCordialement,\n\nPaul Ferrand"
    )
    assert answers(text, "trente par an") == {"Q1", "Q3", "Q4"}


def test_a_warm_letter_that_says_nothing_answers_nothing():
    text = (
        "Madame la Présidente,\n\nJ'ai lu votre courrier avec la plus grande attention et je tiens à saluer l'engagement de vos bénévoles.\n\n"
        "Notre projet, qui sera dévoilé dans les prochaines semaines, fera toute sa place à la solidarité. Nous serions heureux de vous rencontrer.\n\n"
        "Je vous prie d'agréer, Madame la Présidente, l'expression de mes salutations distinguées.\n\nPaul Ferrand"
    )
    assert {q for p in read_letter(text).passages for q in p.questions} == set()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("J'en viens à votre deuxième question : c'est oui.", (2,)),
        ("Je réponds ensemble à vos points 3 et 4, qui se tiennent.", (3, 4)),
        ("Le plus important pour nous, c'est la 4. Nous le ferons.", (4,)),
        ("La proposition n'est pas le point 2 de notre programme.", ()),
    ],
)
def test_a_question_named_in_passing_is_heard(said, expected):
    assert framed(f"Bonjour,\n\n{said}")[1].numbers == expected


@pytest.mark.parametrize("head", ["1. ", "1) ", "(1) ", "1/ ", "① ", "1️⃣ ", "Q1 : ", "Réponse 1 : ", "n°1 : ", "§1. ", "1 = ", "1 -> ", "[1] "])
def test_a_number_is_a_number_however_it_is_drawn(head):
    text = f"Bonjour,\n\n{head}Nous construirons des logements.\n\n{head.replace('1', '2').replace('①', '②')}Le CCAS domiciliera."
    assert [f.numbers for f in framed(text)] == [(), (1,), (2,)]


def test_letters_under_numbers_count_parts_not_questions():
    text = "1. Oui, en trois temps.\n\na) trente logements\n\nb) un tiers de PLAI\n\n2. Oui, au CCAS."
    assert [f.numbers for f in framed(text)] == [(1,), (), (), (2,)]


def test_numbers_that_begin_one_too_late_are_moved_to_what_they_say():
    text = (
        "1. Avant-propos\n\nNotre liste remercie les associations.\n\n"
        "2. Logements sociaux : 25 %, dont un tiers de PLAI.\n\n3. Domiciliation : le CCAS domiciliera toute personne sans domicile stable.\n\n"
        "4. Cantine : le repas à 1 € pour les familles les plus modestes."
    )
    assert answers(text, "25 %") == {"Q1"}
    assert answers(text, "CCAS domiciliera") == {"Q2"}


def test_the_first_line_of_a_block_announces_it():
    found = framed("Bonjour,\n\nCantine scolaire\nNous ferons ce qu'il faut.\n\nAccueil de nuit\nVingt places ouvriront.")
    assert [(f.lead_kind, f.lead[0].folded) for f in found[1:]] == [("title", "cantine"), ("title", "accueil")]


def test_the_rows_of_a_table_are_paragraphs():
    text = "Question | Réponse\nLogement | Oui, 30 par an\nCantine | Non\nAccueil de nuit | À l'étude"
    assert [text[f.start : f.end] for f in framed(text)] == text.split("\n")


def test_an_earlier_answer_quoted_by_its_author_is_read():
    text = (
        "Bonjour,\n\nVoici ce que j'avais envoyé jeudi à la mauvaise adresse.\n\nPaul Ferrand\n\n"
        "> Bonsoir, je vous réponds vite.\n> La cantine, nous la mettrons à 1 € pour les familles modestes.\n> Je n'ai pas d'autre réponse, on verra."
    )
    assert "Q3" in answers(text, "nous la mettrons")


def test_the_askers_letter_quoted_below_is_not_an_answer():
    text = "Bonjour,\n\nNous répondrons bientôt.\n\n> Madame,\n> Ouvrirez-vous un accueil de nuit ? Nous publierons les réponses, et je vous relancerai, nous y tenons."
    assert answers(text, "Nous publierons") == set()


@pytest.mark.parametrize("said", ["Chère voisine,", "Avec vous dans la nuit,"])
def test_a_salutation_answers_nothing_whatever_its_words_resemble(said):
    text = f"{said}\n\nNous ouvrirons un accueil de nuit pour les personnes sans abri.\n\n{said}\n\nPaul Ferrand"
    assert answers(text, said) == set()


def test_the_sets_of_questions_of_a_very_long_letter_stay_few():
    said = [
        "la cantine passera à 1 €",
        "le CCAS domiciliera les sans domicile",
        "un accueil de nuit ouvrira l'hiver",
        "des logements sociaux en PLAI",
    ]
    text = "\n\n".join(f"Nous y tenons : {said[i % 4]}, et {said[i * 3 % 4]}, puis {said[i * 7 % 4]}." for i in range(200))
    assert len(facts(text, framed(text), [q.text for q in QUESTIONS] * 4).states) <= 1 + 16 + SETS


def test_the_welfare_office_is_no_subject_when_the_question_has_another():
    asked = [
        "Comment analyserez-vous les besoins sociaux ?",
        "Le CCAS donnera-t-il une adresse à toute personne sans domicile stable ?",
    ]
    text = (
        "Il faut donc commencer par compter les besoins. Dès la première année, le CCAS ira frapper aux portes, et un cahier des besoins sociaux "
        "sera remis au conseil en décembre.\n\nQuant aux personnes sans domicile, elles auront une adresse en mairie."
    )
    reading = read(Document(text, Source("", "text/plain"), "txt"), [Question(f"Q{i}", q) for i, q in enumerate(asked, 1)])
    assert reading.passages[0].questions == ("Q1",)
