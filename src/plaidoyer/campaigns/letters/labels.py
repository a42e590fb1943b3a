"""Sheets of address labels: 3 × 8 on A4, the size that every stationer sells (70 × 37 mm)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from plaidoyer.kit.typesetting import Press

PRESS = Press(Path(__file__).resolve().parent / "labels.typ")


def pdf(addresses: Sequence[Sequence[str]], *, title: str, dated: datetime.date) -> bytes:
    """``addresses``: the lines of each label, in the order of the letters."""
    return PRESS.pdf({"title": title, "labels": [list(lines)[:6] for lines in addresses]}, made_on=dated)
