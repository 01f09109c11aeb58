"""Evidence of shortened names: the quoted core, an abbreviation, a distinctive part with its head noun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from ecograph.identity.proposals import Proposal, Rules, by_home, in_order, propose
from ecograph.identity.things import JURISDICTION, REPLY, Collected, Key, Thing
from ecograph.ontology import Record

# A core shared by more names than this in one jurisdiction is a slogan, no name.
CROWD = 40
LONGEST_CORE = 16


class Shortened:
    """The kinds core, core-kind, core-mixed, abbreviation, abbreviation-department, part, middle, middle-weak, middle-common."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        core = rules.one("core")
        self._cored = frozenset(core["classes"])
        self._bare = re.compile(core["generic"])
        self._version = re.compile(core["version"])
        self._kind = re.compile(rules.one("core-kind")["pattern"])
        self._mixed = [set(pair) for pair in rules.one("same-name")["mixed"]]
        self._part = re.compile(rules.one("part")["pattern"])
        self._whole = re.compile(rules.one("abbreviation")["unless"])

    def find(self, collected: Collected) -> Iterator[Proposal]:
        """All proposals of these kinds."""
        things = [t for t in collected.things.values() if t.reach != REPLY or t.form.core]
        for group in by_home(things).values():
            yield from self._cores([t for t in group if t.cls in self._cored])
            yield from self._abbreviations(group)
            yield from self._departments(group)
            yield from self._parts(group)
            yield from self._middles(group)
            yield from self._weak_middles(group)

    def _cores(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """“宁知聚”平台, “宁知聚”2.0版, 宁知聚平台 and “宁知聚”长宁数字知产平台: what stands beside the core is common, or nested."""
        same, mixed, kind = (self._rules.one(k) for k in ("core", "core-mixed", "core-kind"))
        for block in self._blocks(list(things)).values():
            if len(block) > CROWD:
                continue
            for thing, tail in block:
                if not self._bare.fullmatch(tail) and not any(t.endswith(tail) for o, t in block if o.key != thing.key):
                    continue
                longer = [(o, t) for o, t in block if o.key != thing.key and self._nested(tail, t) and o.form.edition == thing.form.edition]
                alike = [o for o, _ in longer if o.group == thing.group]
                yield from propose(thing, alike, same)
                if not tail and not alike:
                    sure = len({o.iri for o, _ in longer}) == 1 and all(self._is_kind(thing, o, t) for o, t in longer)
                    yield from propose(thing, [o for o, _ in longer], kind if sure else mixed)

    def _is_kind(self, bare: Thing, full: Thing, tail: str) -> bool:
        """Whether the core stands alone for the core with its kind (“论健”, “论健”沙龙) of a class that is easily confused with it."""
        confused = {bare.cls, full.cls} in self._mixed and bare.reach == full.reach == JURISDICTION
        return confused and len(bare.form.plain) >= self._rules.one("core-kind")["least"] and bool(self._kind.fullmatch(tail))

    def _nested(self, tail: str, other: str) -> bool:
        return len(other) >= len(tail) and (not tail or other.endswith(tail) or bool(self._bare.fullmatch(tail)))

    def _blocks(self, things: list[Thing]) -> dict[str, list[tuple[Thing, str]]]:
        """The things by their core, with what stands beside it; names without marks that begin with another's core too."""
        blocks: dict[str, list[tuple[Thing, str]]] = {}
        for thing in things:
            if thing.form.core:
                blocks.setdefault(thing.form.core, []).append((thing, self._version.sub("", thing.form.tail)))
        starts = {core[:2] for core in blocks}
        for thing in things:
            plain = thing.form.plain
            if thing.form.core or plain[:2] not in starts:
                continue
            for length in range(2, min(LONGEST_CORE, len(plain)) + 1):
                if plain[:length] in blocks and self._bare.fullmatch(plain[length:]):
                    blocks[plain[:length]].append((thing, plain[length:]))
        return blocks

    def _abbreviations(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """上知交 for 上海知识产权交易中心: beginnings of the words of the one longer name."""
        record = self._rules.one("abbreviation")
        fulls: dict[tuple[str, str], list[Thing]] = {}
        shorts: list[Thing] = []
        for thing in things:
            if thing.cls not in record["classes"]:
                continue
            length = len(thing.form.plain)
            if record["least"] <= length <= record["most"] and not self._whole.search(thing.form.plain):
                shorts.append(thing)
            if length > 2 * record["least"] - 1:
                for first in {thing.form.plain[0], thing.form.rest[0]}:
                    fulls.setdefault((thing.group, first), []).append(thing)
        for short in shorts:
            plain, edition = short.form.plain, short.form.edition
            options = [f for f in fulls.get((short.group, plain[0]), ()) if f.form.edition == edition]
            yield from propose(short, [f for f in options if self._abbreviates(plain, f)], record)

    def _abbreviates(self, short: str, full: Thing) -> bool:
        names = (full.form.plain, full.form.rest)
        if short in full.form.plain:
            return False
        return any(len(n) >= 2 * len(short) and n[0] == short[0] and self._by_words(short, n) for n in names)

    def _by_words(self, short: str, full: str) -> bool:
        """Whether each character begins a word of the full name, follows the one before it there, or is its last."""
        if not in_order(short, full):
            return False
        starts, at = self._starts(full), -1
        for char in short:
            found = [i for i in range(at + 1, len(full)) if full[i] == char and (i in starts or i == at + 1 or i == len(full) - 1)]
            if not found:
                return False
            at = found[0]
        return True

    def _starts(self, name: str) -> set[int]:
        """Where words begin, the longest known word taken each time."""
        starts, at = set(), 0
        while at < len(name):
            starts.add(at)
            at += next((n for n in range(min(6, len(name) - at), 1, -1) if self._rules.names.is_word(name[at : at + n])), 1)
        return starts

    def _departments(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """区科经局 for 区科技和经济局, both of one place."""
        record = self._rules.one("abbreviation-department")
        places: dict[str, list[Thing]] = {}
        for thing in things:
            if thing.cls in record["classes"] and thing.form.place:
                places.setdefault(thing.form.place, []).append(thing)
        for bodies in places.values():
            for short in bodies:
                if short.form.official and short.literal:
                    continue
                for rest in sorted(set(self._rests(short))):
                    options = [o for o in bodies if o.literal and self._same_department(rest, o.form.rest, record)]
                    yield from propose(short, options, record)

    def _rests(self, body: Thing) -> Iterator[str]:
        """Its names without their place (or a word for it: 区科经局) that may be shortened ones; what linking wrote out isn't."""
        record, names = self._rules.one("abbreviation-department"), self._rules.names
        place = body.form.place or ""
        forms = [body.form] if body.literal else [names.form(a, body.cls, names.territory.home(place)) for a in body.aliases]
        for form in forms:
            rest = form.rest[1:] if form.place is None and form.rest[0] == place[-1:] else form.rest
            if record["least"] <= len(rest) <= record["most"]:
                yield rest

    def _same_department(self, short: str, full: str, record: Record) -> bool:
        return len(full) > len(short) and any(
            short.endswith(a) and full.endswith(b) and self._by_words(short[: -len(a)], full[: -len(b)])
            for a, b in record["ends"]
            if len(short) > len(a)
        )

    def _parts(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """CTOU联盟 for “虹桥智谷”CTOU首席技术官联盟: the one name with that foreign word and that head."""
        record = self._rules.one("part")
        things = [t for t in things if t.cls in record["classes"]]
        for short in things:
            match = self._part.match(short.form.plain)
            if match:
                own, head = match.group("own"), match.group("head")
                options = [t for t in things if t.group == short.group and own in t.form.plain and t.form.plain.endswith(head)]
                yield from propose(short, [o for o in options if len(o.form.plain) > len(short.form.plain)], record)

    def _middles(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """浮山湾产业港 for 浮山湾数字智能产业港: the middle left out of the one name that begins and ends so."""
        record, common = self._rules.one("middle"), self._rules.one("middle-common")
        start, end = record["start"], record["end"]
        blocks: dict[tuple[str, str, str, frozenset[str]], list[Thing]] = {}
        for thing in things:
            rest = thing.form.rest
            if thing.cls in record["classes"] and not thing.form.core and len(rest) >= start + end:
                blocks.setdefault((thing.cls, rest[:start], rest[-end:], thing.form.edition), []).append(thing)
        for block in (b for b in blocks.values() if 1 < len(b) <= CROWD):
            for short in block:
                rest = short.form.rest
                longer = [t for t in block if _without_middle(rest, t.form.rest)]
                own = any(n == 1 for t in longer for n in self._lengths(rest[: _shared(rest, t.form.rest)]))
                yield from propose(short, longer, record if own else common)

    def _weak_middles(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """浣花智慧医疗港 for 浣花国际智慧医疗港: one weak word left out behind a word of the name's own."""
        record = self._rules.one("middle-weak")
        weak, start, end = re.compile(record["pattern"]), record["start"], record["end"]
        classes = self._rules.one("middle")["classes"]
        shorter = {(t.cls, t.form.rest, t.form.edition): t for t in things if t.cls in classes and not t.form.core}
        found: dict[Key, list[Thing]] = {}
        for (cls, rest, edition), full in shorter.items():
            for match in weak.finditer(rest, start, max(start, len(rest) - end)):
                short = shorter.get((cls, rest[: match.start()] + rest[match.end() :], edition))
                if short and self._own(rest[: match.start()]):
                    found.setdefault(short.key, []).append(full)
        for short in (t for t in shorter.values() if t.key in found):
            yield from propose(short, found[short.key], record)

    def _own(self, words: str) -> bool:
        """Whether a name's beginning is its own: a word that no list has, or a rare one."""
        return not self._rules.names.common(words) and (1 in self._lengths(words) or self._rules.names.is_word(words))

    def _lengths(self, name: str) -> list[int]:
        """How long the words are that the name is made of; one of a single character is no common word."""
        starts = [*sorted(self._starts(name)), len(name)]
        return [b - a for a, b in pairwise(starts)]


def _without_middle(short: str, full: str) -> bool:
    """Whether `short` is the beginning and the end of `full`, with at least two characters left out between."""
    if len(full) < len(short) + 2:
        return False
    return full.endswith(short[_shared(short, full) :])


def _shared(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
