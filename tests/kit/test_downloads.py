"""Tables that people take away."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from plaidoyer.kit.downloads import REJECT_COLUMNS, Reject, csv_text, xlsx_bytes


def test_a_cell_that_looks_like_a_formula_is_disarmed_in_csv():
    text = csv_text(["nom"], [["=1+1"], ["+33 4"], ["-5"], ["@x"], ["\tx"], ["Nous"]])
    assert text == "\ufeffnom\r\n'=1+1\r\n'+33 4\r\n'-5\r\n'@x\r\n'\tx\r\nNous\r\n"


def test_a_cell_that_looks_like_a_formula_or_a_number_is_text_in_xlsx():
    sheet = load_workbook(io.BytesIO(xlsx_bytes(["nom", "code"], [["=1+1", "01004"]], "Rejets"))).active
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [("=1+1", "s"), ("01004", "s")]


def test_a_reject_names_line_column_value_and_reason():
    reject = Reject(12, "Commune", "Levalois", "aucune commune ne s’appelle ainsi")
    assert csv_text(REJECT_COLUMNS, [reject.cells()]).splitlines() == [
        "\ufeffligne;colonne;valeur;raison",
        "12;Commune;Levalois;aucune commune ne s’appelle ainsi",
    ]
