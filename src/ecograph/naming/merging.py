"""How the recogniser's spans and the patterns' come together."""

from __future__ import annotations

from collections.abc import Sequence

from ecograph.naming.candidates import Candidate, Occupied
from ecograph.ontology import Ontology


class Merger:
    """The records of patterns/merging.jsonl.

    `overrule`  rules whose candidates stand against the recogniser's where they overlap.
    `complete`  rules whose candidates stand where the recogniser found nothing.
    `least`     the recogniser's least confidence.
    """

    def __init__(self, ontology: Ontology) -> None:
        records = {r["kind"]: r for r in ontology.records("merging")}
        self._overrule = frozenset(records["overrule"]["rules"])
        self._complete = frozenset(records["complete"]["rules"])
        self._least: float = records["least"]["confidence"]

    def merge(self, text: str, recognised: Sequence[Candidate], patterned: Sequence[Candidate]) -> list[Candidate]:
        """A set that doesn't overlap: overruling patterns, then the recogniser's spans, then what completes them."""
        occupied = Occupied(len(text))
        chosen: list[Candidate] = []
        ranked = (
            [c for c in patterned if c.rule in self._overrule],
            [c for c in recognised if c.confidence >= self._least],
            [c for c in patterned if c.rule in self._complete],
        )
        for candidates in ranked:
            for c in candidates:
                if occupied.free(c.start, c.end):
                    occupied.take(c.start, c.end)
                    chosen.append(c)
        return sorted(chosen, key=lambda c: c.start)
