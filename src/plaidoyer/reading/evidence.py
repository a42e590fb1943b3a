"""What is observed of each paragraph for each question: facts of form, likeness of words, what ties it to its neighbours.

Nothing is decided here, so that training sees exactly what reading sees.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from plaidoyer.reading.heard import Listener, Row, Sentence, Voice
from plaidoyer.reading.silence import SIGNS
from plaidoyer.reading.similarity import VIEWS, Bags, Likeness, asked, bags
from plaidoyer.reading.skeleton import Frame, by_sentence
from plaidoyer.reading.words import Word, tokens

Facts = dict[str, float]
State = tuple[int, ...]  # 1-based numbers of questions; () is none
ABOUT_YOU = re.compile(
    r"\b(?:votre|vos) (?:lettre|courrier|questionnaire|interpellation|message|collectif|association\w*|envoi|questions|action|engagement)\b"
)
UNFINISHED = re.compile(r"[\w,’'-]\s*[*_]*$")
ASIDE = ("page", "history")
MIX = {"lemmas": 1.0, "stems": 0.5, "subjects": 0.5, "senses": 1.0}
OWNED = 0.16  # mixed likeness from which a sentence may belong to a question
KEPT = ("lemmas", "subjects", "senses", "mix")
SETS = 30  # sets of questions considered in one letter: a programme of two hundred pages must end too
AHEAD = 1.35  # and by how much it must exceed the likeness to any other


@dataclass(slots=True)
class Sheet:
    """The facts of one letter, ready for the chain: for each kept paragraph and each state, and between neighbours."""

    frames: list[Frame]
    states: list[State]
    unary: list[list[Facts]]
    steps: list[list[list[Facts]]]
    likeness: list[list[float]]  # for each frame and question, one overall figure for the « why »
    reliable: bool  # whether bare numbers count the questions
    sentences: list[list[Sentence]]  # of each frame


@dataclass(slots=True)
class Seen:
    """One paragraph compared with every question: as a whole, by what announces it, by its best sentence, by the best part of a question."""

    whole: Row
    lead: Row
    peak: Row
    owners: list[int] = field(default_factory=list)  # 0-based question of each sentence that speaks of one question alone
    crowd: tuple[int, ...] = ()  # 0-based questions of the sentence that speaks of the most
    sentences: list[Sentence] = field(default_factory=list)
    voice: Voice = field(default_factory=lambda: Voice([], (1.0, 1.0)))


class Questionnaire:
    """The questions of one letter, ready to be compared with its passages."""

    def __init__(self, questions: list[str], passages: list[Bags]) -> None:
        self.asked = [asked(tokens(q)) for q in questions]
        self.views = [(v, Likeness([getattr(q, v) for q in self.asked], [getattr(p, v) for p in passages])) for v in VIEWS]
        self.size = len(questions)

    def row(self, passage: Bags) -> Row:
        result: Row = [{} for _ in range(self.size)]
        for view, likeness in self.views:
            for cell, near in zip(result, likeness.row(getattr(passage, view)), strict=True):
                cell[view] = near
        for cell in result:
            cell["mix"] = sum(cell[v] * weight for v, weight in MIX.items()) / 3
            del cell["stems"]
        return result


def _see(questionnaire: Questionnaire, text: str, frame: Frame, whole: Bags) -> Seen:
    parts = [words for _, words in by_sentence(text, frame) if words]
    parts = parts if len(parts) > 1 else [frame.words]
    rows = [questionnaire.row(bags(part)) for part in parts] if len(parts) > 1 else [questionnaire.row(whole)]
    size = range(questionnaire.size)
    peak = [{v: max((row[q][v] for row in rows), default=0.0) for v in KEPT} for q in size]
    seen = Seen(questionnaire.row(whole), questionnaire.row(bags(frame.lead)), peak)
    seen.sentences = [Sentence(part, row) for part, row in zip(parts, rows, strict=True)]
    for row in rows:
        mixed = sorted(((cell["mix"], q) for q, cell in enumerate(row)), reverse=True)
        if mixed[0][0] >= OWNED and (len(mixed) == 1 or mixed[0][0] >= AHEAD * mixed[1][0]):
            seen.owners.append(mixed[0][1])
        named = tuple(sorted(q for m, q in mixed if m >= OWNED / 2))
        seen.crowd = max(seen.crowd, named, key=len)
    return seen


def _hear(questionnaire: Questionnaire, frames: list[Frame], all_seen: list[Seen]) -> None:
    """Let the sentences of each paragraph speak, under the last title."""
    listener, above = Listener(questionnaire.asked), None
    for i, (frame, seen) in enumerate(zip(frames, all_seen, strict=True)):
        seen.voice = listener.listen(seen.sentences, above, i / max(1, len(frames) - 1))
        above = seen.whole if frame.role == "heading" else above


def _contrast(row: Row, prefix: str) -> list[Facts]:
    """For each question: the likeness, and how far it stands above or below the best of the others."""
    result: list[Facts] = [{} for _ in row]
    for name in row[0] if row else ():
        values = [cell[name] for cell in row]
        ranked = sorted(values, reverse=True)
        first, second = ranked[0], ranked[1] if len(ranked) > 1 else 0.0
        for facts, value in zip(result, values, strict=True):
            other = second if value == first else first
            facts[f"{prefix}{name}"] = value
            if value > other:
                facts[f"{prefix}{name}:ahead"] = value - other
                facts[f"{prefix}{name}:first"] = 1.0
            elif value < other:
                facts[f"{prefix}{name}:behind"] = other - value
    return result


def _anchors(frame: Frame, number: int, section: tuple[int, ...], *, reliable: bool) -> Facts:
    facts: Facts = {}
    kind = frame.anchor if frame.anchor in ("named", "ordinal") or reliable else "loose"
    if frame.numbers:
        facts[f"anchor:{kind}" if number in frame.numbers else f"anchor_other:{kind}"] = 1.0
    elif section:
        facts["section" if number in section else "section_other"] = 1.0
    if frame.mentions:
        facts["mention" if number in frame.mentions else "mention_other"] = 1.0
    if frame.echo[0]:
        facts["echo" if frame.echo[0] == number else "echo_other"] = 1.0 if frame.role == "question" else 0.7
    return facts


def _tenses(words: list[Word]) -> Facts:
    """Who speaks and when: what answers is said by « nous » of tomorrow, what does not of yesterday or of « vous »."""
    said = [w for w in words if not w.is_mark]
    size = max(8, len(said))
    facts: Facts = {"none:future": 1.0 if any(w.verb("f") for w in said) else 0.0}
    facts["none:past"] = min(1.0, 8 * sum(1 for w in said if w.verb("ms") and not w.has("N")) / size)
    facts["none:you"] = min(1.0, 8 * sum(w.folded in ("vous", "votre", "vos") for w in said) / size)
    facts["none:we"] = min(1.0, 8 * sum(w.folded in ("nous", "je", "j'", "on") for w in said) / size)
    facts["none:figure"] = 1.0 if any(w.folded[0].isdigit() for w in said) else 0.0
    return facts


def _letter(frames: list[Frame], all_seen: list[Seen], count: int) -> Facts:
    """How the letter as a whole stands to the questions: whether its sentences speak of them, and whether it says that it will not answer."""
    owned = {q for seen in all_seen for q in seen.owners}
    numbered = {n for frame in frames for n in frame.numbers}
    evades = sum(len(SIGNS["evades"].findall(frame.folded)) for frame in frames)
    return {
        "none:letter:evades": min(1.0, evades / 3), "none:letter:unowned": 1 - len(owned) / max(1, count),
        "none:letter:unnumbered": 1 - len(numbered) / max(1, count),
    }  # fmt: skip


def _none(frame: Frame, position: float, seen: Seen, letter: Facts) -> Facts:
    facts: Facts = {"none": 1.0, f"none:role:{frame.role or 'prose'}": 1.0}
    for view in KEPT:
        facts[f"none:{view}"] = max((c[view] for c in seen.whole), default=0.0)
    facts["none:start"], facts["none:end"] = max(0.0, 1 - 5 * position), max(0.0, 5 * position - 4)
    anchored = bool(frame.numbers or frame.echo[0] or frame.mentions)
    facts["none:short"] = 1.0 if len(frame.words) < 8 and not anchored else 0.0
    facts["none:long"] = min(1.0, len(frame.words) / 120)
    facts["none:about_you"] = 1.0 if ABOUT_YOU.search(frame.folded) else 0.0
    facts["none:crowd"] = max(0.0, len(seen.crowd) - 2) / 3
    facts["none:owned"] = min(1.0, len(seen.owners) / 2)
    if anchored:
        facts["none:anchored"] = 1.0
        facts[f"none:anchored:{frame.anchor}"] = 1.0
        facts[f"none:role:{frame.role or 'prose'}"] = 0.3  # a number in front speaks louder than the look of a line
    for name, sign in SIGNS.items():
        facts[f"none:{name}"] = min(1.0, len(sign.findall(frame.folded)) / 2)
    return facts | _tenses(frame.words) | seen.voice.none() | letter


COUNTING = ("numbered", "roman", "letter")


def _agreement(frames: list[Frame], all_seen: list[Seen], count: int, shift: int) -> float:
    """Share of the likeness that numbered paragraphs have with the question of their number, moved by ``shift``; -1 when nothing tells."""
    right = best = 0.0
    for frame, seen in zip(frames, all_seen, strict=True):
        if frame.anchor not in COUNTING or len(frame.numbers) != 1:
            continue
        mixed = [cell["mix"] for cell in seen.peak]
        q = frame.numbers[0] - 1 + shift
        right += mixed[q] if 0 <= q < count else 0.0
        best += max(mixed, default=0.0)
    return right / best if best > 0.3 else -1.0


def _renumber(frames: list[Frame], all_seen: list[Seen], count: int) -> bool:
    """Whether numbers may count the questions by what they say; numbers that begin one too early or too late are moved."""
    now = _agreement(frames, all_seen, count, 0)
    if now < 0 or now >= 0.5:
        return True
    shift = max((-1, 1), key=lambda s: _agreement(frames, all_seen, count, s))
    moved = _agreement(frames, all_seen, count, shift)
    if moved >= 0.65 and moved >= 1.6 * now:
        for frame in frames:
            if frame.anchor in COUNTING:
                frame.numbers = tuple(n + shift for n in frame.numbers if 1 <= n + shift <= count)
        return True
    return now >= 0.3


def _reliable(frames: list[Frame], count: int) -> bool:
    """Bare numbers are questions only when they run like the questions do, and do not begin again under each title."""
    seen = [n for f in frames if f.anchor in COUNTING for n in f.numbers]
    rising = sum(b >= a for a, b in pairwise(seen))
    if len(frames) <= 8 and len(seen) == 1:
        return True  # a few lines with one number: there is little else that it could count
    again = sum(b == 1 < a for a, b in pairwise(seen))
    return len(set(seen)) >= min(2, count) and rising >= 0.6 * (len(seen) - 1) and again < 2


def _owners(frame: Frame, seen: Seen) -> State:
    """The questions of its own sentences, when they are several: « la cantine…, quant au bus…, enfin les aînés… »."""
    owned = {q + 1 for q in seen.owners} | set(frame.numbers if len(frame.numbers) > 1 else ())
    return tuple(sorted(owned))


def _crowd(seen: Seen) -> State:
    """The questions that one sentence runs through: « le transport, l'isolation et la cantine, que vous abordez… »."""
    return tuple(q + 1 for q in seen.crowd) if len(seen.crowd) >= 3 else ()


def _states(frames: list[Frame], count: int, all_seen: list[Seen]) -> list[State]:
    """None, each question, and the sets that the letter itself names, or that lead some paragraph together."""
    sets: Counter[State] = Counter()
    for frame, seen in zip(frames, all_seen, strict=True):
        found = {tuple(sorted(n)) for n in (frame.numbers, frame.mentions, _owners(frame, seen), _crowd(seen)) if len(n) >= 2}
        if len(several := seen.voice.several()) > 1:
            found.add(several)
        strong = sorted(range(count), key=lambda q: -(seen.whole[q]["mix"] + seen.lead[q]["mix"]))[:2]
        if len(strong) == 2 and len(frame.words) > 12:
            found.add(tuple(sorted(q + 1 for q in strong)))
        sets.update(sorted(found))
    return [(), *((q + 1,) for q in range(count)), *sorted(state for state, _ in sets.most_common(SETS))]


def _combine(rows: list[Facts], frame: Frame, seen: Seen, state: State) -> Facts:
    """The facts of a set: the mean of its questions' facts, and what only a set has."""
    facts: Facts = {}
    for row in rows:
        for name, value in row.items():
            facts[name] = facts.get(name, 0.0) + value / len(rows)
    facts["set"], facts["set:more"] = 1.0, float(len(state) - 2)
    facts["set:long"] = min(1.0, len(frame.words) / 120)
    for view in KEPT:
        facts[f"set:{view}"] = min(r.get(view, 0.0) for r in rows)
        facts[f"set:lead:{view}"] = min(r.get(f"lead:{view}", 0.0) for r in rows)
        facts[f"set:peak:{view}"] = min(r.get(f"peak:{view}", 0.0) for r in rows)
    if set(state) <= set(frame.numbers):
        facts["set:named"] = 1.0
    if set(state) <= set(frame.mentions):
        facts["set:mentioned"] = 1.0
    facts["own"] = sum(r.get("own", 0.0) for r in rows)
    owned = {q + 1 for q in seen.owners}
    facts["set:owned"] = len(owned & set(state)) / len(state)
    if owned >= set(state):
        facts["set:all_owned"] = 1.0
    if len(state) >= 3 and set(state) == {q + 1 for q in seen.crowd}:
        facts["set:crowd"] = 1.0
    return facts


def _step(before: State, after: State) -> str:
    if not before or not after:
        return "none>none" if not before and not after else "none>answer" if after else "answer>none"
    if before == after:
        return "same"
    if set(before) & set(after):
        return "overlap"
    return "next" if min(after) == max(before) + 1 else "on" if min(after) > max(before) else "back"


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


def _steps(text: str, frames: list[Frame], states: list[State]) -> list[list[list[Facts]]]:
    """The facts between neighbours, one object for each kind of step, so that it is weighed once."""
    kinds = [[_step(b, a) for a in states] for b in states]
    every = sorted({kind for row in kinds for kind in row})
    result = []
    for before, after in pairwise(frames):
        link = _link(text, before, after)
        one = {kind: {kind: 1.0} | {f"{kind}:{name}": value for name, value in link.items()} for kind in every}
        result.append([[one[kind] for kind in row] for row in kinds])
    return result


def _best_places(singles: list[list[Facts]], count: int) -> None:
    """Mark, for each question, the paragraph of the letter that is nearest to it: a question is mostly answered somewhere."""
    for view in KEPT:
        for prefix in ("", "lead:", "peak:"):
            for q in range(count):
                values = [row[q].get(prefix + view, 0.0) for row in singles]
                top = max(values, default=0.0)
                for row, value in zip(singles, values, strict=True):
                    if top > 0.05 and value == top:
                        row[q][f"place:{prefix}{view}"] = 1.0
                    elif value > 0.7 * top > 0.035:
                        row[q][f"place:near:{prefix}{view}"] = 1.0


def _singles(kept: list[Frame], all_seen: list[Seen], count: int, *, reliable: bool) -> list[list[Facts]]:
    """For each paragraph and question, the facts that speak for or against this one question."""
    result: list[list[Facts]] = []
    section: tuple[int, ...] = ()
    for i, (frame, seen) in enumerate(zip(kept, all_seen, strict=True)):
        row = _contrast(seen.whole, "")
        lead = _contrast(seen.lead, "lead:")
        peak = _contrast(seen.peak, "peak:")
        place = i / max(1, len(kept) - 1)
        for q in range(count):
            row[q] |= lead[q] | peak[q] | _anchors(frame, q + 1, section, reliable=reliable)
            row[q] |= {"answer": 1.0, "order": abs(place - (q + 0.5) / count), "own": seen.owners.count(q) / max(1, len(seen.owners))}
        result.append(row)
        if frame.numbers and (frame.anchor in ("named", "ordinal") or reliable):
            section = frame.numbers
        elif frame.role == "question" and frame.echo[0]:
            section = (frame.echo[0],)
    _best_places(result, count)
    return result


def facts(text: str, frames: list[Frame], questions: list[str]) -> Sheet:
    """All that is observed; nothing is decided here."""
    kept = [f for f in frames if f.role not in ASIDE]
    said = [bags(f.words) for f in kept]
    questionnaire = Questionnaire(questions, said)
    all_seen = [_see(questionnaire, text, frame, whole) for frame, whole in zip(kept, said, strict=True)]
    _hear(questionnaire, kept, all_seen)
    reliable = _reliable(kept, len(questions)) and _renumber(kept, all_seen, len(questions))
    singles = _singles(kept, all_seen, len(questions), reliable=reliable)
    states = _states(kept, len(questions), all_seen)
    letter = _letter(kept, all_seen, len(questions))
    unary = []
    for i, (frame, seen) in enumerate(zip(kept, all_seen, strict=True)):
        cells = [_none(frame, i / max(1, len(kept) - 1), seen, letter)]
        for state in states[1:]:
            rows = [singles[i][q - 1] for q in state]
            cells.append((rows[0] if len(rows) == 1 else _combine(rows, frame, seen, state)) | seen.voice.facts(state))
        unary.append(cells)
    likeness = [[cell["mix"] for cell in seen.whole] for seen in all_seen]
    return Sheet(kept, states, unary, _steps(text, kept, states), likeness, reliable, [seen.sentences for seen in all_seen])
