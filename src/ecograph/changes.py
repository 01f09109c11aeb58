"""What changed between two states of the graph: values that a comparison makes and that a page or Markdown shows.

Everything bears labels and the replies' words, so that it can be read without the graph. IRIs are canonical ones.
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, order=True)
class Words:
    """A sentence of a reply: the reply's date ("" if it has none), name, title and the quote."""

    date: str
    reply: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """An entity: its label, its class's name, its IRI."""

    label: str
    cls: str
    iri: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says, whoever says it: two things and the predicate's name."""

    subject: Thing
    predicate: str
    object: Thing


@dataclass(frozen=True, slots=True)
class ThingChange:
    """A thing that is named on one side only, and the words that name it."""

    thing: Thing
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Things of one side that the other side knows as one."""

    one: Thing
    several: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class Recasting:
    """A thing that is now called otherwise, or is of another class."""

    old: Thing
    new: Thing


@dataclass(frozen=True, slots=True)
class Said:
    """A claim on one side: the status that the latest reply gives it (its name), and the words."""

    status: str
    words: tuple[Words, ...]
    time: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that is made on one side only, or whose status moved."""

    claim: Claim
    old: Said | None
    new: Said | None


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A policy that was replaced by `successor`, or reached the end (`time`, ISO 8601) that its `kind` of date tells; with words."""

    policy: Thing
    kind: str
    words: tuple[Words, ...]
    successor: Thing | None = None
    time: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """What became of a commitment as one side knows it: the state's name and the words; "" when no later reply tells anything."""

    state: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """A commitment whose state moved: who promised to do what, the words of the promise, the states.

    None on the side that doesn't have the promise at all.
    """

    actor: Thing
    action: str
    objects: tuple[Thing, ...]
    target: str
    words: tuple[Words, ...]
    old: Promised | None
    new: Promised | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a reply gives it: plain decimal, as it stands there, its time (ISO 8601 or ""), its status's name, the words."""

    value: str
    text: str
    time: str
    status: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A number that moved: what is counted of which thing, in which unit, the latest figure of either side."""

    counted: str
    subject: Thing | None
    unit: str
    old: Figure | None
    new: Figure


@dataclass(frozen=True, slots=True)
class Side:
    """What was compared: the output folder or the day, and how many replies it takes in."""

    name: str
    replies: int
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """All that changed from `old` to `new`; each part in an order that depends on nothing but its content."""

    old: Side
    new: Side
    policies: tuple[PolicyChange, ...] = ()
    moved: tuple[ClaimChange, ...] = ()
    commitments: tuple[CommitmentChange, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    promised: tuple[CommitmentChange, ...] = ()
    appeared: tuple[ThingChange, ...] = ()
    gone: tuple[ThingChange, ...] = ()
    said: tuple[ClaimChange, ...] = ()
    unsaid: tuple[ClaimChange, ...] = ()
    joined: tuple[Regrouping, ...] = ()
    parted: tuple[Regrouping, ...] = ()
    recast: tuple[Recasting, ...] = ()

    @property
    def parts(self) -> dict[str, int]:
        """How many changes each part has, in the order in which they are shown."""
        return {f.name: len(getattr(self, f.name)) for f in fields(self) if f.name not in ("old", "new")}

    def __bool__(self) -> bool:
        return any(self.parts.values())
