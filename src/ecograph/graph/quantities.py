"""Quantities as triples of a reply's graph, and series of them as quads of …/graph/canonical."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

import pyoxigraph as ox

from ecograph.extraction import Quantity
from ecograph.graph.iris import CANONICAL_GRAPH, statement_iri
from ecograph.graph.words import Triples, Words, decimal, integer, node
from ecograph.iris import BASE
from ecograph.model import Document
from ecograph.ontology import RDF, Ontology


class Valued(Protocol):
    """A quantity in a series, whatever room made it."""

    @property
    def quantity(self) -> Quantity:
        """The quantity."""
        ...

    @property
    def year(self) -> str:
        """Its year, or ""."""
        ...


class Seried(Protocol):
    """One measure of one thing over the years."""

    @property
    def subject(self) -> str:
        """The thing's canonical IRI."""
        ...

    @property
    def measure(self) -> str:
        """What is measured, the same for different words."""
        ...

    @property
    def counted(self) -> str:
        """The words for it."""
        ...

    @property
    def unit(self) -> str:
        """The unit of all values."""
        ...

    @property
    def done(self) -> Sequence[Valued]:
        """What was so."""
        ...

    @property
    def planned(self) -> Sequence[Valued]:
        """What was intended."""
        ...


def quantity_iri(id: str) -> str:  # noqa: A002 — the field's own name
    """The IRI of the node of a quantity, given `Quantity.id`."""
    return f"{BASE}quantity/{id}"


def series_iri(series: Seried) -> str:
    """The IRI of a series: a hash of what it measures of which thing in which unit."""
    said = "\x1f".join((series.subject, series.measure, series.unit))
    return f"{BASE}series/{hashlib.sha256(said.encode()).hexdigest()[:20]}"


def quantity_triples(document: Document, quantities: Iterable[Quantity], ontology: Ontology) -> Triples:
    """Each quantity's node with its passages; the counts of a list stand on the list's statements too.

    Raises BuildError for a status that is none, ValueError for an IRI that is none.
    """
    words = Words(document, ontology)
    for quantity in {q.id: q for q in reversed(tuple(quantities))}.values():  # the first of those that say the same
        yield from _quantity(quantity, words, ontology)


def _quantity(quantity: Quantity, words: Words, ontology: Ontology) -> Triples:
    term, own = ontology.iri, quantity_iri(quantity.id)
    yield own, f"{RDF}type", node(term("Quantity"))
    yield own, term("value"), decimal(quantity.value)
    yield own, term("bound"), ox.Literal(quantity.bound)
    yield own, term("status"), words.status(quantity.status)
    yield own, term("rule"), ox.Literal(quantity.rule)
    yield own, term("confidence"), decimal(quantity.confidence)
    for attribute, text in (("unit", quantity.unit), ("counted", quantity.counted), ("time", quantity.time), ("measure", quantity.measure)):
        if text:
            yield own, term(attribute), ox.Literal(text)
    for iri in quantity.about:
        yield own, term("saidOf"), node(iri)
    yield from words.evidence(own, "figure", quantity.words)
    yield from words.evidence(own, "evidence", quantity.evidence)
    if quantity.named and quantity.value.isdecimal():
        counts = (("statedCount", integer(int(quantity.value))), ("namedCount", integer(len(quantity.named))))
        for subject in (own, *(statement_iri(id_) for id_ in quantity.statements)):
            for attribute, count in counts:
                yield subject, term(attribute), count
        for iri in quantity.named:
            yield own, term("names"), node(iri)


def series_quads(series: Iterable[Seried], ontology: Ontology) -> list[ox.Quad]:
    """The series of two values or more, sorted, in …/graph/canonical; a single value stands in its reply's graph anyway."""
    triples = {triple for one in series if len(one.done) + len(one.planned) > 1 for triple in _series(one, ontology)}
    return sorted((ox.Quad(node(s), node(p), o, CANONICAL_GRAPH) for s, p, o in triples), key=str)


def _series(series: Seried, ontology: Ontology) -> Triples:
    term, own = ontology.iri, series_iri(series)
    yield own, f"{RDF}type", node(term("Series"))
    yield own, term("saidOf"), node(series.subject)
    yield own, term("measure"), ox.Literal(series.measure)
    for attribute, text in (("counted", series.counted), ("unit", series.unit)):
        if text:
            yield own, term(attribute), ox.Literal(text)
    for value in (*series.done, *series.planned):
        quantity = quantity_iri(value.quantity.id)
        yield own, term("hasValue"), node(quantity)
        if value.year:
            yield quantity, term("year"), ox.Literal(value.year)
