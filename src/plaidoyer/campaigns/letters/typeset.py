"""From a template and the facts of a list to a PDF: the same words as the Word file, tagged, with our fonts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plaidoyer.campaigns.letters.codes import as_svg
from plaidoyer.campaigns.letters.filling import filled
from plaidoyer.campaigns.letters.values import Values
from plaidoyer.campaigns.letters.word_sheet import Sheet
from plaidoyer.campaigns.letters.word_template import WordTemplate
from plaidoyer.kit.typesetting import Press

HERE = Path(__file__).resolve().parent
PLAIN: list[Press] = []  # the press of letters without pictures, made when first needed
CALL = "Pour répondre en ligne, photographiez ce code ou recopiez l’adresse :"


@dataclass(frozen=True, slots=True)
class Addressed:
    """One letter to set: its values, and the page where the list answers (empty: no code)."""

    values: Values
    reply_url: str = ""


def pdf(template: WordTemplate, letters: Sequence[Addressed], *, title: str, author: str, dated: datetime.date) -> bytes:
    """One letter, or all of them one after the other for the printer. Same letters, same bytes."""
    sheet = template.sheet
    data = {"title": title, "author": author, "page": dict(sheet.page), "letters": [as_data(sheet, one) for one in letters]}
    press = Press(HERE / "letter.typ", sheet.pictures) if sheet.pictures else plain_press()
    return press.pdf(data, made_on=dated)


def plain_press() -> Press:
    if not PLAIN:
        PLAIN.append(Press(HERE / "letter.typ"))
    return PLAIN[0]


def as_data(sheet: Sheet, one: Addressed) -> dict[str, Any]:
    parts = {name: list(filled(getattr(sheet, name), one.values)) for name in ("head", "foot", "blocks")}
    code = {"svg": as_svg(one.reply_url), "url": one.reply_url, "words": CALL} if one.reply_url else None
    return {**parts, "code": code}
