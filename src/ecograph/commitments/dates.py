"""When a promise falls due, and what its numbers are, each from records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ecograph.commitments.words import FILE, Patterns
from ecograph.ontology import Ontology, Record


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit, scaled (1.2万个 is 12000 个), and where it stands in its text."""

    value: float
    unit: str
    start: int
    end: int


class Dates:
    """The records of kind due: the longest match at the first place counts."""

    def __init__(self, ontology: Ontology) -> None:
        records = [r for r in ontology.records("commitments") if r["kind"] == "due"]
        patterns = Patterns(FILE, records, {})
        self._records = [(patterns.compile(r["id"], r["pattern"]), r) for r in records]

    def due(self, text: str, year: int | None) -> str | None:
        """The first time that the text gives, as in Statement; `year` is that of the reply."""
        return next(self.times(text, year), None)

    def times(self, text: str, year: int | None, *, told: bool = False) -> Iterator[str]:
        """The times that the text gives, in order; of those that overlap the longest of the first.

        Of what is `told` as done, words that mean the reply's own year in a plan alone (the whole year) give none.
        """
        found = [(m.start(), -m.end(), number, m) for number, (regex, _) in enumerate(self._records) for m in regex.finditer(text)]
        end = 0
        for start, _, number, match in sorted(found, key=lambda f: f[:3]):
            record = self._records[number][1]
            if told and record.get("planned"):
                continue
            value = _value(match, record, year) if start >= end else None
            if value:
                end = match.end()
                yield value


def _value(match: re.Match[str], record: Record, reply: int | None) -> str | None:
    named = match.groupdict()
    counted = reply + record["shift"] if reply is not None and "shift" in record else None
    year = int(named.get("year") or counted or 0)
    if not year:
        return None
    if until := named.get("until"):
        return f"{year:04d}/{int(until):04d}"
    if month := int(named.get("month") or 0):
        return f"{year:04d}-{month:02d}" if month <= 12 else f"{year:04d}"
    first, last = record.get("from"), record.get("to")
    if first is None:
        return f"{year:04d}"
    return f"{year:04d}-{first:02d}" if first == last else f"{year:04d}-{first:02d}/{year:04d}-{last:02d}"


class Numbers:
    """The records of kind number and scale."""

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("commitments")
        self._scale = {r["word"]: int(r["times"]) for r in records if r["kind"] == "scale"}
        self.regex = Patterns(FILE, records, {}).of("number")

    def numbers(self, text: str) -> list[Number]:
        """The numbers of a text that have a unit."""
        found = []
        for match in self.regex.finditer(text):
            value = float(match["value"])
            for word in match["scale"]:
                value *= self._scale.get(word, 1)
            found.append(Number(value, match["unit"], *match.span()))
        return found


def last_month(time: str) -> str:
    """The last month (YYYY-MM) of a time as in Statement."""
    end = time.rsplit("/", 1)[-1]
    return end[:7] if len(end) >= 7 else f"{end}-12"


def first_month(time: str) -> str:
    """The first month (YYYY-MM) of a time as in Statement."""
    begin = time.split("/", 1)[0]
    return begin[:7] if len(begin) >= 7 else f"{begin}-01"
