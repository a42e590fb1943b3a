"""Our words are set in French when a template is compiled; their words, tags and attributes pass through."""

from __future__ import annotations

import datetime

import pytest
from django.template import engines

from plaidoyer.publication import dates

NARROW, WIDE = "\u202f", "\u00a0"


def rendered(source: str, **context) -> str:
    return engines["jinja2"].env.from_string(source).render(context)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui répond ?", f"Qui répond{NARROW}?"),
        ("Trois points : un, deux ; trois !", f"Trois points{WIDE}: un, deux{NARROW}; trois{NARROW}!"),
        ("l'été", "l’été"),
        ('<a href="?q=a;b&amp;c" title="l\'été ?">l\'été ?</a>', f'<a href="?q=a;b&amp;c" title="l\'été ?">l’été{NARROW}?</a>'),
        ("a &amp; b &lt; c", "a &amp; b &lt; c"),
        ("<!-- l'été ? -->", "<!-- l'été ? -->"),
    ],
)
def test_literal_text_is_set(typed, shown):
    assert rendered(typed) == shown


def test_what_comes_through_an_expression_is_left_as_it_came():
    assert rendered("« {{ words }} » ?", words="l'été ; oui ?") == f"«{NARROW}l&#39;été ; oui ?{NARROW}»{NARROW}?"


def test_an_expression_inside_an_attribute_does_not_confuse_it():
    assert rendered('<p class="a {{ x }} b ; c">l\'été</p>', x="k") == '<p class="a k b ; c">l’été</p>'


def test_a_forgotten_variable_fails():
    with pytest.raises(Exception, match="undefined"):
        rendered("{{ nowhere }}")


@pytest.mark.parametrize(
    ("at", "zone", "shown"),
    [
        ("2026-03-01T10:42:00+01:00", "Europe/Paris", "1er mars 2026 à 10 h 42"),
        ("2026-08-15T12:00:00+02:00", "Europe/Paris", "15 août 2026 à 12 h"),
        ("2026-03-06T19:59:00+00:00", "Indian/Reunion", "6 mars 2026 à 23 h 59"),
        ("2026-03-07T00:30:00+00:00", "America/Martinique", "6 mars 2026 à 20 h 30"),
        ("2026-03-29T01:30:00+00:00", "Europe/Paris", "29 mars 2026 à 3 h 30"),
    ],
)
def test_moments_are_told_in_the_time_of_the_commune(at, zone, shown):
    assert dates.moment(at, zone).replace(WIDE, " ") == shown


def test_a_day_has_no_hour():
    assert dates.short_date("2026-03-10") == "10/03/2026"
    with pytest.raises(TypeError):
        dates.hour(datetime.date(2026, 3, 10))
