"""How a statement stands to the world: its status, its time, its sum or count, each from records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ecograph.errors import OntologyError, UndeclaredTerm
from ecograph.ontology import Ontology, Record
from ecograph.relating.alphabet import Alphabet
from ecograph.relating.claims import Claim
from ecograph.relating.rules import Grammar, regex

NONE = "none"  # in statuses.jsonl: words that make what is said no statement at all
USUAL = "usual"  # the mode whose status a statement has that nothing says more about
SENTENCE, CLAUSE, BEFORE = REACHES = ("sentence", "clause", "before")


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decide the status of what they stand by, unless certain words come before them."""

    regex: re.Pattern[str]
    status: str
    unless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Mode:
    """The status of what a section of some mode says, unless the sentence has certain words."""

    status: str
    unless: re.Pattern[str] | None


class Statuses:
    """The records of patterns/statuses.jsonl: cues with pattern and reach, and modes of sections."""

    def __init__(self, ontology: Ontology, grammar: Grammar) -> None:
        self._modes: dict[str, Mode] = {}
        self._cues: dict[str, list[Cue]] = {reach: [] for reach in REACHES}
        self._clause, self._semicolon = grammar.clause, grammar.semicolon
        for record in ontology.records("statuses"):
            self._add(record, ontology, grammar)
        if USUAL not in self._modes:
            raise OntologyError(f"patterns/statuses.jsonl: needs a record with mode {USUAL!r}")

    def _add(self, record: Record, ontology: Ontology, grammar: Grammar) -> None:
        name, status, reach = record["id"], str(record.get("status")), record.get("reach", BEFORE)
        unless = grammar.compile(name, record["unless"]) if "unless" in record else None
        if status not in ontology.statuses and status != NONE:
            raise UndeclaredTerm(f"patterns/statuses.jsonl: {name}: {status}: no status in schemes/statuses.ttl")
        if "mode" in record:
            self._modes[record["mode"]] = Mode(status, unless)
        elif "pattern" not in record or reach not in self._cues:
            raise OntologyError(f"patterns/statuses.jsonl: {name}: wants a mode, or a pattern with reach {', '.join(REACHES)}")
        else:
            self._cues[reach].append(Cue(grammar.compile(name, record["pattern"]), status, unless))

    def status(self, marked: str, claim: Claim, mode: str | None) -> str | None:
        """The status of a claim of a marked sentence, in a section of that mode; None when it is no statement."""
        status = self._by_words(marked, claim) or self._by_mode(marked, mode) or self._last_before(marked, claim.end)
        status = status or claim.usual or self._modes[USUAL].status
        return None if status == NONE else status

    def _by_words(self, marked: str, claim: Claim) -> str | None:
        for cue in self._cues[SENTENCE]:
            if cue.regex.search(marked):
                return cue.status
        left, right = self._clauses(marked, claim.start, claim.end)
        return next((cue.status for cue in self._cues[CLAUSE] if cue.regex.search(marked, left, right)), None)

    def _by_mode(self, marked: str, mode: str | None) -> str | None:
        found = self._modes.get(mode or "")
        return found.status if found and not (found.unless and found.unless.search(marked)) else None

    def _last_before(self, marked: str, end: int) -> str | None:
        since = marked.rfind(self._semicolon, 0, end) + 1
        found = [
            (match.end(), cue.status)
            for cue in self._cues[BEFORE]
            for match in cue.regex.finditer(marked, 0, end)
            if not (cue.unless and cue.unless.search(marked, since, match.start()))
        ]
        return max(found)[1] if found else None

    def _clauses(self, marked: str, start: int, end: int) -> tuple[int, int]:
        """From the start of the clause in which the match begins to the end of that in which it ends."""
        stops = list(self._clause.finditer(marked))
        left = max((s.end() for s in stops if s.end() <= start), default=0)
        return left, min((s.start() for s in stops if s.start() >= end), default=len(marked))


@dataclass(frozen=True, slots=True)
class Moment:
    """One record of times.jsonl: a pattern with groups year, month, day, until; `shift` counts from the reply's year."""

    regex: re.Pattern[str]
    shift: int | None
    month: int

    def value(self, match: re.Match[str], reply: int | None) -> str | None:
        """The matched time as ISO 8601, of reduced precision or an interval; None when its year isn't known."""
        named: Mapping[str, str | None] = match.groupdict()
        counted = reply + self.shift if reply is not None and self.shift is not None else None
        year = int(named.get("year") or counted or 0)
        month = int(named.get("month") or self.month)
        day = int(named.get("day") or 0)
        if not year:
            return None
        if until := named.get("until"):
            return f"{year:04d}/{int(until):04d}"
        if not 1 <= month <= 12:
            return f"{year:04d}"
        return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{year:04d}-{month:02d}"


class Times:
    """The records of patterns/times.jsonl: moments, and sums and counts (kind amount)."""

    def __init__(self, ontology: Ontology, alphabet: Alphabet) -> None:
        self._alphabet = alphabet
        self._moments: list[Moment] = []
        self._amounts: list[re.Pattern[str]] = []
        self._last: tuple[str, int | None, list[tuple[int, str]]] = ("", None, [])
        for record in ontology.records("times"):
            if "pattern" not in record:
                raise OntologyError(f"patterns/times.jsonl: {record['id']}: needs a pattern")
            compiled = regex(record["id"], alphabet.encode(record["pattern"]))
            if record.get("kind") == "amount":
                self._amounts.append(compiled)
            else:
                self._moments.append(Moment(compiled, record.get("shift"), int(record.get("month", 0))))

    def time(self, marked: str, start: int, end: int, year: int | None) -> str | None:
        """The time that the words give a match: the first inside it, else the last before it in its sentence."""
        before = None
        if self._last[:2] != (marked, year):  # a sentence's claims come one after another
            self._last = marked, year, sorted(self._times(marked, year))
        for place, value in self._last[2]:
            if start <= place < end:
                return value
            if place < start:
                before = value
        return before

    def _times(self, marked: str, year: int | None) -> Iterator[tuple[int, str]]:
        taken: list[tuple[int, int]] = []
        for moment in self._moments:
            for match in moment.regex.finditer(marked):
                value = moment.value(match, year)
                if value and not any(start < match.end() and match.start() < end for start, end in taken):
                    taken.append(match.span())
                    yield match.start(), value

    def amount(self, marked: str, start: int, end: int) -> str | None:
        """The first sum, or else the first count, in the match, as it stands there."""
        for amount in self._amounts:
            match = amount.search(marked, start, end)
            if match:
                return self._alphabet.decode(match.group())
        return None
