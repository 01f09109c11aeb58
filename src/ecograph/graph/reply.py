"""One reply as quads: what it says of itself, whom it names, what it states, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

import pyoxigraph as ox

from ecograph.errors import BuildError
from ecograph.extraction import Commitment, Quantity, Term
from ecograph.graph.commitments import commitment_triples
from ecograph.graph.iris import DCTERMS, XSD, graph_iri, span_iri, statement_iri
from ecograph.graph.privacy import Private, public
from ecograph.graph.quantities import quantity_triples
from ecograph.graph.terms import term_triples
from ecograph.graph.words import Triples, Words, decimal, integer, node
from ecograph.model import Document, Entity, Linked, Mention, Span, Statement
from ecograph.ontology import NS, RDF, RDFS, SKOS, Ontology

# The header's fields that are written as they stand, and their attribute.
PLAIN_FIELDS = {
    "number": "number",
    "session": "session",
    "suggestion": "suggestion",
    "outcome": "outcome",
    "category": "category",
    "signatory": "signatory",
    "document_number": "documentNumber",
}
DATES = ((r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth"), (r"\d{4}", "gYear"))


def quads(  # noqa: PLR0913 — the contract of the room: one reply is these values
    document: Document,
    mentions: Sequence[Mention],
    linked: Linked,
    statements: Sequence[Statement],
    ontology: Ontology,
    *,
    quantities: Sequence[Quantity] = (),
    terms: Sequence[Term] = (),
    commitments: Sequence[Commitment] = (),
    contacts: bool = False,
) -> list[ox.Quad]:
    """The named graph of one reply, sorted, without blank nodes.

    Without `contacts`, the contact person's details are left out, and with them the mentions and statements whose
    words hold such a detail and the entities that only these name. Raises UndeclaredTerm for a class, predicate
    or status that the ontology doesn't declare, BuildError for an IRI that is none.
    """
    private = Private((), ()) if contacts else Private.of(document)
    if not contacts:
        mentions, linked, statements = public(document, mentions, linked, statements)
    shown = frozenset(entity.iri for entity in linked.entities)
    quantities = tuple(_counted(quantities, private, shown, frozenset(s.id for s in statements)))
    terms = tuple(t for t in terms if t.policy in shown and not private.touches(Span(t.evidence.start, t.evidence.end), t.evidence.quote))
    commitments = tuple(_promised(commitments, private, shown))
    reply = _Reply(document, ontology)
    graph = ox.NamedNode(graph_iri(document.id))
    try:
        triples = {
            *reply.header(linked, private),
            *(triple for entity in linked.entities for triple in reply.entity(entity)),
            *reply.mentions(mentions, linked),
            *(triple for id_, statement in _merged(statements) for triple in reply.statement(id_, statement)),
            *quantity_triples(document, quantities, ontology),
            *term_triples(document, terms, ontology),
            *commitment_triples(document, commitments, ontology),
        }
        found = [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, graph) for s, p, o in triples]
    except ValueError as error:
        raise BuildError(f"{document.name}: an IRI of its graph is none: {error}") from error
    return sorted(found, key=str)


class _Reply:
    """Makes the triples of one reply."""

    def __init__(self, document: Document, ontology: Ontology) -> None:
        self.document = document
        self.ontology = ontology
        self.words = Words(document, ontology)
        self.iri = self.words.reply

    def header(self, linked: Linked, private: Private) -> Triples:
        """What the reply says of itself."""
        term, header = self.ontology.iri, self.document.header
        yield self.iri, f"{RDF}type", ox.NamedNode(term("Reply"))
        yield self.iri, term("file"), ox.Literal(self.document.name)
        yield self.iri, term("textLength"), integer(len(self.document.text))
        if header.title and not private.hides(header.title):
            yield self.iri, f"{DCTERMS}title", ox.Literal(header.title.value, language="zh")
        if header.date and not private.hides(header.date):
            yield self.iri, f"{DCTERMS}date", _date(header.date.value)
        for name, attribute in PLAIN_FIELDS.items():
            field = getattr(header, name)
            if field and not private.hides(field):
                yield self.iri, term(attribute), ox.Literal(field.value)
        for field in header.addressees:
            if not private.hides(field):
                yield self.iri, term("addressee"), ox.Literal(field.value)
        for attribute, entity in (("jurisdiction", linked.jurisdiction), ("issuer", linked.issuer)):
            if entity:
                yield self.iri, term(attribute), node(entity)

    def entity(self, entity: Entity) -> Triples:
        """The entity's class and names."""
        yield entity.iri, f"{RDF}type", node(NS + self.ontology.cls(entity.cls).name)
        yield entity.iri, f"{RDFS}label", ox.Literal(entity.label, language="zh")
        for alias in entity.aliases:
            if alias != entity.label:
                yield entity.iri, f"{SKOS}altLabel", ox.Literal(alias, language="zh")

    def mentions(self, mentions: Iterable[Mention], linked: Linked) -> Triples:
        """Where the text names an entity or stands for one."""
        term = self.ontology.iri
        for mention in mentions:
            own = span_iri(self.document.id, mention.span)
            yield from self.words.at(mention.span, "Mention")
            yield own, term("rule"), ox.Literal(mention.rule)
            yield own, term("confidence"), decimal(mention.confidence)
            if mention in linked.entity_of:
                yield own, term("refersTo"), node(linked.entity_of[mention])
        for span, entity in linked.references:
            yield from self.words.at(span, "Reference")
            yield span_iri(self.document.id, span), term("refersTo"), node(entity)

    def statement(self, id: str, statement: Statement) -> Triples:  # noqa: A002 — the field's own name
        """The statement's node, its passages and, if it is a fact, the plain triple (both ways if symmetric)."""
        term, own = self.ontology.iri, statement_iri(id)
        predicate = self.ontology.predicate(statement.predicate)
        subject, relation, obj = node(statement.subject), node(NS + predicate.name), node(statement.object)
        yield own, f"{RDF}type", node(term("Statement"))
        yield own, f"{RDF}subject", subject
        yield own, f"{RDF}predicate", relation
        yield own, f"{RDF}object", obj
        yield own, term("status"), self.words.status(statement.status)
        yield own, term("rule"), ox.Literal(statement.rule)
        yield own, term("confidence"), decimal(statement.confidence)
        for attribute, value in (("time", statement.time), ("amount", statement.amount)):
            if value:
                yield own, term(attribute), ox.Literal(value)
        for evidence in statement.evidence:
            yield from self.words.evidence(own, "evidence", evidence)
        if self.ontology.statuses[statement.status]:
            yield statement.subject, relation.value, obj
            if predicate.symmetric:
                yield statement.object, relation.value, subject


def _counted(quantities: Iterable[Quantity], private: Private, entities: Set[str], statements: Set[str]) -> Iterator[Quantity]:
    """The quantities without private words, said of entities and statements that the graph has."""
    for quantity in quantities:
        if not private.touches(Span(quantity.evidence.start, quantity.evidence.end), quantity.evidence.quote):
            yield replace(
                quantity,
                about=tuple(iri for iri in quantity.about if iri in entities),
                named=tuple(iri for iri in quantity.named if iri in entities),
                statements=tuple(id_ for id_ in quantity.statements if id_ in statements),
            )


def _promised(commitments: Iterable[Commitment], private: Private, shown: frozenset[str]) -> Iterator[Commitment]:
    """Those whose words hold no contact detail, of actors and things that are shown."""
    for c in commitments:
        if shown.issuperset((c.actor, *c.objects)) and not private.touches(Span(c.evidence.start, c.evidence.end), c.evidence.quote):
            yield c


def _merged(statements: Iterable[Statement]) -> Iterator[tuple[str, Statement]]:
    """Each id once, with the best founded of its statements: the places of all, the first time and amount that any gives."""
    same: dict[str, list[Statement]] = {}
    for statement in statements:
        same.setdefault(statement.id, []).append(statement)
    for id_, group in same.items():
        ranked = sorted(group, key=lambda s: (-s.confidence, s.rule, s.evidence, s.time or "", s.amount or ""))
        yield (
            id_,
            replace(
                ranked[0],
                evidence=tuple(sorted({e for s in ranked for e in s.evidence})),
                time=next((s.time for s in ranked if s.time), None),
                amount=next((s.amount for s in ranked if s.amount), None),
            ),
        )


def _date(value: str) -> ox.Literal:
    for pattern, kind in DATES:
        if re.fullmatch(pattern, value):
            return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))
    return ox.Literal(value)
