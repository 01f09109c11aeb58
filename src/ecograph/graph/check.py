"""Whether the graph of one reply is sound: ontology/shapes.ttl by pySHACL, and the evidence against the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.query import Result
from rdflib.term import Node

from ecograph.errors import OntologyError, StoreError
from ecograph.graph.iris import GRAPHS, OA, ONTOLOGY_GRAPH, PROV
from ecograph.graph.vocabulary import ontology_quads
from ecograph.iris import BASE
from ecograph.ontology import Ontology

# A finding on one of these is named by its words and place.
START, END, SOURCE = URIRef(f"{OA}start"), URIRef(f"{OA}end"), URIRef(f"{PROV}wasQuotedFrom")
TextOf = Callable[[str], str]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something unsound in a reply's graph: the document's id, what it is about, and what is wrong, in plain words."""

    document: str
    subject: str
    message: str


def check_graph(quads: Path | Iterable[ox.Quad], text: str | TextOf, ontology: Ontology) -> list[Finding]:
    """What is unsound in the graph of one reply, given as quads or as its N-Quads file; sorted, empty if sound.

    `text` is `Document.text`: every quote must be what stands there. For a graph that quotes many replies it is a function
    that gives the text by the reply's IRI. Raises StoreError when the file can't be read, OntologyError when shapes.ttl can't.
    """
    found = _parsed(quads) if isinstance(quads, Path) else list(quads)
    graph = _graph(found, ontology)
    document = _document(found)
    problems = {*_violations(graph, ontology), *_misquoted(graph, text, ontology)}
    return sorted({Finding(document, _subject(graph, node), message) for node, message in problems})


def _parsed(path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
    except FileNotFoundError as error:
        raise StoreError(f"{path}: not found; run `ecograph build` first") from error
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: damaged ({' '.join(str(error).split())}); run `ecograph build` again") from error


class _Graph(Graph):
    """A graph in rdflib's memory whose SPARQL is answered by a copy in Oxigraph.

    pySHACL's core constraints are 20 times faster on the one, its constraints in SPARQL 80 times on the other.
    """

    def __init__(self, triples: bytes) -> None:
        super().__init__()
        self.parse(data=triples, format="ox-nt")
        store = ox.Store()
        store.bulk_load(input=triples, format=ox.RdfFormat.N_TRIPLES)
        self.copy_in_oxigraph = Dataset(store=OxigraphStore(store=store), default_union=True)

    def query(self, *args: Any, **options: Any) -> Result:
        """The answer to a query in SPARQL."""
        return self.copy_in_oxigraph.query(*args, **options)


def _graph(quads: Iterable[ox.Quad], ontology: Ontology) -> Graph:
    """The reply as one rdflib graph, with the ontology's terms and the concepts that the reply uses."""
    triples = {ox.Triple(q.subject, q.predicate, q.object) for q in quads}
    used = {triple.object for triple in triples}
    triples.update(triple for triple, is_term in _vocabulary(ontology) if is_term or triple.subject in used)
    return _Graph(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")


@lru_cache(maxsize=4)
def _vocabulary(ontology: Ontology) -> tuple[tuple[ox.Triple, bool], ...]:
    """The ontology's triples, and of each whether it is of a term and not of a concept."""
    return tuple((ox.Triple(q.subject, q.predicate, q.object), q.graph_name == ONTOLOGY_GRAPH) for q in ontology_quads(ontology))


def _document(quads: Iterable[ox.Quad]) -> str:
    """The id of the reply that the graph is of."""
    names = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
    return unquote(min(names, default="").removeprefix(f"{GRAPHS}reply/"))


def _violations(graph: Graph, ontology: Ontology) -> Iterator[tuple[Node, str]]:
    """What the shapes find: the node that a result is about, and the message of its shape."""
    import pyshacl  # noqa: PLC0415 — a second of start-up that only a check needs
    from pyshacl.errors import ReportableRuntimeError  # noqa: PLC0415

    path = ontology.root / "shapes.ttl"
    try:
        _, results, text = pyshacl.validate(graph, shacl_graph=_shapes(path), inplace=True)
    except (ReportableRuntimeError, SyntaxError) as error:  # a shape, or the SPARQL in one
        raise OntologyError(f"{path}: a shape is wrong: {' '.join(str(error).split())}") from error
    if not isinstance(results, Graph):
        raise OntologyError(f"{path}: a shape is wrong: {' '.join(text.split())}")
    for result in results.subjects(RDF.type, SH.ValidationResult):
        about = results.value(result, SH.focusNode)
        if results.value(result, SH.sourceConstraintComponent) == SH.SPARQLConstraintComponent:
            about = results.value(result, SH.value) or about
        if about is not None:
            yield about, str(results.value(result, SH.resultMessage))


@lru_cache(maxsize=4)
def _shapes(path: Path) -> Graph:
    try:
        return Graph().parse(data=path.read_text(encoding="utf-8"), format="ox-turtle")
    except OSError as error:
        raise OntologyError(f"{path}: can't be read: {error.strerror}") from error
    except SyntaxError as error:
        raise OntologyError(f"{path}: not Turtle: {' '.join(str(error).split())}") from error


def _misquoted(graph: Graph, text: str | TextOf, ontology: Ontology) -> Iterator[tuple[Node, str]]:
    """Quotes that are not what stands at their place."""
    for node, quote in graph.subject_objects(URIRef(ontology.iri("quote"))):
        start, end = graph.value(node, START), graph.value(node, END)
        if isinstance(start, Literal) and isinstance(end, Literal):
            whole = text if isinstance(text, str) else text(str(graph.value(node, SOURCE)))
            there = whole[int(start) : int(end)]
            if there != str(quote):
                yield node, f"its quote is not what stands there: {there}"


def _subject(graph: Graph, node: Node) -> str:
    """What an analyst calls a node: a statement by its three labels, words by their place, an entity by its label."""
    said = [graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)]
    if any(said):
        return " – ".join(_name(graph, part) if part else "?" for part in said)
    start, end = graph.value(node, START), graph.value(node, END)
    return f"characters {start}–{end}" if start and end else _name(graph, node)


def _name(graph: Graph, node: Node) -> str:
    labels = sorted(graph.objects(node, RDFS.label), key=lambda label: (getattr(label, "language", None) != "zh", str(label)))
    return str(labels[0]) if labels else unquote(str(node).removeprefix(BASE))
