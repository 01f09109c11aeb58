"""What a reply tells as done, dropped or undone: clauses with a result's words, and statements of fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ecograph.commitments.dates import Dates, Number, Numbers, last_month
from ecograph.commitments.marking import Marked, Name
from ecograph.commitments.scenes import BEFORE, BOTH, EITHER, SIDES, Scene
from ecograph.commitments.words import Patterns, Words, either
from ecograph.errors import OntologyError
from ecograph.extraction import Extraction
from ecograph.model import Document, Evidence, Statement
from ecograph.ontology import Ontology, Record

FILE = "patterns/outcomes.jsonl"
DONE = "done"  # a status of statements, and the state of what is told so
SURE, LIKELY = 0.85, 0.75  # of a result with words that say that it is reached, and without


@dataclass(frozen=True, slots=True)
class Happening:
    """Something told: its `state` is done, dropped or undone; for done ones `does` is the kind of result.

    `things` are the IRIs, as the reply has them, to which it happened, `agents` those through whom. `evidence` is the
    clause, with the one before that names the thing; `rest` the clause's words outside names, for things that were not
    recognised. `time` is the first time told, `latest` the latest. `statement` is the id of the statement that tells it.
    """

    document: str
    state: str
    does: str
    rule: str
    confidence: float
    evidence: Evidence
    things: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    numbers: tuple[Number, ...] = ()
    time: str | None = None
    latest: str | None = None
    statement: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """A group of words: what they tell (a result or a state), the side on which its thing stands, whether the clause before is theirs."""

    id: str
    tells: str
    side: str
    since: bool


class Teller:
    """Finds happenings by patterns/outcomes.jsonl. Raises OntologyError when a record is not sound."""

    def __init__(self, ontology: Ontology, words: Words, dates: Dates, numbers: Numbers) -> None:
        records = ontology.records("outcomes")
        patterns = Patterns(FILE, records, {})
        self._words, self._dates, self._numbers = words, dates, numbers
        self._results, self._result = _groups(patterns, records, "result")
        self._ends, self._end = _groups(patterns, records, "ended")
        self._said: Mapping[str, Record] = {r["predicate"]: r for r in records if r["kind"] == "said"}
        self.reports = frozenset(r["id"] for r in self._said.values())
        self.beginnings = frozenset(r["id"] for r in self._said.values() if not r.get("taken"))
        self.begun = frozenset(r["does"] for r in self._said.values() if not r.get("taken"))
        self._unfinished, self._finished = patterns.of("unfinished"), patterns.of("finished")
        self.called_off: Mapping[str, str] = {r["id"]: r["done"] for r in records if r["kind"] == "ended" and "done" in r}
        self._anaphora, self._stands = patterns.of("anaphora"), _one(records, "anaphora")
        self.fresh = patterns.of("fresh")
        self.setting, self._counted = _one(records, "setting"), _one(records, "counted")

    def happenings(self, marked: Marked, extraction: Extraction, planned: Sequence[Evidence]) -> list[Happening]:
        """What the reply tells; `planned` are the words of its own promises, which tell nothing as done."""
        found = [*self._statements(extraction, planned)]
        for _, group in groupby(marked.clauses, key=lambda c: c.sentence):
            clauses = tuple(group)
            for number, clause in enumerate(clauses):
                if clause.mode in self._words.modes:
                    scene = Scene(self._words, marked, clauses[:number], clause)
                    found += self._clause(scene, planned)
        return [*found, *self._backed(extraction, found)]

    def _backed(self, extraction: Extraction, found: Sequence[Happening]) -> Iterator[Happening]:
        """What a result's words tell of a thing, with the statement that the same words make of it, whatever that says."""
        done = [s for s in extraction.statements if s.status == DONE]
        for h in found:
            if h.statement or h.state != DONE or h.does not in self.begun:
                continue
            for thing in sorted(h.things):
                said = [s.id for s in done if thing in (s.subject, s.object) and _within(h.evidence, s.evidence)]
                if said:
                    yield replace(h, statement=min(said), things=frozenset({thing}))

    def _clause(self, scene: Scene, planned: Sequence[Evidence]) -> Iterator[Happening]:
        text, marked, clause = scene.text, scene.marked, scene.clause
        if self._words.wish.search(text):
            return
        yield from self._ended(scene, text)
        if clause.mode not in self._words.telling or self._words.never.search(text):
            return
        begin, end = marked.starts[clause.start], marked.ends[clause.end - 1]
        promised = any(e.start < end and begin < e.end for e in planned)
        if not promised or self._finished.search(text):
            yield from self._done(scene, text, promised=promised)

    def _done(self, scene: Scene, text: str, *, promised: bool) -> Iterator[Happening]:
        matches = list(self._result.finditer(text))
        groups = [self._results[(m.lastindex or 1) - 1] for m in matches]
        marked, clause = scene.marked, scene.clause
        numbers = tuple(self._numbers.numbers(text))
        if not numbers and not matches:
            return
        opening = scene.opening
        whole = marked.text[opening : clause.end]
        time, latest = self._times(marked.document, whole)
        if numbers and not promised and all(group.tells != self._counted["does"] for group in groups):
            evidence = marked.evidence(opening, clause.end)
            does, rule = self._counted["does"], self._counted["id"]
            yield Happening(marked.document.id, DONE, does, rule, LIKELY, evidence, numbers=numbers, time=time, latest=latest)
        sure = SURE if self._finished.search(whole) else LIKELY
        for number, (match, group) in enumerate(zip(matches, groups, strict=True)):
            if self._unfinished.search(text, 0, match.start()) and not self._finished.search(text, 0, match.end()):
                continue
            limit = matches[number + 1].start() if number + 1 < len(matches) else len(text)
            parties = scene.parties(match.start(), match.end(), limit, group.side)
            start = scene.before[-1].start if group.since and scene.before else min(parties.start, opening)
            yield Happening(
                marked.document.id,
                DONE,
                group.tells,
                group.id,
                sure,
                marked.evidence(start, clause.end),
                _iris(parties.things),
                _iris(parties.agents),
                numbers,
                time,
                latest,
                rest=text,
            )

    def _ended(self, scene: Scene, text: str) -> Iterator[Happening]:
        for match in self._end.finditer(text):
            group = self._ends[(match.lastindex or 1) - 1]
            parties = scene.parties(match.start(), match.end(), len(text), group.side)
            meant = scene.marked.before(scene.clause, self._stands["within"]) if self._anaphora.search(text) else ()
            things = parties.things or meant or scene.marked.topic(scene.clause)[:1]
            evidence = scene.marked.evidence(parties.start, scene.clause.end)
            time, latest = self._times(scene.marked.document, text)
            document = scene.marked.document.id
            yield Happening(document, group.tells, "", group.id, SURE, evidence, _iris(things), time=time, latest=latest, rest=text)

    def _times(self, document: Document, text: str) -> tuple[str | None, str | None]:
        """The first time that the words give, and the latest."""
        date = document.header.date
        times = [*self._dates.times(text, int(date.value[:4]) if date and date.value[:4].isdecimal() else None, told=True)]
        return (times[0], max(times, key=last_month)) if times else (None, None)

    def _statements(self, extraction: Extraction, planned: Sequence[Evidence]) -> Iterator[Happening]:
        for s in extraction.statements:
            record = self._said.get(s.predicate)
            if not record or s.status != DONE or s.confidence < self.setting["statement"]:
                continue
            evidence = _saying(s, extraction, s.subject if record.get("shown") else s.object)
            if "needs" in record and not self._reaches(evidence, record["needs"]):
                continue
            if _within(evidence, planned) and not self._finished.search(evidence.quote):
                continue
            both = record["things"] == BOTH
            yield Happening(
                s.document,
                DONE,
                record["does"],
                record["id"],
                s.confidence,
                evidence,
                frozenset({s.subject, s.object} if both else {s.object}),
                frozenset(() if both or not _names(extraction, evidence, s.subject) else {s.subject}),
                tuple(self._numbers.numbers(evidence.quote)),
                s.time,
                self._times(extraction.document, evidence.quote)[1] or s.time,
                s.id,
            )

    def _reaches(self, evidence: Evidence, does: str) -> bool:
        return any(self._results[(m.lastindex or 1) - 1].tells == does for m in self._result.finditer(evidence.quote))


def _saying(statement: Statement, extraction: Extraction, shown: str) -> Evidence:
    """Of a statement's passages, the last one that names that end of it."""
    if len(statement.evidence) == 1:
        return statement.evidence[0]
    named = [m for m, iri in extraction.linked.entity_of.items() if iri == shown]
    holding = [e for e in statement.evidence if any(e.start <= m.start and m.end <= e.end for m in named)]
    return (holding or list(statement.evidence))[-1]


def _names(extraction: Extraction, evidence: Evidence, iri: str) -> bool:
    """Whether the words themselves name an entity; who is only meant (该企业) is too unsure to tell one firm from another."""
    every = extraction.linked.entity_of.items()
    return any(found == iri and evidence.start <= m.start and m.end <= evidence.end for m, found in every)


def _within(evidence: Evidence, planned: Sequence[Evidence]) -> bool:
    return any(e.start < evidence.end and evidence.start < e.end for e in planned)


def _iris(names: Sequence[Name]) -> frozenset[str]:
    return frozenset(name.iri for name in names)


def _one(records: Sequence[Record], kind: str) -> Record:
    found = [r for r in records if r["kind"] == kind]
    if len(found) != 1:
        raise OntologyError(f"{FILE}: needs exactly one record of kind {kind!r}, has {len(found)}")
    return found[0]


def _groups(patterns: Patterns, records: Sequence[Record], kind: str) -> tuple[list[_Words], re.Pattern[str]]:
    """All words of a kind as one pattern, longest first, each a group of its own, with what each group tells."""
    found: list[tuple[str, _Words]] = []
    for r in records:
        if r["kind"] == kind:
            group = _Words(r["id"], str(r.get("does") or r.get("state")), str(r.get("side", EITHER)), r.get("since") == BEFORE)
            if group.side not in SIDES:
                raise OntologyError(f"{FILE}: {group.id}: {group.side!r}: a side is {', '.join(SIDES)}")
            found += [(word, group) for word in r["words"]]
    found.sort(key=lambda pair: (-len(pair[0].split("(?")[0]), "(?" not in pair[0], pair[0], pair[1].id))
    return [group for _, group in found], patterns.compile(kind, either([word for word, _ in found]))
