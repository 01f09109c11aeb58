"""The merged graph: every reply's triples under the canonical IRIs, each thing with one label and one class.

What the replies' graphs say by their own IRIs stays as it is; the default graph of the dataset is made from them and from
…/graph/canonical by `merged`, quad by quad, so that it needs no more memory than the canonical graph takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from ecograph.graph.iris import CANONICAL_GRAPH, GRAPHS
from ecograph.iris import BASE
from ecograph.ontology import NS, RDF, RDFS, SKOS

LABEL, ALSO, TYPE = f"{RDFS}label", f"{SKOS}altLabel", f"{RDF}type"
Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
REPLIES = f"{GRAPHS}reply/"


@dataclass(frozen=True, slots=True)
class Canonical:
    """What …/graph/canonical says: for each reply's graph the IRIs to replace, and each thing's label and class where one is preferred."""

    iris: Mapping[str, Mapping[str, ox.NamedNode]]
    labels: Mapping[str, ox.Literal]
    classes: Mapping[str, ox.NamedNode]

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> Canonical:
        """Read from quads of which those of other graphs are passed over."""
        nodes: dict[str, dict[str, list[ox.NamedNode]]] = {}
        labels: dict[str, ox.Literal] = {}
        classes: dict[str, ox.NamedNode] = {}
        for quad in quads:
            if quad.graph_name != CANONICAL_GRAPH or not isinstance(quad.subject, ox.NamedNode):
                continue
            subject, predicate, obj = quad.subject.value, quad.predicate.value, quad.object
            if isinstance(obj, ox.Literal) and predicate == LABEL:
                labels[subject] = obj
            elif isinstance(obj, ox.NamedNode) and predicate == TYPE and subject.startswith(f"{BASE}id/"):
                classes[subject] = obj
            elif isinstance(obj, ox.NamedNode) and predicate in _PARTS:
                nodes.setdefault(subject, {}).setdefault(predicate, []).append(obj)
        return cls(_by_graph(nodes.values()), labels, classes)


_REPLY, _VARIANT, _CANONICAL = (f"{NS}{part}" for part in ("reply", "variant", "canonical"))
_PARTS = frozenset((_REPLY, _VARIANT, _CANONICAL))


def _by_graph(nodes: Iterable[Mapping[str, list[ox.NamedNode]]]) -> dict[str, dict[str, ox.NamedNode]]:
    found: dict[str, dict[str, ox.NamedNode]] = {}
    for node in nodes:
        for variant in node.get(_VARIANT, ()):
            for reply in node.get(_REPLY, ()):
                graph = REPLIES + reply.value.removeprefix(f"{BASE}reply/")
                found.setdefault(graph, {})[variant.value] = node[_CANONICAL][0]
    return found


def merged(quads: Iterable[ox.Quad], canonical: Canonical) -> Iterator[ox.Quad]:
    """The quads of the default graph: the given ones with canonical IRIs, one label and one class; some may come twice."""
    nothing: Mapping[str, ox.NamedNode] = {}
    for quad in quads:
        subject, predicate, obj = quad.subject, quad.predicate, quad.object
        iris = canonical.iris.get(quad.graph_name.value, nothing) if isinstance(quad.graph_name, ox.NamedNode) else nothing
        if iris:
            if isinstance(subject, ox.NamedNode):
                subject = iris.get(subject.value, subject)
            if isinstance(obj, ox.NamedNode):
                obj = iris.get(obj.value, obj)
        if isinstance(subject, ox.NamedNode) and predicate.value in (LABEL, ALSO, TYPE):
            yield from _named(subject, predicate, obj, canonical)
        else:
            yield ox.Quad(subject, predicate, obj)


def _named(subject: ox.NamedNode, predicate: ox.NamedNode, obj: Term, canonical: Canonical) -> Iterator[ox.Quad]:
    """A name or a class, given way to the preferred one: other labels become altLabels."""
    label, cls = canonical.labels.get(subject.value), canonical.classes.get(subject.value)
    if predicate.value == TYPE:
        yield ox.Quad(subject, predicate, cls or obj)
    elif label is None:
        yield ox.Quad(subject, predicate, obj)
    elif obj == label:
        yield ox.Quad(subject, ox.NamedNode(LABEL), label)
    else:
        yield ox.Quad(subject, ox.NamedNode(ALSO), obj)
