"""What a promise says besides its level: each facet on its exact span, with a plain value."""

import json
import subprocess
import sys

import pytest

from plaidoyer.reading.facets import condition, facets
from tests.reading.letters import read_letter


def _found(sentence, kind, actor="list"):
    depends = condition(sentence, 0, len(sentence))
    every = facets(sentence, 0, len(sentence), actor, depends)
    assert all(sentence[f.start : f.end] == f.text for f in every)
    return [(f.text, f.value, f.unit) for f in every if f.kind == kind]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nous ouvrirons une halte si la préfecture paie les veilleurs.", "si la préfecture paie les veilleurs"),
        ("Sous réserve de l'accord du bailleur, nous rénoverons.", "Sous réserve de l'accord du bailleur, nous rénoverons"),
        ("Elle sera votée dès que la loi le permettra.", "dès que la loi le permettra"),
        ("Nous réquisitionnerons, dans la mesure où le préfet y consent.", "dans la mesure où le préfet y consent"),
        ("Il sera maintenu tant que l'État le cofinancera.", "tant que l'État le cofinancera"),
    ],
)
def test_the_condition_is_shown_on_its_words(sentence, expected):
    assert [text for text, _, _ in _found(sentence, "condition")] == [expected]


@pytest.mark.parametrize(
    "sentence",
    ["Si nous sommes élus, nous ouvrirons une halte.", "Nous le ferons même si l'État refuse.", "Nous vous dirons comme si de rien n'était."],
)
def test_what_only_looks_like_a_condition_is_none(sentence):
    assert condition(sentence, 0, len(sentence)) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nous publierons le bilan, même si ce n'est pas simple.", "même si ce n'est pas simple"),
        ("Elle ouvrira à titre expérimental en mars.", "à titre expérimental en mars"),
        ("Nous y travaillons, sans certitude.", "sans certitude"),
    ],
)
def test_a_reservation_is_shown(sentence, expected):
    assert [text for text, _, _ in _found(sentence, "reservation")] == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Vingt places pour les familles à la rue, d'ici 2028.", "pour les familles à la rue"),
        ("Le repas sera gratuit pour les enfants des familles modestes.", "pour les enfants des familles modestes"),
        ("Quinze logements en 2027 pour les personnes âgées isolées.", "pour les personnes âgées isolées"),
        ("Un tiers sera réservé aux jeunes travailleurs.", "réservé aux jeunes travailleurs"),
        ("La commune remboursera le trajet aux demandeurs d'emploi.", "aux demandeurs d'emploi"),
    ],
)
def test_the_people_who_gain_are_shown(sentence, expected):
    assert [text for text, _, _ in _found(sentence, "beneficiary")] == [expected]


def test_nobody_gains_from_a_street():
    assert _found("Nous referons la rue pour l'hiver.", "beneficiary") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nous ouvrirons 25 places.", ("25 places", "25", "places")),
        ("Nous recruterons trois veilleurs.", ("trois veilleurs", "3", "veilleurs")),
        ("Nous demanderons à l'État 20 places.", ("20 places", "20", "places")),
        ("Nous recruterons quinze bénévoles par an.", ("quinze bénévoles par an", "15", "bénévoles par an")),
    ],
)
def test_a_quantity_has_a_number_and_a_unit(sentence, expected):
    assert _found(sentence, "quantity") == [expected]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le repas coûtera 0,80 €.", ("0,80 €", "0.8", "euros")),
        ("Nous y mettrons 340 000 euros.", ("340 000 euros", "340000", "euros")),
        ("La ville versera 1,5 million d'euros par an.", ("1,5 million d'euros par an", "1500000", "euros par an")),
        ("Le fonds sera de 12 k€.", ("12 k€", "12000", "euros")),
    ],
)
def test_an_amount_is_told_in_euros(sentence, expected):
    assert _found(sentence, "amount") == [expected]


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("La halte ouvrira d'ici 2028.", "deadline", "d'ici 2028"),
        ("La halte ouvrira avant la fin du mandat.", "deadline", "avant la fin du mandat"),
        ("La halte ouvrira avant la rentrée prochaine.", "deadline", "avant la rentrée prochaine"),
        ("Le bilan sera public dans les cent jours.", "deadline", "dans les cent jours"),
        ("Une réponse sera donnée sous quinze jours.", "deadline", "sous quinze jours"),
        ("La halte ouvrira dès le 1er novembre 2026.", "date", "dès le 1er novembre 2026"),
        ("La halte ouvrira en 2027.", "date", "en 2027"),
        ("La halte ouvrira à la rentrée 2026.", "date", "à la rentrée 2026"),
        ("Nous le ferons dès notre installation.", "date", "dès notre installation"),
    ],
)
def test_a_term_is_told_from_a_date(sentence, kind, expected):
    assert [text for text, _, _ in _found(sentence, kind)] == [expected]


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("Nous demanderons à l'État 20 places.", "body", ("à l'État", "state", "")),
        ("Nous interpellerons le Département.", "body", ("le Département", "department", "")),
        ("Nous porterons ce vœu à la métropole.", "body", ("à la métropole", "epci", "")),
        ("Nous paierons la cantine des collégiens.", "remit", ("collégiens", "department", "")),
        ("Nous rouvrirons la ligne de bus.", "remit", ("bus", "epci", "")),
    ],
)
def test_another_body_is_named_or_hinted_at(sentence, kind, expected):
    assert _found(sentence, kind) == [expected]


def test_the_one_who_acts_is_shown_on_its_word():
    assert _found("Nous demanderons à l'État 20 places.", "actor") == [("Nous", "list", "")]
    assert _found("La ville versera 300 euros.", "actor", "town") == [("La ville", "town", "")]


def test_facets_travel_with_the_commitment():
    text = "4. Nous ouvrirons 25 places pour les familles d'ici 2028, si l'État paie les veilleurs."
    (commitment,) = (c for c in read_letter(text).commitments if c.tier == "sure")
    told = {f.kind: text[f.start : f.end] for f in commitment.facets}
    assert told["quantity"] == "25 places"
    assert told["condition"] == "si l'État paie les veilleurs"
    assert told["deadline"] == "d'ici 2028"
    assert all(commitment.start <= f.start < f.end <= commitment.end for f in commitment.facets)


def test_the_command_prints_the_facets(tmp_path):
    (tmp_path / "q.md").write_text("Q1. Ouvrirez-vous une halte de nuit ?\n", encoding="utf-8")
    (tmp_path / "r.txt").write_text("1. Oui, nous ouvrirons 25 places.\n", encoding="utf-8")
    script = "import sys; from plaidoyer.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", script, "read", str(tmp_path / "r.txt"), "--questions", str(tmp_path / "q.md"), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [f for c in json.loads(run.stdout)["commitments"] for f in c["facets"] if f["kind"] == "quantity"]
    assert [(f["text"], f["value"], f["unit"]) for f in found] == [("25 places", "25", "places")]
