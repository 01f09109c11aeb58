"""A reply made by hand, of invented names, as the rooms before the graph would hand it over."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from ecograph.graph import ontology_quads, quads, write_nquads
from ecograph.iris import entity_iri
from ecograph.model import Contact, Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Section, Span, Statement
from ecograph.ontology import Ontology

TEXT = """对云溪区第三届人大二次会议第012号建议的答复
办理结果：解决采纳 签发人：周平
李明代表：
一、主要做法
云溪智算有限公司与东岭大学开展合作。我区将支持云溪智算有限公司。未设立云溪基金。
联系人：孙丽雅 电话：021-55667788 地址：云溪区青石路8号
"""
NAMES = {
    "云溪智算有限公司": "Company",
    "东岭大学": "ResearchOrganization",
    "云溪基金": "Fund",
    "云溪区": "Place",
    "孙丽雅": "Person",
}


@dataclass(frozen=True)
class Reply:
    """What the graph room gets for one reply."""

    document: Document
    mentions: tuple[Mention, ...]
    linked: Linked
    statements: tuple[Statement, ...]

    def quads(self, ontology: Ontology, **options: Any) -> list[Any]:
        """Its graph."""
        return quads(self.document, self.mentions, self.linked, self.statements, ontology, **options)

    def saying(self, *statements: Statement) -> "Reply":
        """The same reply with these statements."""
        return replace(self, statements=statements)


def span(words: str, text: str = TEXT, after: int = 0) -> Span:
    """Where the words stand."""
    start = text.index(words, after)
    return Span(start, start + len(words))


def evidence(words: str, after: int = 0) -> Evidence:
    """The words as evidence."""
    place = span(words, after=after)
    return Evidence(place.start, place.end, words)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


@pytest.fixture
def iri(ontology: Ontology) -> Callable[[str], str]:
    """The IRI of one of the reply's entities by its name."""
    return lambda name: entity_iri(ontology.cls(NAMES[name]).group, name)


@pytest.fixture
def state(iri: Callable[[str], str]) -> Callable[..., Statement]:
    """A statement: `state("云溪区", "supports", "东岭大学", "words of the reply", status="planned")`."""

    def make(subject: str, predicate: str, obj: str, words: str, **fields: Any) -> Statement:
        given = {"status": "done", "rule": "by-hand", "confidence": 0.9, **fields}
        return Statement(iri(subject), predicate, iri(obj), (evidence(words),), "012", **given)

    return make


@pytest.fixture
def reply(iri: Callable[[str], str], state: Callable[..., Statement]) -> Reply:
    """A reply with five entities, a fact, a plan, a denial, and a contact person."""
    mentions = {name: Mention(span(name).start, span(name).end, cls, "by-hand", 0.75) for name, cls in NAMES.items()}
    body = TEXT.index("一、主要做法")
    document = Document(
        "012",
        "012.txt",
        TEXT,
        OffsetMap(((0, 10, len(TEXT)),)),
        Header(
            title=Field("对第012号建议的答复", span(TEXT.splitlines()[0])),
            number=Field("012", span("012")),
            addressees=(Field("李明", span("李明")),),
            signatory=Field("周平", span("周平")),
            date=Field("2023-05-08", span("012")),
        ),
        (Section("一、主要做法", 1, "body", body, len(TEXT)),),
        (
            Contact("person", span("孙丽雅")),
            Contact("telephone", span("021-55667788")),
            Contact("address", span("云溪区青石路8号")),
        ),
    )
    entities = tuple(Entity(iri(name), name, cls, ("云溪智算",) if cls == "Company" else ()) for name, cls in NAMES.items())
    linked = Linked(entities, {m: iri(name) for name, m in mentions.items()}, ((span("我区"), iri("云溪区")),), iri("云溪区"))
    return Reply(
        document,
        tuple(mentions.values()),
        linked,
        (
            state("云溪智算有限公司", "cooperatesWith", "东岭大学", "云溪智算有限公司与东岭大学开展合作", time="2023"),
            state("云溪区", "supports", "云溪智算有限公司", "我区将支持云溪智算有限公司", status="planned"),
            state("云溪区", "establishes", "云溪基金", "未设立云溪基金", status="denied"),
        ),
    )


@pytest.fixture
def built(reply: Reply, ontology: Ontology, tmp_path: Path) -> Path:
    """An output folder that holds the reply's graph."""
    write_nquads([*reply.quads(ontology), *ontology_quads(ontology)], tmp_path / "graph.nq")
    return tmp_path
