"""A file on disk → source text, by the function that READERS names for its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ecograph.errors import ReadError
from ecograph.reading.encoding import decode
from ecograph.reading.markup import read_html, read_markdown
from ecograph.reading.office import read_docx, read_pdf

LARGEST = 20_000_000  # bytes: replies take under 1 MB, with pictures a few; a parser would need many times a larger file's size

READERS: Mapping[str, Callable[[bytes], str]] = {
    ".txt": decode,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}


def read_source(path: Path) -> str:
    """The text of a file. ReadError without the file's name, which the caller knows how to show."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise ReadError(f"unknown kind of file {path.suffix or '(no suffix)'}; convert it to one of {', '.join(READERS)}")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReadError(
                f"{size / 1e6:.0f} MB is more than the {LARGEST / 1e6:.0f} MB that ecograph reads; split it or leave out its pictures"
            )
        content = path.read_bytes()
    except OSError as error:
        raise ReadError(f"can't be opened ({error.strerror}); check that it is a file and that you may read it") from error
    if not content.strip():
        raise ReadError("empty; replace it by the reply or take it out of the folder")
    return reader(content)
