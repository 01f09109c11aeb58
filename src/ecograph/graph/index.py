"""The index on disk: an Oxigraph store of all named graphs, and of their triples merged under canonical IRIs as default graph.

An index may be thrown away at any time. One that is there is never changed: the next one is a copy that shares its files
(RocksDB writes new ones and never changes those that are whole), in which only the graphs that differ are exchanged.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from ecograph.graph.canonical import ALSO, LABEL, TYPE, Canonical, merged
from ecograph.graph.iris import CANONICAL_GRAPH
from ecograph.ontology import NS

NAMES = (LABEL, ALSO)
# The predicates of …/graph/canonical that say what is merged with what, and how it is called.
READ = (LABEL, TYPE, *(f"{NS}{part}" for part in ("reply", "variant", "canonical")))
SHARED = ".sst"  # the ending of RocksDB's files that are never changed
Graphs = Mapping[str, Iterable[ox.Quad]]
_NOTHING = Canonical({}, {}, {})


def make_index(file: Path, folder: Path) -> None:
    """An index of an N-Quads file in a folder that isn't there yet; closed when this returns. SyntaxError for a damaged file."""
    store = ox.Store(str(folder))
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    # An INSERT in SPARQL would keep all of it in one transaction: twice the time, three times the disk.
    store.bulk_extend(merged(ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS), _canonical(store)))
    store.flush()


def merge_in(store: ox.Store) -> None:
    """Fill the default graph of a store that has named graphs only."""
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    canonical = _canonical(store)
    _exchange(store, set(_renamed(store, _NOTHING, canonical)), _NOTHING, canonical)


def change_index(old: Path, folder: Path, changed: Graphs, before: Sequence[Path], across: Sequence[Path]) -> None:
    """As `make_index`, from another index that differs only in the graphs `changed`, and in what many replies tell together.

    The former are given by IRI with all their quads now; one without quads is gone. `across` are the N-Quads files of the latter, `before`
    those that the old index was made of; the first of each has what is canonical, and files of one path are the same. A quad may
    stand in several. Takes time for what differs and not for what is there. OSError when the old index or one of the files is none.
    """
    known, now = _canonical_lines(before), _canonical_lines(across)
    gone, came = _differences(before, across)
    _copy(old, folder)
    store = ox.Store(str(folder))
    for graph, given in changed.items():
        there, here = set(_graph(store, graph)), _as_stored(given)
        gone |= there - here
        came |= here - there
    for quad in gone:
        store.remove(quad)
    store.extend(came)
    _exchange(store, set(_renamed(store, known, now)) - came, known, now, gone=gone, came=came)
    store.flush()


def _differences(before: Sequence[Path], across: Sequence[Path]) -> tuple[set[ox.Quad], set[ox.Quad]]:
    """The quads that only one of two lists of files has, files in both left out."""
    old, new = _lines(set(before) - set(across)), _lines(set(across) - set(before))
    gone, came = old - new, new - old
    for path in across if gone else ():
        with path.open("rb") as file:
            gone.difference_update(file)
    return _parsed(gone), _parsed(came)


def _lines(paths: Iterable[Path]) -> set[bytes]:
    found: set[bytes] = set()
    for path in paths:
        with path.open("rb") as file:
            found.update(file)
    return found


def _parsed(lines: Iterable[bytes]) -> set[ox.Quad]:
    return _as_stored(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def _as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """The quads as a store gives them back: numbers that are equal are one there, whatever their type was called."""
    store = ox.Store()
    store.extend(quads)
    return set(store)


def _canonical_lines(across: Sequence[Path]) -> Canonical:
    """What the first of the files says is canonical."""
    wanted = tuple(f"<{name}>".encode() for name in READ)
    found: list[bytes] = []
    for path in across[:1]:
        with path.open("rb") as file:
            found = [line for line in file if line.split(b" ", 2)[1] in wanted]
    return Canonical.of(ox.parse(b"".join(found), format=ox.RdfFormat.N_QUADS))


def _exchange(  # noqa: PLR0913 -- what was, and what is
    store: ox.Store, moved: set[ox.Quad], before: Canonical, after: Canonical, *, gone: Iterable[ox.Quad] = (), came: Iterable[ox.Quad] = ()
) -> None:
    """Bring the default graph from what was merged before to what is merged now; the named graphs are as they shall be.

    `moved` are quads that are merged otherwise than before, `gone` and `came` those that were there, and are.
    """
    old, new = {*merged(moved, before), *merged(gone, before)}, {*merged(moved, after), *merged(came, after)}
    store.extend(new - old)
    variants = _variants(after)
    for quad in old - new:
        if not any(quad in merged([source], after) for source in _sources(store, quad, variants)):
            store.remove(quad)


def _copy(old: Path, folder: Path) -> None:
    folder.mkdir()
    for path in old.iterdir():
        if path.name == "LOCK":
            continue
        if path.suffix == SHARED:
            try:
                os.link(path, folder / path.name)
                continue
            except OSError:  # a file system without links
                pass
        shutil.copyfile(path, folder / path.name)


def _canonical(store: ox.Store) -> Canonical:
    """What the canonical graph of a store says, without going through all of it."""
    return Canonical.of(q for p in READ for q in store.quads_for_pattern(None, ox.NamedNode(p), None, CANONICAL_GRAPH))


def _graph(store: ox.Store, graph: str) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, ox.NamedNode(graph))


def _name(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _renamed(store: ox.Store, before: Canonical, after: Canonical) -> Iterator[ox.Quad]:
    """The quads of named graphs that are merged otherwise than before: by another IRI, label or class."""
    for graph in before.iris.keys() | after.iris.keys():
        old, new = before.iris.get(graph, {}), after.iris.get(graph, {})
        for iri in {*old, *new}:
            if old.get(iri) != new.get(iri):
                node, name = ox.NamedNode(iri), ox.NamedNode(graph)
                yield from store.quads_for_pattern(node, None, None, name)
                yield from store.quads_for_pattern(None, None, node, name)
    both = (_variants(before), _variants(after))
    for iri in _differing(before.labels, after.labels):
        yield from _about(store, iri, both, NAMES)
    for iri in _differing(before.classes, after.classes):
        yield from _about(store, iri, both, (TYPE,))


def _about(store: ox.Store, iri: str, variants: Iterable[Mapping[str, set[str]]], predicates: Iterable[str]) -> Iterator[ox.Quad]:
    for name in {iri}.union(*(found.get(iri, ()) for found in variants)):
        for predicate in predicates:
            for quad in store.quads_for_pattern(ox.NamedNode(name), ox.NamedNode(predicate), None, None):
                if isinstance(quad.graph_name, ox.NamedNode):
                    yield quad


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    return (key for key in {*before, *after} if before.get(key) != after.get(key))


def _variants(canonical: Canonical) -> dict[str, set[str]]:
    """By canonical IRI those that some reply uses for it."""
    found: dict[str, set[str]] = {}
    for iris in canonical.iris.values():
        for variant, node in iris.items():
            found.setdefault(node.value, set()).add(variant)
    return found


def _sources(store: ox.Store, quad: ox.Quad, variants: Mapping[str, set[str]]) -> Iterator[ox.Quad]:
    """The quads of named graphs that might be merged into a quad of the default graph."""
    predicate, obj = quad.predicate, quad.object
    predicates = [ox.NamedNode(name) for name in NAMES] if predicate.value in NAMES else [predicate]
    objects: list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None] = [obj]
    if predicate.value == TYPE:
        objects = [None]  # a class gives way to the preferred one
    elif isinstance(obj, ox.NamedNode):
        objects += [ox.NamedNode(iri) for iri in sorted(variants.get(obj.value, ()))]
    subject = quad.subject
    subjects = [subject]
    if isinstance(subject, ox.NamedNode):
        subjects += [ox.NamedNode(iri) for iri in sorted(variants.get(subject.value, ()))]
    for one in subjects:
        for relation in predicates:
            for other in objects:
                for found in store.quads_for_pattern(one, relation, other, None):
                    if isinstance(found.graph_name, ox.NamedNode):
                        yield found
