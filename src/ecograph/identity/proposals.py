"""What evidence proposes: that one thing is one of some others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ecograph.across import Node, Witness
from ecograph.identity.names import Names
from ecograph.identity.things import Collected, Key, Thing
from ecograph.ontology import Ontology, Record

# A function of the things that finds one kind of evidence.
Finder = Callable[[Collected], Iterator["Proposal"]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`short` is one of `options`; it is taken when these are, by then, one thing.

    `strong` evidence stands in the text itself and holds against names that look different. `node` is the node whose reply
    shows it, `words` the name there, `witnesses` its words where they are more than the two things' mentions.
    """

    short: Key
    options: tuple[Key, ...]
    reason: str
    confidence: float
    strong: bool = False
    nodes: tuple[Node, ...] = ()
    words: str | None = None
    witnesses: tuple[Witness, ...] = ()


class Rules:
    """The records of patterns/identity.jsonl by kind, checked for the classes that they name."""

    def __init__(self, ontology: Ontology, names: Names) -> None:
        self.ontology = ontology
        self.names = names
        self._kinds: dict[str, list[Record]] = {}
        for record in ontology.records("identity"):
            self._kinds.setdefault(record["kind"], []).append(record)
            for pair in record.get("mixed", ()):
                for name in pair:
                    ontology.cls(name)

    def all(self, kind: str) -> list[Record]:
        """The records of a kind, in the order of the file."""
        return self._kinds.get(kind, [])

    def one(self, kind: str) -> Record:
        """The record of a kind of which there is one."""
        return self._kinds[kind][0]


def propose(short: Thing, options: Iterable[Thing], record: Record, **more: object) -> Iterator[Proposal]:
    """The proposal that `short` is one of `options`, itself left out; none if nothing is left."""
    keys = tuple(sorted({o.key for o in options} - {short.key}))
    if keys:
        yield Proposal(short.key, keys, record["id"], record["confidence"], **more)  # type: ignore[arg-type]


def by_home(things: Iterable[Thing]) -> Mapping[str, list[Thing]]:
    """The things by each jurisdiction whose replies name them; those of no known jurisdiction are left out."""
    found: dict[str, list[Thing]] = {}
    for thing in things:
        for home in sorted(thing.homes - {""}):
            found.setdefault(home, []).append(thing)
    return found


def meet(one: Thing, other: Thing) -> bool:
    """Whether replies of one jurisdiction name both."""
    return bool((one.homes & other.homes) - {""})


def in_order(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in their order."""
    rest = iter(full)
    return all(char in rest for char in short)
