"""Which paragraph answers which question: what was observed (``evidence``), weighed by a learned chain."""

from __future__ import annotations

from plaidoyer.reading import chain
from plaidoyer.reading.evidence import Facts, Sheet, State, facts
from plaidoyer.reading.skeleton import Frame
from plaidoyer.reading.types import Passage, Question

__all__ = ["Facts", "Sheet", "State", "align", "choose", "facts", "gather"]


UNTITLED = 0.9  # a title that the chain is surer than this to answer nothing is the letter's own
Odds = list[dict[State, float]]


def _probabilities(sheet: Sheet, learned: dict[str, float]) -> Odds:
    cache: dict[int, float] = {}

    def score(one: Facts) -> float:
        if id(one) not in cache:
            cache[id(one)] = chain.dot(one, learned)
        return cache[id(one)]

    scores = [[score(cell) for cell in row] for row in sheet.unary]
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


def _furniture(frame: Frame) -> bool:
    """« Chère voisine, », « Avec vous dans la nuit, », a name under a closing: nothing is answered there, whatever the words resemble."""
    if frame.numbers or frame.echo[0]:
        return False
    said = sum(not w.is_mark for w in frame.words)
    return frame.role in ("greeting", "signature", "address") or (said <= 7 and frame.words[-1].raw == "," and not frame.role)


def settle(sheet: Sheet, odds: Odds, bar: float, bar_second: float) -> list[tuple[State, dict[int, float], float]]:
    """For each paragraph what ``choose`` says, then what the letter says itself, then titles by what stands under them."""
    found = []
    for frame, one in zip(sheet.frames, odds, strict=True):
        chosen, single, none = choose(one, bar, bar_second)
        if _furniture(frame):
            chosen = ()
        if _plain(frame, chosen, reliable=sheet.reliable):
            chosen, single = frame.numbers, single | {q: max(single.get(q, 0.0), 0.9) for q in frame.numbers}
        found.append((chosen, single, none))
    for i, frame in enumerate(sheet.frames):
        chosen, single, none = found[i]
        if frame.role != "heading":
            continue
        under = _under(sheet.frames, found, i)
        is_wider = bool(chosen) and not frame.numbers and set(chosen) < set(under)  # « Habiter » above two subjects announces both
        if is_wider or (not chosen and none < UNTITLED):
            found[i] = (under, single, none)
    return found


def _under(frames: list[Frame], found: list[tuple[State, dict[int, float], float]], place: int) -> State:
    """The questions answered under a title, up to the next; a title above everything, or above more than three, announces none of them."""
    under: dict[int, None] = {}
    for frame, (chosen, _, _) in zip(frames[place + 1 :], found[place + 1 :], strict=True):
        if frame.role in ("heading", "question", "closing", "signature"):
            break
        under |= dict.fromkeys(chosen)
    return tuple(under) if len(under) <= 3 else ()


def align(text: str, frames: list[Frame], questions: list[Question]) -> list[Passage]:
    """One passage per paragraph, in order, with its questions (none is an answer too), probability and reason."""
    model = chain.weights("alignment")
    sheet = facts(text, frames, [q.text for q in questions])
    settled = settle(sheet, _probabilities(sheet, model["weights"]), model["bar"], model["bar_second"])
    decided = {id(f): (o, s) for f, o, s in zip(sheet.frames, settled, sheet.likeness, strict=True)}
    result, held = [], ""
    for frame in frames:
        if id(frame) not in decided:
            role = "question" if frame.role == "question" else "other"
            result.append(Passage(frame.start, frame.end, (), 1.0, _ASIDE_WHY[frame.role], role))
            continue
        (chosen, single, none), likeness = decided[id(frame)]
        codes = tuple(questions[q - 1].code for q in chosen)
        role = "question" if frame.role == "question" else "answer" if codes else "other"
        score = min((single.get(q, 0.0) for q in chosen), default=none)
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
