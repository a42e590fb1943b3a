"""French spacing of our own words."""

import pytest

from plaidoyer.kit.templatetags.french import fr
from plaidoyer.kit.typography import french


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Un ; deux : trois ? quatre !", "Un\u202f; deux\u00a0: trois\u202f? quatre\u202f!"),
        ("« l'été »", "«\u202fl’été\u202f»"),
        ("12 400 habitants, 25 %", "12\u202f400 habitants, 25\u202f%"),
        ("https://exemple.fr/?a=b;c", "https://exemple.fr/?a=b;c"),
    ],
)
def test_spaces_and_apostrophes(typed, shown):
    assert french(typed) == shown


def test_an_escaped_ampersand_is_not_taken_for_a_semicolon():
    assert fr("Habitat & Humanisme <b> ; oui ?") == "Habitat &amp; Humanisme &lt;b&gt;\u202f; oui\u202f?"
