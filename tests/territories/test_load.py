"""Loading the communes of France from the vendored files."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from django.core.management import call_command

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.territories import acts
from plaidoyer.territories.models import Commune, FormerCommune, PostalCode
from plaidoyer.territories.time_zones import time_zone_of


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("92023", "Europe/Paris"),
        ("2A004", "Europe/Paris"),
        ("97105", "America/Guadeloupe"),
        ("97302", "America/Cayenne"),
        ("97411", "Indian/Reunion"),
        ("97502", "America/Miquelon"),
        ("97611", "Indian/Mayotte"),
        ("98735", "Pacific/Tahiti"),
        ("98731", "Pacific/Marquesas"),
        ("98719", "Pacific/Gambier"),
        ("98818", "Pacific/Noumea"),
    ],
)
def test_each_commune_has_its_own_hour(code, zone):
    assert time_zone_of(code) == zone


@pytest.mark.slow
@pytest.mark.django_db
def test_all_of_france_is_loaded_once_and_a_second_run_changes_nothing(valmorel):
    first = acts.load_territories(actor=None)
    assert first["communes"].added == 34_969
    assert Commune.objects.filter(is_fictional=False).count() == 34_969
    assert Commune.objects.get(pk="92023").name == "Clamart"
    assert Commune.objects.get(pk="92044").population == 68_092
    assert Commune.objects.get(pk="92044").ept.name == "Paris Ouest La Défense"
    assert Commune.objects.resolve("13201").name == "Marseille"
    assert Commune.objects.resolve("01340").name == "Arboys en Bugey"
    assert list(PostalCode.objects.filter(commune="42218").values_list("code", flat=True)) == ["42000", "42100", "42230"]
    assert Commune.objects.search("saint etienne").count() > 50
    second = acts.load_territories(actor=None)
    assert {(found.added, found.changed) for found in second.values()} == {(0, 0)}
    assert JournalEntry.objects.filter(verb="load-territories").count() == 1
    assert Commune.objects.get(pk=valmorel.pk).name == "Valmorel-sur-Ourse"


@pytest.mark.slow
@pytest.mark.django_db
def test_the_vendored_files_say_what_the_open_data_say(shared):
    """The oracle was built apart from our files, from the same sources."""
    acts.load_territories(actor=None)
    with gzip.open(shared / "data/territoires/communes.csv.gz", "rt", encoding="utf-8") as file:
        oracle = {row["code"]: row for row in csv.DictReader(file)}
    ours = Commune.objects.in_bulk()
    assert ours.keys() == oracle.keys()
    for code, row in oracle.items():
        one = ours[code]
        told = (one.name, one.departement_id, one.epci_id or "", one.ept_id or "", one.siren, "" if one.population is None else str(one.population))
        assert told == (
            row["nom"].replace("'", "’"), row["departement"], row["epci_siren"], row["ept_siren"], row["siren"], row["population_municipale_2023"],
        ), code  # fmt: skip


@pytest.mark.django_db
def test_what_somebody_broke_by_hand_is_mended(tmp_path):
    small_files(tmp_path)
    acts.load_territories(actor=None, folder=tmp_path)
    Commune.objects.update(name="Lile", population=12)
    PostalCode.objects.filter(code="38601").update(code="00000")
    found = acts.load_territories(actor=None, folder=tmp_path)
    assert (found["communes"].changed, found["codes postaux"].added, found["codes postaux"].changed) == (1, 1, 1)
    assert Commune.objects.get().name == "L’Isle-d’Ombre"


@pytest.mark.django_db
def test_the_command_tells_what_it_did(tmp_path):
    small_files(tmp_path)
    told = io.StringIO()
    call_command("load_territories", dossier=tmp_path, stdout=told)
    assert "communes : 1 ajoutés" in told.getvalue()
    assert FormerCommune.objects.get().commune_id == "38002"


def small_files(folder):
    files = {
        "regions": "code,name\n84,Auvergne-Rhône-Alpes\n",
        "departements": "code,name,region\n38,Isère,84\n",
        "intercommunalities": "siren,name,kind\n200000001,Pays des Fontaines,CC\n",
        "communes": "code,name,departement,region,epci,ept,siren,population,postal_codes,latitude,longitude\n"
        "38002,L'Isle-d'Ombre,38,84,200000001,,213800022,,38600|38601,,\n",
        "former_communes": "code,name,kind,commune\n38003,Rive-Haute,delegated,38002\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text.encode()))


@pytest.mark.django_db
def test_what_is_unknown_stays_unknown(tmp_path):
    small_files(tmp_path)
    acts.load_territories(actor=None, folder=tmp_path)
    one = Commune.objects.get()
    assert (one.name, one.population, one.latitude, one.ept) == ("L’Isle-d’Ombre", None, None, None)
    assert one.search_name == " l isle d ombre"
