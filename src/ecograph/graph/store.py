"""The built graph as an rdflib Dataset over Oxigraph.

The default graph holds each triple of all named graphs once. Oxigraph's own union of graphs keeps repetitions: what
five replies say, it finds five times, so counts are wrong and each further join multiplies the rows by five.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset

from ecograph.errors import StoreError
from ecograph.graph.iris import PREFIXES

FILE = "graph.nq"
# Above this many bytes (about 700,000 quads, some 300 replies) loading takes longer than an analyst waits for an answer.
INDEX_ABOVE = 150_000_000


def open_dataset(path: Path, *, index_above: int = INDEX_ABOVE) -> Dataset:
    """The graph of an output folder, or of one N-Quads file, for reading; its default graph is all graphs merged.

    A file of more than `index_above` bytes is indexed on disk once, in a folder beside it that bears the
    hash of its content and may be thrown away at any time; where none can be written, it is read into memory.
    Raises StoreError when nothing is built there or the file is damaged.
    """
    file = path / FILE if path.is_dir() else path
    try:
        size = file.stat().st_size
        store = _indexed(file) if size > index_above else _in_memory(file)
    except FileNotFoundError as error:
        raise StoreError(f"{file}: not found; run `ecograph build` first") from error
    except OSError as error:
        raise StoreError(f"{file}: can't be read ({error.strerror or error}); run `ecograph build` again") from error
    dataset = Dataset(store=OxigraphStore(store=store), default_union=False)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset


def _loaded(store: ox.Store, file: Path) -> ox.Store:
    try:
        store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise StoreError(f"{file}: damaged ({' '.join(str(error).split())}); run `ecograph build` again") from error
    return store


def _in_memory(file: Path) -> ox.Store:
    store = _loaded(ox.Store(), file)
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    return store


def _on_disk(file: Path, folder: Path) -> None:
    """Make a store in `folder`, closed when this returns."""
    store = _loaded(ox.Store(str(folder)), file)
    # The INSERT of `_in_memory` would keep all of it in one transaction here: twice the time, three times the disk.
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS))
    store.flush()


def _indexed(file: Path) -> ox.Store:
    """The index of this very content, made first if there is none; indexes of other contents are removed."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()[:16]
    folder = file.with_name(f".{file.name}.index-{digest}")
    if not folder.is_dir():
        part = file.with_name(f"{folder.name}.{os.getpid()}.part")
        try:
            _on_disk(file, part)
            part.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process has made the same index meanwhile
                return _in_memory(file)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    for old in file.parent.glob(f".{file.name}.index-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return ox.Store.read_only(str(folder))
