"""Reading any table that people send."""

from __future__ import annotations

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook

from plaidoyer.kit.tables import TableRefusedError, read_table


def workbook(*rows, **cells) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for at, value in cells.items():
        sheet[at] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_of_any_encoding_reads_the_same(encoding):
    table = read_table("Commune;Liste\r\nValmorel;Été solidaire\r\n".encode(encoding))
    assert table.columns == ["Commune", "Liste"]
    assert [(row.line, row.cells) for row in table.rows] == [(2, ["Valmorel", "Été solidaire"])]


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_the_separator_is_found(mark):
    assert read_table(f"Commune{mark}Liste\nValmorel{mark}Nous\n".encode()).rows[0].cells == ["Valmorel", "Nous"]


def test_a_cell_on_two_lines_keeps_the_numbers_of_the_next_lines_right():
    table = read_table(b'Commune;Liste\n"Valmorel\nsur-Ourse";Nous\nPontaubry;Vous\n')
    assert [(row.line, row.cells[0]) for row in table.rows] == [(2, "Valmorel sur-Ourse"), (4, "Pontaubry")]


def test_the_header_is_found_under_titles_and_notes():
    content = workbook(["Nos listes"], [], ["à jour", "le 3 mars"], ["Ville", "Nom de la liste"], ["Valmorel", "Nous"])
    table = read_table(content, {"ville", "nom de la liste"})
    assert table.columns == ["Ville", "Nom de la liste"]
    assert [(row.line, row.cells) for row in table.rows] == [(5, ["Valmorel", "Nous"])]


def test_numbers_dates_and_booleans_read_as_people_write_them():
    content = workbook(["a", "b", "c", "d"], [1004, datetime.date(2026, 3, 15), True, 1.5])
    assert read_table(content).rows[0].cells == ["1004", "15/03/2026", "oui", "1.5"]


def test_a_formula_without_a_stored_value_is_empty_and_never_computed():
    assert read_table(workbook(["a", "b"], ['=HYPERLINK("http://example.org")', "x"])).rows[0].cells == ["", "x"]


def test_other_sheets_are_named():
    book = Workbook()
    book.active.append(["a", "b"])
    book.create_sheet("Suite").append(["c"])
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue()).other_sheets == ("Suite",)


def test_an_ods_reads_like_an_xlsx():
    odf = pytest.importorskip("odfdo")
    document = odf.Document("spreadsheet")
    document.body.clear()
    sheet = odf.Table("Listes")
    sheet.set_values([["Ville", "Nom de la liste"], ["Valmorel", "Nous"]])
    document.body.append(sheet)
    out = io.BytesIO()
    document.save(out)
    assert [row.cells for row in read_table(out.getvalue()).rows] == [["Valmorel", "Nous"]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"  \n ", "vide"),
        (b"%PDF-1.7 ...", "un PDF, pas un tableau"),
        (b"\x89PNG\r\n", "une image"),
        (b"PK\x03\x04" + b"\0" * 60, "abîmé"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "pas un tableau lisible"),
        (bytes(range(256)) * 4 + b"\0" * 3000, "ni un classeur ni un texte"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(content, words):
    with pytest.raises(TableRefusedError, match=words):
        read_table(content)


def test_a_word_document_is_no_table():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(TableRefusedError, match="pas un tableau lisible"):
        read_table(out.getvalue())


def test_a_zip_bomb_is_refused_before_it_is_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 160_000_000)
    with pytest.raises(TableRefusedError, match="démesuré"):
        read_table(out.getvalue())


def test_a_sheet_with_a_cell_in_its_last_corner_does_not_eat_the_memory():
    with pytest.raises(TableRefusedError, match="démesuré"):
        read_table(workbook(A1="Ville", XFD1048576="fin"))


def test_too_many_lines_or_columns_are_refused():
    with pytest.raises(TableRefusedError, match="la limite est de 50000"):
        read_table(b"a;b\n" + b"1;2\n" * 50_001)
    with pytest.raises(TableRefusedError, match="la limite est de 200"):
        read_table(b";".join([b"x"] * 201) + b"\n")


def test_a_nul_byte_becomes_a_space():
    assert read_table(b"Ville;Liste\nVal\0morel;Nous\n").rows[0].cells == ["Val morel", "Nous"]
