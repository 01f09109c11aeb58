"""People's judgements as quads: …/graph/decisions has one node for each that counts, and what it says of things at large."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ecograph.graph.iris import GRAPHS, XSD, reply_iri, statement_iri
from ecograph.iris import BASE, entity_iri
from ecograph.judgement import Claim, Decision, Naming, Pair, Placing, Thing
from ecograph.ontology import NS, OWL, RDF, SKOS, Ontology

DECISIONS_GRAPH = ox.NamedNode(f"{GRAPHS}decisions")
Triples = Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]


def decision_quads(decisions: Iterable[Decision], ontology: Ontology) -> list[ox.Quad]:
    """The graph of decisions, sorted: all given ones, which should be those that count (`Decisions.active`).

    Beside the nodes stand owl:differentFrom for things that are two everywhere, and skos:broader for placed terms.
    What decisions do to statements, classes and labels shows in the replies' graphs and the canonical one. A decision
    whose words are no IRI where one is due is left out here; `Decisions.reports` tells of it.
    """
    triples = {triple for decision in decisions for triple in _of(decision, ontology)}
    return sorted((ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, DECISIONS_GRAPH) for s, p, o in triples), key=str)


def _of(decision: Decision, ontology: Ontology) -> list[tuple[str, str, ox.NamedNode | ox.Literal]]:
    try:
        return [*_node(decision, ontology), *_judged(decision, ontology)]
    except ValueError:  # hand-written: "iri": "a b"
        return []


def _node(decision: Decision, ontology: Ontology) -> Triples:
    term, node = ontology.iri, decision_iri(decision.id)
    moment = decision.order[0].isoformat()
    yield node, f"{RDF}type", ox.NamedNode(term("Decision"))
    yield node, term("verdict"), ox.NamedNode(f"{BASE}id/verdict/{decision.kind}")
    yield node, term("decidedBy"), ox.Literal(decision.who)
    yield node, term("decidedAt"), ox.Literal(moment, datatype=ox.NamedNode(f"{XSD}dateTime"))
    yield node, term("because"), ox.Literal(decision.why)


def _judged(decision: Decision, ontology: Ontology) -> Triples:
    term, node = ontology.iri, decision_iri(decision.id)
    match decision.matter:
        case Pair(one, other):
            yield from _things(node, (one, other), ontology)
            if decision.kind == "different" and one.document is None and other.document is None:
                yield one.iri, f"{OWL}differentFrom", ox.NamedNode(other.iri)
        case Naming(entity, value):
            yield from _things(node, (entity,), ontology)
            yield from _given(node, decision.kind, value, ontology)
        case Claim(subject, predicate, obj, document, quote):
            # Not rdf:subject and its like: what is wrong must not be found as if it were said.
            for part, iri in (("ofSubject", subject.iri), ("ofPredicate", NS + predicate), ("ofObject", obj.iri)):
                yield node, term(part), ox.NamedNode(iri)
            yield node, term("judgedIn"), ox.NamedNode(reply_iri(document))
            yield node, term("quote"), ox.Literal(quote)
            if decision.matter.id:
                yield node, term("judges"), ox.NamedNode(statement_iri(decision.matter.id))
        case Placing(name, concept):
            iri = _term(name, ontology)
            yield node, term("judges"), ox.NamedNode(iri)
            if concept:
                yield iri, f"{SKOS}broader", ox.NamedNode(concept)


def _given(node: str, kind: str, value: str, ontology: Ontology) -> Triples:
    """The label or class that a decision gives; none for a class that the ontology doesn't have."""
    if kind != "class":
        yield node, ontology.iri("gives"), ox.Literal(value, language="zh")
    elif value in ontology.classes:
        yield node, ontology.iri("gives"), ox.NamedNode(NS + value)


def _things(node: str, things: Iterable[Thing], ontology: Ontology) -> Triples:
    for thing in things:
        yield node, ontology.iri("judges"), ox.NamedNode(thing.iri)
        if thing.document:
            yield node, ontology.iri("judgedIn"), ox.NamedNode(reply_iri(thing.document))


def _term(name: str, ontology: Ontology) -> str:
    """The IRI of a term: that of the concept of this name, else that of the entity."""
    concepts = (c.iri for c in ontology.scheme("industries") if name in c.labels)
    return next(concepts, None) or entity_iri(ontology.cls(ontology.with_role("field")).group, name)


def decision_iri(id: str) -> str:  # noqa: A002 — the field's own name
    """The IRI of the node of a decision, given `Decision.id`."""
    return f"{BASE}decision/{id}"
