"""Which paragraph answers which question: facts of form and likeness of words, weighed by a learned chain.

``facts`` (what is observed) is apart from ``align`` (what is decided), so that training sees exactly what reading sees.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from plaidoyer.reading import chain
from plaidoyer.reading.similarity import Bags, bags, cosine, cover, rarity
from plaidoyer.reading.skeleton import Frame, by_sentence
from plaidoyer.reading.types import Passage, Question
from plaidoyer.reading.words import tokens

Facts = dict[str, float]
State = tuple[int, ...]  # 1-based numbers of questions; () is none
VIEWS = ("lemmas", "stems", "subjects")
ABOUT_YOU = re.compile(r"\b(?:votre|vos) (?:lettre|courrier|questionnaire|interpellation|message|collectif|association\w*|envoi|questions)\b")
UNFINISHED = re.compile(r"[\w,’'-]\s*[*_]*$")
ASIDE = ("page", "history")


@dataclass(slots=True)
class Sheet:
    """The facts of one letter, ready for the chain: for each kept paragraph and each state, and between neighbours."""

    frames: list[Frame]
    states: list[State]
    unary: list[list[Facts]]
    steps: list[list[list[Facts]]]
    likeness: list[list[float]]  # for each frame and question, one overall figure for the « why »
    reliable: bool  # whether bare numbers count the questions


def _table(passages: list[Bags], questions: list[Bags]) -> list[list[dict[str, float]]]:
    """Raw likenesses [passage][question][name]."""
    result: list[list[dict[str, float]]] = [[{} for _ in questions] for _ in passages]
    for view in VIEWS:
        asked = [getattr(q, view) for q in questions]
        said = [getattr(p, view) for p in passages]
        weight = rarity(asked, said)
        for row, bag in zip(result, said, strict=True):
            for cell, question in zip(row, asked, strict=True):
                cell[view] = cosine(bag, question, weight)
                cell[f"{view}_cover"] = cover(bag, question, weight)
    return result


def _contrast(row: list[dict[str, float]], prefix: str) -> list[Facts]:
    """For each question: the likeness, and how far it stands above the best of the others."""
    result: list[Facts] = []
    for i, cell in enumerate(row):
        facts: Facts = {}
        for name, value in cell.items():
            other = max((c[name] for j, c in enumerate(row) if j != i), default=0.0)
            facts[f"{prefix}{name}"] = value
            facts[f"{prefix}{name}:ahead"] = max(0.0, value - other)
            facts[f"{prefix}{name}:behind"] = max(0.0, other - value)
            if value > other:
                facts[f"{prefix}{name}:first"] = 1.0
        result.append(facts)
    return result


def _best_sentence(text: str, frame: Frame, questions: list[Bags]) -> list[dict[str, float]]:
    rows = _table([bags(words) for _, words in by_sentence(text, frame)], questions)
    return [{v: max((row[q][v] for row in rows), default=0.0) for v in VIEWS} for q in range(len(questions))]


def _anchors(frame: Frame, number: int, section: tuple[int, ...], *, reliable: bool) -> Facts:
    facts: Facts = {}
    kind = frame.anchor if frame.anchor in ("named", "ordinal") or reliable else "loose"
    if frame.numbers:
        facts[f"anchor:{kind}" if number in frame.numbers else f"anchor_other:{kind}"] = 1.0
    elif section:
        facts["section" if number in section else "section_other"] = 1.0
    if frame.echo[0]:
        facts["echo" if frame.echo[0] == number else "echo_other"] = 1.0 if frame.role == "question" else 0.7
    return facts


def _none(frame: Frame, position: float, table: list[dict[str, float]], lead: list[dict[str, float]]) -> Facts:
    facts: Facts = {"none": 1.0, f"none:role:{frame.role or 'prose'}": 1.0}
    for view in VIEWS:
        facts[f"none:{view}"] = max((c[view] for c in table), default=0.0)
        facts[f"none:lead:{view}"] = max((c[view] for c in lead), default=0.0)
    facts["none:start"], facts["none:end"] = max(0.0, 1 - 5 * position), max(0.0, 5 * position - 4)
    anchored = bool(frame.numbers or frame.echo[0])
    facts["none:short"] = 1.0 if len(frame.words) < 8 and not anchored else 0.0
    facts["none:long"] = min(1.0, len(frame.words) / 120)
    facts["none:future"] = 1.0 if any(w.verb("f") for w in frame.words) else 0.0
    facts["none:about_you"] = 1.0 if ABOUT_YOU.search(frame.folded) else 0.0
    if anchored:
        facts["none:anchored"] = 1.0
        facts[f"none:anchored:{frame.anchor}"] = 1.0
        facts[f"none:role:{frame.role or 'prose'}"] = 0.3  # a number in front speaks louder than the look of a line
    return facts


def _reliable(frames: list[Frame], count: int) -> bool:
    """Bare numbers are questions only when they run like the questions do."""
    seen = [n for f in frames if f.anchor in ("numbered", "roman", "letter") for n in f.numbers]
    rising = sum(b >= a for a, b in pairwise(seen))
    if len(frames) <= 8 and len(seen) == 1:
        return True  # a few lines with one number: there is little else that it could count
    return len(set(seen)) >= min(2, count) and rising >= 0.6 * (len(seen) - 1)


def _states(frames: list[Frame], count: int, singles: list[list[Facts]]) -> list[State]:
    """None, each question, and the pairs that the letter itself names or that lead some paragraph together."""
    pairs: set[State] = {tuple(sorted(f.numbers)) for f in frames if len(f.numbers) >= 2}
    for row in singles:
        strong = sorted(range(count), key=lambda q: -sum(row[q].get(f"lead:{v}", 0) + row[q].get(v, 0) for v in VIEWS))[:2]
        if len(strong) == 2:
            pairs.add(tuple(sorted(q + 1 for q in strong)))
    return [(), *((q + 1,) for q in range(count)), *sorted(pairs)]


def _combine(rows: list[Facts], frame: Frame, state: State) -> Facts:
    """The facts of a pair: the mean of its questions' facts, and what only a pair has."""
    facts: Facts = {}
    for row in rows:
        for name, value in row.items():
            facts[name] = facts.get(name, 0.0) + value / len(rows)
    facts["pair"] = 1.0
    for view in VIEWS:
        facts[f"pair:{view}"] = min(r.get(view, 0.0) for r in rows)
        facts[f"pair:lead:{view}"] = min(r.get(f"lead:{view}", 0.0) for r in rows)
    if set(state) <= set(frame.numbers):
        facts["pair:named"] = 1.0
    return facts


def _step(before: State, after: State, link: Facts) -> Facts:
    if not before or not after:
        kind = "none>none" if not before and not after else "none>answer" if after else "answer>none"
    elif before == after:
        kind = "same"
    elif set(before) & set(after):
        kind = "overlap"
    else:
        kind = "next" if min(after) == max(before) + 1 else "on" if min(after) > max(before) else "back"
    return {kind: 1.0} | {f"{kind}:{name}": value for name, value in link.items()}


def _link(text: str, before: Frame, after: Frame) -> Facts:
    """What ties two neighbours or parts them, whatever they answer."""
    link: Facts = {}
    if before.role in ("heading", "question"):
        link["under"] = 1.0
    if after.role in ("heading", "question"):
        link["opens"] = 1.0
    if after.continues:
        link["continues"] = 1.0
    if after.numbers:
        link["numbered"] = 1.0
    if after.lead_kind in ("opener", "label"):
        link["announced"] = 1.0
    if text[before.end : after.start].count("\n") == 1:
        link["line"] = 1.0
    if UNFINISHED.search(text[before.start : before.end]) and text[after.start].islower() and before.role != "heading":
        link["unfinished"] = 1.0
    if after.role in ("greeting", "closing", "address", "signature"):
        link["furniture"] = 1.0
    return link


def _best_places(singles: list[list[Facts]], count: int) -> None:
    """Mark, for each question, the paragraph of the letter that is nearest to it: a question is mostly answered somewhere."""
    for view in (*VIEWS, *(f"lead:{v}" for v in VIEWS), *(f"peak:{v}" for v in VIEWS)):
        for q in range(count):
            values = [row[q].get(view, 0.0) for row in singles]
            top = max(values, default=0.0)
            for row, value in zip(singles, values, strict=True):
                if top > 0.05 and value == top:
                    row[q][f"place:{view}"] = 1.0
                elif value > 0.7 * top > 0.035:
                    row[q][f"place:near:{view}"] = 1.0


def facts(text: str, frames: list[Frame], questions: list[str]) -> Sheet:
    """All that is observed; nothing is decided here."""
    kept = [f for f in frames if f.role not in ASIDE]
    asked = [bags(tokens(q)) for q in questions]
    whole = _table([bags(f.words) for f in kept], asked)
    leads = _table([bags(f.lead) for f in kept], asked)
    reliable = _reliable(kept, len(questions))
    singles: list[list[Facts]] = []
    section: tuple[int, ...] = ()
    for i, frame in enumerate(kept):
        row = _contrast(whole[i], "")
        lead = _contrast(leads[i], "lead:")
        kind = _contrast(leads[i], f"lead:{frame.lead_kind}:")
        peak = _contrast(_best_sentence(text, frame, asked), "peak:")
        place = i / max(1, len(kept) - 1)
        for q in range(len(questions)):
            own = {k: v for k, v in kind[q].items() if k.endswith((":first", *VIEWS))}
            row[q] |= lead[q] | own | peak[q] | _anchors(frame, q + 1, section, reliable=reliable)
            row[q] |= {"answer": 1.0, "order": abs(place - (q + 0.5) / len(questions))}
        singles.append(row)
        if frame.numbers and (frame.anchor in ("named", "ordinal") or reliable):
            section = frame.numbers
        elif frame.role == "question" and frame.echo[0]:
            section = (frame.echo[0],)
    _best_places(singles, len(questions))
    states = _states(kept, len(questions), singles)
    unary = []
    for i, frame in enumerate(kept):
        cells = [_none(frame, i / max(1, len(kept) - 1), whole[i], leads[i])]
        for state in states[1:]:
            rows = [singles[i][q - 1] for q in state]
            cells.append(rows[0] if len(rows) == 1 else _combine(rows, frame, state))
        unary.append(cells)
    links = [_link(text, a, b) for a, b in pairwise(kept)]
    steps = [[[_step(b, a, link) for a in states] for b in states] for link in links]
    likeness = [[sum(row[q][v] for v in VIEWS) / 3 for q in range(len(questions))] for row in whole]
    return Sheet(kept, states, unary, steps, likeness, reliable)


def _probabilities(sheet: Sheet, learned: dict[str, float]) -> list[dict[State, float]]:
    cache: dict[tuple[tuple[str, float], ...], float] = {}

    def score(one: Facts) -> float:
        key = tuple(one.items())
        if key not in cache:
            cache[key] = chain.dot(one, learned)
        return cache[key]

    scores = [[chain.dot(cell, learned) for cell in row] for row in sheet.unary]
    steps = [[[score(cell) for cell in row] for row in matrix] for matrix in sheet.steps]
    return [dict(zip(sheet.states, row, strict=True)) for row in chain.marginals(scores, steps)]


def choose(odds: dict[State, float], bar: float, bar_second: float) -> tuple[State, dict[int, float], float]:
    """(questions chosen, probability of each question, probability of none)."""
    single: dict[int, float] = {}
    for state, p in odds.items():
        for q in state:
            single[q] = single.get(q, 0.0) + p
    ranked = sorted(single, key=lambda q: -single[q])
    chosen = tuple(q for i, q in enumerate(ranked) if single[q] >= (bar if i == 0 else bar_second))
    return chosen, single, odds.get((), 0.0)


def _plain(frame: Frame, chosen: State, *, reliable: bool) -> bool:
    """Whether the letter says it itself: « oui pour les points 1, 2 et 5 », or a question's number before a line that seems to answer nothing."""
    if frame.anchor == "named" and len(frame.numbers) > 1:
        return True
    return not chosen and bool(frame.numbers) and frame.role == "" and (frame.anchor == "named" or (frame.anchor == "numbered" and reliable))


def align(text: str, frames: list[Frame], questions: list[Question]) -> list[Passage]:
    """One passage per paragraph, in order, with its questions (none is an answer too), probability and reason."""
    model = chain.weights("alignment")
    sheet = facts(text, frames, [q.text for q in questions])
    decided = {id(f): (o, s) for f, o, s in zip(sheet.frames, _probabilities(sheet, model["weights"]), sheet.likeness, strict=True)}
    result, held = [], ""
    for frame in frames:
        if id(frame) not in decided:
            role = "question" if frame.role == "question" else "other"
            result.append(Passage(frame.start, frame.end, (), 1.0, _ASIDE_WHY[frame.role], role))
            continue
        odds, likeness = decided[id(frame)]
        chosen, single, none = choose(odds, model["bar"], model["bar_second"])
        if _plain(frame, chosen, reliable=sheet.reliable):
            chosen, single = frame.numbers, single | {q: max(single.get(q, 0.0), 0.9) for q in frame.numbers}
        codes = tuple(questions[q - 1].code for q in chosen)
        role = "question" if frame.role == "question" else "answer" if codes else "other"
        score = min((single[q] for q in chosen), default=none)
        rest = sorted(
            [(questions[q - 1].code, p) for q, p in single.items() if q not in chosen] + ([("", none)] if chosen else []), key=lambda x: -x[1]
        )
        why = _why(frame, chosen, codes, likeness, held)
        result.append(Passage(frame.start, frame.end, codes, round(min(score, 1.0), 3), why, role, tuple((c, round(p, 3)) for c, p in rest[:2])))
        held = codes[0] if codes else ""
    return result


def gather(text: str, passages: list[Passage]) -> list[Passage]:
    """Lines of one block (no blank line between) as one paragraph that answers all that its lines answer."""
    result: list[Passage] = []
    for passage in passages:
        last = result[-1] if result else None
        near = last is not None and text[last.end : passage.start].count("\n") == 1 and not text[passage.start : passage.end].startswith(">")
        if last is None or not near or "question" in (last.role, passage.role) or text[last.start] == ">":
            result.append(passage)
            continue
        codes = tuple(dict.fromkeys((*last.questions, *passage.questions)))
        role = "answer" if codes else "other"
        why = last.why if last.questions else passage.why
        result[-1] = Passage(last.start, passage.end, codes, min(last.score, passage.score), why, role, last.alternatives)
    return result


_ASIDE_WHY = {"page": "En-tête ou pied de page.", "history": "Message cité ou transféré : ce ne sont pas les mots de la liste."}
_ROLE_WHY = {
    "greeting": "Formule d'appel.", "closing": "Formule de politesse.", "address": "En-tête de la lettre.", "signature": "Bloc de signature.",
    "heading": "Titre qui n'annonce aucune des questions.",
}  # fmt: skip


def _why(frame: Frame, chosen: State, codes: tuple[str, ...], likeness: list[float], held: str) -> str:  # noqa: PLR0911 — the first reason that holds
    """A sentence that a volunteer understands: the strongest reason for what was chosen."""
    if not chosen:
        return _ROLE_WHY.get(frame.role, "Ne ressemble assez à aucune des questions.")
    named = " et ".join(codes)
    if frame.role == "question":
        return f"Reprend les mots de {named} : c'est la question, pas la réponse."
    if set(chosen) & set(frame.numbers):
        return f"La lettre numérote ce passage elle-même : {named}."
    if frame.echo[0] in chosen:
        return f"La question {named} est recopiée dans ce passage."
    label = {"heading": "Le titre", "label": "L'intitulé", "opener": "L'annonce du sujet"}.get(frame.lead_kind)
    if label and max(likeness, default=0) <= likeness[chosen[0] - 1] + 0.1:
        return f"{label} reprend le sujet de {named}."
    if held in codes and likeness[chosen[0] - 1] < 0.15:
        return f"Suite du passage précédent, qui répond à {held}."
    return f"Mots communs avec {named}."
