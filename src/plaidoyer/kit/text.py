"""Folding of French names, for search and matching; never for what is shown or kept."""

from __future__ import annotations

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^0-9a-z]+")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE", "’": "'", "‑": "-", "–": "-"})
ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def folded(text: str) -> str:
    """Lower case, no accent, single spaces, "st" spelt out: ``folded("St-Étienne-du-Rouvray")`` is "saint etienne du rouvray"."""
    plain = unicodedata.normalize("NFKD", text.translate(LIGATURES)).encode("ascii", "ignore").decode().lower()
    return " ".join(ABBREVIATIONS.get(word, word) for word in NOT_A_WORD.sub(" ", plain).split())


def first_free(base: str, taken: set[str]) -> str:
    """``base``, or ``base-2``, ``base-3``… : the first that nobody has taken."""
    return next(name for number in range(1, len(taken) + 2) if (name := base if number == 1 else f"{base}-{number}") not in taken)
