"""Word files with every trap, written part by part: no word processor would make all of them at once."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PARTS = {
    "styles": "styles.xml", "numbering": "numbering.xml", "footnotes": "footnotes.xml", "endnotes": "endnotes.xml", "header": "header1.xml",
    "footer": "footer1.xml",
}  # fmt: skip
TYPES = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>
<Override PartName="/word/document.xml" ContentType="{main}"/>{overrides}</Types>"""
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MAIN_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
ROOT_RELATIONS = RELATIONS.format(f'<Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="word/document.xml"/>')

NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1 -"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""
STYLES = """
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Puce"><w:name w:val="Puce"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Cache"><w:name w:val="Cache"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


def package(body: str, *, main: str = MAIN, extra: dict[str, bytes] | None = None, prolog: str = "", **parts: str) -> bytes:
    """A .docx of ``body`` (the XML inside w:body). ``parts`` are the insides of numbering, styles, footnotes, header…"""
    parts = {"styles": STYLES, "numbering": NUMBERING, **parts}
    relations = "".join(f'<Relationship Id="r{kind}" Type="{OFFICE}{kind}" Target="{PARTS[kind]}"/>' for kind in parts)
    overrides = "".join(
        f'<Override PartName="/word/{PARTS[kind]}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        for kind in parts
    )
    tags = {"header": "hdr", "footer": "ftr"}
    margins = "".join(f'<w:{kind}Reference w:type="default" r:id="r{kind}"/>' for kind in ("header", "footer") if kind in parts)
    sheet = BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(main=main, overrides=overrides))
        archive.writestr("_rels/.rels", ROOT_RELATIONS)
        archive.writestr("word/document.xml", f"{prolog}<w:document {SPACES}><w:body>{body}<w:sectPr>{margins}</w:sectPr></w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", RELATIONS.format(relations))
        for kind, inside in parts.items():
            tag = tags.get(kind, kind)
            archive.writestr(f"word/{PARTS[kind]}", f"<w:{tag} {SPACES}>{inside}</w:{tag}>")
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return sheet.getvalue()


def p(inside: str, properties: str = "") -> str:
    """A paragraph; plain text becomes a run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside if inside.startswith('<') else r(inside)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, listing: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listing}"/></w:numPr>')


def deleted(text: str) -> str:
    return f'<w:del w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    return f'<w:ins w:id="2" w:author="A" w:date="2026-01-01T00:00:00Z">{r(text)}</w:ins>'


def table(rows: list[list[str]]) -> str:
    lines = "".join(f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{cell if cell.startswith("<") else p(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def text_box(inside: str, height: int = 0) -> str:
    """A text box as Word writes it: twice, for new and for old readers."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    drawing = (
        f"<w:drawing><wp:anchor><wp:positionH><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV><wp:posOffset>{height}</wp:posOffset></wp:positionV>"
        f'<wp:extent cx="2000000" cy="400000"/><wp:docPr id="7" name="zone"/>'
        f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:prstGeom prst="rect"/></wps:spPr><wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    )
    return f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>'


def note_call(key: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{key}"/></w:r>'


def note(key: int, text: str) -> str:
    return f'<w:footnote w:id="{key}">{p(f"<w:r><w:footnoteRef/></w:r>{r(text)}")}</w:footnote>'


def full_letter() -> bytes:
    """One letter with most of the traps, for the eye and for conversion by a word processor."""
    body = "".join([
        p("Réponse de la liste Cap au large", '<w:pStyle w:val="Titre1"/>'),
        p("Madame, Monsieur,"),
        p(r("L&apos;accueil de jour ouvrira ") + deleted("peut-être ") + inserted("dès ") + r("l’automne") + note_call(2) + r(". Nous le &amp; vous dirons.")),
        numbered("Domicilier toute personne", 1), numbered("sans condition de titre", 1, 1), numbered("sous quinze jours", 1, 1), numbered("Ouvrir les douches", 1),
        p("une puce de style", '<w:pStyle w:val="Puce"/>'), numbered("une autre puce", 2), numbered("Chapitre romain", 3), numbered("Reprise à un", 4),
        table([["Domiciliation", "Oui, sans condition"], ["Cantine", p("1 € le repas") + p("dès 2026")]]),
        p(r("Avant la zone.") + text_box(p("Second encadré"), 900) + text_box(p("Premier encadré"), 100)),
        p(r("Visible ") + r("invisible ", "<w:vanish/>") + r("cachée ", '<w:rStyle w:val="Cache"/>') + r("fin.")),
        p(r("Nous promettons ") + r("cent ", "<w:strike/>") + r("vingt logements.")),
    ])  # fmt: skip
    return package(
        body,
        footnotes='<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>' + note(2, " Sous réserve du budget."),
        header=p("Cap au large — élections 2026"),
        footer=p(r("Page ") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
                 '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("1") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    )  # fmt: skip
