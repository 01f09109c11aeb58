"""Small invented graphs to compare."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from oxrdflib import OxigraphStore
from rdflib import Dataset

from ecograph.graph import ontology_quads, open_dataset, quads, write_nquads
from ecograph.iris import entity_iri
from ecograph.model import Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Span, Statement
from ecograph.ontology import Ontology

Said = tuple[str, str, str, str, str]  # subject, predicate, object, status, words
Graph = Callable[..., Dataset]

CLASSES = {
    "云杉科技有限公司": "Company",
    "云杉": "Company",
    "星河创新联盟": "Association",
    "星河区": "Place",
    "启元基金": "Fund",
    "星河区扶持办法": "Policy",
    "星河区若干措施": "Policy",
}


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


@pytest.fixture(scope="session")
def in_memory(ontology: Ontology) -> Callable[..., Dataset]:
    """A dataset of replies that lies in no file, with what of the ontology a comparison asks: as `graph`, for many examples."""
    groups = [quad for quad in ontology_quads(ontology) if quad.predicate.value == ontology.iri("group")]

    def call(replies: Mapping[str, tuple[str, Sequence[Said]]]) -> Dataset:
        store = ox.Store()
        store.extend(quad for name, (date, said) in replies.items() for quad in reply_quads(name, date, said, ontology, {}))
        store.extend(groups)
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        return Dataset(store=OxigraphStore(store=store), default_union=False)

    return call


@pytest.fixture
def graph(ontology: Ontology, tmp_path: Path) -> Graph:
    """A dataset of replies: `graph({"a": ("2023-05-01", [(subject, predicate, object, status, words), …])})`.

    `canonical` gives labels that are other names of another one.
    """

    def call(
        replies: Mapping[str, tuple[str, Sequence[Said]]], canonical: Mapping[str, str] | None = None, *, folder: str = "graph", **rest: Any
    ) -> Dataset:
        found = list(ontology_quads(ontology))
        for name, (date, said) in replies.items():
            found += reply_quads(name, date, said, ontology, canonical or {}, **rest)
        (tmp_path / folder).mkdir(exist_ok=True)
        write_nquads(found, tmp_path / folder / "graph.nq")
        return open_dataset(tmp_path / folder)

    return call


def reply_quads(
    name: str,
    date: str,
    said: Sequence[Said],
    ontology: Ontology,
    canonical: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
    named: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> list[ox.Quad]:
    """One reply whose text is the words of its statements; all entities that they name are mentioned.

    `labels` calls them otherwise, `named` gives names with words that state nothing.
    """
    iris = {label: entity_iri(ontology.cls(cls).group, canonical.get(label, label)) for label, cls in CLASSES.items()}
    text, statements, mentions = "", [], {}
    for label, words in (named or {}).get(name, ()):
        at = len(text) + words.index(label)
        mentions[Mention(at, at + len(label), CLASSES[label], "test", 1.0)] = iris[label]
        text = f"{text}{words}。"
    for subject, predicate, obj, status, words in said:
        start, text = len(text), f"{text}{words}。"
        evidence = (Evidence(start, start + len(words), words),)
        statements.append(Statement(iris[subject], predicate, iris[obj], evidence, name, status, "test", 0.9))
        for label in (subject, obj):
            at = start + words.index(label)
            mentions[Mention(at, at + len(label), CLASSES[label], "test", 1.0)] = iris[label]
    ends = {iri for s in statements for iri in (s.subject, s.object)} | set(mentions.values())
    called = {label: (labels or {}).get(label, canonical.get(label, label)) for label in CLASSES}
    entities = {iris[label]: Entity(iris[label], called[label], cls) for label, cls in CLASSES.items() if iris[label] in ends}
    header = Header(date=Field(date, Span(0, 1)) if date else None, title=Field(f"第{name}号答复", Span(0, 1)))
    document = Document(name, f"{name}.txt", text, OffsetMap(((0, 0, max(len(text), 1)),)), header)
    return list(quads(document, list(mentions), Linked(tuple(entities.values()), mentions), statements, ontology))
