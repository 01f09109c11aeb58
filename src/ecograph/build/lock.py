"""One build at a time in one output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ecograph.build.shards import LOCK
from ecograph.errors import BuildError


@contextmanager
def alone(folder: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold the folder's lock. If another process has it: call `waiting` and wait, or raise BuildError if that is None.

    The system frees the lock of a process that ended, however it ended.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if waiting is None:
            raise BuildError(f"{folder.parent}: another build is writing there; wait for its end and build again") from None
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
