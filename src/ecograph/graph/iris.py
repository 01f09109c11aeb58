"""The IRIs that the graph mints: replies, stretches of their text, statements, named graphs; and the prefixes for people.

Entities' IRIs are minted by linking, concepts' stand in ontology/schemes. Names stay readable: only what
RFC 3987 forbids in a path segment is percent-encoded.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from ecograph.iris import BASE, segment
from ecograph.model import Span
from ecograph.ontology import NS, OWL, RDF, RDFS, SCHEMA, SKOS

GRAPHS = f"{BASE}graph/"
ONTOLOGY_GRAPH = ox.NamedNode(f"{GRAPHS}ontology")
SCHEMES_GRAPH = ox.NamedNode(f"{GRAPHS}schemes")
CANONICAL_GRAPH = ox.NamedNode(f"{GRAPHS}canonical")

DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: Mapping[str, str] = {
    "dcterms": DCTERMS,
    "eco": NS,
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "graph": GRAPHS,
    "oa": OA,
    "org": "http://www.w3.org/ns/org#",
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "reply": f"{BASE}reply/",
    "schema": SCHEMA,
    "skos": SKOS,
    "statement": f"{BASE}statement/",
    "xsd": XSD,
}


def reply_iri(document: str) -> str:
    """The IRI of the reply with this document id; the id's slashes stay."""
    return f"{BASE}reply/{_path(document)}"


def span_iri(document: str, span: Span) -> str:
    """The IRI of a stretch of a reply's text (RFC 5147: characters from 0, end exclusive)."""
    return f"{reply_iri(document)}#char={span.start},{span.end}"


def statement_iri(id: str) -> str:  # noqa: A002 — the field's own name
    """The IRI of the node of a statement, given `Statement.id`."""
    return f"{BASE}statement/{id}"


def identity_iri(id: str) -> str:  # noqa: A002 — as above
    """The IRI of the node that says which thing a reply's entity is, given the hash of what it says."""
    return f"{BASE}identity/{id}"


def graph_iri(document: str) -> str:
    """The IRI of the named graph that holds what one reply says."""
    return f"{GRAPHS}reply/{_path(document)}"


def _path(document: str) -> str:
    return "/".join(segment(part) for part in document.split("/"))
