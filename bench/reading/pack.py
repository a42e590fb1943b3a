"""Put the invented letters into the package: those that teach, and those that judge (frozen: no weight ever learns from them).

python -m bench.reading.pack
"""

from __future__ import annotations

import json
import lzma

from bench.reading.annotated import CORPUS, HELDBACK, Annotated, load
from plaidoyer.replies.learning.letters import SHIPPED

KEPT = {"segments": ("start", "end", "questions", "role"), "commitments": ("start", "end", "quote", "level", "questions", "measures")}


def row(reply: Annotated, *, frozen: bool) -> dict[str, object]:
    gold = {part: [{key: one[key] for key in keys if key in one} for one in reply.gold[part]] for part, keys in KEPT.items()}
    asked = [{"code": q.code, "text": q.text} for q in reply.questions]
    return {"campaign": reply.campaign, "name": reply.name, "text": reply.text, "questions": asked, "gold": gold, "frozen": frozen}


def main() -> None:
    rows = [row(r, frozen=False) for r in load(CORPUS)] + [row(r, frozen=True) for r in load(HELDBACK)]
    body = json.dumps({"letters": rows}, ensure_ascii=False, sort_keys=True).encode()
    SHIPPED.write_bytes(lzma.compress(body, preset=9))
    frozen = [r for r in rows if r["frozen"]]
    print(f"{len(rows)} letters, {len(frozen)} of them frozen ({len({r['campaign'] for r in frozen})} campaigns), {SHIPPED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
