"""What the page « Qualité de la lecture » shows of the shipped reader: one JSON file in the package, written by the bench."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import plaidoyer.replies.learning
from bench.reading.measured import LAYOUTS, Measured, off, reliability
from bench.reading.scoreboard import SHOWN
from plaidoyer.reading import engine_name
from plaidoyer.reading.rules import BY_NAME

TARGET = pathlib.Path(plaidoyer.replies.learning.__file__).with_name("quality.json")
FEW = 5  # a rule seen less often than that says nothing


def facts(found: Measured, rivals: dict[str, dict[str, float]], *, unseen: bool) -> dict[str, Any]:
    passages, promises = reliability(found.passages), reliability(found.promises)
    return {
        "engine": engine_name(), "unseen": unseen,
        "letters": found.letters, "figures": brief(found.board.line()), "rivals": {k: brief(v) for k, v in rivals.items()},
        "layouts": [
            {"name": LAYOUTS[key], "letters": len(found.layouts[key].alignments), **brief(found.layouts[key].line())}
            for key in LAYOUTS if key in found.layouts
        ],
        "rules": [
            {"rule": rule, "why": why(rule), "right": right, "shown": shown}
            for rule, (right, shown) in sorted(found.rules.items(), key=lambda item: -item[1][1]) if shown >= FEW
        ],
        "passages": {"bands": passages, "off": off(passages)}, "commitments": {"bands": promises, "off": off(promises)},
    }  # fmt: skip


def brief(line: dict[str, float]) -> dict[str, float]:
    return {name: line[name] for name in SHOWN}


def why(rule: str) -> str:
    """The sentence that volunteers see, for the rules that have one of their own."""
    plain = {
        "futur": "Le verbe est au futur.", "conditionnel": "Le verbe est au conditionnel.", "bilan": "Un fait déjà accompli.",
        "sans-verbe": "Sans verbe, sous une question : une ligne qui répond.", "appris": "Ressemble à ce que les relecteurs ont retenu.",
    }  # fmt: skip
    return BY_NAME[rule].why if rule in BY_NAME else plain.get(rule, rule)


def write(found: Measured, rivals: dict[str, dict[str, float]], *, unseen: bool) -> None:
    TARGET.write_text(json.dumps(facts(found, rivals, unseen=unseen), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
