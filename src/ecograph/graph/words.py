"""What every part of a reply's graph needs: stretches of its text as nodes, statuses, and literals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox

from ecograph.errors import BuildError
from ecograph.graph.iris import OA, PROV, XSD, reply_iri, span_iri
from ecograph.model import Document, Evidence, Span
from ecograph.ontology import RDF, Ontology

Triples = Iterator[tuple[str, str, ox.NamedNode | ox.Literal]]


class Words:
    """Stretches of one document's text. `reply` is the document's IRI."""

    def __init__(self, document: Document, ontology: Ontology) -> None:
        self.reply = reply_iri(document.id)
        self._document = document
        self._ontology = ontology
        self._statuses = _statuses(ontology)

    def at(self, span: Span, kind: str, quote: str | None = None) -> Triples:
        """A stretch of the text: its kind of node, the words (`quote`, if not what stands there), their place in text and source."""
        term, own = self._ontology.iri, span_iri(self._document.id, span)
        source, section = self._document.origin.source_span(span), self._document.section_at(span.start)
        yield own, f"{RDF}type", node(term(kind))
        yield own, f"{PROV}wasQuotedFrom", node(self.reply)
        yield own, term("quote"), ox.Literal(self._document.text[span.start : span.end] if quote is None else quote)
        yield own, f"{OA}start", integer(span.start)
        yield own, f"{OA}end", integer(span.end)
        yield own, term("sourceStart"), integer(source.start)
        yield own, term("sourceEnd"), integer(source.end)
        if section and section.heading:
            yield own, term("section"), ox.Literal(section.heading)

    def evidence(self, subject: str, attribute: str, evidence: Evidence) -> Triples:
        """The passage that `subject` has under `attribute`, and the passage itself."""
        span = Span(evidence.start, evidence.end)
        yield subject, self._ontology.iri(attribute), node(span_iri(self._document.id, span))
        yield from self.at(span, "Passage", evidence.quote)

    def status(self, name: str) -> ox.NamedNode:
        """The concept of a status. BuildError for one that schemes/statuses.ttl doesn't have."""
        if name not in self._statuses:
            known = ", ".join(sorted(self._statuses))
            raise BuildError(f"{self._document.name}: status {name!r} is none of {known} (schemes/statuses.ttl)")
        return node(self._statuses[name])


@lru_cache(maxsize=4)
def _statuses(ontology: Ontology) -> Mapping[str, str]:
    """The statuses' IRIs by name."""
    return {concept.name: concept.iri for concept in ontology.scheme("statuses")}


def node(iri: str) -> ox.NamedNode:
    """The IRI as a node."""
    return ox.NamedNode(iri)


def integer(value: int) -> ox.Literal:
    """A count as xsd:nonNegativeInteger."""
    return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}nonNegativeInteger"))


def decimal(value: float | str) -> ox.Literal:
    """A number as xsd:decimal: floats with three places at most, texts as they are."""
    text = value if isinstance(value, str) else f"{value:.3f}".rstrip("0").rstrip(".")
    return ox.Literal(text, datatype=ox.NamedNode(f"{XSD}decimal"))
