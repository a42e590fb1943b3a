"""How fast the outbox queues and sends, and that it holds at full size. ``python -m bench.mail [letters to queue] [letters for S1] [for S2]``

Everything on loopback, in scratch folders; the figures go to the screen.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.sender_process import house, run
from tests.faults.smtp_sink import Sink, at_random, running


def most(sink: Sink) -> int:
    """Messages that the most favoured recipient would find: 1, or we have failed."""
    return max(sink.taken.values())


def main(queued: int, killed: int, together: int) -> None:
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as env, running(Sink(keeps_texts=False)) as sink:
        run(env, "fill", str(sink.port), "1")
        start = time.perf_counter()
        run(env, "fill", str(sink.port), str(queued), timeout=600)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak = used.ru_maxrss // 1024
        spent = used.ru_utime + used.ru_stime
        print(f"queue {queued:,} messages: {time.perf_counter() - start:.1f} s, start included ({spent:.1f} s of CPU); peak {peak} MB")

        run(env, "fill", str(sink.port), str(together), timeout=600)
        sink.taken.clear()
        start = time.perf_counter()
        told = run(env, "together", "8", timeout=3600)
        print(f"eight senders, {together:,} letters: {time.perf_counter() - start:.1f} s; {told}; distinct {len(sink.taken):,}, most {most(sink)}")

    plan = at_random(7, busy=0.2, gone=0.02, late_busy=0.05, taken=0.01, lost=0.01)
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as env, running(Sink(plan=plan, keeps_texts=False)) as sink:
        run(env, "fill", str(sink.port), str(killed), timeout=600)
        start = time.perf_counter()
        told = run(env, "storm", "50", "7", "1.5", timeout=3600)
        print(f"fifty killed senders, {killed:,} letters: {time.perf_counter() - start:.1f} s; {told}; most {most(sink)}")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]]
    main(*(numbers + [50_000, 2_000, 10_000][len(numbers) :]))
