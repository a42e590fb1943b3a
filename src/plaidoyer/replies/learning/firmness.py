"""How firmly the letters that taught the shipped reader hold each of its weights: what they would lose if it moved.

That depends on nothing of an installation: ``python -m bench.reading.pack`` computes it once, the package carries it, learning reads it.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Mapping
from pathlib import Path

from plaidoyer.accounts.refusals import ActRefusedError
from plaidoyer.replies.learning import shelf

SHIPPED = Path(__file__).with_name("firmness.json.xz")
Firmness = Mapping[str, Mapping[str, float]]  # head: name of a weight: how firmly; a name that is not there is held by the plain hold alone
STALE = (
    "Impossible d’apprendre : le fichier des apprentissages d’origine ne va pas avec les poids livrés du lecteur. Réinstallez Plaidoyer "
    "(ou, si vous venez d’entraîner le lecteur vous-même, lancez « python -m bench.reading.pack »). La lecture, elle, continue."
)


def write(path: Path, found: Firmness) -> None:
    body = json.dumps({"weights": shelf.shipped(), "heads": found}, ensure_ascii=False, sort_keys=True)
    path.write_bytes(lzma.compress(body.encode(), preset=9))


def shipped() -> Firmness:
    """Refused when it was computed with other weights than those that are shipped: what is learnt would be held in the wrong places."""
    try:
        with lzma.open(SHIPPED, "rt", encoding="utf-8") as f:
            told = json.load(f)
        if told["weights"] == shelf.shipped():
            found: Firmness = told["heads"]
            return found
    except (OSError, EOFError, lzma.LZMAError, ValueError, KeyError, TypeError) as problem:
        raise ActRefusedError(STALE) from problem
    raise ActRefusedError(STALE)
