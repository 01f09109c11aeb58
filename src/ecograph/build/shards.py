"""What each reply came to, on disk, named by the hash of what it was made from.

KEY.nq holds a reply's graph as sorted N-Quads, KEY.trig the same for people, KEY.extraction what the reply says and its
part of the ledger, KEY.roll what of it is read beside other replies (`storing`). KEY.json is written last and tells the SHA-256 of these
with the counts: files that have other hashes are no shard, and the reply is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from ecograph.build.seen import SEEN, Seen, replace
from ecograph.build.storing import Reply, dumps, dumps_roll, loads, loads_roll
from ecograph.errors import BuildError
from ecograph.extraction import Extraction, Joined, Roll
from ecograph.graph import as_nquads, graph_iri, trig_of
from ecograph.ontology import RDF

ENDS = tuple(f"{RDF}{part}" for part in ("subject", "predicate", "object"))
LOCK = "lock"  # whoever builds holds this file, see `lock`


@dataclass(frozen=True, slots=True)
class Shard:
    """How much was found in one reply, and the name of its graph.

    `place` is the IRI of the place whose ledger has the reply's promises ("" if none has). `names` are the IRIs and labels
    of its entities, `notes` what must be known of decisions about it.
    """

    id: str
    file: str
    graph: str
    contacts: int
    mentions: Mapping[str, int]
    statements: Mapping[str, int]
    place: str = ""
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Shards:
    """The folder of shards. Keys are hex digests."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen = Seen(folder)

    def get(self, key: str) -> Shard | None:
        """The shard of that key, or None when it is missing or damaged."""
        try:
            told = json.loads(self._told(key).read_bytes())
            whole = all(self._seen.has(path, told["sha256"][path.suffix]) for path in self._parts(key))
            return Shard(**{**told["shard"], **{many: tuple(told["shard"][many]) for many in ("names", "notes")}}) if whole else None
        except (FileNotFoundError, ValueError, KeyError, TypeError):  # never written, or not by us
            return None

    def put(self, key: str, reply: Reply, quads: Iterable[ox.Quad], notes: Iterable[str] = ()) -> Shard:
        """Keep what a reply says, with its quads."""
        extraction = reply.extraction
        told = list(quads)
        document, nquads = extraction.document, as_nquads(told)
        shard = Shard(
            document.id,
            document.name,
            graph_iri(document.id),
            len(document.contacts),
            _counts(m.cls for m in extraction.mentions),
            _counts(s.predicate for s in extraction.statements),
            reply.account.place if reply.account else "",
            tuple(sorted({name for e in extraction.linked.entities for name in (e.iri, e.label)})),
            tuple(notes),
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        made = (nquads, trig_of(nquads), dumps(reply), dumps_roll(_roll(extraction, told)))
        paths = self._parts(key)
        for path, content in zip(paths, made, strict=True):
            replace(path, content)
        digests = {path.suffix: hashlib.sha256(content).hexdigest() for path, content in zip(paths, made, strict=True)}
        replace(self._told(key), json.dumps({"sha256": digests, "shard": asdict(shard)}, ensure_ascii=False).encode())
        return shard

    def note(self, key: str) -> None:
        """The shard of that key has just been written, by whatever process."""
        for path in self._parts(key):
            self._seen.note(path)

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

    def roll(self, key: str) -> Roll:
        """What of the reply of that shard is read beside other replies. BuildError when it can't be read."""
        path = self._listed(key)
        try:
            return loads_roll(path.read_bytes())
        except (OSError, ValueError) as error:
            raise BuildError(f"{path}: missing or damaged ({error}); build again") from error

    def extraction(self, key: str) -> Extraction:
        """What the reply of that shard says, without its part of the ledger. BuildError when it can't be read."""
        return self.reply(key).extraction

    def prune(self, keys: Iterable[str]) -> None:
        """Drop every file but the shards of these keys and the lock; folders stay. Of many it is noted that they are whole."""
        wanted = {path.name for key in keys for path in (*self._parts(key), self._told(key))} | {LOCK}
        if self._seen.keep(wanted):
            wanted.add(SEEN)
        if self.folder.is_dir():
            for entry in os.scandir(self.folder):
                if entry.name not in wanted and not entry.is_dir():
                    Path(entry.path).unlink(missing_ok=True)

    def _said(self, key: str) -> Path:
        return self.folder / f"{key}.extraction"

    def _listed(self, key: str) -> Path:
        return self.folder / f"{key}.roll"

    def _told(self, key: str) -> Path:
        return self.folder / f"{key}.json"

    def _parts(self, key: str) -> tuple[Path, ...]:
        return self.quads(key), self.trig(key), self._said(key), self._listed(key)


def _roll(extraction: Extraction, quads: Iterable[ox.Quad]) -> Roll:
    e = extraction
    return Roll(e.document, e.mentions, e.linked, e.quantities, e.ends, tuple(_links(quads)))


def _links(quads: Iterable[ox.Quad]) -> Iterator[Joined]:
    """The statements of a graph."""
    found: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate.value in ENDS and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            found.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    for statement, ends in sorted(found.items()):
        if len(ends) == len(ENDS):
            yield statement, ends[ENDS[0]], ends[ENDS[1]], ends[ENDS[2]]


def _counts(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
