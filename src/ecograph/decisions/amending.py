"""What decisions make of one reply: wrong statements out, missing ones in, another class, a term that is no industry.

Whatever can't be done as it was decided is told as a Report and leaves the reply as the rules read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ecograph.decisions.finding import Names, Words, like_words, same_words, says
from ecograph.extraction import Commitment, Extraction, Quantity
from ecograph.judgement import Claim, Decision, Naming, Placing
from ecograph.model import Entity, Evidence, Linked, Mention, Statement
from ecograph.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Report:
    """A decision that needs a person's eye.

    `state` is `unfound` (its object is not there), `contradicted` (the texts, or what is read from them, now say
    otherwise) or `changed` (it holds, but the words did change). `document` is the reply's id, if it is about one.
    """

    decision: Decision
    state: str
    message: str
    document: str | None = None

    @property
    def line(self) -> str:
        """One line for the analyst."""
        d = self.decision
        return f"{d.id} ({d.kind}, {d.who}, {d.when[:10]}): {self.state}: {self.message}"


class Amendment:
    """One reply as read by the rules, and as it is after the decisions; `reports` tells what did not go as decided."""

    def __init__(self, extraction: Extraction, decisions: Iterable[Decision], ontology: Ontology) -> None:
        self.reports: list[Report] = []
        self._made: dict[str, Decision] = {}  # by the rule of the statement that came in by it
        self._ontology = ontology
        self._extraction = extraction
        self._document = extraction.document.id
        for decision in _in_turn(decisions):
            match decision.matter:
                case Placing(term, None):
                    self._no_industry(decision, term)
                case Naming() if decision.kind == "class":
                    self._class(decision, decision.matter)
                case Claim() if decision.kind == "wrong":
                    self._wrong(decision, decision.matter)
                case Claim():
                    self._missing(decision, decision.matter)

    @property
    def result(self) -> Extraction:
        """The reply as it is now."""
        return self._extraction

    @cached_property
    def _words(self) -> Words:
        return Words(self._extraction.document.text)

    @property
    def _names(self) -> Names:
        return Names(self._extraction.linked.entities)

    def _tell(self, decision: Decision, state: str, message: str) -> None:
        self.reports.append(Report(decision, state, message, self._document))

    def _no_industry(self, decision: Decision, term: str) -> None:
        """The entities that are this term, with their mentions and what is said of them, go."""
        field, linked = self._ontology.with_role("field"), self._extraction.linked
        gone = {e.iri for e in linked.entities if e.cls == field and e.label == term}
        if gone:
            self._extraction = without(self._extraction, gone)

    def _class(self, decision: Decision, matter: Naming) -> None:
        if matter.value not in self._ontology.classes:
            if matter.entity.document:  # else it is told once of all replies
                self._tell(decision, "contradicted", f"{matter.value} is no class of the ontology")
            return
        iri = self._names.find(matter.entity)
        if iri is None:
            if matter.entity.document:
                self._tell(decision, "unfound", f"{self._document} names no {matter.entity.name}")
            return
        changed = reclassed(self._extraction, iri, matter.value)
        kept = tuple(s for s in changed.statements if self._fits(s, changed.linked, iri))
        for statement in changed.statements:
            if statement not in kept:
                said = self._told(statement)
                self._tell(decision, "contradicted", f"{self._document} says {said}, which can't be said of a {matter.value}; left out")
        self._extraction = _keeping(changed, kept)

    def _fits(self, statement: Statement, linked: Linked, iri: str) -> bool:
        if iri not in (statement.subject, statement.object):
            return True
        classes = {e.iri: e.cls for e in linked.entities}
        return self._ontology.allows(statement.predicate, classes[statement.subject], classes[statement.object])

    def _wrong(self, decision: Decision, claim: Claim) -> None:
        names, found = self._names, self._extraction.statements
        alike = [s for s in found if s.id == claim.id or says(claim, s, names, symmetric=self._symmetric(claim))]
        wrong = {s for s in alike if s.id == claim.id or same_words(s, claim.quote)}
        if not wrong:
            wrong = {s for s in alike if s.status == claim.status and like_words(s, claim.quote)}
            if wrong:
                words = " / ".join(sorted(e.quote for s in wrong for e in s.evidence))
                self._tell(decision, "changed", f"the words in {self._document} were “{claim.quote}” and are now “{words}”; still left out")
        if not wrong:
            other = "; it says so with other words, which were not judged" if alike else ""
            self._tell(decision, "unfound", f"{self._document} no longer says {_claimed(claim)} by “{claim.quote}”{other}")
        self._extraction = _keeping(self._extraction, tuple(s for s in found if s not in wrong))

    def _missing(self, decision: Decision, claim: Claim) -> None:
        span = self._words.find(claim.quote)
        if span is None:
            self._tell(decision, "unfound", f"{self._document} no longer has the words “{claim.quote}” for {_claimed(claim)}")
            return
        if not self._sayable(decision, claim):
            return
        named, statement = self._stated(decision, claim, Evidence(span.start, span.end, self._words_at(span.start, span.end)))
        same = [s for s in self._extraction.statements if says(claim, s, self._names, symmetric=self._symmetric(claim))]
        there = [s for s in same if any(e.start < span.end and span.start < e.end for e in s.evidence)]
        if any(s.status == claim.status for s in there):
            self._tell(decision, "contradicted", f"{self._document}: {_claimed(claim)} is now read there without it; it can be revoked")
            return
        for other in there:
            loser, read = self._made.get(other.rule, decision), f"{_claimed(claim)} is read there as {other.status}"
            self._tell(loser, "contradicted", f"{self._document}: {read}, decided as {claim.status} by {decision.id}")
        self._made[statement.rule] = decision
        kept = tuple(s for s in self._extraction.statements if s not in there)
        changed = _keeping(self._extraction, kept)
        linked = replace(changed.linked, entities=named)
        self._extraction = replace(changed, linked=linked, statements=(*changed.statements, statement))

    def _sayable(self, decision: Decision, claim: Claim) -> bool:
        """Whether the ontology and the reply have all that the statement names."""
        if claim.predicate not in self._ontology.predicates or claim.status not in self._ontology.statuses:
            name = claim.predicate if claim.predicate not in self._ontology.predicates else claim.status
            self._tell(decision, "contradicted", f"the ontology declares no {name}")
            return False
        classes = []
        for thing in (claim.subject, claim.object):
            iri = self._names.find(thing)
            cls = self._names.entities[iri].cls if iri else thing.cls
            if cls not in self._ontology.classes or not (iri or thing.label):
                self._tell(
                    decision, "unfound", f"{self._document} names no {thing.name}, and the decision doesn't tell its label and class"
                )
                return False
            classes.append(cls)
        ends = [self._names.find(thing) or thing.iri for thing in (claim.subject, claim.object)]
        if ends[0] == ends[1]:
            self._tell(decision, "contradicted", f"{self._document} has {claim.subject.name} and {claim.object.name} as one thing")
            return False
        if not self._ontology.allows(claim.predicate, *classes):
            self._tell(decision, "contradicted", f"a {classes[0]} can't be said to have {claim.predicate} with a {classes[1]}")
            return False
        return True

    def _stated(self, decision: Decision, claim: Claim, evidence: Evidence) -> tuple[tuple[Entity, ...], Statement]:
        """The reply's entities with those that only the decision names, and the statement."""
        named = dict(self._names.entities)
        ends = []
        for thing in (claim.subject, claim.object):
            iri = self._names.find(thing) or thing.iri
            named.setdefault(iri, Entity(iri, thing.label, thing.cls))
            ends.append(iri)
        return tuple(named[iri] for iri in sorted(named)), Statement(
            ends[0],
            claim.predicate,
            ends[1],
            (evidence,),
            self._document,
            claim.status,
            f"decision:{decision.id}",
            1.0,
            claim.time,
            claim.amount,
        )

    def _symmetric(self, claim: Claim) -> bool:
        predicate = self._ontology.predicates.get(claim.predicate)
        return predicate is not None and predicate.symmetric

    def _words_at(self, start: int, end: int) -> str:
        return self._extraction.document.text[start:end]

    def _told(self, statement: Statement) -> str:
        labels = {e.iri: e.label for e in self._extraction.linked.entities}
        return f"{labels.get(statement.subject)} – {statement.predicate} – {labels.get(statement.object)}"


def reclassed(extraction: Extraction, iri: str, cls: str) -> Extraction:
    """The reply with another class for one entity and its mentions."""
    linked = extraction.linked
    changed = {m: replace(m, cls=cls) if linked.entity_of.get(m) == iri else m for m in extraction.mentions}
    entities = tuple(replace(e, cls=cls) if e.iri == iri else e for e in linked.entities)
    entity_of = {changed.get(m, m): of for m, of in linked.entity_of.items()}
    mentions = tuple(changed[m] for m in extraction.mentions)
    return replace(extraction, mentions=mentions, linked=replace(linked, entities=entities, entity_of=entity_of))


def without(extraction: Extraction, gone: set[str]) -> Extraction:
    """The reply without these entities, their mentions, and what is said of them."""
    linked = extraction.linked
    dropped = {m for m, iri in linked.entity_of.items() if iri in gone}
    left = replace(
        linked,
        entities=tuple(e for e in linked.entities if e.iri not in gone),
        entity_of={m: iri for m, iri in linked.entity_of.items() if m not in dropped},
        references=tuple((span, iri) for span, iri in linked.references if iri not in gone),
    )
    mentions: tuple[Mention, ...] = tuple(m for m in extraction.mentions if m not in dropped)
    quantities = tuple(_about(q, gone) for q in extraction.quantities)
    ids = {old.id: new.id for old, new in zip(extraction.quantities, quantities, strict=True)}
    commitments = (_aimed(c, gone, ids) for c in extraction.commitments if c.actor not in gone)
    changed = replace(extraction, mentions=mentions, linked=left, quantities=quantities, commitments=tuple(commitments))
    return _keeping(changed, tuple(s for s in changed.statements if not {s.subject, s.object} & gone))


def _about(quantity: Quantity, gone: set[str]) -> Quantity:
    said, named = (tuple(iri for iri in iris if iri not in gone) for iris in (quantity.about, quantity.named))
    return replace(quantity, about=said, named=named)


def _aimed(commitment: Commitment, gone: set[str], ids: dict[str, str]) -> Commitment:
    objects = tuple(iri for iri in commitment.objects if iri not in gone)
    return replace(commitment, objects=objects, quantities=tuple(ids.get(q, q) for q in commitment.quantities))


def _keeping(extraction: Extraction, statements: tuple[Statement, ...]) -> Extraction:
    """The reply with only these statements; a promise that rested on dropped ones alone is dropped too."""
    gone = {s.id for s in extraction.statements} - {s.id for s in statements}
    if not gone:
        return replace(extraction, statements=statements)
    commitments = (
        replace(c, statements=tuple(s for s in c.statements if s not in gone))
        for c in extraction.commitments
        if not c.statements or not gone.issuperset(c.statements)
    )
    quantities = tuple(replace(q, statements=tuple(s for s in q.statements if s not in gone)) for q in extraction.quantities)
    return replace(extraction, statements=statements, commitments=tuple(commitments), quantities=quantities)


def _claimed(claim: Claim) -> str:
    return f"{claim.subject.name} – {claim.predicate} – {claim.object.name}"


def _in_turn(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """What is no industry and what is of another class first, then what is wrong, then what is missing; a document's own word last."""
    turn = {"industry": 0, "class": 1, "wrong": 2, "missing": 3}

    def rank(decision: Decision) -> tuple[int, bool, tuple[object, ...]]:
        own = isinstance(decision.matter, Naming) and decision.matter.entity.document is not None
        return turn.get(decision.kind, 4), own, decision.order

    yield from sorted(decisions, key=rank)
