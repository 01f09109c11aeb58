"""The index on disk, changed graph by graph."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.graph import write_nquads
from ecograph.graph.index import change_index, make_index, merge_in
from ecograph.graph.iris import CANONICAL_GRAPH, GRAPHS
from ecograph.iris import BASE
from ecograph.ontology import NS, RDF, RDFS, SKOS

THINGS = [ox.NamedNode(f"{BASE}id/organization/{letter}") for letter in "abcd"]
REPLIES = [ox.NamedNode(f"{GRAPHS}reply/{number}") for number in range(3)]
CLASSES = [ox.NamedNode(NS + name) for name in ("One", "Other")]
NAMES = [ox.Literal(letter, language="zh") for letter in "xyz"]
PREDICATES = [ox.NamedNode(NS + name) for name in ("likes", "knows")]

THING, LABEL = st.sampled_from(THINGS), st.sampled_from(NAMES)
SAID = st.one_of(
    st.tuples(THING, st.sampled_from(PREDICATES), THING),
    st.tuples(THING, st.just(ox.NamedNode(f"{RDFS}label")), LABEL),
    st.tuples(THING, st.just(ox.NamedNode(f"{SKOS}altLabel")), LABEL),
    st.tuples(THING, st.just(ox.NamedNode(f"{RDF}type")), st.sampled_from(CLASSES)),
)
GRAPH = st.lists(SAID, max_size=5)
# For some replies' use of a thing another thing; and for some things a label and a class.
IDENTITY = st.tuples(
    st.dictionaries(st.tuples(st.integers(0, 2), THING), THING, max_size=4),
    st.dictionaries(THING, LABEL, max_size=2),
    st.dictionaries(THING, st.sampled_from(CLASSES), max_size=2),
)
STATE = st.tuples(st.tuples(GRAPH, GRAPH, GRAPH), IDENTITY)


def graphs(state: tuple[tuple[list, ...], tuple[Mapping, ...]]) -> dict[str, list[ox.Quad]]:
    """A state's quads by graph."""
    said, (meant, labels, classes) = state
    found = {graph.value: [ox.Quad(*triple, graph) for triple in triples] for graph, triples in zip(REPLIES, said, strict=True)}
    across = [ox.Quad(thing, ox.NamedNode(f"{RDFS}label"), label, CANONICAL_GRAPH) for thing, label in labels.items()]
    across += [ox.Quad(thing, ox.NamedNode(f"{RDF}type"), cls, CANONICAL_GRAPH) for thing, cls in classes.items()]
    for n, ((reply, variant), canonical) in enumerate(meant.items()):
        node = ox.NamedNode(f"{BASE}identity/{n}")
        parts = (("variant", variant), ("canonical", canonical), ("reply", ox.NamedNode(f"{BASE}reply/{reply}")))
        across += [ox.Quad(node, ox.NamedNode(NS + name), thing, CANONICAL_GRAPH) for name, thing in parts]
    return {**found, CANONICAL_GRAPH.value: across}


def everything(folder: Path) -> set[ox.Quad]:
    """All that an index holds."""
    return set(ox.Store.read_only(str(folder)))


@settings(max_examples=25, deadline=None)
@given(STATE, STATE)
def test_a_changed_index_is_that_of_the_new_graph(tmp_path_factory: pytest.TempPathFactory, old: tuple, new: tuple) -> None:
    """Whatever differs, the exchanged graphs, the merged triples and what gives way to a preferred name are as in an index made anew."""
    folder = tmp_path_factory.mktemp("index")
    before, after = graphs(old), graphs(new)
    for name, state in (("old", before), ("new", after)):
        write_nquads([quad for quads in state.values() for quad in quads], folder / f"{name}.nq")
        write_nquads(state.pop(CANONICAL_GRAPH.value), folder / f"{name}.across.nq")
        make_index(folder / f"{name}.nq", folder / name)
    kept = everything(folder / "old")
    changed = {name: quads for name, quads in after.items() if set(quads) != set(before[name])}
    change_index(folder / "old", folder / "changed", changed, [folder / "old.across.nq"], [folder / "new.across.nq"])
    assert everything(folder / "changed") == everything(folder / "new")
    assert everything(folder / "old") == kept


@settings(max_examples=15, deadline=None)
@given(STATE)
def test_memory_and_disk_agree(tmp_path_factory: pytest.TempPathFactory, state: tuple) -> None:
    """Merged in memory, by renaming what a first union has, or from the file quad by quad: the same."""
    folder = tmp_path_factory.mktemp("index")
    quads = [quad for found in graphs(state).values() for quad in found]
    write_nquads(quads, folder / "graph.nq")
    make_index(folder / "graph.nq", folder / "index")
    store = ox.Store()
    store.extend(quads)
    merge_in(store)
    assert set(store) == everything(folder / "index")


def test_the_old_index_stays(tmp_path: Path) -> None:
    """A reader of the old index sees nothing of the change, during it and afterwards."""
    quads = [ox.Quad(thing, PREDICATES[0], THINGS[0], REPLIES[0]) for thing in THINGS]
    write_nquads(quads, tmp_path / "graph.nq")
    make_index(tmp_path / "graph.nq", tmp_path / "old")
    reader = ox.Store.read_only(str(tmp_path / "old"))
    before = set(reader)
    change_index(tmp_path / "old", tmp_path / "new", {REPLIES[0].value: quads[:1]}, [], [])
    assert set(reader) == before == everything(tmp_path / "old")
    assert len(everything(tmp_path / "new")) == 2
