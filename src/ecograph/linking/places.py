"""The administrative divisions of data/names/places.tsv: full names, parents, and what 区, 市, 省 mean in a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecograph.ontology import Ontology

LEVELS = ("province", "city", "district")
ZONE = "zone"  # a development zone that governs itself; not among the divisions


@dataclass(frozen=True, slots=True)
class Division:
    """One division; `parent` is the code of the one above, empty at the top."""

    code: str
    name: str
    level: str
    parent: str
    short: str


class Divisions:
    """Divisions by code and by any of their names."""

    def __init__(self, ontology: Ontology) -> None:
        rows = [Division(r["code"], r["name"], r["level"], r["parent"], r["short"]) for r in ontology.table("places")]
        self._by_code: Mapping[str, Division] = {d.code: d for d in rows}
        self._by_name: dict[str, list[Division]] = {}
        for d in sorted(rows, key=lambda d: (LEVELS.index(d.level), d.code)):
            for name in {d.name, d.short, d.short + d.name[-1]}:  # an autonomous prefecture is called by its short name too
                self._by_name.setdefault(name, []).append(d)
        self._longest = max(len(name) for name in self._by_name)

    def divisions(self, name: str) -> Sequence[Division]:
        """All divisions of that full or short name, higher ones first."""
        return self._by_name.get(name, ())

    def above(self, division: Division) -> list[Division]:
        """The division and those it lies in, from itself to the top."""
        chain = [division]
        while chain[-1].parent in self._by_code:
            chain.append(self._by_code[chain[-1].parent])
        return chain

    def split(self, name: str) -> tuple[list[Division], str]:
        """The divisions that `name` begins with (上海市, 长宁区), outermost first, and what follows them.

        Ambiguous names are settled by the division before them.
        """
        found: list[Division] = []
        while name:
            step = self._first(name, found[-1] if found else None)
            if step is None:
                break
            division, length = step
            found.append(division)
            name = name[length:]
        return found, name

    def settle(self, name: str, home: Sequence[Division]) -> Division | None:
        """The division meant by `name` in a reply whose own divisions are `home`; None if it is unknown or could be several."""
        candidates = self.divisions(name)
        near = [d for d in candidates if d in home or (home and self._inside(d, home[-1]))]
        exact = [d for d in candidates if d.name == name]
        for choice in (near, exact, candidates):
            if choice and (len(choice) == 1 or choice[0].level != choice[1].level):
                return choice[0]
        return None

    def unique(self, division: Division) -> str:
        """The division's full name, with the one above before it where others bear the same name (南京市鼓楼区)."""
        if division.level == ZONE or sum(d.name == division.name for d in self._by_name[division.name]) == 1:
            return division.name
        above = [d for d in self.above(division)[1:] if d.name != division.name]
        return above[0].name + division.name if above else division.name

    def begins(self, name: str, home: Sequence[Division]) -> bool:
        """Whether `name` begins with a division's full name, or with the short name of one of `home`: 市南区 is no 市."""
        if any(d.name == name[:length] for length in range(3, min(self._longest, len(name)) + 1) for d in self.divisions(name[:length])):
            return True
        return any(len(d.short) > 1 and name.startswith(d.short) for d in home)

    def _first(self, name: str, before: Division | None) -> tuple[Division, int] | None:
        for length in range(min(self._longest, len(name)), 1, -1):
            for division in self.divisions(name[:length]):
                if before is None or before in self.above(division)[1:]:
                    return division, length
        return None

    def _inside(self, division: Division, top: Division) -> bool:
        return top in self.above(division)
