"""The passages that a page quotes, each held once, with the names in them marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from ecograph.model import Evidence, Statement
from ecograph.views.projection import Projection

Mark = tuple[int, int, int]  # start and end in the quote, 0 for the subject or 1 for the object
Citation = list[object]  # number of the passage, marks


class Passages:
    """Numbers passages and replies in the order in which statements cite them.

    `found` holds [number of the reply, start, end, quote, section] of each passage, `replies` the IRIs.
    """

    def __init__(self, projection: Projection) -> None:
        self.found: list[list[object]] = []
        self.replies: list[str] = []
        self._projection = projection
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._reply_at: dict[str, int] = {}

    def cite(self, statement: Statement) -> list[Citation]:
        """The passages of a statement, each with the places of its subject and its object in the quote."""
        return [[self._number(statement.document, words), self._marks(statement, words)] for words in statement.evidence]

    def _number(self, reply: str, words: Evidence) -> int:
        place = (reply, words.start, words.end)
        if place not in self._numbers:
            if reply not in self._reply_at:
                self._reply_at[reply] = len(self.replies)
                self.replies.append(reply)
            self._numbers[place] = len(self.found)
            section = self._projection.sections.get(place, "")
            self.found.append([self._reply_at[reply], words.start, words.end, words.quote, section])
        return self._numbers[place]

    def _marks(self, statement: Statement, words: Evidence) -> list[Mark]:
        """Marks that don't overlap, in order. Where no mention is known, the entity's names are looked for."""
        marks: list[Mark] = []
        for side, iri in enumerate((statement.subject, statement.object)):
            places = list(self._mentioned(statement.document, iri, words)) or list(self._spelt(iri, words.quote))
            marks += [(start, end, side) for start, end in places]
        kept: list[Mark] = []
        for mark in sorted(marks, key=lambda mark: (mark[0], -mark[1], mark[2])):
            if not kept or mark[0] >= kept[-1][1]:
                kept.append(mark)
        return kept

    def _mentioned(self, reply: str, iri: str, words: Evidence) -> Iterator[tuple[int, int]]:
        mentions = self._projection.mentions.get(reply, ())
        for start, end, named in mentions[bisect_left(mentions, (words.start,)) :]:
            if start >= words.end:
                return
            if named == iri and end <= words.end:
                yield start - words.start, end - words.start

    def _spelt(self, iri: str, quote: str) -> Iterator[tuple[int, int]]:
        entity = self._projection.entities[iri]
        for name in sorted((entity.label, *entity.aliases), key=lambda name: (-len(name), name)):
            at = quote.find(name) if name else -1
            if at >= 0:
                yield at, at + len(name)
                return
