"""Quantities and terms in the graph, and what `ecograph query in-force` makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from ecograph.cli import main
from ecograph.extraction import Extraction
from ecograph.graph import ontology_quads, open_dataset, quads, write_nquads
from ecograph.graph.check import check_graph
from ecograph.ontology import Ontology
from ecograph.queries import load_queries, run

from .conftest import Reply  # type: ignore[import-not-found]


def graph(extraction: Extraction, ontology: Ontology) -> list[object]:
    """The reply's quads."""
    e = extraction
    return list(quads(e.document, e.mentions, e.linked, e.statements, ontology, quantities=e.quantities, terms=e.terms))


def test_the_graph_is_sound(reply: Reply, ontology: Ontology) -> None:
    """The shapes find nothing wrong, and the counts of a list stand on its statements."""
    said = (("东岭银行", "memberOf", "江州联盟"),)
    e = reply("由[东岭银行/FinancialInstitution]等15家银行成立[江州联盟/Association]。2023年5月印发[甲办法/Policy]。", said=said)
    found = graph(e, ontology)
    # file and date are the reader's business; here only the nodes of this room are looked at
    assert not [f for f in check_graph(found, e.document.text, ontology) if "quantity" in f.subject or "term/" in f.subject]
    counts = {
        (q.subject.value.rsplit("/", 2)[-2], q.predicate.value.rsplit("#", 1)[-1], q.object.value)
        for q in found
        if q.predicate.value.endswith("Count")
    }
    assert counts == {
        ("quantity", "statedCount", "15"),
        ("quantity", "namedCount", "1"),
        ("statement", "statedCount", "15"),
        ("statement", "namedCount", "1"),
    }


@pytest.fixture(scope="module")
def output(reply: Reply, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with two replies that tell of policies."""
    folder = tmp_path_factory.mktemp("output")
    replies = [
        reply(
            "[甲办法/Policy]将于2023年底到期。牵头印发[丙办法/Policy]，[戊规划（2021—2022年）/Policy]同日发布实施。",
            id="a",
            date="2023-05-18",
        ),
        reply(
            "2024年6月，我市出台[乙办法/Policy]，2021年起施行的[丁办法/Policy]同步废止。[己办法/Policy]于2022年3月1日印发，有效期至2025年12月31日。[乙办法/Policy]施行一年来成效明显。",
            id="b",
            date="2025-06-12",
            said=(("乙办法", "revises", "甲办法"),),
        ),
    ]
    write_nquads([*(q for e in replies for q in graph(e, ontology)), *ontology_quads(ontology)], folder / "graph.nq")
    return folder


@pytest.mark.parametrize(
    ("policy", "day", "state"),
    [
        ("甲办法", "2023-04-01", "答复未说明"),
        ("甲办法", "2023-06-01", "有效"),
        ("甲办法", "2023-12-31", "有效"),
        ("甲办法", "2024-01-01", "已失效"),
        ("乙办法", "2024-05-31", "尚未施行"),
        ("乙办法", "2024-06-15", "答复未说明"),
        ("乙办法", "2024-07-01", "据现有答复有效"),
        ("丙办法", "2023-01-01", "答复未说明"),
        ("丙办法", "2024-01-01", "据现有答复有效"),
        ("丁办法", "2020-12-31", "尚未施行"),
        ("丁办法", "2024-05-31", "有效"),
        ("丁办法", "2024-06-15", "答复未说明"),
        ("丁办法", "2024-07-01", "已失效"),
        ("己办法", "2025-12-31", "有效"),
        ("己办法", "2026-01-01", "已失效"),
    ],
)
def test_whether_a_policy_was_in_force(output: Path, ontology: Ontology, policy: str, day: str, state: str) -> None:
    """In force, no longer, not yet, as far as the replies say, or not said: nothing is retired by guesswork."""
    rows = run(open_dataset(output), load_queries(ontology)["in-force"].text, {"on": day})
    found = {row[0]: row[1] for row in rows.rows}
    assert found[policy] == state


def test_each_policy_stands_once_with_its_successor_and_sentences(output: Path, ontology: Ontology) -> None:
    """What followed it, and a row for each sentence of the replies."""
    rows = run(open_dataset(output), load_queries(ontology)["in-force"].text, {"on": "2024-01-01"})
    by_name = {row[0]: dict(zip(rows.columns, row, strict=True)) for row in rows.rows}
    assert len({row[:8] for row in rows.rows}) == len(by_name)
    assert by_name["甲办法"]["successor"] == "乙办法"
    assert by_name["甲办法"]["expires"] == "2023-12"
    assert ("甲办法将于2023年底到期", "a.txt") in {row[-2:] for row in rows.rows if row[0] == "甲办法"}
    assert by_name["戊规划（2021—2022年）"]["period"] == "2021/2022"


def query(*arguments: object) -> tuple[int, str]:
    """Exit code and output of `ecograph query`."""
    result = CliRunner().invoke(main, ["query", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.output


def test_a_parameter_can_be_named(output: Path) -> None:
    """--on DAY, --on=DAY and DAY in its place ask the same."""
    answers = {
        query(*given, "--output", output)
        for given in (("in-force", "--on", "2024-01-01"), ("--on=2024-01-01", "in-force"), ("in-force", "2024-01-01"))
    }
    assert len(answers) == 1
    ((code, text),) = answers
    assert code == 0
    assert "已失效" in text


@pytest.mark.parametrize(
    "given",
    [
        ("in-force", "--on"),
        ("in-force", "--day", "2024-01-01"),
        ("in-force", "--on", "2024-01-01", "--on", "2024-01-02"),
        ("in-force", "--on", "next week"),
        ("in-force", "--on", "2024-01-01", "2024-01-02"),
        ("--on", "2024-01-01"),
        ("--sparql", "ASK {}", "--on", "2024-01-01"),
        ("no-such-question", "--on", "2024-01-01"),
    ],
)
def test_what_is_typed_wrong_gets_one_line(output: Path, given: tuple[str, ...]) -> None:
    """A missing value, an unknown option, one given twice, no day, too much: exit code 2 and one line."""
    code, text = query(*given, "--output", output)
    assert code == 2
    assert len(text.strip().splitlines()) == 1
