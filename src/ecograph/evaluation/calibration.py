"""Whether confidence keeps its word: of what was given 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ecograph.evaluation.scoring import Verdict

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)

Rated = tuple[float, Verdict]


@dataclass(frozen=True, slots=True)
class Bin:
    """What was given a confidence from `least` up to but not including `below` (1 is in the last bin).

    `made` counts all of it; what is optional or aside is neither right nor wrong. `mean` is the mean confidence
    of what is right or wrong, None if nothing is.
    """

    least: float
    below: float
    made: int
    right: int
    wrong: int
    mean: float | None

    @property
    def share(self) -> float | None:
        """The share that is right, None if nothing was judged."""
        return round(self.right / (self.right + self.wrong), 4) if self.right + self.wrong else None


def bins(rated: Iterable[Rated]) -> tuple[Bin, ...]:
    """Confidences with their verdicts, counted between the EDGES; last comes what was given 0.9 or more."""
    everything = tuple(rated)
    steps = [*pairwise(EDGES), (0.9, EDGES[-1])]
    return tuple(_bin(least, below, everything) for least, below in steps)


def _bin(least: float, below: float, rated: tuple[Rated, ...]) -> Bin:
    last = below == EDGES[-1]
    inside = [(c, v) for c, v in rated if least <= c and (c < below or last)]
    judged = [c for c, v in inside if v in (Verdict.RIGHT, Verdict.WRONG)]
    right = sum(v is Verdict.RIGHT for _, v in inside)
    mean = round(sum(judged) / len(judged), 4) if judged else None
    return Bin(least, below, len(inside), right, len(judged) - right, mean)
