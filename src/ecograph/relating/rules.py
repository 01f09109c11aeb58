"""The records of patterns/relations.jsonl as compiled rules. The record format is told in the room's docstring."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from ecograph.errors import OntologyError, UndeclaredTerm
from ecograph.ontology import Ontology, Record
from ecograph.relating.marking import PRIVATE, Marker

FILLS = frozenset({"topic", "before", "first", "tail", "previous", "earlier", "heading", "jurisdiction", "issuer"})
KEYS = frozenset({"id", "pattern", "states", "cue", "slots", "fill", "status", "confidence", "filled", "unless", "weak", "note"})
REQUIRED = ("head", "separator", "tail", "gap", "far", "topic", "stop", "gloss", "respectively", "semicolon")
PARTS = re.compile(r"<(?P<slot>[a-z])(?P<kind>[.+]?)>|<(?P<any>)>|<:(?P<cls>[A-Za-z]+)>|\{(?P<fragment>[a-z-]+)\}|(?P<gap>_)|(?P<far>~)|(?P<mark>@)")
STATE = re.compile(r"(?P<subject>[a-z]) (?P<predicate>\w+) (?P<object>[a-z])(?: if (?P<slot>[a-z]) (?P<no>not )?(?P<cls>\w+))?")


@dataclass(frozen=True, slots=True)
class State:
    """What a match says: the slots of subject and object, and the class that one slot must (not) be of."""

    subject: str
    predicate: str
    object: str
    slot: str | None = None
    cls: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled record. `slots` gives each slot's classes and their letters, `groups` the slot of a regex group."""

    id: str
    regex: re.Pattern[str]
    cues: tuple[str, ...]
    states: tuple[State, ...]
    slots: Mapping[str, frozenset[str]]
    groups: Mapping[str, str]
    fills: Mapping[str, tuple[str, ...]]
    status: str | None
    unless: re.Pattern[str] | None
    confidence: float
    filled: float
    weak: bool

    def possible(self, present: Set[str]) -> bool:
        """Whether a sentence with anchors of these classes can hold, or be given, both ends of some state."""
        return any(all(slot in self.fills or not present.isdisjoint(self.slots[slot]) for slot in (s.subject, s.object)) for s in self.states)


class Grammar:
    """All rules and the fragments they are made of. Raises OntologyError, naming the record, when one is not sound."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        records = ontology.records("relations")
        self.fragments = {r["id"]: r["fragment"] for r in records if "fragment" in r}
        for name in REQUIRED:
            if name not in self.fragments:
                raise OntologyError(f"patterns/relations.jsonl: needs a fragment with id {name!r}")
        self.marker = Marker(ontology, self.fragments["gloss"], self.fragments["stop"])
        self.topic = self.compile("topic", self.fragments["topic"])
        self.respectively = re.compile(self.fragments["respectively"])
        self.list = self.compile("list", "<>(?:(?:{separator})<>)*+")
        self.rules = tuple(self._rule(r) for r in records if "fragment" not in r)

    def compile(self, name: str, pattern: str) -> re.Pattern[str]:
        """A pattern without slots (topic, status cues) with its fragments filled in."""
        return regex(name, self._expand(name, pattern, {}, {}))

    def _rule(self, record: Record) -> Rule:
        name = record["id"]
        unknown = set(record) - KEYS
        if unknown or "pattern" not in record or "states" not in record:
            raise OntologyError(f"patterns/relations.jsonl: {name}: wants pattern and states, and of keys only {', '.join(sorted(KEYS))}")
        states = tuple(self._state(name, text) for text in record["states"])
        slots = self._slots(name, record, states)
        cues = tuple(record.get("cue", ()))
        groups: dict[str, str] = {}
        pattern = record["pattern"].replace("{cue}", f"(?:{'|'.join(cues)})")
        compiled = regex(name, self._expand(name, pattern, slots, groups))
        fills = {slot: _fills(name, chosen) for slot, chosen in record.get("fill", {}).items()}
        lacking = set(slots) - set(groups.values()) - set(fills)
        if lacking:
            raise OntologyError(f"patterns/relations.jsonl: {name}: slot {min(lacking)} is neither in the pattern nor filled")
        if record.get("status", "done") not in self._ontology.statuses:
            raise UndeclaredTerm(f"patterns/relations.jsonl: {name}: {record['status']}: no status in schemes/statuses.ttl")
        confidence = float(record.get("confidence", 0.8))
        unless = self.compile(name, record["unless"]) if "unless" in record else None
        filled = float(record.get("filled", confidence))
        return Rule(name, compiled, cues, states, slots, groups, fills, record.get("status"), unless, confidence, filled, bool(record.get("weak")))

    def _state(self, name: str, text: str) -> State:
        match = STATE.fullmatch(text)
        if not match:
            raise OntologyError(f"patterns/relations.jsonl: {name}: {text!r}: wants “slot predicate slot [if slot [not] Class]”")
        self._declared(name, predicates=[match["predicate"]], classes=[match["cls"]] if match["cls"] else [])
        return State(match["subject"], match["predicate"], match["object"], match["slot"], match["cls"], bool(match["no"]))

    def _declared(self, name: str, *, predicates: Iterable[str] = (), classes: Iterable[str] = ()) -> None:
        try:
            for predicate in predicates:
                self._ontology.predicate(predicate)
            for cls in classes:
                self._ontology.cls(cls)
        except UndeclaredTerm as error:
            raise UndeclaredTerm(f"patterns/relations.jsonl: {name}: {error}") from error

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
        return {slot: self.below(classes) for slot, classes in sorted(wanted.items())}

    def below(self, classes: Iterable[str]) -> frozenset[str]:
        """These classes and all below them."""
        wanted = frozenset(classes)
        return frozenset(c.name for c in self._ontology.classes.values() if c.ancestors & wanted)

    def _expand(self, name: str, pattern: str, slots: Mapping[str, frozenset[str]], groups: dict[str, str], depth: int = 0) -> str:
        if depth > 4:
            raise OntologyError(f"patterns/relations.jsonl: {name}: fragments hold one another")

        def part(match: re.Match[str]) -> str:
            if match["slot"]:
                return self._slot(name, match["slot"], match["kind"], slots, groups)
            if match["cls"]:
                self._declared(name, classes=[match["cls"]])
                return f"[{self.marker.letters(self.below([match['cls']]))}]"
            if match["any"] is not None:
                return f"[{PRIVATE}]"
            if match["mark"]:
                return PRIVATE
            fragment = match["fragment"] or ("gap" if match["gap"] else "far")
            if fragment not in self.fragments:
                raise OntologyError(f"patterns/relations.jsonl: {name}: no fragment {fragment!r}")
            return f"(?:{self._expand(fragment, self.fragments[fragment], slots, groups, depth + 1)})"

        return PARTS.sub(part, pattern)

    def _slot(self, name: str, slot: str, kind: str, slots: Mapping[str, frozenset[str]], groups: dict[str, str]) -> str:
        """The regex of a slot: a list (or with `.` one anchor, with `+` two or more or with a tail), its members captured."""
        if slot not in slots:
            raise OntologyError(f"patterns/relations.jsonl: {name}: slot <{slot}> is in no state")
        group = f"{slot}{len(groups)}"
        groups[group] = slot
        letters = self.marker.letters(slots[slot])
        head, separator, tail = (self._expand(f, self.fragments[f], {}, {}, 1) for f in ("head", "separator", "tail"))
        if kind == ".":
            return f"{head}(?P<{group}>[{letters}])"
        one, more = f"(?=(?:[{PRIVATE}](?:{separator}))*[{letters}])[{PRIVATE}]", f"(?:(?:{separator})[{PRIVATE}])"
        if kind == "+":
            groups[f"{group}x"] = slot
            return f"{head}(?:(?P<{group}>{one}{more}++)(?:{tail})?|(?P<{group}x>{one})(?:{tail}))"
        return f"{head}(?P<{group}>{one}{more}*+)(?:{tail})?"


def _fills(name: str, chosen: Iterable[str]) -> tuple[str, ...]:
    ways = tuple(chosen)
    for way in ways:
        if way not in FILLS:
            raise OntologyError(f"patterns/relations.jsonl: {name}: {way!r}: a slot is filled from {', '.join(sorted(FILLS))}")
    return ways


def regex(name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise OntologyError(f"patterns/relations.jsonl: {name}: not a regular expression: {error}") from error
