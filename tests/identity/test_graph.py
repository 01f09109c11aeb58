"""Identity as quads, and the merged graph of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from ecograph.graph import open_dataset, quads, write_nquads
from ecograph.graph.canonical import Canonical, merged
from ecograph.graph.identity import identity_quads
from ecograph.graph.iris import CANONICAL_GRAPH
from ecograph.ontology import Ontology


@pytest.fixture
def told(replies: Any) -> Any:
    """Four replies: a platform by three names, one reply giving another class, and a common word."""
    replies.say("“海帆汇”知识产权平台上线。", n=("Platform", "“海帆汇”知识产权平台"))
    replies.say("“海帆汇”2.0版上线。", n=("Platform", "“海帆汇”2.0版"), date="2024-01-01")
    replies.say("“海帆汇”2.0版扩容，落实《实施办法》。", n=("Platform", "“海帆汇”2.0版"), p=("Policy", "实施办法"), date="2025-01-01")
    replies.say("“海帆汇”知识产权平台扩容。", n=("Organization", "“海帆汇”知识产权平台"), date="2025-01-01")
    return replies


@pytest.fixture
def dataset(told: Any, ontology: Ontology, tmp_path: Path, request: pytest.FixtureRequest) -> Any:
    """The replies' graphs and the canonical one, opened in memory (or, with the parameter 0, indexed on disk)."""
    found = [q for e in told.made for q in quads(e.document, e.mentions, e.linked, e.statements, ontology)]
    write_nquads([*found, *identity_quads(told.identity(), told.made, ontology)], tmp_path / "graph.nq")
    return open_dataset(tmp_path, index_above=getattr(request, "param", 10**9))


both = pytest.mark.parametrize("dataset", [10**9, 0], indirect=True, ids=["memory", "disk"])


def test_each_use_has_its_node(told: Any, dataset: Any) -> None:
    """An eco:Identity says which IRI stands for which in which replies, why, how surely, and by which words."""
    variant, canonical = (told.iri("Platform", n) for n in ("“海帆汇”2.0版", "“海帆汇”知识产权平台"))
    rows = dataset.query(
        f"SELECT ?reply ?reason ?confidence WHERE {{ GRAPH <{CANONICAL_GRAPH.value}> {{ ?i a eco:Identity ; eco:variant <{variant}> ; "
        f"eco:canonical <{canonical}> ; eco:reply ?reply ; eco:reason ?reason ; eco:confidence ?confidence }} }} ORDER BY ?reply"
    )
    assert [tuple(map(str, r)) for r in rows] == [(f"https://ecograph.example/reply/r{n}", "core", "0.88") for n in (2, 3)]


def test_the_words_that_say_so_stand_in_full(dataset: Any) -> None:
    """Each evidence of an identity is a passage with its quote, its place and its reply."""
    rows = dataset.query(
        f"SELECT ?i ?quote WHERE {{ GRAPH <{CANONICAL_GRAPH.value}> {{ ?i eco:evidence ?e . "
        "OPTIONAL { ?e a eco:Passage ; eco:quote ?quote ; oa:start ?a ; oa:end ?b ; prov:wasQuotedFrom ?reply } } }"
    )
    quotes = {str(r.quote) for r in rows}
    assert "“海帆汇”2.0版上线" in quotes
    assert "None" not in quotes


def test_the_same_everywhere_is_said_so(told: Any, dataset: Any) -> None:
    """owl:sameAs joins an IRI to the canonical one."""
    variant, canonical = (told.iri("Platform", n) for n in ("“海帆汇”2.0版", "“海帆汇”知识产权平台"))
    assert dataset.query(f"ASK {{ GRAPH <{CANONICAL_GRAPH.value}> {{ <{variant}> owl:sameAs <{canonical}> }} }}").askAnswer


def test_an_iri_that_means_two_things_is_the_same_as_neither(replies: Any, ontology: Ontology) -> None:
    """Of two jurisdictions' local name only the uses are told."""
    for place in ("云溪区", "云溪区", "崂山区"):
        replies.say("专利驿站开张。", n=("Platform", "专利驿站"), place=place)
    predicates = {q.predicate.value for q in identity_quads(replies.identity(), replies.made, ontology)}
    assert not any(p.endswith("sameAs") for p in predicates)
    assert any(p.endswith("#variant") for p in predicates)


@both
def test_a_thing_has_one_node(told: Any, dataset: Any) -> None:
    """In the default graph the mentions of all four replies refer to one IRI, in a reply's graph to its own."""
    canonical = told.iri("Platform", "“海帆汇”知识产权平台")
    [row] = dataset.query(f"SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE {{ ?m eco:refersTo <{canonical}> }}")
    assert int(row.n) == 4
    own = told.iri("Platform", "“海帆汇”2.0版")
    assert dataset.query(f"ASK {{ GRAPH <https://ecograph.example/graph/reply/r2> {{ ?m eco:refersTo <{own}> }} }}").askAnswer
    assert not dataset.query(f"ASK {{ ?m eco:refersTo <{own}> }}").askAnswer


@both
def test_a_thing_has_one_label_and_one_class(told: Any, dataset: Any) -> None:
    """The other names become altLabels; the class is that of most replies."""
    canonical = told.iri("Platform", "“海帆汇”知识产权平台")
    [row] = dataset.query(
        f"SELECT (GROUP_CONCAT(DISTINCT ?l) AS ?named) (GROUP_CONCAT(DISTINCT ?a) AS ?others) (GROUP_CONCAT(DISTINCT STR(?c)) AS ?classes) "
        f"WHERE {{ <{canonical}> rdfs:label ?l ; a ?c ; skos:altLabel ?a }}"
    )
    assert (str(row.named), str(row.others)) == ("“海帆汇”知识产权平台", "“海帆汇”2.0版")
    assert str(row.classes) == "https://ecograph.example/ontology#Platform"


@both
def test_a_common_word_has_a_node_of_its_reply(told: Any, dataset: Any) -> None:
    """《实施办法》 is called so still."""
    iri = f"{told.iri('Policy', '实施办法')}@r3"
    assert [str(r.l) for r in dataset.query(f"SELECT ?l WHERE {{ <{iri}> rdfs:label ?l }}")] == ["实施办法"]


def test_without_a_canonical_graph_nothing_changes(told: Any, ontology: Ontology) -> None:
    """The merged graph is then the triples as they are."""
    e = told.made[0]
    found = quads(e.document, e.mentions, e.linked, e.statements, ontology)
    canonical = Canonical.of(found)
    assert (canonical.iris, canonical.labels, canonical.classes) == ({}, {}, {})
    assert list(merged(found, canonical)) == [ox.Quad(q.subject, q.predicate, q.object) for q in found]


def test_the_quads_are_a_function_of_the_set(told: Any, ontology: Ontology) -> None:
    """Neither the order of replies nor a second run changes a quad; no blank node is among them."""
    first = identity_quads(told.identity(), told.made, ontology)
    told.made.reverse()
    assert identity_quads(told.identity(), told.made, ontology) == first
    assert not any(isinstance(part, ox.BlankNode) for q in first for part in (q.subject, q.object))
