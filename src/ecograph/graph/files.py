"""Quads as files: same quads, same bytes, and never half a file.

A file of many replies is one reply's lines after the other's, in the order in which they are joined, so that
joining is copying: within a reply's part, N-Quads lines are in the order of their bytes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from ecograph.errors import StoreError
from ecograph.graph.iris import PREFIXES
from ecograph.iris import BASE
from ecograph.ontology import RDF

BLOCK = 1 << 20
# Shortened in TriG by the base address instead: reply/061#char=5,9 would need four backslashes.
BASED = ("reply", "statement", "graph")
SHORT = {name: iri for name, iri in PREFIXES.items() if name not in BASED}
TYPE = f"<{RDF}type>".encode()
# What every TriG of ours begins with, whatever its quads are.
TRIG_HEAD = (f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(SHORT.items()))).encode()


def as_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as N-Quads, each line once, in the order of their bytes (as `LC_ALL=C sort -u`)."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(set(text.splitlines(keepends=True))))


def as_trig(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as TriG without its head: a block a graph, entities' types first, addresses shortened."""
    return trig_of(as_nquads(quads))


def trig_of(nquads: bytes) -> bytes:
    """Sorted N-Quads as `as_trig` has them."""
    graphs: dict[bytes, dict[bytes, list[bytes]]] = {}
    for line in nquads.splitlines(keepends=True):
        # No address has a space in it, so the first and the last but one word are the subject and the graph.
        subject, predicate, _ = line.split(b" ", 2)
        lines = graphs.setdefault(line.rsplit(b" ", 2)[1], {}).setdefault(subject, [])
        lines.insert(0 if predicate == TYPE else len(lines), line)
    ordered = b"".join(line for _, subjects in sorted(graphs.items()) for lines in subjects.values() for line in lines)
    text = ox.serialize(ox.parse(ordered, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.TRIG, prefixes=SHORT, base_iri=BASE) or b""
    # Oxigraph keeps prefixes in a hash map: the head that it writes differs from run to run.
    return b"".join(text.splitlines(keepends=True)[1 + len(SHORT) :])


def write_nquads(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write the quads as N-Quads, each line once, in the order of their bytes."""
    text = as_nquads(quads)
    _write(path, lambda file: file.write(text))


def write_trig(quads: Iterable[ox.Quad], path: Path) -> None:
    """Write the quads as TriG for people."""
    text = as_trig(quads)
    _write(path, lambda file: file.write(TRIG_HEAD + text))


def join_nquads(paths: Sequence[Path], path: Path) -> None:
    """Write the lines of N-Quads files, one file after the other; no graph may stand in two of them."""
    _write(path, lambda file: _copy(paths, file))


def join_trig(paths: Sequence[Path], path: Path) -> None:
    """Write what `as_trig` made of several replies as one TriG."""
    _write(path, lambda file: _copy(paths, file, TRIG_HEAD))


def _copy(paths: Iterable[Path], file: BinaryIO, head: bytes = b"") -> None:
    file.write(head)
    file.flush()  # what follows may go past the buffer
    for source in paths:
        try:
            content = source.open("rb")
        except OSError as error:
            raise StoreError(f"{source}: can't be read ({error.strerror}); build again") from error
        with content:
            _append(content, file)


def _append(content: BinaryIO, file: BinaryIO) -> None:
    """All of a file behind another; the system does it without handing the bytes out, where it can."""
    left = os.fstat(content.fileno()).st_size
    try:
        while left and (copied := os.copy_file_range(content.fileno(), file.fileno(), left)):
            left -= copied
    except (AttributeError, OSError):  # no Linux, or a file system that can't; what is left is copied here
        shutil.copyfileobj(content, file, BLOCK)
        file.flush()


def _write(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write beside `path`, flush to disk, then rename: a reader sees the old file or the new one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb", buffering=BLOCK) as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: could not be written ({error.strerror}); nothing of it was changed") from error
    finally:
        part.unlink(missing_ok=True)
