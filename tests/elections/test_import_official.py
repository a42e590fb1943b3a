"""The ministry's files, in all their states."""

from __future__ import annotations

import csv

import pytest

from plaidoyer.accounts.models import JournalEntry
from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.elections import acts
from plaidoyer.elections.models import Body, Candidate, CandidateList, Contest, Election, Standing
from plaidoyer.elections.official import FileRefusedError, open_official
from tests.elections.conftest import HEADER_2020, HEADER_2026, line_2026, lists_2026


def applied(file, election, **more):
    return acts.import_official(actor=None, collective=None, file=file, election=election, **more)


def counts(report):
    total = report.total
    return total.added, total.changed, total.unchanged, total.gone


def rejects(report):
    return [(one.line, one.column, one.value, one.reason) for one in report.rejects]


def test_a_preview_counts_and_writes_nothing(official, election, valmorel):
    report = acts.preview_official(file=official(lists_2026()), election=election)
    assert counts(report) == (2, 0, 0, 0)
    assert report.tallies["ZZ001"].label == "Valmorel-sur-Ourse (ZZ)"
    assert not CandidateList.objects.exists()
    assert not JournalEntry.objects.exists()


def test_lists_come_with_their_candidates_their_panel_and_their_sourced_nuance(official, election, valmorel):
    applied(official(lists_2026()), election)
    one = CandidateList.objects.get(panel=1)
    assert (one.name, one.head_name, one.nuance, one.key, one.slug) == (
        "Valmorel solidaire", "Inès CARPENTRAS", "LDVG", "zz001-ines-carpentras", "valmorel-solidaire",
    )  # fmt: skip
    assert one.source == one.nuance_source == "Ministère de l’Intérieur, fichier des candidatures 2026"
    assert one.etiquette is None
    assert [(who.rank, str(who), who.is_head) for who in one.candidates.all()] == [(1, "Inès CARPENTRAS", True), (2, "Yann AUBRÉE", False)]
    standing = one.standings.get()
    assert (standing.state, standing.contest.round, standing.contest.polling_on) == ("registered", 1, election.first_round_on)
    assert CandidateList.objects.get(panel=2).nuance is None


def test_the_same_file_a_second_time_changes_nothing_and_says_nothing(official, election, valmorel):
    applied(official(lists_2026()), election)
    again = applied(official(lists_2026()), election)
    assert counts(again) == (0, 0, 2, 0)
    assert JournalEntry.objects.filter(verb="lists.import").count() == 1


def test_a_corrected_file_corrects_and_shows_each_value_before_and_after(official, election, valmorel):
    applied(official(lists_2026()), election)
    key = CandidateList.objects.get(panel=1).key
    lines = [line.replace("Valmorel solidaire", "Valmorel solidaire et juste").replace(";1;;Val", ";3;;Val") for line in lists_2026()]
    report = applied(official(lines), election)
    assert counts(report) == (0, 1, 1, 0)
    assert report.details[0].moves == (("nom", "Valmorel solidaire", "Valmorel solidaire et juste"), ("panneau", "1", "3"))
    one = CandidateList.objects.get(panel=3)
    assert (one.key, one.name) == (key, "Valmorel solidaire et juste")


def test_a_list_that_leaves_the_file_is_withdrawn_never_deleted_and_may_come_back(official, election, valmorel):
    applied(official(lists_2026()), election)
    assert counts(applied(official(lists_2026()[:2]), election)) == (0, 0, 1, 1)
    gone = CandidateList.objects.get(name="Un nouvel élan")
    assert gone.standings.get().state == Standing.State.WITHDRAWN
    assert gone.candidates.count() == 2
    assert counts(applied(official(lists_2026()[:2]), election)) == (0, 0, 1, 0)
    assert counts(applied(official(lists_2026()), election)) == (0, 1, 1, 0)
    assert gone.standings.get().state == Standing.State.REGISTERED


def test_communes_that_are_not_in_the_file_are_left_alone(official, election, valmorel, pontaubry):
    applied(official(lists_2026("ZZ001") + lists_2026("ZZ002")), election)
    assert counts(applied(official(lists_2026("ZZ002")), election)) == (0, 0, 2, 0)
    assert Standing.objects.filter(state="registered").count() == 4


def test_a_list_announced_by_volunteers_becomes_the_registered_one_and_keeps_what_they_know(official, election, valmorel, collective):
    known = acts.register_list(
        actor=None, collective=collective, election=election, commune=valmorel, name="Valmorel Solidaire", head_name="Carpentras Inès",
        state=Standing.State.ANNOUNCED, etiquette="Union locale", etiquette_source="sa page",
    )  # fmt: skip
    acts.add_contact(actor=None, collective=collective, candidate_list=known, kind="email", value="a@b.example", source="sa page")
    assert counts(applied(official(lists_2026()), election)) == (1, 1, 0, 0)
    known.refresh_from_db()
    assert (known.panel, known.head_name, known.etiquette) == (1, "Inès CARPENTRAS", "Union locale")
    assert known.standings.get().state == Standing.State.REGISTERED
    assert known.contacts.count() == 1


def test_a_list_announced_and_never_registered_stays_for_its_volunteers_to_withdraw(official, election, valmorel, collective):
    acts.register_list(actor=None, collective=collective, election=election, commune=valmorel, name="La Relève", state=Standing.State.ANNOUNCED)
    assert counts(applied(official(lists_2026()), election)) == (2, 0, 0, 0)
    assert CandidateList.objects.get(name="La Relève").standings.get().state == Standing.State.ANNOUNCED


def test_a_blank_nuance_takes_nothing_away(official, election, valmorel):
    applied(official(lists_2026()), election)
    assert counts(applied(official([line.replace("LDVG", "") for line in lists_2026()]), election)) == (0, 0, 2, 0)
    assert CandidateList.objects.get(panel=1).nuance == "LDVG"


def test_only_the_wanted_departement_is_taken(official, election, valmorel, departement):
    report = acts.preview_official(file=official(lists_2026()), election=election, departements=["34", "2a"])
    assert counts(report) == (0, 0, 0, 0)
    assert counts(acts.preview_official(file=official(lists_2026()), election=election, departements=["zz"])) == (2, 0, 0, 0)


# ------------------------------------------------------------------------------------------------------------------------- wrong lines


@pytest.mark.parametrize(
    ("at", "before", "after", "told"),
    [
        (
            1,
            ";2;F;AUBRÉE",
            ";deux;F;AUBRÉE",
            (3, "Ordre", "deux", "le rang n’est pas un nombre : les colonnes de cette ligne sont peut-être décalées"),
        ),
        (1, ";2;F;AUBRÉE", ";1;F;AUBRÉE", (3, "Ordre", "1", "le rang 1 est déjà pris, ligne 2")),
        (1, "AUBRÉE", "", (3, "Nom sur le bulletin de vote", "", "le nom du candidat est vide")),
        (1, ";;2;F", ";OUI;2;F", (3, "Tête de liste", "OUI", "deux têtes de liste : déjà une à la ligne 2")),
        (1, "Française;;", "Française;;;;trop", (3, "", "trop", "la ligne a plus de cellules que l’en-tête : ses colonnes sont décalées")),
        (
            1,
            "AUBRÉE",
            "AU\0BRÉE",
            (3, "Nom sur le bulletin de vote", "AU\0BRÉE", "la cellule contient un caractère nul : le fichier est abîmé à cet endroit"),
        ),
    ],
)
def test_one_wrong_line_sets_its_whole_list_aside_and_no_other(official, election, valmorel, at, before, after, told):
    lines = lists_2026()
    lines[at] = lines[at].replace(before, after)
    report = applied(official(lines), election)
    assert rejects(report)[0] == told
    assert (2, "", "Valmorel solidaire", "liste mise de côté en entier, à cause de la ligne 3") in rejects(report)
    assert [one.name for one in CandidateList.objects.all()] == ["Un nouvel élan"]


def test_a_line_whose_panel_is_wrong_takes_its_list_with_it(official, election, valmorel):
    lines = lists_2026()
    lines.insert(2, line_2026("ZZ001", "un", "Valmorel solidaire", 3, "DELAUNOY", "Karim"))
    lines[1] = line_2026("ZZ001", "1", "Valmorel solidaire", 4, "AUBRÉE", "Yann")
    report = applied(official(lines), election)
    assert rejects(report) == [
        (4, "Numéro de panneau", "un", "le numéro de panneau n’est pas un nombre"),
        (2, "Ordre", "Valmorel solidaire", "liste mise de côté en entier : son rang 2 manque, voyez les lignes refusées de la commune"),
    ]
    assert CandidateList.objects.count() == 1


def test_two_lists_on_one_panel_are_both_set_aside(official, election, valmorel):
    lines = [line.replace(";2;;Un", ";1;;Un") for line in lists_2026()]
    report = applied(official(lines), election)
    assert not CandidateList.objects.exists()
    assert rejects(report)[0] == (
        2, "Numéro de panneau", "1", "le panneau de « Valmorel solidaire » est aussi celui de « Un nouvel élan » (ligne 4)",
    )  # fmt: skip


def test_an_unknown_commune_is_refused_line_by_line(official, election, valmorel):
    report = applied(official(lists_2026() + lists_2026("99999")[:1]), election)
    assert rejects(report) == [(6, "Code circonscription", "99999", "le code « 99999 » n’est celui d’aucune commune")]
    assert counts(report) == (2, 0, 0, 0)


def test_lines_of_a_commune_that_come_back_later_are_refused(official, election, valmorel, pontaubry):
    lines = lists_2026()
    report = applied(official([*lines[:2], *lists_2026("ZZ002"), *lines[2:]]), election)
    assert [one[0] for one in rejects(report)] == [8, 9]
    assert "triez le fichier par commune" in rejects(report)[0][3]


# ----------------------------------------------------------------------------------------------------------------- the state of the file


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", ";"), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", ";"), ("utf-8", ","), ("utf-8", "\t")]
)
def test_encodings_and_separators_of_a_visit_to_a_spreadsheet_are_read(official, election, valmorel, encoding, mark):
    lines = [line.replace(";", mark) for line in lists_2026()]
    applied(official(lines, HEADER_2026.replace(";", mark), encoding), election)
    assert sorted(CandidateList.objects.values_list("name", flat=True)) == ["Un nouvel élan", "Valmorel solidaire"]


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (HEADER_2026.replace("Ordre;", "Rang;"), "La colonne « Ordre » manque (format de 2026). Colonnes inconnues trouvées : « Rang »."),
        (
            HEADER_2026.replace("Code circonscription", "Code").replace("Numéro de panneau", "Panneau"),
            "Les colonnes « Code circonscription » et « Numéro de panneau » manquent (format de 2026). Colonnes inconnues trouvées : « Code », « Panneau ».",
        ),
        (
            HEADER_2020.replace("N° candidat", "Numéro"),
            "La colonne « N° candidat » manque (format de 2020). Colonnes inconnues trouvées : « Numéro ».",
        ),
    ],
)
def test_a_missing_column_is_named_with_what_was_found(official, header, sentence):
    with pytest.raises(FileRefusedError) as told:
        official(lists_2026(), header)
    assert str(told.value) == sentence


def test_a_file_that_is_something_else_says_so(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("nom;prénom\nA;B\n")
    with pytest.raises(FileRefusedError, match="aucune de ses colonnes n’a été reconnue"):
        open_official(path)
    path.write_bytes(b"")
    with pytest.raises(FileRefusedError, match="vide"):
        open_official(path)


def test_nothing_is_half_written_when_the_import_breaks(official, election, valmorel, monkeypatch):
    def break_down(self, steps):
        raise OSError("disque plein")

    monkeypatch.setattr("plaidoyer.elections.acts.imports.Writer.people", break_down)
    with pytest.raises(OSError, match="disque plein"):
        applied(official(lists_2026()), election)
    assert not CandidateList.objects.exists()
    assert not Contest.objects.exists()


# ------------------------------------------------------------------------------------------------------------------------------- 2020


def lines_2020(code: str, place: str = "") -> list[str]:
    people = [("1", "F", "CARPENTRAS", "Inès"), ("2", "M", "D'ORMESSON", "Karim")]
    return ["\t".join(["ZZ", "", code, place, "1", 'VAL "SOL"', "VALMOREL SOLIDAIRE", "LDVG", *who, "Française", "O", ""]) for who in people]


def test_the_format_of_2020_is_read_under_its_title_with_its_trailing_tab(official, election, valmorel):
    applied(official(["", HEADER_2020, *lines_2020("001")], "Livre des listes et candidats", "iso-8859-1", "livre.txt"), election)
    one = CandidateList.objects.get()
    assert (one.name, one.short_name, one.head_name, one.panel) == ("VALMOREL SOLIDAIRE", 'VAL "SOL"', "Inès CARPENTRAS", 1)
    assert [str(who) for who in one.candidates.all()] == ["Inès CARPENTRAS", "Karim D'ORMESSON"]


def test_a_tab_inside_a_name_is_seen_as_shifted_columns(official, election, valmorel):
    lines = [line.replace("VALMOREL SOLIDAIRE", "VALMOREL\tSOLIDAIRE") for line in lines_2020("001")]
    report = applied(official(["", HEADER_2020, *lines], "Livre", "iso-8859-1"), election)
    assert not CandidateList.objects.exists()
    assert report.rejects[0].line == 4


def test_lists_of_a_merged_commune_keep_a_contest_of_their_own(official, election, valmorel):
    valmorel.former_communes.create(code="ZZ009", name="Valmorel-le-Haut", search_name=" valmorel le haut", kind="delegated")
    applied(official(["", HEADER_2020, *lines_2020("001"), *lines_2020("009")], "Livre", "iso-8859-1"), election)
    assert sorted(Contest.objects.values_list("commune_id", "sector")) == [("ZZ001", ""), ("ZZ001", "Valmorel-le-Haut")]
    assert CandidateList.objects.count() == 2


def test_a_sector_votes_for_its_own_council(official, election, valmorel):
    valmorel.former_communes.create(code="ZZ101", name="Valmorel 1er", search_name=" valmorel 1er", kind="arrondissement")
    applied(official(["", HEADER_2020, *lines_2020("001"), *lines_2020("101", "Secteur 1")], "Livre", "iso-8859-1"), election)
    sector = CandidateList.objects.get(body=Body.SECTOR)
    assert (sector.commune_id, sector.sector, sector.key) == ("ZZ001", "Secteur 1", "zz001-secteur-1-ines-carpentras")


# -------------------------------------------------------------------------------------------------------------------------- second round


def test_in_the_second_round_the_same_people_are_the_same_list(official, election, valmorel):
    applied(official(lists_2026()), election)
    report = applied(official(lists_2026()), election, number=2)
    assert counts(report) == (0, 2, 0, 0)
    assert CandidateList.objects.count() == 2
    assert Standing.objects.filter(contest__round=2, contest__polling_on=election.second_round_on).count() == 2


def test_in_the_second_round_other_people_are_another_list_and_the_first_keeps_its_own(official, election, valmorel):
    applied(official(lists_2026()), election)
    lines = [line.replace("AUBRÉE;Yann", "LORGERIL;Thibaut") for line in lists_2026()[:2]]
    assert counts(applied(official(lines), election, number=2)) == (1, 0, 0, 0)
    first, second = CandidateList.objects.filter(name="Valmorel solidaire").order_by("pk")
    assert [str(who) for who in first.candidates.all()] == ["Inès CARPENTRAS", "Yann AUBRÉE"]
    assert (second.key, second.slug) == ("zz001-ines-carpentras-2", "valmorel-solidaire-2")
    assert counts(applied(official(lines), election, number=2)) == (0, 0, 1, 0)
    assert counts(applied(official(lists_2026()), election)) == (0, 0, 2, 0)


def test_a_second_round_without_a_date_is_refused(official, election, valmorel):
    Election.objects.update(second_round_on=None)
    election.refresh_from_db()
    with pytest.raises(ActRefusedError, match="date du second tour manque"):
        applied(official(lists_2026()), election, number=2)


# ---------------------------------------------------------------------------------------------------------------------------- real files


@pytest.mark.slow
def test_the_real_extract_of_2026_goes_in_whole(shared, election, departement):
    """31 lists of five real communes; the counts were made by hand on the file."""
    from tests.territories.conftest import town

    path = shared / "data/elections/municipales_2026_candidatures_extrait_34_format_officiel.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = {row["Code circonscription"]: row["Circonscription"] for row in csv.DictReader(file, delimiter=";")}
    for code, name in names.items():
        town(code, name, 10_000, departement)
    report = applied(open_official(path), election)
    assert (counts(report), report.reject_count, report.candidates) == ((31, 0, 0, 0), 0, 1249)
    assert Candidate.objects.filter(is_head=True).count() == 31
    assert {code: tally.added for code, tally in report.tallies.items()} == {"34032": 5, "34301": 7, "34145": 7, "34129": 5, "34270": 7}
    assert counts(applied(open_official(path), election)) == (0, 0, 31, 0)
