"""The figures of the letters, in one run: ``python -m bench.letters [--quick]``. Ratios count, seconds depend on the machine.

Needs the development group ``bench`` (WeasyPrint, docxtpl); a tool that is not installed is said, never guessed.
"""

from __future__ import annotations

import datetime
import importlib.util
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from bench.letters import rivals
from bench.letters.letter import as_word, facts, set_blocks, template
from plaidoyer.campaigns.letters import typeset
from plaidoyer.campaigns.letters.values import as_text

DATED = datetime.date(2026, 2, 9)


def costs(makers: dict[str, Callable[[int], bytes]], rounds: int) -> dict[str, float]:
    """Milliseconds of processor for one, by tool: they take turns, and the median counts, since a busy machine makes means lie."""
    spent: dict[str, list[float]] = {name: [] for name in makers}
    for number in range(rounds + 1):
        for name, make in makers.items():
            started = time.process_time()
            make(number)
            spent[name].append(time.process_time() - started)
    return {name: statistics.median(times[1:]) * 1000 for name, times in spent.items()}  # the first loads fonts and modules


def told(label: str, value: float, goal: str, *, holds: bool) -> bool:
    print(f"  {label:<46} {value:8.2f}   {goal:<22} {'tient' if holds else 'NE TIENT PAS'}")
    return holds


def documents(count: int) -> list[bool]:
    ready = template()
    texts = [set_blocks(ready, number) for number in range(count + 1)]
    empty = {"paragraphe_local": "", "fiche_communale": ""}
    flat = [{name: as_text(value) for name, value in facts(number).items()} | empty for number in range(count + 1)]
    model = rivals.docxtpl_template(as_word())

    def ours(number: int) -> bytes:
        return typeset.pdf(ready, [typeset.Addressed(facts(number))], title="Lettre", author="Un toit", dated=DATED)

    makers: dict[str, Callable[[int], bytes]] = {
        "PDF": ours,
        "Word": lambda number: ready.merge(facts(number)),
        "ReportLab": lambda number: rivals.reportlab_pdf(texts[number]),
        "WeasyPrint": lambda number: rivals.weasyprint_pdf(texts[number]),
        "docxtpl": lambda number: rivals.docxtpl_word(model, flat[number]),
    }
    absent = [name for name in ("WeasyPrint", "docxtpl") if not importlib.util.find_spec(name.lower())]
    spent = costs({name: make for name, make in makers.items() if name not in absent}, count)
    print("Une lettre, en ms de processeur : " + ", ".join(f"{name} {value:.2f}" for name, value in spent.items()))
    for name in absent:
        print(f"  {name} n’est pas installé : pas mesuré.")
    held = [told("mêmes faits, mêmes octets (PDF, Word)", 1, "= 1", holds=ours(3) == ours(3) and ready.merge(facts(3)) == ready.merge(facts(3)))]
    for mine, theirs, goal in (("PDF", "WeasyPrint", 6), ("PDF", "ReportLab", 1.2), ("Word", "docxtpl", 2.5)):
        if theirs in spent:
            ratio = spent[theirs] / spent[mine]
            held.append(told(f"{mine}, fois plus rapide que {theirs}", ratio, f"≥ {goal:g}".replace(".", ","), holds=ratio >= goal))
    return held


def flat_memory(count: int) -> bool:
    """The same process, many letters: what it holds must not grow with them."""
    ready = template()
    for number in range(count):
        typeset.pdf(ready, [typeset.Addressed(facts(number))], title="Lettre", author="Un toit", dated=DATED)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return told(f"mémoire après {count} PDF de plus, Mo", held, "≤ 300", holds=held <= 300)


def queueing(count: int) -> list[bool]:
    done = subprocess.run([sys.executable, "-m", "bench.letters.queueing", str(count), "5"], capture_output=True, text=True, check=True)
    made, took, busy, before, most = (float(word) for word in done.stdout.split())
    print(
        f"Mettre en file {made:.0f} messages ({count // 5} communes) : {took:.1f} s, dont {busy:.1f} s de processeur ; mémoire avant {before:.0f} Mo"
    )
    return [told("secondes", took, "< 60", holds=took < 60 * count / 50_000), told("mémoire au plus haut, Mo", most, "< 500", holds=most < 500)]


def main() -> int:
    quick = "--quick" in sys.argv
    held = [*documents(10 if quick else 30), flat_memory(400 if quick else 2_000), *queueing(5_000 if quick else 50_000)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
