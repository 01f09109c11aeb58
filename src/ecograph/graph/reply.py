"""One reply as quads: what it says of itself, whom it names, what it states, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pyoxigraph as ox

from ecograph.errors import BuildError
from ecograph.graph.iris import DCTERMS, OA, PROV, XSD, graph_iri, reply_iri, span_iri, statement_iri
from ecograph.graph.privacy import Private, public
from ecograph.model import Document, Entity, Linked, Mention, Span, Statement
from ecograph.ontology import NS, RDF, RDFS, SKOS, Ontology

Triples = Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]

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
    reply = _Reply(document, ontology)
    graph = ox.NamedNode(graph_iri(document.id))
    try:
        triples = {
            *reply.header(linked, private),
            *(triple for entity in linked.entities for triple in reply.entity(entity)),
            *reply.mentions(mentions, linked),
            *(triple for id_, statement in _merged(statements) for triple in reply.statement(id_, statement)),
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
        self.iri = reply_iri(document.id)
        self.statuses = {concept.name: concept.iri for concept in ontology.scheme("statuses")}

    def header(self, linked: Linked, private: Private) -> Triples:
        """What the reply says of itself."""
        term, header = self.ontology.iri, self.document.header
        yield self.iri, f"{RDF}type", ox.NamedNode(term("Reply"))
        yield self.iri, term("file"), ox.Literal(self.document.name)
        yield self.iri, term("textLength"), _integer(len(self.document.text))
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
                yield self.iri, term(attribute), _node(entity)

    def entity(self, entity: Entity) -> Triples:
        """The entity's class and names."""
        yield entity.iri, f"{RDF}type", _node(NS + self.ontology.cls(entity.cls).name)
        yield entity.iri, f"{RDFS}label", ox.Literal(entity.label, language="zh")
        for alias in entity.aliases:
            if alias != entity.label:
                yield entity.iri, f"{SKOS}altLabel", ox.Literal(alias, language="zh")

    def mentions(self, mentions: Iterable[Mention], linked: Linked) -> Triples:
        """Where the text names an entity or stands for one."""
        term = self.ontology.iri
        for mention in mentions:
            node = span_iri(self.document.id, mention.span)
            yield from self.words(mention.span, "Mention", self.text(mention.span))
            yield node, term("rule"), ox.Literal(mention.rule)
            yield node, term("confidence"), _decimal(mention.confidence)
            if mention in linked.entity_of:
                yield node, term("refersTo"), _node(linked.entity_of[mention])
        for span, entity in linked.references:
            yield from self.words(span, "Reference", self.text(span))
            yield span_iri(self.document.id, span), term("refersTo"), _node(entity)

    def statement(self, id: str, statement: Statement) -> Triples:  # noqa: A002 — the field's own name
        """The statement's node, its passages and, if it is a fact, the plain triple (both ways if symmetric)."""
        term, node = self.ontology.iri, statement_iri(id)
        predicate = self.ontology.predicate(statement.predicate)
        subject, relation, obj = _node(statement.subject), _node(NS + predicate.name), _node(statement.object)
        yield node, f"{RDF}type", _node(term("Statement"))
        yield node, f"{RDF}subject", subject
        yield node, f"{RDF}predicate", relation
        yield node, f"{RDF}object", obj
        yield node, term("status"), _node(self.status(statement))
        yield node, term("rule"), ox.Literal(statement.rule)
        yield node, term("confidence"), _decimal(statement.confidence)
        for attribute, value in (("time", statement.time), ("amount", statement.amount)):
            if value:
                yield node, term(attribute), ox.Literal(value)
        for evidence in statement.evidence:
            span = Span(evidence.start, evidence.end)
            yield node, term("evidence"), _node(span_iri(self.document.id, span))
            yield from self.words(span, "Passage", evidence.quote)
        if self.ontology.statuses[statement.status]:
            yield statement.subject, relation.value, obj
            if predicate.symmetric:
                yield statement.object, relation.value, subject

    def status(self, statement: Statement) -> str:
        """The IRI of the statement's status."""
        if statement.status not in self.statuses:
            known = ", ".join(sorted(self.statuses))
            raise BuildError(f"{self.document.name}: status {statement.status!r} is none of {known} (schemes/statuses.ttl)")
        return self.statuses[statement.status]

    def words(self, span: Span, kind: str, quote: str) -> Triples:
        """A stretch of the text: its kind of node, the words, their place in the text and in the source file."""
        term, node = self.ontology.iri, span_iri(self.document.id, span)
        source, section = self.document.origin.source_span(span), self.document.section_at(span.start)
        yield node, f"{RDF}type", _node(term(kind))
        yield node, f"{PROV}wasQuotedFrom", _node(self.iri)
        yield node, term("quote"), ox.Literal(quote)
        yield node, f"{OA}start", _integer(span.start)
        yield node, f"{OA}end", _integer(span.end)
        yield node, term("sourceStart"), _integer(source.start)
        yield node, term("sourceEnd"), _integer(source.end)
        if section and section.heading:
            yield node, term("section"), ox.Literal(section.heading)

    def text(self, span: Span) -> str:
        """The words at `span`."""
        return self.document.text[span.start : span.end]


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


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def _integer(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}nonNegativeInteger"))


def _decimal(value: float) -> ox.Literal:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return ox.Literal(text, datatype=ox.NamedNode(f"{XSD}decimal"))


def _date(value: str) -> ox.Literal:
    for pattern, kind in DATES:
        if re.fullmatch(pattern, value):
            return ox.Literal(value, datatype=ox.NamedNode(XSD + kind))
    return ox.Literal(value)
