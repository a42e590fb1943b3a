"""The square code that a telephone reads, as an SVG."""

from __future__ import annotations

import io

import segno


def as_svg(url: str) -> str:
    """Error correction M: a letter that has been folded still reads. Trying all eight masks would cost more than the rest of the letter."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=2, boost_error=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode()
