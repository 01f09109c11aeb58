"""The built graph as an rdflib Dataset over Oxigraph.

The default graph holds the triples of all named graphs, each once, under canonical IRIs (`canonical`). Oxigraph's own union of
graphs keeps repetitions: what five replies say, it finds five times, so counts are wrong and each further join
multiplies the rows by five.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import Dataset

from ecograph.errors import StoreError
from ecograph.graph.index import make_index, merge_in
from ecograph.graph.iris import PREFIXES

FILE = "graph.nq"
# Above this many bytes (about 700,000 quads, some 250 replies) loading takes longer than an analyst waits for an answer.
INDEX_ABOVE = 150_000_000
DIGITS = 16  # of a content's SHA-256, in the name of its index


def open_dataset(path: Path, *, index_above: int | None = None) -> Dataset:
    """The graph of an output folder, or of one N-Quads file, for reading; its default graph is all graphs merged.

    A file of more than `index_above` bytes (INDEX_ABOVE if it is None) is indexed on disk once, in a folder beside it that bears the
    hash of its content and may be thrown away at any time; where none can be written, it is read into memory.
    Raises StoreError when nothing is built there or the file is damaged.
    """
    file = path / FILE if path.is_dir() else path
    try:
        store = _indexed(file) if is_large(file, index_above) else _in_memory(file)
    except FileNotFoundError as error:
        raise StoreError(f"{file}: not found; run `ecograph build` first") from error
    except SyntaxError as error:
        raise StoreError(f"{file}: damaged ({' '.join(str(error).split())}); run `ecograph build` again") from error
    except OSError as error:
        raise StoreError(f"{file}: can't be read ({error.strerror or error}); run `ecograph build` again") from error
    return as_dataset(store)


def is_large(file: Path, index_above: int | None = None) -> bool:
    """Whether a file is to be indexed on disk."""
    return file.stat().st_size > (INDEX_ABOVE if index_above is None else index_above)


def as_dataset(store: ox.Store) -> Dataset:
    """A store whose default graph is merged, as rdflib's Dataset."""
    dataset = Dataset(store=OxigraphStore(store=store), default_union=False)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset


def index_folder(file: Path, digest: str) -> Path:
    """Where the index of a file with that SHA-256 lies."""
    return file.with_name(f".{file.name}.index-{digest[:DIGITS]}")


def remember_digest(file: Path, digest: str) -> None:
    """Note beside a file which SHA-256 it has, so that opening it need not read all of it as long as size and time are the same."""
    state = file.stat()
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.write_text(json.dumps([state.st_size, state.st_mtime_ns, digest]), encoding="utf-8")
    part.replace(_note(file))


def forget_digest(file: Path) -> None:
    """Remove such a note."""
    _note(file).unlink(missing_ok=True)


def has_digest(file: Path, digest: str) -> bool:
    """Whether a file has that SHA-256, as noted beside it or, else, as it is."""
    try:
        return _digest(file, note=False) == digest
    except OSError:
        return False


def drop_indexes(file: Path, keep: str | None) -> None:
    """Remove the indexes of other contents than that with the SHA-256 `keep`, and the note if there is no such content."""
    for old in file.parent.glob(f".{file.name}.index-*"):
        if keep is None or old != index_folder(file, keep):
            shutil.rmtree(old, ignore_errors=True)
    if keep is None:
        forget_digest(file)


def _note(file: Path) -> Path:
    return file.with_name(f".{file.name}.digest")


def _digest(file: Path, *, note: bool = True) -> str:
    state = file.stat()
    try:
        size, time, digest = json.loads(_note(file).read_text(encoding="utf-8"))
        if (size, time) == (state.st_size, state.st_mtime_ns):
            return str(digest)
    except (OSError, ValueError, TypeError):  # there is none, or it is none of ours
        pass
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    with suppress(OSError):  # a folder that can't be written
        if note:
            remember_digest(file, found)
    return found


def _in_memory(file: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    merge_in(store)
    return store


def _indexed(file: Path) -> ox.Store:
    """The index of this very content, made first if there is none; indexes of other contents are removed."""
    digest = _digest(file)
    folder = index_folder(file, digest)
    if not folder.is_dir():
        part = file.with_name(f"{folder.name}.{os.getpid()}.part")
        try:
            make_index(file, part)
            part.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process has made the same index meanwhile
                return _in_memory(file)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    drop_indexes(file, digest)
    return ox.Store.read_only(str(folder))
