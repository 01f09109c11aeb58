"""Files of the cache: written whole or not at all, and believed as long as they are what was written."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path

from ecograph.errors import BuildError
from ecograph.graph import store

SEEN = "seen.json"
State = tuple[int, int]  # bytes, and nanoseconds since 1970 of the last change


class Seen:
    """Which files of a folder were whole when they were last read through.

    Of files that are as large and as old as then it need not be asked again. That is noted in the folder where there is so much of it that
    reading takes seconds: else what a build leaves depends on its replies alone, and on no clock.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, State] = {}
        self._now: dict[str, State] = {}
        try:
            told = json.loads((folder / SEEN).read_bytes())
            self._known = {name: (size, time) for name, (size, time) in told.items()}
        except (OSError, ValueError, AttributeError, TypeError):  # there is none, or it is none of ours
            pass

    def has(self, path: Path, digest: str) -> bool:
        """Whether the file has this SHA-256."""
        if self._known.get(path.name) != _state(path) and digest_of(path) != digest:
            return False
        self.note(path)
        return True

    def note(self, path: Path) -> None:
        """The file is whole: it was read through, or written."""
        self._now[path.name] = _state(path)

    def keep(self, names: Collection[str]) -> bool:
        """Note which of these files were asked about, if they are large together; gives whether they are."""
        kept = {name: state for name, state in sorted(self._now.items()) if name in names}
        if sum(size for size, _ in kept.values()) <= store.INDEX_ABOVE:
            return False
        if kept != self._known:
            replace(self._folder / SEEN, json.dumps(kept).encode())
        return True


def _state(path: Path) -> State:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


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
