"""How much of a target's words recur elsewhere, rare words counting more: pairs of characters weighted by inverse document frequency."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping


def pairs(chunks: Iterable[str]) -> frozenset[str]:
    """All two neighbouring characters within each chunk."""
    return frozenset(chunk[i : i + 2] for chunk in chunks for i in range(len(chunk) - 1))


class Rarity:
    """Weights of pairs over N texts, as in Spärck Jones (1972): ln((N+1)/df); `count` gives df, in how many a pair stands."""

    def __init__(self, count: Mapping[str, int], texts: int) -> None:
        self._count = count
        self._all = texts + 1

    def weight(self, pair: str) -> float:
        """How much a pair counts; one never seen counts like one seen once."""
        return self._weight(self._count.get(pair, 1))

    def rarest(self, wanted: frozenset[str], most: int) -> list[str]:
        """The pairs that the fewest texts have."""
        return sorted(wanted, key=lambda pair: (-self.weight(pair), pair))[:most]

    def share(self, wanted: frozenset[str], found: frozenset[str]) -> float:
        """The share of the wanted pairs' weight that is found, 0 to 1.

        The text where they are found isn't counted for their weight: else what recurs would weigh less for recurring.
        """
        weights = {pair: self._weight(self._count.get(pair, 1) - (pair in found)) for pair in sorted(wanted)}
        total = sum(weights.values())
        return sum(weight for pair, weight in weights.items() if pair in found) / total if total else 0.0

    def _weight(self, texts: int) -> float:
        return math.log(self._all / max(1, texts))


def longest(one: Iterable[str], other: str) -> str:
    """The longest stretch of a chunk that stands in the other text; the first of several."""
    best = ""
    for chunk in one:
        start = 0
        for end in range(1, len(chunk) + 1):
            while start < end and chunk[start:end] not in other:
                start += 1
            if end - start > len(best):
                best = chunk[start:end]
    return best


def in_order(one: str, other: str) -> bool:
    """Whether the characters of the one stand in the other in their order."""
    rest = iter(other)
    return all(char in rest for char in one)
