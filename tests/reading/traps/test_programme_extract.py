"""An extract of the programme: « Mesure 12. Construire… » is one commitment with its number, whatever the punctuation."""

import pytest

from tests.reading.letters import read_letter


@pytest.mark.parametrize("mark", [".", " :", " -"])
def test_a_numbered_measure_is_one_commitment(mark):
    text = f"Extraits de notre programme\n\nLogement\n\nMesure 12{mark} Construire 300 logements sociaux d'ici 2032.\n\nMesure 13{mark} Créer une agence immobilière sociale."
    found = [c for c in read_letter(text).commitments if "Construire" in c.quote or "Mesure 12" in c.quote]
    assert len(found) == 1
    assert found[0].measures == ("12",)
