from io import BytesIO

import pytest
from reportlab.lib import colors, pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from plaidoyer.reading.types import State
from tests.reading.documents.reading_aids import codes, read, said, sentence

LEFT = ["Engagement 1 : domicilier chaque", "personne qui le demande, sans", "condition de durée de séjour ni", "de titre, sous quinze jours."]
RIGHT = ["Engagement 2 : ouvrir les douches", "municipales tous les jours, le", "dimanche compris, et créer une", "bagagerie près de la gare."]
STYLE = getSampleStyleSheet()["Normal"]


def drawn(*pages: list[tuple[float, float, str]], size: float = 11, **settings) -> bytes:
    """Pages on which each text is drawn at (x, y from the top), in the order given."""
    sheet = BytesIO()
    pen = canvas.Canvas(sheet, pagesize=A4, **settings)
    for page in pages:
        pen.setFont("Helvetica", size)
        for x, y, text in page:
            pen.drawString(x, A4[1] - y, text)
        pen.showPage()
    pen.save()
    return sheet.getvalue()


def lines(x: float, y: float, texts: list[str], step: float = 14) -> list[tuple[float, float, str]]:
    return [(x, y + step * number, text) for number, text in enumerate(texts)]


def test_two_columns_drawn_line_by_line_are_read_one_after_the_other():
    page = [place for pair in zip(lines(60, 200, LEFT), lines(320, 200, RIGHT), strict=True) for place in pair]
    assert read(drawn(page)).text == "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)


def test_what_is_drawn_last_but_stands_first_is_read_first():
    page = lines(60, 300, ["Puis la suite de la lettre, écrite plus bas."]) + lines(60, 200, ["D'abord le début de la lettre."])
    assert read(drawn(page)).text == "D'abord le début de la lettre.\n\nPuis la suite de la lettre, écrite plus bas."


def test_labels_and_values_at_one_height_are_rows():
    page = lines(60, 200, ["Domiciliation", "Cantine", "Douches"]) + lines(250, 200, ["Oui, sans condition", "Un euro le repas", "Gratuites"])
    document = read(drawn(page))
    assert said(document, "row") == ["Domiciliation\tOui, sans condition", "Cantine\tUn euro le repas", "Douches\tGratuites"]


def test_a_ruled_table_keeps_the_wrapped_lines_of_a_cell_together():
    sheet = BytesIO()
    value = Paragraph("La domiciliation sera faite sous quinze jours, sans condition de durée de séjour, pour toute personne qui la demande.", STYLE)
    table = Table([["Domiciliation", value], ["Cantine", "Oui"]], colWidths=[100, 200], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    SimpleDocTemplate(sheet).build([table])
    rows = said(read(sheet.getvalue()), "row")
    assert [row.split("\t")[0] for row in rows] == ["Domiciliation", "Cantine"]
    assert rows[0].split("\t")[1].replace("\n", " ").endswith("pour toute personne qui la demande.")


def test_a_sentence_broken_by_a_page_goes_on_and_margins_stand_apart():
    def page(number: int, texts: list[str]) -> list[tuple[float, float, str]]:
        return [(60, 40, "Cap au large, élections"), (280, 820, f"Page {number} sur 2"), *lines(60, 100, texts)]

    document = read(
        drawn(
            page(1, ["Nous ouvrirons vingt places d'accueil pour la", "nuit, et nous les ouvrirons avant que la"]), page(2, ["précarité ne gagne."])
        )
    )
    assert document.text == (
        "Nous ouvrirons vingt places d'accueil pour la\nnuit, et nous les ouvrirons avant que la\nprécarité ne gagne."
        "\n\nCap au large, élections\n\nPage 1 sur 2\n\nPage 2 sur 2"
    )
    assert said(document, "header") == ["Cap au large, élections"]
    assert [place.page for place in document.places if place.role == "paragraph"] == [1, 2]


def test_a_footnote_does_not_cut_the_sentence_that_crosses_the_page():
    sheet = BytesIO()
    pen = canvas.Canvas(sheet, pagesize=A4)
    pen.setFont("Helvetica", 11)
    for x, y, text in lines(60, 100, ["Nous ouvrirons vingt places d'accueil pour la nuit,", "et nous les ouvrirons avant que la"]):
        pen.drawString(x, A4[1] - y, text)
    pen.setFont("Helvetica", 8)
    pen.drawString(60, 100, "1 Sous réserve du budget.")
    pen.showPage()
    pen.setFont("Helvetica", 11)
    pen.drawString(60, A4[1] - 100, "précarité ne gagne.")
    pen.save()
    document = read(sheet.getvalue())
    assert document.text.startswith("Nous ouvrirons vingt places d'accueil pour la nuit,\net nous les ouvrirons avant que la\nprécarité ne gagne.")
    assert said(document, "note") == ["1 Sous réserve du budget."]


def test_a_hyphen_at_a_line_end_is_kept():
    assert read(drawn(lines(60, 200, ["Nous construirons des loge-", "ments."]))).text == "Nous construirons des loge-\nments."


def test_white_between_lines_parts_paragraphs_and_bullets_are_items():
    page = lines(60, 200, ["Nous ouvrirons un accueil.", "Il sera gratuit pour tous."]) + lines(60, 250, ["- une bagagerie", "- des douches"])
    document = read(drawn(page))
    assert document.text == "Nous ouvrirons un accueil.\nIl sera gratuit pour tous.\n\n- une bagagerie\n- des douches"
    assert said(document, "item") == ["- une bagagerie", "- des douches"]


def test_every_line_has_its_box_on_the_page():
    document = read(drawn(lines(60, 200, ["Nous ouvrirons."])))
    (place,) = [place for place in document.places if place.role == "line"]
    assert place.page == 1
    assert place.box is not None
    assert 59 <= place.box[0] <= 62
    assert 185 <= place.box[1] <= 192
    assert 200 <= place.box[3] <= 206


def test_what_was_typed_in_a_form_is_read():
    sheet = BytesIO()
    pen = canvas.Canvas(sheet, pagesize=A4)
    pen.drawString(60, 700, "Votre engagement :")
    pen.acroForm.textfield(name="reponse", x=60, y=640, width=300, height=30, value="Nous ouvrirons vingt places.")
    pen.save()
    assert read(sheet.getvalue()).text == "Votre engagement :\n\nNous ouvrirons vingt places."


def test_struck_words_are_told():
    sheet = BytesIO()
    pen = canvas.Canvas(sheet, pagesize=A4)
    pen.setFont("Helvetica", 12)
    pen.drawString(60, 700, "cent")
    pen.drawString(90, 700, "places")
    pen.line(60, 704, 83, 704)
    pen.save()
    document = read(sheet.getvalue())
    assert document.text == "cent places"
    assert "« cent »" in sentence(document, "struck-text")


def test_an_encrypted_file_is_told():
    document = read(drawn([(60, 200, "Oui.")], encrypt=pdfencrypt.StandardEncryption("secret", strength=128)))
    assert (document.text, document.state) == ("", State.NO_TEXT)
    assert "mot de passe" in sentence(document, "encrypted")


@pytest.mark.slow
def test_a_thousand_pages_are_read_up_to_a_limit_that_is_told():
    document = read(drawn(*[[(60, 200, f"Ligne {number}.")] for number in range(1001)]))
    assert document.source.pages == 1001
    assert "Ligne 149." in document.text
    assert "Ligne 150." not in document.text
    assert "1001 pages" in sentence(document, "too-many-pages")


def test_a_file_cut_short_is_a_state_for_a_person():
    whole = drawn([(60, 200, "Oui.")])
    document = read(whole[: len(whole) // 3])
    assert document.state is State.NO_TEXT
    assert codes(document)


def test_a_blank_page_is_a_state_for_a_person():
    document = read(drawn([]))
    assert (document.text, document.state) == ("", State.NO_TEXT)
    assert "no-text" in codes(document)
