"""What a sound graph looks like."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ecograph.errors import OntologyError, StoreError
from ecograph.graph import write_nquads
from ecograph.graph.check import Finding, check_graph
from ecograph.iris import BASE
from ecograph.model import Evidence, Statement
from ecograph.ontology import NS, RDF, RDFS, Ontology

XSD = "http://www.w3.org/2001/XMLSchema#"
OA = "http://www.w3.org/ns/oa#"
GRAPH = ox.NamedNode(f"{BASE}graph/reply/012")
FACT = "云溪智算有限公司 – 合作 – 东岭大学"
PLAN = "云溪区 – 支持 – 云溪智算有限公司"
Check = Callable[..., list[tuple[str, str]]]


def quad(subject: str, predicate: str, obj: ox.NamedNode | ox.Literal | ox.BlankNode) -> ox.Quad:
    """A quad of the reply's graph."""
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), obj, GRAPH)


@pytest.fixture
def check(reply: Any, ontology: Ontology) -> Check:
    """The findings on the reply's graph, without the quads that `drop` chooses and with those of `add`."""

    def call(*add: ox.Quad, drop: Callable[[ox.Quad], bool] = lambda _: False, said: Any = reply) -> list[tuple[str, str]]:
        kept = [q for q in said.quads(ontology) if not drop(q)]
        findings = check_graph([*kept, *add], reply.document.text, ontology)
        assert findings == sorted(findings)
        return [(f.subject, f.message) for f in findings]

    return call


@pytest.fixture
def fact(reply: Any) -> str:
    """The address of the statement that is a fact."""
    return f"{BASE}statement/{reply.statements[0].id}"


def at(subject: str, predicate: str) -> Callable[[ox.Quad], bool]:
    """Whether a quad has that subject and predicate."""
    return lambda q: q.subject.value == subject and q.predicate.value == predicate


def test_a_built_graph_is_sound(check: Check) -> None:
    """What quads() makes has no finding."""
    assert check() == []


def test_contacts_kept_are_sound_too(reply: Any, ontology: Ontology) -> None:
    """The option that keeps contacts makes no unsound graph."""
    assert check_graph(reply.quads(ontology, contacts=True), reply.document.text, ontology) == []


def test_a_finding_tells_document_subject_and_fault(reply: Any, ontology: Ontology, fact: str) -> None:
    """The analyst reads labels, not addresses."""
    kept = [q for q in reply.quads(ontology) if not at(fact, f"{NS}evidence")(q)]
    assert check_graph(kept, reply.document.text, ontology) == [Finding("012", FACT, "has no evidence: no passage of the reply says it.")]


@pytest.mark.parametrize(
    ("attribute", "message"),
    [
        (f"{NS}confidence", "needs exactly one confidence."),
        (f"{NS}rule", "needs exactly one rule that found it."),
    ],
)
def test_a_statement_needs_its_attributes(check: Check, fact: str, attribute: str, message: str) -> None:
    """What is missing is named."""
    assert check(drop=at(fact, attribute)) == [(FACT, message)]


@pytest.mark.parametrize(("value", "kind"), [("1.5", "decimal"), ("-0.1", "decimal"), ("0.5", "string")])
def test_confidence_is_a_share(check: Check, fact: str, value: str, kind: str) -> None:
    """It is a decimal from 0 to 1."""
    wrong = quad(fact, f"{NS}confidence", ox.Literal(value, datatype=ox.NamedNode(XSD + kind)))
    assert (FACT, "its confidence is not a decimal number from 0 to 1.") in check(wrong, drop=at(fact, f"{NS}confidence"))


def test_status_comes_from_the_scheme(check: Check, fact: str) -> None:
    """An invented status is found, and the fact is then no fact."""
    wrong = quad(fact, f"{NS}status", ox.NamedNode(f"{BASE}id/status/hoped"))
    found = check(wrong, drop=at(fact, f"{NS}status"))
    assert (FACT, "its status is not in schemes/statuses.ttl.") in found
    assert len(found) == 3  # and either direction of its plain triple lacks a statement


@pytest.mark.parametrize(("time", "sound"), [("2023", True), ("2021-05/2022", True), ("2023-05-08", True), ("去年", False), ("23", False)])
def test_time_is_iso(check: Check, fact: str, time: str, sound: bool) -> None:
    """A date of reduced precision or an interval."""
    found = check(quad(fact, f"{NS}time", ox.Literal(time)), drop=at(fact, f"{NS}time"))
    assert found == ([] if sound else [(FACT, "its time is no ISO 8601 date or interval, such as 2023, 2021-05 or 2022/2025.")])


def test_a_quote_is_what_stands_there(check: Check, reply: Any) -> None:
    """Words of the same length that the text doesn't have are found."""
    words = reply.statements[0].evidence[0]
    wrong = replace(reply.statements[0], evidence=(replace(words, quote="某" * len(words.quote)),))
    said = reply.saying(wrong)
    assert check(said=said) == [(f"characters {words.start}–{words.end}", f"its quote is not what stands there: {words.quote}")]


def test_a_quote_is_as_long_as_its_place(check: Check, reply: Any) -> None:
    """Length and words are both found wrong."""
    words = reply.statements[0].evidence[0]
    said = reply.saying(replace(reply.statements[0], evidence=(replace(words, quote=words.quote[:-1]),)))
    length = words.end - words.start
    assert (f"characters {words.start}–{words.end}", f"its quote has {length - 1} characters, but its place has {length}.") in check(
        said=said
    )


def test_evidence_lies_within_the_text(check: Check, reply: Any) -> None:
    """A passage behind the end of the text is found."""
    end = len(reply.document.text)
    said = reply.saying(replace(reply.statements[0], evidence=(Evidence(end - 1, end + 1, "\n外"),)))
    assert (f"characters {end - 1}–{end + 1}", f"ends at character {end + 1}, but the reply's text has only {end}.") in check(said=said)


def test_start_comes_before_end(check: Check, reply: Any) -> None:
    """Turned offsets are found."""
    words = reply.mentions[0]
    node = f"{BASE}reply/012#char={words.start},{words.end}"
    wrong = quad(node, f"{OA}start", ox.Literal("9999", datatype=ox.NamedNode(f"{XSD}nonNegativeInteger")))
    assert "needs exactly one start, before its end." in {message for _, message in check(wrong, drop=at(node, f"{OA}start"))}


def test_domain_and_range_hold(check: Check, reply: Any, state: Callable[..., Statement]) -> None:
    """A university can't be a subject of issues, nor a company its object."""
    wrong = state("云溪基金", "issues", "东岭大学", "东岭大学", status="planned")
    assert check(said=reply.saying(wrong)) == [
        ("云溪基金 – 印发 – 东岭大学", "a thing of class Fund can't be the subject of issues."),
        ("云溪基金 – 印发 – 东岭大学", "a thing of class Research organization can't be the object of issues."),
    ]


def test_an_undeclared_predicate_is_found(check: Check, fact: str) -> None:
    """A predicate that ecograph.ttl doesn't have."""
    found = check(quad(fact, f"{RDF}predicate", ox.NamedNode(f"{NS}likes")), drop=at(fact, f"{RDF}predicate"))
    assert ("云溪智算有限公司 – ontology#likes – 东岭大学", f"its predicate {NS}likes is not declared in ecograph.ttl.") in found


def test_an_entity_needs_a_label(check: Check, iri: Callable[[str], str]) -> None:
    """Whether a statement leads to it or nothing does."""
    assert check(drop=at(iri("东岭大学"), f"{RDFS}label"))[0] == ("id/organization/东岭大学", "has no label.")
    assert check(quad("a:lonely", f"{RDF}type", ox.NamedNode(f"{NS}Company"))) == [("a:lonely", "has no label.")]


@pytest.mark.parametrize("predicate", ["type", "none"])
def test_an_entity_has_exactly_one_main_class(check: Check, iri: Callable[[str], str], predicate: str) -> None:
    """Two are found as well as none."""
    university = iri("东岭大学")
    if predicate == "type":
        found = check(quad(university, f"{RDF}type", ox.NamedNode(f"{NS}Company")))
    else:
        found = check(drop=at(university, f"{RDF}type"))
    assert ("东岭大学", "needs exactly one main class.") in found


def test_a_fact_has_its_plain_triple(check: Check, iri: Callable[[str], str]) -> None:
    """Dropped, it is missed."""
    found = check(drop=at(iri("云溪智算有限公司"), f"{NS}cooperatesWith"))
    assert found == [(FACT, "is a fact, but its plain triple is not in the graph.")]


def test_a_plan_has_no_plain_triple(check: Check, iri: Callable[[str], str]) -> None:
    """A triple that no statement calls a fact is found."""
    found = check(quad(iri("云溪区"), f"{NS}supports", ox.NamedNode(iri("云溪智算有限公司"))))
    assert found == [("云溪区", "the graph says as a fact that it supports 云溪智算有限公司, but no statement says so.")]


def test_a_blank_node_is_found(check: Check) -> None:
    """Every node needs an address."""
    assert ("reply/012", "the graph has a blank node; every node needs an address.") in check(quad("a:b", "a:c", ox.BlankNode()))


def test_a_graph_is_checked_from_its_file(reply: Any, ontology: Ontology, tmp_path: Path) -> None:
    """The shard on disk serves as well; a missing or damaged one is one line."""
    path = tmp_path / "012.nq"
    write_nquads(reply.quads(ontology), path)
    assert check_graph(path, reply.document.text, ontology) == []
    assert len(check_graph(path, "", ontology)) > 5
    path.write_text("<a:b> <a:", encoding="utf-8")
    with pytest.raises(StoreError, match=r"012\.nq: damaged"):
        check_graph(path, "", ontology)
    with pytest.raises(StoreError, match=r"gone\.nq: not found"):
        check_graph(tmp_path / "gone.nq", "", ontology)


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ("<a:b> <a:c>", "not Turtle: "),
        ("@prefix sh: <http://www.w3.org/ns/shacl#> . <a:s> a sh:PropertyShape ; sh:targetClass <a:c> .", "a shape is wrong: "),
        (
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <a:s> a sh:NodeShape ; sh:targetNode <a:n> ; sh:sparql [ sh:select 'SELECT $this {' ] .",
            "a shape is wrong: ",
        ),
    ],
)
def test_wrong_shapes_are_named(reply: Any, tmp_path: Path, ontology: Ontology, shapes: str, message: str) -> None:
    """An error in shapes.ttl is one line that names the file."""
    for name in ("ecograph.ttl", "schemes/statuses.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ontology.root / name).read_bytes())
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    with pytest.raises(OntologyError, match=rf"shapes\.ttl: {message}[^\n]*$"):
        check_graph(reply.quads(ontology), reply.document.text, Ontology(tmp_path))
