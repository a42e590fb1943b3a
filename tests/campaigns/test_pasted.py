"""Questions pasted from letters of every shape."""

import pytest

from plaidoyer.campaigns.pasted import questions_in


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        # numbers, a greeting before, lines that go on
        ("Madame, Monsieur,\n\n1. Ouvrirez-vous\nla halte ?\n2. Et la nuit ?\n", ["Ouvrirez-vous la halte ?", "Et la nuit ?"]),
        # bullets of a word processor
        ("Nos préoccupations :\n· Comment ferez-vous ?\n\n· Et avec qui ?", ["Comment ferez-vous ?", "Et avec qui ?"]),
        ("- Un ?\n- Deux ?", ["Un ?", "Deux ?"]),
        # the shape that we export
        ("Q1. Domicilierez-vous ?\nQ2. Combien de PLAI ?", ["Domicilierez-vous ?", "Combien de PLAI ?"]),
        ("Question 1 : Un ?\nQuestion 2 : Deux ?", ["Un ?", "Deux ?"]),
        # « 1) », « 1/ », « 1 - »
        ("1) Un ?\n2) Deux ?", ["Un ?", "Deux ?"]),
        ("1/ Un ?\n2/ Deux ?", ["Un ?", "Deux ?"]),
        ("1 - Un ?\n2 - Deux ?", ["Un ?", "Deux ?"]),
        # with numbers, bullets belong to the question above
        ("1. Que ferez-vous :\n- pour l’école ?\n- pour le collège ?", ["Que ferez-vous : - pour l’école ? - pour le collège ?"]),
        # neither: one question to a paragraph
        ("Que ferez-vous ?\n\nEt combien\ncela coûtera-t-il ?", ["Que ferez-vous ?", "Et combien cela coûtera-t-il ?"]),
        # a whole letter: what follows the last question is its farewell
        ("Bonjour,\n\n· Un ?\n\n· Deux ?\n\nRépondez avant le 10.\n\nCordialement,\nJeanne", ["Un ?", "Deux ?"]),
        # an explanation right below, or one that asks again, belongs to the question
        ("1. Un ?\nPrécisez le coût.", ["Un ? Précisez le coût."]),
        ("1. Un ?\n\nEn clair : quand ?", ["Un ? En clair : quand ?"]),
        ("1. Les repas.\n\nCeux des collégiens.", ["Les repas. Ceux des collégiens."]),
        # a number inside a question is not a mark
        ("1. Atteindrez-vous\n25 % de logements sociaux ?", ["Atteindrez-vous 25 % de logements sociaux ?"]),
        ("", []),
        ("  \n \n", []),
    ],
)
def test_questions_are_found(pasted, expected):
    assert [one.text for one in questions_in(pasted)] == expected


def test_lettered_lines_are_parts():
    [one] = questions_in("1. Combien de logements ?\na) neufs\nb) réhabilités,\nà loyer très social")
    assert one.text == "Combien de logements ?"
    assert one.parts == ("neufs", "réhabilités, à loyer très social")


def test_parts_below_an_empty_line_are_kept():
    [one] = questions_in("1. Combien de logements ?\n\na) neufs\nb) réhabilités")
    assert one.parts == ("neufs", "réhabilités")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("1. Cantine : à quel prix ?", "Cantine"),
        ("1. Domicilierez-vous chacun ?", "Domicilierez-vous chacun"),
        ("1. Vous engagez-vous à respecter la loi en domiciliant toute personne ?", "Respecter la loi en domiciliant toute personne"),
        ("1. Comment comptez-vous ouvrir la halte de nuit ?", "Ouvrir la halte de nuit"),
        ("1. Quels moyens envisagez-vous pour l’emploi ?", "L’emploi"),
        ("1. Seriez-vous prêts à signer ?", "Signer"),
        ("1. Combien de logements en PLAI ?", "Combien de logements en PLAI"),
        ("1. Et alors ?", "Et alors"),
        ("1. Que ferez-vous, à la mairie, dans un délai de moins d’un an : une halte ?", "Que ferez-vous, à la mairie, dans un…"),
    ],
)
def test_a_short_title_is_proposed(text, title):
    assert questions_in(text)[0].title == title
