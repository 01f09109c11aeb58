"""Evidence that stands in a reply's text: renamed, called, registered as; and what it tells apart: lists and statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ecograph.across import Witness
from ecograph.extraction import Extraction, Roll
from ecograph.identity.proposals import Proposal, Rules
from ecograph.identity.things import Collected, Key, Thing
from ecograph.model import Mention
from ecograph.ontology import Record

Pair = tuple[Key, Key]
Named = tuple[Mention, Thing]
# Between two names that a text joins stand at most so many characters.
GAP = 28


@dataclass(frozen=True, slots=True)
class _Between:
    """A record of kind between: what stands between two names and, where it asks for that, behind the second."""

    record: Record
    pattern: re.Pattern[str]
    behind: re.Pattern[str] | None
    classes: frozenset[str]

    @classmethod
    def of(cls, record: Record) -> _Between:
        """The record with its patterns compiled."""
        behind = re.compile(record["behind"]) if "behind" in record else None
        return cls(record, re.compile(record["pattern"]), behind, frozenset(record.get("classes", ())))

    def joins(self, one: str, other: str, gap: str, text: str, end: int) -> bool:
        """Whether it joins names of these classes with that gap; the second ends at `end`."""
        if self.classes and not {one, other} <= self.classes:
            return False
        return self.pattern.fullmatch(gap) is not None and (self.behind is None or self.behind.match(text, end) is not None)


class Texts:
    """The kinds between, apposition, listed; and statements, which join two things and not one with itself."""

    def __init__(self, rules: Rules, sure: float = 0.6) -> None:
        self._rules = rules
        self._sure = sure
        self._between = [_Between.of(r) for r in rules.all("between")]
        self._apposition = re.compile(rules.one("apposition")["pattern"])
        listed = rules.one("listed")
        self._listed = re.compile(listed["pattern"])
        self._needs = re.compile(listed["needs"])
        self._authority = rules.ontology.with_role("authority")

    def find(self, extractions: Sequence[Extraction | Roll], collected: Collected) -> tuple[list[Proposal], set[Pair]]:
        """What the texts join, and the pairs of things that they tell apart (each pair sorted)."""
        proposals: list[Proposal] = []
        apart: set[Pair] = set()
        for extraction in extractions:
            id_, text = extraction.document.id, extraction.document.text
            mentions = sorted(extraction.mentions, key=lambda m: (m.start, -m.end))
            iris = extraction.linked.entity_of
            known = [(m, t) for m in mentions if (t := collected.thing_of.get((id_, iris.get(m, "")))) is not None]
            alone = True  # whether the first of the two is no member of a list
            for (one, first), (other, second) in pairwise(known):
                gap = text[one.end : other.start]
                if first is second or one.end > other.start or len(gap) > GAP:
                    alone = True
                    continue
                joined = list(self._joined((one, first), (other, second), collected, id_, alone=alone))
                listed = len(gap) <= 5 and self._listed.fullmatch(gap) and self._needs.search(gap)
                alone = not listed
                if listed and not joined:
                    apart.update(_pair(first, second))
                proposals.extend(joined)
            proposals.extend(self._appositions(extraction, collected, known))
            apart.update(p for s in self._stated(extraction, collected) for p in _pair(*s))
        return proposals, apart

    def _joined(self, one: Named, other: Named, collected: Collected, document: str, *, alone: bool) -> Iterator[Proposal]:
        (mention, first), (last, second) = one, other
        text = collected.clauses.text(document)
        gap = text[mention.end : last.start]
        if first.group != second.group or not gap:
            return
        for between in self._between:
            if between.joins(first.cls, second.cls, gap, text, last.end) and (alone or not between.record.get("alone")):
                full, short = (second, first) if between.record.get("newer") == "second" else (first, second)
                witness = collected.clauses.around(document, mention.start, last.end)
                yield self._strong(short, full, between.record, witness, document)
                return

    def _appositions(self, extraction: Extraction | Roll, collected: Collected, known: list[Named]) -> Iterator[Proposal]:
        """我局（区知识产权局）: the body that replies, under another of its names."""
        id_, text = extraction.document.id, extraction.document.text
        issuer = collected.thing_of.get((id_, extraction.linked.issuer or ""))
        bodies = {m.start: (m, t) for m, t in known if t.cls == self._authority}
        for span, iri in extraction.linked.references if issuer else ():
            match = self._apposition.match(text, span.end)
            mention, thing = bodies.get(match.end(), (None, None)) if match else (None, None)
            if issuer and mention and thing and iri == issuer.iri and thing is not issuer:
                witness = collected.clauses.around(id_, span.start, mention.end)
                yield self._strong(thing, issuer, self._rules.one("apposition"), witness, id_)

    def _strong(self, short: Thing, full: Thing, record: Record, witness: tuple[Witness, ...], document: str) -> Proposal:
        nodes = ((document, short.iri), (document, full.iri))
        return Proposal(short.key, (full.key,), record["id"], record["confidence"], strong=True, nodes=nodes, witnesses=witness)

    def _stated(self, extraction: Extraction | Roll, collected: Collected) -> Iterator[tuple[Thing, Thing]]:
        id_ = extraction.document.id
        for subject, obj, confidence in extraction.ends:
            one, other = collected.thing_of.get((id_, subject)), collected.thing_of.get((id_, obj))
            if one and other and one is not other and one.group == other.group and confidence >= self._sure:
                yield one, other


def _pair(one: Thing, other: Thing) -> Iterator[Pair]:
    if one.group == other.group:
        yield (one.key, other.key) if one.key < other.key else (other.key, one.key)
