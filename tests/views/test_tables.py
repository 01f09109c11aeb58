"""The statements as files for other programs."""

import csv
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import Dataset

from ecograph.ontology import Ontology
from ecograph.views import EXPORTERS

EVIL = '</script><img src=x onerror="window.ran = 1">公司'


@pytest.fixture
def rows(dataset: Dataset, ontology: Ontology, tmp_path: Path) -> list[dict[str, str]]:
    """The example as CSV, read again."""
    EXPORTERS["csv"](dataset, ontology, tmp_path / "graph.csv")
    with (tmp_path / "graph.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_a_line_for_every_statement(rows: list[dict[str, str]]) -> None:
    """Planned and denied statements are there too, with labels, quote and source."""
    assert sorted(row["status"] for row in rows) == ["否定", "已完成", "已完成", "已完成", "计划中", "进行中"]
    (planned,) = [row for row in rows if row["status"] == "计划中"]
    told = [planned[name] for name in ("subject", "subject_class", "predicate", "object", "quote", "time", "document", "section")]
    assert told == [
        *(
            "云杉科技有限公司",
            "企业",
            "成员",
            "星河创新联盟",
            "𠮷日，云杉科技有限公司将加入星河创新联盟",
            "2024/2025",
            "012.txt",
            "一、主要做法",
        ),
    ]


def test_csv_is_no_formula(rows: list[dict[str, str]]) -> None:
    """A name that a spreadsheet would compute is quoted."""
    assert "'=1+1 计划" in {row["object"] for row in rows}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_graphml_is_the_graph(dataset: Dataset, ontology: Ontology, tmp_path: Path) -> None:
    """Networkx reads back every entity with its label and class and every statement with its predicate and status."""
    EXPORTERS["graphml"](dataset, ontology, tmp_path / "graph.graphml")
    graph = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (7, 6)
    assert EVIL in {label for _, label in graph.nodes(data="label")}
    assert sorted({status for _, _, status in graph.edges(data="status")}) == ["denied", "done", "ongoing", "planned"]


def test_graphml_leaves_out_what_xml_cannot_hold(dataset: Dataset, ontology: Ontology, tmp_path: Path) -> None:
    """A control character in a name does not spoil the file."""
    copy = Dataset(store="Oxigraph", default_union=True)
    store = copy.store._inner  # oxrdflib gives no other way to the store
    for quad in dataset.store._inner:
        bell = isinstance(quad.object, ox.Literal) and quad.object.value == "星河区"
        store.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("星\x07河区", language="zh"), quad.graph_name) if bell else quad)
    EXPORTERS["graphml"](copy, ontology, tmp_path / "graph.graphml")
    assert "星河区" in {label for _, label in nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True).nodes(data="label")}
