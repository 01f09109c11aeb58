"""Words that stand for an entity without naming it: 我区, 我局, 该平台."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from ecograph.model import Document, Mention, Span
from ecograph.ontology import Ontology


class References:
    """The compiled records of kind `reference`."""

    def __init__(self, ontology: Ontology) -> None:
        records = [r for r in ontology.records("links") if r["kind"] == "reference"]
        self._records = [(re.compile(r["pattern"]), r["to"], frozenset(r.get("classes", ()))) for r in records if r["to"] != "head"]
        self._heads = [(re.compile(r["pattern"]), frozenset(r["classes"]), int(r["within"])) for r in records if r["to"] == "head"]

    def find(
        self,
        document: Document,
        mentions: Sequence[Mention],
        iris: Mapping[Mention, str],
        own: Mapping[str, str | None],
        issuer: str | None,
    ) -> tuple[tuple[Span, str], ...]:
        """References outside mentions with the IRI that each stands for, sorted by place.

        `own` gives what a division's word means in the reply (市 of 全市), and under "" its jurisdiction.
        """
        taken = sorted((m.start, m.end) for m in mentions)
        found: dict[Span, str] = {}
        for pattern, to, classes in self._records:
            named = sorted((m.start, iris[m]) for m in mentions if m.cls in classes)
            for match in pattern.finditer(document.text):
                if to == "jurisdiction":
                    target = own.get(match.groupdict().get("word") or "")
                else:
                    target = _before(named, match.start()) if to == "last" else issuer
                if target and not _inside(taken, match.start(), match.end()):
                    found.setdefault(Span(*match.span()), target)
        taken = sorted([*taken, *((span.start, span.end) for span in found)])
        found.update((span, iri) for span, iri in self._headed(document, mentions, iris) if not _inside(taken, span.start, span.end))
        return tuple(sorted(found.items()))

    def _headed(self, document: Document, mentions: Sequence[Mention], iris: Mapping[Mention, str]) -> Iterator[tuple[Span, str]]:
        """该班列 is what was last named with that head noun (中欧班列“…号”), the longest head first."""
        for pattern, classes, within in self._heads:
            named = sorted((m for m in mentions if m.cls in classes), key=lambda m: m.start)
            starts = [m.start for m in named]
            for match in pattern.finditer(document.text):
                near = named[bisect_left(starts, match.start() - within) : bisect_left(starts, match.start())]
                for length in range(len(match["head"]), 1, -1):
                    meant = [m for m in near if match["head"][:length] in document.text[m.start : m.end]]
                    if meant:
                        yield Span(match.start(), match.start("head") + length), iris[meant[-1]]
                        break


def _before(named: list[tuple[int, str]], at: int) -> str | None:
    """The one named last before `at`."""
    index = bisect_left(named, (at, "")) - 1
    return named[index][1] if index >= 0 else None


def _inside(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the stretch meets one of the sorted, disjoint spans."""
    index = bisect_left(taken, (start, start))
    return any(a < end and start < b for a, b in taken[max(0, index - 1) : index + 1])
