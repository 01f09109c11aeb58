"""What many replies tell together, on disk, in blocks: one for the whole set, one for the ledger of each place.

KEY.nq holds a block's quads as sorted N-Quads, KEY.trig the same for people. KEY.json is written last and tells the SHA-256 of both. A key
is a hash of all that the block is made from, so that a block that is there need not be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ecograph.build.seen import digest_of, replace
from ecograph.graph import as_nquads, trig_of


class Blocks:
    """The folder of blocks. Keys are hex digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, key: str) -> bool:
        """Whether the block of that key is there, and whole."""
        try:
            told = json.loads(self._told(key).read_bytes())
            return all(told[path.suffix] == digest_of(path) for path in (self.quads(key), self.trig(key)))
        except (OSError, ValueError, KeyError, TypeError):  # never written, or not by us
            return False

    def put(self, key: str, quads: Iterable[ox.Quad]) -> None:
        """Keep a block."""
        self._keep(key, as_nquads(quads))

    def put_by_content(self, quads: Iterable[ox.Quad]) -> str:
        """Keep a block whose key is the hash of its quads; gives the key."""
        nquads = as_nquads(quads)
        key = hashlib.sha256(nquads).hexdigest()
        if not self.has(key):
            self._keep(key, nquads)
        return key

    def _keep(self, key: str, nquads: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        made = {self.quads(key): nquads, self.trig(key): trig_of(nquads)}
        for path, content in made.items():
            replace(path, content)
        digests = {path.suffix: hashlib.sha256(content).hexdigest() for path, content in made.items()}
        replace(self._told(key), json.dumps(digests).encode())

    def quads(self, key: str) -> Path:
        """The file of a block's quads: sorted N-Quads."""
        return self.folder / f"{key}.nq"

    def trig(self, key: str) -> Path:
        """The same for people, without TriG's head."""
        return self.folder / f"{key}.trig"

    def prune(self, keys: Iterable[str]) -> None:
        """Drop every file but the blocks of these keys."""
        wanted = {path.name for key in keys for path in (self.quads(key), self.trig(key), self._told(key))}
        if self.folder.is_dir():
            for entry in os.scandir(self.folder):
                if entry.name not in wanted:
                    Path(entry.path).unlink(missing_ok=True)

    def _told(self, key: str) -> Path:
        return self.folder / f"{key}.json"
