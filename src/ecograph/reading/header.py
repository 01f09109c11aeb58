"""The text's head and foot → Header: each field by the first pattern record that matches in its zone."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ecograph.model import Contact, Field, Header, Span
from ecograph.ontology import Ontology, Record
from ecograph.reading.patterns import compiled, of_kind

HEAD = 2_000  # characters: a page's metadata, letterhead and title stand above this; a title and its first sentence never reach it
TITLE = 200  # characters at the beginning of a text that a title without the usual words may stand in
EDGE = 1_500  # characters at the end of a text that may hold what a web page says below it


@dataclass(frozen=True, slots=True)
class Zones:
    """Where the parts of a reply lie in its text; an empty stretch is a part that the text doesn't have."""

    greeting: tuple[int, int]
    opening: tuple[int, int]
    tail: tuple[int, int]
    head: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Rule:
    field: str
    zone: str
    pattern: re.Pattern[str]
    date: bool
    split: re.Pattern[str] | None
    item: re.Pattern[str] | None


class HeaderReader:
    """patterns/header.jsonl, compiled."""

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("header")
        zones = of_kind(records, "zone")
        self._zones = {name: tuple(compiled(r) for r in zones if r["zone"] == name) for name in ("greeting", "opening", "tail")}
        self._rules = tuple(_rule(record) for record in records if "field" in record)
        self._dates = _Dates(of_kind(records, "digits"))
        contacts = of_kind(records, "contact")
        self._contacts = tuple((r["contact"], compiled(r), re.compile(r.get("split", r"(?!)"))) for r in contacts)

    def zones(self, text: str) -> Zones:
        """The parts of a reply. The head ends where the salutation begins, or with the lines before the first sentence."""
        greeting = _first(self._zones["greeting"], text, 0, min(len(text), HEAD))
        below = greeting[1] if greeting[1] else 0
        opening = _first(self._zones["opening"], text, below, min(len(text), below + 800))
        tail = _first(self._zones["tail"], text, max(below, opening[1]), len(text))
        head = (0, greeting[0] if greeting[1] else opening[0] if opening[1] else _head_end(text))
        return Zones(greeting, opening, (tail[0], len(text)) if tail[1] else (len(text), len(text)), head)

    def read(self, text: str, zones: Zones) -> Header:
        """The header; what the text doesn't say is absent."""
        found: dict[str, tuple[Field, ...]] = {}
        for rule in self._rules:
            if rule.field not in found:
                fields = tuple(self._fields(rule, text, _place(rule.zone, text, zones, found)))
                if fields:
                    found[rule.field] = fields
        many = found.pop("addressees", ())
        return Header(**{name: fields[0] for name, fields in found.items()}, addressees=many)

    def _fields(self, rule: _Rule, text: str, place: tuple[int, int]) -> Iterator[Field]:
        # A slice, not pos and endpos: ^ and \A must mean the zone's beginning.
        match = rule.pattern.search(text[slice(*place)])
        if not match:
            return
        start, end = place[0] + match.start("value"), place[0] + match.end("value")
        if rule.date:
            value = self._dates.iso(match["year"], match["month"], match["day"])
            if value:
                yield Field(value, Span(start, end))
            return
        for s, e in _pieces(text, start, end, rule.split):
            inner = rule.item.search(text[s:e]) if rule.item else None
            place = (s + inner.start("value"), s + inner.end("value")) if inner else (s, e)
            yield Field(_tight(text[slice(*place)]), Span(*place))

    def contacts(self, text: str) -> tuple[Contact, ...]:
        """Names, telephone numbers and addresses of contact persons, in the order of the text."""
        found: dict[tuple[int, int], str] = {}
        taken: set[int] = set()  # characters, which are few: all pairs of contacts would be too many
        for kind, pattern, split in self._contacts:
            for match in pattern.finditer(text):
                for start, end in _pieces(text, match.start("value"), match.end("value"), split):
                    if taken.isdisjoint(range(start, end)):
                        found[start, end] = kind
                        taken.update(range(start, end))
        return tuple(Contact(kind, Span(*place)) for place, kind in sorted(found.items()))


class _Dates:
    """Dates in Arabic or Chinese digits; which characters are digits is data."""

    def __init__(self, records: tuple[Record, ...]) -> None:
        self._digits = {digit: value for r in records for value, digit in enumerate(r["characters"])}
        self._digits |= {digit: 0 for r in records for digit in r["zeros"]}
        self._ten = next((r["ten"] for r in records), "")

    def iso(self, year: str, month: str, day: str) -> str | None:
        """ISO 8601, or None when there is no such day."""
        try:
            return datetime.date(self._number(year), self._number(month), self._number(day)).isoformat()
        except ValueError:
            return None

    def _number(self, digits: str) -> int:
        """Arabic digits, Chinese digits one by one (二〇〇六), or Chinese tens (十八, 二十, 三十一)."""
        if digits.isdecimal():
            return int(digits)
        if self._ten and self._ten in digits:
            tens, ones = digits.split(self._ten, 1)
            return self._digits.get(tens, 1) * 10 + self._digits.get(ones, 0)
        return int("".join(str(self._digits.get(digit, digit)) for digit in digits))


def _rule(record: Record) -> _Rule:
    split = compiled(record, "split") if "split" in record else None
    item = compiled(record, "item") if "item" in record else None
    return _Rule(record["field"], record["zone"], compiled(record), record.get("normalise") == "date", split, item)


def _first(patterns: tuple[re.Pattern[str], ...], text: str, start: int, end: int) -> tuple[int, int]:
    for pattern in patterns:
        match = pattern.search(text, start, end)
        if match:
            return match.span()
    return 0, 0


def _head_end(text: str) -> int:
    """Where the lines above a text without salutation end: at the first long line."""
    position = 0
    for line in text[:HEAD].split("\n"):
        if len(line) > 60:
            return position
        position += len(line) + 1
    return min(len(text), position)


def _place(zone: str, text: str, zones: Zones, found: Mapping[str, tuple[Field, ...]]) -> tuple[int, int]:
    """Where a rule looks: a zone of the reply, or the words of a field found before."""
    known = {
        "head": zones.head,
        "greeting": zones.greeting,
        "opening": zones.opening,
        "tail": zones.tail,
        "start": (0, min(len(text), TITLE)),
        "end": (max(0, len(text) - EDGE), len(text)),
    }
    if zone in known:
        return known[zone]
    return (found[zone][0].span.start, found[zone][0].span.end) if zone in found else (0, 0)


def _pieces(text: str, start: int, end: int, split: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """The stretch, cut at separators, without the spaces around its pieces."""
    cuts = [(start, start)]
    if split:
        cuts += [(start + m.start(), start + m.end()) for m in split.finditer(text[start:end])]
    cuts.append((end, end))
    for (_, left), (right, _) in pairwise(cuts):
        piece = text[left:right]
        first = left + len(piece) - len(piece.lstrip())
        last = right - len(piece) + len(piece.rstrip())
        if first < last:
            yield first, last


def _tight(words: str) -> str:
    """A value on one line: no white space beside Chinese characters, one space between Latin words."""
    return re.sub(r"\s+", lambda m: " " if words[m.start() - 1].isascii() and words[m.end() : m.end() + 1].isascii() else "", words)
