"""The files an analyst opens: graph.nq, graph.trig, index.html, and the manifest that tells of them.

All are staged in a folder beside and renamed one after the other when all are whole. The manifest is the last
and holds their hashes: whatever interrupts the renaming, the next build sees that they don't fit and makes them anew.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from ecograph.build.blocks import Blocks
from ecograph.build.deriving import Derived
from ecograph.build.indexing import Index, Last, differing
from ecograph.build.seen import digest_of, replace
from ecograph.build.shards import Shards
from ecograph.errors import StoreError
from ecograph.graph import as_nquads, join_nquads, join_trig, ontology_quads, trig_of
from ecograph.graph.store import has_digest, index_folder
from ecograph.ontology import Ontology

MANIFEST = "manifest.json"
GRAPH = "graph.nq"
TRIG = "graph.trig"
PAGE = "index.html"
STAGING = ".building-"
WHOLE = 400  # replies up to which the page holds their whole texts; reading them all takes long in a larger project


@dataclass(frozen=True, slots=True)
class Parts:
    """What the files are joined from: each reply's key, the shards and blocks, and what all replies together tell."""

    keys: Mapping[str, str]
    shards: Shards
    blocks: Blocks
    derived: Derived


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the output folder was made from: `replies` gives each id's key, `outputs` each file's SHA-256, `blocks` the blocks' keys.

    `notes` are what the analyst must know of the decisions, a line each.
    """

    made_from: str
    replies: Mapping[str, str]
    outputs: Mapping[str, str]
    blocks: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def load(cls, output: Path) -> Manifest | None:
        """The manifest of the last whole build, or None when there is none that can be read."""
        path = output / MANIFEST
        if not path.is_file():
            return None
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**told, "blocks": tuple(told["blocks"]), "notes": tuple(told["notes"])})
        except (ValueError, TypeError, KeyError):  # not JSON, or of another version's shape
            return None

    @classmethod
    def of(cls, output: Path) -> Manifest:
        """The manifest of an output folder that must have been built, or StoreError."""
        found = cls.load(output)
        if found is None:
            raise StoreError(f"{output}: no graph was built here; run `ecograph build` first, or name its folder")
        return found

    def holds(self, output: Path, made_from: str) -> bool:
        """Whether the output folder has just what this manifest tells, made from just that."""
        return self.made_from == made_from and all(has_digest(output / name, digest) for name, digest in self.outputs.items())

    def write(self, output: Path) -> None:
        """Put it into the output folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        replace(output / MANIFEST, text.encode() + b"\n")


def write_outputs(parts: Parts, ontology: Ontology, output: Path, before: Manifest | None) -> dict[str, str]:
    """Make all output files from their parts; gives each output's SHA-256. `before` tells what the files there were made from."""
    from ecograph.views import write_page  # pyvis and rdflib load only when there is something to write

    output.mkdir(parents=True, exist_ok=True)
    sweep(output)
    keys, shards = parts.keys, parts.shards
    vocabulary = ontology_quads(ontology)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=output) as folder:
        staged = Path(folder)
        first, across = _part(vocabulary, staged / "ontology"), [*map(parts.blocks.quads, parts.derived.blocks)]
        join_nquads([first.with_suffix(".nq"), *map(shards.quads, keys.values()), *across], staged / GRAPH)
        together = map(parts.blocks.trig, parts.derived.blocks)
        join_trig([first.with_suffix(".trig"), *map(shards.trig, keys.values()), *together], staged / TRIG)
        index = Index(staged / GRAPH)
        changed = differing(before.replies if before else {}, keys, {id_: shards.quads(key) for id_, key in keys.items()})
        last = (
            Last(index_folder(output / GRAPH, before.outputs.get(GRAPH, "")), [*map(parts.blocks.quads, before.blocks)]) if before else None
        )
        index.make(last, {**changed, **_by_graph(vocabulary)}, across, len(keys))
        texts = {id_: shards.extraction(key).document.text for id_, key in keys.items()} if len(keys) <= WHOLE else {}
        write_page(index.dataset(), ontology, staged / PAGE, text=texts.get, before=output / PAGE, links=parts.derived.links)
        digests = {TRIG: digest_of(staged / TRIG), GRAPH: index.digest, PAGE: digest_of(staged / PAGE)}
        (staged / TRIG).replace(output / TRIG)
        index.remember(output / TRIG, digests[TRIG])
        index.publish(output / GRAPH)
        (staged / PAGE).replace(output / PAGE)  # what an analyst looks at comes last
    return digests


def _by_graph(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        found.setdefault(quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else "", []).append(quad)
    return found


def _part(quads: Iterable[ox.Quad], path: Path) -> Path:
    """Write quads as a reply's shard has them: path.nq and path.trig."""
    nquads = as_nquads(quads)
    path.with_suffix(".nq").write_bytes(nquads)
    path.with_suffix(".trig").write_bytes(trig_of(nquads))
    return path


def sweep(output: Path) -> None:
    """Remove what a build that was killed left behind."""
    for path in output.glob(STAGING + "*"):
        shutil.rmtree(path, ignore_errors=True)
