"""A person's judgements on pairs, applied to things before any rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ecograph.across import Node
from ecograph.identity.choosing import scoped
from ecograph.identity.clusters import Clusters, Taken
from ecograph.identity.proposals import Proposal, Rules
from ecograph.identity.things import Collected, Key

# A node, or an IRI wherever it stands.
Ref = str | Node


@dataclass(frozen=True, slots=True)
class Judgements:
    """Pairs judged to be one thing, and pairs judged to be two."""

    same: tuple[tuple[Ref, Ref], ...]
    different: tuple[tuple[Ref, Ref], ...]

    @property
    def alone(self) -> frozenset[Node]:
        """The nodes that are judged by themselves: they may have to leave the other replies' uses of their IRI."""
        return frozenset(ref for pair in (*self.same, *self.different) for ref in pair if not isinstance(ref, str))

    def apply(self, collected: Collected, clusters: Clusters, rules: Rules) -> list[Taken]:
        """Keep apart and join what is judged so; a judgement of `same` that others contradict comes back as not taken."""
        by_iri: dict[str, list[Key]] = {}
        for key, thing in collected.things.items():
            by_iri.setdefault(thing.iri, []).append(key)
            by_iri.setdefault(scoped(thing), []).append(key)
        apart = [pair for judged in self.different for pair in _pairs(judged, collected, by_iri)]
        clusters.keep_apart(sorted(apart), decided=True)
        record, contradicted = rules.one("decision"), rules.one("decision-apart")
        taken: list[Taken] = []
        for one, other in sorted({pair for judged in self.same for pair in _pairs(judged, collected, by_iri)}):
            if clusters.decide(one, other):
                taken.append(Taken(Proposal(one, (other,), record["id"], record["confidence"]), other))
            else:
                taken.append(Taken(Proposal(one, (other,), contradicted["id"], contradicted["confidence"]), other, "apart"))
        return taken


def _pairs(judged: tuple[Ref, Ref], collected: Collected, by_iri: Mapping[str, list[Key]]) -> Iterator[tuple[Key, Key]]:
    one, other = ([*_keys(ref, collected, by_iri)] for ref in judged)
    yield from ((a, b) for a in one for b in other if a != b)


def _keys(ref: Ref, collected: Collected, by_iri: Mapping[str, list[Key]]) -> Iterator[Key]:
    if isinstance(ref, str):
        yield from by_iri.get(ref, ())
    elif ref in collected.thing_of:
        yield collected.thing_of[ref].key
