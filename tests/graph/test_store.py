"""The built graph, opened."""

from pathlib import Path
from typing import Any

import pytest

from ecograph.errors import StoreError
from ecograph.graph import open_dataset, write_nquads
from ecograph.ontology import Ontology


def count(path: Path, pattern: str, **options: Any) -> int:
    """How many rows a pattern has."""
    [row] = open_dataset(path, **options).query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    return int(row.n)


def indexes(folder: Path) -> list[str]:
    """The index folders beside a graph."""
    return sorted(p.name for p in folder.glob(".graph.nq.index-*"))


def test_a_folder_or_its_file_is_opened(built: Path) -> None:
    """Both ways give the same dataset, with the prefixes known."""
    assert count(built, "?s a eco:Statement") == 3
    assert count(built / "graph.nq", "?s a eco:Statement") == 3


@pytest.mark.parametrize("limit", [10**9, 0])
def test_what_two_replies_say_is_found_once(built: Path, reply: Any, ontology: Ontology, limit: int) -> None:
    """The default graph is a set, in memory and on disk, so that counts are right and joins don't multiply."""
    copies = [type(q)(q.subject, q.predicate, q.object, type(q.graph_name)("a:copy")) for q in reply.quads(ontology)]
    write_nquads([*reply.quads(ontology), *copies], built / "graph.nq")
    assert count(built, "?s a eco:Company ; rdfs:label ?label", index_above=limit) == 1
    assert count(built, "GRAPH ?g { ?s a eco:Company }", index_above=limit) == 2


def test_a_subclass_is_found_by_its_superclass(built: Path) -> None:
    """The ontology is in the dataset."""
    assert count(built, "?s a/rdfs:subClassOf* eco:Organization ; rdfs:label ?l") == 2


def test_a_large_graph_is_indexed_once_and_the_old_index_goes(built: Path, reply: Any, ontology: Ontology) -> None:
    """The index bears the hash of the content; another content replaces it."""
    assert count(built, "?s a eco:Statement", index_above=0) == 3
    [first] = indexes(built)
    assert count(built, "?s a eco:Statement", index_above=0) == 3
    assert indexes(built) == [first]
    write_nquads(reply.saying().quads(ontology), built / "graph.nq")
    assert count(built, "?s a eco:Statement", index_above=0) == 0
    [second] = indexes(built)
    assert first != second


def test_two_readers_open_one_index(built: Path) -> None:
    """Readers don't lock each other out."""
    first, second = open_dataset(built, index_above=0), open_dataset(built, index_above=0)
    assert len(list(first.query("SELECT * { ?s a eco:Statement }"))) == len(list(second.query("SELECT * { ?s a eco:Statement }"))) == 3


def test_a_folder_that_cannot_be_written_is_read_into_memory(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without room for an index the answer is the same."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ecograph.graph.store.make_index", refuse)
    assert count(built, "?s a eco:Statement", index_above=0) == 3
    assert indexes(built) == []


def test_nothing_built_says_what_to_do(tmp_path: Path) -> None:
    """A missing graph names the command that makes it."""
    with pytest.raises(StoreError, match=r"graph\.nq: not found; run `ecograph build` first"):
        open_dataset(tmp_path)


@pytest.mark.parametrize("limit", [10**9, 0])
def test_a_damaged_graph_says_where(built: Path, limit: int) -> None:
    """A half line is one line of error, and no index of it stays."""
    whole = (built / "graph.nq").read_bytes()
    (built / "graph.nq").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match=r"graph\.nq: damaged \(.*\); run `ecograph build` again") as raised:
        open_dataset(built, index_above=limit)
    assert "\n" not in str(raised.value)
    assert indexes(built) == []


def test_a_folder_in_the_files_place_is_reported(tmp_path: Path) -> None:
    """What can't be read is named."""
    (tmp_path / "graph.nq").mkdir()
    with pytest.raises(StoreError, match=r"graph\.nq"):
        open_dataset(tmp_path)
