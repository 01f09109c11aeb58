"""The index of a large graph: made with the build, from the last one where that is less work."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset

from ecograph.build.seen import digest_of
from ecograph.graph import graph_iri
from ecograph.graph.index import change_index, make_index
from ecograph.graph.store import as_dataset, drop_indexes, forget_digest, index_folder, is_large, open_dataset, remember_digest

# Where more graphs than this differ, exchanging them one by one is slower than a new index.
AT_MOST, FEW = 0.3, 10


@dataclass(frozen=True, slots=True)
class Last:
    """The last build's index, and the files of what all replies told together in it."""

    folder: Path
    across: Sequence[Path]


class Index:
    """The index of one build: staged beside the staged graph, and put in its place before that graph is.

    Nothing is made of a graph that is small enough to be read into memory.
    """

    def __init__(self, graph: Path) -> None:
        self._graph = graph
        self.digest = digest_of(graph)
        self._large = is_large(graph)
        self._folder = index_folder(graph, self.digest)

    def make(self, last: Last | None, changed: Mapping[str, Iterable[ox.Quad]], across: Sequence[Path], whole: int) -> None:
        """From the last index, if it is there, in which the graphs `changed` are to be exchanged, and what all replies tell together.

        `across` has the latter, `whole` is the number of all graphs.
        """
        if not self._large:
            return
        if last is not None and len(changed) <= max(FEW, AT_MOST * whole):
            try:
                change_index(last.folder, self._folder, changed, last.across, across)
            except OSError:  # there is none, or somebody's hand was in it
                shutil.rmtree(self._folder, ignore_errors=True)
            else:
                return
        make_index(self._graph, self._folder)

    def dataset(self) -> Dataset:
        """The graph, opened."""
        return as_dataset(ox.Store.read_only(str(self._folder))) if self._large else open_dataset(self._graph)

    def remember(self, file: Path, digest: str) -> None:
        """Note the SHA-256 of another file of a large graph."""
        remember_digest(file, digest) if self._large else forget_digest(file)

    def publish(self, graph: Path) -> None:
        """Rename the staged graph to `graph`, with its index; a reader finds the old pair or the new one."""
        place = index_folder(graph, self.digest)
        if self._large and not place.is_dir():
            self._folder.rename(place)
        self._graph.replace(graph)
        if self._large:
            remember_digest(graph, self.digest)
        drop_indexes(graph, self.digest if self._large else None)


def differing(before: Mapping[str, str], after: Mapping[str, str], quads: Mapping[str, Path]) -> dict[str, Iterable[ox.Quad]]:
    """By graph's IRI, the quads of each reply whose key is another than before; none for one that is gone. They are read when asked for."""
    found: dict[str, Iterable[ox.Quad]] = {graph_iri(id_): () for id_ in before.keys() - after.keys()}
    for id_, key in after.items():
        if before.get(id_) != key:
            found[graph_iri(id_)] = ox.parse(path=str(quads[id_]), format=ox.RdfFormat.N_QUADS)
    return found
