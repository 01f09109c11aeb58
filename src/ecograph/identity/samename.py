"""Evidence of names that are equal: across classes and jurisdictions, with the place left out, declared in another reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ecograph.identity.names import MARKS
from ecograph.identity.proposals import Proposal, Rules, by_home, in_order, meet, propose
from ecograph.identity.things import EVERYWHERE, JURISDICTION, REPLY, Collected, Key, Thing
from ecograph.ontology import Record

LEAST_TAIL = 6  # characters by which a name may end another one that bears the same short form


class SameName:
    """The kinds same-name, same-name-above, same-name-elsewhere, place, place-short, declared and shared-alias with their variants."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        record = rules.one("same-name")
        self._mixed = frozenset(frozenset(pair) for pair in record["mixed"])
        self._open = frozenset(record["open"])
        self._concepts = rules.ontology.concepts
        self._short = re.compile(rules.one("place-short")["pattern"])
        self._shorter = [(re.compile(pattern), to) for pattern, to in rules.one("written")["pairs"]]
        self._person = rules.ontology.with_role("person")

    def find(self, collected: Collected) -> Iterator[Proposal]:
        """All proposals of these kinds."""
        things = [t for t in collected.things.values() if t.reach != REPLY]
        yield from self._equal(things)
        yield from self._reaching(things)
        yield from self._placed(things)
        yield from self._written(things)
        yield from self._declared(collected.things)
        yield from self._declared_otherwise(collected.things)
        yield from self._aliased(collected.things)

    def _equal(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """One name under two IRIs: of two classes that are easily confused, or with and without quotation marks."""
        record = self._rules.one("same-name")
        blocks: dict[str, list[Thing]] = {}
        for thing in things:
            blocks.setdefault(thing.form.plain, []).append(thing)
        for block in blocks.values():
            if len({t.iri for t in block}) < 2:
                continue
            for group in by_home(block).values():
                best = max(group, key=lambda t: (len(t.nodes), t.mentions, t.key))
                for thing in group:
                    if thing.iri != best.iri and self._may_be(thing, best, record):
                        yield from propose(thing, [best], record)

    def _may_be(self, one: Thing, other: Thing, record: Record) -> bool:
        if one.group == other.group:
            return True
        mixed = frozenset((one.cls, other.cls)) in self._mixed or self._gives_way(one) != self._gives_way(other)
        return len(one.form.plain) >= record["least"] and mixed

    def _gives_way(self, thing: Thing) -> bool:
        """Whether it is a term that no scheme has, which may as well be a name of something."""
        return thing.cls in self._open and thing.iri not in self._concepts

    def _reaching(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """One local name in several jurisdictions: one thing if the one lies in the other, else for review."""
        above, elsewhere = self._rules.one("same-name-above"), self._rules.one("same-name-elsewhere")
        blocks: dict[str, list[Thing]] = {}
        for thing in things:
            if thing.reach == JURISDICTION and thing.cls != self._person:
                blocks.setdefault(thing.iri, []).append(thing)
        for block in blocks.values():
            ordered = sorted(block, key=lambda t: t.key)
            for outer in ordered:
                inner = [t for t in ordered if t is not outer and self._lies_in(t, outer)]
                yield from propose(outer, inner, above)
            for thing in ordered[1:]:
                yield from propose(thing, ordered[:1], elsewhere)

    def _lies_in(self, inner: Thing, outer: Thing) -> bool:
        return any(self._rules.names.territory.contains(o, i) for o in outer.homes - {""} for i in inner.homes - {""} if o != i)

    def _placed(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """专利超市 and 长宁区专利超市, 长宁创投沙龙 and 长宁区创投沙龙."""
        whole, part = self._rules.one("place"), self._rules.one("place-short")
        blocks: dict[tuple[str, str, str, frozenset[str]], list[Thing]] = {}
        for thing in things:
            form = thing.form
            for place in [form.place] if form.place else sorted(thing.homes - {""}) if thing.reach == JURISDICTION else []:
                blocks.setdefault((place, form.rest, thing.group, form.edition), []).append(thing)
        for (_, rest, _, _), block in blocks.items():
            placed = sorted((t for t in block if t.form.place), key=lambda t: (-len(t.nodes), -len(t.form.name), t.key))
            for thing in block:
                if placed and thing is not placed[0]:
                    near = thing.form.place is None and self._short.search(rest)
                    yield from propose(thing, placed[:1], part if near else whole)

    def _written(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """云溪经济技术开发区管理委员会, 云溪经开区管委会 and 经开区管委会: one once they are written short."""
        record = self._rules.one("written")
        blocks: dict[tuple[str, str, str, frozenset[str]], list[Thing]] = {}
        for thing in things:
            form = thing.form
            if thing.cls in record["classes"]:
                for place in [form.place] if form.place else sorted(thing.homes - {""}) if thing.reach == JURISDICTION else []:
                    blocks.setdefault((place, self._short_form(form.rest), thing.group, form.edition), []).append(thing)
        for block in blocks.values():
            full = max(block, key=lambda t: (bool(t.form.place), len(t.form.rest), t.key))
            for thing in block:
                if thing.form.rest != full.form.rest:
                    yield from propose(thing, [full], record)

    def _short_form(self, name: str) -> str:
        for pattern, to in self._shorter:
            name = pattern.sub(to, name)
        return name.lower()

    def _declared(self, things: Mapping[Key, Thing]) -> Iterator[Proposal]:
        """A name that another reply gives as another name of something."""
        near, far = self._rules.one("declared"), self._rules.one("declared-far")
        named: dict[tuple[str, str], list[Thing]] = {}
        for thing in things.values():
            if thing.reach != REPLY:
                for name in {thing.form.plain, thing.form.rest if thing.form.place in thing.homes else thing.form.plain}:
                    named.setdefault(("" if self._gives_way(thing) else thing.group, name), []).append(thing)
        declaring: dict[tuple[str, Key], list[Thing]] = {}
        for thing in things.values():
            for alias in thing.aliases:
                plain = MARKS.sub("", alias)
                for other in (*named.get((thing.group, plain), ()), *named.get(("", plain), ())):
                    if other.key != thing.key and not self._edition_left_out(thing, other):
                        declaring.setdefault((alias, other.key), []).append(thing)
        for (alias, key), found in declaring.items():
            short = things[key]
            close = [t for t in found if meet(t, short)]
            wide = [] if close else [t for t in found if EVERYWHERE == t.reach == short.reach and len(alias) >= far["least"]]
            for record, options in ((near, close), (far, wide)):
                nodes = tuple(o.aliases[alias] for o in options)
                yield from propose(short, options, record, strong=True, nodes=nodes, words=alias)

    def _declared_otherwise(self, things: Mapping[Key, Thing]) -> Iterator[Proposal]:
        """A declared short form that another reply's naming takes for a thing of another class."""
        record = self._rules.one("declared-mixed")
        classes, others = frozenset(record["classes"]), frozenset(record["others"])
        named: dict[str, list[Thing]] = {}
        for thing in things.values():
            if thing.reach != REPLY and thing.cls in others and not thing.form.official:
                named.setdefault(thing.form.plain, []).append(thing)
        declaring: dict[tuple[str, Key], list[Thing]] = {}
        for thing in things.values():
            for alias in thing.aliases if thing.cls in classes else ():
                plain = MARKS.sub("", alias)
                if len(plain) >= record["least"] and not self._rules.names.generic(alias, thing.cls):
                    for other in named.get(plain, ()):
                        if other.group != thing.group and meet(other, thing) and not self._edition_left_out(thing, other):
                            declaring.setdefault((alias, other.key), []).append(thing)
        for (alias, key), found in declaring.items():
            yield from propose(things[key], found, record, nodes=tuple(o.aliases[alias] for o in found), words=alias)

    def _aliased(self, things: Mapping[Key, Thing]) -> Iterator[Proposal]:
        """One short form that replies of a jurisdiction declare for two names."""
        record, within = self._rules.one("shared-alias"), self._rules.one("shared-alias-within")
        sharing: dict[tuple[str, str, str], list[Thing]] = {}
        for thing in things.values():
            for alias in thing.aliases:
                if len(alias) >= record["least"] and not self._rules.names.generic(alias, thing.cls):
                    for home in sorted(thing.homes - {""}):
                        sharing.setdefault((thing.group, alias, home), []).append(thing)
        for block in sharing.values():
            for thing in block[1:]:
                yield from propose(thing, block[:1], record)
            for short in block:
                yield from propose(short, [o for o in block if _shortens(short, o)], within)

    def _edition_left_out(self, full: Thing, short: Thing) -> bool:
        """进博会 in another year's reply is not this reply's 第五届中国国际进口博览会."""
        return full.form.edition != short.form.edition and full.cls != self._rules.ontology.with_role("titled")


def _shortens(short: Thing, full: Thing) -> bool:
    """Whether one name is the other with words left out, of one class, edition and last character (浣花智医港)."""
    one, other = short.form.rest, full.form.rest
    alike = short.cls == full.cls and short.form.edition == full.form.edition and not (short.form.core and full.form.core)
    within = one[:1] == other[:1] and one[-1:] == other[-1:] and in_order(one, other)
    return alike and len(one) < len(other) and (within or (len(one) >= LEAST_TAIL and other.endswith(one)))
