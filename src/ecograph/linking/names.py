"""One canonical name for the ways in which a thing is named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ecograph.linking.places import Division, Divisions
from ecograph.linking.zones import Zones
from ecograph.ontology import Ontology, Record

_WIDTH = str.maketrans({"(": "（", ")": "）", "［": "[", "］": "]"})
SHORT_BODY = 8  # characters of a body's short name that a part's name begins with
_PAIRS = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "〈": "〉"}


@lru_cache(maxsize=10_000)
def clean(surface: str) -> str:
    """A surface form without white space and enclosing marks, brackets full width; the form that is compared."""
    name = "".join(surface.split()).translate(_WIDTH)
    for opening, closing in _PAIRS.items():
        if name.endswith(closing) and name.count(closing) > name.count(opening):
            name = name[:-1]  # the mark that opens it was left outside
        elif name.count(closing) > name.count(opening):
            name = opening + name
    while len(name) > 2 and _PAIRS.get(name[0]) == name[-1] and name[-1] not in name[1:-1]:
        name = name[1:-1]
    return name


class Names:
    """Canonical names: short forms of known bodies, departments and places written out."""

    def __init__(self, ontology: Ontology) -> None:
        self.divisions = Divisions(ontology)
        self.zones = Zones(ontology, self.divisions)
        records = ontology.records("links")
        self._local = [re.compile(r["pattern"]) for r in records if r["kind"] == "local"]
        self._renames = [(re.compile(r["pattern"]), r["to"]) for r in records if r["kind"] == "rename"]
        self._former = [(re.compile(r["pattern"]), r.get("to", "")) for r in records if r["kind"] in ("former", "written")]
        self._endings = [(re.compile(r["pattern"]), r["to"]) for r in records if r["kind"] == "office"]
        self._offices = _offices(ontology)
        self._known: dict[str, str] = {}
        self._bodies: list[tuple[re.Pattern[str], frozenset[str]]] = []
        for record in records:
            if record["kind"] == "table":
                self._learn(ontology, record)

    def place(self, surface: str, home: Sequence[Division]) -> str:
        """The full name of a place (长宁 → 长宁区 in a reply of that district)."""
        name = clean(surface)
        zone = self.zones.split(name, home)
        if zone and not zone[1]:
            return zone[0]
        chain, rest = self.divisions.split(name)
        division = self.divisions.settle(name, home) or (chain[-1] if chain and not rest and len(chain) > 1 else None)
        if division:
            return self.divisions.unique(division)
        return self._known.get(name) or (self._known.get(rest) if chain else None) or name

    def plain(self, place: str) -> str:
        """A division's own name, where `place` has the one above before it (沈阳市铁西区 → 铁西区)."""
        chain, rest = self.divisions.split(place)
        return chain[-1].name if chain and not rest else place

    def other(self, surface: str, home: Sequence[Division]) -> str:
        """The canonical name of anything else: 区科委 → 长宁区科学技术委员会, 科技部 → 科学技术部."""
        name = clean(surface)
        for pattern, to in self._former:
            name = pattern.sub(to, name)
        if name in self._known:
            return self._known[name]
        name = self._part(name)
        place, rest = self._split(name, home)
        name = place + (self._office(rest) if place else rest)
        for pattern, to in self._renames:
            name = pattern.sub(to, name)
        return name

    def _part(self, name: str) -> str:
        """A part of a known body with that body's name written out."""
        for pattern, shorts in self._bodies:
            for length in range(min(SHORT_BODY, len(name) - 1), 2, -1):
                if name[:length] in shorts and pattern.search(name[length:]):
                    return self._known[name[:length]] + name[length:]
        return name

    def _office(self, rest: str) -> str:
        """A department's full form; one that no table abbreviates so may yet be known with its ending written out (投资促进办)."""
        if rest in self._offices:
            return self._offices[rest]
        longer = (pattern.sub(to, rest) for pattern, to in self._endings if pattern.search(rest))
        return next((self._offices[name] for name in longer if name in self._offices), rest)

    def _split(self, name: str, home: Sequence[Division]) -> tuple[str, str]:
        """The jurisdiction that a name begins with, written out, and the rest. `home` is innermost first."""
        pair = self.zones.paired(name, home)
        if pair and self._office(pair[1]) in self._offices:
            return self.divisions.unique(pair[0]), pair[1]
        zone = self.zones.split(name, home)
        if zone and (self._office(zone[1]) in self._offices or (zone[1] and any(d.name == zone[0] for d in home))):
            return zone
        for pattern in self._local:
            match = None if self.divisions.begins(name, home) else pattern.match(name)
            if match:
                own = _at(home, match.groupdict().get("word") or match.group()[-1])
                return (self.divisions.unique(own), name[match.end() :]) if own else ("", name)
        chain, rest = self.divisions.split(name)
        if chain and self._office(rest) in self._offices:
            return self.divisions.unique(chain[-1]), rest
        return "", name

    def _learn(self, ontology: Ontology, record: Record) -> None:
        common = re.compile(record["unless"]) if "unless" in record else None
        shorts: set[str] = set()
        for row in ontology.table(record["table"]):
            self._known.setdefault(clean(row[record["names"]]), row[record["names"]])
            for other in (clean(form) for column in record["others"] for form in filter(None, row[column].split("|"))):
                if not (common and common.match(other)) and self._known.setdefault(other, row[record["names"]]) == row[record["names"]]:
                    shorts.add(other)
        if "begins" in record:
            self._bodies.append((re.compile(record["begins"]), frozenset(shorts)))


def _at(home: Sequence[Division], word: str) -> Division | None:
    """The innermost of the reply's own divisions that calls itself by that word: 市 is a county-level city's own word too."""
    return next((d for d in home if d.name.endswith(word)), None)


def _offices(ontology: Ontology) -> dict[str, str]:
    """Each form of a department's name and its full form."""
    forms: dict[str, str] = {}
    for row in ontology.table("departments"):
        for short in filter(None, row["aliases"].split("|")):
            forms.setdefault(short, row["name"])
    for row in ontology.table("departments"):
        forms[row["name"]] = row["name"]
    return forms
