"""``plaidoyer read``: one reply and its questionnaire in, passages and commitments out. No database, no network."""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from typing import Any

TEXT = {".txt", ".md"}
MAX_BYTES = 60_000_000


class ReadError(Exception):
    """A French sentence that says what to do."""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="plaidoyer read",
        description="Lit une réponse : quels passages répondent à quelles questions, quels engagements y figurent."
        " La machine propose, un humain décide.",
    )
    made.add_argument("reply", metavar="RÉPONSE", help="la réponse (txt, md, docx, odt, pdf, rtf, html, eml, doc, image…)")
    made.add_argument("--questions", required=True, metavar="QUESTIONS.md", help="le questionnaire : des lignes « Q1. texte »")
    made.add_argument("--json", action="store_true", help="écrit un objet JSON sur la sortie standard")
    made.add_argument("--html", metavar="FICHIER", help="écrit une page autonome, passages et engagements en évidence")
    return made


def run(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        reading = _read(pathlib.Path(options.reply), pathlib.Path(options.questions))
        if options.html:
            _write_page(pathlib.Path(options.html), pathlib.Path(options.reply).name, *reading)
    except ReadError as problem:
        print(f"plaidoyer read : {problem}", file=sys.stderr)
        return 2
    if options.json:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(json.dumps(as_json(reading[0]), ensure_ascii=False))
    elif not options.html:
        print(_summary(*reading))
    return 0


def _bytes(path: pathlib.Path) -> bytes:
    if path.is_dir():
        raise ReadError(f"« {path} » est un dossier : donnez un fichier.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"« {path.name} » dépasse 60 Mo : donnez une version plus légère.")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError(f"le fichier « {path} » n'existe pas : vérifiez son nom.") from None
    except OSError as error:
        raise ReadError(f"le fichier « {path} » ne peut pas être ouvert ({error.strerror or 'accès refusé'}).") from None


def _questions(path: pathlib.Path) -> Any:
    from plaidoyer.reading.questionnaire import QuestionnaireError, parse

    try:
        return parse(_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ReadError(f"le questionnaire « {path.name} » n'est pas en UTF-8 : enregistrez-le à nouveau en UTF-8.") from None
    except QuestionnaireError as problem:
        raise ReadError(f"questionnaire « {path.name} » : {problem}") from None


def _document(path: pathlib.Path, data: bytes) -> Any:
    """Plain text is read here; anything else goes to a child process with limits."""
    if path.suffix.lower() in TEXT:
        from plaidoyer.reading.documents import extract

        return extract(data, path.name)
    from plaidoyer.reading.sandbox import extract_safely

    return extract_safely(data, path.name)


def _read(reply: pathlib.Path, questions: pathlib.Path) -> tuple[Any, Any]:
    from plaidoyer.reading import State, read

    asked = _questions(questions)
    document = _document(reply, _bytes(reply))
    if document.state is not State.READ:
        reasons = " ".join(n.sentence for n in document.notices) or "aucun texte n'y a été trouvé."
        raise ReadError(f"« {reply.name} » n'a pas pu être lu : {reasons}")
    return read(document, asked), asked


def as_json(reading: Any) -> dict[str, Any]:
    """The reading as plain values, in the shape that other programs rely on."""
    document = reading.document
    return {
        "text": document.text,
        "kind": reading.kind.value,
        "passages": [
            {
                "start": p.start, "end": p.end, "questions": list(p.questions), "score": p.score, "why": p.why, "role": p.role,
                "alternatives": [list(a) for a in p.alternatives],
            }
            for p in reading.passages
        ],
        "commitments": [
            {
                "start": c.start, "end": c.end, "quote": c.quote, "level": c.level.value, "questions": list(c.questions),
                "measures": list(c.measures),
                "figures": [f.text for f in c.figures], "why": c.why, "rule": c.rule, "tier": c.tier.value, "score": c.score, "actor": c.actor,
                "condition": list(c.condition) if c.condition else None,
                "facets": [
                    {"kind": f.kind, "start": f.start, "end": f.end, "text": f.text, "value": f.value, "unit": f.unit} for f in c.facets
                ],
            }
            for c in reading.commitments
        ],
        "notices": [n.sentence for n in reading.notices],
        "source": {"sha256": document.source.sha256, "media_type": document.source.media_type, "pages": document.source.pages},
        "engine": reading.engine,
    }  # fmt: skip


LEVELS = {"firm": "ferme", "conditional": "conditionnel", "intention": "intention", "refusal": "refus", "past": "déjà fait"}


def _summary(reading: Any, questions: Any) -> str:
    lines = [n.sentence for n in reading.notices]
    for question in questions:
        text = question.text if len(question.text) <= 90 else question.text[:89] + "…"
        lines.append(f"\n{question.code}. {text}")
        own = [c for c in reading.commitments if question.code in c.questions]
        if not any(question.code in p.questions for p in reading.passages if p.role != "question"):
            lines.append("  n'aborde pas la question (proposition de la machine)")
        lines += [_line(c) for c in own]
    loose = [c for c in reading.commitments if not c.questions]
    if loose:
        lines += ["\nHors des questions posées", *(_line(c) for c in loose)]
    return "\n".join(lines).strip()


def _line(commitment: Any) -> str:
    doubt = " (à vérifier)" if commitment.tier.value == "check" else ""
    return f"  {LEVELS[commitment.level.value]}{doubt} : « {' '.join(commitment.quote.split())} »"


def _write_page(target: pathlib.Path, name: str, reading: Any, questions: Any) -> None:
    from plaidoyer.cli.reading_page import page

    try:
        target.write_text(page(name, reading, questions), encoding="utf-8")
    except OSError as error:
        raise ReadError(f"la page « {target} » ne peut pas être écrite ({error.strerror}).") from None
