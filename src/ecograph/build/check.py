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
from ecograph.graph.check import Finding, check_graph  # not in the face: it loads pySHACL
from ecograph.ontology import Ontology


def check(output: Path, ontology: Ontology) -> Iterator[Finding]:
    """Everything in output/graph.nq that its shapes or a reply's text contradict, reply by reply.

    StoreError when the folder was not built, or not whole.
    """
    shards = Shards(output / CACHE)
    replies = [_shard(shards, key, output) for key in Manifest.of(output).replies.values()]
    lines_of = _lines_by_graph(output / GRAPH)
    for reply in replies:
        lines = lines_of.get(f"<{reply.graph}>".encode())
        if not lines:
            raise StoreError(f"{output / GRAPH}: the graph of {reply.id} is missing; run `ecograph build` again")
        yield from check_graph(_parsed(lines, output / GRAPH), reply.text, ontology)


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
