"""What a name says by itself: its place, its quoted core, its edition, whether it is official, how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ecograph.identity.territory import Home, Territory
from ecograph.ontology import Ontology, Record

MARKS = re.compile("[“”‘’《》「」『』]")
_WIDTH = str.maketrans({"(": "（", ")": "）"})
LONGEST_BODY = 14  # of the names that others begin with (教育部科技与信息化司)
_OPENING, _CLOSING = "“《「『‘（", "”》」』’）"


@lru_cache(maxsize=1 << 16)
def clean(words: str) -> str:
    """A name as it is compared: no white space, brackets full width, no mark at an end whose partner is missing or encloses all."""
    name = "".join(words.split()).translate(_WIDTH)
    for opening, closing in zip(_OPENING, _CLOSING, strict=True):
        if name.count(opening) < name.count(closing) and name.endswith(closing):
            name = name[:-1]
        if name.count(opening) > name.count(closing) and name.startswith(opening):
            name = name[1:]
        if len(name) > 2 and name[0] == opening and name[-1] == closing and opening not in name[1:] and closing != "）":
            name = name[1:-1]
    return name


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart. `plain` has no marks; `place` is the full name of the division that it begins with, `rest` what follows.

    `core` is what stands in quotes, `tail` the name without it and the place; `edition` the numbers and years that tell it from
    others of its kind, `branch` the words for a part of a body; `official` the name if nothing else could be meant.
    """

    name: str
    plain: str
    place: str | None
    rest: str
    core: str | None
    tail: str
    edition: frozenset[str]
    branch: str | None
    official: str | None


class Names:
    """The records of patterns/identity.jsonl that look at one name, and the tables that they read."""

    def __init__(self, ontology: Ontology, territory: Territory) -> None:
        self.territory = territory
        kinds: dict[str, list[Record]] = {}
        for record in ontology.records("identity"):
            kinds.setdefault(record["kind"], []).append(record)
        self._kinds: Mapping[str, list[Record]] = kinds
        self._editions = [re.compile(r["pattern"]) for r in kinds["edition"]]
        self._cores = [re.compile(r["pattern"]) for r in kinds["core"]]
        self._branches = [(re.compile(r["pattern"]), frozenset(r["classes"])) for r in kinds["branch"]]
        self._known = _tables(ontology, kinds["known"])
        self._begins = _tables(ontology, [r for r in kinds["known"] if r.get("begins")])
        self._official = [self._officials(ontology, r) for r in kinds["official"]]
        self._generic: dict[str, list[re.Pattern[str]]] = {}
        for record in kinds["reply"]:
            for cls in record["classes"]:
                self._generic.setdefault(cls, []).append(re.compile(record["pattern"]))
        self._near = {cls: re.compile(r["anchor"]) for r in kinds["jurisdiction"] for cls in r["classes"]}
        self._frequency = {row["word"]: int(row["frequency"]) for row in ontology.table("words")}
        self._least = kinds["common-word"][0]["frequency"]
        self._fields = frozenset(label for concept in ontology.scheme("industries") for label in concept.labels)
        self._forms: dict[tuple[str, str, str], Form] = {}

    def form(self, name: str, cls: str, home: Home | None) -> Form:
        """The name of a thing of class `cls`, as a reply of that jurisdiction means it."""
        key = (name, cls, home.name if home else "")
        if key not in self._forms:
            self._forms[key] = self._form(name, cls, home)
        return self._forms[key]

    def generic(self, name: str, cls: str) -> bool:
        """Whether the name is a common word that each reply uses for another thing (联盟, 《实施办法》)."""
        plain = MARKS.sub("", name)
        return plain == name.strip("《》") and any(p.fullmatch(plain) for p in self._generic.get(cls, ()))

    def local(self, form: Form, cls: str) -> bool:
        """Whether the name holds in its own jurisdiction only: it names no place and is known to no table."""
        anchor = self._near.get(cls)
        begins = self._begins.get(cls, frozenset())
        known = form.plain in self._known.get(cls, ()) or any(form.plain[:n] in begins for n in range(3, LONGEST_BODY))
        if form.place is not None or known:
            return False
        return form.branch is not None or (anchor is not None and not anchor.match(form.plain))

    def is_word(self, words: str) -> bool:
        """Whether the list of words has it."""
        return words in self._frequency

    def common(self, words: str) -> bool:
        """Whether that is a word that many names may begin with: a frequent one, or an industry's."""
        return self._frequency.get(words, 0) >= self._least or words in self._fields

    def _form(self, name: str, cls: str, home: Home | None) -> Form:
        plain = MARKS.sub("", name)
        place, rest = self.territory.split(plain, home)
        core = next((m for p in self._cores if (m := p.search(name))), None)
        outside = MARKS.sub("", name[: core.start()] + name[core.end() :]) if core else plain
        tail = self.territory.split(outside, home)[1] if core and core.start() else outside
        edition = frozenset(m.group() for p in self._editions for m in p.finditer(plain))
        branch = next((m.group() for p, classes in self._branches if cls in classes and (m := p.search(rest))), None)
        official = plain if any(self._is_official(o, place, rest, plain, cls) for o in self._official) else None
        return Form(name, plain, place, rest, core.group("core") if core else None, tail, edition, branch, official)

    def _officials(self, ontology: Ontology, record: Record) -> tuple[Record, re.Pattern[str] | None, frozenset[str]]:
        names = frozenset(row["name"] for row in ontology.table(record["table"])) if "table" in record else frozenset()
        return record, re.compile(record["pattern"]) if "pattern" in record else None, names

    def _is_official(
        self, of: tuple[Record, re.Pattern[str] | None, frozenset[str]], place: str | None, rest: str, plain: str, cls: str
    ) -> bool:
        record, pattern, names = of
        if cls not in record["classes"] or (record.get("placed") and place is None):
            return False
        return bool(pattern.search(rest if record.get("placed") else plain)) if pattern else rest in names


def _tables(ontology: Ontology, records: list[Record]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for record in records:
        names = {MARKS.sub("", name) for row in ontology.table(record["table"]) for name in _row_names(row)}
        for cls in record["classes"]:
            found.setdefault(cls, set()).update(names)
    return {cls: frozenset(names) for cls, names in found.items()}


def _row_names(row: Mapping[str, str]) -> Iterator[str]:
    yield row["name"]
    yield from filter(None, row.get("aliases", "").split("|"))
