"""Times in marked text, by the records of patterns/times.jsonl: ISO 8601 dates of reduced precision, or intervals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.errors import OntologyError
from ecograph.ontology import Ontology, Record

NAMED = re.compile(r"\(\?P<\w+>")
Found = tuple[int, int, str]  # start, end, value


@dataclass(frozen=True, slots=True)
class Moment:
    """One record: a pattern with groups year, month, day, until; `shift` counts from the reply's year."""

    regex: re.Pattern[str]
    shift: int | None
    month: int

    def value(self, match: re.Match[str], year: int | None) -> str | None:
        """What is matched, its year the one written or else counted from `year`; None when there is none."""
        named: Mapping[str, str | None] = match.groupdict()
        counted = year + self.shift if year is not None and self.shift is not None else None
        own = int(named.get("year") or counted or 0)
        month, day = int(named.get("month") or self.month), int(named.get("day") or 0)
        if not own:
            return None
        if until := named.get("until"):
            return f"{own:04d}/{int(until):04d}"
        if not 1 <= month <= 12:
            return f"{own:04d}"
        return f"{own:04d}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{own:04d}-{month:02d}"


class Times:
    """The moments of patterns/times.jsonl. Raises OntologyError, naming the record, for one that is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        records = [r for r in ontology.records("times") if r.get("kind") != "amount"]
        self._moments = [_moment(r) for r in records]
        # One pass tells of most sentences that no record fits them.
        self._any = re.compile("|".join(NAMED.sub("(?:", str(r["pattern"])) for r in records))

    def find(self, marked: str, year: int | None) -> list[Found]:
        """The times of a sentence in order; `year` is the reply's. What stands beside a written year belongs to it."""
        found: list[Found] = []
        if not self._any.search(marked):
            return found
        written: set[int] = set()  # where those end that give their year
        for moment in self._moments:
            for match in moment.regex.finditer(marked):
                start, end = match.span()
                if start == end or any(a < end and start < b for a, b, _ in found):
                    continue
                value = moment.value(match, year)
                if value:
                    found.append((start, end, value))
                    if moment.shift is None:
                        written.add(end)
        return _joined(sorted(found), written)


def _joined(found: list[Found], written: set[int]) -> list[Found]:
    joined: list[Found] = []
    for start, end, value in found:
        if joined and joined[-1][1] == start and start in written and end not in written:
            before = joined.pop()
            month = value[4:] if "/" not in before[2] and len(before[2]) == 4 else ""
            joined.append((before[0], end, before[2] + month))
        else:
            joined.append((start, end, value))
    return joined


def _moment(record: Record) -> Moment:
    try:
        return Moment(re.compile(record["pattern"]), record.get("shift"), int(record.get("month", 0)))
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise OntologyError(f"patterns/times.jsonl: {record['id']}: wants a sound pattern: {error}") from error
