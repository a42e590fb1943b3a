"""Commitments: the clauses by which the author binds themselves, wishes, refuses or recalls, with level, tier and reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plaidoyer.reading import chain
from plaidoyer.reading.clauses import COORDINATORS
from plaidoyer.reading.clues import Candidate, candidates
from plaidoyer.reading.figures import figures, measures
from plaidoyer.reading.rules import BY_NAME
from plaidoyer.reading.skeleton import Frame
from plaidoyer.reading.types import Commitment, Level, Passage, Question, Tier
from plaidoyer.reading.words import Word, fold

LEVELS = (Level.FIRM, Level.CONDITIONAL, Level.INTENTION, Level.REFUSAL, Level.PAST)
LABELS = ("out", "in", *(level.value for level in LEVELS))
CONNECTORS = re.compile(
    r"(?:(?:\d{1,2}|[a-h])\s?[.)/°:-]|[-–—•·‣▪◦*#>\s☐☑✓✔👉➡→_]+|(?:et|mais|ou|car|donc|puis|or|alors|ensuite|enfin|aussi|ainsi|de plus"
    r"|par contre|par ailleurs|d'autre part|d'ailleurs|en revanche|en effet|cependant|toutefois|c'est pourquoi|au contraire)\b,?\s)+"
)
CONDITION = re.compile(
    r"(?:\bsi\b|\bs'il|\bs’il|sous réserve|à (?:la )?condition|pour autant|pour peu|dès lors|du moment|dans la mesure|à défaut|à moins|pourvu"
    r"|étant entendu|dans la limite|en cas d|tant que|une fois|lorsque|quand|dès que|là où|au rythme|sauf)[^.;]*",
    re.IGNORECASE,
)
TRAILING = ",;:–—- \n\t"


@dataclass(frozen=True, slots=True)
class Run:
    """Clauses joined as one commitment, with the probability that something is there and that the level is right."""

    members: tuple[int, ...]
    level: Level
    odds: float
    level_odds: float


def _scores(found: list[Candidate], model: dict[str, dict[str, float]]) -> list[list[float]]:
    columns = [model[label] for label in LABELS]
    return [[sum(column.get(clue, 0.0) for clue in candidate.clues) for column in columns] for candidate in found]


def _steps(found: list[Candidate], learned: dict[str, float]) -> list[list[list[float]]]:
    within = [[learned.get(f"{b}>{a}", 0.0) for a in LABELS] for b in LABELS]
    across = [[learned.get(f"{b}|{a}", 0.0) for a in LABELS] for b in LABELS]
    return [across if candidate.opens else within for candidate in found[1:]]


def _runs(path: list[int], odds: list[list[float]]) -> list[Run]:
    runs: list[Run] = []
    for i, label in enumerate(path):
        if label >= 2:
            some = sum(odds[i][2:])
            runs.append(Run((i,), LEVELS[label - 2], some, odds[i][label] / max(some, 1e-9)))
        elif label == 1 and runs and runs[-1].members[-1] == i - 1:
            last = runs[-1]
            runs[-1] = Run((*last.members, i), last.level, last.odds, last.level_odds)
    return runs


def decode(found: list[Candidate], model: dict[str, object]) -> tuple[list[Run], list[Run]]:
    """(sure, to check): the best path when the head is strict, then what a more generous head adds."""
    weights, steps_weights = model["weights"], model["steps"]
    scores = _scores(found, weights)  # type: ignore[arg-type]
    steps = _steps(found, steps_weights)  # type: ignore[arg-type]
    odds = chain.marginals(scores, steps)
    strict, wide = float(model["strict"]), float(model["wide"])  # type: ignore[arg-type]

    def shifted(gift: float) -> list[list[float]]:
        return [[row[0] - gift, *row[1:]] for row in scores]

    sure = _runs(chain.best_path(shifted(strict), steps), odds)
    more = _runs(chain.best_path(shifted(wide), steps), odds)
    taken = {i for run in sure for i in run.members}
    return sure, [run for run in more if not taken & set(run.members)]


def trim(text: str, start: int, end: int, sentence: tuple[int, int]) -> tuple[int, int]:
    """The span without the joints that tie it to its neighbours; a whole sentence keeps its full stop."""
    lead = CONNECTORS.match(fold_same(text[start:end]))
    if lead and lead.end() < end - start - 2:
        start += lead.end()
    while start < end and text[start] in TRAILING:
        start += 1
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    return start, end


def fold_same(text: str) -> str:
    """Folded, of the same length: accents off, ligatures and odd characters left as they are."""
    return "".join(f if len(f := fold(c)) == 1 else c for c in text)


def _actor(found: list[Candidate], run: Run) -> str:
    clues = set(found[run.members[0]].clues)
    if {"subject:je", "subject:nous", "subject:on"} & clues:
        return "list"
    if "subject:town" in clues:
        return "town"
    return "other" if "subject:others" in clues else ""


def _reason(found: list[Candidate], run: Run, tier: Tier) -> tuple[str, str]:
    """(rule, French sentence): the named sign that speaks for this level, else the verb."""
    head = found[run.members[0]]
    signs = [r for i in run.members for r in found[i].rules if BY_NAME[r].level == run.level]
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
    if run.level is Level.PAST:
        return "bilan", "Un fait déjà accompli." + doubt
    return "appris", "Ressemble à ce que les relecteurs ont retenu." + doubt


def _commitment(text: str, found: list[Candidate], run: Run, tier: Tier, passages: list[Passage]) -> Commitment | None:
    first, last = found[run.members[0]], found[run.members[-1]]
    start, end = trim(text, first.clause.start, last.clause.end, first.sentence)
    if end <= start:
        return None
    condition = CONDITION.search(text, start, end) if run.level is Level.CONDITIONAL else None
    rule, why = _reason(found, run, tier)
    return Commitment(
        start, end, text[start:end], run.level, passages[first.passage].questions, round(run.odds, 3), why, rule, tier,
        measures(text, start, end, first.sentence), figures(text, start, end), _actor(found, run),
        condition.span() if condition else None,
    )  # fmt: skip


def commitments(text: str, frames: list[Frame], passages: list[Passage], questions: list[Question]) -> list[Commitment]:
    """The commitments of a letter in reading order; ``quote == text[start:end]``, always.

    « Nous ouvrirons une halte de nuit si l'État paie les veilleurs. » is conditional, its condition « si l'État… ».
    """
    answered = [p.questions for p in passages]
    found = candidates(text, frames, answered, questions)
    if not found:
        return []
    sure, check = decode(found, chain.weights("commitments"))
    made = [_commitment(text, found, run, tier, passages) for runs, tier in ((sure, Tier.SURE), (check, Tier.CHECK)) for run in runs]
    return sorted((c for c in made if c is not None), key=lambda c: (c.start, c.end))


def words_of(candidate: Candidate) -> list[Word]:
    return [w for w in candidate.clause.words if not w.is_mark and w.folded not in COORDINATORS]
