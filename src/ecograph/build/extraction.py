"""The form in which `ecograph extract` prints what one reply says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ecograph.extraction import Commitment, Extraction, Quantity, Term
from ecograph.model import Evidence, Field, Header, Statement

DENIED = "denied"  # the status that is listed apart: its statements say what is not so


def as_json(extraction: Extraction, name: str) -> dict[str, Any]:
    """Plain values for a file of that name. Offsets count characters of the `text` given here, the end is exclusive."""
    entity_of = extraction.linked.entity_of
    return {
        "document": name,
        "text": extraction.document.text,
        "metadata": _metadata(extraction.document.header),
        "mentions": [
            {"start": m.start, "end": m.end, "type": m.cls, "entity": entity_of[m], "rule": m.rule, "confidence": m.confidence}
            for m in extraction.mentions
        ],
        "entities": [{"id": e.iri, "type": e.cls, "label": e.label, "aliases": list(e.aliases)} for e in extraction.linked.entities],
        "statements": [_statement(s) for s in extraction.statements if s.status != DENIED],
        "denied": [_statement(s) for s in extraction.statements if s.status == DENIED],
        "quantities": [_quantity(q) for q in extraction.quantities],
        "terms": [_term(t) for t in extraction.terms],
        "commitments": [_commitment(c) for c in extraction.commitments],
    }


def _metadata(header: Header) -> dict[str, str | list[str]]:
    """The header's fields that the reply gives, by name."""
    found: dict[str, str | list[str]] = {}
    for f in fields(header):
        value = getattr(header, f.name)
        if isinstance(value, Field):
            found[f.name] = value.value
        elif value:
            found[f.name] = [one.value for one in value]
    return found


def _quantity(quantity: Quantity) -> Mapping[str, Any]:
    """A quantity: `words` is the number with its unit, `evidence` the clause."""
    return {
        "id": quantity.id,
        "value": quantity.value,
        "unit": quantity.unit,
        "bound": quantity.bound,
        "counted": quantity.counted,
        "said_of": list(quantity.about),
        "status": quantity.status,
        "time": quantity.time,
        "measure": quantity.measure,
        **({"named": list(quantity.named), "statements": list(quantity.statements)} if quantity.named else {}),
        "rule": quantity.rule,
        "confidence": quantity.confidence,
        "words": _span(quantity.words),
        "evidence": _span(quantity.evidence),
    }


def _term(term: Term) -> Mapping[str, Any]:
    """A date in a policy's life."""
    return {
        "id": term.id,
        "policy": term.policy,
        "kind": term.kind,
        "time": term.time,
        "status": term.status,
        "rule": term.rule,
        "confidence": term.confidence,
        "evidence": _span(term.evidence),
    }


def _span(evidence: Evidence) -> Mapping[str, int]:
    return {"start": evidence.start, "end": evidence.end}


def _statement(statement: Statement) -> Mapping[str, Any]:
    """A statement with its first passage as `evidence`; if there are further ones, all stand in `passages`."""
    spans = [{"start": e.start, "end": e.end} for e in statement.evidence]
    return {
        "id": statement.id,
        "subject": statement.subject,
        "predicate": statement.predicate,
        "object": statement.object,
        "status": statement.status,
        "time": statement.time,
        **({"amount": statement.amount} if statement.amount else {}),
        "rule": statement.rule,
        "confidence": statement.confidence,
        "evidence": spans[0],
        **({"passages": spans} if len(spans) > 1 else {}),
    }


def _commitment(commitment: Commitment) -> Mapping[str, Any]:
    return {
        "id": commitment.id,
        "actor": commitment.actor,
        "action": commitment.action,
        **({"target": commitment.target} if commitment.target else {}),
        "objects": list(commitment.objects),
        "due": commitment.due,
        "statements": list(commitment.statements),
        "quantities": list(commitment.quantities),
        "rule": commitment.rule,
        "confidence": commitment.confidence,
        "evidence": {"start": commitment.evidence.start, "end": commitment.evidence.end},
    }
