"""Where a name belongs: the division it begins with, and which divisions lie in which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ecograph.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Home:
    """A jurisdiction: its full name, and the names by which a name may begin with it or with a division around it.

    `prefixes` are (words, full name of the division), longest words first, by the words' first character; `above` the
    full names of those that it lies in.
    """

    name: str
    prefixes: Mapping[str, tuple[tuple[str, str], ...]]
    above: frozenset[str]


class Territory:
    """The administrative divisions of data/names/places.tsv and the zones of areas.tsv."""

    def __init__(self, ontology: Ontology) -> None:
        rows = {row["code"]: row for row in ontology.table("places")}
        self._rows = rows
        self._by_name: dict[str, list[str]] = {}
        self._children: dict[str, list[str]] = {}
        for code, row in rows.items():
            self._by_name.setdefault(row["name"], []).append(code)
            self._children.setdefault(row["parent"], []).append(code)
        self._zones = {row["name"]: tuple(filter(None, row["aliases"].split("|"))) for row in ontology.table("areas")}
        self._full = {n: n for code, row in rows.items() if (n := self._unique(code)) == row["name"] or len(n) > len(row["name"])}
        self._longest = max(map(len, self._full))
        self._cities = frozenset(n for row in rows.values() if row["level"] != "district" for n in (row["name"], row["short"]) if n)
        self._homes: dict[str, Home] = {}

    def home(self, label: str) -> Home:
        """The jurisdiction of that full name."""
        if label not in self._homes:
            self._homes[label] = self._home(label)
        return self._homes[label]

    def split(self, name: str, home: Home | None) -> tuple[str | None, str]:
        """The full name of the innermost division that `name` begins with, and what follows; None if it begins with none.

        A division's short name counts only in a reply of its own surroundings (长宁 in one of 长宁区 or 上海市).
        """
        place: str | None = None
        rest = name
        while rest:
            step = self._step(rest, home)
            if step is None or len(rest) == len(step[0]) or (place and not self.contains(place, step[1])):
                break
            place, rest = step[1], rest[len(step[0]) :]
        return place, rest

    def behind_city(self, name: str) -> str:
        """`name` without the province or city that it begins with by its short name, as firms' names do (上海璞跃…)."""
        while True:
            short = next((name[:n] for n in (4, 3, 2) if name[:n] in self._cities), None)
            if short is None or len(name) < len(short) + 2:
                return name
            name = name[len(short) :]

    def contains(self, outer: str, inner: str) -> bool:
        """Whether the division `inner` is `outer` or lies in it (full names)."""
        return outer == inner or outer in self.home(inner).above

    def _step(self, name: str, home: Home | None) -> tuple[str, str] | None:
        own = home.prefixes.get(name[0], ()) if home else ()
        for words, full in own:
            if name.startswith(words):
                return words, full
        for length in range(min(self._longest, len(name)), 2, -1):
            if name[:length] in self._full:
                return name[:length], self._full[name[:length]]
        return None

    def _home(self, label: str) -> Home:
        codes = self._codes(label)
        pairs: dict[str, str] = {}
        above: set[str] = set()
        for code in codes:
            for at, higher in enumerate(self._chain(code)):
                full = self._unique(higher)
                above.update({full} if at or full != label else ())
                for words in self._words(higher):
                    pairs.setdefault(words, full)
        pairs.update({label: label})
        for words in self._zone_names(label):
            pairs[words] = label
        for child in self._children.get(codes[0], ()) if codes else ():
            for words in self._words(child):
                pairs.setdefault(words, self._unique(child))
        ordered = sorted(pairs.items(), key=lambda p: (-len(p[0]), p))
        prefixes = {first: tuple(p for p in ordered if p[0][0] == first) for first in sorted({words[0] for words in pairs})}
        return Home(label, prefixes, frozenset(above - {label}))

    def _zone_names(self, label: str) -> Iterator[str]:
        """A zone's other names, whole and without the city before it (高新区)."""
        if label in self._codes_of_names:
            return
        names = {label, *(n for zone in self._zones.items() if label in (zone[0], *zone[1]) for n in (zone[0], *zone[1]))}
        for name in sorted(names):
            yield name
            for words in (w for code in self._codes(label) for w in self._words(code)):
                if name.startswith(words) and len(name) - len(words) > 1:
                    yield name[len(words) :]

    @cached_property
    def _codes_of_names(self) -> frozenset[str]:
        return frozenset(self._full) | frozenset(self._full.values())

    def _codes(self, label: str) -> list[str]:
        """The division of that full name, or the one that a zone's name begins with; best first, none if it is unknown."""
        exact = [c for c in self._by_name.get(label, ()) if self._unique(c) == label]
        if exact:
            return exact[:1]
        longer = [c for length in range(len(label) - 1, 1, -1) for c in self._starting(label[:length])]
        inner = [c for c in longer if self._unique(c) == label]
        return (inner or longer)[:1]

    def _starting(self, words: str) -> list[str]:
        return [c for c, row in self._rows.items() if words in (row["name"], row["short"])] if words else []

    def _chain(self, code: str) -> list[str]:
        chain = [code]
        while self._rows[chain[-1]]["parent"] in self._rows:
            chain.append(self._rows[chain[-1]]["parent"])
        return chain

    def _words(self, code: str) -> tuple[str, ...]:
        row = self._rows[code]
        return tuple(sorted({row["name"], row["short"], row["short"] + row["name"][-1], self._unique(code)} - {""}))

    def _unique(self, code: str) -> str:
        """As linking names it: with the division above before it where others bear the same name."""
        row = self._rows[code]
        if len(self._by_name[row["name"]]) == 1:
            return row["name"]
        above = [self._rows[c]["name"] for c in self._chain(code)[1:] if self._rows[c]["name"] != row["name"]]
        return above[0] + row["name"] if above else row["name"]
