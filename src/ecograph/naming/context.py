"""What only the context tells: lists with a head noun, short forms, repeated names.

Records of patterns/contexts.jsonl:

`list`    `head`: what stands after the last member (等15家银行); its members all get `class`.
`apart`   regexes for what separates members (`pattern`).
`no-member`   what a member can't be (`pattern`, full match).
`repeat`  how names are found again that patterns found: from `min` length and `least` confidence on, not of `unless_class`; the
          confidence is that of the name times `confidence`.
`sibling` unknown members between known ones get the class of those, if it is one of `classes`.
Short forms that are declared right behind a mention are in patterns/aliases.jsonl.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from ecograph.naming.boundaries import Edges
from ecograph.naming.candidates import Candidate, Occupied
from ecograph.naming.hashing import Pieces, hashes
from ecograph.naming.patterns import Patterns
from ecograph.ontology import Ontology, Record

LONGEST_GENERIC = 40
MOST_MEMBERS = 80
HEAD = 2


class Contexts:
    """The compiled records."""

    def __init__(self, ontology: Ontology, patterns: Patterns) -> None:
        self._patterns = patterns
        records = ontology.records("contexts")
        self._lists = [(r, re.compile(r["pattern"])) for r in records if r["kind"] == "list"]
        self._aliases = [(r, re.compile(r["pattern"])) for r in ontology.records("aliases")]
        self._apart = re.compile("|".join(r["pattern"] for r in records if r["kind"] == "apart"))
        self._no_member = re.compile("|".join(r["pattern"] for r in records if r["kind"] == "no-member"))
        self._repeat: Record = next(r for r in records if r["kind"] == "repeat")
        self._sibling: Record = next(r for r in records if r["kind"] == "sibling")
        self._sibling_form = re.compile(self._sibling["pattern"])

    def lists(self, text: str, edges: Edges, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """Members of lists that a head noun closes, right to left from the head."""
        covers = {c.end: c for c in chosen}
        for record, pattern in self._lists:
            for match in pattern.finditer(text):
                yield from self._members(record, text, match.start(), edges, covers)

    def aliases(self, text: str, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """Short forms declared behind a mention, with the mention's class."""
        for c in chosen:
            for record, pattern in self._aliases:
                match = pattern.match(text, c.end)
                if match and c.cls in record.get("classes", (c.cls,)):
                    start, end = match.span("name")
                    yield Candidate(start, end, c.cls, record["id"], record["confidence"])

    def siblings(self, text: str, edges: Edges, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """Unknown names in a row with known ones (A、X、B): the class of the nearest known one."""
        occupied = Occupied(len(text))
        for c in chosen:
            occupied.take(c.start, c.end)
        for c in chosen:
            if c.cls in self._sibling["classes"] and c.confidence >= self._sibling["least"]:
                yield from self._row(text, edges, c, occupied)

    def _row(self, text: str, edges: Edges, c: Candidate, occupied: Occupied) -> Iterator[Candidate]:
        confidence = self._sibling["confidence"]
        end = c.start - 1
        while end > 0 and self._apart.match(text[end]):
            start = edges.left(end, self._sibling["max"])
            if start is None or not self._like(text, start, end, occupied):
                break
            yield Candidate(start, end, c.cls, self._sibling["id"], confidence)
            end = start - 1
        start = c.end + 1
        while start < len(text) and self._apart.match(text[start - 1]):
            match = self._sibling_form.match(text, start)
            if match is None or not self._like(text, start, match.end("name"), occupied):
                break
            yield Candidate(start, match.end("name"), c.cls, self._sibling["id"], confidence)
            start = match.end("name") + 1

    def _like(self, text: str, start: int, end: int, occupied: Occupied) -> bool:
        return end - start >= 2 and occupied.free(start, end) and self._nameable(text[start:end])

    def _nameable(self, words: str) -> bool:
        # What is longer is a name or nothing, and not worth the patterns' time.
        return len(words) > LONGEST_GENERIC or not (self._no_member.fullmatch(words) or self._patterns.generic(words))

    def repeats(self, text: str, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """Other occurrences of names that were found, where nothing else stands."""
        record = self._repeat
        names = self._names(text, chosen, record)
        if not names:
            return
        occupied = Occupied(len(text))
        for c in chosen:
            occupied.take(c.start, c.end)
        for start, end in occurrences(text, names):
            if occupied.free(start, end):
                c = names[text[start:end]]
                yield Candidate(start, end, c.cls, record["id"], c.confidence * record["confidence"])

    def _names(self, text: str, chosen: Sequence[Candidate], record: Record) -> dict[str, Candidate]:
        """The names worth finding again, each with its most confident candidate."""
        names: dict[str, Candidate] = {}
        for c in chosen:
            name = text[c.start : c.end].strip(record["strip"])
            known = names.get(name)
            if self._repeatable(name, c, record) and (known is None or known.confidence < c.confidence):
                names[name] = c
        return names

    def _repeatable(self, name: str, c: Candidate, record: Record) -> bool:
        worth = len(name) >= record["min"] and c.confidence >= record["least"] and c.cls not in record["unless_class"]
        return worth and self._nameable(name)

    def _members(self, record: Record, text: str, end: int, edges: Edges, covers: dict[int, Candidate]) -> list[Candidate]:
        """The unknown members of the list that ends at `end`; none if the list has fewer than `least`."""
        found: list[Candidate] = []
        count = 0
        while end > 0 and count < MOST_MEMBERS:
            known = covers.get(end)
            start = known.start if known else edges.left(end, record.get("max", 24))
            if start is None or not (known or self._is_member(text[start:end], record)):
                break
            if not known:
                found.append(Candidate(start, end, record["class"], record["id"], record["confidence"]))
            count += 1
            separator = self._apart.match(text, max(0, start - 1))
            if separator is None:
                break
            end = start - 1
        return found if count >= record.get("least", 1) else []

    def _is_member(self, member: str, record: Record) -> bool:
        return record.get("min", 2) <= len(member) and self._nameable(member)


def occurrences(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the names (of HEAD characters or more) stand, from left to right, the longest at each place, none over another."""
    heads: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        heads.setdefault(name[:HEAD], []).append(name)
    until = 0
    for at in _beginning(text, heads):
        if at >= until:
            end = next((at + len(name) for name in heads[text[at : at + HEAD]] if text.startswith(name, at)), at)
            if end > at:
                yield at, end
                until = end


def _beginning(text: str, heads: Collection[str]) -> list[int]:
    """Where one of the heads stands, each HEAD characters long."""
    wanted = hashes([*heads])
    starts = np.arange(max(0, len(text) - HEAD + 1))
    found: list[int] = starts[np.isin(Pieces(text).hash(starts, starts + HEAD), wanted)].tolist()
    return found
