# ruff: noqa: E501, FBT002, ARG005, C901 — a workshop, not a shop
"""Learn the weights of the commitment head, and say what they are worth on campaigns that they did not see.

python -m bench.reading.train_commitments [--ridge 1.0] [--save] [--show]
"""

from __future__ import annotations

import argparse
import collections
import functools
import json
import re
from itertools import pairwise

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

from bench.reading.annotated import CORPUS, DEV, folds_of, grids, load
from bench.reading.measured import layout
from plaidoyer.reading import chain
from plaidoyer.reading.alignment import align
from plaidoyer.reading.clues import candidates
from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.promises import LABELS, LEVELS, commitments, decode, judge, level_clues, level_of, trim
from plaidoyer.reading.rules import BY_NAME
from plaidoyer.reading.skeleton import frames
from plaidoyer.reading.spans import Run
from plaidoyer.reading.types import Level
from plaidoyer.replies.learning.scoring import Board, add_alignment, add_commitments

WORD = re.compile(r"\w+")


def gold_questions(reply, framed):
    """The questions that the annotators gave to each frame (the head is trained on right alignment)."""
    result = []
    for frame in framed:
        best = max(reply.gold["segments"], key=lambda s: min(s["end"], frame.end) - max(s["start"], frame.start))
        result.append(tuple(best["questions"]) if best.get("role") != "question" else ())
    return result


def labels(reply, found):
    """Gold label of each clause: the level on the first clause of a commitment, « in » on the next ones."""
    spans = [{m.start() for m in WORD.finditer(reply.text, c.clause.start, c.clause.end)} for c in found]
    result = [0] * len(found)
    for c in reply.gold["commitments"]:
        own = {m.start() for m in WORD.finditer(reply.text, c["start"], c["end"])}
        inside = [i for i, s in enumerate(spans) if s and len(s & own) >= 0.5 * len(s) and result[i] == 0]
        if not inside:
            near = [i for i, s in enumerate(spans) if s & own and result[i] == 0 and len(s & own) >= 0.3 * len(s)]
            inside = near[:1]
        for rank, i in enumerate(inside):
            first = "past" if c["level"] == "past" else "begin"
            result[i] = LABELS.index(first if rank == 0 else "in")
    return result


def levels(reply, found, gold):
    """(clues, level) of each gold commitment, as the decoder would see it."""
    result, i = [], 0
    while i < len(gold):
        if LABELS[gold[i]] in ("begin", "past"):
            j = i + 1
            while j < len(gold) and LABELS[gold[j]] == "in":
                j += 1
            run = Run(tuple(range(i, j)), 1.0, LABELS[gold[i]] == "past")
            a, b = found[i].clause.start, found[j - 1].clause.end
            best = max(reply.gold["commitments"], key=lambda c: min(b, c["end"]) - max(a, c["start"]))
            if best["level"] != "past":
                result.append((level_clues(reply.text, found, run, found[i].asked), best["level"]))
            i = j
        else:
            i += 1
    return result


STARTING = {
    "reserve": {"conditional": 5.0}, "si": {"conditional": 4.0}, "quand": {"conditional": 2.0}, "ne-fera-pas": {"refusal": 2.3}, "pas-de": {"refusal": 2.0},
    "nuire": {"refusal": -1.8, "firm": 0.5}, "sans": {"firm": 0.5}, "quand-meme": {"firm": 0.5}, "impossible": {"refusal": 2.5}, "vouloir": {"intention": 2.5},
    "oui": {"firm": 0.5}, "mesure": {"firm": 0.5}, "demarche": {"firm": 0.5}, "continuite": {"firm": 1.0}, "depuis": {}, "bilan": {},
}  # fmt: skip
ASIDE_FROM_RULES = {"bias": {"firm": 1.0}, "denies-asked": {"refusal": 2.0}, "yes+asked:opinion": {"intention": 1.5}, "yes+asked:act": {"firm": 1.0},
    "tense:c": {"intention": 2.0}, "tense:etre+pp:c": {"intention": 1.5}, "under:rule:si": {"conditional": 2.0}, "under:rule:reserve": {"conditional": 2.0},
    "under:rule:vouloir": {"intention": 1.5}, "under:rule:etudier": {"intention": 1.5}, "under:rule:essayer": {"intention": 1.5}, "under:rule:objectif": {"intention": 1.0},
    "act:stop:f:neg": {"firm": 2.0, "refusal": -2.0}, "act:stop:etre+pp:f:neg": {"firm": 1.5, "refusal": -1.5},
    "act:decide:f:neg": {"refusal": 1.0}, "act:create:f:neg": {"refusal": 0.7}, "act:think:p:neg": {"refusal": 2.0}, "act:want:p:neg": {"refusal": 1.5},
    "act:be:p:neg": {"refusal": 1.5}, "act:decide:p:neg": {"refusal": 1.0}, "act:give:f:neg": {"refusal": 0.5}, "act:meet:f:neg": {"refusal": 0.7},
    "under:rule:ne-fera-pas": {"refusal": 2.0}, "under:rule:refuser": {"refusal": 2.0},
}  # fmt: skip


def starting_point(level, clue, strength):
    """What the rules say before any letter is read: learning starts from there, and is pulled back to there."""
    if clue in ASIDE_FROM_RULES:
        return ASIDE_FROM_RULES[clue].get(level, 0.0) * strength
    name = clue.removeprefix("sign:")
    rule = BY_NAME.get(name) if name != clue else None
    if rule is None:
        return 0.0
    usual = {rule.level.value: 1.0 if level == "firm" else 2.0} if rule.level is not None and rule.level.value != "past" else {}
    return STARTING.get(name, usual).get(level, 0.0) * strength


def fit_levels(examples, ridge, invented, strength=1.8):
    """Softmax regression, held back towards the rules instead of towards nothing. Words are those of letters that somebody ``invented``."""
    seen = collections.Counter(c for clues, _ in examples for c in clues)
    words = collections.Counter(c for clues, _ in invented for c in clues)
    names = sorted(c for c, n in seen.items() if (words[c] >= SEEN_WORDS if c.startswith(("s:", "not:")) else n >= 2) or c.startswith("sign:"))
    vocabulary = {c: i for i, c in enumerate(names)}
    rows, cols = [], []
    for i, (clues, _) in enumerate(examples):
        for c in clues:
            if c in vocabulary:
                rows.append(i)
                cols.append(vocabulary[c])
    x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(examples), len(vocabulary)))
    named = [level.value for level in LEVELS]
    y = np.array([named.index(level) for _, level in examples])
    prior = np.array([[starting_point(level, c, strength) for level in named] for c in vocabulary])

    def loss(flat):
        w = flat.reshape(prior.shape)
        scores = x @ w
        total = logsum(scores, 1)
        p = np.exp(scores - total[:, None])
        value = total.sum() - scores[np.arange(len(y)), y].sum() + ridge * ((w - prior) ** 2).sum() / 2
        p[np.arange(len(y)), y] -= 1
        return value, (np.asarray(x.T @ p) + ridge * (w - prior)).ravel()

    w = minimize(loss, prior.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x.reshape(prior.shape)
    return {level: {c: round(float(w[i, k]), 3) for c, i in vocabulary.items() if abs(w[i, k]) >= FAINT} for k, level in enumerate(named)}


AS_MANY = 4  # letters of the corpus that one of the first letters weighs: they show the hand by which a reader is judged
AIM = 0.718  # precision of both tiers on letters not learnt from: 0.70, and what a PDF costs
FAINT = 0.01  # a weight that moves nothing: a fifth of the file, and no figure changes without it
SEEN_WORDS = 4  # invented commitments in which a word, or two, must stand to speak for a level: no real letter lends its own words
SHORT = 25  # clauses after which a letter may be cut, at the next paragraph: short chains are learnt five times faster


def pieces(found, gold, vocabulary):
    """A letter as chains of some tens of clauses, cut between paragraphs."""
    cuts = [0]
    for i in range(1, len(found)):
        if i - cuts[-1] >= SHORT and found[i].passage != found[i - 1].passage:
            cuts.append(i)
    return [Packed(found[a:b], gold[a:b], vocabulary) for a, b in pairwise([*cuts, len(found)]) if a < b]


class Packed:
    def __init__(self, found, gold, vocabulary):
        rows, cols = [], []
        for i, c in enumerate(found):
            for clue in c.clues:
                if clue in vocabulary:
                    rows.append(i)
                    cols.append(vocabulary[clue])
        self.x = csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(found), len(vocabulary)))
        self.y = np.array(gold)
        self.opens = np.array([c.opens for c in found[1:]], dtype=int)
        self.n = len(found)


def logsum(v, axis):
    top = v.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(v - top).sum(axis=axis, keepdims=True))).squeeze(axis)


class Batch:
    """All letters side by side, padded, so that one step of the chain is one array operation."""

    def __init__(self, data):
        self.data = sorted(data, key=lambda d: -d.n)
        self.x = vstack([d.x for d in self.data]).tocsr()
        self.sizes = np.array([d.n for d in self.data])
        self.length = int(self.sizes.max())
        starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.at = [starts[: int((self.sizes > t).sum())] + t for t in range(self.length)]
        self.opens = np.zeros((len(self.data), self.length), dtype=int)
        for i, d in enumerate(self.data):
            self.opens[i, 1 : d.n] = d.opens
        self.y = np.concatenate([d.y for d in self.data])


def leeway(vocabulary, ridge):
    """A ridge for each clue: the plain ones move freely, the words and the crossed ones are held tighter."""

    def hold(clue):
        if clue.startswith(("w:", "lemma", "opening", "first", "joint:,+first")):
            return 2.0
        if "+" in clue or clue[0] in "<>":
            return 1.0
        return 0.25 if clue.startswith(("seam", "size", "answers", "aside", "kind", "joint")) else 0.33

    return ridge * np.array([[hold(c)] for c in vocabulary])


def objective(theta, batch, size, ridge):
    k = len(LABELS)
    w, s = theta[: size * k].reshape(size, k), theta[size * k :].reshape(2, k, k)
    scores = batch.x @ w
    a, b = np.zeros_like(scores), np.zeros_like(scores)
    a[batch.at[0]] = scores[batch.at[0]]
    for t in range(1, batch.length):
        now = batch.at[t]
        step = s[batch.opens[: len(now), t]]
        a[now] = scores[now] + logsum(a[now - 1][:, :, None] + step, 1)
    for t in range(batch.length - 2, -1, -1):
        after = batch.at[t + 1]
        step = s[batch.opens[: len(after), t + 1]]
        b[after - 1] = logsum(step + (scores[after] + b[after])[:, None, :], 2)
    ends = np.cumsum(batch.sizes) - 1
    total = logsum(a[ends], 1)
    each = np.repeat(total, batch.sizes)
    single = np.exp(a + b - each[:, None])
    index = np.arange(len(scores))
    value = total.sum() - scores[index, batch.y].sum() + (ridge * w**2).sum() / 2 + 0.1 * (s**2).sum() / 2
    single[index, batch.y] -= 1
    gw, gs = batch.x.T @ single + ridge * w, 0.1 * s
    for t in range(1, batch.length):
        now = batch.at[t]
        opens = batch.opens[: len(now), t]
        step = s[opens]
        double = np.exp(a[now - 1][:, :, None] + step + (scores[now] + b[now])[:, None, :] - total[: len(now), None, None])
        before, after = batch.y[now - 1], batch.y[now]
        value -= step[np.arange(len(now)), before, after].sum()
        double[np.arange(len(now)), before, after] -= 1
        for o in (0, 1):
            gs[o] += double[opens == o].sum(0)
    return value, np.concatenate([np.asarray(gw).ravel(), gs.ravel()])


def fit(data, size, ridge, rounds=150):
    k = len(LABELS)
    start = np.zeros(size * k + 2 * k * k)
    return minimize(objective, start, args=(Batch(data), size, ridge), jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x


def model_of(theta, vocabulary, strict=0.45, wide=0.2):
    k, size = len(LABELS), len(vocabulary)
    w, s = theta[: size * k].reshape(size, k), theta[size * k :].reshape(2, k, k)
    weights = {label: {c: round(float(w[i, j]), 3) for c, i in vocabulary.items() if abs(w[i, j]) >= FAINT} for j, label in enumerate(LABELS)}
    steps = {f"{b}{mark}{a}": round(float(s[o, i, j]), 3) for o, mark in enumerate(">|") for i, b in enumerate(LABELS) for j, a in enumerate(LABELS)}
    return {"weights": weights, "steps": steps, "strict": strict, "split": 0.6, "check": wide}


JUDGED, LEVELED = {}, {}


def judged(found, model):
    key = (id(found), id(model["weights"]))
    if key not in JUDGED:
        JUDGED[key] = judge(found, model)
    return JUDGED[key]


def leveled(reply, found, run, model):
    key = (id(found), id(model["levels"]), run.members, run.past)
    if key not in LEVELED:
        LEVELED[key] = Level.PAST if run.past else level_of(level_clues(reply.text, found, run, found[run.members[0]].asked), model["levels"])[0]
    return LEVELED[key]


def spans(reply, found, runs, model):
    result = []
    for run in runs:
        s, e = trim(reply.text, found[run.members[0]].clause.start, found[run.members[-1]].clause.end)
        level = leveled(reply, found, run, model)
        result.append((frozenset(m.start() for m in WORD.finditer(reply.text, s, e)), level.value, (s, e)))
    return result


def match(golds, found):
    pairs = sorted(((len(g & f) / len(g | f), i, j) for i, (g, *_) in enumerate(golds) for j, (f, *_) in enumerate(found) if g & f), reverse=True)
    gs, fs, result = set(), set(), []
    for iou, i, j in pairs:
        if iou >= 0.5 and i not in gs and j not in fs:
            gs.add(i), fs.add(j), result.append((i, j))
    return result


def tally(replies, founds, model_for, show=False):
    """The scoring tool's figures for commitments, computed in one process."""
    tp = fp = fn = right = both_hit = owed_all = shown = 0
    confusion = collections.Counter()
    for reply, found in zip(replies, founds, strict=True):
        if reply.name == "grid":
            continue  # made to teach, not to judge
        golds = [(frozenset(m.start() for m in WORD.finditer(reply.text, c["start"], c["end"])), c["level"], c) for c in reply.gold["commitments"]]
        model = model_for(reply)
        sure, more = decode(judged(found, model), model) if found else ([], [])
        s, everything = spans(reply, found, sure, model), spans(reply, found, [*sure, *more], model)
        pairs = match(golds, s)
        hit = [(i, j) for i, j in pairs if golds[i][1] != "past"]
        used = {j for _, j in pairs}
        owed = sum(g[1] != "past" for g in golds)
        tp, fn = tp + len(hit), fn + owed - len(hit)
        wrong = [x for j, x in enumerate(s) if j not in used and x[1] != "past"] + [
            s[j] for i, j in pairs if golds[i][1] == "past" and s[j][1] != "past"
        ]
        fp += len(wrong)
        right += sum(golds[i][1] == s[j][1] for i, j in hit)
        confusion.update((golds[i][1], s[j][1]) for i, j in pairs)
        wide = match(golds, everything)
        both_hit += sum(golds[i][1] != "past" for i, _ in wide)
        owed_all += owed
        shown += sum(x[1] != "past" for x in everything)
        if show:
            boundary = sum(any(g[0] & f[0] for f in s) for i, g in enumerate(golds) if i not in {i for i, _ in pairs} and g[1] != "past")
            print(f"## {reply.campaign}/{reply.name} missed-but-touched {boundary}")
            taken = {i for i, _ in pairs}
            seen = {i for i, _ in wide}
            for i, g in enumerate(golds):
                if i not in taken and g[1] != "past":
                    print("   missed" + ("*" if i in seen else " "), g[1][:4], "|", " ".join(g[2]["quote"].split())[:150])
                    for x in s:
                        if x[0] & g[0]:
                            print("      read instead |", " ".join(reply.text[slice(*x[2])].split())[:220])
            for x in wrong:
                print("   wrong  ", x[1][:4], "|", " ".join(reply.text[slice(*x[2])].split())[:150])
            for i, j in hit:
                if golds[i][1] != s[j][1]:
                    print("   level  ", golds[i][1][:4], "→", s[j][1][:4], "|", " ".join(golds[i][2]["quote"].split())[:150])
    f1 = 2 * tp / max(1, 2 * tp + fp + fn)
    return {
        "f1": round(f1, 3), "p": round(tp / max(1, tp + fp), 3), "r": round(tp / max(1, tp + fn), 3), "r_both": round(both_hit / max(1, owed_all), 3),
        "p_both": round(both_hit / max(1, shown), 3), "level": round(right / max(1, tp), 3),
    }, confusion  # fmt: skip


def prepared():
    """The letters, their clauses under the annotators' alignment, and under the reader's own: what it will have to live with."""
    replies = load(DEV, CORPUS)
    replies += grids(replies)
    right, own, framings = [], [], []
    for reply in replies:
        framed = frames(reply.text, split(reply.document), [q.text for q in reply.questions])
        passages = align(reply.text, framed, list(reply.questions))
        codes = [p.questions if p.role != "question" else () for p in passages]
        right.append(candidates(reply.text, framed, gold_questions(reply, framed), list(reply.questions)))
        own.append(candidates(reply.text, framed, codes, list(reply.questions)))
        framings.append((framed, passages))
    return replies, right, own, framings


def set_bars(models, **bars):
    for model in models.values():
        model.update(bars)


def choose_bars(replies, founds, models, pick):
    """The strictness, the reluctance to join and the bar of doubt that do best on letters not learnt from."""
    best = (0.0, 0.0, 0.0)
    set_bars(models, check=0.9)
    for join in (0.6, 1.2):
        for strict in (0.0, 0.1, 0.2, 0.3, 0.4):
            set_bars(models, strict=strict, split=join)
            best = max(best, (tally(replies, founds, pick)[0]["f1"], -strict, join))  # of equals, the one that credits less
    set_bars(models, strict=-best[1], split=best[2])
    chosen = 0.35
    for check in (0.3, 0.25, 0.22, 0.2, 0.18, 0.17, 0.16, 0.15, 0.14, 0.13, 0.12, 0.11, 0.1):
        set_bars(models, check=check)
        if tally(replies, founds, pick)[0]["p_both"] < AIM:
            break
        chosen = check
    set_bars(models, check=chosen)
    return {"strict": -best[1], "split": best[2], "check": chosen}


def _instead(plain, model, name):
    return model if name == "commitments" else plain(name)


def whole(replies, framings, pick):
    """The figures of the scoreboard, with every letter read by weights that did not see its campaign, by layout."""
    boards = collections.defaultdict(Board)
    plain = chain.weights
    for reply, (framed, passages) in zip(replies, framings, strict=True):
        if reply.name == "grid":
            continue
        chain.weights = functools.partial(_instead, plain, pick(reply))
        found = commitments(reply.text, framed, passages, list(reply.questions))
        for name in ("all letters", layout(reply)):
            add_alignment(boards[name], reply, passages)
            add_commitments(boards[name], reply, found)
    chain.weights = plain
    return {name: board.line() for name, board in boards.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ridge", type=float, default=6.0)
    parser.add_argument("--level-ridge", type=float, default=3.0)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--min", type=int, default=2)
    parser.add_argument("--save", action="store_true", help="learn from every letter, with the bars chosen by cross-validation")
    parser.add_argument("--without", default="", help="leave out the clues whose name matches (ablation)")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    replies, right, own, framings = prepared()
    golds = [labels(r, f) for r, f in zip(replies, own, strict=True)]
    weighty = [AS_MANY if (DEV / r.campaign).exists() else 1 for r in replies]
    seen = collections.Counter(c for found in right for c in {c for x in found for c in x.clues})
    words = collections.Counter(c for found, n in zip(right, weighty, strict=True) if n == 1 for c in {c for x in found for c in x.clues})
    names = sorted(c for c, n in seen.items() if (words[c] >= 4 if c.startswith("w:") else n >= args.min))
    vocabulary = {c: i for i, c in enumerate(c for c in names if not args.without or not re.search(args.without, c))}
    packed = [pieces(f, g, vocabulary) for f, g in zip(own, golds, strict=True)]
    examples = [levels(r, f, g) for r, f, g in zip(replies, own, golds, strict=True)]
    print(len(replies), "letters", sum(map(len, own)), "clauses", len(vocabulary), "clues", sum(map(len, examples)), "commitments")

    def learnt(kept):
        invented = [e for i in kept if weighty[i] == 1 for e in examples[i]]
        kept = [i for i in kept for _ in range(weighty[i])]
        theta = fit([one for i in kept for one in packed[i]], len(vocabulary), leeway(vocabulary, args.ridge), args.rounds)
        return model_of(theta, vocabulary) | {"levels": fit_levels([e for i in kept for e in examples[i]], args.level_ridge, invented)}

    fold_of = folds_of(replies, args.folds)
    models = {n: learnt([i for i, r in enumerate(replies) if fold_of[r.campaign] != n]) for n in range(args.folds)}
    pick = lambda r: models[fold_of[r.campaign]]  # noqa: E731
    bars = choose_bars(replies, own, models, pick)
    print("cross-validated", bars, tally(replies, own, pick, show=args.show)[0])
    print("  with the annotators' alignment", tally(replies, right, pick)[0])
    for name, line in sorted(whole(replies, framings, pick).items()):
        print(f"  {name:12}" + "  ".join(f"{key} {line[key]:.3f}" for key in FIGURES))
    if args.save:
        body = learnt(range(len(replies))) | bars | {"name": f"commitments {len(replies)}", "replies": len(replies)}
        print("training", tally(replies, own, lambda r: body)[0])
        (chain.WEIGHTS / "commitments.json").write_text(json.dumps(body, ensure_ascii=False, sort_keys=True), encoding="utf-8")


FIGURES = ("replies", "commitments", "recall_both", "precision_both", "level", "measures", "exact")


if __name__ == "__main__":
    main()
