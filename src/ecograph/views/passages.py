"""The passages that a page quotes, each told once as a place in its reply's text, with the names in them marked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from ecograph.model import Evidence, Statement
from ecograph.views.projection import Projection
from ecograph.views.texts import Quoted

Mark = tuple[int, int, int]  # start and end in the quote, 0 for the subject or 1 for the object
Citation = list[int]  # number of the passage, then its marks one after the other


class Passages:
    """Numbers passages, sections and replies in the order in which they are cited.

    `found` holds (number of the reply, start, end, number of the section) of each passage, `replies` the IRIs,
    `quoted` the words by the reply's IRI.
    """

    def __init__(self, projection: Projection) -> None:
        self.found: list[tuple[int, int, int, int]] = []
        self.replies: list[str] = []
        self.sections: list[str] = [""]
        self.quoted: dict[str, list[Quoted]] = defaultdict(list)
        self._projection = projection
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._reply_at: dict[str, int] = {}
        self._section_at: dict[str, int] = {"": 0}

    def cite(self, statement: Statement) -> list[Citation]:
        """The passages of a statement, each with the places of its subject and its object in the quote."""
        found = []
        for words in statement.evidence:
            section = self._projection.sections.get((statement.document, words.start, words.end), "")
            marks = [value for mark in self._marks(statement, words) for value in mark]
            found.append([self.number(statement.document, words, section), *marks])
        return found

    def number(self, reply: str, words: Evidence, section: str) -> int:
        """The number of a passage; a new one where it is cited for the first time."""
        place = (reply, words.start, words.end)
        if place not in self._numbers:
            self._numbers[place] = len(self.found)
            if section not in self._section_at:
                self._section_at[section] = len(self.sections)
                self.sections.append(section)
            self.found.append((self.reply(reply), words.start, words.end, self._section_at[section]))
            self.quoted[reply].append((words.start, words.end, words.quote))
        return self._numbers[place]

    def reply(self, iri: str) -> int:
        """The number of a reply; a new one where it is named for the first time."""
        if iri not in self._reply_at:
            self._reply_at[iri] = len(self.replies)
            self.replies.append(iri)
        return self._reply_at[iri]

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
