"""What one reply says, all rooms taken together: its statements and what stands beside them.

Quantities, policies' dates and commitments are found in one reply; what became of them is told by later replies
(`ecograph.across`). Offsets count characters of `Document.text` from 0, the end is exclusive.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from ecograph.model import Document, Evidence, Linked, Mention, Statement

# The IRIs of a statement's subject and object, and how sure it is.
End = tuple[str, str, float]
# A statement of the graph: its IRI, and those of its subject, predicate and object.
Joined = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a reply gives: how many of what.

    `value` is a plain decimal (21, 1870000000), money in yuan; `unit` the word behind it (场, 家次, 元, %).
    `counted` are the words for what is counted (长宁创投沙龙, 银行、保险机构、投资机构) and may be empty (a
    fund's size); `about` are the IRIs of the entities that it is said of, most telling first. `bound` is exact, least, most or about.
    `words` is the number with its unit as it stands, `evidence` the clause. `time` as in Statement, or open (2021/).
    Behind a list (由A、B等15家银行) `named` are the IRIs of those that it names, `statements` the ids of what the list states.
    `measure` is the same for what is counted in different words, "" where the words say too little to compare by.
    """

    document: str
    value: str
    unit: str
    counted: str
    about: tuple[str, ...]
    words: Evidence
    evidence: Evidence
    status: str
    rule: str = field(compare=False)
    confidence: float = field(compare=False)
    bound: str = "exact"
    time: str | None = None
    named: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    measure: str = ""

    @property
    def id(self) -> str:
        """20 hex digits of SHA-256 over what it says and its words."""
        return _digest(self.document, self.value, self.unit, self.counted, *self.about, self.words.quote, self.evidence.quote)


@dataclass(frozen=True, slots=True)
class Term:
    """A date in a policy's life: `kind` is a name from patterns/terms.jsonl (issued, inForce, expires, ended).

    `time` as in Statement, `status` too: what is only planned is no fact.
    """

    document: str
    policy: str
    kind: str
    time: str
    evidence: Evidence
    status: str
    rule: str = field(compare=False)
    confidence: float = field(compare=False)

    @property
    def id(self) -> str:
        """20 hex digits of SHA-256 over what it says and its words."""
        return _digest(self.document, self.policy, self.kind, self.time, self.evidence.quote)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise of a reply: who will do what.

    `actor` is an IRI, `action` the verb as it stands, `objects` the IRIs of the entities to which it will be done,
    `target` the words for what is aimed at where no entity is named (知识产权质押融资规模). `statements` and
    `quantities` are the ids of those that the same clause makes. `due` is the time that the words give, as in Statement.
    """

    document: str
    actor: str
    action: str
    target: str
    objects: tuple[str, ...]
    evidence: Evidence
    rule: str = field(compare=False)
    confidence: float = field(compare=False)
    due: str | None = None
    statements: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """20 hex digits of SHA-256 over what it says and its words."""
        return _digest(self.document, self.actor, self.action, self.target, *self.objects, self.evidence.quote)


@dataclass(frozen=True, slots=True)
class Extraction:
    """The document, its mentions, their entities, the statements, and what is counted, dated and promised."""

    document: Document
    mentions: tuple[Mention, ...]
    linked: Linked
    statements: tuple[Statement, ...]
    quantities: tuple[Quantity, ...] = ()
    terms: tuple[Term, ...] = ()
    commitments: tuple[Commitment, ...] = ()

    @property
    def ends(self) -> tuple[End, ...]:
        """Each statement's two ends and its confidence."""
        return tuple((s.subject, s.object, s.confidence) for s in self.statements)


@dataclass(frozen=True, slots=True)
class Roll:
    """Of an extraction what looking at many replies at once needs: who is named, what is counted, which two each statement joins.

    `ends` are those of `Extraction.ends`; `links` are the statements of the reply's graph, each once.
    """

    document: Document
    mentions: tuple[Mention, ...]
    linked: Linked
    quantities: tuple[Quantity, ...] = ()
    ends: tuple[End, ...] = ()
    links: tuple[Joined, ...] = ()


def _digest(*said: str) -> str:
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:20]
