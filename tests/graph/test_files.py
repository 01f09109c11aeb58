"""Quads on disk: same quads, same bytes, never half a file."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.errors import StoreError
from ecograph.graph import as_nquads, as_trig, join_nquads, join_trig, ontology_quads, write_nquads, write_trig
from ecograph.ontology import Ontology

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
QUADS = st.lists(
    st.builds(
        lambda s, o, g: ox.Quad(ox.NamedNode(f"a:{s}"), ox.NamedNode("a:p"), ox.Literal(o), ox.NamedNode(f"a:g{g}")),
        st.integers(0, 5),
        TEXTS,
        st.integers(0, 3),
    ),
    max_size=12,
)


def parsed(path: Path, form: ox.RdfFormat) -> set[ox.Quad]:
    """A file's quads."""
    return set(ox.parse(path=str(path), format=form))


@given(QUADS)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, quads: list[ox.Quad]) -> None:
    """N-Quads and TriG hold just the quads, whatever their texts are."""
    folder = tmp_path_factory.mktemp("written")
    write_nquads(quads, folder / "a.nq")
    write_trig(quads, folder / "a.trig")
    assert parsed(folder / "a.nq", ox.RdfFormat.N_QUADS) == set(quads)
    assert parsed(folder / "a.trig", ox.RdfFormat.TRIG) == set(quads)


@given(QUADS)
def test_order_and_repetition_do_not_matter(tmp_path_factory: pytest.TempPathFactory, quads: list[ox.Quad]) -> None:
    """Turned round and doubled, the same bytes."""
    folder = tmp_path_factory.mktemp("order")
    for number, given_ in enumerate((quads, [*quads[::-1], *quads])):
        write_nquads(given_, folder / f"{number}.nq")
        write_trig(given_, folder / f"{number}.trig")
    assert (folder / "0.nq").read_bytes() == (folder / "1.nq").read_bytes()
    assert (folder / "0.trig").read_bytes() == (folder / "1.trig").read_bytes()


def test_lines_are_sorted_by_their_bytes(reply: Any, ontology: Ontology, tmp_path: Path) -> None:
    """As LC_ALL=C sort would do."""
    write_nquads(reply.quads(ontology), tmp_path / "a.nq")
    lines = (tmp_path / "a.nq").read_bytes().splitlines()
    assert len(lines) > 50
    assert lines == sorted(set(lines))


def test_other_processes_write_the_same_bytes(reply: Any, ontology: Ontology, tmp_path: Path) -> None:
    """Hash seeds don't show in TriG, prefixes included."""
    write_nquads([*reply.quads(ontology), *ontology_quads(ontology)], tmp_path / "a.nq")
    code = (
        "import sys, pyoxigraph as ox; from pathlib import Path; from ecograph.graph import write_trig;"
        "write_trig(ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS), Path(sys.argv[2]))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code, tmp_path / "a.nq", tmp_path / f"{seed}.trig"], env=environment, check=True)
    assert (tmp_path / "1.trig").read_bytes() == (tmp_path / "2.trig").read_bytes()


def test_trig_is_for_people(reply: Any, ontology: Ontology, tmp_path: Path) -> None:
    """Addresses are short, without backslashes, and Chinese is readable."""
    write_trig(reply.quads(ontology), tmp_path / "a.trig")
    text = (tmp_path / "a.trig").read_text(encoding="utf-8")
    assert text.startswith("@base <https://ecograph.example/> .\n@prefix dcterms:")
    assert "<graph/reply/012> {" in text
    assert '<id/organization/东岭大学> a eco:ResearchOrganization ;\n\t\trdfs:label "东岭大学"@zh' in text
    assert "\\" not in text


@given(st.lists(QUADS, max_size=5))
def test_joining_is_one_after_the_other(tmp_path_factory: pytest.TempPathFactory, parts: list[list[ox.Quad]]) -> None:
    """Joined parts hold just their quads, in N-Quads and in TriG, and in N-Quads their lines follow each other as they stand."""
    folder = tmp_path_factory.mktemp("joined")
    for n, quads in enumerate(parts):
        (folder / f"{n}.nq").write_bytes(as_nquads(quads))
        (folder / f"{n}.trig").write_bytes(as_trig(quads))
    join_nquads([folder / f"{n}.nq" for n in range(len(parts))], folder / "all.nq")
    join_trig([folder / f"{n}.trig" for n in range(len(parts))], folder / "all.trig")
    everything = {quad for quads in parts for quad in quads}
    assert (folder / "all.nq").read_bytes() == b"".join(as_nquads(quads) for quads in parts)
    assert parsed(folder / "all.nq", ox.RdfFormat.N_QUADS) == everything
    assert parsed(folder / "all.trig", ox.RdfFormat.TRIG) == everything


@given(QUADS)
def test_one_part_joined_is_the_whole(tmp_path_factory: pytest.TempPathFactory, quads: list[ox.Quad]) -> None:
    """What is written at once and what is joined from one part are the same file."""
    folder = tmp_path_factory.mktemp("one")
    (folder / "part.trig").write_bytes(as_trig(quads))
    join_trig([folder / "part.trig"], folder / "joined.trig")
    write_trig(quads, folder / "whole.trig")
    assert (folder / "joined.trig").read_bytes() == (folder / "whole.trig").read_bytes()


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    """One line says which file is gone."""
    with pytest.raises(StoreError, match=r"gone\.nq: can't be read"):
        join_nquads([tmp_path / "gone.nq"], tmp_path / "graph.nq")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("write", [write_nquads, write_trig])
def test_a_full_disk_leaves_the_old_file(
    reply: Any, ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Any
) -> None:
    """The error is one line, the old file is whole, no half file lies beside it."""
    path = tmp_path / "graph.nq"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"graph\.nq: could not be written \(No space left on device\)") as raised:
        write(reply.quads(ontology), path)
    assert "\n" not in str(raised.value)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
