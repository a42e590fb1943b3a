"""The questionnaire as a file: lines « Q1. texte », a text may go on over the following lines."""

from __future__ import annotations

import re

from plaidoyer.reading.types import Question

CODE = re.compile(r"^\s*(?:[#*\-]+\s*)?(?:\*\*)?Q\s?(\d{1,3})\s?[.):]\s*(?:\*\*)?", re.IGNORECASE)


class QuestionnaireError(ValueError):
    """The questionnaire holds no question, or two with the same number; the message is a French sentence."""


def parse(text: str) -> tuple[Question, ...]:
    """The questions of a ``questions.md``.

    >>> parse("Q1. Ouvrirez-vous la halte ?")[0].code
    'Q1'
    """
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.splitlines():
        match = CODE.match(line)
        if match:
            code = f"Q{int(match.group(1))}"
            if code in found:
                raise QuestionnaireError(f"La question {code} figure deux fois dans le questionnaire.")
            current = found[code] = [line[match.end() :].strip()]
        elif current is not None and line.strip():
            current.append(line.strip())
    if not found:
        raise QuestionnaireError("Aucune question trouvée : chaque question commence par « Q1. », « Q2. »…")
    return tuple(Question(code, " ".join(lines)) for code, lines in found.items())
