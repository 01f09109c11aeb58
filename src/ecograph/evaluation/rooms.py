"""The rooms that are judged: one reply read, named, linked and related, with any part of it left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from ecograph.errors import ReadError, UsageError
from ecograph.evaluation.gold import Gold
from ecograph.linking import Linker
from ecograph.model import Document, Linked, Mention, Statement
from ecograph.naming import Namer
from ecograph.naming.recogniser import RULE as RECOGNISER
from ecograph.ontology import Ontology, Record
from ecograph.reading import READERS, Reader
from ecograph.relating import Relater


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in one reply, denied statements included."""

    document: Document
    mentions: tuple[Mention, ...]
    linked: Linked
    statements: tuple[Statement, ...]


class Rooms:
    """The rooms over one ontology. `namer` and `relater` are others than the shipped, such as with another model."""

    def __init__(self, ontology: Ontology, namer: Namer | None = None, relater: Relater | None = None) -> None:
        self.ontology = ontology
        self.reader = Reader(ontology)
        self.namer = namer or Namer(ontology)
        self._linker = Linker(ontology)
        self._relater = relater or Relater(ontology)

    def answer(self, document: Document) -> Answer:
        """Everything found in the document."""
        mentions = self.namer.find(document)
        linked = self._linker.link(document, mentions)
        return Answer(document, mentions, linked, self._relater.relate(document, mentions, linked))


def rooms_without(ontology: Ontology, rules: Sequence[str]) -> Rooms:
    """The rooms without the rules of these ids; the recogniser is one of them. UsageError for an unknown id."""
    lacking = without(ontology, [rule for rule in rules if rule != RECOGNISER])
    return Rooms(lacking, Namer(lacking, None) if RECOGNISER in rules else None)


def documents(golds: Iterable[Gold], replies: Path | None, reader: Reader) -> Iterator[tuple[Gold, Document]]:
    """Each gold with its text: the file of its name in `replies`, or (None) the squeezed text itself.

    ReadError when `replies` has no file of the name that can be read.
    """
    for gold in golds:
        yield gold, reader.read(_file(replies, gold.name)) if replies else reader.parse(gold.text, f"{gold.name}.txt")


class _Lacking(Ontology):
    """An ontology whose pattern records of certain ids are left out."""

    def __init__(self, ontology: Ontology, ids: frozenset[str]) -> None:
        super().__init__(ontology.root, ontology.names)
        self._ids = ids

    def records(self, name: str) -> tuple[Record, ...]:
        """The records of patterns/NAME.jsonl but those left out."""
        return tuple(record for record in super().records(name) if record["id"] not in self._ids)


def without(ontology: Ontology, ids: Sequence[str]) -> Ontology:
    """The ontology without the pattern records of these ids. UsageError for an id that no record has.

    A record that others need (a fragment, say) can't be left out: the room that needs it raises OntologyError.
    """
    known = {record["id"] for path in (ontology.root / "patterns").glob("*.jsonl") for record in ontology.records(path.stem)}
    for wanted in ids:
        if wanted not in known:
            near = get_close_matches(wanted, sorted(known), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UsageError(f"{wanted}: no record of {ontology.root / 'patterns'} has this id{hint}")
    return _Lacking(ontology, frozenset(ids)) if ids else ontology


def _file(replies: Path, name: str) -> Path:
    for suffix in READERS:
        if (path := replies / f"{name}{suffix}").is_file():
            return path
    raise ReadError(f"{replies / name}: no reply of this name; wants one of {', '.join(READERS)}")
