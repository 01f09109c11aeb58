"""The trained second opinion on pairs: a log-linear model for each question of `columns`.

It judges what rules have found and finds what they have missed. Trained by training/train_relations.py; what it learned
from and how well it does stands in training/MODEL.md.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import OntologyError

MODEL = Path(__file__).with_name("relations.npz")
RULE = "ranker"  # what the ranker finds by itself is of rule RULE.predicate
ALWAYS = "*"  # a feature that every pair has
GAP = "\x00"  # between features in the file

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Model:
    """The model's file.

    `columns` are the names of the questions. `joined` are the (subject's class, predicate, object's class) that it was
    asked about, `worth` the signatures of pairs that may be related. What a rule says is kept if the model's probability,
    times the confidence of the less certain mention, is `keep` or more, what none says is added from `add` on. `scale`
    says how often statements of such a product are right: corners of a line that rises.
    """

    weights: Mapping[str, tuple[tuple[int, float], ...]]
    columns: tuple[str, ...]
    joined: frozenset[tuple[str, str, str]]
    worth: frozenset[str]
    keep: float
    add: float
    scale: tuple[tuple[float, float], ...]

    def write(self, path: Path) -> None:
        """Write the file; the same model gives the same bytes."""
        names = sorted(self.weights)
        cells = [cell for name in names for cell in self.weights[name]]
        head = {
            "columns": self.columns,
            "joined": sorted(self.joined),
            "worth": sorted(self.worth),
            "keep": self.keep,
            "add": self.add,
            "scale": self.scale,
        }
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                head=np.frombuffer(json.dumps(head).encode(), np.uint8),
                names=np.frombuffer(GAP.join(names).encode(), np.uint8),
                sizes=np.array([len(self.weights[name]) for name in names], np.uint8),
                columns=np.array([column for column, _ in cells], np.uint8),
                values=np.array([value for _, value in cells], np.float16),
            )


class Ranker:
    """The shipped model, ready to score. Raises OntologyError when its file can't be read."""

    def __init__(self, path: Path = MODEL) -> None:
        try:
            with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                head = json.loads(file["head"].tobytes())
                names = file["names"].tobytes().decode().split(GAP)
                table = np.zeros((len(names) + 1, len(head["columns"])), np.float32)  # the last row for what has no weights
                table[np.repeat(np.arange(len(names)), file["sizes"]), file["columns"]] = file["values"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise OntologyError(f"{path}: the ranker's model can't be read; make it with training/train_relations.py: {error}") from error
        self._table = table
        self._row = {name: number for number, name in enumerate(names)}
        self.bias = self.scores([(ALWAYS,)])[0]
        self._column = {name: number for number, name in enumerate(head["columns"])}
        self.joined = frozenset((one, predicate, other) for one, predicate, other in head["joined"])
        self.worth = frozenset(head["worth"])
        self.keep, self.add = float(head["keep"]), float(head["add"])
        self._scale = [(float(product), float(share)) for product, share in head["scale"]]

    def number(self, column: str) -> int | None:
        """The number of the question in scores, None if the model doesn't know it."""
        return self._column.get(column)

    def scores(self, blocks: Sequence[Iterable[str]]) -> Scores:
        """For each block of features, in rows, the sum of their weights for each question."""
        known, nothing = self._row.get, len(self._table) - 1
        rows: list[int] = []
        starts: list[int] = []
        for block in blocks:
            starts.append(len(rows))
            rows.append(nothing)  # so that none is empty
            rows += [row for feature in block if (row := known(feature)) is not None]
        found: Scores = np.add.reduceat(self._table.take(rows, axis=0), starts, axis=0)
        return found

    def confidence(self, product: float) -> float:
        """How often statements are right whose probability, times the confidence of their mentions, is `product`."""
        if product < self._scale[0][0]:
            return self._scale[0][1]
        at = bisect_right(self._scale, product, key=itemgetter(0))
        if at == len(self._scale):
            return self._scale[-1][1]
        (low, left), (high, right) = self._scale[at - 1], self._scale[at]
        return (right - left) / (high - low) * (product - low) + left

    def chance(self, score: float) -> float:
        """The probability of a yes, given the score of all features and the bias."""
        return 1 / (1 + math.exp(-min(max(score, -30.0), 30.0)))
