"""Words that stand for an entity without naming it: 我区, 我局, 该平台."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from ecograph.model import Document, Mention, Span
from ecograph.ontology import Ontology


class References:
    """The compiled records of kind `reference`."""

    def __init__(self, ontology: Ontology) -> None:
        records = [r for r in ontology.records("links") if r["kind"] == "reference"]
        self._records = [(re.compile(r["pattern"]), r["to"], frozenset(r.get("classes", ()))) for r in records]

    def find(
        self, document: Document, mentions: Sequence[Mention], iris: Mapping[Mention, str], jurisdiction: str | None, issuer: str | None
    ) -> tuple[tuple[Span, str], ...]:
        """References outside mentions with the IRI that each stands for, sorted by place."""
        taken = sorted((m.start, m.end) for m in mentions)
        fixed = {"jurisdiction": jurisdiction, "issuer": issuer}
        found: dict[Span, str] = {}
        for pattern, to, classes in self._records:
            named = sorted((m.start, iris[m]) for m in mentions if m.cls in classes)
            for match in pattern.finditer(document.text):
                target = _before(named, match.start()) if to == "last" else fixed[to]
                if target and not _inside(taken, match.start(), match.end()):
                    found.setdefault(Span(*match.span()), target)
        return tuple(sorted(found.items()))


def _before(named: list[tuple[int, str]], at: int) -> str | None:
    """The one named last before `at`."""
    index = bisect_left(named, (at, "")) - 1
    return named[index][1] if index >= 0 else None


def _inside(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the stretch meets one of the sorted, disjoint spans."""
    index = bisect_left(taken, (start, start))
    return any(a < end and start < b for a, b in taken[max(0, index - 1) : index + 1])
