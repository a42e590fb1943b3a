"""Makes the files of the example campaign from the texts in demo_letters/: real .docx, .pdf, .odt, .eml and .png, all invented.

Run it when a text changes; the files are kept in the package, so that the demonstration needs none of these tools.
"""

from __future__ import annotations

import random
from email.message import EmailMessage
from pathlib import Path
from textwrap import wrap

import docx
import reportlab
from docx.shared import Pt
from odfdo import Document as OdfDocument
from odfdo import Paragraph
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import SimpleDocTemplate

HERE = Path(__file__).parent / "demo_letters"
OUT = Path(__file__).parent.parent / "src/plaidoyer/cli/example/letters"
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"

QUOTED = """
Le lundi, Collectif Le Seuil <reponses@leseuil.example> a écrit :
> Madame, Monsieur,
> Nous avons l'honneur de soumettre cinq questions à toutes les listes de Courvalle.
> Vous engagez-vous à domicilier toute personne ayant un lien avec la commune ?
> Toutes les réponses seront publiées le même jour sur notre site.
"""


def paragraphs(name: str) -> list[str]:
    return (HERE / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")


def is_heading(text: str) -> bool:
    return len(text) < 45 and "\n" not in text and text[-1] not in ".,:;!?"


def write_docx(name: str) -> None:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(11)
    for text in paragraphs(name):
        if is_heading(text) or text[:2] in {"1.", "3.", "5."}:
            document.add_heading(text, level=2)
        else:
            document.add_paragraph(text)
    document.core_properties.author = "Courvalle en partage"
    document.save(OUT / f"{name}.docx")


def write_odt(name: str) -> None:
    document = OdfDocument("text")
    document.body.clear()
    for text in paragraphs(name):
        for line in text.split("\n"):
            document.body.append(Paragraph(line))
    document.save(OUT / f"{name}.odt")


def write_pdf(name: str) -> None:
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=16, spaceAfter=9)
    head = ParagraphStyle("head", parent=body, fontName="Times-Bold", spaceBefore=6)
    story = [PdfParagraph(text.replace("\n", "<br/>"), head if is_heading(text) else body) for text in paragraphs(name)]
    page = SimpleDocTemplate(
        str(OUT / f"{name}.pdf"), pagesize=A4, leftMargin=28 * mm, rightMargin=28 * mm, topMargin=24 * mm, title="Un cap pour Courvalle", invariant=1
    )
    page.build(story)


def write_eml(name: str, sender: str, subject: str, quoted: str) -> None:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = "Collectif Le Seuil <reponses@leseuil.example>"
    message["Subject"] = subject
    message["Date"] = "Sun, 08 Mar 2026 21:14:00 +0100"
    message["Message-ID"] = f"<{name}@courriel.example>"
    message.set_content("\n\n".join(paragraphs(name)) + "\n" + quoted, cte="quoted-printable")
    (OUT / f"{name}.eml").write_bytes(bytes(message))


def write_scan(name: str) -> None:
    """A page photographed on a kitchen table: a little crooked, a little grey."""
    chance = random.Random(7)
    page = Image.new("L", (1240, 1754), 250)
    pen, font, y = ImageDraw.Draw(page), ImageFont.truetype(str(VERA), 29), 190
    for text in paragraphs(name):
        for line in text.split("\n"):
            for part in wrap(line, 62) or [""]:
                pen.text((150, y), part, font=font, fill=35)
                y += 44
        y += 26
    page = page.rotate(0.7, fillcolor=247, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.5))
    pixels = page.load()
    for _ in range(5000):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        pixels[x, y] = max(0, pixels[x, y] - chance.randrange(60))
    page.save(OUT / f"{name}.png", optimize=True)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    write_docx("courvalle-en-partage")
    write_pdf("un-cap-pour-courvalle")
    write_eml("les-quartiers-ensemble", "Naïma Berkouche <contact@quartiers-ensemble.example>", "Re: Cinq questions aux listes de Courvalle", QUOTED)
    write_scan("courvalle-ma-ville")
    write_odt("les-forges-solidaires")
    write_scan("bien-vivre-a-saint-aubrac")
    write_eml("inconnu", "Secrétariat <secretariat@campagne.example>", "Notre réponse", "")
    for name in ("ensemble-pour-pre-lanthenay", "lanthenay-avance"):
        (OUT / f"{name}.txt").write_text("\n\n".join(paragraphs(name)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
