"""Commitments: the clauses by which the author binds themselves, wishes, refuses or recalls, with level, tier and reason."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from plaidoyer.reading import chain
from plaidoyer.reading.clauses import finite, relative
from plaidoyer.reading.clues import candidates
from plaidoyer.reading.company import Candidate
from plaidoyer.reading.facets import condition, facets, who_acts
from plaidoyer.reading.figures import figures
from plaidoyer.reading.items import item_measures
from plaidoyer.reading.measures import flat, measures
from plaidoyer.reading.naming import is_reference
from plaidoyer.reading.programme import cited_first, parted, with_citations
from plaidoyer.reading.rules import BY_NAME, fired, flatten
from plaidoyer.reading.skeleton import Frame
from plaidoyer.reading.spans import Run, doubts, likely_runs
from plaidoyer.reading.types import Commitment, Level, Passage, Question, Tier
from plaidoyer.reading.words import Word

LEVELS = (Level.FIRM, Level.CONDITIONAL, Level.INTENTION, Level.REFUSAL)
LABELS = ("out", "in", "begin", "past")
Model = dict[str, Any]
CONNECTORS = re.compile(
    r"(?:\d{1,2}\.\d{1,2}\.?\s|(?:\d{1,2}|[a-h])\s?[.)/°:-]|[-–—•·‣▪◦*#>\s☐☑✓✔👉➡→_]+"
    r"|(?:et|mais|ou|car|donc|puis|or|alors|ensuite|enfin|aussi|ainsi|de plus|par contre|par ailleurs|d'autre part|d'ailleurs|en revanche"
    r"|en effet|cependant|toutefois|c'est pourquoi|au contraire)\b,?\s)+"
)
DENIALS = frozenset(("pas", "plus", "jamais", "rien", "aucun", "aucune", "ni", "non", "sans", "zero"))
TRAILING = ",;:–—- \n\t"


def _scores(found: list[Candidate], model: dict[str, dict[str, float]]) -> list[list[float]]:
    weight = chain.table(model, LABELS)
    return [chain.totals(candidate.clues, weight, len(LABELS)) for candidate in found]


def _steps(found: list[Candidate], learned: dict[str, float]) -> list[list[list[float]]]:
    within = [[learned.get(f"{b}>{a}", 0.0) for a in LABELS] for b in LABELS]
    across = [[learned.get(f"{b}|{a}", 0.0) for a in LABELS] for b in LABELS]
    return [across if candidate.opens else within for candidate in found[1:]]


def _runs(path: list[int], odds: list[list[float]]) -> list[Run]:
    runs: list[Run] = []
    for i, label in enumerate(path):
        if LABELS[label] in ("begin", "past"):
            runs.append(Run((i,), odds[i][label], LABELS[label] == "past"))
        elif LABELS[label] == "in" and runs and runs[-1].members[-1] == i - 1:
            runs[-1] = Run((*runs[-1].members, i), runs[-1].odds, runs[-1].past)
    return runs


@dataclass(frozen=True, slots=True)
class Judged:
    """The learned head's opinion of every clause of a letter, before any bar is set."""

    scores: list[list[float]]
    steps: list[list[list[float]]]
    odds: list[list[float]]
    sewn: list[bool]  # clauses with a subject of their own: where two promises are more likely than one long one
    runs: list[Run]  # all that it holds possible
    sizes: list[int]  # words of each clause


def judge(found: list[Candidate], model: Model) -> Judged:
    scores, steps = _scores(found, model["weights"]), _steps(found, model["steps"])
    lattice = chain.lattice(scores, steps)
    sizes = [sum(not w.is_mark for w in c.clause.words) for c in found]
    return Judged(scores, steps, chain.odds(lattice), ["seam:main:own" in c.clues for c in found], likely_runs(scores, steps, lattice), sizes)


def decode(judged: Judged, model: Model) -> tuple[list[Run], list[Run]]:
    """(sure, to check): the best path, then what is still worth a look beside it."""
    gift, split = model["strict"], model["split"]
    rows = [[r[0] - gift, r[1] - split * sewn, r[2], r[3] - gift] for r, sewn in zip(judged.scores, judged.sewn, strict=True)]
    sure = _runs(chain.best_path(rows, judged.steps), judged.odds)
    return sure, doubts(judged.runs, judged.sizes, sure, model["check"])


MOMENTS = frozenset(["mesure", "jour", "moment", "cas", "instant", "la"])  # « dans la mesure où », « le jour où »: conditions, not relatives


def _bared(text: str, start: int, end: int, words: list[Word]) -> str:
    """The words without the verbs of relatives: « pour ceux qui doivent aller » says nothing of what the author wants."""
    dropped: list[tuple[int, int]] = []
    opened = -1
    for i, word in enumerate(words):
        if relative(words, i) and i > 0 and words[i - 1].folded not in MOMENTS and word.folded in ("qui", "que", "qu'", "dont", "ou"):
            opened = word.start if words[i - 1].has("N") or words[i - 1].folded in ("ceux", "celles", "celui", "celle") else -1
        elif opened >= 0 and (finite(words, i) is not None or word.raw == ","):
            dropped.append((opened, word.end))
            opened = -1
    kept, last = [], start
    for left, right in dropped:
        if left >= last and right <= end:
            kept.append(text[last:left])
            last = right
    return flatten("".join([*kept, text[last:end]]))


def level_clues(text: str, found: list[Candidate], run: Run, asked: list[str]) -> list[str]:
    """What speaks for a level in a whole commitment: the signs of its words, and the verb of its first clause."""
    first, last = found[run.members[0]], found[run.members[-1]]
    start, end = trim(text, first.clause.start, last.clause.end)
    signs = fired(_bared(text, start, end, [w for i in run.members for w in found[i].clause.words]))
    head = [c for c in first.clues if not c.startswith(("<", ">", "size", "role", "lead", "style", "w:"))]
    others = [f"also:{c}" for i in run.members[1:] for c in found[i].clues if c.startswith(("tense:", "subject:", "denied:"))]
    pairs = [f"sign:{a}+{b}" for i, a in enumerate(signs) for b in signs[i + 1 :]]
    tense = next((c for c in head if c.startswith("tense:")), "tense:no")
    near = [c for c in first.clues if c.startswith(("<rule:", ">rule:", "<tense", ">start"))]
    said = _said([w for i in run.members for w in found[i].clause.words if start <= w.start < end])
    named = [f"sign:{s}" for s in signs]
    return list(dict.fromkeys(["bias", *named, *(f"{s}+{tense}" for s in named), *pairs, *head, *others, *near, *asked, *said]))


def _said(words: list[Word]) -> list[str]:
    """Each word of a commitment, each two that follow one another, and what comes after a negation; numbers are all alike."""
    clues, last, denied = [], "^", False
    for word in words:
        name = "#" if word.raw[0].isdigit() else word.folded
        clues += [f"s:{name}", f"s:{last}_{name}"]
        clues += [f"not:{word.lemma}"] if denied and not word.is_mark else []
        denied = (denied or word.folded in DENIALS) and word.raw not in ".;:"
        last = name
    return [*clues, f"s:{last}_$"]


def level_of(clues: list[str], model: dict[str, dict[str, float]]) -> tuple[Level, float]:
    """The most probable level and its probability."""
    scores = chain.totals(clues, chain.table(model, [level.value for level in LEVELS]), len(LEVELS))
    total = chain.logsum(scores)
    best = max(range(len(LEVELS)), key=scores.__getitem__)
    if LEVELS[best] in (Level.FIRM, Level.INTENTION) and _hangs(clues) and math.exp(scores[1] - total) >= POSSIBLE:
        best = LEVELS.index(Level.CONDITIONAL)
    if LEVELS[best] is Level.FIRM and _studies(clues) and math.exp(scores[2] - total) >= LIKELY:
        best = LEVELS.index(Level.INTENTION)
    return LEVELS[best], math.exp(scores[best] - total)


POSSIBLE = 0.12  # odds from which an explicit « si » or « sous réserve » decides against the rest of the sentence
LIKELY = 0.3  # odds from which « nous étudierons », « nous examinerons » decide against what is to be studied


def _hangs(clues: list[str]) -> bool:
    """Whether a condition is said in so many words, and nothing says that the promise holds anyway."""
    said = set(clues)
    return bool({"sign:si", "sign:reserve"} & said) and not {"sign:quand-meme", "sign:si-elus"} & said


def _studies(clues: list[str]) -> bool:
    """Whether the verb that carries the promise is to study, to examine, to reflect."""
    return "sign:etudier" in clues and any(c.startswith("act:study") for c in clues)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the joints that tie it to its neighbours."""
    lead = CONNECTORS.match(flat(text[start:end]))
    if lead and lead.end() < end - start - 2:
        start += lead.end()
    while start < end and text[start] in TRAILING:
        start += 1
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    return start, end


def _actor(found: list[Candidate], run: Run) -> str:
    clues = set(found[run.members[0]].clues)
    if {"subject:je", "subject:nous", "subject:on"} & clues:
        return "list"
    if "subject:town" in clues:
        return "town"
    return "others" if {"subject:others", "subject:rival", "subject:named"} & clues else ""


def _reason(found: list[Candidate], run: Run, level: Level, tier: Tier) -> tuple[str, str]:
    """(rule, French sentence): the named sign that speaks for this level, else the verb."""
    head = found[run.members[0]]
    signs = [r for i in run.members for r in found[i].rules if BY_NAME[r].level == level]
    clues = set(head.clues)
    doubt = " À vérifier : les signes sont faibles ou se contredisent." if tier is Tier.CHECK else ""
    if signs:
        return signs[0], BY_NAME[signs[0]].why + doubt
    if "verbless" in clues:
        return "sans-verbe", "Sans verbe, sous une question : une ligne qui répond." + doubt
    tense = next((c.split(":", 1)[1] for c in head.clues if c.startswith("tense:")), "")
    if tense == "f" or tense.endswith(":f"):
        return "futur", "Le verbe est au futur." + doubt
    if tense == "c" or tense.endswith(":c"):
        return "conditionnel", "Le verbe est au conditionnel." + doubt
    if level is Level.PAST:
        return "bilan", "Un fait déjà accompli." + doubt
    return "appris", "Ressemble à ce que les relecteurs ont retenu." + doubt


def _commitment(
    text: str, found: list[Candidate], run: Run, tier: Tier, passages: list[Passage], model: Model, items: dict[int, tuple[str, ...]],
) -> Commitment | None:  # fmt: skip
    first, last = found[run.members[0]], found[run.members[-1]]
    start, end = trim(text, first.clause.start, last.clause.end)
    if end <= start:
        return None
    level, sureness = (Level.PAST, 1.0) if run.past else level_of(level_clues(text, found, run, first.asked), model["levels"])
    depends = condition(text, start, end) if level is Level.CONDITIONAL else None
    actor = who_acts(text, start, end, _actor(found, run))
    rule, why = _reason(found, run, level, tier)
    cited = measures(text, start, end, first.sentence) or items.get(max((k for k in items if k <= start), default=-1), ())
    return Commitment(
        start, end, text[start:end], level, passages[first.passage].questions, round(run.odds * sureness, 3), why, rule, tier,
        cited, figures(text, start, end), actor, depends, facets(text, start, end, actor, depends),
    )  # fmt: skip


def commitments(text: str, frames: list[Frame], passages: list[Passage], questions: list[Question]) -> list[Commitment]:
    """The commitments of a letter in reading order; ``quote == text[start:end]``, always.

    « Nous ouvrirons une halte de nuit si l'État paie les veilleurs. » is conditional, its condition « si l'État… ».
    """
    answered = [p.questions if p.role != "question" else () for p in passages]
    found = candidates(text, frames, answered, questions)
    if not found:
        return []
    model = chain.weights("commitments")
    sure, check = decode(judge(found, model), model)
    items = item_measures(text, [(f.start, f.end, f.role == "heading") for f in frames])
    items |= {f.start: (f.measure,) for f in frames if f.measure}
    sure, check = cited_first(found, parted(found, sure), check)
    made = [_commitment(text, found, run, tier, passages, model, items) for runs, tier in ((sure, Tier.SURE), (check, Tier.CHECK)) for run in runs]
    kept = sorted((c for c in made if c is not None and not is_reference(c.quote)), key=lambda c: (c.start, c.end))
    return with_citations(text, kept, found)
