"""The graph on disk against its shapes and the replies' texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ecograph.build.folder import CACHE
from ecograph.build.outputs import GRAPH, Manifest
from ecograph.build.shards import Shard, Shards
from ecograph.errors import StoreError
from ecograph.graph import Finding, check_graph
from ecograph.ontology import Ontology


def check(output: Path, ontology: Ontology) -> Iterator[Finding]:
    """Everything in output/graph.nq that its shapes or a reply's text contradict, reply by reply.

    StoreError when the folder was not built, or not whole.
    """
    shards = Shards(output / CACHE)
    replies = [_shard(shards, key, output) for key in Manifest.of(output).replies.values()]
    store = _loaded(output / GRAPH)
    for reply in replies:
        quads = list(store.quads_for_pattern(None, None, None, ox.NamedNode(reply.graph)))
        if not quads:
            raise StoreError(f"{output / GRAPH}: the graph of {reply.id} is missing; run `ecograph build` again")
        yield from check_graph(quads, reply.text, ontology)


def _loaded(path: Path) -> ox.Store:
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    except (SyntaxError, OSError) as error:
        raise StoreError(f"{path}: can't be read ({' '.join(str(error).split())}); run `ecograph build` again") from error
    return store


def _shard(shards: Shards, key: str, output: Path) -> Shard:
    shard = shards.get(key)
    if shard is None:
        raise StoreError(f"{output}: the replies' texts are missing or damaged; run `ecograph build` again")
    return shard
