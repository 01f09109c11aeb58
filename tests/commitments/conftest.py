"""Invented replies with hand-made mentions: [surface/Class] or [surface/Class=entity]; 我局 and 我区 are references."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ecograph.across import Identity, Outcome
from ecograph.commitments import Ledger, Promises
from ecograph.extraction import Commitment, Extraction
from ecograph.model import Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Section, Span, Statement
from ecograph.ontology import Ontology

MARK = re.compile(r"\[(?P<surface>[^/\]=]+)/(?P<cls>\w+)(?:=(?P<iri>[^\]]+))?\]")
PLACE, BODY = "云溪区", "云溪区科技局"
OWN = {"我区": PLACE, "我局": BODY}
NOBODY = Identity({})

Reply = Callable[..., Extraction]
Told = dict[str, list[tuple[str, str]]]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The project's own ontology."""
    return Ontology()


@pytest.fixture(scope="session")
def promises(ontology: Ontology) -> Promises:
    """The finder of promises, made once."""
    return Promises(ontology)


@pytest.fixture(scope="session")
def ledger(ontology: Ontology) -> Ledger:
    """The ledger, made once."""
    return Ledger(ontology)


def document_of(parts: list[tuple[str, str, str]], name: str, date: str | None) -> tuple[Document, list[Mention], Linked]:
    """A document of sections (mode, heading, marked text), with its mentions and their entities."""
    text, mentions, sections = "", [], []
    entities = {PLACE: Entity(PLACE, PLACE, "Place"), BODY: Entity(BODY, BODY, "GovernmentBody")}
    entity_of: dict[Mention, str] = {}
    for mode, heading, marked in parts:
        start, last = len(text), 0
        whole = heading + "\n" + marked if heading else marked
        for match in MARK.finditer(whole):
            text += whole[last : match.start()]
            mention = Mention(len(text), len(text) + len(match["surface"]), match["cls"], "test", 0.9)
            text += match["surface"]
            iri = match["iri"] or match["surface"]
            entities.setdefault(iri, Entity(iri, match["surface"], match["cls"]))
            entity_of[mention] = iri
            mentions.append(mention)
            last = match.end()
        text += whole[last:] + "\n"
        sections.append(Section(MARK.sub(lambda m: m["surface"], heading), 1, mode, start, len(text)))
    references = [(Span(m.start(), m.end()), OWN[m.group()]) for m in re.finditer("|".join(OWN), text)]
    field = Field(date, Span(0, 1)) if date else None
    document = Document(name, f"{name}.txt", text, OffsetMap(((0, 0, len(text)),)), Header(date=field), tuple(sections))
    return document, mentions, Linked(tuple(entities.values()), entity_of, tuple(references), PLACE, BODY)


@pytest.fixture(scope="session")
def reply(promises: Promises) -> Reply:
    """Makes a reply of a text in the body and one under a plan's heading; `done` are its statements (subject, predicate, object, words)."""

    def make(
        body: str = "",
        plan: str = "",
        *,
        name: str = "one",
        date: str | None = "2023-05-20",
        heading: str = "",
        done: tuple[tuple[str, str, str, str], ...] = (),
    ) -> Extraction:
        parts = [("body", heading, body)] if body else []
        parts += [("plan", "", plan)] if plan else []
        document, mentions, linked = document_of(parts, name, date)
        statements = tuple(_statement(document, *said) for said in done)
        found = promises.find(document, mentions, linked, statements, ())
        return Extraction(document, tuple(mentions), linked, statements, commitments=found)

    return make


def _statement(document: Document, subject: str, predicate: str, obj: str, words: str) -> Statement:
    start = document.text.index(words)
    evidence = (Evidence(start, start + len(words), words),)
    return Statement(subject, predicate, obj, evidence, document.id, "done", "test", 0.9)


@pytest.fixture(scope="session")
def follow(ledger: Ledger) -> Callable[..., Told]:
    """What became of the promises, by state: pairs of the promise's words and the words that tell."""

    def told(*replies: Extraction, identity: Identity = NOBODY) -> Told:
        said: dict[str, Commitment | Statement] = {c.id: c for e in replies for c in e.commitments}
        said.update({s.id: s for e in replies for s in e.statements})
        found: Told = {}
        for outcome in ledger.follow(replies, identity):
            found.setdefault(outcome.state, []).append((_quote(said[outcome.commitment]), _words(outcome)))
        return found

    return told


def _quote(said: Commitment | Statement) -> str:
    return said.evidence.quote if isinstance(said, Commitment) else said.evidence[0].quote


def _words(outcome: Outcome) -> str:
    return outcome.witness.evidence.quote if outcome.witness else ""
