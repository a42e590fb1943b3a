"""Learning the weights of the two chains from annotated replies. numpy and scipy are needed here, and only here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

Array = Any  # numpy arrays: their stubs are not typed finely enough to be worth the noise


@dataclass(slots=True)
class Case:
    """One annotated letter: facts as dense rows, and the right path. Steps that share their facts are kept once."""

    rows: Array  # T × S × F
    kinds: Array  # T-1 × K × F: the facts of each kind of step
    which: Array  # T-1 × S × S: the kind of each step
    path: list[int]
    weight: float = 1.0  # letters made to teach count for less than letters that somebody wrote


def names(sheets: Sequence[Any], at_least: int = 3) -> list[str]:
    """The facts seen often enough to deserve a weight, in a fixed order."""
    seen: dict[str, int] = {}
    for unary, steps in sheets:
        here: set[str] = set()
        for row in unary:
            for cell in row:
                here |= cell.keys()
        for matrix in steps:
            for line in matrix:
                for cell in line:
                    here |= cell.keys()
        for name in here:
            seen[name] = seen.get(name, 0) + 1
    return sorted(name for name, n in seen.items() if n >= at_least)


def _dense(cells: Sequence[Mapping[str, float]], place: Mapping[str, int], size: int) -> Array:
    matrix = np.zeros((len(cells), size), dtype=np.float32)
    for i, cell in enumerate(cells):
        for name, value in cell.items():
            if name in place:
                matrix[i, place[name]] = value
    return matrix


def _kinds(matrix: Any) -> tuple[list[Mapping[str, float]], list[list[int]]]:
    """The distinct facts of one matrix of steps (told apart by identity), and where each of them stands."""
    order: dict[int, int] = {}
    kinds: list[Mapping[str, float]] = []
    which = []
    for line in matrix:
        row = []
        for cell in line:
            if id(cell) not in order:
                order[id(cell)] = len(kinds)
                kinds.append(cell)
            row.append(order[id(cell)])
        which.append(row)
    return kinds, which


def pack(unary: Any, steps: Any, path: list[int], vocabulary: Sequence[str]) -> Case:
    place = {name: i for i, name in enumerate(vocabulary)}
    size, states = len(vocabulary), len(unary[0])
    rows = np.stack([_dense(row, place, size) for row in unary])
    parted = [_kinds(matrix) for matrix in steps]
    widest = max((len(kinds) for kinds, _ in parted), default=0)
    kinds = np.zeros((len(parted), widest, size), np.float32)
    which = np.zeros((len(parted), states, states), np.intp)
    for t, (facts, places) in enumerate(parted):
        kinds[t, : len(facts)] = _dense(facts, place, size)
        which[t] = places
    return Case(rows, kinds, which, path)


def _logsum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)


def _one(case: Case, weight: Array) -> tuple[float, Array]:
    """Minus the log-likelihood of the right path, and its gradient."""
    scores, values = case.rows @ weight, case.kinds @ weight
    length = len(scores)
    steps = np.take_along_axis(values, case.which.reshape(length - 1, scores.shape[1] ** 2), 1).reshape(case.which.shape)
    ahead, behind = np.zeros_like(scores), np.zeros_like(scores)
    ahead[0] = scores[0]
    for t in range(1, length):
        ahead[t] = scores[t] + _logsum(ahead[t - 1][:, None] + steps[t - 1], 0)
    for t in range(length - 2, -1, -1):
        behind[t] = _logsum(steps[t] + (scores[t + 1] + behind[t + 1])[None, :], 1)
    total = _logsum(ahead[-1], 0)
    single = np.exp(ahead + behind - total)
    path = case.path
    index = np.arange(length)
    gain = scores[index, path].sum()
    single[index, path] -= 1
    gradient = np.einsum("ts,tsf->f", single, case.rows)
    if length > 1:
        double = np.exp(ahead[:-1, :, None] + steps + (scores[1:] + behind[1:])[:, None, :] - total)
        gain += steps[index[:-1], path[:-1], path[1:]].sum()
        double[index[:-1], path[:-1], path[1:]] -= 1
        spread = np.zeros_like(values)
        for t in range(length - 1):
            spread[t] = np.bincount(case.which[t].ravel(), double[t].ravel(), minlength=values.shape[1])
        gradient += np.einsum("tk,tkf->f", spread, case.kinds)
    return float(total - gain), gradient


def fit(cases: Sequence[Case], size: int, ridge: float, start: Array | None = None, rounds: int = 150) -> Array:
    """Weights that make the right paths most probable, held back by a ridge penalty."""

    def loss(weight: Array) -> tuple[float, Array]:
        value, gradient = ridge * float(weight @ weight) / 2, ridge * weight
        for case in cases:
            v, g = _one(case, weight)
            value, gradient = value + case.weight * v, gradient + case.weight * g
        return value, gradient

    first = np.zeros(size) if start is None else start
    return minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
