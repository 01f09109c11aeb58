"""Judgements of people: data/decisions.jsonl, and what it means for identity and for each reply.

The file is append-only, a JSON object a line (`ecograph.judgement` has the values). What counts is a function of the
set of lines: files are merged with `cat`, repeated lines are harmless, the order of lines tells nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ecograph.decisions.amending import Amendment, Report
from ecograph.decisions.lines import append, parse, read_lines
from ecograph.decisions.reporting import report_across
from ecograph.decisions.standing import Conflict, in_force, unrevoked
from ecograph.extraction import Extraction
from ecograph.judgement import Claim, Decision, Naming, Pair, Placing, Ref
from ecograph.ontology import Ontology

__all__ = ["Conflict", "Decisions", "Report", "append", "load_decisions", "parse"]


def load_decisions(path: Path) -> Decisions:
    """The decisions of a file; none if there is no such file. DecisionError names file and line of one that is faulty."""
    return Decisions(read_lines(path))


class Decisions:
    """A set of decisions. `lines` are all, `active` those that count: both in their order (moment, id), each once."""

    def __init__(self, lines: Iterable[Decision] = ()) -> None:
        self.lines = tuple(sorted({d.id: d for d in lines}.values(), key=lambda d: d.order))
        self.active, self._conflicts = in_force(unrevoked(self.lines))

    def conflicts(self) -> tuple[Conflict, ...]:
        """Decisions that don't count, although nobody revoked them, because of another person's or of several others."""
        return self._conflicts

    @property
    def same(self) -> tuple[tuple[Ref, Ref], ...]:
        """Pairs that are one thing; never two that `different` keeps apart, however they are joined."""
        return tuple(pair for pair, _ in self.pairs("same"))

    @property
    def different(self) -> tuple[tuple[Ref, Ref], ...]:
        """Pairs that are two things."""
        return tuple(pair for pair, _ in self.pairs("different"))

    def pairs(self, kind: str) -> tuple[tuple[tuple[Ref, Ref], str], ...]:
        """The pairs of a kind (same, different), each with its decision's id."""
        found = ((d.matter, d.id) for d in self.active if d.kind == kind)
        return tuple(((m.one.ref, m.other.ref), id_) for m, id_ in found if isinstance(m, Pair))

    @property
    def labels(self) -> Mapping[str, str]:
        """The preferred label of each IRI that was given one; of what is one thing by then, the last in order counts."""
        return self._named("label")

    @property
    def classes(self) -> Mapping[str, str]:
        """The class's name of each IRI that was given one for all replies; for one reply's use of it `amend` sees to it."""
        return self._named("class")

    @property
    def industries(self) -> Mapping[str, str | None]:
        """The concept's IRI under which each term is placed, or None where it is no industry."""
        return {d.matter.term: d.matter.concept for d in self.active if isinstance(d.matter, Placing)}

    def touching(self, document: str, names: Collection[str] | None = None) -> tuple[Decision, ...]:
        """The decisions that `amend` heeds in that document, in their order.

        A class for an IRI and a term that is no industry may touch any document. Given `names`, the IRIs and labels of
        all that the rules find in the document, only those are kept that it names.
        """
        return tuple(d for d in self.active if _touches(d, document, names))

    def digest(self, document: str, names: Collection[str] | None = None) -> str:
        """SHA-256 over `touching`: what a cached result of `amend` depends on. As for a new file when nothing touches it."""
        return hashlib.sha256("\n".join(d.id for d in self.touching(document, names)).encode()).hexdigest()

    def amend(self, extraction: Extraction, ontology: Ontology) -> Extraction:
        """The reply as decided: wrong statements out, missing ones in, other classes, without terms that are no industry.

        A missing statement has the rule `decision:ID` and confidence 1. Takes what the rules found, never its own result.
        """
        return self._amendment(extraction, ontology).result

    def reports(self, extractions: Iterable[Extraction], ontology: Ontology) -> tuple[Report, ...]:
        """Decisions that no longer find their object or that the replies contradict, given all replies as the rules read them.

        The replies are gone through once, one at a time. The same as `reports_on` each and then `reports_across` all.
        """
        found: list[Report] = []

        def each() -> Iterable[Extraction]:
            for extraction in extractions:
                found.extend(self.reports_on(extraction, ontology))
                yield extraction

        across = self.reports_across(each(), ontology)
        return tuple(sorted({*found, *across}, key=_by_decision))

    def reports_on(self, extraction: Extraction, ontology: Ontology) -> tuple[Report, ...]:
        """What `amend` could not do as decided in this reply; to be kept with its result, under the same digest."""
        return tuple(sorted(self._amendment(extraction, ontology).reports, key=_by_decision))

    def reports_across(self, extractions: Iterable[Extraction], ontology: Ontology) -> tuple[Report, ...]:
        """What takes all replies to be told. They may be amended already."""
        return tuple(sorted(set(report_across(self.active, self.lines, extractions, ontology)), key=_by_decision))

    def _amendment(self, extraction: Extraction, ontology: Ontology) -> Amendment:
        named = {name for e in extraction.linked.entities for name in (e.iri, e.label)}
        return Amendment(extraction, self.touching(extraction.document.id, named), ontology)

    def _named(self, kind: str) -> Mapping[str, str]:
        named = (d.matter for d in self.active if d.kind == kind and isinstance(d.matter, Naming))
        found: dict[str, str] = {}
        for matter in named:
            if matter.entity.document is None:
                found.pop(matter.entity.iri, None)  # the last of all stands last
                found[matter.entity.iri] = matter.value
        return found


def _touches(decision: Decision, document: str, names: Collection[str] | None) -> bool:
    match decision.matter:
        case Claim():
            return decision.matter.document == document
        case Naming(entity) if decision.kind == "class":
            return entity.document == document or (
                entity.document is None and (names is None or entity.iri in names or entity.label in names)
            )
        case Placing(term, None):
            return names is None or term in names
    return False


def _by_decision(report: Report) -> tuple[object, ...]:
    return (*report.decision.order, report.document or "", report.state, report.message)
