"""The last scoreboard, kept in docs/reading-quality.md between two marks, and the gate that compares today's reader to it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bench.reading.annotated import ROOT

PAGE = ROOT / "docs" / "reading-quality.md"
OPEN, CLOSE = "<!-- scoreboard: written by python -m bench.reading --keep -->", "<!-- end of scoreboard -->"
SHOWN = ("alignment", "silence", "commitments", "recall_both", "precision_both", "level", "measures", "exact")
LOSS = 0.02
Line = Mapping[str, float]


def written(lines: Mapping[str, Line]) -> str:
    head = f"| letters | number | {' | '.join(name.replace('_', ' ') for name in SHOWN)} |"
    rows = [f"| {name} | {int(line['replies'])} | {' | '.join(f'{line[key]:.3f}' for key in SHOWN)} |" for name, line in lines.items()]
    return "\n".join([OPEN, head, "|---" * (len(SHOWN) + 2) + "|", *rows, CLOSE])


def keep(lines: Mapping[str, Line]) -> None:
    page = PAGE.read_text(encoding="utf-8")
    if OPEN not in page:
        raise SystemExit(f"{PAGE} has no place for the scoreboard: add the lines\n{OPEN}\n{CLOSE}")
    before, _, rest = page.partition(OPEN)
    PAGE.write_text(before + written(lines) + rest.partition(CLOSE)[2], encoding="utf-8")


def kept(page: str) -> dict[str, dict[str, float]]:
    """What was written last, by the name of each set of letters."""
    inside = page.partition(OPEN)[2].partition(CLOSE)[0]
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in inside.splitlines() if re.match(r"\| [\w ]+ \| \d", line)]
    return {name: dict(zip(("replies", *SHOWN), map(float, cells), strict=True)) for name, *cells in rows}


def losses(before: Mapping[str, Line], now: Mapping[str, Line]) -> list[str]:
    """What the gate refuses, in sentences; empty when everything holds."""
    if not before:
        return ["no scoreboard is kept in docs/reading-quality.md: run python -m bench.reading --keep"]
    said = []
    for name, line in before.items():
        today = now.get(name)
        if today is None or today["replies"] != line["replies"]:
            said.append(f"{name}: the letters are not those of the kept line: run python -m bench.reading --keep, and say why in the commit")
            continue
        said += [f"{name}: {key} {line[key]:.3f} → {today[key]:.3f}" for key in SHOWN if today[key] < line[key] - (LOSS if key != "exact" else 0)]
    return said
