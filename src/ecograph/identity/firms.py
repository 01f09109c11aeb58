"""Evidence of firms and funds: a firm's stem, a fund's registered name, a fund known by its function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ecograph.identity.proposals import Proposal, Rules, by_home, in_order, meet, propose
from ecograph.identity.things import REPLY, Collected, Thing
from ecograph.ontology import Record

# How long a beginning of a firm's name is looked up by; longer ones are compared whole.
INDEXED = 8


class Firms:
    """The kinds firm, firm-near, firm-brand, firm-middle, fund-registered, fund-stem, function."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        firm = rules.one("firm")
        self._form = re.compile(firm["form"])
        self._tail = re.compile(firm["tail"])
        self._other = re.compile(firm["unless"])
        self._fund = re.compile(rules.one("fund-registered")["form"])
        self._families = [(r, re.compile(r["pattern"]), re.compile(r["drop"])) for r in rules.all("function")]

    def find(self, collected: Collected) -> Iterator[Proposal]:
        """All proposals of these kinds."""
        things = list(collected.things.values())
        firms = [t for t in things if t.cls in self._rules.one("firm")["classes"]]
        yield from self._firms(firms)
        for group in by_home(firms).values():
            yield from self._words_out(group)
        registered = self._rules.one("fund-registered")
        funds = [t for t in things if t.cls in registered["classes"]]
        misnamed = [t for t in things if t.cls in registered["misnamed"] and t.form.plain.endswith(registered["ends"])]
        yield from self._registered([t for t in (*funds, *misnamed) if t.reach != REPLY], collected)
        for home, group in by_home(funds).items():
            yield from self._stemmed([t for t in group if t.reach != REPLY])
            for record, pattern, drop in self._families:
                yield from self._functions(home, [t for t in group if pattern.search(t.form.rest)], record, drop)

    def _firms(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """璞跃赋胜 for 上海璞跃赋胜创业投资合伙企业（有限合伙）: what the one full name begins with, a place before it left out."""
        fulls: dict[str, dict[str, Thing]] = {}
        shorts: list[Thing] = []
        for thing in things:
            match = self._form.search(thing.form.plain)
            if match and match.start() > 1 and not thing.form.branch:
                for body in self._bodies(thing, match.start()):
                    for length in range(2, min(INDEXED, len(body)) + 1):
                        fulls.setdefault(body[:length], {})[body + str(thing.key)] = thing
            elif not match and thing.reach != REPLY:
                shorts.append(thing)
        for short in shorts:
            name = self._tail.sub("", short.form.plain)
            found = fulls.get(name[:INDEXED], {})
            options = {thing.key: thing for body, thing in sorted(found.items()) if body.startswith(name)}
            yield from self._stems(short, name, [t for t in options.values() if t.group == short.group])

    def _stems(self, short: Thing, name: str, options: list[Thing]) -> Iterator[Proposal]:
        far, near, brand = (self._rules.one(kind) for kind in ("firm", "firm-near", "firm-brand"))
        plain = [o for o in options if not self._other.search(o.form.plain.partition(name)[2])]
        close = [o for o in plain if meet(o, short)]
        if len(name) >= far["least"] and plain:
            yield from propose(short, plain if len(plain) == 1 else close or plain, far)
        elif len(name) >= near["least"] and close:
            yield from propose(short, close, near)
        else:
            yield from propose(short, [o for o in options if meet(o, short)], brand)

    def _words_out(self, firms: list[Thing]) -> Iterator[Proposal]:
        """蓉脉机器人 for 成都蓉脉医疗机器人股份有限公司: the middle left out of the only firm of that brand in a jurisdiction."""
        record = self._rules.one("firm-middle")
        start, common = record["start"], re.compile(f"(?:{record['common']})*")
        brands: dict[str, list[tuple[Thing, str]]] = {}
        for thing in firms:
            match = self._form.search(thing.form.plain)
            name = self._stem(thing, match.start() if match else len(thing.form.plain))
            if thing.reach != REPLY and not thing.form.branch and len(name) > start:
                brands.setdefault(name[:start], []).append((thing, name))
        for brand, named in brands.items():
            fulls = [(t, name) for t, name in named if t.form.official]
            for short, name in named:
                options = [t for t, body in fulls if t.group == short.group and _middle_out(name, body, record)]
                if not options or short.form.official:
                    continue
                alone = all(t is short or t in options or self._within(other, fulls) for t, other in named)
                sure = alone and not common.fullmatch(name[start:]) and not self._rules.names.common(brand)
                doubtful = {**record, "confidence": record["doubtful"]}
                yield from propose(short, options, record if sure else doubtful)

    def _stem(self, thing: Thing, end: int) -> str:
        """What a firm's name begins with behind its city, before its legal form."""
        return self._rules.names.territory.behind_city(self._tail.sub("", thing.form.plain[:end]))

    def _within(self, name: str, fulls: list[tuple[Thing, str]]) -> bool:
        return any(body.startswith(name) for _, body in fulls)

    def _bodies(self, thing: Thing, end: int) -> Iterator[str]:
        """The name up to its legal form: whole, without the city before it, and without the division."""
        plain = self._tail.sub("", thing.form.plain[:end])
        rest = thing.form.rest[: end - len(thing.form.plain)]
        yield from dict.fromkeys((plain, self._rules.names.territory.behind_city(plain), self._tail.sub("", rest)))

    def _registered(self, things: Iterable[Thing], collected: Collected) -> Iterator[Proposal]:
        """建宁科创基金 for 上海建宁科创股权投资基金合伙企业（有限合伙）, or for what bears that as another name."""
        record = self._rules.one("fund-registered")
        ends = record["ends"]
        fulls: dict[str, list[Thing]] = {}
        shorts: list[Thing] = []
        for thing in things:
            if thing.form.rest.endswith(ends):
                shorts.append(thing)
            for rest in self._rests(thing, collected):
                match = None if rest.endswith(ends) else self._fund.search(rest)
                if match:
                    fulls.setdefault(self._rules.names.territory.behind_city(rest[: match.start()]), []).append(thing)
        for short in shorts:
            stem = short.form.rest[: -len(ends)]
            yield from propose(short, [f for f in fulls.get(stem, ()) if meet(f, short) and len(stem) > 1], record)

    def _rests(self, thing: Thing, collected: Collected) -> Iterator[str]:
        """Its names without the place that they begin with."""
        yield thing.form.rest
        for alias, node in thing.aliases.items():
            yield self._rules.names.form(alias, thing.cls, collected.homes[node[0]]).rest

    def _stemmed(self, funds: Iterable[Thing]) -> Iterator[Proposal]:
        """璞跃基金 and 璞跃中国创投基金: for review."""
        record = self._rules.one("fund-stem")
        blocks: dict[str, list[Thing]] = {}
        for fund in funds:
            if fund.form.place is None:
                blocks.setdefault(fund.form.rest[: record["stem"]], []).append(fund)
        for block in blocks.values():
            for fund in block[1:]:
                yield from propose(fund, block[:1], record)

    def _functions(self, home: str, funds: list[Thing], record: Record, drop: re.Pattern[str]) -> Iterator[Proposal]:
        """引导基金 and 区产业引导基金: a jurisdiction's only fund of its kind."""
        own = sorted((t for t in funds if t.form.place == home), key=lambda t: (len(t.form.rest), t.key))
        common = sorted((t for t in funds if t.form.place is None), key=lambda t: t.key)
        for short in common:
            words = drop.sub("", short.form.plain)
            fitting = [o for o in own if in_order(words, o.form.rest)]
            yield from propose(short, fitting if own else common[:1], record)
        for at, short in enumerate(own):
            words = drop.sub("", short.form.rest)
            yield from propose(short, [o for o in own[at + 1 :] if in_order(words, o.form.rest)], record)


def _middle_out(short: str, body: str, record: Record) -> bool:
    """Whether `short` is the brand and the end of `body`, with words left out between."""
    tail = short[record["start"] :]
    return len(tail) >= record["end"] and len(body) > len(short) + 1 and body.endswith(tail)
