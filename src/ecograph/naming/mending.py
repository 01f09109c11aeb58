"""The last look at the names that were chosen: what a span cut off, what it swallowed, and what belongs together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ecograph.naming.candidates import Candidate
from ecograph.ontology import Ontology, Record

_OPENING, _CLOSING = "（(", "）)"
_QUOTES = ("“", "”")


class Mender:
    """The records of patterns/mending.jsonl, applied in their order to a document's names, none overlapping another.

    `person`   the form of a person's name: a surname and what may stand behind it.
    `tail`     what a name of `classes` (all, if left out) ends with by mistake: the pattern's match at its end is cut off.
    `bearer`   an office between a body and a person who holds it: what stands before `pattern` keeps the class, the
               group `person` is a name of `class`.
    `head`     what stands before a name of `classes` by mistake: the group `cut` of the match at its beginning is cut off.
    `quoted`   a quoted name and what follows the quotation up to a word of `heads` are one name, of the class that the word tells.
    `joined`   two names of `class` that touch, the first ending with `pattern`, are one.
    `linked`   two names with nothing but `pattern` between them are one, of the second's class.
    `phase`    `pattern` behind a name of `classes` is part of it.
    `aside`    a name of `classes` with another name of the same thing in brackets behind it, the groups `one` and `other`, is two.
    `people`   the group `list` of `pattern`, which stands in the text, are persons, `class`, if each has the form of a person's name.
    """

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("mending")
        self._personal = next(re.compile(r["pattern"]) for r in records if r["kind"] == "person")
        kinds = {
            "tail": self._tail,
            "bearer": self._bearer,
            "head": self._head,
            "quoted": self._quoted,
            "joined": self._joined,
            "linked": self._linked,
            "phase": self._phase,
            "aside": self._aside,
            "people": self._people,
        }
        self._steps = [(kinds[r["kind"]], r, re.compile(r["pattern"])) for r in records if r["kind"] in kinds]

    def mend(self, text: str, chosen: Sequence[Candidate]) -> list[Candidate]:
        """The names, mended; sorted by start, none overlapping another."""
        names = [bracketed(text, c) for c in chosen]
        for mend, record, pattern in self._steps:
            names = list(mend(text, names, record, pattern))
        return apart(names)

    def _tail(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        for c in names:
            match = pattern.search(text, c.start, c.end) if c.cls in record.get("classes", (c.cls,)) else None
            yield replace(c, end=match.start()) if match and match.start() - c.start >= 2 else c

    def _head(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        for c in names:
            match = pattern.match(text, c.start, c.end) if c.cls in record["classes"] else None
            yield replace(c, start=match.end("cut")) if match else c

    def _bearer(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        for c in names:
            match = pattern.search(text, c.start, c.end)
            if match and match.start() - c.start >= 2 and self._personal.fullmatch(match["person"]):
                yield replace(c, end=match.start())
                yield replace(c, start=match.start("person"), end=match.end("person"), cls=record["class"], rule=record["id"])
            else:
                yield c

    def _quoted(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        until = 0
        for number, c in enumerate(names):
            if c.start < until:
                continue
            start, end = _with_quotes(text, c)
            match = pattern.match(text, end) if text[end - 1] == _QUOTES[1] and c.cls in record["classes"] else None
            if match and not _reaches_over(names, number + 1, match.end()):
                until = match.end()
                yield replace(c, start=start, end=until, cls=record["class"], rule=record["id"])
            else:
                yield c

    def _joined(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        def fits(one: Candidate, other: Candidate) -> bool:
            touching = one.end == other.start and one.cls == other.cls == record["class"]
            return touching and pattern.fullmatch(text, one.start, one.end) is not None

        return _in_runs(names, fits)

    def _linked(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        def fits(one: Candidate, other: Candidate) -> bool:
            classes = record["classes"]
            return one.cls in classes and other.cls in classes and pattern.fullmatch(text, one.end, other.start) is not None

        return _in_runs(names, fits)

    def _phase(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        for c in names:
            match = pattern.match(text, c.end) if c.cls in record["classes"] else None
            if not match:
                yield c
            else:
                yield replace(c, end=match.end(), cls=record.get("class", c.cls))

    def _aside(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        for c in names:
            match = pattern.fullmatch(text, c.start, c.end) if c.cls in record["classes"] else None
            groups = ("one", "other") if match else ()
            yield from (replace(c, start=match.start(group), end=match.end(group)) for group in groups if match)
            if not match:
                yield c

    def _people(self, text: str, names: Sequence[Candidate], record: Record, pattern: re.Pattern[str]) -> Iterator[Candidate]:
        people: dict[tuple[int, int], Candidate] = {}
        for match in pattern.finditer(text):
            items = list(re.finditer(record["item"], text[match.start("list") : match.end("list")]))
            if all(self._personal.fullmatch(item.group()) for item in items):
                for item in items:
                    start = match.start("list") + item.start()
                    end = start + len(item.group())
                    people[start, end] = Candidate(start, end, record["class"], record["id"], record["confidence"])
        taken = {at for start, end in people for at in range(start, end)}
        yield from (c for c in names if taken.isdisjoint(range(c.start, c.end)))
        yield from people.values()


def _in_runs(names: Sequence[Candidate], fits: Callable[[Candidate, Candidate], bool]) -> Iterator[Candidate]:
    """The names, each run of those that fit one another as one, of the last's class and the least's confidence."""
    held: Candidate | None = None
    for c in names:
        if held and fits(held, c):
            held = replace(c, start=held.start, confidence=min(held.confidence, c.confidence))
            continue
        if held:
            yield held
        held = c
    if held:
        yield held


def bracketed(text: str, c: Candidate) -> Candidate:
    """The name with the bracket that closes right behind it and opened in it, without one that closes what opened before."""
    held = text[c.start : c.end]
    opened = sum(held.count(mark) for mark in _OPENING) - sum(held.count(mark) for mark in _CLOSING)
    if opened == 1 and text[c.end : c.end + 1] in _CLOSING and c.end < len(text):
        return replace(c, end=c.end + 1)
    if opened == -1 and held[-1] in _CLOSING and len(held) > 2:
        return replace(c, end=c.end - 1)
    return c


def apart(names: Sequence[Candidate]) -> list[Candidate]:
    """The names without those that a longer one before them has come to cover."""
    kept: list[Candidate] = []
    for c in sorted(names, key=lambda c: (c.start, -c.end)):
        if not kept or c.start >= kept[-1].end:
            kept.append(c)
    return kept


def _with_quotes(text: str, c: Candidate) -> tuple[int, int]:
    """The name's place, the quotation marks that stand around it included."""
    opening, closing = _QUOTES
    quoted = text[c.start - 1 : c.start] == opening and text[c.end : c.end + 1] == closing
    return (c.start - 1, c.end + 1) if quoted else (c.start, c.end)


def _reaches_over(names: Sequence[Candidate], number: int, end: int) -> bool:
    """Whether one of the names from that number on begins before `end` and ends behind it."""
    while number < len(names) and names[number].start < end:
        if names[number].end > end:
            return True
        number += 1
    return False
