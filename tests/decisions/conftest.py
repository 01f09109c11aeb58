"""An invented reply with two sentences, and decisions about it."""

from collections.abc import Callable, Mapping
from itertools import count

import pytest

from ecograph.extraction import Commitment, Extraction
from ecograph.iris import entity_iri
from ecograph.judgement import KINDS, Claim, Decision, Matter, Naming, Pair, Placing, Revocation, Thing
from ecograph.model import Document, Entity, Evidence, Linked, Mention, OffsetMap, Statement
from ecograph.ontology import Ontology

Decide = Callable[..., Decision]
Reply = Callable[..., Extraction]

CLASSES = {"云杉科技有限公司": "Company", "星河创新联盟": "Association", "人工智能": "Industry", "星河区": "Place", "启元基金": "Fund"}
MEMBER = "云杉科技有限公司已加入星河创新联盟"
FIELD = "云杉科技有限公司专注于人工智能"
TEXT = f"一、主要做法\n{MEMBER}。\n{FIELD}。\n星河区将设立启元基金。"
SAID = (
    ("云杉科技有限公司", "memberOf", "星河创新联盟", "done", MEMBER),
    ("云杉科技有限公司", "operatesIn", "人工智能", "ongoing", FIELD),
    ("星河区", "establishes", "启元基金", "planned", "星河区将设立启元基金"),
)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


@pytest.fixture
def thing(ontology: Ontology) -> Callable[..., Thing]:
    """A thing of the example by its label, as it would be judged."""

    def call(label: str, document: str | None = None) -> Thing:
        return Thing(entity_iri(ontology.cls(CLASSES[label]).group, label), document, label, CLASSES[label])

    return call


@pytest.fixture(scope="session")
def reply(ontology: Ontology) -> Reply:
    """A reply that has this text and says of it what its sentences hold."""

    def call(text: str = TEXT, said: object = SAID, name: str = "012", classes: Mapping[str, str] = CLASSES) -> Extraction:
        iris = {label: entity_iri(ontology.cls(cls).group, label) for label, cls in classes.items()}
        places = [(text.find(label), label) for label in iris if label in text]
        mentions = {Mention(at, at + len(label), classes[label], "test", 1.0): iris[label] for at, label in places}
        statements = []
        for subject, predicate, obj, status, words in said:  # type: ignore[attr-defined]
            start = text.index(words)
            evidence = (Evidence(start, start + len(words), words),)
            statements.append(Statement(iris[subject], predicate, iris[obj], evidence, name, status, "test", 0.9))
        entities = tuple(Entity(iri, label, classes[label]) for label, iri in sorted(iris.items()))
        plan = next((s for s in statements if s.status == "planned"), None)
        promises = (
            (Commitment(name, plan.subject, "设立", "", (plan.object,), plan.evidence[0], "test", 0.9, statements=(plan.id,)),)
            if plan
            else ()
        )
        document = Document(name, f"{name}.txt", text, OffsetMap(((0, 0, len(text)),)))
        return Extraction(
            document, tuple(sorted(mentions, key=lambda m: m.start)), Linked(entities, mentions), tuple(statements), commitments=promises
        )

    return call


@pytest.fixture
def decide() -> Decide:
    """A decision, each a second after the one before: `decide("same", one, other, who="li")`."""
    clock = count(1)

    def call(kind: str, *parts: object, who: str = "li", when: str | None = None, why: str = "看过原文") -> Decision:
        matter = parts[0] if isinstance(parts[0], Claim) else KINDS[kind](*parts)  # type: ignore[arg-type]
        second = next(clock)
        return Decision(kind, matter, who, when or f"2026-03-01T09:{second // 60:02}:{second % 60:02}Z", why)

    return call


@pytest.fixture
def claim(thing: Callable[..., Thing]) -> Callable[..., Claim]:
    """A statement as it would be judged: `claim("云杉科技有限公司", "memberOf", "星河创新联盟", words)`."""

    def call(subject: str, predicate: str, obj: str, quote: str, status: str = "done", **rest: str) -> Claim:
        return Claim(thing(subject), predicate, thing(obj), rest.pop("document", "012"), quote, status, **rest)

    return call


__all__ = ["Matter", "Naming", "Pair", "Placing", "Revocation"]
