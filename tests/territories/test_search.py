"""Looking for a commune by its name, its codes, or a name that it no longer has."""

from __future__ import annotations

import pytest

from plaidoyer.territories.models import Commune


def names(words: str) -> list[str]:
    return [one.name for one in Commune.objects.search(words)]


@pytest.mark.parametrize("words", ["saint etienne", "Saint-Étienne", "ST ETIENNE", "etienne saint", "st-étienne"])
def test_accents_hyphens_case_and_abbreviations_do_not_matter(country, words):
    found = names(words)
    assert found[0] == "Saint-Étienne"
    assert set(found) == {"Saint-Étienne", "Saint-Étienne-du-Rouvray", "Saint-Étienne-de-Saint-Geoirs"}


def test_the_very_name_comes_first_then_the_larger_town(country):
    assert names("saint etienne") == ["Saint-Étienne", "Saint-Étienne-du-Rouvray", "Saint-Étienne-de-Saint-Geoirs"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("42100", ["Saint-Étienne"]),
        ("38590", ["Saint-Étienne-de-Saint-Geoirs", "Fontaine-Neuve"]),
        ("38590 font", ["Fontaine-Neuve"]),
        ("42218", ["Saint-Étienne"]),
        ("rive haute", ["Les Deux-Rives"]),
        ("zzz", []),
        ("", []),
        ("   ", []),
        ("'\"%_\\*", []),
    ],
)
def test_codes_and_former_names_lead_to_the_commune_of_today(country, words, found):
    assert names(words) == found


@pytest.mark.parametrize(("code", "name"), [("42218", "Saint-Étienne"), ("38003", "Les Deux-Rives"), (" 38003 ", "Les Deux-Rives")])
def test_an_old_code_resolves_like_a_current_one(country, code, name):
    assert Commune.objects.resolve(code).name == name


def test_a_code_that_never_was_resolves_to_nothing(country):
    assert Commune.objects.resolve("99999") is None
