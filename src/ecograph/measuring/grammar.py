"""The records of patterns/quantities.jsonl, compiled; their kinds are told at the head of that file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ecograph.errors import OntologyError
from ecograph.measuring.marking import TIME, Alphabet, Marker
from ecograph.measuring.numbers import Numerals
from ecograph.ontology import Ontology, Record

FILE = "patterns/quantities.jsonl"
NEVER = r"(?!)"
FRAGMENTS = (
    "stop", "clause", "semicolon", "gloss", "quoted", "scale", "more", "vague", "not-behind", "bare", "idle", "cut", "growth",
    "lasting", "leading", "and-so-on", "of", "ends", "head-noun", "joined", "companion", "headed", "members-list", "change", "from",
    "range", "compared", "since", "opens", "until",
)  # fmt: skip
KINDS = frozenset(
    (
        "fragment", "digits", "magnitudes", "unit", "unless", "bound", "status", "modes", "unplanned", "frame", "measure",
        "generic", "subject", "classes",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that follow a number. `name` is what the graph calls them, "" as they stand; `times` multiplies the value."""

    id: str
    name: str
    money: bool
    ratio: bool
    times: int
    behind: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What makes a number no quantity: all patterns given must fit (number, unit, words before and behind), `unless` not."""

    unit: re.Pattern[str] | None
    number: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unless: re.Pattern[str] | None

    def refuses(self, number: str, unit: str, before: str, after: str) -> bool:
        """Whether the number with these words around it is none."""
        fits = (
            (self.unit is None or bool(self.unit.fullmatch(unit)))
            and (self.number is None or bool(self.number.fullmatch(number)))
            and (self.before is None or bool(self.before.search(before)))
            and (self.after is None or bool(self.after.match(after)))
        )
        return fits and not (self.unless and self.unless.search(before))


@dataclass(frozen=True, slots=True)
class Subject:
    """Things of these classes are meant by a number with one of these units whose clause has these words.

    The one that the sentence is about, or, `nearest`, the last before the number.
    """

    pattern: re.Pattern[str]
    units: frozenset[str]
    classes: frozenset[str]
    nearest: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One name for what is counted in different words; `own`: the thing itself is counted."""

    id: str
    pattern: re.Pattern[str]
    units: frozenset[str]
    money: bool
    classes: frozenset[str]
    predicates: frozenset[str]
    own: bool


class Grammar:
    """All records. Raises OntologyError, naming the record, when one is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._records = ontology.records("quantities")
        for record in self._records:
            if record.get("kind") not in KINDS:
                raise OntologyError(f"{FILE}: {record['id']}: kind is one of {', '.join(sorted(KINDS))}")
        by_id = {str(r["id"]): r for r in self._records}
        for name in (*FRAGMENTS, "digits", "magnitudes", "never", "near"):
            if name not in by_id:
                raise OntologyError(f"{FILE}: needs a record with id {name!r}")
        self.alphabet = Alphabet(ontology)
        self.numerals = Numerals(by_id["digits"]["values"], by_id["magnitudes"]["values"])
        self.bare = re.compile(f"[{''.join(c for c, value in by_id['magnitudes']['values'].items() if value > 10)}]+")
        self.units: dict[str, Unit] = {}
        self._number = self._bare_number(by_id)
        self.number = self.alphabet.compile("unit", self._numbers(by_id))
        self.naked = self.alphabet.compile("naked", self._number + "$")
        self.marker = Marker(ontology, by_id, self.number)
        self._compiled = {name: self.alphabet.compile(name, str(by_id[name]["pattern"])) for name in FRAGMENTS}
        self.following = self._following(*(str(by_id[name]["pattern"]) for name in ("of", "ends", "cut")))
        self.refusals = [
            Refusal(*(self._optional(r, key) for key in ("unit", "number", "before", "after", "unless"))) for r in self._of("unless")
        ]
        self.bounds_before = [(self._optional(r, "before"), str(r["bound"])) for r in self._of("bound") if "before" in r]
        self.bounds_after = [(self._optional(r, "after"), str(r["bound"])) for r in self._of("bound") if "after" in r]
        self.frames = [self._pattern(r) for r in self._of("frame")]
        self.subjects = [
            Subject(self._pattern(r), frozenset(r.get("unit", ())), self._below(r["class"]), bool(r.get("nearest")))
            for r in self._of("subject")
        ]
        self.measures = [self._measure(r) for r in self._of("measure")]
        self.never, self.near = (self._below(by_id[name]["class"]) for name in ("never", "near"))
        self.generic = [self._pattern(r) for r in self._of("generic")]

    def __getitem__(self, fragment: str) -> re.Pattern[str]:
        """The compiled fragment of that id."""
        return self._compiled[fragment]

    def is_verb(self, text: str, start: int, end: int) -> bool:
        """Whether nothing but a verb stands there; 奖励 and 补贴 are things too."""
        return bool(self["cut"].fullmatch(text, start, end)) and not self["head-noun"].fullmatch(text, start, end)

    def records(self, kind: str) -> list[Record]:
        """The records of one kind, in the file's order."""
        return self._of(kind)

    def optional(self, record: Record, key: str) -> re.Pattern[str] | None:
        """The compiled pattern under a record's key, if it has one."""
        return self._optional(record, key)

    def _of(self, kind: str) -> list[Record]:
        return [r for r in self._records if r["kind"] == kind]

    def _pattern(self, record: Record) -> re.Pattern[str]:
        return self.alphabet.compile(record["id"], str(record["pattern"]))

    def _optional(self, record: Record, key: str) -> re.Pattern[str] | None:
        return self.alphabet.compile(record["id"], record[key]) if key in record else None

    def _below(self, names: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(names)
        return frozenset(c.name for c in self._ontology.classes.values() if c.ancestors & wanted)

    def _measure(self, record: Record) -> Measure:
        for name in record.get("predicates", ()):
            self._ontology.predicate(name)
        return Measure(
            record["id"],
            self._pattern(record),
            frozenset(record.get("unit", ())),
            bool(record.get("money")),
            self._below(record.get("class", ())),
            frozenset(record.get("predicates", ())),
            bool(record.get("own")),
        )

    def _bare_number(self, by_id: Mapping[str, Record]) -> str:
        chinese, scale, more = self.numerals.characters, by_id["scale"]["pattern"], by_id["more"]["pattern"]
        arabic = r"(?>\d{1,3}(?:[,]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
        return (
            f"(?<!{by_id['not-behind']['pattern']})(?<![A-Za-z]-)(?<![{chinese}])(?P<vague>{by_id['vague']['pattern']})?"
            f"(?P<number>{arabic}|[{chinese}]++)(?P<many>{more})?(?P<scale>{scale}{{0,3}}+)(?P<more>{more})?"
        )

    def _numbers(self, by_id: Mapping[str, Record]) -> str:
        """A number with a unit, the longest that fits; the unit's word is the group `unit`."""
        words: dict[str, str] = {}
        for record in by_id.values():
            if record["kind"] == "unit":
                behind = self.alphabet.compile(record["id"], record["behind"]) if "behind" in record else None
                money, ratio = bool(record.get("money")), bool(record.get("ratio"))
                unit = Unit(record["id"], record.get("unit", ""), money, ratio, record.get("times", 1), behind)
                refused = f"(?!{record['unless']})" if record.get("unless") else ""
                for word in record["words"]:
                    self.units[word] = unit
                    words[word] = re.escape(word) + refused
        longest = sorted(words, key=lambda w: (-len(w), w))
        return f"{self._number}(?P<unit>{'|'.join(words[w] for w in longest)})"

    def _following(self, of: str, ends: str, cut: str) -> re.Pattern[str]:
        """What is counted behind the unit: nouns up to a word that ends them, perhaps several."""
        noun = rf"(?:(?!{ends})[^，。；：、！？（）()“”\n\d{TIME}]){{1,18}}"
        return self.alphabet.compile("ends", rf"{of}(?P<np>{noun}(?:、(?!{cut}){noun}(?=[、，。；！？\n]|{ends}|$))*)")
