"""Makes the fonts with which letters are typeset: fixed weights of Literata and Atkinson Hyperlegible Next, as TTF.

    npm pack @fontsource-variable/literata @fontsource-variable/atkinson-hyperlegible-next
    (unpack both) and: python scripts/build_letter_fonts.py literata/files atkinson/files

The typesetter reads no WOFF2 and no variable weight. Latin and Latin Extended are put together, and both fonts get the narrow
no-break space (U+202F) that French needs and their web subsets lack. Needs ``fonttools[woff]``. Both are under the Open Font
License, without a reserved name: their licences stay beside them.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).resolve().parents[1] / "src/plaidoyer/kit/fonts"
NARROW = 0x202F
MADE = [
    ("Literata", "literata", "normal", 400, "Literata-Regular", "Regular"),
    ("Literata", "literata", "italic", 400, "Literata-Italic", "Italic"),
    ("Literata", "literata", "normal", 700, "Literata-Bold", "Bold"),
    ("Literata", "literata", "italic", 700, "Literata-BoldItalic", "Bold Italic"),
    ("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next", "normal", 400, "AtkinsonHyperlegibleNext-Regular", "Regular"),
    ("Atkinson Hyperlegible Next", "atkinson-hyperlegible-next", "normal", 700, "AtkinsonHyperlegibleNext-Bold", "Bold"),
]


def main() -> None:
    folders = {"literata": Path(sys.argv[1]), "atkinson-hyperlegible-next": Path(sys.argv[2])}
    TARGET.mkdir(exist_ok=True)
    for family, stem, slant, weight, name, style in MADE:
        parts = [fixed(folders[stem] / f"{stem}-{script}-wght-{slant}.woff2", weight) for script in ("latin", "latin-ext")]
        font = together(parts)
        add_narrow_space(font)
        call(font, family, style, name, weight, slant)
        font["head"].modified = font["head"].created  # the same bytes each time it is made
        font.recalcTimestamp = False
        font.save(TARGET / f"{name}.ttf")
        print(f"{name}.ttf  {(TARGET / f'{name}.ttf').stat().st_size:,} bytes")


def fixed(path: Path, weight: int) -> Path:
    font = instantiateVariableFont(TTFont(path), {"wght": weight})
    font.flavor = None
    target = Path("/tmp") / f"{path.stem}-{weight}.ttf"
    font.save(target)
    return target


def together(parts: list[Path]) -> TTFont:
    whole = parts[0].with_suffix(".whole.ttf")
    Merger().merge([str(part) for part in parts]).save(whole)
    return TTFont(whole, lazy=False)


def add_narrow_space(font: TTFont) -> None:
    """As wide as a third of an em less a little: what French printers call « fine »."""
    name, width = "uni202F", round(font["head"].unitsPerEm * 0.18)
    metrics = font["hmtx"].metrics
    glyphs = font["glyf"]
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyphs.glyphs[name] = copy.deepcopy(glyphs["space"])
    glyphs.glyphOrder = font.getGlyphOrder()
    metrics[name] = (width, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW] = name


def call(font: TTFont, family: str, style: str, name: str, weight: int, slant: str) -> None:
    records = font["name"]
    for number in (16, 17, 21, 22, 25):
        records.removeNames(nameID=number)
    for number, text in ((1, family), (2, style), (3, f"{name};plaidoyer"), (4, f"{family} {style}"), (6, name)):
        records.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    is_bold, is_italic = weight >= 700, slant == "italic"
    font["head"].macStyle = int(is_bold) | int(is_italic) << 1
    font["OS/2"].fsSelection = (int(is_italic) | int(is_bold) << 5) or 1 << 6


if __name__ == "__main__":
    main()
