"""Plain readers to be measured against: TF-IDF or BM25 for alignment, one rule per level for commitments."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from bench.reading.annotated import Annotated
from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.rules import fired, flatten
from plaidoyer.reading.sentences import sentences
from plaidoyer.reading.types import Commitment, Level, Passage
from plaidoyer.reading.words import content, tokens

Scores = Callable[[list[list[str]], list[list[str]]], list[list[float]]]


def tf_idf(passages: list[list[str]], questions: list[list[str]]) -> list[list[float]]:
    every = passages + questions
    df = Counter(w for words in every for w in set(words))
    vector = lambda words: {w: (1 + math.log(n)) * math.log(1 + len(every) / df[w]) for w, n in Counter(words).items()}  # noqa: E731
    norm = lambda v: math.sqrt(sum(x * x for x in v.values())) or 1.0  # noqa: E731
    rows, asked = [vector(p) for p in passages], [vector(q) for q in questions]
    return [[sum(p[w] * q[w] for w in p.keys() & q.keys()) / norm(p) / norm(q) for q in asked] for p in rows]


def bm25(passages: list[list[str]], questions: list[list[str]]) -> list[list[float]]:
    df = Counter(w for words in passages for w in set(words))
    mean = sum(map(len, passages)) / max(1, len(passages))
    weight = {w: math.log(1 + (len(passages) - n + 0.5) / (n + 0.5)) for w, n in df.items()}

    def one(passage: list[str], question: list[str]) -> float:
        tf, asked = Counter(passage), set(question)
        length = 1.2 * (0.25 + 0.75 * len(passage) / mean)
        return sum(weight[w] * tf[w] * 2.2 / (tf[w] + length) for w in asked if tf[w]) / (1 + len(asked))

    return [[one(p, q) for q in questions] for p in passages]


def align(reply: Annotated, score: Scores, bar: float) -> list[Passage]:
    found = split(reply.document)
    lemmas = lambda words: [w.lemma for w in content(words)]  # noqa: E731
    table = score([lemmas(tokens(reply.text, p.start, p.end)) for p in found], [lemmas(tokens(q.text)) for q in reply.questions])
    result = []
    for paragraph, row in zip(found, table, strict=True):
        best = max(range(len(row)), key=row.__getitem__)
        codes = (reply.questions[best].code,) if row[best] >= bar else ()
        result.append(Passage(paragraph.start, paragraph.end, codes, row[best], ""))
    return result


def plain_rules(reply: Annotated) -> list[Commitment]:
    """One sentence, one level: the first of « si », a negated future, a wish, a promise or a future in the first person."""
    result = []
    for start, end in sentences(reply.text):
        quote = reply.text[start:end]
        signs = set(fired(flatten(quote)))
        future = any(a.mood == "f" and set(a.persons) & set("134") for w in tokens(quote) for a in w.readings)
        level = (
            Level.CONDITIONAL if future and signs & {"si", "reserve"} else Level.REFUSAL if "ne-fera-pas" in signs
            else Level.INTENTION if signs & {"vouloir", "proposer"} else Level.FIRM if future or "s-engager" in signs else None
        )  # fmt: skip
        if level is not None:
            result.append(Commitment(start, end, quote, level, (), 1.0, ""))
    return result
