"""Name patterns: the records of patterns/names.jsonl, compiled and run over a text.

Kinds of record (each also has `id`, `class`, `confidence`):

`regex`    `pattern`; the mention is its group `name`, or all of it, and with `extend` the places right before it.
`suffix`   a name that ends in `suffix` and begins at the nearest left boundary (boundaries.jsonl), its modifier
           `min` to `max` characters long. `mark` names records of kind `mark`, one of which the modifier must
           hold, or `place`, when it begins with a known place or a jurisdiction word; `trigger` must match the
           text before the name. Where both stand, one is enough. `right` must match the text after it. With `join`
           a name goes on over 和 to a part that begins with a place or known name (上海市质量和标准化研究院).
`office`   a department's form known from the gazetteer of that `rule`, completed to the left by a place or by
           one `level` word.
`personal` the form of a person's name.
`mark`, `generic`   regexes that the others use: a modifier made of `generic` words alone names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ecograph.errors import OntologyError
from ecograph.naming.boundaries import Edges
from ecograph.naming.candidates import Candidate
from ecograph.ontology import Ontology, Record

KINDS = ("regex", "suffix", "office", "mark", "generic", "personal")


@dataclass(frozen=True, slots=True)
class Scene:
    """What the patterns look at: the text, its boundaries, the known names in it, and where places end.

    `places` maps the end of a chain of known places (浙江义乌) to its start, `placed` a start to the nearest end.
    `closed` are the ends of known names; `conjunctions` (和) and `closers` (等) the characters of lists.
    """

    text: str
    edges: Edges
    known: Sequence[Candidate]
    places: Mapping[int, int]
    placed: Mapping[int, int]
    closed: Collection[int]
    conjunctions: str
    closers: str


class Patterns:
    """The compiled records. Raises OntologyError for a record of an unknown kind or a faulty regex."""

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("names")
        for record in records:
            if record["kind"] not in KINDS:
                raise OntologyError(f"names.jsonl: {record['id']}: kind {record['kind']!r}; known: {', '.join(KINDS)}")
        self._marks = {r["id"]: _compiled(r, "pattern") for r in records if r["kind"] == "mark"}
        generic = [r["pattern"] for r in records if r["kind"] == "generic"]
        self._generic = re.compile(f"(?:{'|'.join(generic)})+" if generic else r"(?!)")
        self._personal = re.compile("|".join(r["pattern"] for r in records if r["kind"] == "personal"))
        self._regexes = [(r, _compiled(r, "pattern")) for r in records if r["kind"] == "regex"]
        self._suffixes = [_Suffix(r, self._marks, self._generic) for r in records if r["kind"] == "suffix"]
        self._offices = [_Office(r) for r in records if r["kind"] == "office"]

    def find(self, scene: Scene) -> Iterator[Candidate]:
        """Every candidate of every record, overlapping ones included."""
        for record, pattern in self._regexes:
            yield from _regex(record, pattern, scene)
        for suffix in self._suffixes:
            yield from suffix.find(scene)
        for office in self._offices:
            yield from office.find(scene)

    def generic(self, words: str) -> bool:
        """Whether the words are generic through and through (综合服务, 各类产业)."""
        return self._generic.fullmatch(words) is not None

    def personal(self, name: str) -> bool:
        """Whether it has the form of a person's name."""
        return self._personal.fullmatch(name) is not None


def _compiled(record: Record, key: str) -> re.Pattern[str]:
    try:
        return re.compile(record[key])
    except re.error as error:
        raise OntologyError(f"names.jsonl: {record['id']}: {key} is no regex: {error}") from error


def _regex(record: Record, pattern: re.Pattern[str], scene: Scene) -> Iterator[Candidate]:
    group = "name" if "name" in pattern.groupindex else 0
    for match in pattern.finditer(scene.text):
        start, end = match.span(group)
        if record.get("extend"):
            start = scene.places.get(start, start)
        if start < end:
            yield Candidate(start, end, record["class"], record["id"], record["confidence"])


class _Suffix:
    """One record of kind `suffix`."""

    def __init__(self, record: Record, marks: Mapping[str, re.Pattern[str]], generic: re.Pattern[str]) -> None:
        self._record = record
        self._suffix = _compiled(record, "suffix")
        self._trigger = re.compile(f"(?:{record['trigger']})$") if "trigger" in record else None
        self._right = _compiled(record, "right") if "right" in record else None
        self._not = _compiled(record, "not") if "not" in record else None
        self._join = record.get("join", False)
        self._place = "place" in record.get("mark", ())
        self._marks = [marks[name] for name in record.get("mark", ()) if name != "place"]
        self._free = not self._marks and not self._place and self._trigger is None
        self._generic = generic
        self._min, self._max = record.get("min", 2), record.get("max", 28)

    def find(self, scene: Scene) -> Iterator[Candidate]:
        for match in self._suffix.finditer(scene.text):
            start = scene.edges.left(match.start(), self._max)
            if start is None:
                continue
            start = self._begin(scene.text, start, match.start())
            if self._join:
                start = _joined(scene, start, self._max)
            if self._holds(scene, start, match.start(), match.end()):
                yield Candidate(start, match.end(), self._record["class"], self._record["id"], self._record["confidence"])

    def _begin(self, text: str, start: int, end: int) -> int:
        """Skip what can't begin a name: a count, a demonstrative, a closing mark."""
        while start < end and text[start] in "”’》）)+-—·/&.":
            start += 1
        return start

    def _holds(self, scene: Scene, start: int, suffix: int, end: int) -> bool:
        modifier = scene.text[start:suffix]
        if not self._min <= len(modifier) <= self._max or self._generic.fullmatch(modifier):
            return False
        if self._not and self._not.search(scene.text[start:end]):
            return False
        if self._right and not self._right.match(scene.text, end):
            return False
        if self._free or any(mark.search(modifier) for mark in self._marks):
            return True
        if self._place and scene.placed.get(start, suffix + 1) <= suffix:
            return True
        return self._trigger is not None and self._trigger.search(scene.text[max(0, start - 40) : start]) is not None


def _joined(scene: Scene, start: int, limit: int) -> int:
    """Where the name begins if what stands before 和 belongs to it: a place or known name with more words behind it."""
    if start < 2 or scene.text[start - 1] not in scene.conjunctions:
        return start
    first = scene.edges.left(start - 1, limit)
    if first is None:
        return start
    known = scene.placed.get(first, start)
    return first if known < start - 1 and start - 1 not in scene.closed else start


class _Office:
    """One record of kind `office`."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._level = re.compile(f"(?:{record['level']})$")

    def find(self, scene: Scene) -> Iterator[Candidate]:
        for known in scene.known:
            if known.rule != self._record["rule"]:
                continue
            start = self._begin(scene, known.start)
            if start < known.start:
                yield Candidate(start, known.end, known.cls, self._record["id"], self._record["confidence"])

    def _begin(self, scene: Scene, at: int) -> int:
        start = scene.places.get(at)
        if start is None:
            level = self._level.search(scene.text[max(0, at - 4) : at])
            start = at - len(level.group()) if level else at
        return start
