"""Amounts, shares, counts and dates, in digits and in words; roads, departments and measures are not figures."""

import pytest

from plaidoyer.reading.figures import figures
from plaidoyer.reading.measures import measures
from tests.reading.letters import read_letter


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nous ouvrirons 25 places au 1er novembre 2027.", ["25 places", "1er novembre 2027"]),
        ("Un tiers des logements seront des PLAI.", ["Un tiers"]),
        ("Une réponse sera donnée sous quinze jours.", ["quinze jours"]),
        ("Le repas coûtera 0,80 € en 2026.", ["0,80 €", "2026"]),
        ("Nous y mettrons 340 000 euros.", ["340 000 euros"]),
        ("40 % au moins seront sociaux.", ["40 %"]),
        ("Nous reboucherons les trous de la RN134 et de la rue du 92.", []),
        ("Le collectif du 92 sera reçu en secteur 1.", []),
    ],
)
def test_figures_as_a_reader_would_underline_them(sentence, expected):
    assert [f.text for f in figures(sentence, 0, len(sentence))] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("C'est l'objet des mesures 44,45 et 46 de notre programme.", ("44", "45", "46")),
        ("Nous rouvrirons l'accueil (mesure 8).", ("8",)),
        ("Cf. notre mesure 90 !", ("90",)),
        ("Notre programme commence par cette mesure, la numéro 1!", ("1",)),
        ("Dans la mesure n° 17, nous nous y engageons.", ("17",)),
        ("Dans la mesure du possible, nous ouvrirons 20 places.", ()),
        ("C'est oui pour les points 1, 2 et 5.", ()),
    ],
)
def test_programme_measures(sentence, expected):
    assert measures(sentence, 0, len(sentence)) == expected


def test_the_number_of_an_item_counts_for_its_every_clause():
    text = "4. Action 5 - Accueil de nuit : ouverture de 20 places ; recrutement de trois veilleurs."
    assert {c.measures for c in read_letter(text).commitments} == {("5",)}


def test_a_wrapped_line_that_opens_on_a_bracket_is_no_item():
    text = "4. Nous ouvrirons vingt places dans l'ancienne trésorerie\n(mesure 14). Nous recruterons trois veilleurs."
    found = {c.quote: c.measures for c in read_letter(text).commitments}
    assert found["Nous recruterons trois veilleurs."] == ()
