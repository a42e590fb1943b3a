"""The same letter by the tools that we did not choose, each as its manual says, each with what it can keep kept."""

from __future__ import annotations

import io
import zipfile
from html import escape

from plaidoyer.kit.typesetting import FONTS


def marked(runs: list[dict], break_with: str) -> str:
    """Bold and small words in the mark-up that both tools read."""
    said = ""
    for run in runs:
        if "t" in run:
            text = escape(run["t"]).replace("\n", break_with)
            said += f"<b>{text}</b>" if run.get("b") else text
    return said


def note_of(blocks: list[dict]) -> list[str]:
    return [marked(run["note"], " ") for block in blocks for run in block["runs"] if "note" in run]


def weasyprint_pdf(blocks: list[dict]) -> bytes:
    """Tagged, as ours is."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    style = (
        f"@font-face{{font-family:Literata;src:url(file://{FONTS}/Literata-Regular.ttf)}}"
        f"@font-face{{font-family:Literata;font-weight:700;src:url(file://{FONTS}/Literata-Bold.ttf)}}"
        "@page{size:A4;margin:2cm 2.3cm}body{font:10.5pt/1.4 Literata;margin:0}p{margin:0 0 7pt}.small{font-size:8.5pt}"
    )
    body = "".join(
        f"<p class='{'small' if block.get('size', 11) < 9.5 else ''}' style='text-align:{block['align']};margin-left:{block.get('left', 0)}pt'>"
        f"{block.get('mark', '')} {marked(block['runs'], '<br>')}</p>"
        for block in blocks
    )
    notes = "".join(f"<p class=small>1 {note}</p>" for note in note_of(blocks))
    html = f"<!doctype html><html lang=fr><head><title>Lettre</title><style>{style}</style></head><body>{body}{notes}</body></html>"
    return HTML(string=html).write_pdf(font_config=FontConfiguration(), pdf_variant="pdf/ua-1")


def reportlab_pdf(blocks: list[dict]) -> bytes:
    """Not tagged: it cannot."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    register()
    story = []
    for block in blocks:
        size = 8.5 if block.get("size", 11) < 9.5 else 10.5
        side = {"left": 0, "center": 1, "right": 2, "justify": 4}[block["align"]]
        style = ParagraphStyle(
            "corps", fontName="Literata", fontSize=size, leading=size * 1.4, alignment=side, leftIndent=block.get("left", 0),
            spaceAfter=block.get("after", 0), spaceBefore=block.get("before", 0),
        )  # fmt: skip
        story.append(Paragraph(f"{block.get('mark', '')} {marked(block['runs'], '<br/>')}", style))
    small = ParagraphStyle("note", fontName="Literata", fontSize=8.5, leading=12)
    story += [Paragraph(f"1 {note}", small) for note in note_of(blocks)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=65, rightMargin=65, topMargin=57, bottomMargin=57, invariant=1, title="Lettre").build(story)
    return out.getvalue()


def register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if "Literata" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Literata", FONTS / "Literata-Regular.ttf"))
        pdfmetrics.registerFont(TTFont("Literata-Bold", FONTS / "Literata-Bold.ttf"))
        pdfmetrics.registerFontFamily("Literata", normal="Literata", bold="Literata-Bold", italic="Literata", boldItalic="Literata-Bold")


def docxtpl_template(content: bytes) -> bytes:
    """Our Word model with fields that it understands: one for each of ours, the long ones as text."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as origin, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in origin.namelist():
            target.writestr(name, origin.read(name))
    return out.getvalue()


def docxtpl_word(content: bytes, values: dict[str, str]) -> bytes:
    from docxtpl import DocxTemplate

    template = DocxTemplate(io.BytesIO(content))
    template.render(values, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()
