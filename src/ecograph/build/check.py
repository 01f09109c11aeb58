"""The graph on disk against its shapes and the replies' texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from ecograph.build.folder import CACHE
from ecograph.build.outputs import GRAPH, Manifest
from ecograph.build.shards import Shard, Shards
from ecograph.errors import StoreError
from ecograph.graph import reply_iri
from ecograph.graph.check import Finding, check_graph  # not in the face: it loads pySHACL
from ecograph.graph.decisions import DECISIONS_GRAPH
from ecograph.graph.iris import CANONICAL_GRAPH, PROV
from ecograph.ontology import RDF, Ontology

ACROSS = (CANONICAL_GRAPH, DECISIONS_GRAPH)
QUOTED = f"{PROV}wasQuotedFrom"


def check(output: Path, ontology: Ontology) -> Iterator[Finding]:
    """Everything in output/graph.nq that its shapes or a reply's text contradict: reply by reply, then what all tell together.

    StoreError when the folder was not built, or not whole.
    """
    shards = Shards(output / CACHE)
    keys = Manifest.of(output).replies
    graphs = {id_: _shard(shards, key, output).graph for id_, key in keys.items()}
    lines_of = _lines_by_graph(output / GRAPH)
    for id_, graph in graphs.items():
        lines = lines_of.get(f"<{graph}>".encode())
        if not lines:
            raise StoreError(f"{output / GRAPH}: the graph of {id_} is missing; run `ecograph build` again")
        yield from check_graph(_parsed(lines, output / GRAPH), shards.extraction(keys[id_]).document.text, ontology)
    yield from _across(lines_of, {reply_iri(id_): (graphs[id_], key) for id_, key in keys.items()}, shards, output, ontology)


def _across(
    lines_of: Mapping[bytes, list[bytes]], replies: Mapping[str, tuple[str, str]], shards: Shards, output: Path, ontology: Ontology
) -> Iterator[Finding]:
    """What is unsound in the graphs that no reply tells alone; `replies` gives each one's graph and key by its IRI."""
    quads = _parsed([line for graph in ACROSS for line in lines_of.get(str(graph).encode(), ())], output / GRAPH)
    quoted = {q.object.value for q in quads if q.predicate.value == QUOTED and isinstance(q.object, ox.NamedNode)} & replies.keys()
    heads = [line for iri in sorted(quoted) for line in lines_of[f"<{replies[iri][0]}>".encode()] if line.startswith(f"<{iri}> ".encode())]
    # What a reply says of itself in words; its jurisdiction and issuer have their labels in its own graph.
    known = [q for q in _parsed(heads, output / GRAPH) if q.predicate.value == f"{RDF}type" or isinstance(q.object, ox.Literal)]

    def text(iri: str) -> str:
        return shards.extraction(replies[iri][1]).document.text if iri in replies else ""

    yield from check_graph([*quads, *known], text, ontology)


def _lines_by_graph(path: Path) -> Mapping[bytes, list[bytes]]:
    """The lines of an N-Quads file by the graph that they name. No store: Oxigraph's would change literals' types."""
    found: dict[bytes, list[bytes]] = defaultdict(list)
    try:
        with path.open("rb") as file:
            for line in file:
                found[line.rstrip(b" .\n").rsplit(b" ", 1)[-1]].append(line)
    except OSError as error:
        raise StoreError(f"{path}: can't be read ({error.strerror}); run `ecograph build` again") from error
    return found


def _parsed(lines: list[bytes], path: Path) -> list[ox.Quad]:
    try:
        return list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(f"{path}: damaged ({' '.join(str(error).split())}); run `ecograph build` again") from error


def _shard(shards: Shards, key: str, output: Path) -> Shard:
    shard = shards.get(key)
    if shard is None:
        raise StoreError(f"{output}: the replies' texts are missing or damaged; run `ecograph build` again")
    return shard
