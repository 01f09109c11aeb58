"""What each reply came to, on disk, named by the hash of what it was made from.

KEY.nq holds a reply's graph as sorted N-Quads, KEY.trig the same for people, KEY.extraction what the reply says and its
part of the ledger (`storing`). KEY.json is written last and tells the SHA-256 of the three with the counts: files that have other hashes
are no shard, and the reply is read again.
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

from ecograph.build.storing import Reply, dumps, loads
from ecograph.errors import BuildError
from ecograph.extraction import Extraction
from ecograph.graph import as_nquads, graph_iri, trig_of

LOCK = "lock"  # whoever builds holds this file, see `lock`


@dataclass(frozen=True, slots=True)
class Shard:
    """How much was found in one reply, and the name of its graph.

    `names` are the IRIs and labels of its entities, `notes` what must be known of decisions about it.
    """

    id: str
    file: str
    graph: str
    contacts: int
    mentions: Mapping[str, int]
    statements: Mapping[str, int]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Shards:
    """The folder of shards. Keys are hex digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Shard | None:
        """The shard of that key, or None when it is missing or damaged."""
        try:
            told = json.loads(self._told(key).read_bytes())
            whole = all(told["sha256"][path.suffix] == digest_of(path) for path in self._parts(key))
            return Shard(**{**told["shard"], **{many: tuple(told["shard"][many]) for many in ("names", "notes")}}) if whole else None
        except (FileNotFoundError, ValueError, KeyError, TypeError):  # never written, or not by us
            return None

    def put(self, key: str, reply: Reply, quads: Iterable[ox.Quad], notes: Iterable[str] = ()) -> Shard:
        """Keep what a reply says, with its quads."""
        extraction = reply.extraction
        document, nquads = extraction.document, as_nquads(quads)
        shard = Shard(
            document.id,
            document.name,
            graph_iri(document.id),
            len(document.contacts),
            _counts(m.cls for m in extraction.mentions),
            _counts(s.predicate for s in extraction.statements),
            tuple(sorted({name for e in extraction.linked.entities for name in (e.iri, e.label)})),
            tuple(notes),
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        made = (nquads, trig_of(nquads), dumps(reply))
        paths = self._parts(key)
        for path, content in zip(paths, made, strict=True):
            replace(path, content)
        digests = {path.suffix: hashlib.sha256(content).hexdigest() for path, content in zip(paths, made, strict=True)}
        replace(self._told(key), json.dumps({"sha256": digests, "shard": asdict(shard)}, ensure_ascii=False).encode())
        return shard

    def quads(self, key: str) -> Path:
        """The file of the reply's graph: sorted N-Quads."""
        return self.folder / f"{key}.nq"

    def trig(self, key: str) -> Path:
        """The file of the reply's graph for people, without TriG's head."""
        return self.folder / f"{key}.trig"

    def reply(self, key: str) -> Reply:
        """What the reply of that shard says. BuildError when it can't be read."""
        path = self._said(key)
        try:
            return loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise BuildError(f"{path}: missing or damaged ({error}); build again") from error

    def extraction(self, key: str) -> Extraction:
        """What the reply of that shard says, without its part of the ledger. BuildError when it can't be read."""
        return self.reply(key).extraction

    def prune(self, keys: Iterable[str]) -> None:
        """Drop every file but the shards of these keys and the lock."""
        wanted = {path.name for key in keys for path in (*self._parts(key), self._told(key))} | {LOCK}
        if self.folder.is_dir():
            for entry in os.scandir(self.folder):
                if entry.name not in wanted:
                    Path(entry.path).unlink(missing_ok=True)

    def _said(self, key: str) -> Path:
        return self.folder / f"{key}.extraction"

    def _told(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _parts(self, key: str) -> tuple[Path, ...]:
        return self.quads(key), self.trig(key), self._said(key)


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


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
