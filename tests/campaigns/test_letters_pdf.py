"""The PDF of a letter: the same words as the Word file, tagged, with our fonts, the same bytes each time."""

from __future__ import annotations

import datetime
import struct
import zlib

import pypdfium2

from plaidoyer.campaigns.letters import blocks, typeset, word_template, word_writer
from tests.campaigns.letters_cast import VALUES, docx, p

TEMPLATE = word_template.compiled(word_writer.written(blocks.paragraphs("letter", blocks.default_texts("letter")), "Lettre"))
TOLD = {"title": "Lettre à Valmorel solidaire", "author": "Un toit à Valmorel", "dated": datetime.date(2026, 2, 9)}
URL = "https://plaidoyer.example/repondre/abc"


def text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\r", "")


def one(**values) -> typeset.Addressed:
    return typeset.Addressed(VALUES | values, URL)


def png() -> bytes:
    """Two pixels, made by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 1, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0\0\0\xff"))
        + chunk(b"IEND", b"")
    )


def test_the_letter_says_its_facts_and_its_note():
    said = text(typeset.pdf(TEMPLATE, [one()], **TOLD))
    for part in ("Madame la candidate", "Domicilierez-vous chacun", "a)", "Organisations membres", "Amina Test", URL):
        assert part in said
    assert "Pièces jointes" not in said
    assert "\ue000" not in said


def test_it_is_tagged_dated_and_in_french():
    made = typeset.pdf(TEMPLATE, [one()], **TOLD)
    assert b"/MarkInfo" in made
    assert b"/Lang" in made
    assert b"pdfuaid:part" in made
    assert b"D:20260209" in made


def test_the_same_letter_gives_the_same_bytes_and_another_list_another_letter():
    assert typeset.pdf(TEMPLATE, [one()], **TOLD) == typeset.pdf(TEMPLATE, [one()], **TOLD)
    assert typeset.pdf(TEMPLATE, [one()], **TOLD) != typeset.pdf(TEMPLATE, [one(civilite="Monsieur le candidat")], **TOLD)


def test_letters_for_the_printer_follow_each_other_each_on_its_own_page():
    made = typeset.pdf(TEMPLATE, [one(liste=f"Liste {number}", destinataire=f"Liste {number}") for number in (1, 2, 3)], **TOLD)
    document = pypdfium2.PdfDocument(made)
    first_pages = [index for index, page in enumerate(document) if "Madame la candidate,\r" in page.get_textpage().get_text_bounded()]
    assert len(first_pages) == 3
    assert "Liste 2" in document[first_pages[1]].get_textpage().get_text_bounded()


def test_words_that_look_like_orders_are_printed_as_they_are():
    nasty = '#read("/etc/passwd") $x$ *gras* <b>&</b> \\input{a} =cmd @ref'
    assert nasty in text(typeset.pdf(TEMPLATE, [one(annonce_publication=nasty)], **TOLD)).replace("\n", " ")


def test_a_picture_of_the_word_file_is_in_the_pdf():
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="635000" cy="317500"/>'
        '<wp:docPr id="1" name="logo" descr="Logo du collectif"/><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="rId9"/></wp:inline></w:drawing></w:r></w:p>'
    )
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" Type="t/image" Target="media/logo.png"/></Relationships>'
    template = word_template.compiled(docx(drawing + p("{{ commune }}"), **{"word/media/logo.png": png(), "word/_rels/document.xml.rels": rels}))
    made = typeset.pdf(template, [typeset.Addressed(VALUES)], **TOLD)
    assert b"/Subtype/Image" in made.replace(b" ", b"")
    assert "Valmorel-sur-Ourse" in text(made)


def test_tables_bold_and_right_alignment_come_through():
    body = (
        '<w:tbl><w:tblGrid><w:gridCol w:w="5000"/><w:gridCol w:w="4000"/></w:tblGrid><w:tr><w:tc>'
        + p("Gauche {{ commune }}")
        + "</w:tc><w:tc>"
        + p("Droite")
        + "</w:tc></w:tr></w:tbl>"
        + p("À droite", properties='<w:pPr><w:jc w:val="right"/></w:pPr>')
    )
    page = pypdfium2.PdfDocument(typeset.pdf(word_template.compiled(docx(body)), [typeset.Addressed(VALUES)], **TOLD))[0].get_textpage()
    said = page.get_text_range()
    left, right, far = (page.get_charbox(said.index(word))[0] for word in ("Gauche", "Droite", "À droite"))
    assert left < right < far


def test_a_text_box_that_cannot_be_set_is_told():
    body = p("{{ commune }}") + "<w:p><w:r><w:pict><w:txbxContent>" + p("perdu") + "</w:txbxContent></w:pict></w:r></w:p>"
    assert word_template.compiled(docx(body)).warnings == (
        "Une zone de texte du modèle ne sera pas dans le PDF : mettez ses mots dans le corps de la lettre.",
    )


def test_the_code_leads_to_the_reply_page():
    from plaidoyer.campaigns.letters.codes import as_svg

    assert as_svg(URL).startswith("<svg")
    assert as_svg(URL) == as_svg(URL)
    assert as_svg(URL) != as_svg(URL + "d")
