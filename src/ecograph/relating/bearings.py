"""How a statement stands to the world: its status, its time, its sum or count, each from records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.errors import OntologyError, UndeclaredTerm
from ecograph.ontology import Ontology, Record
from ecograph.relating.rules import Grammar, regex

NONE = "none"  # in statuses.jsonl: words that make what is said no statement at all


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decide the status of what they stand by.

    `reach` is sentence (anywhere in it), before (before the match's end, the last one decides), clause (from
    the start of the match's clause to its end, decides over `before`).
    """

    regex: re.Pattern[str]
    status: str
    reach: str


class Statuses:
    """The records of patterns/statuses.jsonl: cues with pattern, and modes of sections."""

    REACHES = ("sentence", "clause", "before")

    def __init__(self, ontology: Ontology, grammar: Grammar) -> None:
        self.modes: dict[str, tuple[str | None, re.Pattern[str] | None]] = {}
        self._cues: dict[str, list[Cue]] = {reach: [] for reach in self.REACHES}
        for record in ontology.records("statuses"):
            self._add(record, ontology, grammar)
        self._clause = grammar.compile("clause", grammar.fragments["clause"])

    def _add(self, record: Record, ontology: Ontology, grammar: Grammar) -> None:
        name, status, reach = record["id"], record.get("status"), record.get("reach", "before")
        if status not in ontology.statuses and status != NONE:
            raise UndeclaredTerm(f"patterns/statuses.jsonl: {name}: {status}: no status in schemes/statuses.ttl")
        if "mode" in record:
            self.modes[record["mode"]] = status, grammar.compile(name, record["unless"]) if "unless" in record else None
        elif "pattern" not in record or reach not in self._cues:
            raise OntologyError(f"patterns/statuses.jsonl: {name}: wants a mode or a pattern with reach {', '.join(self.REACHES)}")
        else:
            self._cues[reach].append(Cue(grammar.compile(name, record["pattern"]), status, reach))

    def status(self, marked: str, start: int, end: int, usual: str, mode: str | None) -> str | None:
        """The status of a match at `start` to `end` of a marked sentence; None when it is no statement."""
        by_mode, unless = self.modes.get(mode or "", (None, None))
        if by_mode == NONE and unless and unless.search(marked):
            by_mode = None
        if by_mode == NONE:
            return None
        for cue in self._cues["sentence"]:
            if cue.regex.search(marked):
                return None if cue.status == NONE else cue.status
        left, right = self._bounds(marked, start, end)
        for cue in self._cues["clause"]:
            if cue.regex.search(marked, left, right):
                return None if cue.status == NONE else cue.status
        if by_mode:
            return by_mode
        found = [(m.end(), cue.status) for cue in self._cues["before"] for m in cue.regex.finditer(marked, 0, end)]
        chosen = max(found)[1] if found else usual
        return None if chosen == NONE else chosen

    def _bounds(self, marked: str, start: int, end: int) -> tuple[int, int]:
        left = right = 0
        for stop in self._clause.finditer(marked):
            if stop.end() <= start:
                left = stop.end()
            if stop.start() >= end:
                right = stop.start()
                break
        return left, right or len(marked)


@dataclass(frozen=True, slots=True)
class Moment:
    """One record of times.jsonl: a pattern with groups year, month, day, until; `shift` counts from the reply's year."""

    regex: re.Pattern[str]
    shift: int | None
    month: int | None


class Times:
    """The records of patterns/times.jsonl: moments, and sums and counts (kind amount)."""

    def __init__(self, ontology: Ontology, grammar: Grammar) -> None:
        self._moments: list[Moment] = []
        self._amounts: list[re.Pattern[str]] = []
        for record in ontology.records("times"):
            if "pattern" not in record:
                raise OntologyError(f"patterns/times.jsonl: {record['id']}: needs a pattern")
            compiled = regex(record["id"], record["pattern"])
            if record.get("kind") == "amount":
                self._amounts.append(compiled)
            else:
                self._moments.append(Moment(compiled, record.get("shift"), record.get("month")))

    def time(self, marked: str, start: int, end: int, year: int | None) -> str | None:
        """The time that the words give a match: the first inside it, else the last before it in its sentence."""
        inside: list[tuple[int, str]] = []
        before: list[tuple[int, str]] = []
        taken = 0
        for place, value in sorted(self._times(marked, year)):
            if place < start:
                before.append((place, value))
            elif place < end:
                inside.append((place, value))
            taken += 1
        chosen = inside[:1] or before[-1:]
        return chosen[0][1] if chosen else None

    def _times(self, marked: str, year: int | None) -> list[tuple[int, str]]:
        found: dict[int, tuple[int, str]] = {}
        for moment in self._moments:
            for match in moment.regex.finditer(marked):
                value = _value(moment, match, year)
                if value and not any(start < match.end() and match.start() < end for start, (end, _) in found.items()):
                    found[match.start()] = (match.end(), value)
        return [(start, value) for start, (_, value) in found.items()]

    def amount(self, marked: str, start: int, end: int) -> str | None:
        """The first sum or count in the match, as it stands there."""
        for amount in self._amounts:
            match = amount.search(marked, start, end)
            if match:
                return match.group()
        return None


def _value(moment: Moment, match: re.Match[str], reply: int | None) -> str | None:
    named: Mapping[str, str | None] = match.groupdict()
    year = int(named["year"]) if named.get("year") else (reply + moment.shift if reply and moment.shift is not None else None)
    if year is None:
        return None
    month = int(named.get("month") or moment.month or 0)
    if named.get("until"):
        return f"{year:04d}/{int(named['until'] or 0):04d}"
    if not 1 <= month <= 12:
        return f"{year:04d}"
    day = int(named.get("day") or 0)
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year:04d}-{month:02d}"
