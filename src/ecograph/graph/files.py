"""Quads as files: same quads, same bytes, and never half a file."""

from __future__ import annotations

import heapq
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox

from ecograph.errors import StoreError
from ecograph.graph.iris import PREFIXES
from ecograph.iris import BASE
from ecograph.ontology import RDF

BLOCK = 1 << 20
# How many shards are open at a time: well below the 256 files that macOS grants a process.
FAN_IN = 100
# Shortened in TriG by the base address instead: reply/061#char=5,9 would need four backslashes.
BASED = ("reply", "statement", "graph")


def write_nquads(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write the quads as N-Quads, each line once, in the order of their bytes (as `LC_ALL=C sort -u`)."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    _write(path, sorted(set(text.splitlines(keepends=True))))


def write_trig(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write the quads as TriG for people: a block a graph, entities' types and labels first, addresses shortened."""
    prefixes = {name: iri for name, iri in PREFIXES.items() if name not in BASED}
    text = ox.serialize(sorted(set(quads), key=_reading_order), format=ox.RdfFormat.TRIG, prefixes=prefixes, base_iri=BASE) or b""
    lines, head = text.splitlines(keepends=True), 1 + len(prefixes)
    # Oxigraph keeps prefixes in a hash map; only their order is ours to settle.
    _write(path, [*lines[:1], *sorted(lines[1:head]), *lines[head:]])


def join_nquads(paths: Sequence[Path], path: Path) -> None:
    """Merge sorted N-Quads files into one sorted file, each line once, holding a line of each in memory."""
    merged: list[Path] = []
    sources = list(paths)
    try:
        while len(sources) > FAN_IN:
            group, sources = sources[:FAN_IN], sources[FAN_IN:]
            part = path.with_name(f".{path.name}.{os.getpid()}.{len(merged)}.merge")
            merged.append(part)
            _merge(group, part)
            sources.append(part)
        _merge(sources, path)
    finally:
        for part in merged:
            part.unlink(missing_ok=True)


def _merge(paths: Sequence[Path], path: Path) -> None:
    with ExitStack() as stack:
        try:
            files = [stack.enter_context(source.open("rb")) for source in paths]
        except OSError as error:
            raise StoreError(f"{error.filename}: can't be read ({error.strerror}); build again") from error
        _write(path, _once(heapq.merge(*files)))


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines without repetitions."""
    last = b""
    for line in lines:
        if line != last:
            yield line
            last = line


def _write(path: Path, lines: Iterable[bytes]) -> None:
    """Write beside `path`, flush to disk, then rename: a reader sees the old file or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb", buffering=BLOCK) as file:
            file.writelines(lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: could not be written ({error.strerror}); nothing of it was changed") from error
    finally:
        part.unlink(missing_ok=True)


def _reading_order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    predicate = quad.predicate.value
    return str(quad.graph_name), str(quad.subject), predicate != f"{RDF}type", predicate, str(quad.object)
