"""What a build keeps of earlier ones is believed only where it is what was written, and made anew only where it has to be."""

from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
import pytest

from ecograph.build.blocks import Blocks
from ecograph.build.seen import SEEN, Seen

QUAD = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("o"), ox.NamedNode("a:g"))


def test_a_block_is_there_when_it_is_whole(tmp_path: Path) -> None:
    """One that was never made, or that was cut short, is none."""
    blocks = Blocks(tmp_path / "across")
    assert not blocks.has("k")
    blocks.put("k", [QUAD])
    assert blocks.has("k")
    blocks.quads("k").write_bytes(b"")
    assert not blocks.has("k")


def test_a_block_by_its_content(tmp_path: Path) -> None:
    """The same quads have the same key, in whatever order; what nobody wants is dropped."""
    blocks = Blocks(tmp_path / "across")
    other = ox.Quad(QUAD.subject, QUAD.predicate, ox.Literal("x"), QUAD.graph_name)
    key = blocks.put_by_content([QUAD, other])
    assert blocks.put_by_content([other, QUAD]) == key
    gone = blocks.put_by_content([other])
    blocks.prune([key])
    assert (blocks.has(key), blocks.has(gone)) == (True, False)


def test_files_that_were_whole_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is much of it, size and time tell; where there is little, nothing is noted; what has changed is read."""
    path, digest = tmp_path / "k.nq", sha256(b"one").hexdigest()
    path.write_bytes(b"one")
    seen = Seen(tmp_path)
    assert seen.has(path, digest)
    assert not seen.keep([path.name])
    assert not (tmp_path / SEEN).exists()
    monkeypatch.setattr("ecograph.graph.store.INDEX_ABOVE", 0)
    assert seen.keep([path.name])
    assert Seen(tmp_path).has(path, "not read")
    path.write_bytes(b"other")
    assert not Seen(tmp_path).has(path, digest)
