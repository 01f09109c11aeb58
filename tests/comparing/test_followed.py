"""Numbers, policies' ends and promises on two sides."""

from collections.abc import Callable, Sequence

import pyoxigraph as ox
import pytest
from oxrdflib import OxigraphStore
from rdflib import Dataset

from ecograph.across import Outcome, Witness
from ecograph.comparing import Scope, compare
from ecograph.comparing.policies import last_day
from ecograph.extraction import Commitment, Extraction, Quantity, Term
from ecograph.graph import ontology_quads, quads
from ecograph.graph.commitments import outcome_quads
from ecograph.iris import entity_iri
from ecograph.model import Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Span, Statement
from ecograph.ontology import Ontology

Graph = Callable[..., Dataset]

CLASSES = {"星河区": "Place", "启元基金": "Fund", "星河沙龙": "Event", "星河区扶持办法": "Policy"}


class Reply:
    """A reply put together sentence by sentence."""

    def __init__(self, name: str, date: str, ontology: Ontology) -> None:
        self.name, self.date, self.text = name, date, ""
        self.iris = {label: entity_iri(ontology.cls(cls).group, label) for label, cls in CLASSES.items()}
        self.quantities: list[Quantity] = []
        self.terms: list[Term] = []
        self.commitments: list[Commitment] = []
        self.statements: list[Statement] = []

    def words(self, sentence: str) -> Evidence:
        """Add a sentence."""
        start = len(self.text)
        self.text += f"{sentence}。"
        return Evidence(start, start + len(sentence), sentence)

    def counts(self, sentence: str, number: str, value: str, time: str, status: str = "done", *, unit: str = "场") -> "Reply":
        """A number of 星河沙龙."""
        clause = self.words(sentence)
        at = clause.start + sentence.index(number)
        figure = Evidence(at, at + len(number), number)
        about = (self.iris["星河沙龙"],)
        self.quantities.append(Quantity(self.name, value, unit, "沙龙", about, figure, clause, status, "t", 0.9, time=time, measure="沙龙"))
        return self

    def dates(self, sentence: str, kind: str, time: str, status: str = "done") -> "Reply":
        """A date of 星河区扶持办法."""
        self.terms.append(Term(self.name, self.iris["星河区扶持办法"], kind, time, self.words(sentence), status, "t", 0.9))
        return self

    def promises(self, sentence: str) -> "Reply":
        """A promise to set up 启元基金."""
        fund = (self.iris["启元基金"],)
        self.commitments.append(Commitment(self.name, self.iris["星河区"], "设立", "", fund, self.words(sentence), "t", 0.9))
        return self

    def says(self, sentence: str) -> "Reply":
        """That 启元基金 was set up."""
        s = Statement(self.iris["星河区"], "establishes", self.iris["启元基金"], (self.words(sentence),), self.name, "done", "t", 0.9)
        self.statements.append(s)
        return self

    def extraction(self) -> Extraction:
        """All of it."""
        header = Header(date=Field(self.date, Span(0, 1)))
        document = Document(self.name, f"{self.name}.txt", self.text, OffsetMap(((0, 0, len(self.text)),)), header)
        at = {label: self.text.find(label) for label in CLASSES}
        mentions = {Mention(n, n + len(label), CLASSES[label], "t", 1.0): self.iris[label] for label, n in at.items() if n >= 0}
        entities = tuple(Entity(self.iris[label], label, cls) for label, cls in CLASSES.items())
        linked = Linked(entities, mentions)
        parts = (tuple(self.quantities), tuple(self.terms), tuple(self.commitments))
        return Extraction(document, tuple(mentions), linked, tuple(self.statements), *parts)


@pytest.fixture
def reply(ontology: Ontology) -> Callable[[str, str], Reply]:
    """An empty reply of that name and date."""
    return lambda name, date: Reply(name, date, ontology)


@pytest.fixture
def dataset(ontology: Ontology) -> Callable[..., Dataset]:
    """The replies, and outcomes as (reply that promised, state, reply that tells)."""
    groups = [quad for quad in ontology_quads(ontology) if quad.predicate.value == ontology.iri("group")]

    def call(replies: Sequence[Reply], outcomes: Sequence[tuple[str, str, str]] = ()) -> Dataset:
        store = ox.Store()
        found = [r.extraction() for r in replies]
        by_id = {e.document.id: e for e in found}
        told = []
        for promising, state, telling in outcomes:
            source = by_id[promising]
            subject = source.commitments[0].id if source.commitments else source.statements[0].id
            text = by_id[telling].document.text if telling else ""
            witness = Witness(telling, Evidence(0, len(text) - 1, text[:-1])) if telling else None
            told.append(Outcome(subject, state, 0.9, "t", witness))
        for e in found:
            rest = {"quantities": e.quantities, "terms": e.terms, "commitments": e.commitments}
            store.extend(quads(e.document, e.mentions, e.linked, e.statements, ontology, **rest))
        store.extend([*groups, *outcome_quads(told, found, ontology)])
        store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
        return Dataset(store=OxigraphStore(store=store), default_union=False)

    return call


def test_a_number_that_moved(reply: Callable[..., Reply], dataset: Graph, ontology: Ontology) -> None:
    """The latest figure of either side as it stands there, with its year and its words; what is planned stands apart; no sums."""
    first = reply("a", "2023-05-01").counts("2022年办了12场星河沙龙", "12场", "12", "2022")
    first.counts("今年星河沙龙不少于15场", "15场", "15", "2023", "planned")
    second = reply("b", "2024-05-01").counts("去年共有21场星河沙龙", "21场", "21", "2023")
    (change,) = compare(dataset([first]), dataset([first, second]), ontology).figures
    assert change.old is not None
    assert ((change.old.text, change.old.time), (change.new.text, change.new.time)) == (("12场", "2022"), ("21场", "2023"))
    assert (change.counted, change.subject and change.subject.label) == ("沙龙", "星河沙龙")
    assert [w.quote for w in change.new.words] == ["去年共有21场星河沙龙"]


def test_an_older_number_moves_nothing(reply: Callable[..., Reply], dataset: Graph, ontology: Ontology) -> None:
    """A later reply that recalls an earlier year changes no latest figure, nor does the same value again or another unit."""
    first = reply("a", "2023-05-01").counts("2022年办了12场星河沙龙", "12场", "12", "2022")
    second = reply("b", "2024-05-01").counts("2021年办了9场星河沙龙", "9场", "9", "2021")
    second.counts("2023年办了12场星河沙龙", "12场", "12", "2023").counts("星河沙龙有30家企业参加", "30家", "30", "2023", unit="家")
    assert compare(dataset([first]), dataset([first, second]), ontology).figures == ()


@pytest.mark.parametrize(
    ("until", "policies"), [("2023-06-30", []), ("2023-12-30", []), ("2023-12-31", ["expired"]), ("2024-12-31", ["expired", "ended"])]
)
def test_a_policy_whose_end_came(until: str, policies: list[str], reply: Callable[..., Reply], dataset: Graph, ontology: Ontology) -> None:
    """It expires with its last day, told beforehand, and is ended once a reply says so; what is only planned ends nothing."""
    first = reply("a", "2023-05-01").dates("星河区扶持办法将于2023年底到期", "expires", "2023-12", "planned")
    first.dates("拟于2023年3月废止星河区扶持办法", "ended", "2023-03", "planned")
    second = reply("b", "2024-06-01").dates("星河区扶持办法已于2024年废止", "ended", "2024", "done")
    one = dataset([first, second])
    found = compare(one, one, ontology, (Scope("old", "2023-05-01"), Scope("new", until))).policies
    assert sorted(p.kind for p in found) == sorted(policies)
    assert all(p.policy.label == "星河区扶持办法" and p.words for p in found)


@pytest.mark.parametrize(
    ("time", "day"),
    [
        ("2023", "2023-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024-02-03", "2024-02-03"),
        ("2022/2025", "2025-12-31"),
        ("2021/", ""),
        ("2023-13", ""),
        ("", ""),
    ],
)
def test_the_last_day(time: str, day: str) -> None:
    """A year ends in December, February when it does, and what is open never."""
    assert last_day(time) == day


def test_a_promise_that_was_kept(reply: Callable[..., Reply], dataset: Graph, ontology: Ontology) -> None:
    """Between the two days its state moved: the words of the promise and of what became of it; silence is no word."""
    first, second = reply("a", "2023-05-01").promises("星河区将设立启元基金"), reply("b", "2024-05-01").says("星河区设立了启元基金")
    one = dataset([first, second], [("a", "fulfilled", "b"), ("a", "silent", "")])
    changes = compare(one, one, ontology, (Scope("old", "2023-12-31"), Scope("new", "2024-12-31")))
    (change,) = changes.commitments
    assert change.old is not None
    assert change.new is not None
    assert (change.old.state, change.new.state) == ("", "fulfilled")
    assert ([w.quote for w in change.words], [w.quote for w in change.new.words]) == (["星河区将设立启元基金"], ["星河区设立了启元基金"])
    assert (change.actor.label, change.action, [t.label for t in change.objects]) == ("星河区", "设立", ["启元基金"])
    assert not compare(one, one, ontology, (Scope("old", "2024-12-31"), Scope("new", "2025-12-31"))).commitments


def test_a_promise_that_was_made(reply: Callable[..., Reply], dataset: Graph, ontology: Ontology) -> None:
    """A new promise without a word of its outcome stands in its own part; in the other direction it is gone."""
    first, second = reply("a", "2023-05-01").says("星河区设立了启元基金"), reply("b", "2024-05-01").promises("星河区将设立启元基金")
    old, new = dataset([first]), dataset([first, second], [("b", "silent", "")])
    there, back = compare(old, new, ontology), compare(new, old, ontology)
    assert (len(there.promised), there.commitments) == (1, ())
    assert ([c.new for c in back.commitments], back.promised) == ([None], ())


def test_what_was_done_and_undone(reply: Callable[..., Reply], dataset: Graph, ontology: Ontology) -> None:
    """The end of what was never promised is told like that of a promise."""
    first, second = reply("a", "2023-05-01").says("星河区设立了启元基金"), reply("b", "2024-05-01").promises("启元基金已清算")
    one = dataset([first, second], [("a", "undone", "b")])
    (change,) = compare(one, one, ontology, (Scope("old", "2023-12-31"), Scope("new", "2024-12-31"))).commitments
    assert change.new is not None
    assert (change.new.state, change.action) == ("undone", ontology.predicate("establishes").label["zh"])
    assert change.old is not None
    assert (change.old.state, [w.quote for w in change.words]) == ("done", ["星河区设立了启元基金"])
