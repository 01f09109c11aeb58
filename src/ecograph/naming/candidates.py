"""Candidates for mentions, and the choice among those that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecograph.model import Mention


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that one rule takes for a mention; offsets as in Mention, confidence in 0..1."""

    start: int
    end: int
    cls: str
    rule: str
    confidence: float

    @property
    def length(self) -> int:
        """In characters."""
        return self.end - self.start


class Occupied:
    """Which characters of a text are taken."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)

    def free(self, start: int, end: int) -> bool:
        """Whether no character of the span is taken."""
        return not any(self._taken[start:end])

    def take(self, start: int, end: int) -> None:
        """Mark the span as taken."""
        self._taken[start:end] = b"\x01" * (end - start)


def resolve(candidates: Iterable[Candidate], length: int) -> list[Candidate]:
    """A set of candidates that don't overlap: the longer wins, then the better founded.

    Sorted by start. `length` is that of the text. Of equal spans the most confident one stays; the class and
    then the rule's name decide what is still equal, so that the choice never hangs on the order of finding.
    """
    best: dict[tuple[int, int], Candidate] = {}
    for c in candidates:
        known = best.get((c.start, c.end))
        if known is None or _rank(c) > _rank(known):
            best[c.start, c.end] = c
    occupied = Occupied(length)
    chosen = []
    for c in sorted(best.values(), key=lambda c: (-c.length, -c.confidence, c.start)):
        if occupied.free(c.start, c.end):
            occupied.take(c.start, c.end)
            chosen.append(c)
    return sorted(chosen, key=lambda c: c.start)


def mention(candidate: Candidate) -> Mention:
    """The candidate as a Mention."""
    return Mention(candidate.start, candidate.end, candidate.cls, candidate.rule, round(candidate.confidence, 3))


def _rank(c: Candidate) -> tuple[float, str, str]:
    return (c.confidence, c.cls, c.rule)
