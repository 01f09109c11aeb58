"""Replies are read in this process, or in several at once: each loads the rooms once and writes shards.

A shard's bytes depend on its reply alone, so it doesn't matter which process makes it, or in which order.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from multiprocessing.connection import Connection
from pathlib import Path

from ecograph.build.pipeline import Pipeline
from ecograph.build.privacy import shown
from ecograph.build.shards import Shard, Shards
from ecograph.build.storing import Reply
from ecograph.commitments import Ledger
from ecograph.errors import BuildError
from ecograph.ontology import Ontology

# Loading the rooms takes as long as reading some 15 replies: from about this many on, a further process pays.
PER_PROCESS = 40


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; `id` is its path below the folder without the ending."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Task:
    """A source to read, and the key of the shard to be made of it."""

    source: Source
    key: str


Make = Callable[[Task], Shard]


class Maker:
    """Reads replies and keeps what they say; `contacts` keeps the contact persons' details too.

    The rooms are loaded for the first reply: a build that finds nothing changed doesn't wait for them.
    """

    def __init__(self, ontology: Ontology, shards: Shards, *, contacts: bool) -> None:
        self._ontology = ontology
        self._shards = shards
        self._contacts = contacts

    @cached_property
    def _pipeline(self) -> Pipeline:
        return Pipeline(self._ontology)

    @cached_property
    def _ledger(self) -> Ledger:
        return Ledger(self._ontology)

    def make(self, task: Task) -> Shard:
        """The shard. ReadError when the file can't be read, BuildError for a name in it that can't become an IRI."""
        extraction = self._pipeline.extract(self._pipeline.read(task.source.path, id=task.source.id))
        kept = extraction if self._contacts else shown(extraction)
        return self._shards.put(task.key, Reply(kept, self._ledger.account(kept)), self._pipeline.quads(kept, contacts=self._contacts))


@dataclass(frozen=True, slots=True)
class _Setup:
    """What another process needs to make a Maker."""

    ontology: Path
    names: Path
    folder: Path
    contacts: bool


@contextmanager
def making(tasks: Sequence[Task], ontology: Ontology, shards: Shards, *, contacts: bool, jobs: int) -> Iterator[Make]:
    """Gives the function that makes, or waits for, the shard of one of the tasks; to be called for each, in order.

    With `jobs` above 1 that many processes have begun with all tasks. They end with the block, and when this
    process ends, however it ends. BuildError when one of them is killed from outside.
    """
    if jobs == 1 or not tasks:
        yield Maker(ontology, shards, contacts=contacts).make
        return
    setup = _Setup(ontology.root, ontology.names, shards.folder, contacts)
    spawn = multiprocessing.get_context("spawn")  # the one way that every system has; a fork would copy threads' locks
    reader, writer = spawn.Pipe(duplex=False)
    executor = ProcessPoolExecutor(jobs, spawn, _begin, (reader,))
    try:
        with _uninterrupted():  # processes inherit it: Ctrl-C is this one's to handle
            futures = {task: executor.submit(_make, setup, task) for task in tasks}
        yield lambda task: futures[task].result()
        executor.shutdown()
    except BrokenProcessPool as error:
        raise BuildError("a process that read replies was ended from outside (out of memory?); build with fewer --jobs") from error
    finally:
        writer.close()
        executor.shutdown(cancel_futures=True)
        reader.close()


def sensible_jobs(tasks: int) -> int:
    """How many processes are worth their loading."""
    return max(1, min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, tasks // PER_PROCESS))


def _begin(parent: Connection) -> None:
    """In another process: end when the first one closes its side, or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    try:
        parent.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)  # not sys.exit: the thread that reads a reply asks nobody


def _make(setup: _Setup, task: Task) -> Shard:
    return _maker(setup).make(task)


@cache
def _maker(setup: _Setup) -> Maker:
    return Maker(Ontology(setup.ontology, setup.names), Shards(setup.folder), contacts=setup.contacts)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """SIGINT is ignored meanwhile. Only the main thread may say so; in others Python never raises it anyway."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
