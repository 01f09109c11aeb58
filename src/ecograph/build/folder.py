"""A folder of replies → the output folder: reads what changed, keeps the rest, reports both."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from ecograph.build.blocks import Blocks
from ecograph.build.deriving import Deriver, without_collection
from ecograph.build.judging import Judge
from ecograph.build.keys import extraction_fingerprint, making_fingerprint, output_fingerprint, reply_key
from ecograph.build.lock import alone
from ecograph.build.making import Source, Task, making, sensible_jobs
from ecograph.build.outputs import PAGE, Manifest, Parts, write_outputs
from ecograph.build.pipeline import reading
from ecograph.build.report import Failure, Report
from ecograph.build.shards import Shard, Shards
from ecograph.errors import BuildError, EcographError, ReadError
from ecograph.ontology import Ontology

CACHE = ".cache"  # in the output folder: the shards
ACROSS = "across"  # in that one: the blocks
HIDDEN = (".", "~$")  # files that begin so are no replies; the second is what Word puts beside an open file

Progress = Callable[[Sequence[Source]], Iterable[Source]]


def patiently() -> None:
    """Wait for another build without a word."""


def build(  # noqa: PLR0913 -- what the analyst can choose
    replies: Path,
    output: Path,
    ontology: Ontology,
    *,
    contacts: bool = False,
    decisions: Path | None = None,
    jobs: int | None = None,
    progress: Progress = iter,
    waiting: Callable[[], None] | None = patiently,
) -> Report:
    """Make the output folder what the replies, the ontology, the names and the decisions say, reading only what changed.

    `decisions` is a decisions.jsonl, which may be missing. Replies are read by `jobs` processes, by default as many as are worth their
    loading; the files are the same. If another build is writing into the same folder, `waiting` is called and this one waits.

    A file that can't be read is reported and the others are built. BuildError when there are no replies, or when another
    build is writing and `waiting` is None; OSError when the output can't be written; the last build's files then stay as they were.
    """
    _some_replies(replies, output)
    shards = Shards(output / CACHE)
    with alone(shards.folder, waiting):
        work = _Work(ontology, shards, Judge(decisions, ontology, shards, contacts=contacts))
        work.take(*_some_replies(replies, output), progress, jobs)
        return work.finish(output)


def _some_replies(replies: Path, output: Path) -> tuple[list[Source], list[Failure]]:
    sources, failures = find_replies(replies, output)
    if not sources and not failures:
        raise BuildError(f"{replies}: no replies in this folder; the graph in {output} is left as it was")
    return sources, failures


class _Work:
    """One build's replies: their shards as they are read (`_keys`), and as they are judged (`_judged`)."""

    def __init__(self, ontology: Ontology, shards: Shards, judge: Judge) -> None:
        self._ontology = ontology
        self._shards = shards
        self._judge = judge
        self._keys: dict[str, str] = {}
        self._judged: dict[str, str] = {}
        self._found: dict[str, Shard] = {}
        self._sources: list[Source] = []
        self._failures: list[Failure] = []
        self._read: list[str] = []

    def take(self, sources: list[Source], failures: list[Failure], progress: Progress, jobs: int | None) -> None:
        """Find or make each reply's shard; a file that can't be read becomes a failure."""
        self._sources, self._failures = sources, failures
        extracting = extraction_fingerprint(self._ontology, contacts=self._judge.contacts)
        known = dict(self._known(extracting))
        tasks = {s.id: Task(s, self._keys[s.id]) for s in sources if s.id in self._keys and s.id not in known}
        count = sensible_jobs(len(tasks)) if jobs is None else min(jobs, max(1, len(tasks)))
        with making(list(tasks.values()), self._ontology, self._shards, contacts=self._judge.contacts, jobs=count) as make:
            for source in progress(sources):
                try:
                    if source.id in tasks:
                        known[source.id] = make(tasks[source.id])
                        self._shards.note(self._keys[source.id])
                        self._read.append(source.id)
                    if source.id in known:
                        self._judged[source.id], self._found[source.id] = self._judge.judged(self._keys[source.id], known[source.id])
                except (ReadError, BuildError) as error:  # the second: a name in it that can't become an IRI
                    self._failures.append(Failure(source.path, _named(error, source.path)))

    def _known(self, extracting: str) -> Iterator[tuple[str, Shard]]:
        """Each reply's key, and the shards that are there."""
        for source in self._sources:
            try:
                with reading(source.path):
                    self._keys[source.id] = reply_key(source.path, source.id, extracting)
            except ReadError as error:
                self._failures.append(Failure(source.path, _named(error, source.path)))
                continue
            shard = self._shards.get(self._keys[source.id])
            if shard:
                yield source.id, shard

    def finish(self, output: Path) -> Report:
        """Make the outputs if they are not yet what the shards and the decisions say, and drop what nobody needs."""
        before = Manifest.load(output)
        keys = dict(sorted(self._judged.items()))
        made_by = making_fingerprint(self._ontology)
        made_from = output_fingerprint(made_by, keys.items(), self._judge.digest)
        current = before if before is not None and before.holds(output, made_from) else None
        blocks = Blocks(output / CACHE / ACROSS)
        manifest = current or self._write(output, (made_by, made_from), keys, before, blocks)
        self._shards.prune({*(self._keys[id_] for id_ in keys), *keys.values()})
        blocks.prune(manifest.blocks)
        return self._report(output, before, manifest, current=current is not None)

    def _write(self, output: Path, made: tuple[str, str], keys: Mapping[str, str], before: Manifest | None, blocks: Blocks) -> Manifest:
        """`made` are the hashes of what makes the files, and of what they are made from."""
        places = {id_: self._found[id_].place for id_ in keys}
        with without_collection():
            derived = Deriver(self._ontology, self._shards, blocks, made[0]).derive(keys, places, self._judge.decisions)
        every = (self._shards.extraction(key) for key in keys.values())
        notes = (*(note for id_ in keys for note in self._found[id_].notes), *self._judge.notes(every))
        digests = write_outputs(Parts(keys, self._shards, blocks, derived), self._ontology, output, before)
        manifest = Manifest(made[1], keys, digests, derived.blocks, tuple(dict.fromkeys(notes)))
        manifest.write(output)
        return manifest

    def _report(self, output: Path, before: Manifest | None, manifest: Manifest, *, current: bool) -> Report:
        shards = self._found.values()
        known = {source.id for source in self._sources}
        return Report(
            output / PAGE,
            tuple(sorted(self._read)),
            tuple(sorted(set(self._found) - set(self._read))),
            tuple(sorted(set(before.replies if before else ()) - known)),
            tuple(sorted(self._failures, key=lambda f: str(f.path))),
            sum(s.contacts for s in shards),
            _total(s.mentions for s in shards),
            _total(s.statements for s in shards),
            current,
            manifest.notes,
        )


def find_replies(replies: Path, output: Path) -> tuple[list[Source], list[Failure]]:
    """The files below a folder, sorted, without hidden ones and without the output folder, and those that can't be taken.

    Two files that differ only in their ending would have one id: the second is a Failure.
    """
    if not replies.is_dir():
        raise BuildError(f"{replies}: {'a file' if replies.is_file() else 'not found'}; build wants the folder that holds the replies")
    failures: list[Failure] = []
    sources: dict[str, Source] = {}
    for path in sorted(_files(replies, output.resolve(), failures)):
        id_ = normalize("NFC", path.relative_to(replies).with_suffix("").as_posix())
        if any("\ud800" <= c <= "\udfff" for c in id_):
            failures.append(Failure(path, f"{path}: its name is not UTF-8; rename it"))
        elif not path.is_file():
            failures.append(Failure(path, f"{path}: no regular file, or a link to nothing; remove it"))
        elif id_ in sources:
            failures.append(Failure(path, f"{path}: {sources[id_].path.name} would have the same id {id_}; rename one of them"))
        else:
            sources[id_] = Source(path, id_)
    return list(sources.values()), failures


def _files(replies: Path, output: Path, failures: list[Failure]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        if Path(error.filename) == replies:
            raise BuildError(f"{replies}: {error.strerror}; the folder can't be listed") from error
        failures.append(Failure(Path(error.filename), f"{error.filename}: {error.strerror}"))

    for folder, folders, names in os.walk(replies, onerror=unreadable):
        here = Path(folder)
        folders[:] = [f for f in folders if not f.startswith(".") and (here / f).resolve() != output]
        yield from (here / name for name in names if not name.startswith(HIDDEN))


def _named(error: EcographError, path: Path) -> str:
    text = str(error)
    return text if path.name in text else f"{path}: {text}"


def _total(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items()))
