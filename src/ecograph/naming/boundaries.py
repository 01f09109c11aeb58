"""Where names begin: the left boundaries of patterns/boundaries.jsonl, found once for each text."""

from __future__ import annotations

import re
from collections.abc import Collection

from ecograph.ontology import Ontology

OPENING = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "（(", "」": "「", "】": "【", "〉": "〈"}
LEFT = frozenset("“‘《（(「【〈")


class Boundaries:
    """The compiled records; `mark` gives a text's boundaries."""

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("boundaries")
        self._stop = re.compile("|".join(r["pattern"] for r in records if r["kind"] == "stop"))
        self._cuts = [re.compile(r["pattern"]) for r in records if r["kind"] == "cut"]
        self.conjunctions = "".join(r["characters"] for r in records if r["kind"] == "conjunction")
        self.closers = "".join(r["characters"] for r in records if r["kind"] == "closer")
        self._before_place = re.compile("|".join(r["pattern"] for r in records if r["kind"] == "before-place"))
        self._aside = re.compile("|".join(r["pattern"] for r in records if r["kind"] == "aside"))

    def mark(self, text: str, places: Collection[int]) -> Edges:
        """The boundaries in `text`; `places` are the offsets where known places begin. Linear in the length of `text`."""
        stops = {m.start() for m in self._stop.finditer(text)}
        cuts = {m.end() for cut in self._cuts for m in cut.finditer(text)}
        cuts |= {m.end() for m in self._before_place.finditer(text) if m.end() in places}
        return Edges(text, stops, cuts, self._aside)


class Edges:
    """The boundaries of one text. `cuts` are the places before which a word ends and a name may begin."""

    def __init__(self, text: str, stops: set[int], cuts: set[int], aside: re.Pattern[str]) -> None:
        self._text = text
        self._stops = stops
        self.cuts = cuts
        self._aside = aside
        self._partner = _partners(text)

    def left(self, end: int, limit: int) -> int | None:
        """The start of the longest name that ends before `end`; None if it is longer than `limit` characters.

        Goes left to the nearest boundary; a closed quotation, or a bracket that is part of a name, is passed
        over whole.
        """
        at = end
        while end - at <= limit:
            before = at - 1
            if before < 0 or at in self.cuts or before in self._stops or self._text[before] in LEFT:
                return at
            at = self._partner_of(before) if self._text[before] in OPENING else before
            if at < 0:
                return before + 1
        return None

    def _partner_of(self, closing: int) -> int:
        """Where the bracket opens that closes here; -1 if nowhere, or if what it holds is said aside (以下简称…)."""
        opening = self._partner.get(closing, -1)
        return -1 if opening >= 0 and self._aside.match(self._text, opening) else opening


def _partners(text: str) -> dict[int, int]:
    """For each closing bracket the place of its opening one, within one line."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    for at, char in enumerate(text):
        if char in LEFT:
            stack.append(at)
        elif char in OPENING and stack:
            if text[stack[-1]] in OPENING[char]:
                partner[at] = stack.pop()
            elif len(stack) > 1 and text[stack[-2]] in OPENING[char]:
                stack.pop()  # an inner bracket was never closed
                partner[at] = stack.pop()
        elif char == "\n":
            stack.clear()
    return partner
