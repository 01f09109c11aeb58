"""Dates of policies as triples of a reply's graph."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from ecograph.errors import BuildError
from ecograph.extraction import Term
from ecograph.graph.words import Triples, Words, decimal, node
from ecograph.iris import BASE
from ecograph.model import Document
from ecograph.ontology import RDF, Ontology


def term_iri(id: str) -> str:  # noqa: A002 — the field's own name
    """The IRI of the node of a term, given `Term.id`."""
    return f"{BASE}term/{id}"


def term_triples(document: Document, terms: Iterable[Term], ontology: Ontology) -> Triples:
    """Each term's node with its passage. Raises BuildError for a status or a kind that is none."""
    words = Words(document, ontology)
    kinds = {concept.name: concept.iri for concept in ontology.scheme("terms")}
    term = ontology.iri
    for found in {t.id: t for t in reversed(tuple(terms))}.values():  # the first of those that say the same
        own = term_iri(found.id)
        if found.kind not in kinds:
            raise BuildError(f"{document.name}: kind {found.kind!r} is none of {', '.join(sorted(kinds))} (schemes/terms.ttl)")
        yield own, f"{RDF}type", node(term("Term"))
        yield own, term("policy"), node(found.policy)
        yield own, term("kind"), node(kinds[found.kind])
        yield own, term("time"), ox.Literal(found.time)
        yield own, term("status"), words.status(found.status)
        yield own, term("rule"), ox.Literal(found.rule)
        yield own, term("confidence"), decimal(found.confidence)
        yield from words.evidence(own, "evidence", found.evidence)
