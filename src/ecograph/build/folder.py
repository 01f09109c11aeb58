"""A folder of replies → the output folder: reads what changed, keeps the rest, reports both."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from unicodedata import normalize

from ecograph.build.keys import extraction_fingerprint, output_fingerprint, reply_key
from ecograph.build.outputs import PAGE, Manifest, write_outputs
from ecograph.build.pipeline import Pipeline, reading
from ecograph.build.report import Failure, Report
from ecograph.build.shards import Shard, Shards
from ecograph.errors import BuildError, EcographError, ReadError
from ecograph.ontology import Ontology

CACHE = ".cache"  # in the output folder: the shards
HIDDEN = (".", "~$")  # files that begin so are no replies; the second is what Word puts beside an open file


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read; `id` is its path below the folder without the ending."""

    path: Path
    id: str


Progress = Callable[[Sequence[Source]], Iterable[Source]]


def build(replies: Path, output: Path, ontology: Ontology, *, contacts: bool = False, progress: Progress = iter) -> Report:
    """Make the output folder what the replies, the ontology and the names say, reading only what changed.

    A file that can't be read is reported and the others are built. BuildError when there are no replies,
    OSError when the output can't be written; the last build's files then stay as they were.
    """
    sources, failures = find_replies(replies, output)
    if not sources and not failures:
        raise BuildError(f"{replies}: no replies in this folder; the graph in {output} is left as it was")
    before = Manifest.load(output)
    work = _Work(ontology, Shards(output / CACHE), contacts)
    for source in progress(sources):
        try:
            work.take(source)
        except (ReadError, BuildError) as error:  # the second: a name in it that can't become an IRI
            failures.append(Failure(source.path, _named(error, source.path)))
    keys = dict(sorted(work.keys.items()))
    made_from = output_fingerprint(ontology, keys.items())
    current = before is not None and before.holds(output, made_from)
    if not current:
        digests = write_outputs([work.shards.quads(key) for key in keys.values()], ontology, output)
        Manifest(made_from, keys, digests).write(output)
    work.shards.prune(keys.values())
    known = {source.id for source in sources}
    removed = tuple(sorted(set(before.replies if before else ()) - known))
    return work.report(output / PAGE, removed, failures, current=current)


class _Work:
    """One build's replies as they are taken, one after the other."""

    def __init__(self, ontology: Ontology, shards: Shards, contacts: bool) -> None:
        self.ontology = ontology
        self.shards = shards
        self.contacts = contacts
        self.keys: dict[str, str] = {}
        self._found: dict[str, Shard] = {}
        self._read: list[str] = []
        self._extracting = extraction_fingerprint(ontology, contacts=contacts)

    @cached_property
    def _pipeline(self) -> Pipeline:
        return Pipeline(self.ontology)

    def take(self, source: Source) -> None:
        """Find the reply's shard or make it. ReadError when the file can't be read."""
        with reading(source.path):
            key = reply_key(source.path, source.id, self._extracting)
        shard = self.shards.get(key)
        if shard is None:
            extraction = self._pipeline.extract(self._pipeline.read(source.path, id=source.id))
            quads = self._pipeline.quads(extraction, contacts=self.contacts)
            shard = self.shards.put(key, extraction, quads, contacts=self.contacts)
            self._read.append(source.id)
        self.keys[source.id] = key
        self._found[source.id] = shard

    def report(self, page: Path, removed: tuple[str, ...], failures: Sequence[Failure], *, current: bool) -> Report:
        """What was done, for the analyst."""
        shards = self._found.values()
        return Report(
            page,
            tuple(sorted(self._read)),
            tuple(sorted(set(self._found) - set(self._read))),
            removed,
            tuple(sorted(failures, key=lambda f: str(f.path))),
            sum(s.contacts for s in shards),
            _total(s.mentions for s in shards),
            _total(s.statements for s in shards),
            current,
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
