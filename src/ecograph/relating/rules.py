"""The records of patterns/relations.jsonl as compiled rules; the format is told in the room's docstring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from ecograph.errors import OntologyError, UndeclaredTerm
from ecograph.ontology import Ontology, Record
from ecograph.relating.alphabet import ANCHOR, Alphabet
from ecograph.relating.marking import Marker

FILE = "patterns/relations.jsonl"
FILLS = frozenset({"topic", "before", "first", "previous", "earlier", "heading", "jurisdiction", "issuer", "doer", "title"})
KEYS = frozenset({"id", "pattern", "states", "cue", "slots", "fill", "status", "confidence", "filled", "unless", "weak"})
REQUIRED = (  # fragments that the room itself asks for
    "head",
    "aside",
    "separator",
    "tail",
    "gap",
    "far",
    "topic",
    "stop",
    "clause",
    "gloss",
    "respectively",
    "semicolon",
    "item",
    "announces",
    "directs",
    "sides",
)
PATTERNS = ("fragment", "pattern", "unless")  # keys of a record that hold regular expressions
LIST = "<>(?:(?:{separator})<>)*+"
ALWAYS = ""  # stands for the cue of rules that have none
DEEPEST = 4  # how far fragments may hold one another
PARTS = re.compile(
    r"<(?P<slot>[a-z])(?P<kind>[.+]?)>|(?P<any><>)|<:(?P<cls>\w+)>|\{(?P<fragment>[a-z-]+)\}|(?P<gap>_)|(?P<far>~)|(?P<mark>@)"
)
STATE = re.compile(r"(?P<subject>[a-z]) (?P<predicate>\w+) (?P<object>[a-z])(?: if (?P<slot>[a-z]) (?P<no>not )?(?P<cls>\w+))?")


@dataclass(frozen=True, slots=True)
class State:
    """What a match says: the slots of subject and object, and the class that one slot must (if negated, not) be of."""

    subject: str
    predicate: str
    object: str
    condition: Mapping[str, str]
    negated: bool


@dataclass(frozen=True)
class Rule:
    """One record. `slots` gives each slot's classes, `groups` the slot that a group of the regex captures."""

    id: str
    source: str
    cues: frozenset[str]
    states: tuple[State, ...]
    slots: Mapping[str, frozenset[str]]
    groups: Mapping[str, str]
    fills: Mapping[str, tuple[str, ...]]
    status: str | None
    unless: re.Pattern[str] | None
    weak: bool
    confidence: float
    filled: float

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern; most documents need only some of them. OntologyError for one that is unsound."""
        return regex(self.id, self.source)

    def possible(self, present: Set[str]) -> bool:
        """Whether a sentence with anchors of these classes can hold, or be given, both ends of some state."""
        has = {slot: slot in self.fills or not present.isdisjoint(classes) for slot, classes in self.slots.items()}
        return any(has[state.subject] and has[state.object] for state in self.states)


class Grammar:
    """All rules and the fragments they are made of. Raises OntologyError, naming the record, when one is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        records = ontology.records("relations")
        for name in REQUIRED:
            if not any(r["id"] == name and "fragment" in r for r in records):
                raise OntologyError(f"{FILE}: needs a fragment with id {name!r}")
        self.alphabet = Alphabet(ontology.classes, (str(r[key]) for r in records for key in PATTERNS if key in r))
        encode = self.alphabet.encode
        self._fragments: dict[str, str] = {r["id"]: encode(r["fragment"]) for r in records if "fragment" in r}
        self._words: dict[str, list[str]] = {r["id"]: r["words"] for r in records if "words" in r}
        self.verbs = _by_first(self._words)
        self.semicolon = self._fragments["semicolon"]
        self.topic, self.clause, self.respectively, self.item, self.announces, self.directs, self.list, stop = (
            regex(name, self._expand(name, self._fragments.get(name, LIST), {}, {}))
            for name in ("topic", "clause", "respectively", "item", "announces", "directs", "list", "stop")
        )
        gloss, sides = (regex(name, self.alphabet.decode(self._fragments[name])) for name in ("gloss", "sides"))
        self.marker = Marker(self.alphabet, gloss, stop, sides)
        self.rules = tuple(self._rule(r) for r in records if "fragment" not in r and "words" not in r)
        self._cues: dict[str, list[str]] = {}  # by their first character
        for cue in sorted({cue for rule in self.rules for cue in rule.cues}):
            self._cues.setdefault(cue[:1], []).append(cue)
        self._possible: dict[frozenset[str], Mapping[str, Sequence[int]]] = {}  # numbers of rules, by the classes in a sentence and cues

    def candidates(self, marked: str, present: frozenset[str]) -> Iterator[Rule]:
        """The rules that can match a sentence with anchors of these classes and one of whose cues is in it."""
        if present not in self._possible:
            self._possible[present] = self._by_cue(present)
        possible = self._possible[present]
        cues = [cue for char in set(marked) for cue in self._cues.get(char, ()) if cue in marked]
        return (self.rules[number] for number in sorted({number for cue in (ALWAYS, *cues) for number in possible.get(cue, ())}))

    def _by_cue(self, present: frozenset[str]) -> Mapping[str, Sequence[int]]:
        """The numbers of the rules that are possible with anchors of these classes, by their cues."""
        found: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            if rule.possible(present):
                for cue in rule.cues or (ALWAYS,):
                    found.setdefault(cue, []).append(number)
        return found

    def compile(self, name: str, pattern: str) -> re.Pattern[str]:
        """A pattern of a record, over marked text, without slots, its fragments filled in."""
        return regex(name, self._expand(name, self.alphabet.encode(pattern), {}, {}))

    def _rule(self, record: Record) -> Rule:
        name = record["id"]
        unknown = sorted(set(record) - KEYS)
        if unknown or "pattern" not in record or "states" not in record:
            raise OntologyError(f"{FILE}: {name}: wants pattern and states, and no key but {', '.join(sorted(KEYS))}")
        states = tuple(self._state(name, text) for text in record["states"])
        slots = self._slots(name, record, states)
        fills = {slot: _fills(name, chosen) for slot, chosen in record.get("fill", {}).items()}
        cues = tuple(self.alphabet.encode(word) for cue in record.get("cue", ()) for word in self._words.get(cue, [cue]))
        groups: dict[str, str] = {}
        pattern = self.alphabet.encode(record["pattern"]).replace("{cue}", f"(?:{'|'.join(sorted(cues, key=len, reverse=True))})")
        regex(name, PARTS.sub("x", pattern))  # its own words are sound; the whole is compiled when needed
        source = self._expand(name, pattern, slots, groups)
        lacking = sorted(set(slots) - set(groups.values()) - set(fills))
        if lacking:
            raise OntologyError(f"{FILE}: {name}: slot {lacking[0]} is neither in the pattern nor filled")
        unless = self.compile(name, record["unless"]) if "unless" in record else None
        confidence = float(record.get("confidence", 0.8))
        filled = float(record.get("filled", confidence))
        status, weak = self._status(name, record.get("status")), bool(record.get("weak"))
        return Rule(name, source, frozenset(cues), states, slots, groups, fills, status, unless, weak, confidence, filled)

    def _status(self, name: str, status: str | None) -> str | None:
        if status is not None and status not in self._ontology.statuses:
            raise UndeclaredTerm(f"{FILE}: {name}: {status}: no status in schemes/statuses.ttl")
        return status

    def _state(self, name: str, text: str) -> State:
        match = STATE.fullmatch(text)
        if not match:
            raise OntologyError(f"{FILE}: {name}: {text!r}: wants “slot predicate slot [if slot [not] Class]”")
        self._declared(name, predicates=[match["predicate"]], classes=[match["cls"]] if match["cls"] else [])
        condition = {match["slot"]: match["cls"]} if match["slot"] else {}
        return State(match["subject"], match["predicate"], match["object"], condition, bool(match["no"]))

    def _declared(self, name: str, *, predicates: Iterable[str] = (), classes: Iterable[str] = ()) -> None:
        try:
            for predicate in predicates:
                self._ontology.predicate(predicate)
            for cls in classes:
                self._ontology.cls(cls)
        except UndeclaredTerm as error:
            raise UndeclaredTerm(f"{FILE}: {name}: {error}") from error

    def _slots(self, name: str, record: Record, states: Iterable[State]) -> dict[str, frozenset[str]]:
        """Each slot's classes: those the record names, else what its predicates' domains and ranges allow."""
        wanted: dict[str, set[str]] = {}
        for state in states:
            predicate = self._ontology.predicate(state.predicate)
            wanted.setdefault(state.subject, set()).update(predicate.domain)
            wanted.setdefault(state.object, set()).update(predicate.range)
        for slot, classes in record.get("slots", {}).items():
            self._declared(name, classes=classes)
            wanted[slot] = set(classes)
        return {slot: self._below(classes) for slot, classes in sorted(wanted.items())}

    def _below(self, classes: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(classes)
        return frozenset(c.name for c in self._ontology.classes.values() if c.ancestors & wanted)

    def _letters(self, classes: frozenset[str]) -> str:
        return "".join(self.alphabet.letters[name] for name in sorted(classes))

    def _expand(self, name: str, pattern: str, slots: Mapping[str, frozenset[str]], groups: dict[str, str], depth: int = 0) -> str:
        """The regular expression that a pattern stands for; notes the groups of its slots in `groups`."""
        if depth > DEEPEST:
            raise OntologyError(f"{FILE}: {name}: fragments hold one another")

        def part(match: re.Match[str]) -> str:
            if match["slot"]:
                return self._slot(name, match["slot"], match["kind"], slots, groups)
            if match["cls"]:
                self._declared(name, classes=[match["cls"]])
                return f"[{self._letters(self._below([match['cls']]))}]"
            if match["any"] or match["mark"]:
                return f"[{ANCHOR}]" if match["any"] else ANCHOR
            fragment = match["fragment"] or ("gap" if match["gap"] else "far")
            if fragment not in self._fragments:
                raise OntologyError(f"{FILE}: {name}: no fragment {fragment!r}")
            return f"(?:{self._expand(name, self._fragments[fragment], slots, groups, depth + 1)})"

        return PARTS.sub(part, pattern)

    def _slot(self, name: str, slot: str, kind: str, slots: Mapping[str, frozenset[str]], groups: dict[str, str]) -> str:
        """The regular expression of a slot. Lists are taken whole (possessively), which keeps matching linear."""
        if slot not in slots:
            raise OntologyError(f"{FILE}: {name}: slot <{slot}> is in no state")
        group = f"{slot}{len(groups)}"
        groups[group] = slot
        letters = self._letters(slots[slot])
        head, separator, tail, aside = (self._expand(name, self._fragments[f], {}, {}, 1) for f in ("head", "separator", "tail", "aside"))
        if kind == ".":
            return f"{head}(?P<{group}>[{letters}])"
        one = f"(?=(?:[{ANCHOR}](?:{separator}))*[{letters}])[{ANCHOR}]"
        more = f"(?:(?:{separator})[{ANCHOR}])"
        if kind == "+":
            groups[f"{group}x"] = slot
            return f"{head}(?:(?P<{group}>{one}{more}++)(?:{tail})?|(?P<{group}x>{one})(?:{tail}))"
        return f"{head}(?P<{group}>{one}{more}*+)(?:{aside})?(?:{tail})?"


def _by_first(lists: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Each word of the lists with the names of those that have it, by its first character, the longest first."""
    names: dict[str, list[str]] = {}
    for name, words in lists.items():
        for word in words:
            names.setdefault(word, []).append(name)
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word in sorted(names, key=lambda w: (-len(w), w)):
        found.setdefault(word[0], []).append((word, tuple(sorted(set(names[word])))))
    return found


def _fills(name: str, chosen: Iterable[str]) -> tuple[str, ...]:
    ways = tuple(chosen)
    for way in ways:
        if way not in FILLS:
            raise OntologyError(f"{FILE}: {name}: {way!r}: a slot is filled from {', '.join(sorted(FILLS))}")
    return ways


def regex(name: str, pattern: str) -> re.Pattern[str]:
    """The compiled pattern of the record `name`, or OntologyError."""
    try:
        return re.compile(pattern)
    except re.error as error:
        raise OntologyError(f"patterns: {name}: not a regular expression: {error}") from error
