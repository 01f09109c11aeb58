"""Questions to the graph."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset

from ecograph.errors import OntologyError, QueryError
from ecograph.graph import ontology_quads, open_dataset, write_nquads
from ecograph.ontology import Ontology
from ecograph.queries import Query, Rows, load_queries, run

HEAD = """
@base <https://ecograph.example/> .
@prefix eco: <https://ecograph.example/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
THINGS = """
<id/industry/云芯> a eco:Industry ; rdfs:label "云芯"@zh .
<id/industry/云芯封装> a eco:Industry ; rdfs:label "云芯封装"@zh .
<id/industry/量子> a eco:Industry ; rdfs:label "量子"@zh .
<id/organization/甲公司> a eco:Company ; rdfs:label "甲公司"@zh ; skos:altLabel "甲"@zh .
<id/organization/乙大学> a eco:ResearchOrganization ; rdfs:label "乙大学"@zh .
<id/organization/丙联盟> a eco:Association ; rdfs:label "丙联盟"@zh .
<id/organization/丙联盟理事会> a eco:Association ; rdfs:label "丙联盟理事会"@zh .
<id/fund/丁基金> a eco:Fund ; rdfs:label "丁基金"@zh .
<id/policy/戊办法> a eco:Policy ; rdfs:label "戊办法"@zh .
"""
SCHEME = """
GRAPH <graph/schemes> {
    <id/industry/云芯> a skos:Concept, eco:Industry ; skos:prefLabel "云芯"@zh, "cloud chips"@en .
    <id/industry/云芯装配> a skos:Concept, eco:Industry ; skos:prefLabel "云芯装配"@zh ; skos:broader <id/industry/云芯> .
    <id/industry/云芯封装> a skos:Concept, eco:Industry ; skos:prefLabel "云芯封装"@zh ; skos:broader <id/industry/云芯装配> .
}
"""
# subject, predicate, object, status, time
SAID = (
    ("organization/甲公司", "operatesIn", "industry/云芯封装", "done", None),
    ("organization/乙大学", "operatesIn", "industry/云芯", "ongoing", None),
    ("organization/丁", "operatesIn", "industry/云芯", "planned", None),
    ("organization/甲公司", "operatesIn", "industry/量子", "done", None),
    ("fund/丁基金", "investsIn", "organization/甲公司", "done", "2023"),
    ("policy/戊办法", "supports", "industry/云芯", "planned", "2025"),
    ("policy/戊办法", "supports", "industry/量子", "denied", None),
    ("organization/甲公司", "memberOf", "organization/丙联盟", "done", None),
    ("organization/乙大学", "memberOf", "organization/丙联盟理事会", "done", None),
    ("organization/乙大学", "cooperatesWith", "organization/甲公司", "planned", None),
    ("fund/丁基金", "investsIn", "organization/甲公司", "planned", None),
)
SERVICES = (
    "SERVICE <{}> {{ ?s ?p ?o }}",
    "service silent <{}> {{ ?s ?p ?o }}",
    "SERVICE\n#c {{\n<{}>#c\n{{ ?s ?p ?o }}",
    "?s ?p 1SERVICE<{}>{{ ?s ?p ?o }}",
    "?s ?p trueSERVICE <{}> {{ ?s ?p ?o }}",
    "BIND(<{}> AS ?x) FILTER(?s<?o)SERVICE?x#>\n{{ ?s ?p ?o }}",
    "BIND(<{}> AS ?x·y) SERVICE ?x·y {{ ?s ?p ?o }}",
    "FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }}",
    "<a:(b)'''c> ?p ?o . SERVICE <{}> {{ ?s ?p '''d''' }}",
)
ASKED = {
    "about": "甲公司",
    "in-force": "2024-01-01",
    "members-of": "丙联盟",
    "numbers": "甲公司",
    "organizations-in": "云芯",
    "planned": "甲公司",
    "supported-by": "戊办法",
    "who-funds-whom": "甲公司",
}


def reply(name: str, said: tuple[tuple[str, str, str, str, str | None], ...] = SAID) -> str:
    """The graph of one reply as TriG."""
    lines = [
        f'<reply/{name}> a eco:Reply ; eco:file "{name}.txt" .',
        THINGS,
        f'<term/{name}> a eco:Term ; eco:policy <id/policy/戊办法> ; eco:kind <id/term/issued> ; eco:time "2023-05" .',
        f"<term/{name}> eco:status <id/status/done> ; eco:evidence <reply/{name}#char=0,1> .",
        f'<quantity/{name}> a eco:Quantity ; eco:saidOf <id/organization/甲公司> ; eco:value 15 ; eco:unit "家" ; eco:bound "least" .',
        f"<quantity/{name}> eco:status <id/status/done> ; eco:evidence <reply/{name}#char=0,1> .",
    ]
    for number, (subject, predicate, obj, status, when) in enumerate(said):
        node, place = f"<statement/{name}-{number}>", f"<reply/{name}#char={number},{number + 1}>"
        lines += [
            f"{node} a eco:Statement ; rdf:subject <id/{subject}> ; rdf:predicate eco:{predicate} ; rdf:object <id/{obj}> .",
            f"{node} eco:status <id/status/{status}> ; eco:evidence {place} .",
            f'{place} eco:quote "第{number}句" ; prov:wasQuotedFrom <reply/{name}> .',
            f'{node} eco:time "{when}" .' if when else "",
            f"<id/{subject}> eco:{predicate} <id/{obj}> ." if status in {"done", "ongoing"} else "",
        ]
    return f"GRAPH <graph/reply/{name}> {{\n" + "\n".join(lines) + "\n}\n"


def opened(text: str, folder: Path) -> Dataset:
    """The dataset of a TriG text and the ontology."""
    write_nquads([*ox.parse((HEAD + text).encode(), format=ox.RdfFormat.TRIG), *ontology_quads(Ontology())], folder / "graph.nq")
    return open_dataset(folder)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Two replies that say the same."""
    return opened(SCHEME + reply("1") + reply("2"), tmp_path_factory.mktemp("output"))


@pytest.fixture(scope="module")
def queries() -> dict[str, Query]:
    """The canned questions."""
    return dict(load_queries(Ontology()))


def ask(dataset: Dataset, query: Query, value: str | None = None) -> list[dict[str, str]]:
    """The rows of a canned question, by column, of the first reply."""
    [parameter] = query.parameters
    answer = run(dataset, query.text, {} if value is None else {parameter: value})
    return [row for cells in answer.rows if (row := dict(zip(answer.columns, cells, strict=True)))["reply"] == "1.txt"]


def column(rows: list[dict[str, str]], *names: str) -> list[tuple[str, ...]]:
    """Some columns of the rows."""
    return [tuple(row[name] for name in names) for row in rows]


def test_every_question_says_what_it_answers(queries: dict[str, Query]) -> None:
    """Six at least, each with a summary, and each parameter with what to give."""
    assert {"organizations-in", "who-funds-whom", "supported-by", "members-of", "about", "planned"} <= queries.keys()
    assert all(q.summary and all(q.parameters.values()) for q in queries.values())
    assert list(queries) == sorted(queries)


def test_a_question_without_a_summary_is_refused(tmp_path: Path) -> None:
    """The file and line are named."""
    root = tmp_path / "ontology"
    (root / "queries").mkdir(parents=True)
    (root / "ecograph.ttl").write_bytes((Ontology().root / "ecograph.ttl").read_bytes())
    (root / "queries" / "odd.rq").write_text("SELECT * { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"odd\.rq:1: wants a first line '#\+ summary: …'"):
        load_queries(Ontology(root))


def test_every_question_runs_with_and_without_its_parameter(dataset: Dataset, queries: dict[str, Query]) -> None:
    """Without a parameter it lists all, and each row has its sentence and its reply once."""
    for query in (queries[name] for name in ASKED):  # the others are tested in test_questions.py and tests/commitments
        rows = ask(dataset, query)
        assert rows, query.name
        assert all(row["quote"] and row["reply"] for row in rows)
        assert len({tuple(row.values()) for row in rows}) == len(rows)
        assert ask(dataset, query, "没有这个名字") == []


def test_organizations_of_an_industry_and_its_narrower_fields(dataset: Dataset, queries: dict[str, Query]) -> None:
    """Facts only; two steps down the scheme are found as well."""
    rows = ask(dataset, queries["organizations-in"], "云芯")
    assert column(rows, "organization", "class", "field", "status") == [
        ("乙大学", "科研机构", "云芯", "进行中"),
        ("甲公司", "企业", "云芯封装", "已完成"),
    ]


def test_a_whole_name_goes_before_a_part(dataset: Dataset, queries: dict[str, Query]) -> None:
    """丙联盟 means it and not its council; 联盟 means both; case doesn't matter in Latin names."""
    members = queries["members-of"]
    assert column(ask(dataset, members, "丙联盟"), "member") == [("甲公司",)]
    assert column(ask(dataset, members, "联盟"), "member", "whole") == [("甲公司", "丙联盟"), ("乙大学", "丙联盟理事会")]
    assert len(ask(dataset, queries["organizations-in"], "Cloud Chips")) == 2


def test_who_funds_whom(dataset: Dataset, queries: dict[str, Query]) -> None:
    """Asked from either side, with time and status."""
    for party in ("丁基金", "甲公司"):
        rows = ask(dataset, queries["who-funds-whom"], party)
        assert sorted(column(rows, "funder", "funded", "status", "time")) == [
            ("丁基金", "甲公司", "已完成", "2023"),
            ("丁基金", "甲公司", "计划中", ""),
        ]


def test_what_a_policy_supports(dataset: Dataset, queries: dict[str, Query]) -> None:
    """What it was denied to support isn't there."""
    assert column(ask(dataset, queries["supported-by"], "戊办法"), "supported", "class") == [("云芯", "产业领域")]


def test_everything_of_one_entity(dataset: Dataset, queries: dict[str, Query]) -> None:
    """Both directions, every status, also by another name of it."""
    rows = ask(dataset, queries["about"], "甲")
    assert column(rows, "subject", "predicate", "object", "status") == column(
        ask(dataset, queries["about"], "甲公司"), "subject", "predicate", "object", "status"
    )
    assert len(rows) == 6
    assert ("乙大学", "合作", "甲公司", "计划中") in column(rows, "subject", "predicate", "object", "status")
    assert ("戊办法", "支持", "量子", "否定") in column(ask(dataset, queries["about"], "量子"), "subject", "predicate", "object", "status")


def test_what_is_planned_and_not_yet_done(dataset: Dataset, queries: dict[str, Query]) -> None:
    """A plan that another statement reports as done is no plan any more."""
    rows = ask(dataset, queries["planned"])
    assert column(rows, "subject", "predicate", "object", "time") == [("乙大学", "合作", "甲公司", ""), ("戊办法", "支持", "云芯", "2025")]


def test_numbers_of_an_entity(dataset: Dataset, queries: dict[str, Query]) -> None:
    """Value, unit and bound."""
    assert column(ask(dataset, queries["numbers"], "甲"), "thing", "value", "unit", "bound") == [("甲公司", "15", "家", "least")]


def test_questions_are_quick_at_a_thousand_replies(tmp_path: Path, queries: dict[str, Query]) -> None:
    """Each takes seconds of CPU, not minutes, where a thousand replies say the same, in memory and on disk."""
    one = reply("№")
    in_memory = opened(SCHEME + "".join(one.replace("№", str(n)) for n in range(1000)), tmp_path)
    for many in (in_memory, open_dataset(tmp_path, index_above=0)):
        for query in (queries[name] for name in ASKED):
            [parameter] = query.parameters
            start = time.process_time()
            found = run(many, query.text, {parameter: ASKED[query.name]})
            assert time.process_time() - start < 8, query.name
            assert len(found.rows) >= 500  # so many statements, and no more


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_parameter_is_only_ever_a_text(dataset: Dataset, value: str) -> None:
    """Quotes, backslashes, braces and line breaks in a parameter stay a text."""
    text = "#+ summary: x\n#+ parameter: word — any\nSELECT (?word AS ?same) (STRLEN(?word) AS ?n) WHERE { }"
    assert run(dataset, text, {"word": value}).rows == ((value, str(len(value))),)


@pytest.mark.parametrize("value", ['" } INSERT', '"@zh . ?s ?p ?o', "\\", "?word", "'''"])
def test_a_parameter_cannot_leave_its_place(dataset: Dataset, queries: dict[str, Query], value: str) -> None:
    """Nothing is called so, and nothing else happens."""
    assert ask(dataset, queries["about"], value) == []


def test_variables_in_texts_and_comments_are_no_parameters(dataset: Dataset) -> None:
    """Only the variable is replaced."""
    text = '#+ parameter: word — any\nSELECT (\'?word\' AS ?a) ("""x\n?word""" AS ?b) (?word AS ?c) WHERE { } # ?word'
    assert run(dataset, text, {"word": "字"}).rows == (("?word", "x\n?word", "字"),)


def test_an_unknown_parameter_is_refused(dataset: Dataset, queries: dict[str, Query]) -> None:
    """The message names the parameters that there are."""
    with pytest.raises(QueryError, match=r"no parameter 'industri' in this query; its parameters: industry$"):
        run(dataset, queries["organizations-in"].text, {"industri": "云芯"})


def test_a_parameter_that_is_no_text_is_refused(dataset: Dataset) -> None:
    """Half a surrogate pair, as a broken command line gives it."""
    with pytest.raises(QueryError, match="no Unicode text"):
        run(dataset, "SELECT ?x WHERE { BIND(?x AS ?y) }", {"x": "\udc80"})


def test_answers_of_every_form(dataset: Dataset) -> None:
    """SELECT, ASK, CONSTRUCT and DESCRIBE become rows of plain strings."""
    assert run(dataset, "SELECT ?l ?none { <https://ecograph.example/id/fund/丁基金> rdfs:label ?l }") == Rows(
        ("l", "none"), (("丁基金", ""),)
    )
    assert run(dataset, "ASK { ?s a eco:Fund }") == Rows(("answer",), (("true",),))
    assert run(dataset, "ASK { ?s a eco:Award }").rows == (("false",),)
    expected = ("https://ecograph.example/id/fund/丁基金", "http://www.w3.org/2000/01/rdf-schema#label", "丁基金")
    assert run(dataset, "CONSTRUCT WHERE { ?s a eco:Fund . ?s rdfs:label ?l }").columns == ("subject", "predicate", "object")
    assert expected in run(dataset, "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a eco:Fund ; rdfs:label ?l }").rows
    assert expected in run(dataset, "DESCRIBE <https://ecograph.example/id/fund/丁基金>").rows


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "line 2, column 2: found '?s ?p }', expected a complete pattern (subject predicate object)"),
        ("SELECT ?s WERE { ?s ?p ?o }", "line 1, column 11: found 'WERE { ?s ?p ?o }', expected WHERE"),
        ("SELECT ?s WHERE { ?s ?p ?o\n\n FILTR(?s) }", "line 3, column 2: found 'FILTR(?s) }', expected FILTER"),
        ("SELECT * WHERE { ?s ?p ?o ", "found 'the end', expected '}'"),
        ("SELECT * WHERE { ?s ?p ?o } LIMIT x", "line 1, column 29: found 'LIMIT x', expected a complete LIMIT clause"),
        ("SELECT *\n{ ?s foo:bar ?o }", "line 2: foo: is no known prefix; expected PREFIX foo: <…> above it"),
        ("SELECT ?x { ?x ?p ?y } GROUP BY ?y", "line 1: The SELECT contains a variable that is unbound"),
        ("PREFIX a: <b:>\nSELEC ?x {}", "line 2: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found 'SELEC'"),
        ("", "line 1: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found 'the end'"),
        ("SELECT * { ?s ?p ?o } LATERAL { }", "line 1, column "),
        ("SELECT * { ?s ?p '\\UFFFFFFFF' }", "line 1"),
    ],
)
def test_a_wrong_query_tells_where_and_what(dataset: Dataset, text: str, message: str) -> None:
    """One line with the line number and what was expected."""
    with pytest.raises(QueryError) as raised:
        run(dataset, text)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "LOAD <http://127.0.0.1/x>",
        "#c\nPREFIX a: <a:> INSERT {} WHERE {}",
    ],
)
def test_updates_are_refused_and_change_nothing(dataset: Dataset, text: str) -> None:
    """A query only reads."""
    before = run(dataset, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="expected SELECT, ASK, CONSTRUCT or DESCRIBE"):
        run(dataset, text)
    assert run(dataset, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == before


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bool]]]:
    """An address on this machine, and a list that grows with each connection to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        calls: list[bool] = []

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                calls.append(True)
                connection.close()

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_the_listener_hears(dataset: Dataset, listener: tuple[str, list[bool]]) -> None:
    """Without the guard the engine would ask the address: the tests below can fail."""
    address, calls = listener
    list(dataset.query(f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"))
    assert calls


@pytest.mark.parametrize("clause", SERVICES)
def test_service_is_switched_off(dataset: Dataset, listener: tuple[str, list[bool]], clause: str) -> None:
    """However it is written, no other machine is asked."""
    address, calls = listener
    with pytest.raises(QueryError, match=r"^line \d+: SERVICE is switched off"):
        run(dataset, "SELECT * {\n ?s ?p ?o . " + clause.format(address) + " }")
    assert not calls


@pytest.mark.parametrize("word", ["\\u0053ERVICE", "SERVIC\\u0045"])
def test_an_escaped_service_is_refused_too(dataset: Dataset, listener: tuple[str, list[bool]], word: str) -> None:
    """The engine takes no escapes in keywords."""
    address, calls = listener
    with pytest.raises(QueryError):
        run(dataset, f"SELECT * {{ {word} <{address}> {{ ?s ?p ?o }} }}")
    assert not calls


@pytest.mark.parametrize("clause", ["FROM <{0}>", "FROM NAMED <{0}>", "FROM <file:///etc/passwd>"])
def test_from_fetches_nothing(dataset: Dataset, listener: tuple[str, list[bool]], clause: str) -> None:
    """A graph that isn't in the dataset is empty."""
    address, calls = listener
    assert run(dataset, f"SELECT * {clause.format(address)} {{ ?s ?p ?o }}").rows == ()
    assert not calls


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a eco:Fund }",
        "SELECT * { ?s a eco:Fund FILTER(?s != <http://a.example/service>) }",
        "# the service of the graph\nSELECT * { ?s a eco:Fund }",
        "PREFIX service: <http://a.example/service/> SELECT * { ?s a eco:Fund . OPTIONAL { ?s service:x 'service' } }",
    ],
)
def test_the_word_service_is_allowed_elsewhere(dataset: Dataset, text: str) -> None:
    """Variables, addresses, texts and comments may have it."""
    assert len(run(dataset, text).rows) == 1


def test_a_graph_can_be_asked_alone(dataset: Dataset) -> None:
    """FROM and GRAPH choose one reply."""
    text = "SELECT (COUNT(?s) AS ?n) FROM <https://ecograph.example/graph/reply/2> { ?s a eco:Statement }"
    assert run(dataset, text).rows == ((str(len(SAID)),),)
    assert re.fullmatch(r"\d+", run(dataset, "SELECT (COUNT(?s) AS ?n) { ?s a eco:Statement }").rows[0][0])
