# ruff: noqa: E501  the lines are the XML of Word: cutting them helps nobody
"""The letter typed in blocks, as a Word file that Word and LibreOffice open well: named styles, a real footnote, French as its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from plaidoyer.campaigns.letters.blocks import Paragraph
from plaidoyer.campaigns.letters.word_template import zipped
from plaidoyer.campaigns.letters.wording import typeset

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
STYLES = {
    # key: (styleId, French name, paragraph properties, run properties)
    "head": ("Entete", "Lettre, en-tête", '<w:spacing w:after="360"/>', '<w:b/><w:sz w:val="26"/>'),
    "date": ("LieuDate", "Lettre, lieu et date", '<w:spacing w:after="240"/><w:jc w:val="right"/>', ""),
    "address": ("Destinataire", "Lettre, destinataire", '<w:spacing w:after="0"/><w:ind w:left="4820"/>', ""),
    "object": ("Objet", "Lettre, objet", '<w:spacing w:before="360" w:after="280"/>', "<w:b/>"),
    "greeting": ("Appel", "Lettre, formule d’appel", '<w:spacing w:after="160"/>', ""),
    "body": ("Corps", "Lettre, corps", "", ""),
    "item": ("Puce", "Lettre, puce", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', ""),
    "questions": ("Question", "Lettre, question", '<w:spacing w:after="120"/><w:ind w:left="425" w:hanging="425"/>', ""),
    "signature": ("Signature1", "Lettre, signataire", '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="0"/>', ""),
    "small": ("Petit", "Lettre, petits caractères", '<w:spacing w:before="160" w:after="60" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="17"/>'),
}


def written(paragraphs: Iterable[Paragraph], title: str) -> bytes:
    """A .docx. The same paragraphs give the same bytes."""
    notes: list[str] = []
    body = "".join(as_paragraph(one, notes) for one in paragraphs)
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1304" w:bottom="1134" w:left="1304" w:header="709" w:footer="567" w:gutter="0"/></w:sectPr>'
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES.encode(),
            "_rels/.rels": PACKAGE_RELATIONS.encode(),
            "docProps/core.xml": core(title).encode(),
            "word/_rels/document.xml.rels": DOCUMENT_RELATIONS.encode(),
            "word/styles.xml": styles().encode(),
            "word/numbering.xml": NUMBERING.encode(),
            "word/settings.xml": SETTINGS.encode(),
            "word/footnotes.xml": footnotes(notes).encode(),
            "word/document.xml": f"{PROLOGUE}<w:document {NAMESPACES}><w:body>{body}{page}</w:body></w:document>".encode(),
        }
    )


def as_paragraph(one: Paragraph, notes: list[str]) -> str:
    style, _name, properties, _run = STYLES[one.style]
    content = "".join(runs(one.text))
    if one.note:
        notes.append(one.note)
        content += f'<w:r><w:rPr><w:rStyle w:val="Appelnote"/></w:rPr><w:footnoteReference w:id="{len(notes)}"/></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{hanging(properties)}</w:pPr>{content}</w:p>'


def hanging(properties: str) -> str:
    """Said in the paragraph too, so that whoever looks at it alone knows that its numbers hang."""
    return found[0] if (found := re.search(r"<w:ind [^>]*w:hanging[^>]*/>", properties)) else ""


def runs(text: str) -> Iterator[str]:
    """``**between stars**`` is bold; a line break stays one."""
    for index, piece in enumerate(BOLD.split(typeset(text))):
        if piece:
            said = escape(piece).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
            yield f'<w:r>{"<w:rPr><w:b/></w:rPr>" if index % 2 else ""}<w:t xml:space="preserve">{said}</w:t></w:r>'


def footnotes(notes: list[str]) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="Appelnote"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
    written_notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="Notedebas"/></w:pPr>{mark}{"".join(runs(text))}</w:p></w:footnote>'
        for number, text in enumerate(notes, start=1)
    )
    rules = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    return f"{PROLOGUE}<w:footnotes {NAMESPACES}>{rules}{written_notes}</w:footnotes>"


def styles() -> str:
    own = "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identifier}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        for identifier, name, paragraph, run in STYLES.values()
    )
    return (
        f"{PROLOGUE}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="269" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{own}"
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Notedebas"><w:name w:val="Lettre, note"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr></w:style>'
        '<w:style w:type="character" w:customStyle="1" w:styleId="Appelnote"><w:name w:val="Lettre, appel de note"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        "</w:styles>"
    )


def core(title: str) -> str:
    return (
        f'{PROLOGUE}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>'
    )


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES = (
    f'{PROLOGUE}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{WORD}.numbering+xml"/><Override PartName="/word/footnotes.xml" ContentType="{WORD}.footnotes+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{WORD}.settings+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
PACKAGE_RELATIONS = (
    f'{PROLOGUE}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{KIND}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
DOCUMENT_RELATIONS = (
    f'{PROLOGUE}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{KIND}/{part}" Target="{part}.xml"/>'
        for number, part in enumerate(("styles", "numbering", "footnotes", "settings"), start=1)
    )
    + "</Relationships>"
)
NUMBERING = (
    f'{PROLOGUE}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
SETTINGS = (
    f'{PROLOGUE}<w:settings {NAMESPACES}><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="fr-FR"/></w:settings>'
)
