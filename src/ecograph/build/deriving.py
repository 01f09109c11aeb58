"""What all replies say together, as blocks of quads: one of the whole set, and one of each place's ledger.

Identity and series are found anew in every build that changes anything, from what `Shards.roll` keeps of each reply. A promise is
followed in its own place only, so a place's ledger is a function of its replies and of what identity makes of their names: it is
made again where one of these is another.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from ecograph.across import Identity
from ecograph.build.blocks import Blocks
from ecograph.build.shards import Shards
from ecograph.commitments import Ledger
from ecograph.decisions import Decisions
from ecograph.extraction import Joined, Roll
from ecograph.graph.candidates import candidate_quads
from ecograph.graph.commitments import outcome_quads
from ecograph.graph.decisions import decision_quads
from ecograph.graph.identity import identity_quads
from ecograph.graph.quantities import series_quads
from ecograph.identity import Identifier
from ecograph.measuring import series
from ecograph.ontology import Ontology

Keys = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Derived:
    """The keys of the blocks, that of the whole set first; and every statement's ends under their canonical IRIs."""

    blocks: tuple[str, ...]
    links: Sequence[Joined]


class Deriver:
    """Makes the blocks of a set of replies. `made_by` is a hash of the code and of the ontology that make them."""

    def __init__(self, ontology: Ontology, shards: Shards, blocks: Blocks, made_by: str) -> None:
        self._ontology = ontology
        self._shards = shards
        self._blocks = blocks
        self._made_by = made_by

    def derive(self, keys: Keys, places: Mapping[str, str], decisions: Decisions) -> Derived:
        """The graphs …/graph/canonical and …/graph/decisions; a function of the set of replies, not of their order.

        `keys` gives each reply's key, `places` the IRI of the place whose ledger has its promises ("" if none has).
        """
        rolls = [self._shards.roll(key) for key in keys.values()]
        # A class that the ontology doesn't have is told by `Decisions.reports_across`.
        classes = {iri: cls for iri, cls in decisions.classes.items() if cls in self._ontology.classes}
        identity = _identifier(self._ontology).identify(
            rolls, same=decisions.same, different=decisions.different, labels=decisions.labels, classes=classes
        )
        whole = self._blocks.put_by_content(self._whole(rolls, identity, decisions))
        links = [*_links(rolls, identity)]
        del rolls  # a gigabyte of ten thousand
        return Derived((whole, *self._ledgers(keys, places, identity)), links)

    def _whole(self, rolls: Sequence[Roll], identity: Identity, decisions: Decisions) -> list[ox.Quad]:
        return [
            *identity_quads(identity, rolls, self._ontology),
            *candidate_quads(identity, rolls, self._ontology),
            *series_quads(series(rolls, identity), self._ontology),
            *decision_quads(decisions.active, self._ontology),
        ]

    def _ledgers(self, keys: Keys, places: Mapping[str, str], identity: Identity) -> Iterator[str]:
        """The keys of the ledgers' blocks, in the order of the places' canonical IRIs."""
        meant: dict[str, list[tuple[str, str]]] = {}
        for (document, iri), canonical in sorted(identity.canonical.items()):
            meant.setdefault(document, []).append((iri, canonical))
        together: dict[str, list[str]] = {}
        for document, place in sorted(places.items()):
            if place:
                together.setdefault(identity.of(document, place), []).append(document)
        for _, documents in sorted(together.items()):
            key = _hash([self._made_by, [(d, keys[d], meant.get(d, ())) for d in documents]])
            if not self._blocks.has(key):
                self._blocks.put(key, self._ledger([keys[d] for d in documents], identity))
            yield key

    def _ledger(self, keys: Iterable[str], identity: Identity) -> list[ox.Quad]:
        replies = [self._shards.reply(key) for key in keys]
        outcomes = _ledger(self._ontology).settle([reply.account for reply in replies if reply.account], identity)
        return outcome_quads(outcomes, [reply.extraction for reply in replies], self._ontology)


def _links(rolls: Iterable[Roll], identity: Identity) -> Iterator[Joined]:
    for roll in rolls:
        document = roll.document.id
        for statement, subject, predicate, obj in roll.links:
            yield statement, identity.of(document, subject), predicate, identity.of(document, obj)


def _hash(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


# Their patterns take most of a second to load, and hold nothing of what they were used for.
@lru_cache(maxsize=1)
def _identifier(ontology: Ontology) -> Identifier:
    return Identifier(ontology)


@lru_cache(maxsize=1)
def _ledger(ontology: Ontology) -> Ledger:
    return Ledger(ontology)


@contextmanager
def without_collection() -> Iterator[None]:
    """Python's search for circles of garbage is off meanwhile: millions of values are made that it would go through again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
