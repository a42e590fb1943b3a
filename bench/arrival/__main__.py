"""A great arrival of replies, read by several processes. ``python -m bench.arrival [replies, 5000] [workers, 2]``

A scratch installation receives that many different two-page letters of one campaign, made of the invented letters of the corpus, and
``plaidoyer read-waiting`` reads them all. On the screen: seconds, letters a second, memory of one process, and what became of each letter.
"""

from __future__ import annotations

import collections
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from bench.reading.annotated import CORPUS, Annotated, load
from tests.faults.waiting_replies import ROOT, command, fill, states

PAGE = 2_500  # characters


def two_pages(letters: list[Annotated], count: int) -> Iterator[str]:
    """That many letters of two pages, no two alike, made of the invented ones."""
    for n in range(count):
        text = "\n\n".join(letters[(n * 7 + step) % len(letters)].text for step in range(9))
        yield f"Lettre {n}.\n\n{text}"[: 2 * PAGE]


def main(replies: int, workers: int) -> None:
    letters = load(CORPUS)
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PLAIDOYER_HOME": folder, "DJANGO_SETTINGS_MODULE": "plaidoyer.config.settings"}
        env.pop("DATABASE_URL", None)
        fill(env, two_pages(letters, replies), [q.text for q in letters[0].questions])
        began = time.perf_counter()
        subprocess.run(command("--workers", str(workers)), check=True, env=env, cwd=ROOT)
        seconds, peak = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"{replies:,} two-page replies, {workers} processes: {seconds:.0f} s, {replies / seconds:.1f} a second, {peak:.0f} MB at most for one")
        print("; ".join(f"{count} replies: {state} reading" for state, count in collections.Counter(states(env)).items()))


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [5_000, 2][len(numbers) :]))
