"""Many chains of choices side by side: how well given weights explain what people chose, and in which direction better weights lie.

A place whose choice is unknown allows every choice. numpy and scipy are needed here, never to read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

Array = Any  # numpy arrays: their stubs are not typed finely enough to be worth the noise
Facts = Mapping[str, float]
FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True)
class Case:
    """One chain: facts of each choice at each place, facts of each step (``kinds`` of steps, and which one joins two choices), choices allowed."""

    rows: Sequence[Sequence[Facts]]  # place × choice
    kinds: Sequence[Facts]
    where: Array  # (places - 1) × before × after, indexes into kinds
    allowed: Sequence[frozenset[int]]


class Batch:
    """Cases padded to one shape, so that a step of all the chains is one array operation."""

    def __init__(self, cases: Sequence[Case], names: Sequence[str]) -> None:
        place = {name: i for i, name in enumerate(names)}
        self.width = len(names)
        self.lengths = np.array([len(c.rows) for c in cases])
        count, length, size = len(cases), int(self.lengths.max()), max(len(c.rows[0]) for c in cases)
        self.shape = (count, length, size)
        self.live = np.arange(length)[None, :] < self.lengths[:, None]
        self.cells, self.rows = self._rows(cases, place)
        self.where, self.kinds = self._kinds(cases, place)
        self.open = np.full(self.shape, FORBIDDEN)
        for n, case in enumerate(cases):
            for t, choices in enumerate(case.allowed):
                self.open[n, t, sorted(choices)] = 0.0

    def _rows(self, cases: Sequence[Case], place: Mapping[str, int]) -> tuple[Array, Array]:
        cells, facts = [], []
        for n, case in enumerate(cases):
            for t, row in enumerate(case.rows):
                for s, cell in enumerate(row):
                    cells.append((n * self.shape[1] + t) * self.shape[2] + s)
                    facts.append(cell)
        return np.array(cells), sparse(facts, place)

    def _kinds(self, cases: Sequence[Case], place: Mapping[str, int]) -> tuple[Array, Array]:
        count, length, size = self.shape
        where, facts = np.zeros((count, max(1, length - 1), size, size), dtype=np.int32), [{}]
        for n, case in enumerate(cases):
            if len(case.rows) > 1:
                t, b, a = case.where.shape
                where[n, :t, :b, :a] = case.where + len(facts)
            facts.extend(case.kinds)
        return where, sparse(facts, place)

    def scores(self, weight: Array) -> tuple[Array, Array]:
        unary = np.full(self.shape, FORBIDDEN)
        unary.reshape(-1)[self.cells] = self.rows @ weight
        return unary, (self.kinds @ weight)[self.where]

    def believe(self, unary: Array, steps: Array) -> tuple[Array, Array, Array]:
        """(log of the sum over all paths, probability of each choice, of each step)."""
        length = self.shape[1]
        ahead, behind = np.empty_like(unary), np.zeros_like(unary)
        ahead[:, 0] = unary[:, 0]
        for t in range(1, length):
            now = unary[:, t] + logsum(ahead[:, t - 1][:, :, None] + steps[:, t - 1], 1)
            ahead[:, t] = np.where(self.live[:, t, None], now, ahead[:, t - 1])
        for t in range(length - 2, -1, -1):
            now = logsum(steps[:, t] + (unary[:, t + 1] + behind[:, t + 1])[:, None, :], 2)
            behind[:, t] = np.where(self.live[:, t + 1, None], now, 0.0)
        total = logsum(ahead[:, -1], 1)
        single = np.exp(ahead + behind - total[:, None, None]) * self.live[:, :, None]
        if length == 1:
            return total, single, np.zeros(self.where.shape)
        double = np.exp(ahead[:, :-1, :, None] + steps + (unary[:, 1:] + behind[:, 1:])[:, :, None, :] - total[:, None, None, None])
        return total, single, double * self.live[:, 1:, None, None]

    def loss(self, weight: Array) -> tuple[float, Array]:
        unary, steps = self.scores(weight)
        total, single, double = self.believe(unary, steps)
        chosen, kept, joined = self.believe(unary + self.open, steps)
        return float((total - chosen).sum()), self.pulled(single - kept, double - joined)

    def pulled(self, single: Array, double: Array) -> Array:
        on_kinds = np.bincount(self.where.reshape(-1), weights=double.reshape(-1), minlength=self.kinds.shape[0])
        return np.asarray(self.rows.T @ single.reshape(-1)[self.cells]) + np.asarray(self.kinds.T @ on_kinds)

    def certainty(self, weight: Array) -> Array:
        """How strongly these chains hold each weight where it is: what they would lose if it moved (diagonal of the Fisher information)."""
        _, single, double = self.believe(*self.scores(weight))
        spread = (single * (1 - single)).reshape(-1)[self.cells]
        on_kinds = np.bincount(self.where.reshape(-1), weights=(double * (1 - double)).reshape(-1), minlength=self.kinds.shape[0])
        on_kinds[0] = 0.0
        return np.asarray(self.rows.power(2).T @ spread) + np.asarray(self.kinds.power(2).T @ on_kinds)


def sparse(facts: Sequence[Facts], place: Mapping[str, int]) -> Array:
    known = [[(place[name], value) for name, value in one.items() if name in place] for one in facts]
    starts = np.cumsum([0, *(len(one) for one in known)])
    columns = np.array([i for one in known for i, _ in one], dtype=np.int32)
    values = np.array([value for one in known for _, value in one], dtype=float)
    return csr_matrix((values, columns, starts), shape=(len(facts), len(place)))


def logsum(values: Array, axis: int) -> Array:
    top = values.max(axis=axis, keepdims=True)
    return (top + np.log(np.exp(values - top).sum(axis=axis, keepdims=True))).squeeze(axis)


def fit(batch: Batch, prior: Array, hold: Array, rounds: int = 40) -> Array:
    """The weights that best explain these chains without leaving ``prior`` more than ``hold`` (one strength per weight) allows."""

    def objective(weight: Array) -> tuple[float, Array]:
        value, gradient = batch.loss(weight)
        away = weight - prior
        return value + float(hold @ away**2) / 2, gradient + hold * away

    return minimize(objective, prior, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
