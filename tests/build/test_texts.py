"""The texts that a build keeps, for commands that show the sentence around a name."""

from collections.abc import Callable
from pathlib import Path

from ecograph.build.texts import texts_of

Build = Callable[..., str]


def test_texts_are_those_of_the_build(build: Build, replies: Path, tmp_path: Path) -> None:
    """A reply's text without its contact person; nothing for a reply that isn't there, a folder not built, or a damaged file."""
    build(replies, tmp_path / "out")
    text = texts_of(tmp_path / "out")("012")
    assert text is not None
    assert "云溪智算科技有限公司" in text
    assert "021-55667788" not in text
    assert texts_of(tmp_path / "out")("099") is None
    assert texts_of(tmp_path / "nothing")("012") is None
    for path in (tmp_path / "out" / ".cache").glob("*.extraction"):
        path.write_bytes(b"{}")
    assert texts_of(tmp_path / "out")("012") is None
