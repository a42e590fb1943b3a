from plaidoyer.reading.types import State
from tests.reading.documents.nasty_word import (
    MAIN_WITH_MACROS,
    deleted,
    full_letter,
    inserted,
    note,
    note_call,
    numbered,
    p,
    package,
    r,
    table,
    text_box,
)
from tests.reading.documents.reading_aids import codes, read, said, sentence


def test_a_letter_with_every_trap_reads_as_on_paper():
    assert read(full_letter(), "lettre.docx").text == (
        "Réponse de la liste Cap au large\n\nMadame, Monsieur,\n\n"
        "L'accueil de jour ouvrira dès l’automne[1]. Nous le & vous dirons.\n\n"
        "1. Domicilier toute personne\n\n1.a) sans condition de titre\n\n1.b) sous quinze jours\n\n2. Ouvrir les douches\n"
        "• une puce de style\n• une autre puce\n\nIV - Chapitre romain\n\n1. Reprise à un\n\n"
        "Domiciliation\tOui, sans condition\n\nCantine\t1 € le repas\ndès 2026\n\n"
        "Avant la zone.\n\nPremier encadré\n\nSecond encadré\n\nVisible fin.\n\nNous promettons cent vingt logements.\n\n"
        "[1] Sous réserve du budget.\n\nCap au large — élections 2026\n\nPage 1"
    )


def test_tracked_deletions_are_absent_and_told():
    document = read(package(p(r("Nous ") + deleted("ne ") + r("fermerons ") + deleted("pas ") + inserted("aucune classe."))))
    assert document.text == "Nous fermerons aucune classe."
    assert sentence(document, "tracked-deletions") == "Le fichier contient 2 suppressions suivies, absente(s) du texte : « ne » ; « pas »."
    assert "tracked-insertions" in codes(document)


def test_a_paragraph_whose_end_was_deleted_runs_into_the_next():
    body = p("Nous ouvrirons ", '<w:rPr><w:del w:id="9" w:author="A"/></w:rPr>') + p("vingt places.")
    assert read(package(body)).text == "Nous ouvrirons vingt places."


def test_a_deleted_row_is_not_read():
    row = table([["Cantine", "1 €"], ["Douches", "gratuites"]]).replace("<w:tr>", '<w:tr><w:trPr><w:del w:id="4" w:author="A"/></w:trPr>', 1)
    document = read(package(row))
    assert document.text == "Douches\tgratuites"
    assert "tracked-deletions" in codes(document)


def test_hidden_text_is_left_out_and_told():
    document = read(package(p(r("Oui") + r(" mais non", "<w:vanish/>"))))
    assert document.text == "Oui"
    assert "« mais non »" in sentence(document, "hidden-text")


def test_struck_words_stay_and_are_told():
    document = read(package(p(r("cent ", "<w:strike/>") + r("vingt"))))
    assert document.text == "cent vingt"
    assert "« cent »" in sentence(document, "struck-text")


def test_lists_of_one_definition_go_on_counting_across_prose():
    body = numbered("un", 1) + p("Prose.") + numbered("deux", 1) + numbered("à neuf", 4)
    assert said(read(package(body)), "item") == ["1. un", "2. deux", "1. à neuf"]


def test_a_deeper_level_restarts_under_each_number():
    body = numbered("A", 1) + numbered("B", 1, 1) + numbered("C", 1) + numbered("D", 1, 1)
    assert said(read(package(body)), "item") == ["1. A", "1.a) B", "2. C", "2.a) D"]


def test_a_layout_table_of_one_cell_is_plain_text():
    document = read(package(table([[p("Nous ouvrirons.") + p("Nous fermerons.")]])))
    assert said(document, "paragraph") == ["Nous ouvrirons.", "Nous fermerons."]


def test_the_cells_of_a_row_are_told():
    document = read(package(table([["Cantine", "1 €"]])))
    assert said(document, "row") == ["Cantine\t1 €"]
    assert said(document, "cell") == ["Cantine", "1 €"]


def test_the_lower_part_of_a_merged_cell_is_not_repeated():
    cell = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr>{}</w:tc>"
    rows = [
        cell.format(' w:val="restart"', p("Cantine")) + f"<w:tc>{p('1 €')}</w:tc><w:tc>{p('midi')}</w:tc>",
        cell.format("", "<w:p/>") + f"<w:tc>{p('2 €')}</w:tc><w:tc>{p('soir')}</w:tc>",
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert read(package(body)).text == "Cantine\t1 €\tmidi\n2 €\tsoir"


def test_text_boxes_follow_their_paragraph_from_top_to_bottom_and_once():
    document = read(package(p(r("Avant.") + text_box(p("bas"), 500) + text_box(p("haut"), 10)) + p("Après.")))
    assert document.text == "Avant.\n\nhaut\n\nbas\n\nAprès."
    assert said(document, "box") == ["haut", "bas"]


def test_a_footnote_stands_at_the_end_with_its_call():
    document = read(package(p(r("Oui") + note_call(5) + r(".")) + p("Fin."), footnotes=note(5, " sauf le lundi")))
    assert document.text == "Oui[1].\n\nFin.\n\n[1] sauf le lundi"
    assert said(document, "note") == ["[1] sauf le lundi"]


def test_ticked_boxes_of_a_form_are_text():
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    legacy = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read(package(p(tick + r(" Oui")) + p(legacy + r(" Non"))))
    assert document.text == "☒ Oui\n☒ Non"


def test_the_grey_hint_of_an_unfilled_field_is_not_an_answer():
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Cliquez ici pour répondre')}</w:sdtContent></w:sdt>"
    assert read(package(p(r("Réponse : ") + control))).text == "Réponse :"


def test_lines_ended_by_hand_stay_one_block_where_empty_paragraphs_part_the_letter():
    lines = ["Liste Cap au large", "3 rue du Port", "29000 Ville", "", "Madame,", "", "Nous ouvrirons vingt places avant l’hiver."]
    document = read(package("".join(p(line) if line else "<w:p/>" for line in lines)))
    assert document.text == "Liste Cap au large\n3 rue du Port\n29000 Ville\n\nMadame,\n\nNous ouvrirons vingt places avant l’hiver."


def test_macros_are_told_and_the_text_is_read():
    document = read(package(p("Oui."), main=MAIN_WITH_MACROS, extra={"word/vbaProject.bin": b"\xd0\xcf"}), "lettre.docm")
    assert (document.text, document.state) == ("Oui.", State.READ)
    assert "macros" in codes(document)


def test_a_macro_file_renamed_docx_is_read_with_the_same_warning():
    document = read(package(p("Oui."), main=MAIN_WITH_MACROS, extra={"word/vbaProject.bin": b"\xd0\xcf"}), "lettre.docx")
    assert "macros" in codes(document)


def test_a_field_that_fetches_another_file_is_told():
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DDEAUTO c:\\\\cmd </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    document = read(package(p(r("Oui.") + field)))
    assert document.text == "Oui."
    assert "foreign-un champ lié à un autre fichier" in codes(document)


def test_a_word_file_without_words_is_a_state_for_a_person():
    document = read(package("<w:p/>"))
    assert (document.text, document.state) == ("", State.NO_TEXT)
    assert document.notices
