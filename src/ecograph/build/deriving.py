"""What all replies say together: the graphs that are made anew in every build that changes anything."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

import pyoxigraph as ox

from ecograph.build.storing import Reply
from ecograph.commitments import Ledger
from ecograph.decisions import Decisions
from ecograph.graph.candidates import candidate_quads
from ecograph.graph.commitments import outcome_quads
from ecograph.graph.decisions import decision_quads
from ecograph.graph.identity import identity_quads
from ecograph.graph.quantities import series_quads
from ecograph.identity import Identifier
from ecograph.measuring import series
from ecograph.ontology import Ontology


def derived_quads(replies: Sequence[Reply], decisions: Decisions, ontology: Ontology) -> list[ox.Quad]:
    """The graphs …/graph/canonical and …/graph/decisions; a function of the set of replies, not of their order."""
    extractions = [reply.extraction for reply in replies]
    identifier, ledger = _rooms(ontology)
    identity = identifier.identify(
        extractions, same=decisions.same, different=decisions.different, labels=decisions.labels, classes=decisions.classes
    )
    outcomes = ledger.settle([reply.account for reply in replies if reply.account], identity)
    return [
        *identity_quads(identity, extractions, ontology),
        *candidate_quads(identity, extractions, ontology),
        *outcome_quads(outcomes, extractions, ontology),
        *series_quads(series(extractions, identity), ontology),
        *decision_quads(decisions.active, ontology),
    ]


@lru_cache(maxsize=1)
def _rooms(ontology: Ontology) -> tuple[Identifier, Ledger]:
    """Their patterns take most of a second to load, and hold nothing of what they were used for."""
    return Identifier(ontology), Ledger(ontology)


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
