"""An extraction as it may be kept on disk: without the private details of the contact person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Protocol, TypeVar

from ecograph.extraction import Extraction
from ecograph.graph.privacy import Private, public
from ecograph.model import Document, Evidence, Field, Header, Span

MASK = "\N{FULL BLOCK}"  # stands in the kept text for each character of a private detail


class _Told(Protocol):
    """Whatever stands on the words of one clause."""

    @property
    def evidence(self) -> Evidence:
        """The clause."""


T = TypeVar("T", bound=_Told)


def shown(extraction: Extraction) -> Extraction:
    """The extraction without the contact person: details masked, mentions and claims that hold one left out.

    Every offset stays what it was.
    """
    e, private = extraction, Private.of(extraction.document)
    mentions, linked, statements = public(e.document, e.mentions, e.linked, e.statements)
    known = {entity.iri for entity in linked.entities}
    hidden = {entity.iri for entity in e.linked.entities} - known
    told = {s.id for s in statements}
    quantities = [
        replace(q, named=tuple(i for i in q.named if i in known), statements=tuple(i for i in q.statements if i in told))
        for q in _public(e.quantities, private)
        if not hidden.intersection(q.about)
    ]
    commitments = [c for c in _public(e.commitments, private) if not hidden.intersection((c.actor, *c.objects))]
    said = told | {q.id for q in quantities}
    return Extraction(
        _masked(e.document, private),
        mentions,
        replace(linked, entity_of={m: linked.entity_of[m] for m in mentions if m in linked.entity_of}),
        statements,
        tuple(quantities),
        tuple(t for t in _public(e.terms, private) if t.policy not in hidden),
        tuple(
            replace(c, statements=tuple(i for i in c.statements if i in said), quantities=tuple(i for i in c.quantities if i in said))
            for c in commitments
        ),
    )


def _public(told: Iterable[T], private: Private) -> list[T]:
    return [one for one in told if not private.touches(Span(one.evidence.start, one.evidence.end), one.evidence.quote)]


def _masked(document: Document, private: Private) -> Document:
    text = document.text
    for span in private.spans:
        text = text[: span.start] + MASK * (span.end - span.start) + text[span.end :]
    sections = tuple(replace(s, heading=_without(s.heading, private)) for s in document.sections)
    return replace(document, text=_without(text, private), header=_header(document.header, private), sections=sections)


def _without(text: str, private: Private) -> str:
    for detail in private.details:
        text = text.replace(detail, MASK * len(detail))
    return text


def _header(header: Header, private: Private) -> Header:
    kept: dict[str, object] = {}
    for field in fields(Header):
        value = getattr(header, field.name)
        if isinstance(value, Field):
            value = None if private.hides(value) else value
        elif value:
            value = tuple(one for one in value if not private.hides(one))
        kept[field.name] = value
    return Header(**kept)  # type: ignore[arg-type]  # each value has the type of its field
