"""Annotated letters in a folder, to be shared between collectives: what is written, and what is checked before anything is taken in.

The format is that of the project's own corpus (docs/shared-letters.md): ``questions.md``, ``reply-*.txt``, ``reply-*.gold.json``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plaidoyer.reading.questionnaire import QuestionnaireError, parse
from plaidoyer.reading.types import Level
from plaidoyer.replies.learning import shelf
from plaidoyer.replies.learning.letters import Letter

LONGEST = 400_000  # characters of one letter
MOST = 5_000  # letters of one folder
LICENCE = """# Lettres annotées

Ces lettres ont été écrites par des listes candidates en réponse à un questionnaire public, et relues par les bénévoles d’un collectif.
Les noms de personnes, signatures, adresses, numéros et courriels ont été remplacés par des inventions de même longueur.
Les annotations (fichiers .gold.json) sont partagées sous licence CC BY 4.0 par le collectif qui les a faites.
Les lettres elles-mêmes restent à leurs auteurs : ne les utilisez que pour apprendre à un lecteur, ne les publiez pas à nouveau.
"""


@dataclass(frozen=True, slots=True)
class Rejected:
    name: str
    reason: str


def write(folder: Path, campaign: str, letters: list[Letter]) -> None:
    target = folder / campaign
    target.mkdir(parents=True, exist_ok=True)
    (folder / "LICENCE.md").write_text(LICENCE, encoding="utf-8")
    asked = "\n\n".join(f"{q.code}. {' '.join(q.text.split())}" for q in letters[0].questions)
    (target / "questions.md").write_text(asked + "\n", encoding="utf-8")
    for letter in letters:
        with (target / f"{letter.name}.txt").open("w", encoding="utf-8", newline="") as f:
            f.write(letter.text)
        told = {**letter.gold, "undecided": letter.unknown, "refused": letter.refused}
        (target / f"{letter.name}.gold.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def read(folder: Path) -> Iterator[Letter | Rejected]:
    """Every annotated letter of a folder, each checked whole: a doubtful one is refused with its reason, the others come in."""
    for number, path in enumerate(sorted(folder.rglob("reply-*.gold.json"))):
        if number >= MOST:
            yield Rejected(str(path.relative_to(folder)), f"au-delà de {MOST} lettres, partagez le dossier en plusieurs")
            return
        try:
            yield letter_at(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            yield Rejected(str(path.relative_to(folder)), reason(problem))


def letter_at(path: Path) -> Letter:
    questions = parse((path.parent / "questions.md").read_text(encoding="utf-8-sig"))
    reply = path.with_name(path.name.removesuffix(".gold.json") + ".txt")
    if reply.stat().st_size > 4 * LONGEST:
        raise ValueError(f"la lettre dépasse {LONGEST} caractères")
    with reply.open(encoding="utf-8", newline="") as f:
        text = f.read()
    gold = json.loads(path.read_text(encoding="utf-8"))
    check(text, {q.code for q in questions}, gold)
    pairs = lambda spans: tuple((int(a), int(b)) for a, b in spans)  # noqa: E731
    refused = None if gold.get("refused") is None else pairs(gold["refused"])
    told = {"segments": gold["segments"], "commitments": gold["commitments"]}
    return Letter(f"partage:{path.parent.name}", reply.stem, text, questions, told, pairs(gold.get("undecided", ())), refused)


def check(text: str, codes: set[str], gold: dict[str, Any]) -> None:
    levels = {level.value for level in Level}
    for kind in ("segments", "commitments"):
        for one in gold[kind]:
            if not (isinstance(one["start"], int) and isinstance(one["end"], int) and 0 <= one["start"] <= one["end"] <= len(text)):
                raise ValueError(f"un passage sort de la lettre ({one['start']} à {one['end']})")
            if strangers := set(one["questions"]) - codes:
                raise ValueError(f"question inconnue : {', '.join(sorted(strangers))}")
    for one in gold["commitments"]:
        if text[one["start"] : one["end"]] != one["quote"]:
            raise ValueError(f"une citation n’est pas dans la lettre à sa place : « {str(one['quote'])[:60]} »")
        if one["level"] not in levels:
            raise ValueError(f"niveau inconnu : {one['level']}")
        one.setdefault("measures", [])


def reason(problem: Exception) -> str:
    if isinstance(problem, FileNotFoundError):
        return f"il manque le fichier {Path(str(problem.filename)).name}"
    if isinstance(problem, UnicodeDecodeError):
        return "le fichier n’est pas en UTF-8"
    if isinstance(problem, json.JSONDecodeError):
        return f"le fichier .gold.json n’est pas du JSON (ligne {problem.lineno})"
    if isinstance(problem, (ValueError, QuestionnaireError)):
        return str(problem)
    return "l’annotation n’a pas la forme attendue (voir docs/shared-letters.md)"


# == what was taken in, one file per letter


def kept() -> list[Letter]:
    return [from_file(path) for path in sorted((shelf.shelf() / "letters").glob("*.json"))]


def keep(letter: Letter) -> bool:
    """False when it was there already."""
    from plaidoyer.replies.learning.letters import to_plain

    body = json.dumps({**to_plain(letter), "unknown": letter.unknown, "refused": letter.refused}, ensure_ascii=False, sort_keys=True)
    target = shelf.shelf() / "letters" / f"{hashlib.sha256(body.encode()).hexdigest()[:24]}.json"
    if target.exists():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.write_text(body, encoding="utf-8")
    os.replace(draft, target)  # noqa: PTH105  whole or not at all
    return True


def from_file(path: Path) -> Letter:
    from plaidoyer.replies.learning.letters import from_plain

    row = json.loads(path.read_text(encoding="utf-8"))
    plain = from_plain(row)
    refused = None if row["refused"] is None else tuple((a, b) for a, b in row["refused"])
    return Letter(
        plain.campaign, plain.name, plain.text, plain.questions, plain.gold, tuple((a, b) for a, b in row["unknown"]), refused, unit=plain.name
    )  # fmt: skip
