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


def cost(make: Callable[[int], bytes], count: int) -> float:
    """Milliseconds of processor for one: the median, since a busy machine makes the mean lie. The first loads fonts and is left out."""
    make(0)
    spent = []
    for number in range(1, count + 1):
        started = time.process_time()
        make(number)
        spent.append(time.process_time() - started)
    return statistics.median(spent) * 1000


def told(label: str, value: float, goal: str, *, holds: bool) -> bool:
    print(f"  {label:<46} {value:8.2f}   {goal:<22} {'tient' if holds else 'NE TIENT PAS'}")
    return holds


def documents(count: int) -> list[bool]:
    ready = template()
    content = as_word()
    texts = {number: set_blocks(ready, number) for number in range(count + 1)}
    flat = {
        number: {name: as_text(value) for name, value in facts(number).items()} | {"paragraphe_local": "", "fiche_communale": ""}
        for number in range(count + 1)
    }

    def ours(number: int) -> bytes:
        return typeset.pdf(ready, [typeset.Addressed(facts(number))], title="Lettre", author="Un toit", dated=DATED)

    pdf, word = cost(ours, count * 2), cost(lambda number: ready.merge(facts(number)), count * 10)
    print(f"Une lettre, en ms de processeur : PDF {pdf:.2f}, Word {word:.2f}")
    held = [told("mêmes faits, mêmes octets (PDF, Word)", 1, "= 1", holds=ours(3) == ours(3) and ready.merge(facts(3)) == ready.merge(facts(3)))]
    if importlib.util.find_spec("weasyprint"):
        ratio = cost(lambda number: rivals.weasyprint_pdf(texts[number]), count) / pdf
        held.append(told("PDF, fois plus rapide que WeasyPrint", ratio, "≥ 6", holds=ratio >= 6))
    else:
        print("  WeasyPrint n’est pas installé : pas mesuré.")
    ratio = cost(lambda number: rivals.reportlab_pdf(texts[number]), count) / pdf
    held.append(told("PDF, fois plus rapide que ReportLab", ratio, "≥ 1,2", holds=ratio >= 1.2))
    if importlib.util.find_spec("docxtpl"):
        model = rivals.docxtpl_template(content)
        ratio = cost(lambda number: rivals.docxtpl_word(model, flat[number]), count) / word
        held.append(told("Word, fois plus rapide que docxtpl", ratio, "≥ 2,5", holds=ratio >= 2.5))
    else:
        print("  docxtpl n’est pas installé : pas mesuré.")
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
