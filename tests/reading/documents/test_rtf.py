from pathlib import Path

from plaidoyer.reading.types import State
from tests.reading.documents.reading_aids import codes, read, said, sentence


def rtf(body: str) -> bytes:
    fonts = r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\froman\fcharset238 Times;}}"
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + r"{\*\generator X;}" + body + "}").encode("latin-1")


def test_accents_come_by_code_by_number_and_by_font():
    assert read(rtf(r"L\rquote \'e9t\'e9 \u233\'e9 {\f1 \'e8} \'80\par")).text == "L’été é č €"


def test_signs_beyond_the_first_plane_are_whole():
    assert read(rtf(r"oui \u-10179?\u-8694?")).text == "oui 😊"


def test_tracked_deletions_and_hidden_words_are_absent_and_told():
    document = read(rtf(r"Nous {\deleted ne }ouvrirons {\v sans doute }vingt {\strike dix }places.\par"))
    assert document.text == "Nous ouvrirons vingt dix places."
    assert "« ne »" in sentence(document, "tracked-deletions")
    assert {"hidden-text", "struck-text"} <= codes(document)


def test_generated_marks_rows_notes_and_margins_are_read():
    body = (
        r"{\header Cap au large\par}{\listtext\pard 1.\tab}Domicilier{\footnote \chftn sans d\'e9lai}\par"
        r"\trowd\cellx1\cellx2\intbl Cantine\cell 1 euro\cell\row\pard Fin.\par"
    )
    document = read(rtf(body))
    assert document.text == "1. Domicilier[1]\n\nCantine\t1 euro\n\nFin.\n\n[1] sans délai\n\nCap au large"
    assert said(document, "row") == ["Cantine\t1 euro"]


def test_pictures_fields_and_unknown_destinations_are_not_words():
    assert read(rtf(r"{\pict\pngblip 89504e47}{\field{\*\fldinst HYPERLINK x}{\fldrslt Oui}}{\*\unknown non}.")).text == "Oui."


def test_endless_nesting_is_refused():
    assert read(b"{\\rtf1 " + b"{" * 5000).state is State.REFUSED


def test_an_old_word_letter_keeps_its_words_without_the_deleted_ones():
    data = (Path(__file__).parent / "lettre-ancienne.doc").read_bytes()
    document = read(data, "lettre.doc")
    assert "L'accueil de jour ouvrira dès l’automne" in document.text
    assert "peut-être" not in document.text
    assert said(document, "row") == ["Domiciliation\tOui, sans condition", "Cantine\t1 € le repas\ndès 2026"]
    assert "list-marks" in codes(document)
