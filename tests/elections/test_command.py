"""plaidoyer import-lists."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from plaidoyer.elections.models import CandidateList, Election
from tests.elections.conftest import HEADER_2026, line_2026, lists_2026


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "candidatures.csv"
    path.write_text("\r\n".join([HEADER_2026, *lists_2026(), line_2026("99999", "1", "Ailleurs", 1, "X", "Y"), ""]))
    return path


def run(*args, **options) -> str:
    told = io.StringIO()
    call_command("import_lists", *args, stdout=told, stderr=io.StringIO(), **options)
    return told.getvalue()


def test_it_shows_first_and_writes_on_demand(file, valmorel):
    told = run(file)
    assert "Listes : 2 à ajouter, 0 à modifier, 0 inchangées, 0 disparues." in told
    assert "+ Valmorel-sur-Ourse (ZZ) : Valmorel solidaire" in told
    assert "Rien n’est écrit" in told
    assert not CandidateList.objects.exists()
    assert not Election.objects.exists()
    run(file, apply=True)
    assert CandidateList.objects.count() == 2
    assert Election.objects.get().slug == "municipales-2026"
    assert "0 à ajouter, 0 à modifier, 2 inchangées" in run(file, apply=True)


def test_it_writes_the_rejects_beside_the_file(file, valmorel):
    assert "1 lignes refusées, avec leur raison" in run(file)
    assert (file.parent / "candidatures.rejets.csv").read_text(encoding="utf-8-sig").splitlines()[1] == (
        "6;Code circonscription;99999;le code « 99999 » n’est celui d’aucune commune"
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"election": "municipales-1848"}, "Aucune élection n’a l’adresse « municipales-1848 »"),
        ({"collectif": "personne"}, "Aucun collectif n’a l’adresse « personne »"),
    ],
)
def test_it_says_what_is_wrong_in_one_sentence(file, valmorel, options, told):
    with pytest.raises(CommandError, match=told):
        run(file, **options)


def test_a_file_that_is_not_there_or_not_the_right_one(tmp_path, db):
    with pytest.raises(CommandError, match="n’existe pas"):
        run(tmp_path / "nulle-part.csv")
    (tmp_path / "x.csv").write_text("a;b\n1;2\n")
    with pytest.raises(CommandError, match="aucune de ses colonnes n’a été reconnue"):
        run(tmp_path / "x.csv")


def test_it_takes_one_departement(file, valmorel):
    assert "Listes : 0 à ajouter" in run(file, departement=["34,2A"])
