"""Put into the package what learning needs: the letters that judge (frozen: no weight ever learns from them), and how firmly those that
taught hold each weight. The letters that taught stay in the repository.

python -m bench.reading.pack
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np

from bench.reading.annotated import CORPUS, HELDBACK, Annotated, load
from plaidoyer.replies.learning import firmness, heads, letters, shelf
from plaidoyer.replies.learning.adapt import HEADS, named
from plaidoyer.replies.learning.batches import Batch, Case
from plaidoyer.replies.learning.letters import Letter

KEPT = {"segments": ("start", "end", "questions", "role"), "commitments": ("start", "end", "quote", "level", "questions", "measures")}
WORTH = 0.005  # what adds less than this share to the plain hold is left out: no weight would move by a thousandth
Found = dict[str, Counter[str]]


def row(reply: Annotated) -> dict[str, object]:
    gold = {part: [{key: one[key] for key in keys if key in one} for one in reply.gold[part]] for part, keys in KEPT.items()}
    asked = [{"code": q.code, "text": q.text} for q in reply.questions]
    return {"campaign": reply.campaign, "name": reply.name, "text": reply.text, "questions": asked, "gold": gold}


# == how firmly the letters that taught hold each weight


def held(letter: Letter) -> Found:
    """Letters do not depend on one another: what each holds adds up, with one letter in memory at a time."""
    made = heads.cases([letter])
    return {head: diagonal(getattr(made, head), shipped_weights(file, head)) for file, head, _ in HEADS}


def diagonal(cases: Sequence[Case], weights: Mapping[str, float]) -> Counter[str]:
    if not cases:
        return Counter()
    names = sorted(set().union(*map(named, cases)))
    found = Batch(cases, names).certainty(np.array([weights.get(name, 0.0) for name in names]))
    return Counter(dict(zip(names, found.tolist(), strict=True)))


@cache
def shipped_weights(file: str, head: str) -> dict[str, float]:
    return heads.weights_of(shelf.base()[file], head)


def worth_keeping(parts: Iterable[Found]) -> dict[str, dict[str, float]]:
    total: Found = {head: Counter() for _, head, _ in HEADS}
    for part in parts:
        for head, found in part.items():
            total[head].update(found)
    return {head: {name: float(f"{v:.3g}") for name, v in total[head].items() if v >= WORTH * hold} for _, head, hold in HEADS}


# == the two files


def pack_judges() -> None:
    rows = [row(reply) for reply in load(HELDBACK)]
    letters.SHIPPED.write_bytes(lzma.compress(json.dumps({"letters": rows}, ensure_ascii=False, sort_keys=True).encode(), preset=9))
    print(f"{len(rows)} letters that judge ({len({r['campaign'] for r in rows})} campaigns), {letters.SHIPPED.stat().st_size:,} bytes")


def pack_firmness() -> None:
    taught = [Letter(r.campaign, r.name, r.text, r.questions, r.gold) for r in load(CORPUS)]
    with ProcessPoolExecutor(2) as pool:
        found = worth_keeping(pool.map(held, taught, chunksize=8))
    firmness.write(firmness.SHIPPED, found)
    count = sum(map(len, found.values()))
    print(f"{len(taught)} letters that taught hold {count:,} weights, {firmness.SHIPPED.stat().st_size:,} bytes")


if __name__ == "__main__":
    pack_judges()
    pack_firmness()
