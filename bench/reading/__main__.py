"""The scoreboard of the reader against plain baselines, accuracy and speed, in one run.

python -m bench.reading            every annotated campaign but those held back
python -m bench.reading --held-back    the campaigns that no rule and no weight saw
python -m bench.reading --json
"""

from __future__ import annotations

import argparse
import json
import resource
import time

from bench.reading import baselines
from bench.reading.annotated import CORPUS, DEV, Annotated, load
from plaidoyer.reading import read
from plaidoyer.replies.learning.scoring import Board, add_alignment, add_commitments

SHOWN = ("alignment", "silence", "commitments", "recall_both", "precision_both", "level", "measures", "exact")


def ours(replies: list[Annotated]) -> tuple[dict[str, float], float]:
    board = Board()
    read(replies[0].document, replies[0].questions)  # the first call opens the lexicon and the weights
    began = time.process_time()
    readings = [read(r.document, r.questions) for r in replies]
    spent = time.process_time() - began
    for reply, reading in zip(replies, readings, strict=True):
        add_alignment(board, reply, reading.passages)
        add_commitments(board, reply, list(reading.commitments))
    return board.line(), sum(len(r.text) for r in replies) / 5000 / spent  # a two-page reply is about 5,000 characters


def plain(replies: list[Annotated], score: baselines.Scores, bar: float) -> dict[str, float]:
    board = Board()
    for reply in replies:
        add_alignment(board, reply, baselines.align(reply, score, bar))
        add_commitments(board, reply, baselines.plain_rules(reply))
    return board.line()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-back", action="store_true")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    replies = load(CORPUS, only_held_back=True) if args.held_back else load(DEV, CORPUS)
    if not replies:
        parser.exit(1, "no campaign is held back (tests/reading/corpus/HELDBACK is empty)\n")
    figures, speed = ours(replies)
    board = {"plaidoyer": figures, "TF-IDF + rules": plain(replies, baselines.tf_idf, 0.08), "BM25 + rules": plain(replies, baselines.bm25, 0.35)}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if args.json:
        print(json.dumps({"board": board, "replies_per_second_per_core": round(speed, 1), "peak_mb": round(memory)}))
        return
    kind = "held back" if args.held_back else "seen in training (docs/reading-quality.md has the cross-validated figures)"
    print(f"{len(replies)} replies, {kind}")
    print(f"{'':16}" + "".join(f"{name:>15}" for name in SHOWN))
    for name, line in board.items():
        print(f"{name:16}" + "".join(f"{line[key]:15.3f}" for key in SHOWN))
    print(f"speed: {speed:.1f} two-page replies per second and core, warm; peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
