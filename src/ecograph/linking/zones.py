"""Development zones that govern themselves (成都高新区): in a reply of one, 区 and 高新区 mean the zone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecograph.linking.places import LEVELS, ZONE, Division, Divisions
from ecograph.ontology import Ontology


class Zones:
    """The zones of data/names/areas.tsv, and whatever else ends as records of kind `zone` say."""

    def __init__(self, ontology: Ontology, divisions: Divisions) -> None:
        self._divisions = divisions
        records = [r for r in ontology.records("links") if r["kind"] == "zone"]
        self._pattern = re.compile("|".join(r["pattern"] for r in records))
        self._own = re.compile("|".join(r["own"] for r in records))
        self._full: dict[str, str] = {}
        for row in ontology.table("areas"):
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                self._full.setdefault(name, row["name"])
        self._longest = max(map(len, self._full))
        paired = next(r for r in ontology.records("links") if r["kind"] == "zone-district")
        self._paired = re.compile(paired["pattern"])

    def home(self, name: str) -> list[Division]:
        """The zone that `name` (a jurisdiction's, a body's) begins with and the divisions around it; empty if it begins with none."""
        found = self.split(name, ())
        if found is None:
            return []
        full = found[0]
        chain, rest = self._divisions.split(full)
        around = self._divisions.above(chain[-1]) if chain and rest else []
        return [Division("", full, ZONE, around[0].code if around else "", rest or full), *around]

    def paired(self, name: str, home: Sequence[Division]) -> tuple[Division, str] | None:
        """The district that governs together with a zone, and the rest (杭州高新区（滨江）发改局, 黄埔区（广州开发区）发改局)."""
        match = self._paired.match(name)
        if match is None:
            return None
        around = self._divisions.split(match.group("before"))[0] or list(home)
        own = self._divisions.settle(match.group("inside"), home) or self._divisions.settle(match.group("before"), home)
        within = [self._divisions.settle(match.group("inside"), [d, *self._divisions.above(d)]) for d in around]
        district = next((d for d in (own, *within) if d is not None and d.level == LEVELS[-1]), None)
        return (district, name[match.end() :]) if district else None

    def split(self, name: str, home: Sequence[Division]) -> tuple[str, str] | None:
        """The full name of the zone that `name` begins with, and the rest; in a zone's own reply 高新区 alone is the zone."""
        chain, after = self._divisions.split(name)
        for length in range(min(self._longest, len(name)), 3, -1):
            if name[:length] in self._full and self._pattern.search(name[:length]):
                return self._full[name[:length]], name[length:]
        zone = next((d for d in home if d.level == ZONE), None)
        match = (self._pattern.match(after) or (zone and not chain and self._own.match(after))) if after else None
        if not match:
            return None
        if chain and after is not name:
            own = name[: len(name) - len(after)] + match.group()
            return self._full.get(own, own), after[match.end() :]
        return (zone.name, name[match.end() :]) if zone else None
