# ruff: noqa: FBT002, ARG005, B023 — a workshop, not a shop
"""Learn the alignment weights, and say what they are worth on campaigns that they did not see.

python -m bench.reading.train_alignment [--ridge 1.0] [--save]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
from typing import Any

from bench.reading import train_sentences
from bench.reading.annotated import CORPUS, DEV, Annotated, folds_of, grids, load
from plaidoyer.reading import chain
from plaidoyer.reading.alignment import Sheet, _probabilities, choose, facts, gather, settle
from plaidoyer.reading.learning import Case, fit, names, pack
from plaidoyer.reading.paragraphs import split
from plaidoyer.reading.skeleton import frames
from plaidoyer.reading.types import Passage

WORD = re.compile(r"\w+")


ODDS = {}  # probabilities under cross-validation, so that trying bars costs nothing


FOLDS = 6


def heard(replies: list[Annotated]) -> tuple[dict[str, Any], list[Sheet]]:
    """The head of sentences learnt from every letter, and the sheet of each letter as heard by one that did not see its campaign."""
    folds = folds_of(replies, FOLDS)
    data = train_sentences.batch(replies, [sheet_of(r) for r in replies])
    folders = []
    for number in range(FOLDS):
        weights = train_sentences.fit(data, [i for i, r in enumerate(replies) if folds[r.campaign] != number])
        folders.append(train_sentences.beside(train_sentences.model_of(weights, len(replies))))
    sheets = []
    for reply in replies:
        chain.FOLDER.set(folders[folds[reply.campaign]])
        sheets.append(sheet_of(reply))
    chain.FOLDER.set(chain.WEIGHTS)
    return train_sentences.model_of(train_sentences.fit(data, range(len(replies))), len(replies)), sheets


def sheet_of(reply: Annotated) -> Sheet:
    framed = frames(reply.text, split(reply.document), [q.text for q in reply.questions])
    return facts(reply.text, framed, [q.text for q in reply.questions])


def path_of(reply: Annotated, sheet: Sheet) -> list[int]:
    """The right state of each frame; a set of questions that the sheet does not offer falls back on the largest part of it that it does.

    A line of a block that answers several questions answers those of its own commitments, else the likeliest of the block's.
    """
    path = []
    for frame, likeness in zip(sheet.frames, sheet.likeness, strict=True):
        overlap = lambda s: min(s["end"], frame.end) - max(s["start"], frame.start)  # noqa: E731
        segment = max(reply.gold["segments"], key=overlap)
        state = tuple(sorted(int(q[1:]) for q in segment["questions"]))
        if len(state) > 1 and frame.end - frame.start < 0.8 * (segment["end"] - segment["start"]):
            bound = {int(q[1:]) for c in reply.gold["commitments"] if overlap(c) > 0 for q in c["questions"]}
            own = tuple(sorted(bound & set(state)))
            state = own or (max(state, key=lambda q: likeness[q - 1]),)
        if state not in sheet.states:
            inside = [s for s in sheet.states if s and set(s) <= set(state)]
            state = max(inside, key=lambda s: (len(s), sum(likeness[q - 1] for q in s)))
        path.append(sheet.states.index(state))
    return path


def score(reply: Annotated, sheet: Sheet, weight: dict[str, float], bar: float, second: float) -> tuple[float, int, int]:
    """(alignment of the scoring tool, right cells, cells)."""
    found = ODDS.get(id(sheet)) or _probabilities(sheet, weight)
    chosen_of = {id(f): chosen for f, (chosen, _, _) in zip(sheet.frames, settle(sheet, found, bar, second), strict=True)}
    passages = [Passage(f.start, f.end, tuple(str(q) for q in chosen_of[id(f)]), 1.0, "", f.role) for f in sheet.frames]
    said = [(p, {int(q) for q in p.questions}) for p in gather(reply.text, passages)]
    tp = fp = fn = 0
    answered, owed_all = set(), set()
    for s in reply.gold["segments"]:
        if s.get("role") == "question":
            continue
        words = [m.start() for m in WORD.finditer(reply.text, s["start"], s["end"])]
        counts: dict[int, int] = {}
        for frame, chosen in said:
            for q in chosen:
                counts[q] = counts.get(q, 0) + sum(frame.start <= w < frame.end for w in words)
        predicted = {q for q, n in counts.items() if n >= 0.5 * len(words)} if words else set()
        owed = {int(q[1:]) for q in s["questions"]}
        owed_all |= owed
        tp, fp, fn = tp + len(words) * len(predicted & owed), fp + len(words) * len(predicted - owed), fn + len(words) * len(owed - predicted)
    for frame, chosen in said:
        if frame.role != "question":
            answered |= chosen
    count = len(reply.questions)
    right = sum((q in answered) == (q in owed_all) for q in range(1, count + 1))
    return (1.0 if tp + fp + fn == 0 else 2 * tp / (2 * tp + fp + fn)), right, count


def evaluate(replies, sheets, weights_of, bar, second, show=False):
    total, right, cells = [], 0, 0
    for reply, sheet in zip(replies, sheets, strict=True):
        if reply.name == "grid" or reply.name.startswith("made:"):
            continue  # made to teach, not to judge
        a, r, c = score(reply, sheet, weights_of(reply), bar, second)
        total.append(a)
        right, cells = right + r, cells + c
        if show:
            print(f"   {reply.campaign}/{reply.name}: {a:.2f} {r}/{c}")
    return sum(total) / len(total), right / cells


def reliability(replies, sheets, odds_of) -> list[tuple[float, float, int]]:
    """(said, true, how many) for tenths of the probability of the first question of each paragraph, under cross-validation."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(10)]
    for reply, sheet in zip(replies, sheets, strict=True):
        if reply.name == "grid" or reply.name.startswith("made:"):
            continue
        for frame, odds in zip(sheet.frames, odds_of(sheet), strict=True):
            _, single, _ = choose(odds, 0.0, 1.0)
            first = max(single, key=lambda q: single[q])
            segment = max(reply.gold["segments"], key=lambda s: min(s["end"], frame.end) - max(s["start"], frame.start))
            bins[min(9, int(10 * single[first]))].append((single[first], f"Q{first}" in segment["questions"]))
    return [(sum(p for p, _ in b) / len(b), sum(r for _, r in b) / len(b), len(b)) for b in bins if b]


TAUGHT = {}  # what the processes that fit inherit


def _fit(kept):
    return fit([TAUGHT["cases"][i] for i in kept], TAUGHT["size"], TAUGHT["ridge"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--save", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--no-cv", action="store_true")
    parser.add_argument("--without", default="", help="leave out the facts whose name matches (ablation)")
    args = parser.parse_args()
    letters = load(DEV, CORPUS)
    replies = letters + grids(letters)
    sentences, sheets = heard(replies)
    vocabulary = [n for n in names([(s.unary, s.steps) for s in sheets], 2) if not (args.without and re.search(args.without, n))]
    cases: list[Case] = [pack(s.unary, s.steps, path_of(r, s), vocabulary) for r, s in zip(replies, sheets, strict=True)]
    everything = range(len(replies))
    folds = folds_of(replies, FOLDS)
    kept = [everything] if args.no_cv else [everything, *([i for i in everything if folds[replies[i].campaign] != n] for n in range(FOLDS))]
    TAUGHT.update(cases=cases, size=len(vocabulary), ridge=args.ridge)
    with multiprocessing.get_context("fork").Pool(2) as pool:  # the cases are inherited, not sent
        learned = pool.map(_fit, kept, chunksize=1)
    whole = learned[0]
    named = lambda w: {n: round(float(x), 4) for n, x in zip(vocabulary, w, strict=True) if abs(x) > 1e-4}  # noqa: E731
    print(len(replies), "réponses,", len(vocabulary), "poids")
    model = named(whole)
    print("training", evaluate(replies, sheets, lambda r: model, 0.5, 0.4))
    bars = (0.3, 0.25)
    if not args.no_cv:
        models = [named(w) for w in learned[1:]]
        by = {campaign: models[fold] for campaign, fold in folds.items()}
        grid = {}
        odds = {id(s): _probabilities(s, by[r.campaign]) for r, s in zip(replies, sheets, strict=True)}
        ODDS.update(odds)
        for bar in (0.25, 0.3, 0.35, 0.4, 0.5):
            for second in (0.2, 0.25, 0.3, 0.4):
                grid[bar, second] = evaluate(replies, sheets, lambda r: by[r.campaign], bar, second)
        bars = max(grid, key=lambda k: sum(grid[k]))
        print("cross-validated, 0.5/0.4:", grid[0.5, 0.4], "best", bars, grid[bars])
        dev = {r.campaign for r in load(DEV)}
        for label, inside in (("dev", True), ("corpus", False)):
            pairs = [(r, s) for r, s in zip(replies, sheets, strict=True) if (r.campaign in dev) == inside]
            if pairs:
                print("  ", label, evaluate([r for r, _ in pairs], [s for _, s in pairs], lambda r: by[r.campaign], *bars))
        evaluate(replies, sheets, lambda r: by[r.campaign], *bars, show=args.show)
        curve = reliability(replies, sheets, lambda s: odds[id(s)])
        print("reliability:", ", ".join(f"{said:.2f} said {true:.2f} true ({n})" for said, true, n in curve))
        print(f"off by {sum(abs(s - t) * n for s, t, n in curve) / sum(n for _, _, n in curve):.3f} on average")
    if args.save:
        chain.WEIGHTS.mkdir(exist_ok=True)
        body = {"name": "alignment 1", "bar": bars[0], "bar_second": bars[1], "replies": len(replies), "weights": model}
        train_sentences.write(chain.WEIGHTS, sentences)
        (chain.WEIGHTS / "alignment.json").write_text(json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
