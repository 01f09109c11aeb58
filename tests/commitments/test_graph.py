"""Commitments and outcomes as quads, and the command that prints the ledger."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from ecograph.across import Outcome
from ecograph.cli import main
from ecograph.commitments import Ledger
from ecograph.errors import BuildError
from ecograph.extraction import Extraction
from ecograph.graph import ontology_quads, quads, write_nquads
from ecograph.graph.commitments import commitment_iri, commitment_triples, outcome_quads
from ecograph.iris import entity_iri
from ecograph.model import Linked
from ecograph.ontology import Ontology

from .conftest import NOBODY, Reply  # type: ignore[import-not-found]

PLAN = "筹建[青禾实验室/ResearchOrganization]，力争年底揭牌；编制[云溪规划/Policy]；加强统筹。"
LATER = "[青禾实验室/ResearchOrganization]正式揭牌，不再编制[云溪规划/Policy]。"


def located(extraction: Extraction, ontology: Ontology) -> Extraction:
    """The extraction with IRIs instead of names."""
    iri = {e.iri: entity_iri(ontology.cls(e.cls).group, e.iri) for e in extraction.linked.entities}
    linked = extraction.linked
    named = Linked(
        tuple(replace(e, iri=iri[e.iri]) for e in linked.entities),
        {m: iri[i] for m, i in linked.entity_of.items()},
        tuple((span, iri[i]) for span, i in linked.references),
        iri[linked.jurisdiction or ""],
        iri[linked.issuer or ""],
    )
    promised = (replace(c, actor=iri[c.actor], objects=tuple(iri[o] for o in c.objects)) for c in extraction.commitments)
    return replace(extraction, linked=named, commitments=tuple(promised))


@pytest.fixture(scope="module")
def replies(reply: Reply, ontology: Ontology) -> list[Extraction]:
    """A promise and what became of it."""
    made = (reply(plan=PLAN), reply(LATER, name="two", date="2024-06-01"))
    return [located(extraction, ontology) for extraction in made]


@pytest.fixture(scope="module")
def output(replies: list[Extraction], ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with their graph."""
    folder = tmp_path_factory.mktemp("output")
    said = [q for e in replies for q in quads(e.document, e.mentions, e.linked, e.statements, ontology, commitments=e.commitments)]
    told = outcome_quads(Ledger(ontology).follow(replies, NOBODY), replies, ontology)
    write_nquads([*said, *told, *ontology_quads(ontology)], folder / "graph.nq")
    return folder


def printed(output: Path, *options: str) -> list[dict[str, str]]:
    """The ledger as `ecograph commitments` prints it."""
    result = CliRunner().invoke(main, ["commitments", "--output", str(output), "--format", "json", *options])
    assert result.exit_code == 0, result.output
    rows: list[dict[str, str]] = json.loads(result.output)
    return rows


def test_a_commitment_has_its_words(replies: list[Extraction], ontology: Ontology) -> None:
    """Actor, action, object, due time and a passage, without a blank node."""
    commitment = replies[0].commitments[0]
    own = commitment_iri(commitment.id)
    told = {
        p.removeprefix("https://ecograph.example/ontology#"): o
        for s, p, o in commitment_triples(replies[0].document, [commitment], ontology)
        if s == own
    }
    assert {"actor", "action", "commitsTo", "due", "evidence", "rule", "confidence"} <= set(told)
    assert told["due"] == ox.Literal("2023-12")
    assert not [o for o in told.values() if isinstance(o, ox.BlankNode)]


def test_outcomes_stand_in_the_canonical_graph(replies: list[Extraction], ontology: Ontology) -> None:
    """They are sorted, the same for replies in any order."""
    outcomes = Ledger(ontology).follow(replies, NOBODY)
    found = outcome_quads(outcomes, replies, ontology)
    assert found == outcome_quads(reversed(outcomes), replies[::-1], ontology) == sorted(found, key=str)
    assert {q.graph_name.value for q in found} == {"https://ecograph.example/graph/canonical"}


@pytest.mark.parametrize("wrong", [Outcome("nothing", "silent", 0.7, "r"), Outcome("", "forgotten", 0.7, "r")])
def test_an_outcome_of_nothing_is_an_error(replies: list[Extraction], ontology: Ontology, wrong: Outcome) -> None:
    """One line says which."""
    with pytest.raises(BuildError, match=r"^outcome .*"):
        outcome_quads([wrong], replies, ontology)


def test_the_ledger_is_printed_with_the_words_of_both_sides(output: Path) -> None:
    """By year and status."""
    rows = printed(output)
    assert [(r["promised"], r["state"], r["what"]) for r in rows] == [("2023", "dropped", "云溪规划"), ("2023", "fulfilled", "青禾实验室")]
    assert (rows[1]["promise"], rows[1]["outcome"]) == ("筹建青禾实验室，力争年底揭牌", "青禾实验室正式揭牌")
    assert (rows[1]["actor"], rows[1]["due"], rows[1]["reply"], rows[1]["told"]) == ("云溪区科技局", "2023-12", "one.txt", "two.txt")


def test_status_year_and_all_choose(output: Path) -> None:
    """What is too vague to be followed is shown on demand."""
    assert {r["state"] for r in printed(output, "--status", "dropped")} == {"dropped"}
    assert not printed(output, "--year", "2022")
    assert len(printed(output, "--all")) > len(printed(output))


@pytest.mark.parametrize("options", [("--status", "broken"), ("--year", "last")])
def test_a_wrong_choice_is_told_in_one_line(output: Path, options: tuple[str, ...]) -> None:
    """With what would have been right."""
    result = CliRunner().invoke(main, ["commitments", "--output", str(output), *options])
    assert result.exit_code == 2
    assert options[1] in result.output


def test_markdown_is_a_table(output: Path) -> None:
    """A row a line."""
    result = CliRunner().invoke(main, ["commitments", "--output", str(output), "--format", "markdown"])
    lines = result.output.splitlines()
    assert lines[1].startswith("| --- |")
    assert len(lines) == 4
