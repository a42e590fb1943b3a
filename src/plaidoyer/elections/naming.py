"""Keys and short addresses of lists. A key is made once, from what the prefecture registered, and never changes after."""

from __future__ import annotations

from collections.abc import Collection

from plaidoyer.kit.text import folded


def short(text: str, length: int) -> str:
    """Folded words joined by hyphens, cut at a word: for keys and addresses."""
    words = folded(text).split()
    while len(words) > 1 and len("-".join(words)) > length:
        words.pop()
    return "-".join(words)[:length] or "liste"


def key_of(place: str, head: str, name: str) -> str:
    """The head of list names a list better than its title, which is mistyped and corrected: « 34032-ines-carpentras »."""
    return f"{short(place, 20)}-{short(head or name, 55)}"


def free(wanted: str, taken: Collection[str]) -> str:
    """``wanted``, or the first of wanted-2, wanted-3… that nobody has."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
