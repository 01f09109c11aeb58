"""The values that flow through ecograph: Document, Mention, Entity, Statement, and their small parts.

All are frozen and slotted. Offsets count characters of `Document.text` from 0, the end is exclusive.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or negative span {self.start}–{self.end}")


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each character of the text stands in the source file.

    `runs` are (start in text, start in source, length), sorted and not overlapping. A character of the
    text that no run covers was put in by the reader (a line break, say).
    """

    runs: tuple[tuple[int, int, int], ...]

    def source(self, offset: int) -> int:
        """The source offset of the character at `offset`, or of the nearest character before it."""
        index = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        if index < 0:
            return self.runs[0][1] if self.runs else 0
        start, origin, length = self.runs[index]
        return origin + min(offset - start, length - 1)

    def source_span(self, span: Span) -> Span:
        """The stretch of the source file that `span` of the text came from, furniture inside included."""
        return Span(self.source(span.start), self.source(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a reply's header: its normalised value and where the words stand."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Header:
    """What a reply says of itself. A field that the text doesn't give is None (or an empty tuple)."""

    title: Field | None = None
    number: Field | None = None
    session: Field | None = None
    addressees: tuple[Field, ...] = ()
    suggestion: Field | None = None
    outcome: Field | None = None
    category: Field | None = None
    signatory: Field | None = None
    issuer: Field | None = None
    document_number: Field | None = None
    date: Field | None = None
    jurisdiction: Field | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text under one heading. `mode` says how it speaks (a name from patterns/sections.jsonl)."""

    heading: str
    level: int
    mode: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Contact:
    """A private detail of a contact person: `kind` is person, telephone, address or postcode."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A reply: `id` is its path below the folder without the ending, `text` has its lines rejoined."""

    id: str
    name: str
    text: str
    origin: OffsetMap = field(compare=False, repr=False)
    header: Header = field(default=Header(), compare=False, repr=False)
    sections: tuple[Section, ...] = field(default=(), compare=False, repr=False)
    contacts: tuple[Contact, ...] = field(default=(), compare=False, repr=False)

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds `offset`."""
        inside = [s for s in self.sections if s.start <= offset < s.end]
        return max(inside, key=lambda s: (s.level, s.start)) if inside else None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names one particular thing; equal when place and class are."""

    start: int
    end: int
    cls: str
    rule: str = field(compare=False)
    confidence: float = field(compare=False)

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that one or more mentions name; equal when the IRI is."""

    iri: str
    label: str = field(compare=False)
    cls: str = field(compare=False)
    aliases: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found in one document.

    `entity_of` maps each mention to the IRI of its entity. `references` are words that stand for an
    entity without naming it (我区, the firm of the sentence before) and are no mentions. `jurisdiction`
    and `issuer` are IRIs of entities that are among `entities`.
    """

    entities: tuple[Entity, ...]
    entity_of: Mapping[Mention, str]
    references: tuple[tuple[Span, str], ...] = ()
    jurisdiction: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The words that say a statement: their place and the words themselves."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or not self.quote:
            raise ValueError(f"evidence without words at {self.start}–{self.end}")


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, predicate and object (IRI, predicate's name, IRI) with the words that say so.

    `time` is an ISO 8601 date of reduced precision or an interval (2023, 2021-05, 2022/2025). `amount` is
    the clause's sum or count as it stands there. Equal when the same claim is made by the same words.
    """

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    document: str
    status: str
    rule: str = field(compare=False)
    confidence: float = field(compare=False)
    time: str | None = field(default=None, compare=False)
    amount: str | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a statement without evidence cannot be made")

    @property
    def id(self) -> str:
        """20 hex digits of SHA-256 over what it says and its words, not where they stand."""
        said = "\x1f".join((self.document, self.subject, self.predicate, self.object, self.status, *(e.quote for e in self.evidence)))
        return hashlib.sha256(said.encode()).hexdigest()[:20]
