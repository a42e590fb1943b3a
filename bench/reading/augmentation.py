"""The annotated letters once more in other clothes, so that no weight leans on one layout.

What a letter says under each question is kept; how it is laid out changes: numbers, titles, questions copied, tables, one single
block, another order, a question left out, or everything left out but the courtesies. Made letters teach; they never judge.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

from bench.reading.annotated import Annotated
from plaidoyer.reading.skeleton import MARKS, NUMBERED
from plaidoyer.reading.words import content, tokens

MADE = "made:"
HEADS = (
    "{n}. ", "{n}) ", "{n} - ", "{n}/ ", "Question {n} : ", "Q{n} : ", "Q{n}. ", "Point {n} – ", "Réponse {n} : ", "({n}) ", "n°{n} : ", "{roman}. ",
    "{letter}) ", "Sur la question {n}, ", "À votre {ordinal} question : ", "[{n}] ", "R{n} : ",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ORDINAL = ("première", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième")
OPENERS = ("Concernant {title}, ", "S'agissant de {title} : ", "Quant à {title}, ", "En matière de {title}, ", "Sur {title} : ", "Pour {title}, ")
TITLES = ("{title}", "{TITLE}", "## {title}", "**{title}**", "{title} :", "— {title}", "{n}. {title}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of a letter to be made, and the questions that it answers."""

    text: str
    questions: tuple[str, ...] = ()
    role: str = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says: before, under each question, after."""

    before: list[str]
    answers: dict[str, list[str]]
    after: list[str]


def told(letter: Annotated) -> Told:
    """The letter taken apart; paragraphs that answer several questions at once are left out."""
    segments = [s for s in letter.gold["segments"] if s.get("role") != "question"]
    places = [i for i, s in enumerate(segments) if s["questions"]]
    words = [letter.text[s["start"] : s["end"]].strip() for s in segments]
    answers: dict[str, list[str]] = {}
    for i in places:
        if len(segments[i]["questions"]) == 1 and (said := _bare(words[i])):
            answers.setdefault(segments[i]["questions"][0], []).append(said)
    first, last = (places[0], places[-1]) if places else (len(words), len(words))
    return Told(words[:first], answers, words[last + 1 :])


def _bare(said: str) -> str:
    """Without mark, number or title line: only what is said."""
    lines = [line for line in said.split("\n") if line.strip()]
    if len(lines) > 1 and len(lines[0]) < 70 and lines[0].rstrip(" *")[-1:] not in ".!?;,":
        lines = lines[1:]
    said = MARKS.sub("", "\n".join(lines))
    number = NUMBERED.match(said.lower())
    said = said[number.end() :].strip() if number else said
    return said if len(said.split()) >= 3 else ""


def assemble(letter: Annotated, name: str, pieces: list[Piece], *, gap: str = "\n\n") -> Annotated:
    text, segments = "", []
    for piece in pieces:
        if not piece.text.strip():
            continue
        text += gap if text else ""
        start = len(text)
        text += piece.text
        segments.append({"start": start, "end": len(text), "questions": list(piece.questions), "role": "answer" if piece.questions else piece.role})
    return Annotated(letter.campaign, MADE + name, text, letter.questions, {"segments": segments, "commitments": []})


def _title(question: str, chance: random.Random) -> str:
    """A few words of the question, as a candidate would title its answer."""
    nouns = [w for w in content(tokens(question)) if w.has("N") and len(w.folded) > 4 and not w.verb("pfcjy")]
    picked = sorted(chance.sample(nouns, min(len(nouns), chance.choice((1, 2, 2, 3)))), key=lambda w: w.start)
    return " et ".join(w.raw for w in picked) or "ce point"


def _plain(words: list[str]) -> list[Piece]:
    return [Piece(w) for w in words]


def _head(form: str, place: int) -> str:
    return form.format(n=place + 1, roman=ROMAN[place], letter="abcdefghij"[place], ordinal=ORDINAL[place])


def _ordered(letter: Annotated, said: Told) -> list[tuple[int, str, list[str]]]:
    return [(i, q.code, said.answers[q.code]) for i, q in enumerate(letter.questions) if q.code in said.answers]


def numbered(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    form = chance.choice(HEADS)
    body = [Piece((_head(form, i) if k == 0 else "") + a, (code,)) for i, code, answers in _ordered(letter, said) for k, a in enumerate(answers)]
    return assemble(letter, "numbered", _plain(said.before) + body + _plain(said.after))


def titled(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    form, apart = chance.choice(TITLES), chance.random() < 0.6
    body: list[Piece] = []
    order = _ordered(letter, said)
    if "{n}" not in form:
        chance.shuffle(order)
    for i, code, answers in order:
        title = _title(letter.questions[i].text, chance)
        head = form.format(title=title[0].upper() + title[1:], TITLE=title.upper(), n=i + 1)
        body += [Piece(head, (code,)), *(Piece(a, (code,)) for a in answers)] if apart else [Piece(f"{head}\n" + "\n".join(answers), (code,))]
    return assemble(letter, "titled", _plain(said.before) + body + _plain(said.after))


def opened(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    order = _ordered(letter, said)
    chance.shuffle(order)
    body = []
    for i, code, answers in order:
        opener = chance.choice(OPENERS).format(title=_title(letter.questions[i].text, chance))
        body += [Piece((opener if k == 0 else "") + a, (code,)) for k, a in enumerate(answers)]
    return assemble(letter, "opened", _plain(said.before) + body + _plain(said.after))


def labelled(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    """One line for each question in one block: a table, or « sujet : réponse »."""
    joint = chance.choice((" : ", " | ", "\t", " = ", " -> "))
    order = _ordered(letter, said)
    lines = [_title(letter.questions[i].text, chance).capitalize() + joint + " ".join(answers).replace("\n", " ") for i, _, answers in order]
    block = Piece("\n".join(lines), tuple(code for _, code, _ in order))
    return assemble(letter, "labelled", [*_plain(said.before), block, *_plain(said.after)])


def copied(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    """The questions repeated, each with its answer under it, quoted as mail does or not."""
    mark, numbers, bound = chance.choice((">", "> ", "", "", "**")), chance.random() < 0.5, chance.choice(("", "", "Réponse : ", "→ "))
    body: list[Piece] = []
    for i, code, answers in [(i, q.code, said.answers.get(q.code, [])) for i, q in enumerate(letter.questions)]:
        asked = (f"{i + 1}. " if numbers else "") + letter.questions[i].text
        body.append(Piece(mark + asked + ("**" if mark == "**" else ""), (), "question"))
        body += [Piece((bound if k == 0 else "") + a, (code,)) for k, a in enumerate(answers)]
    return assemble(letter, "copied", _plain(said.before) + body + _plain(said.after))


def shuffled(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    """Prose in its own order, no number, no title; sometimes two answers in one paragraph, sometimes hard line ends."""
    order = _ordered(letter, said)
    chance.shuffle(order)
    pieces = [Piece(" ".join(answers) if chance.random() < 0.3 else a, (code,)) for _, code, answers in order for a in answers]
    pieces = list(dict.fromkeys(pieces))
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and chance.random() < 0.3 and len(last.questions) < 3 and len(last.text) + len(piece.text) < 1200:
            merged[-1] = Piece(f"{last.text} {piece.text}", tuple(sorted({*last.questions, *piece.questions})))
        else:
            merged.append(piece)
    if chance.random() < 0.3:
        merged = [Piece(textwrap.fill(p.text, 72), p.questions) for p in merged]
    return assemble(letter, "shuffled", _plain(said.before) + merged + _plain(said.after))


def lumped(letter: Annotated, said: Told, chance: random.Random) -> Annotated:
    """The whole letter in one or two paragraphs."""
    order = _ordered(letter, said)
    cut = chance.randint(1, len(order)) if order else 0
    halves = [order[:cut], order[cut:]]
    body = [Piece(" ".join(a for _, _, answers in half for a in answers), tuple(sorted(code for _, code, _ in half))) for half in halves if half]
    return assemble(letter, "lumped", _plain(said.before) + body + _plain(said.after))


def left_out(letter: Annotated, _said: Told, chance: random.Random) -> Annotated:
    """The letter as it is, without what answers one or two of its questions."""
    answered = sorted({q for s in letter.gold["segments"] for q in s["questions"]})
    gone = set(chance.sample(answered, min(len(answered), chance.choice((1, 1, 2)))))
    pieces = [
        Piece(letter.text[s["start"] : s["end"]], tuple(q for q in s["questions"] if q not in gone), s.get("role") or "other")
        for s in letter.gold["segments"]
        if not (s["questions"] and set(s["questions"]) <= gone)
    ]
    return assemble(letter, "left-out", pieces)


def courteous(letter: Annotated, said: Told, _chance: random.Random) -> Annotated:
    """Only what answers nothing."""
    return assemble(letter, "courteous", [Piece(w) for w in (*said.before, *said.after)])


WAYS: tuple[Callable[[Annotated, Told, random.Random], Annotated], ...] = (
    numbered, titled, opened, labelled, copied, shuffled, lumped, left_out, courteous,
)  # fmt: skip


def variants(letters: list[Annotated], each: int = 2) -> list[Annotated]:
    """``each`` made letters for every letter, the same ones each time."""
    made = []
    for k, letter in enumerate(letters):
        said = told(letter)
        for j in range(each):
            way = WAYS[(k * each + j + k // len(WAYS)) % len(WAYS)]
            if len(said.answers) >= 2 or way in (left_out, courteous):
                one = way(letter, said, random.Random(f"{letter.campaign}/{letter.name}/{way.__name__}"))
                if len(one.text) > 80:
                    made.append(one)
    return made
