"""What a build did, for the analyst."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in one line that names it."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """`read`, `unchanged` and `removed` are ids of replies; the counts are over all replies in the graph.

    `contacts` counts the private details found, `current` tells that the files in output/ already were right, `notes` are
    the decisions that contradict each other, find their object no more or are contradicted by the texts, a line each.
    """

    page: Path
    read: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failures: tuple[Failure, ...]
    contacts: int
    mentions: Mapping[str, int]
    statements: Mapping[str, int]
    current: bool
    notes: tuple[str, ...] = ()
