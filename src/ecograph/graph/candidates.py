"""Doubtful pairs as quads of …/graph/canonical: what a person may decide, with the words that raise the question."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyoxigraph as ox

from ecograph.across import Identity, Link, Node
from ecograph.extraction import Extraction, Roll
from ecograph.graph.iris import CANONICAL_GRAPH, reply_iri
from ecograph.graph.words import Triples, Words, decimal, integer, node
from ecograph.iris import BASE
from ecograph.ontology import RDF, Ontology


def candidate_quads(identity: Identity, extractions: Iterable[Extraction | Roll], ontology: Ontology) -> list[ox.Quad]:
    """One eco:Candidate for each of `identity.candidates`, sorted, without blank nodes; eco:rank 1 is the most valuable.

    eco:one and eco:other are the IRIs by which the replies have the two. Where an IRI means another thing in other replies,
    eco:oneIn or eco:otherIn tells the reply that is meant.
    """
    replies = {e.document.id: e for e in extractions}
    meant: dict[str, set[str]] = {}
    for document, extraction in replies.items():
        for entity in extraction.linked.entities:
            meant.setdefault(entity.iri, set()).add(identity.of(document, entity.iri))
    # An IRI that is kept to one reply stays so when a further reply uses the same word.
    own = {iri for iri, things in meant.items() if len(things) > 1 or any(thing.startswith(f"{iri}@") for thing in things)}
    words = {document: Words(extraction.document, ontology) for document, extraction in replies.items()}
    ranked = enumerate(identity.candidates, 1)
    triples = {triple for rank, link in ranked for triple in _candidate(rank, link, own, words, ontology)}
    return sorted((ox.Quad(node(s), node(p), o, CANONICAL_GRAPH) for s, p, o in triples), key=str)


def _candidate(rank: int, link: Link, own: set[str], words: dict[str, Words], ontology: Ontology) -> Triples:
    term, this = ontology.iri, candidate_iri(link.one, link.other, link.reason)
    yield this, f"{RDF}type", node(term("Candidate"))
    yield this, term("rank"), integer(rank)
    yield this, term("reason"), ox.Literal(link.reason)
    yield this, term("confidence"), decimal(link.confidence)
    for side, (document, iri) in (("one", link.one), ("other", link.other)):
        yield this, term(side), node(iri)
        if iri in own:
            yield this, term(f"{side}In"), node(reply_iri(document))
    for witness in link.witnesses:
        yield from words[witness.document].evidence(this, "evidence", witness.evidence)


def candidate_iri(one: Node, other: Node, reason: str) -> str:
    """The IRI of the node of a doubtful pair: a hash of the two and of what raises the question."""
    return f"{BASE}candidate/{hashlib.sha256(chr(31).join((*one, *other, reason)).encode()).hexdigest()[:20]}"
