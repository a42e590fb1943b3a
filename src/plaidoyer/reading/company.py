"""What surrounds a clause: the seam to the one before, its neighbours in the sentence, whom its pronoun stands for, the letter's style."""

from __future__ import annotations

from dataclasses import dataclass

from plaidoyer.reading.actors import whose
from plaidoyer.reading.clauses import Clause


@dataclass(slots=True)
class Candidate:
    """One clause with its clues; ``opens`` tells the first clause of a sentence."""

    clause: Clause
    clues: list[str]
    rules: list[str]
    opens: bool
    passage: int  # index of its paragraph
    sentence: tuple[int, int]
    asked: list[str]  # what its questions ask for: an act, an opinion


def _with_style(found: list[Candidate]) -> list[Candidate]:
    """Whether the whole letter is written in notes: a verbless line means more there than in prose."""
    opening = [c for c in found if c.opens]
    share = sum("verbless" in c.clues for c in opening) / max(1, len(opening))
    style = "notes" if share > 0.5 else "mixed" if share > 0.2 else "prose"
    for candidate in found:
        candidate.clues.append(f"style:{style}")
        if "verbless" in candidate.clues:
            candidate.clues.append(f"verbless+{style}")
    return found


NEARBY = ("rule:", "tense:", "subject:", "verbless", "kind:", "asks", "reported")


TIMES = {"f": "F", "etre+pp:f": "F", "c": "C", "etre+pp:c": "C", "p": "P", "etre+pp:p": "Q", "avoir+pp:p": "Q", "m": "Q", "s": "Q", "avoir+pp:m": "Q"}


def _time(clues: list[str]) -> str:
    """The tense of a clause in one letter: Future, Conditional, Present, past (Q), verbless (V), other (O)."""
    if "verbless" in clues:
        return "V"
    tense = next((c[6:] for c in clues if c.startswith("tense:") and not c.endswith(("answers", "aside"))), "")
    return TIMES.get(tense, "O")


def _with_seams(found: list[Candidate]) -> list[Candidate]:
    """How a clause is sewn to the one before: by what joint, with a subject of its own or not, from what tense to what tense."""
    times = [_time(c.clues) for c in found]
    for i, candidate in enumerate(found):
        joint = candidate.clause.joint
        own = "bare" if times[i] == "V" else "own" if "subject:none" not in candidate.clues and "subject:qui" not in candidate.clues else "shared"
        sewn = f"seam:{joint}:{own}"
        inner = [sewn, f"{sewn}:{times[i]}", f"{sewn}:{times[i - 1]}>{times[i]}", f"seam:{candidate.clause.kind}:{own}"]
        seam = ["seam:start"] if candidate.opens else inner
        candidate.clues += [*seam, f"time:{times[i]}"]
        if i + 1 < len(found) and not found[i + 1].opens:
            candidate.clues.append(f"seam-next:{found[i + 1].clause.joint}:{times[i]}>{times[i + 1]}")
    return found


def _with_antecedents(found: list[Candidate]) -> list[Candidate]:
    """Whom « il », « elles » or « qui » stand for: the last subject that was named in the same paragraph."""
    named, place = "none", -1
    for i, candidate in enumerate(found):
        if candidate.passage != place:
            named, place = "none", candidate.passage
        subject = next((c[8:] for c in candidate.clues if c.startswith("subject:")), "")
        time = _time(candidate.clues)
        if subject in ("il", "elle", "elles"):
            candidate.clues += [f"stands-for:{named}", f"stands-for:{named}+{time}"]
        elif subject == "qui" and i and found[i - 1].sentence == candidate.sentence:
            kind = whose(found[i - 1].clause.words)
            candidate.clues += [f"whose:{kind}", f"whose:{kind}+{time}"]
        elif subject in ("others", "rival", "named", "town", "folk", "noun"):
            named = subject
    return found


def _with_titles(found: list[Candidate]) -> list[Candidate]:
    """A short line without a verb that opens a paragraph of sentences (« Cantine. Nous… »), in a letter that does so again and again."""
    first: dict[int, Candidate] = {}
    count: dict[int, int] = {}
    for candidate in found:
        first.setdefault(candidate.passage, candidate)
        count[candidate.passage] = count.get(candidate.passage, 0) + 1
    titles = [c for n, c in first.items() if count[n] > 1 and "verbless" in c.clues and sum(not w.is_mark for w in c.clause.words) <= 6]
    often = len(titles) >= 3 and len(titles) >= 0.3 * sum(n > 1 for n in count.values())
    for candidate in titles:
        candidate.clues.append("title:often" if often else "title:once")
    return found


def _with_neighbours(found: list[Candidate]) -> list[Candidate]:
    """Add to each clause what its neighbours in the same sentence show."""
    own = [[c for c in x.clues if c.startswith(NEARBY) and "+" not in c] for x in found]
    for i, candidate in enumerate(found):
        if i and found[i - 1].sentence == candidate.sentence:
            candidate.clues += [f"<{c}" for c in own[i - 1]]
        else:
            candidate.clues.append("<start")
        if i + 1 < len(found) and found[i + 1].sentence == candidate.sentence:
            candidate.clues += [f">{c}" for c in own[i + 1]]
        else:
            candidate.clues.append(">end")
    return found


def in_company(found: list[Candidate]) -> list[Candidate]:
    """The clauses of a letter with all that their company shows."""
    return _with_neighbours(_with_seams(_with_titles(_with_antecedents(_with_style(found)))))
