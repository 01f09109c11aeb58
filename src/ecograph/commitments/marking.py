"""A document as marked text: every name is one character that tells its kind; asides and the quotes around names are swallowed.

So a name's own words (the 成立 of a title) are never taken for the sentence's, and patterns stay short.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecograph.commitments.words import AUTHORITY, NAMED, OTHER, PLACE, SAID, Words
from ecograph.model import Document, Evidence, Linked, Mention
from ecograph.ontology import Ontology

OPENING, CLOSING = '“《‘「『〈"', '”》’」』〉"'
INDENT = 12  # white space before a line, with the end of the line before
PRIVATE = re.compile("[\ue000-\uf8ff]")  # kept for names
LONGEST = 400  # characters of a clause; what goes beyond is cut, so that matching stays linear


@dataclass(frozen=True, slots=True)
class Name:
    """A name in marked text: its kind of letter, its IRI and class, and where it stands in the document, quotes included."""

    letter: str
    iri: str
    cls: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of marked text between two stops; `sentence` numbers the sentence, `mode` is its section's."""

    start: int
    end: int
    sentence: int
    mode: str


@dataclass(frozen=True)
class Marked:
    """One document, marked. `starts` and `ends` give each marked character's stretch of `Document.text`."""

    document: Document
    text: str
    names: Mapping[int, Name]
    starts: Sequence[int]
    ends: Sequence[int]
    clauses: tuple[Clause, ...]
    headings: tuple[tuple[int, int, tuple[Name, ...]], ...]

    def words(self, clause: Clause) -> str:
        """The clause as marked text."""
        return self.text[clause.start : clause.end]

    def plain(self, start: int, end: int) -> str:
        """The document's text of marked characters `start` to `end`."""
        return self.document.text[self.starts[start] : self.ends[end - 1]] if start < end else ""

    def evidence(self, start: int, end: int) -> Evidence:
        """Marked characters `start` to `end` as evidence, spaces at the ends left out."""
        while start < end - 1 and self.text[start].isspace():
            start += 1
        while end > start + 1 and self.text[end - 1].isspace():
            end -= 1
        return Evidence(self.starts[start], self.ends[end - 1], self.plain(start, end))

    def within(self, start: int, end: int) -> list[tuple[int, Name]]:
        """The names among marked characters `start` to `end`, with their places."""
        return [(place, self.names[place]) for place in range(start, end) if place in self.names]

    def opens(self, clause: Clause) -> bool:
        """Whether a line begins with the clause."""
        before = self.text[max(0, clause.start - INDENT) : clause.start]
        return "\n" in before[len(before.rstrip()) :] or not before.strip()

    def before(self, clause: Clause, within: int) -> tuple[Name, ...]:
        """The last thing that is named in the clause's line before it, at most `within` marked characters back."""
        start = max(0, clause.start - within, self.text.rfind("\n", 0, clause.start))
        return tuple(name for _, name in self.within(start, clause.start) if name.letter == NAMED)[-1:]

    def topic(self, clause: Clause) -> tuple[Name, ...]:
        """The names of the heading under which a clause stands."""
        at = self.starts[clause.start]
        above = [names for start, end, names in self.headings if start <= at < end and names]
        return above[-1] if above else ()


class Marker:
    """Marks documents. Cheap to make."""

    def __init__(self, ontology: Ontology, words: Words) -> None:
        self._ontology = ontology
        self._words = words
        self._field = ontology.with_role("field")

    def mark(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> Marked:
        """The document's marked text with its clauses in order."""
        names = self._names(document, mentions, linked)
        asides = [m.span() for m in self._words.aside.finditer(document.text)]
        text, found, starts, ends = _marked(document.text, names, asides)
        return Marked(document, text, found, starts, ends, tuple(self._clauses(document, text, starts)), _headings(document, names))

    def _names(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> list[Name]:
        cls_of = {entity.iri: entity.cls for entity in linked.entities}
        every = [
            Name(self._letter(cls_of[iri]), iri, cls_of[iri], m.start, m.end)
            for m in mentions
            if (iri := linked.entity_of.get(m)) in cls_of and m.cls != self._field
        ]
        own = {linked.issuer, linked.jurisdiction}
        for span, iri in linked.references:
            if iri in cls_of and cls_of[iri] != self._field:
                letter = self._letter(cls_of[iri]) if iri in own else SAID
                every.append(Name(letter, iri, cls_of[iri], span.start, span.end))
        kept: list[Name] = []
        for name in sorted(every, key=lambda n: (n.start, -n.end, n.cls, n.iri)):
            if not kept or name.start >= kept[-1].end:
                kept.append(_quoted(name, document.text))
        return kept

    def _letter(self, cls: str) -> str:
        if cls == self._words.authority:
            return AUTHORITY
        if cls == self._words.place:
            return PLACE
        return NAMED if cls in self._words.objects else OTHER

    def _clauses(self, document: Document, text: str, starts: Sequence[int]) -> list[Clause]:
        found: list[Clause] = []
        begin = 0
        for number, stop in enumerate([*self._words.sentence.finditer(text), None]):
            end = stop.start() if stop else len(text)
            left = begin
            for comma in [*self._words.comma.finditer(text, begin, end), None]:
                right = comma.start() if comma else end
                if text[left:right].strip():
                    section = document.section_at(starts[left])
                    found.append(Clause(left, min(right, left + LONGEST), number, section.mode if section else ""))
                left = comma.end() if comma else end
            begin = stop.end() if stop else end
        return found


def _quoted(name: Name, text: str) -> Name:
    """The name with the quotation marks around it."""
    if name.start and text[name.start - 1] in OPENING and text[name.end : name.end + 1] in tuple(CLOSING):
        return Name(name.letter, name.iri, name.cls, name.start - 1, name.end + 1)
    return name


def _marked(text: str, names: Sequence[Name], asides: Sequence[tuple[int, int]]) -> tuple[str, dict[int, Name], list[int], list[int]]:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    found: dict[int, Name] = {}
    begins = {n.start: n for n in names}
    ends_of_asides = dict(asides)
    plain = PRIVATE.sub("\ufffd", text)
    here = 0
    for stop in [*sorted({*begins, *ends_of_asides}), len(text)]:
        if stop < here:
            continue
        letters += plain[here:stop]
        starts += range(here, stop)
        ends += range(here + 1, stop + 1)
        here = stop
        name = begins.get(here)
        if name:
            found[len(letters)] = name
            letters.append(name.letter)
            starts.append(here)
            ends.append(name.end)
            here = name.end
        elif here in ends_of_asides and letters and letters[-1] != "\n":
            here = ends[-1] = ends_of_asides[here]
    return "".join(letters), found, starts, ends


def _headings(document: Document, names: Sequence[Name]) -> tuple[tuple[int, int, tuple[Name, ...]], ...]:
    """Each section's stretch with the names in its heading, outermost first."""
    begins = [n.start for n in names]
    found = []
    for section in sorted(document.sections, key=lambda s: (s.level, s.start)):
        end = section.start + len(section.heading)
        inside = tuple(n for n in names[max(0, bisect_right(begins, section.start - 1)) :][:40] if n.start < end and n.letter == NAMED)
        found.append((section.start, section.end, inside if section.heading else ()))
    return tuple(found)


def clean(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern finds."""
    return pattern.sub("", text)
