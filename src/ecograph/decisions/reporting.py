"""Decisions that the replies, taken together, no longer bear out: their object is gone, or a text says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ecograph.decisions.amending import Report
from ecograph.extraction import Extraction
from ecograph.judgement import Claim, Decision, Naming, Pair, Placing, Revocation, Thing
from ecograph.ontology import Ontology

DENIED = "denied"  # the status of what a text says is not so: it tells nothing of identity


@dataclass(slots=True)
class _Seen:
    """What the replies gone through so far name, of the things that decisions are about."""

    documents: set[str] = field(default_factory=set)
    iris: set[str] = field(default_factory=set)
    nodes: set[tuple[str, str]] = field(default_factory=set)
    terms: set[str] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=dict)  # by label: the IRIs of that name


def report_across(
    decisions: Iterable[Decision], lines: Iterable[Decision], extractions: Iterable[Extraction], ontology: Ontology
) -> list[Report]:
    """What needs all replies to be told: things and documents that are gone, pairs of which a text says otherwise.

    `decisions` are those that count, `lines` all that were ever made. Goes through the replies once.
    """
    counting = list(decisions)
    pairs, seen = _Pairs(counting), _Seen()
    found: list[Report] = []
    for extraction in extractions:
        _note(seen, extraction, ontology)
        found += pairs.against(extraction)
    found += [r for d in counting for r in _unfound(d, seen, ontology)]
    known = {d.id for d in lines}
    unknown = (d for d in lines if isinstance(d.matter, Revocation) and d.matter.target not in known)
    found += [Report(d, "unfound", "the decision that it revokes is not in the file") for d in sorted(unknown, key=lambda d: d.order)]
    return found


def _note(seen: _Seen, extraction: Extraction, ontology: Ontology) -> None:
    document, industry = extraction.document.id, ontology.with_role("field")
    seen.documents.add(document)
    for entity in extraction.linked.entities:
        seen.iris.add(entity.iri)
        seen.nodes.add((document, entity.iri))
        if entity.cls == industry:
            seen.terms.update((entity.label, *entity.aliases))
        for name in (entity.label, *entity.aliases):
            seen.named.setdefault(name, set()).add(entity.iri)


def _unfound(decision: Decision, seen: _Seen, ontology: Ontology) -> Iterator[Report]:
    match decision.matter:
        case Pair(one, other):
            yield from (r for thing in (one, other) for r in _gone(decision, thing, seen))
        case Naming(entity):
            if decision.kind == "class" and not entity.document and decision.matter.value not in ontology.classes:
                yield Report(decision, "contradicted", f"{decision.matter.value} is no class of the ontology")
            # A class finds its entity by name too; where a reply has none, that reply tells.
            if decision.kind == "label" or not (entity.document in seen.documents or (not entity.document and entity.label in seen.named)):
                yield from _gone(decision, entity, seen)
        case Claim():
            if decision.matter.document not in seen.documents:
                yield Report(decision, "unfound", f"there is no reply {decision.matter.document}")
        case Placing(term, concept):
            if term not in seen.terms:
                yield Report(decision, "unfound", f"no reply names {term} as an industry")
            yield from _placed(decision, term, concept, ontology)


def _placed(decision: Decision, term: str, concept: str | None, ontology: Ontology) -> Iterator[Report]:
    """A term whose place the scheme of industries now tells otherwise, or a concept that is gone."""
    if concept is not None and concept not in ontology.concepts:
        yield Report(decision, "unfound", f"the concept {concept} is in no scheme")
    for known in ontology.scheme("industries"):
        if term in known.labels and concept not in (known.iri, *known.broader):
            where = " and ".join(ontology.concepts[b].label for b in known.broader if b in ontology.concepts)
            yield Report(decision, "contradicted", f"the scheme of industries has {term}{f' under {where}' if where else ''}")


def _gone(decision: Decision, thing: Thing, seen: _Seen) -> Iterator[Report]:
    if thing.ref in seen.nodes or thing.ref in seen.iris:
        return
    others = sorted(seen.named.get(thing.label, set()) - {thing.iri})
    hint = f"; of that name there is {', '.join(others)}" if others else ""
    if thing.document is None:
        yield Report(decision, "unfound", f"no reply names {thing.name} ({thing.iri}){hint}")
    elif thing.document not in seen.documents:
        yield Report(decision, "unfound", f"there is no reply {thing.document}")
    else:
        yield Report(decision, "unfound", f"{thing.document} names no {thing.name} ({thing.iri}){hint}", thing.document)


class _Pairs:
    """The pairs judged, by what a text would say against them."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._same: dict[frozenset[str], list[tuple[Decision, Pair]]] = {}
        self._different: dict[str, list[tuple[Decision, Pair]]] = {}
        for decision in decisions:
            match decision.matter:
                case Pair(one, other) if decision.kind == "same":
                    self._same.setdefault(frozenset((one.iri, other.iri)), []).append((decision, decision.matter))
                case Pair(one, other) if one.iri != other.iri:
                    self._different.setdefault(one.label, []).append((decision, decision.matter))

    def against(self, extraction: Extraction) -> Iterator[Report]:
        """What this reply says against a pair: that one does something to the other, or that both are names of one thing."""
        document = extraction.document.id
        for said in extraction.statements:
            for decision, pair in self._same.get(frozenset((said.subject, said.object)), ()):
                # Nothing stands in a relation to itself.
                if said.status != DENIED and said.subject != said.object and _meant(pair, document):
                    yield Report(decision, "contradicted", f"{document} speaks of two: {said.evidence[0].quote}", document)
        for entity in extraction.linked.entities:
            names = {entity.label, *entity.aliases}
            for decision, pair in (found for name in sorted(names) for found in self._different.get(name, ())):
                if pair.other.label in names and _meant(pair, document):
                    words = f"{document} has {pair.one.name} and {pair.other.name} as names of one thing"
                    yield Report(decision, "contradicted", words, document)


def _meant(pair: Pair, document: str) -> bool:
    """Whether the pair is about this reply at all."""
    return all(thing.document in (None, document) for thing in (pair.one, pair.other))
