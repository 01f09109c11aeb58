"""Clusters and what led to them as an Identity."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ecograph.across import Identity, Link, Node, Witness
from ecograph.identity.choosing import allot, label_of, main_class, main_thing
from ecograph.identity.clusters import Clusters, Taken
from ecograph.identity.proposals import Rules
from ecograph.identity.things import Collected, Key, Thing


class Result:
    """Makes the Identity of one set of replies."""

    def __init__(self, collected: Collected, clusters: Clusters, rules: Rules) -> None:
        self._collected = collected
        self._clusters = clusters
        self._rules = rules

    def identity(self, outcomes: Sequence[Taken], labels: Mapping[str, str], classes: Mapping[str, str]) -> Identity:
        """The Identity, given what became of each proposal and what a person wants the things to be called and to be."""
        taken = [t for t in outcomes if t.why_not is None]
        shorter = {t.proposal.short for t in taken}
        members: dict[Key, list[Thing]] = {}
        for key in sorted(self._collected.things):
            members.setdefault(self._clusters.root(key), []).append(self._collected.things[key])
        mains = {root: main_thing(cluster, shorter) for root, cluster in members.items()}
        iris = allot(list(mains.values()))
        canonical = {thing.key: iris[mains[root].key] for root, cluster in members.items() for thing in cluster}
        named = [(canonical[mains[root].key], cluster, mains[root]) for root, cluster in members.items()]
        classed = self._classes(named, classes)
        return Identity(
            {node: canonical[t.key] for t in self._things() for node in t.nodes if canonical[t.key] != t.iri},
            self._labels(named, labels, classed),
            classed,
            tuple(sorted((*map(self._link, taken), *self._kept(canonical)), key=_by_node)),
            self._candidates(outcomes),
        )

    def _things(self) -> list[Thing]:
        return [self._collected.things[key] for key in sorted(self._collected.things)]

    def _labels(
        self, named: Sequence[tuple[str, list[Thing], Thing]], wanted: Mapping[str, str], classed: Collection[str]
    ) -> dict[str, str]:
        """The labels that are decided, that replies differ in, and those of what has a class here: a class alone would be half a thing."""
        found: dict[str, str] = {}
        order = {iri: n for n, iri in enumerate(wanted)}
        for iri, cluster, main in named:
            decided = _last(iri, cluster, order)
            own = label_of(main)
            if decided:
                found[iri] = wanted[decided]
            elif iri in classed or len({label for t in cluster for label in t.labels}) > 1 or own not in main.labels:
                found[iri] = own
        return dict(sorted(found.items()))

    def _classes(self, named: Sequence[tuple[str, list[Thing], Thing]], wanted: Mapping[str, str]) -> dict[str, str]:
        found: dict[str, str] = {}
        order = {iri: n for n, iri in enumerate(wanted)}
        for iri, cluster, _ in named:
            decided = _last(iri, cluster, order)
            if decided:
                found[iri] = self._rules.ontology.cls(wanted[decided]).name
            elif len({cls for t in cluster for cls in t.classes}) > 1:
                found[iri] = main_class(cluster)
        return dict(sorted(found.items()))

    def _link(self, taken: Taken) -> Link:
        proposal = taken.proposal
        short, option = (self._collected.things[key] for key in (proposal.short, taken.option))
        one = next((n for n in proposal.nodes if n in short.nodes[:1] or self._is(n, short)), short.nodes[0])
        other = next((n for n in proposal.nodes if self._is(n, option)), option.nodes[0])
        return Link(one, other, proposal.reason, proposal.confidence, self._witnesses(taken, one, other))

    def _is(self, node: Node, thing: Thing) -> bool:
        return self._collected.thing_of.get(node) is thing

    def _witnesses(self, taken: Taken, one: Node, other: Node) -> tuple[Witness, ...]:
        if taken.proposal.witnesses:
            return taken.proposal.witnesses
        clauses = self._collected.clauses
        found = (*clauses.witness(one), *clauses.witness(other, taken.proposal.words))
        return tuple(dict.fromkeys(found))

    def _kept(self, canonical: Mapping[Key, str]) -> list[Link]:
        """A link of a node to itself, where a common word got an IRI of its reply's own."""
        record = self._rules.one("local")
        clauses = self._collected.clauses
        return [
            Link(node, node, record["id"], record["confidence"], clauses.witness(node))
            for thing in self._things()
            for node in thing.nodes[:1]
            if canonical[thing.key] != thing.iri and canonical[thing.key].startswith(f"{thing.iri}@")
        ]

    def _candidates(self, outcomes: Sequence[Taken]) -> tuple[Link, ...]:
        """The pairs that were not joined, each once, the surest reason first; those that touch most mentions first."""
        best: dict[tuple[Key, Key], tuple[float, Taken]] = {}
        for taken in outcomes:
            short, option = taken.proposal.short, taken.option
            a, b = sorted((self._clusters.root(short), self._clusters.root(option)))
            if taken.why_not is None or a == b:
                continue
            worth = taken.proposal.confidence * (1 if taken.why_not == "doubtful" else 1 / (1 + len(taken.proposal.options)))
            if (a, b) not in best or worth > best[a, b][0]:
                best[a, b] = (worth, taken)
        ranked = sorted(best.values(), key=lambda found: (-found[0] * self._weight(found[1]), found[1].proposal.short, found[1].option))
        return tuple(self._doubtful(worth, taken) for worth, taken in ranked)

    def _weight(self, taken: Taken) -> int:
        things = (self._collected.things[key] for key in (taken.proposal.short, taken.option))
        return sum(len(t.nodes) + t.mentions for t in things)

    def _doubtful(self, worth: float, taken: Taken) -> Link:
        link = self._link(taken)
        return Link(link.one, link.other, link.reason, round(worth, 3), link.witnesses)


def _last(iri: str, cluster: Sequence[Thing], order: Mapping[str, int]) -> str | None:
    """Of the IRIs of what is one thing the one about which was decided last."""
    decided = [i for i in (iri, *(t.iri for t in cluster)) if i in order] if order else []
    return max(decided, key=lambda i: order[i], default=None)


def _by_node(link: Link) -> tuple[Node, Node, str]:
    return (link.one, link.other, link.reason)
