"""OpenDocument files with traps, written part by part."""

from __future__ import annotations

import zipfile
from io import BytesIO

SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)
MIMETYPE = "application/vnd.oasis.opendocument.text"
STYLES = """
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")" text:display-levels="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="&#xF0B7;"/></text:list-style>
<style:style style:name="Cache" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Barre" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
"""


def package(body: str, *, prolog: str = "", margins: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """An .odt of ``body`` (the XML inside office:text)."""
    sheet = BytesIO()
    with zipfile.ZipFile(sheet, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f"{prolog}<office:document-content {SPACES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:master-styles><style:master-page style:name='M'>{margins}</style:master-page></office:master-styles></office:document-styles>",
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return sheet.getvalue()


def p(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


def listing(items: list[str], style: str) -> str:
    """A list; an item that is already XML is kept (a nested list)."""
    return f'<text:list text:style-name="{style}">{"".join(f"<text:list-item>{item if item.startswith('<') else p(item)}</text:list-item>" for item in items)}</text:list>'


def table(rows: list[list[str]]) -> str:
    lines = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell>{p(cell)}</table:table-cell>' for cell in row)}</table:table-row>" for row in rows
    )
    return f"<table:table>{lines}</table:table>"


def note(mark: str, text: str) -> str:
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{mark}</text:note-citation><text:note-body>{p(text)}</text:note-body></text:note>'
    )
