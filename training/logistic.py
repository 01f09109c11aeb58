"""Log-linear models for many yes-or-no questions at once, learnt together from rows of named features.

Adagrad (Duchi, Hazan, Singer 2011) over small batches, a part of each row's features left out at random (dropout), so
that no feature is relied on alone; this also keeps the probabilities modest. Only NumPy; the same rows and settings
give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

EPOCHS = 10
BATCH = 256
RATE, LAST = 0.03, 0.0015  # steps at first, and what is left of them in the end
DROPPED = 0.3
PULL = 1e-3  # towards 0
RAREST = 3  # a feature of fewer rows is left out
START = -3.0  # a question's bias to begin with: most answers are no


@dataclass(frozen=True, slots=True)
class Weights:
    """`table` (features by questions) and `bias` (questions)."""

    table: Floats
    bias: Floats


class Rows:
    """The features of all rows as numbers of `names`; `asked` and `right` are rows by questions, 1 or 0."""

    def __init__(self, rows: Iterable[Sequence[str]], asked: Floats, right: Floats, weight: Floats) -> None:
        every = [sorted(set(row)) for row in rows]
        count = Counter(feature for row in every for feature in row)
        self.names = sorted(feature for feature, n in count.items() if n >= RAREST)
        number = {name: n for n, name in enumerate(self.names)}
        self._rows: list[Numbers] = [np.array([number[f] for f in row if f in number], np.int64) for row in every]
        self._asked, self._right, self._weight = asked, right, weight

    def train(self, chosen: Numbers) -> Weights:
        """The weights that the chosen rows teach. A row without any known feature teaches nothing."""
        random = np.random.default_rng(0)
        questions = self._asked.shape[1]
        weights = Weights(np.zeros((len(self.names), questions), np.float32), np.full(questions, START, np.float32))
        steps = Weights(np.zeros_like(weights.table), np.zeros_like(weights.bias))
        useful = np.array([row for row in chosen if len(self._rows[row])], np.int64)
        for epoch in range(EPOCHS):
            rate = RATE * (1 - epoch / EPOCHS) + LAST
            order = random.permutation(useful)
            for start in range(0, len(order), BATCH):
                self._step(weights, steps, order[start : start + BATCH], rate, random)
        return weights

    def _step(self, weights: Weights, steps: Weights, batch: Numbers, rate: float, random: np.random.Generator) -> None:
        features, owner = self._bag(batch)
        kept = random.random(len(features)) >= DROPPED
        features, owner = features[kept], owner[kept]
        scores = np.zeros((len(batch), self._asked.shape[1]), np.float32)
        np.add.at(scores, owner, weights.table[features] / (1 - DROPPED))
        error = (_chance(scores + weights.bias) - self._right[batch]) * self._asked[batch] * self._weight[batch][:, None] / len(batch)
        order = np.argsort(features, kind="stable")
        met, first = np.unique(features[order], return_index=True)
        slope = np.add.reduceat(error[owner[order]] / (1 - DROPPED), first, axis=0) + PULL / 8 * weights.table[met]
        steps.table[met] += slope * slope
        weights.table[met] -= rate * slope / (np.sqrt(steps.table[met]) + 1e-5)
        whole = error.sum(axis=0)
        steps.bias[:] += whole * whole
        weights.bias[:] -= rate * whole / (np.sqrt(steps.bias) + 1e-5)

    def chances(self, weights: Weights, chosen: Numbers) -> Iterator[tuple[int, Floats]]:
        """Each chosen row with its probability of a yes to each question."""
        for row in chosen:
            yield int(row), _chance(weights.table[self._rows[row]].sum(axis=0) + weights.bias)

    def _bag(self, batch: Numbers) -> tuple[Numbers, Numbers]:
        """The features of the batch, and for each the number of its row in the batch."""
        return np.concatenate([self._rows[row] for row in batch]), np.repeat(np.arange(len(batch)), [len(self._rows[row]) for row in batch])


def _chance(scores: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found
