"""Commitments as triples of a reply's graph, and what became of them as quads of …/graph/canonical."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from ecograph.across import Outcome
from ecograph.errors import BuildError
from ecograph.extraction import Commitment, Extraction
from ecograph.graph.iris import CANONICAL_GRAPH, statement_iri
from ecograph.graph.quantities import quantity_iri
from ecograph.graph.words import Triples, Words, decimal, node
from ecograph.iris import BASE
from ecograph.model import Document
from ecograph.ontology import RDF, Ontology


def commitment_iri(id: str) -> str:  # noqa: A002 — the field's own name
    """The IRI of the node of a commitment, given `Commitment.id`."""
    return f"{BASE}commitment/{id}"


def outcome_iri(id: str) -> str:  # noqa: A002 — the field's own name
    """The IRI of the node of an outcome, given `Outcome.id`."""
    return f"{BASE}outcome/{id}"


def commitment_triples(document: Document, commitments: Iterable[Commitment], ontology: Ontology) -> Triples:
    """Each commitment's node with its passage. ValueError for an IRI that is none."""
    words = Words(document, ontology)
    for commitment in commitments:
        yield from _commitment(commitment, words, ontology)


def _commitment(commitment: Commitment, words: Words, ontology: Ontology) -> Triples:
    term, own = ontology.iri, commitment_iri(commitment.id)
    yield own, f"{RDF}type", node(term("Commitment"))
    yield own, term("actor"), node(commitment.actor)
    yield own, term("rule"), ox.Literal(commitment.rule)
    yield own, term("confidence"), decimal(commitment.confidence)
    for attribute, text in (("action", commitment.action), ("target", commitment.target), ("due", commitment.due)):
        if text:
            yield own, term(attribute), ox.Literal(text)
    for iri in commitment.objects:
        yield own, term("commitsTo"), node(iri)
    for id_ in commitment.statements:
        yield own, term("promises"), node(statement_iri(id_))
    for id_ in commitment.quantities:
        yield own, term("promises"), node(quantity_iri(id_))
    yield from words.evidence(own, "evidence", commitment.evidence)


def outcome_quads(outcomes: Iterable[Outcome], extractions: Iterable[Extraction], ontology: Ontology) -> list[ox.Quad]:
    """The outcomes' nodes with their passages, sorted, in …/graph/canonical.

    `extractions` are the replies that were followed. Raises BuildError for an outcome of nothing that they say, for one
    whose state schemes/outcomes.ttl doesn't have, and for one told by a reply that is not among them.
    """
    replies = {e.document.id: e for e in extractions}
    promised = {c.id for e in replies.values() for c in e.commitments}
    said = {s.id for e in replies.values() for s in e.statements}
    states = {concept.name: concept.iri for concept in ontology.scheme("outcomes")}
    words: dict[str, Words] = {}
    triples: set[tuple[str, str, ox.NamedNode | ox.Literal]] = set()
    for outcome in outcomes:
        if outcome.state not in states:
            raise BuildError(f"outcome {outcome.id}: state {outcome.state!r} is none of {', '.join(sorted(states))} (schemes/outcomes.ttl)")
        if outcome.commitment in promised:
            subject = commitment_iri(outcome.commitment)
        elif outcome.commitment in said:
            subject = statement_iri(outcome.commitment)
        else:
            raise BuildError(f"outcome {outcome.id}: no reply promises or states {outcome.commitment}")
        triples.update(_outcome(outcome, subject, states[outcome.state], ontology))
        if outcome.witness:
            document = outcome.witness.document
            if document not in replies:
                raise BuildError(f"outcome {outcome.id}: is told by {document}, which is no reply of this build")
            told = words.setdefault(document, Words(replies[document].document, ontology))
            triples.update(told.evidence(outcome_iri(outcome.id), "evidence", outcome.witness.evidence))
    return sorted((ox.Quad(node(s), node(p), o, CANONICAL_GRAPH) for s, p, o in triples), key=str)


def _outcome(outcome: Outcome, subject: str, state: str, ontology: Ontology) -> Triples:
    term, own = ontology.iri, outcome_iri(outcome.id)
    yield own, f"{RDF}type", node(term("Outcome"))
    yield own, term("outcomeOf"), node(subject)
    yield own, term("state"), node(state)
    yield own, term("rule"), ox.Literal(outcome.rule)
    yield own, term("confidence"), decimal(outcome.confidence)
    if outcome.time:
        yield own, term("time"), ox.Literal(outcome.time)
