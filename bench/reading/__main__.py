"""The scoreboard of the reader, accuracy and speed, beside plain baselines, in one run.

python -m bench.reading              the scoreboard
python -m bench.reading --formats    also the same letters as .docx, .odt, .pdf and .eml
python -m bench.reading --ablation   also without each kind of sign
python -m bench.reading --cv         also cross-validation by campaign (trains again: minutes, nothing is saved)
python -m bench.reading --keep       write the scoreboard into docs/reading-quality.md, and the figures of the quality page
python -m bench.reading --gate       compare to the kept scoreboard; a loss of more than 0.02 fails (less than a minute)
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.reading import baselines, quality, scoreboard
from bench.reading.annotated import CORPUS, DEV, HELDBACK, Annotated, load
from bench.reading.measured import LAYOUTS, Measured, measure, off, reliability
from plaidoyer.replies.learning.scoring import Board, add_alignment, add_commitments

SHOWN = scoreboard.SHOWN
RIVALS = {"TF-IDF + rules": (baselines.tf_idf, 0.08), "BM25 + rules": (baselines.bm25, 0.35)}


def sets() -> dict[str, list[Annotated]]:
    """The letters by what the reader has seen of them. The letters beside the checkout are real ones, and are not always there."""
    every = {"held back": load(HELDBACK) or load(CORPUS, only_held_back=True), "corpus": load(CORPUS), "beside": load(DEV)}
    return {name: replies for name, replies in every.items() if replies}


def rival(replies: list[Annotated], score: baselines.Scores, bar: float) -> dict[str, float]:
    board = Board()
    for reply in replies:
        add_alignment(board, reply, baselines.align(reply, score, bar))
        add_commitments(board, reply, baselines.plain_rules(reply))
    return board.line()


def show(name: str, line: dict[str, float]) -> None:
    print(f"{name:26}" + "".join(f"{line[key]:15.3f}" for key in SHOWN))


def starting() -> tuple[float, float]:
    """(seconds, MB) of the command ``plaidoyer read`` on one letter, from nothing."""
    reply = load(CORPUS)[0]
    with tempfile.TemporaryDirectory() as folder:
        letter, asked = Path(folder) / "lettre.txt", Path(folder) / "questions.md"
        letter.write_text(reply.text, encoding="utf-8")
        asked.write_text("\n".join(f"{q.code}. {' '.join(q.text.split())}" for q in reply.questions), encoding="utf-8")
        began = time.monotonic()
        command = [
            sys.executable,
            "-c",
            "import sys; from plaidoyer.cli import main; sys.exit(main())",
            "read",
            str(letter),
            "--questions",
            str(asked),
            "--json",
        ]
        subprocess.run(command, check=True, capture_output=True)
        return time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def five_pages() -> float:
    """Seconds for the first suggestions on a five-page letter."""
    from plaidoyer.reading import read
    from plaidoyer.reading.types import Document, Source

    every = load(CORPUS)
    replies = [r for r in every if r.campaign == every[0].campaign]
    text = "\n\n".join(r.text for r in replies * 4)[:12_500]
    began = time.monotonic()
    read(Document(text, Source("", "text/plain"), "txt"), replies[0].questions)
    return time.monotonic() - began


def print_board(found: dict[str, Measured], rivals: dict[str, dict[str, float]]) -> None:
    print(f"{'':26}" + "".join(f"{name:>15}" for name in SHOWN))
    for name, one in found.items():
        show(f"plaidoyer, {name} ({one.letters})", one.board.line())
    for name, line in rivals.items():
        show(name, line)
    honest = next(iter(found.values()))
    print(f"\nby layout ({next(iter(found))})")
    for key in LAYOUTS:
        if key in honest.layouts:
            show(f"  {key} ({len(honest.layouts[key].alignments)})", honest.layouts[key].line())
    for name, judged in (("passages", honest.passages), ("commitments", honest.promises)):
        rows = reliability(judged)
        bands = ", ".join(f"{row['said']:.2f} said {row['right']:.2f} true ({row['count']})" for row in rows)
        print(f"\nprobabilities of {name}, off by {off(rows):.3f} on average: {bands}")


def print_speed(found: dict[str, Measured]) -> None:
    total = Measured(seconds=sum(one.seconds for one in found.values()), characters=sum(one.characters for one in found.values()))
    seconds, memory = starting()
    print(f"\nspeed: {total.speed:.1f} two-page replies per second and core, warm; five pages in {five_pages():.2f} s;", end=" ")
    print(f"plaidoyer read: {seconds:.2f} s and {memory:.0f} MB, all in")


def print_formats(replies: list[Annotated], text: dict[str, float]) -> None:
    from bench.reading.formats import boards

    print("\nthe same letters (held back, else corpus) by format")
    show("  txt", text)
    for name, line in boards(replies).items():
        show(f"  {name}", line)


def print_ablation(replies: list[Annotated]) -> None:
    from bench.reading.ablation import boards

    print("\nwithout one kind of sign, not learnt again")
    for name, line in boards(replies).items():
        print(f"{name:34}" + "".join(f"{line[key]:13.3f}" for key in SHOWN))


def cross_validate() -> None:
    for module in ("train_alignment", "train_commitments"):
        print(f"\ncross-validation by campaign, {module}", flush=True)
        subprocess.run([sys.executable, "-m", f"bench.reading.{module}"], check=True)


def gate(found: dict[str, Measured]) -> int:
    now = {name: one.board.line() for name, one in found.items()}
    said = scoreboard.losses(scoreboard.kept(scoreboard.PAGE.read_text(encoding="utf-8")), now)
    for name, line in now.items():
        show(name, line)
    print("\n".join(said) or "the reader reads as well as the kept scoreboard says")
    return 1 if said else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for flag in ("gate", "keep", "formats", "ablation", "cv", "json"):
        parser.add_argument(f"--{flag}", action="store_true")
    args = parser.parse_args()
    letters = sets()
    if args.gate or args.keep:
        letters.pop("beside", None)  # what is kept must be the same on every machine
    found = {name: measure(replies) for name, replies in letters.items()}
    if args.gate:
        return gate(found)
    first = next(iter(letters))
    rivals = {f"{name}, {first}": rival(letters[first], *how) for name, how in RIVALS.items()}
    if args.keep:
        scoreboard.keep({name: one.board.line() for name, one in found.items()})
        quality.write(found[first], {name: rival(letters[first], *how) for name, how in RIVALS.items()}, unseen=first == "held back")
    if args.json:
        print(json.dumps({name: one.board.line() for name, one in found.items()} | rivals))
        return 0
    print_board(found, rivals)
    print_speed(found)
    if args.formats:
        print_formats(letters[first], found[first].board.line())
    if args.ablation:
        print_ablation(letters[first])
    if args.cv:
        cross_validate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
