"""Numbers as word processors print them at the head of a paragraph."""

from __future__ import annotations

from collections.abc import Callable

ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
# Private-use codes of the Symbol and Wingdings fonts, and the letters that Word borrows as bullets.
BULLETS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf076": "❖", "\uf0e0": "→", "\uf0f0": "⇨", "\uf02d": "-", "\uf0be": "—",
    "\uf06f": "□", "\uf0a8": "☐", "\uf071": "❑", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆",
    "\uf046": "☞", "\uf0fe": "☒", "\uf0fd": "☒", "\uf0fb": "✗", "o": "◦", "§": "▪",
    "\uf0c4": "✓", "\ue4c4": "✓", "\u2043": "-",
}  # fmt: skip
CHECKS = {"\uf0fe": "☒", "\uf0fd": "☒", "\uf0fc": "✓", "\uf0a8": "☐", "\uf06f": "☐", "\uf078": "☒"}


def bullet(sign: str) -> str:
    """The sign as everybody's fonts can show it."""
    sign = sign.strip()
    if sign in BULLETS:
        return BULLETS[sign]
    return "•" if sign and all("\ue000" <= letter <= "\uf8ff" for letter in sign) else sign


def numeral(number: int, style: str) -> str:
    """``number`` in an Office or OpenDocument style: decimal/1, upperRoman/I, lowerLetter/a, ordinal…

    >>> numeral(4, "upperRoman"), numeral(28, "a"), numeral(1, "ordinal")
    ('IV', 'bb', '1er')
    """
    printer = PRINTERS.get(style)
    return printer(number) if printer else str(number)


def roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def letters(number: int) -> str:
    """A … z, then aa, bb … as Word and LibreOffice both count."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"


PRINTERS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman, "i": roman, "upperRoman": lambda n: roman(n).upper(), "I": lambda n: roman(n).upper(),
    "lowerLetter": letters, "a": letters, "upperLetter": lambda n: letters(n).upper(), "A": lambda n: letters(n).upper(),
    "decimalZero": lambda n: f"{n:02d}", "none": lambda _: "", "": lambda _: "", "ordinal": ordinal,
}  # fmt: skip
