r"""The public draw of the order of lists, for when panel numbers are not known. Anybody can do it again with a pencil and SHA-256.

The order is that of the hexadecimal SHA-256 of ``seed + "\n" + INSEE code + "\n" + key of the list``, smallest first, all in UTF-8:

    printf 'graine\n92023\nclef-de-la-liste' | sha256sum

The seed is said aloud before the draw, in front of a witness: a lottery number, a page of a book. It is kept with the order, its date and
the witness. A list that comes later needs a new draw; until then it stands last, without a rank.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn_order(seed: str, commune_code: str, keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda key: (ticket(seed, commune_code, key), key))


def ticket(seed: str, commune_code: str, key: str) -> str:
    return hashlib.sha256(f"{seed}\n{commune_code}\n{key}".encode()).hexdigest()
