"""How the recogniser's spans and the patterns' come together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ecograph.naming.candidates import Candidate, Occupied
from ecograph.ontology import Ontology

PAIRS = (("《", "》"), ("“", "”"), ("‘", "’"))
MARKS = "".join(opening + closing for opening, closing in PAIRS)
TITLE = PAIRS[0]  # its marks are part of the mention


def balanced(text: str, c: Candidate) -> Candidate:
    """The recogniser's span with the book marks that enclose it, and with its share of a pair that it holds half of.

    The recogniser learned from spans that neither begin nor end with a mark.
    """
    start, end = c.start, c.end
    before, after = text[start - 1 : start], text[end : end + 1]
    for pair in PAIRS:
        opening, closing = pair
        open_ = text.count(opening, start, end) - text.count(closing, start, end)
        if before == opening and (open_ < 0 or (pair == TITLE and open_ == 0 and after == closing)):
            start -= 1
        if after == closing and (open_ > 0 or (pair == TITLE and open_ == 0 and before == opening)):
            end += 1
    return replace(c, start=start, end=end)


class Merger:
    """The records of patterns/merging.jsonl.

    `overrule`  rules whose candidates stand against the recogniser's where they overlap.
    `complete`  rules whose candidates stand where the recogniser found nothing.
    `least`     the least probability of a span that the second look leaves.
    `calibration`  how often names of these `rules` were right on held-out texts: `points` of confidence and share,
                straight lines between them.
    """

    def __init__(self, ontology: Ontology) -> None:
        records = {r["kind"]: r for r in ontology.records("merging")}
        self._overrule = frozenset(records["overrule"]["rules"])
        self._complete = frozenset(records["complete"]["rules"])
        self.least: float = records["least"]["confidence"]
        self._calibrated = frozenset(records["calibration"]["rules"])
        self._points: list[tuple[float, float]] = [(given, share) for given, share in records["calibration"]["points"]]

    def merge(self, text: str, recognised: Sequence[Candidate], patterned: Sequence[Candidate]) -> list[Candidate]:
        """A set that doesn't overlap: overruling patterns, then the recogniser's spans, then what completes them."""
        occupied = Occupied(len(text))
        chosen: list[Candidate] = []
        ranked = (
            [c for c in patterned if c.rule in self._overrule],
            [balanced(text, c) for c in recognised if c.confidence >= self.least],
            [c for c in patterned if c.rule in self._complete],
        )
        for candidates in ranked:
            for c in candidates:
                if occupied.free(c.start, c.end):
                    occupied.take(c.start, c.end)
                    chosen.append(c)
        return sorted(chosen, key=lambda c: c.start)

    def declared(self, text: str, chosen: Sequence[Candidate], aliases: Iterable[Candidate]) -> list[Candidate]:
        """With the short forms that the text declares in place of what else was found there, and of their class wherever they stand."""
        put = {(a.start, a.end): a for a in aliases}
        occupied = Occupied(len(text))
        classes: dict[str, str] = {}
        for (start, end), a in sorted(put.items()):
            if occupied.free(start, end):
                occupied.take(start, end)
                classes[text[start:end].strip(MARKS)] = a.cls
            else:
                del put[start, end]
        others = (c for c in chosen if occupied.free(c.start, c.end))
        told = [replace(c, cls=classes.get(text[c.start : c.end].strip(MARKS), c.cls)) for c in others]
        return sorted([*put.values(), *told], key=lambda c: c.start)

    def calibrated(self, c: Candidate) -> Candidate:
        """The candidate with the share of right ones among its like as confidence, if its rule's is no such share yet."""
        if c.rule not in self._calibrated:
            return c
        at = min(max(1, bisect_left(self._points, (c.confidence, 0.0))), len(self._points) - 1)
        (low, left), (high, right) = self._points[at - 1], self._points[at]
        part = (min(c.confidence, high) - low) / (high - low)
        return replace(c, confidence=left + part * (right - left))
