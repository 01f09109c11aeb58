"""Pairs of anchors that may have something to do with each other, and what their surroundings look like.

A unit is what one list names of one class. Two units of a sentence make a pair; a unit is also paired with the
jurisdiction and the issuer, whom sentences leave out, and with units of the sentences before. The number of pairs grows
with the number of units only.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

from ecograph.model import Linked
from ecograph.relating.alphabet import ANCHOR
from ecograph.relating.marking import Anchor, Sentence
from ecograph.relating.rules import Grammar

NEAREST = 6  # units behind one that it is paired with
BACK = 1  # sentences back whose units are paired with those of a sentence
HEADING = 24  # characters of a line that may be a heading of what follows
EDGE = 1  # how many units at either end of such a sentence are
JUMBLE = 24  # members of a unit that are paired with one another, or with those of another unit
ONE = "@"  # stands for any anchor
GIVEN = ("J", "I")  # how features call the jurisdiction and the issuer
BLANK = "_"  # stands for white space
ANCHORS = re.compile(f"[{ANCHOR}]")
SPACE = re.compile(r"[\s\0]")
BEGIN, END = "^", "$"


@dataclass(frozen=True, slots=True)
class Unit:
    """Members of one class from one list, which stands at `start` to `end` of the marked text."""

    members: tuple[Anchor, ...]
    cls: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verb:
    """One of the records' words in a sentence, and the lists that have it."""

    word: str
    kinds: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Scene:
    """A sentence with its units in order. `plain` is its marked text with every anchor as ONE."""

    sentence: Sentence
    units: tuple[Unit, ...]
    plain: str
    stops: tuple[int, ...]
    verbs: tuple[Verb, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    def verb_before(self, start: int, end: int) -> Verb | None:
        """The last of its words between the two places."""
        at = bisect_right(self._verb_ends, end) - 1
        return self.verbs[at] if at >= 0 and self.verbs[at].start >= start else None

    def verb_after(self, start: int, end: int) -> Verb | None:
        """The first of its words between the two places."""
        at = bisect_left(self._verb_starts, start)
        return self.verbs[at] if at < len(self.verbs) and self.verbs[at].end <= end else None

    def clause_of(self, place: int) -> int:
        """How many clauses end before `place`."""
        return bisect_right(self.stops, place - 1)

    def begin_of(self, place: int) -> int:
        """Where the clause that holds `place` begins."""
        number = self.clause_of(place)
        return self.stops[number - 1] + 1 if number else 0

    def end_of(self, place: int) -> int:
        """Where the clause that holds `place` ends."""
        number = self.clause_of(place)
        return self.stops[number] if number < len(self.stops) else len(self.plain)

    @cached_property
    def _verb_starts(self) -> list[int]:
        return [verb.start for verb in self.verbs]

    @cached_property
    def _verb_ends(self) -> list[int]:
        return [verb.end for verb in self.verbs]

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of its units."""
        return frozenset(unit.cls for unit in self.units)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units, in the order of the text. The `blocks` of features say how they stand to each other.

    A block that tells of one unit only is the same in many pairs.
    `start` and `end` is the stretch of the sentence that holds both, or the second, where the first isn't in it.
    `paired`: the words say that the first of the one goes with the first of the other, and so on.
    """

    one: Unit
    other: Unit
    blocks: tuple[tuple[str, ...], ...]
    start: int
    end: int
    paired: bool = False

    @property
    def features(self) -> tuple[str, ...]:
        """The features of all blocks."""
        return tuple(feature for block in self.blocks for feature in block)

    def members(self) -> Iterator[tuple[Anchor, Anchor]]:
        """Members of the one with members of the other; within one unit, each two of them once."""
        if self.one is self.other:
            inside = self.one.members[:JUMBLE]
            yield from ((a, b) for n, a in enumerate(inside[:3]) for b in inside[n + 1 :])
        elif self.paired:
            yield from zip(self.one.members, self.other.members, strict=True)
        else:
            yield from ((a, b) for a in self.one.members[:JUMBLE] for b in self.other.members[:JUMBLE])


class Pairer:
    """Makes the pairs of one document's sentences, which it must be given in order.

    Only of classes that are `allowed` to have something to do with each other, and, where no rule speaks of both, of
    those whose signature (classes, and how far or in what part of the text they stand) is `worth` a look; None: all.
    """

    def __init__(self, grammar: Grammar, linked: Linked, allowed: Callable[[str, str], object], worth: Set[str] | None) -> None:
        self._grammar = grammar
        self._allowed = allowed
        self._worth = worth
        self._past: list[tuple[int, Scene]] = []
        cls = {entity.iri: entity.cls for entity in linked.entities}
        self._labels = {entity.iri: entity.label for entity in linked.entities}
        self._selves: dict[str, str] = {}
        self._given: list[tuple[str, Unit]] = []
        self._kinds = frozenset(GIVEN)
        for name, iri in zip(GIVEN, (linked.jurisdiction, linked.issuer), strict=True):
            if iri in cls:
                self._selves[iri] = name
                self._given.append((name, Unit((Anchor(0, 0, iri, cls[iri]),), cls[iri], 0, 0)))

    def scene(self, sentence: Sentence) -> Scene:
        """The sentence with its units."""
        units: list[Unit] = []
        for found in self._grammar.list.finditer(sentence.marked):
            members = [(p, sentence.anchors[p]) for p in range(*found.span()) if p in sentence.anchors]
            for cls in dict.fromkeys(anchor.cls for _, anchor in members):
                own = [(p, anchor) for p, anchor in members if anchor.cls == cls]
                units.append(Unit(tuple(anchor for _, anchor in own), cls, own[0][0], own[-1][0] + 1))
        plain = SPACE.sub(BLANK, self._grammar.alphabet.decode(ANCHORS.sub(ONE, sentence.marked)))
        stops = tuple(found.start() for found in self._grammar.clause.finditer(sentence.marked))
        verbs = tuple(self._verbs(plain)) if units else ()
        return Scene(sentence, tuple(sorted(units, key=lambda u: (u.start, u.end))), plain, stops, verbs, self._labels)

    def _verbs(self, plain: str) -> Iterator[Verb]:
        here, known = 0, self._grammar.verbs
        while here < len(plain):
            for word, kinds in known.get(plain[here], ()):
                if plain.startswith(word, here):
                    yield Verb(word, kinds, here, here + len(word))
                    here += len(word) - 1
                    break
            here += 1

    def pairs(self, sentence: Sentence, told: Set[str]) -> Iterator[Pair]:
        """The pairs of the sentence; the rules speak of the `told` (IRIs)."""
        if not sentence.anchors:
            return
        scene = self.scene(sentence)
        around = [_Around(scene, number, self._selves) for number in range(len(scene.units))]
        for number, unit in enumerate(scene.units):
            if len(unit.members) > 1 and self._allowed(unit.cls, unit.cls):
                yield Pair(unit, unit, (around[number].alone("L"),), unit.start, unit.end)
            for later in range(number + 1, min(number + 1 + NEAREST, len(scene.units))):
                other = scene.units[later]
                if self._fits(near_signature(unit, other, scene), unit, other, told):
                    end = max(unit.end, other.end)
                    yield Pair(unit, other, _between(around[number], around[later]), unit.start, end, self._paired(unit, other, scene))
        elsewhere = [*self._given, *self._before(sentence)]
        here = {anchor.entity for unit in scene.units for anchor in unit.members}
        for kind, unit in elsewhere:
            if unit.members[0].entity in here:
                continue  # named again, or meant by a word of this sentence
            for number, other in enumerate(scene.units):
                if not self._fits(far_signature(kind, unit, other), unit, other, told):
                    continue
                own = around[number].given if kind in self._kinds else around[number].past
                yield Pair(unit, other, (own, _elsewhere(kind, unit, around[number])), other.start, other.end)
        self._past = [*self._past[len(self._past) + 1 - BACK :], (sentence.paragraph, scene)]

    def _fits(self, signature: str, one: Unit, other: Unit, told: Set[str]) -> bool:
        if not self._allowed(one.cls, other.cls):
            return False
        return self._worth is None or signature in self._worth or (_among(one, told) and _among(other, told))

    def _paired(self, one: Unit, other: Unit, scene: Scene) -> bool:
        if len(one.members) != len(other.members) or len(one.members) == 1:
            return False
        return bool(self._grammar.respectively.search(scene.sentence.marked, one.end, other.start))

    def _before(self, sentence: Sentence) -> Iterator[tuple[str, Unit]]:
        """Units of the sentences before, each with the kind of its place."""
        for back, (paragraph, past) in enumerate(reversed(self._past)):
            near = "P" if paragraph == sentence.paragraph else "Q"
            if near == "Q" and len(past.plain) > HEADING:
                continue
            count = len(past.units)
            for number, unit in enumerate(past.units):
                if number < EDGE or number >= count - EDGE:
                    place = "o" if count == 1 else "f" if number == 0 else "l" if number == count - 1 else "m"
                    yield f"{near}{back}{place}", unit


def near_signature(one: Unit, other: Unit, scene: Scene) -> str:
    """The classes of two units of a sentence and how many clauses lie between them."""
    return f"{one.cls}>{other.cls}|{min(scene.clause_of(other.start) - scene.clause_of(one.start), 3)}"


def far_signature(kind: str, one: Unit, other: Unit) -> str:
    """The classes of two units and where the one is that isn't in the sentence."""
    return f"{kind}c{one.cls}>{other.cls}"


def _among(unit: Unit, told: Set[str]) -> bool:
    return any(anchor.entity in told for anchor in unit.members)


class _Around:
    """What stands around one unit of a scene; made once, used by all its pairs."""

    def __init__(self, scene: Scene, number: int, selves: Mapping[str, str]) -> None:
        self.scene, self.number = scene, number
        self.unit = unit = scene.units[number]
        plain = scene.plain
        self.clause = scene.clause_of(unit.start)
        self.begin, self.end = scene.begin_of(unit.start), scene.end_of(unit.end)
        head, tail = plain[max(self.begin, unit.start - 10) : unit.start], plain[unit.end : min(self.end, unit.end + 10)]
        self.head, self.tail = head, tail
        size = min(len(unit.members), 3)
        self.who = selves.get(unit.members[0].entity, "")
        self.left = [f"h{g}" for g in _grams(BEGIN + head)] + [f"h{head[-n:]}<" for n in (1, 2, 3) if len(head) >= n]
        self.left.append(f"i{unit.cls}{head[-2:]}")
        self.right = [f"t{g}" for g in _grams(tail + END)] + [f"t>{tail[:n]}" for n in (1, 2, 3) if len(tail) >= n]
        self.right.append(f"j{unit.cls}{tail[:2]}")
        self.near = head[-2:]
        self.label = scene.labels[unit.members[0].entity]
        self.ending = f"N{unit.cls}{self.label[-2:]}"
        self.before = _verb("l", unit.cls, scene.verb_before(self.begin, unit.start))
        self.verb = scene.verb_after(unit.end, self.end)
        self.after = _verb("r", unit.cls, self.verb)
        self.shift = unit.start == self.begin
        self.own = (f"z{size}", f"w{self.who}", f"k{unit.start == self.begin}{self.clause == 0}")

    @cached_property
    def given(self) -> tuple[str, ...]:
        """Features of the unit, paired with jurisdiction or issuer."""
        return self.alone("G")

    @cached_property
    def past(self) -> tuple[str, ...]:
        """Features of the unit, paired with one of a sentence before."""
        return self.alone("P")

    @cached_property
    def first(self) -> tuple[str, ...]:
        """Features of the unit as the first of two."""
        return tuple(f"A{f}" for f in dict.fromkeys((*self.own, *self.left, *self.before, self.ending, f"U{self.alike}")))

    @cached_property
    def second(self) -> tuple[str, ...]:
        """Features of the unit as the second of two."""
        return tuple(f"B{f}" for f in dict.fromkeys((*self.own, *self.right, *self.after, self.ending, f"U{self.alike}")))

    @cached_property
    def alike(self) -> str:
        """How many units of its class the sentence has, and whether it is the first."""
        same = [n for n, u in enumerate(self.scene.units) if u.cls == self.unit.cls]
        return f"{min(len(same), 3)}{same[0] == self.number}{same[-1] == self.number}"

    def alone(self, kind: str) -> tuple[str, ...]:
        """Features of the unit itself, paired with one that is not in its sentence, or its members with one another."""
        cls, units = self.unit.cls, self.scene.units
        before = units[self.number - 1].cls if self.number else BEGIN
        after = units[self.number + 1].cls if self.number + 1 < len(units) else END
        near = (f"b{before}>{cls}", f"a{cls}>{after}", f"c{cls}", f"q{min(self.clause, 3)}")
        others = sorted(self.scene.classes - {cls})
        words = (*self.before, *self.after, self.ending)
        own = (*self.own, *self.left, *self.right, *near, *words, *(f"o{other}" for other in others))
        return tuple(dict.fromkeys(kind + feature for feature in own))


def _elsewhere(kind: str, unit: Unit, around: _Around) -> tuple[str, ...]:
    """Features of one unit of a sentence and another that isn't in it."""
    kinds = f"{unit.cls}>{around.unit.cls}"
    signature = far_signature(kind, unit, around.unit)
    single, clause, near = len(unit.members) == 1, min(around.clause, 3), around.near
    return signature, kind, f"{kind}n{single}", f"{kind}q{clause}", f"{kind}<{near}", f"Vc{kinds}{near}"


def _between(one: _Around, other: _Around) -> tuple[tuple[str, ...], ...]:
    """Features of two units of a sentence."""
    scene = one.scene
    a, b = one.unit, other.unit
    words = scene.plain[a.end : b.start]
    stops = min(other.clause - one.clause, 3)
    kinds = f"{a.cls}>{b.cls}"
    amid = scene.units[one.number + 1 : other.number]
    count, length = min(len(amid), 4), min(len(words), 63).bit_length()
    found = [near_signature(a, b, scene), kinds, f"s{stops}", f"n{count}", f"s{stops}n{min(count, 3)}", f"d{length}"]
    found += [f"m{cls}" for cls in dict.fromkeys(unit.cls for unit in amid)]
    found.append(f"r{any(u.cls == a.cls for u in amid)}{any(u.cls == b.cls for u in amid)}{stops}")
    start = scene.begin_of(b.start) if stops else a.end
    last, first = scene.verb_before(max(start, a.end), b.start), scene.verb_after(a.end, one.end if stops else b.start)
    found += [*_verb("l", kinds, last), *_verb("f", kinds, first), *_verb("r", kinds, other.verb)]
    found.append(f"p{min(sum(scene.begin_of(u.start) == u.start for u in amid), 2)}{one.shift}{other.shift}{stops}")
    found.append(f"N{_common(one.label, other.label)}{kinds}")
    if len(words) <= 8:
        found += [f"={words}", f"={kinds}{words}"]
    near, far = words[:10], words[-10:]
    mark = "x" if stops else "y"
    found += [f"{mark}{g}" for g in _grams(BEGIN + near)] if stops else []
    found += [f"{mark}{g}" for g in (_grams(far + END) if stops else _grams(BEGIN + words[:16] + END))]
    found += [f">{near[:n]}" for n in (2, 3)] + [f"<{far[-n:]}" for n in (1, 2, 3)]
    found += [f"<{kinds}{far[-2:]}", f">{kinds}{near[:2]}", f"u{a.cls}{far[-2:]}", f"v{near[:2]}{b.cls}"]
    return one.first, other.second, tuple(dict.fromkeys(found))


def _verb(place: str, kinds: str, verb: Verb | None) -> list[str]:
    if verb is None:
        return [f"V{place}0", f"V{place}0{kinds}"]
    return [f"V{place}{verb.word}", *(f for k in verb.kinds for f in (f"V{place}:{k}", f"V{place}:{k}{kinds}"))]


def _common(one: str, other: str) -> str:
    """Whether one name holds the other, or its beginning."""
    if one in other or other in one:
        return "x"
    return "y" if one[:2] in other or other[:2] in one else ""


def _grams(text: str) -> Sequence[str]:
    return [text[at : at + 2] for at in range(len(text) - 1)]
