"""What people paste for a commune."""

from __future__ import annotations

import pytest

from plaidoyer.territories.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("42218", "42218"),
        ("Saint-Étienne", "42218"),
        ("ST ETIENNE", "42218"),
        ("42000 Saint-Étienne", "42218"),
        ("Saint-Étienne, 42218", "42218"),
        ("Fontaine-Neuve (38)", "38001"),
        ("Fontaine-Neuve 83590", "83001"),
        ("Rive-Haute", "38002"),
        ("38003", "38002"),
        ("42100", "42218"),
    ],
)
def test_a_line_is_understood(country, line, code):
    assert Gazetteer().line(line).code == code


@pytest.mark.parametrize(
    ("line", "reason", "suggestions"),
    [
        ("Fontaine-Neuve", "2 communes portent le nom « Fontaine-Neuve » : ajoutez le code INSEE ou le département",
         ("Fontaine-Neuve (38), INSEE 38001", "Fontaine-Neuve (83), INSEE 83001")),
        ("Saint-Ettienne", "aucune commune ne s’appelle « Saint-Ettienne »", ("Saint-Étienne (42), INSEE 42218",)),
        ("Saint-Étienne (75)", "« Saint-Étienne » et « 75 » ne désignent pas la même commune", ("Saint-Étienne (42), INSEE 42218",)),
        ("99999", "le code « 99999 » n’est celui d’aucune commune", ()),
        ("42218 38001", "deux codes sur une ligne : n’en gardez qu’un", ()),
        ("38590", "le code postal 38590 dessert 2 communes : écrivez aussi le nom",
         ("Fontaine-Neuve (38), INSEE 38001", "Saint-Étienne-de-Saint-Geoirs (38), INSEE 38384")),
    ],
)  # fmt: skip
def test_a_line_that_is_not_understood_says_why_and_what_is_near(country, line, reason, suggestions):
    found = Gazetteer().line(line)
    assert (found.code, found.reason, found.suggestions) == ("", reason, suggestions)


def test_suggestions_stop_before_they_stop_the_machine(country):
    gazetteer = Gazetteer()
    gazetteer.suggestions_left = 1
    assert gazetteer.line("Saint-Ettienne").suggestions
    assert not gazetteer.line("Saint-Ettienne").suggestions
