"""Invented sentences with hand-made mentions: [surface/Class], [surface/Class=entity], [surface=entity] a reference."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from ecograph.extraction import Extraction, Quantity, Term
from ecograph.measuring import Dater, Measurer
from ecograph.model import Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Section, Span, Statement
from ecograph.ontology import Ontology

MARK = re.compile(r"\[(?P<surface>[^/\]=]+)(?:/(?P<cls>\w+))?(?:=(?P<entity>[^\]]+))?\]")
BASE = "https://ecograph.example/id/x/"
Said = tuple[str, str, str]  # subject, predicate, object
Measured = Callable[..., tuple[Quantity, ...]]
Dated = Callable[..., tuple[Term, ...]]
Reply = Callable[..., Extraction]


def name(iri: str) -> str:
    """The entity's name in the test."""
    return iri.removeprefix(BASE)


def parse(marked: str, *, mode: str = "body", date: str = "2024-05-20", id: str = "t", said: tuple[Said, ...] = ()) -> Extraction:  # noqa: A002
    """A document of one section with its mentions, entities and statements; the jurisdiction is 江州市."""
    entities = {"江州市": Entity(BASE + "江州市", "江州市", "Place")}
    text, last = "", 0
    entity_of: dict[Mention, str] = {}
    references: list[tuple[Span, str]] = []
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        start, entity = len(text), match["entity"] or match["surface"]
        text += match["surface"]
        if match["cls"]:
            entities.setdefault(entity, Entity(BASE + entity, entity, match["cls"]))
            entity_of[Mention(start, len(text), match["cls"], "test", 1.0)] = BASE + entity
        else:
            references.append((Span(start, len(text)), BASE + entity))
        last = match.end()
    text += marked[last:]
    document = Document(
        id,
        f"{id}.txt",
        text,
        OffsetMap(((0, 0, len(text)),)),
        Header(date=Field(date, Span(0, 1)) if date else None),
        (Section("", 1, mode, 0, len(text)),),
    )
    linked = Linked(tuple(entities.values()), entity_of, tuple(references), BASE + "江州市", None)
    evidence = (Evidence(0, len(text), text),)
    statements = tuple(Statement(BASE + s, p, BASE + o, evidence, id, "done", "test", 1.0) for s, p, o in said)
    return Extraction(document, tuple(entity_of), linked, statements)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The project's own ontology."""
    return Ontology()


@pytest.fixture(scope="session")
def reply(ontology: Ontology) -> Reply:
    """A function from marked text to an extraction with its quantities and terms."""
    measurer, dater = Measurer(ontology), Dater(ontology)

    def make(marked: str, **options: object) -> Extraction:
        e = parse(marked, **options)  # type: ignore[arg-type]
        given = e.document, e.mentions, e.linked, e.statements
        return replace(e, quantities=measurer.measure(*given), terms=dater.date(*given))

    return make


@pytest.fixture(scope="session")
def measured(reply: Reply) -> Measured:
    """A function from marked text to its quantities."""
    return lambda marked, **options: reply(marked, **options).quantities


@pytest.fixture(scope="session")
def dated(reply: Reply) -> Callable[..., list[tuple[str, str, str, str]]]:
    """A function from marked text to its terms as (policy, kind, time, status)."""
    return lambda marked, **options: [(name(t.policy), t.kind, t.time, t.status) for t in reply(marked, **options).terms]
