"""French spacing for our own words. Quotations never pass through here: they stay byte for byte."""

from __future__ import annotations

import re

NARROW = "\u202f"  # before ; ! ? % € and inside guillemets
WIDE = "\u00a0"  # before :

BEFORE_HIGH = re.compile(r"(&#?\w+;)|[ \u00a0\u202f]*([;!?])(?=\s|$|[»”)\]])")  # the end of an HTML entity is no semicolon
BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:(?=\s|$)")
AFTER_OPENING = re.compile(r"«[ \u00a0\u202f]*")
BEFORE_CLOSING = re.compile(r"[ \u00a0\u202f]*»")
UNIT = re.compile(r"(?<=\d)[ \u00a0\u202f](?=[%€]|(?:h|km|m²|ans?|euros?)\b)")
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


def french(text: str) -> str:
    """``french("Qui répond ?")`` has a narrow no-break space before the mark; apostrophes become typographic."""
    text = text.replace("'", "’")
    text = BEFORE_HIGH.sub(lambda found: found[1] or NARROW + found[2], text)
    text = BEFORE_COLON.sub(WIDE + ":", text)
    text = BEFORE_CLOSING.sub(NARROW + "»", AFTER_OPENING.sub("«" + NARROW, text))
    return THOUSANDS.sub(NARROW, UNIT.sub(NARROW, text))


def thousands(number: int) -> str:
    """``thousands(68092)`` is "68 092", with narrow no-break spaces."""
    return f"{number:,}".replace(",", NARROW)
