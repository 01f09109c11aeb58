"""Evidence of titles cut down to their numbers, or cited without their years: 《三年行动计划》."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ecograph.identity.proposals import Proposal, Rules, by_home, propose
from ecograph.identity.things import REPLY, Collected, Thing
from ecograph.identity.titles import Titles


class ShortTitles:
    """The kind title-numbered: the one title of a jurisdiction that ends so, or that is the same but for its years."""

    def __init__(self, rules: Rules, titles: Titles) -> None:
        self._titles = titles
        self._record = rules.one("title-numbered")
        self._numbered = re.compile(self._record["pattern"])
        self._years = re.compile(self._record["years"])
        self._revised = re.compile(self._record["revised"])

    def body(self, thing: Thing) -> str:
        """The title without its place, particles, weak words and years."""
        return self._titles.bare(self._years.sub("", thing.form.rest))

    def find(self, collected: Collected) -> Iterator[Proposal]:
        """All proposals of this kind."""
        policies = [t for t in collected.things.values() if t.cls in self._record["classes"]]
        for group in by_home(policies).values():
            fulls = [(t, self.body(t)) for t in group if t.reach != REPLY]
            for short in (t for t in group if not t.form.edition):
                options = [f for f, body in fulls if self._cites(short, f, body) and not self._begins_later(f, short, collected)]
                yield from propose(short, options, self._record)

    def _cites(self, short: Thing, full: Thing, body: str) -> bool:
        """Whether `short` may stand for `full`; what its own reply names by the end alone is linking's to settle."""
        words = self.body(short)
        if len(words) >= self._record["least"] and self._numbered.match(words):
            return body.endswith(words) and body != words and not {n[0] for n in short.nodes} & {n[0] for n in full.nodes}
        return short.reach != REPLY and body == words and len(words) >= self._record["loose"] and bool(full.form.edition)

    def _begins_later(self, full: Thing, short: Thing, collected: Collected) -> bool:
        """Whether the years of `full` begin after the last reply that uses `short`; a reply without date may mean any.

        Of a revised edition: after the first, for then the title without its year means an earlier one.
        """
        dates = [collected.dates[node[0]] for node in short.nodes]
        if revised := self._revised.search(full.form.rest):
            return min(dates)[:4] < revised.group("year")
        years = self._years.search(full.form.rest)
        return years is not None and all(dates) and years.group("year") > max(dates)[:4]
