"""Invented sentences with hand-made mentions: [surface/Class], [surface/Class=entity], [surface=entity] a reference."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ecograph.model import Document, Entity, Field, Header, Linked, Mention, OffsetMap, Section, Span, Statement
from ecograph.ontology import Ontology
from ecograph.relating import Relater

MARK = re.compile(r"\[(?P<surface>[^/\]=]+)(?:/(?P<cls>\w+))?(?:=(?P<entity>[^\]]+))?\]")
Related = Callable[..., tuple[Statement, ...]]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The project's own ontology."""
    return Ontology()


@pytest.fixture(scope="session")
def relater(ontology: Ontology) -> Relater:
    """The room, made once."""
    return Relater(ontology)


def parse(marked: str, *, mode: str = "body", date: str = "2024-05-20") -> tuple[Document, list[Mention], Linked]:
    """A document of one section, its mentions and their entities; the jurisdiction is 江州市, the issuer 江州市科技局."""
    entities = {"江州市": Entity("江州市", "江州市", "Place"), "江州市科技局": Entity("江州市科技局", "江州市科技局", "GovernmentBody")}
    text, last = "", 0
    entity_of: dict[Mention, str] = {}
    references: list[tuple[Span, str]] = []
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        start, iri = len(text), match["entity"] or match["surface"]
        text += match["surface"]
        if match["cls"]:
            entities.setdefault(iri, Entity(iri, iri, match["cls"]))
            entity_of[Mention(start, len(text), match["cls"], "test", 1.0)] = iri
        else:
            references.append((Span(start, len(text)), iri))
        last = match.end()
    text += marked[last:]
    header = Header(date=Field(date, Span(0, 1)))
    sections = (Section("", 1, mode, 0, len(text)),)
    document = Document("t", "t.txt", text, OffsetMap(((0, 0, len(text)),)), header, sections)
    linked = Linked(tuple(entities.values()), entity_of, tuple(references), "江州市", "江州市科技局")
    return document, list(entity_of), linked


@pytest.fixture
def related(relater: Relater) -> Related:
    """A function from marked text to its statements."""

    def relate(marked: str, *, mode: str = "body", date: str = "2024-05-20") -> tuple[Statement, ...]:
        return relater.relate(*parse(marked, mode=mode, date=date))

    return relate


@pytest.fixture(scope="session")
def ruled(ontology: Ontology) -> Related:
    """A function from marked text to what the rules alone state."""
    alone = Relater(ontology, None)

    def relate(marked: str, *, mode: str = "body", date: str = "2024-05-20") -> tuple[Statement, ...]:
        return alone.relate(*parse(marked, mode=mode, date=date))

    return relate


@pytest.fixture(scope="session")
def case() -> Callable[..., tuple[Document, list[Mention], Linked]]:
    """The function from marked text to a document, its mentions and their entities."""
    return parse
