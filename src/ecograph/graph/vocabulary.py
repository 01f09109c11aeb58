"""The ontology's own graphs: terms in one, SKOS schemes in the other."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ecograph.errors import OntologyError
from ecograph.graph.iris import ONTOLOGY_GRAPH, SCHEMES_GRAPH
from ecograph.ontology import Ontology


def ontology_quads(ontology: Ontology) -> list[ox.Quad]:
    """ecograph.ttl in …/graph/ontology and schemes/*.ttl in …/graph/schemes, sorted."""
    found = set(_triples(ontology.root / "ecograph.ttl", ONTOLOGY_GRAPH))
    for path in sorted((ontology.root / "schemes").glob("*.ttl")):
        found.update(_triples(path, SCHEMES_GRAPH))
    return sorted(found, key=str)


def _triples(path: Path, graph: ox.NamedNode) -> list[ox.Quad]:
    try:
        return [ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    except (OSError, SyntaxError) as error:
        raise OntologyError(f"{path}: not Turtle: {error}") from error
