"""The files an analyst opens, made from the shards: graph.nq, graph.trig, index.html, and the manifest that tells of them.

All are staged in a folder beside and renamed one after the other when all are whole. The manifest is the last
and holds their hashes: whatever interrupts the renaming, the next build sees that they don't fit and makes them anew.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from ecograph.build.shards import digest_of, replace
from ecograph.errors import StoreError
from ecograph.graph import join_nquads, ontology_quads, open_dataset, write_nquads, write_trig
from ecograph.ontology import Ontology

MANIFEST = "manifest.json"
GRAPH = "graph.nq"
TRIG = "graph.trig"
PAGE = "index.html"
STAGING = ".building-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the output folder was made from: `replies` gives each id's key, `outputs` each file's SHA-256."""

    made_from: str
    replies: Mapping[str, str]
    outputs: Mapping[str, str]

    @classmethod
    def load(cls, output: Path) -> Manifest | None:
        """The manifest of the last whole build, or None when there is none that can be read."""
        path = output / MANIFEST
        if not path.is_file():
            return None
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError):  # not JSON, or of another version's shape
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
        return self.made_from == made_from and all(
            (output / name).is_file() and digest_of(output / name) == digest for name, digest in self.outputs.items()
        )

    def write(self, output: Path) -> None:
        """Put it into the output folder."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        replace(output / MANIFEST, text.encode() + b"\n")


def write_outputs(shards: Sequence[Path], ontology: Ontology, output: Path) -> dict[str, str]:
    """Make all output files from the replies' N-Quads files, in order of id; gives each output's SHA-256."""
    from ecograph.views import write_page  # pyvis and rdflib load only when there is something to write

    output.mkdir(parents=True, exist_ok=True)
    sweep(output)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=output) as folder:
        staged = Path(folder)
        vocabulary = staged / "ontology.nq"
        write_nquads(ontology_quads(ontology), vocabulary)
        join_nquads([vocabulary, *shards], staged / GRAPH)
        _write_trig([vocabulary, *shards], staged / TRIG)
        # In memory: an index made here would lie beside the staged file and go with it.
        write_page(open_dataset(staged / GRAPH, index_above=sys.maxsize), ontology, staged / PAGE)
        names = (TRIG, GRAPH, PAGE)  # what an analyst looks at comes last
        digests = {name: digest_of(staged / name) for name in names}
        for name in names:
            (staged / name).replace(output / name)
    return digests


def sweep(output: Path) -> None:
    """Remove what a build that was killed left behind."""
    for path in output.glob(STAGING + "*"):
        shutil.rmtree(path, ignore_errors=True)


def _write_trig(files: Iterable[Path], path: Path) -> None:
    """Write N-Quads files as one TriG, a file after the other, so that only one reply's quads are in memory."""
    part = path.with_suffix(".part")
    with path.open("wb") as trig:
        for number, file in enumerate(files):
            write_trig(ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS), part)
            with part.open("rb") as lines:
                trig.writelines(line for line in lines if not number or not line.startswith(b"@"))  # prefixes once
