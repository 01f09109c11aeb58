"""What a person decided about the graph: a judgement, who made it, when and why.

A decision is one line of data/decisions.jsonl. Its id is a hash of its content, so that a line that stands in two
files is one decision. Things are addressed by IRI and carry the label and class under which they were judged; a
statement is addressed by its id and by what it says, so that the judgement holds when the reply is read again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

# An IRI wherever it stands, or as one reply means it: the document's id and the IRI (as across.Node).
Ref = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its IRI, the document if only that reply's use of it is meant, and how it was called when it was judged."""

    iri: str
    document: str | None = None
    label: str = field(default="", compare=False)
    cls: str = field(default="", compare=False)

    @property
    def ref(self) -> Ref:
        """How identity addresses it."""
        return (self.document, self.iri) if self.document else self.iri

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.label or self.iri.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things, judged to be one (`same`) or two (`different`)."""

    one: Thing
    other: Thing


@dataclass(frozen=True, slots=True)
class Naming:
    """The class's name (`class`) or the preferred label (`label`) that a thing is to have."""

    entity: Thing
    value: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that a reply makes by the words `quote` (`missing`), or doesn't make (`wrong`).

    `status`, `time` and `amount` as in Statement. `id` is that of the statement as it was read when it was judged.
    """

    subject: Thing
    predicate: str
    object: Thing
    document: str
    quote: str
    status: str
    time: str | None = None
    amount: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """A term of an industry, and the IRI of the concept above it; None when the term is no industry (`industry`)."""

    term: str
    concept: str | None


@dataclass(frozen=True, slots=True)
class Revocation:
    """The id of a decision that no longer counts (`revoke`)."""

    target: str


Matter = Pair | Naming | Claim | Placing | Revocation

# Each kind of line, and what it is about.
KINDS: Mapping[str, type[Matter]] = {
    "same": Pair,
    "different": Pair,
    "class": Naming,
    "label": Naming,
    "wrong": Claim,
    "missing": Claim,
    "industry": Placing,
    "revoke": Revocation,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One judgement. `when` is an ISO 8601 date or time; without a zone it is UTC."""

    kind: str
    matter: Matter
    who: str
    when: str
    why: str
    id: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.matter, KINDS[self.kind]):
            raise TypeError(f"{self.kind} judges no {type(self.matter).__name__}")
        content = json.dumps(self._content(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        object.__setattr__(self, "id", hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:20])

    @property
    def order(self) -> tuple[datetime, str]:
        """The place in the one order of all decisions: the moment, then the id."""
        moment = datetime.fromisoformat(self.when)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)), self.id

    @property
    def subject(self) -> tuple[object, ...]:
        """What it is about: of two decisions with one subject the later counts."""
        match self.matter:
            case Pair(one, other):
                return ("pair", frozenset((one.ref, other.ref)))
            case Naming(entity):
                return (self.kind, entity.ref)
            case Claim(subject, predicate, obj, document, quote):
                return ("claim", document, subject.iri, predicate, obj.iri, "".join(quote.split()))
            case Placing(term):
                return ("term", term)
            case Revocation(target):
                return ("decision", target)

    @property
    def verdict(self) -> tuple[object, ...]:
        """What it says of its subject."""
        match self.matter:
            case Naming(_, value):
                return (value,)
            case Claim():
                return (self.kind, *((self.matter.status, self.matter.time, self.matter.amount) if self.kind == "missing" else ()))
            case Placing(_, concept):
                return (concept,)
        return (self.kind,)

    def as_json(self) -> dict[str, Any]:
        """The line of data/decisions.jsonl as plain values."""
        return {"id": self.id, **self._content()}

    def _content(self) -> dict[str, Any]:
        return {"kind": self.kind, "who": self.who, "when": self.when, "why": self.why, **self._matter()}

    def _matter(self) -> dict[str, Any]:
        match self.matter:
            case Pair(one, other):
                return {"one": _thing(one), "other": _thing(other)}
            case Naming(entity, value):
                return {"entity": _thing(entity), self.kind: value}
            case Claim():
                return {"statement": _claim(self.matter)}
            case Placing(term, concept):
                return {"term": term, "concept": concept}
            case Revocation(target):
                return {"revokes": target}


def _thing(thing: Thing) -> dict[str, str]:
    said = {"iri": thing.iri, "document": thing.document, "label": thing.label, "class": thing.cls}
    return {key: value for key, value in said.items() if value}


def _claim(claim: Claim) -> dict[str, Any]:
    rest = {"id": claim.id, "time": claim.time, "amount": claim.amount}
    return {
        "subject": _thing(claim.subject),
        "predicate": claim.predicate,
        "object": _thing(claim.object),
        "document": claim.document,
        "quote": claim.quote,
        "status": claim.status,
        **{key: value for key, value in rest.items() if value},
    }
