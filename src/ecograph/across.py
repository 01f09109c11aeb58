"""What many replies say together: which names are one thing, and what became of a promise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from ecograph.model import Evidence

# An entity as one reply names it: the document's id and the entity's IRI. A short form means another thing in each reply.
Node = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Witness:
    """Words of one reply: the document's id and the evidence."""

    document: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes that are, or may be, one thing: why (a record's id, or a decision's), how surely, and the words on both sides."""

    one: Node
    other: Node
    reason: str
    confidence: float
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which entities of many replies are one; a function of the set of replies.

    `canonical` gives each node whose IRI is not already the canonical one; `labels` and `classes` each canonical IRI's
    preferred label and class, where replies differ; `links` are those taken, `candidates` the doubtful ones that were
    not, most valuable first.
    """

    canonical: Mapping[Node, str]
    labels: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    candidates: tuple[Link, ...] = ()

    def of(self, document: str, iri: str) -> str:
        """The canonical IRI of what `iri` means in that document."""
        return self.canonical.get((document, iri), iri)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a later reply tells of a commitment (its id): `state` is a name from schemes/outcomes.ttl.

    The states are fulfilled, repeated, dropped, undone, silent. A silent one has no witness. What was undone without
    having been promised bears the id of the statement that it was done.
    """

    commitment: str
    state: str
    confidence: float
    rule: str
    witness: Witness | None = None
    time: str | None = None

    @property
    def id(self) -> str:
        """20 hex digits of SHA-256 over what it says and its words."""
        told = (self.witness.document, self.witness.evidence.quote) if self.witness else ()
        return hashlib.sha256("\x1f".join((self.commitment, self.state, *told)).encode()).hexdigest()[:20]
