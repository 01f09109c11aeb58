"""The replies' graphs on disk, named by the hash of what they are made from.

KEY.nq holds a reply's sorted N-Quads, KEY.json tells of them: their SHA-256, the reply's text, the counts. The
JSON is written last, and a shard whose quads have another hash than it tells is no shard: the reply is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from ecograph.errors import BuildError
from ecograph.extraction import Extraction
from ecograph.graph import graph_iri, write_nquads
from ecograph.model import Document

MASK = "\N{FULL BLOCK}"  # stands in the kept text for each character of a private detail


@dataclass(frozen=True, slots=True)
class Shard:
    """What one reply came to: its graph's name, its text for the checks, and how much was found in it."""

    id: str
    file: str
    graph: str
    text: str
    contacts: int
    mentions: Mapping[str, int]
    statements: Mapping[str, int]


class Shards:
    """The folder of shards. Keys are hex digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Shard | None:
        """The shard of that key, or None when it is missing or damaged."""
        try:
            told = json.loads(self._told(key).read_bytes())
            return Shard(**told["shard"]) if told["sha256"] == digest_of(self.quads(key)) else None
        except (FileNotFoundError, ValueError, KeyError, TypeError):  # never written, or not by us
            return None

    def put(self, key: str, extraction: Extraction, quads: Iterable[ox.Quad], *, contacts: bool) -> Shard:
        """Keep an extraction with its quads; `contacts` leaves private details readable in its text."""
        document = extraction.document
        shard = Shard(
            document.id,
            document.name,
            graph_iri(document.id),
            document.text if contacts else _masked(document),
            len(document.contacts),
            _counts(m.cls for m in extraction.mentions),
            _counts(s.predicate for s in extraction.statements),
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        write_nquads(quads, self.quads(key))
        told = {"sha256": digest_of(self.quads(key)), "shard": asdict(shard)}
        replace(self._told(key), json.dumps(told, ensure_ascii=False).encode())
        return shard

    def quads(self, key: str) -> Path:
        """The file of the reply's graph: sorted N-Quads."""
        return self.folder / f"{key}.nq"

    def prune(self, keys: Iterable[str]) -> None:
        """Drop every file but the shards of these keys."""
        wanted = {path(key) for key in keys for path in (self.quads, self._told)}
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path not in wanted:
                    path.unlink()

    def _told(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it: readers see the old content or the new, never a part."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise BuildError(f"{path}: could not be written ({error.strerror}); what the last build made is as it was") from error
    finally:
        part.unlink(missing_ok=True)


def _masked(document: Document) -> str:
    text = document.text
    for contact in document.contacts:
        span = contact.span
        text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    return text


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
