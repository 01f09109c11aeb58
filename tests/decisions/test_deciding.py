"""`ecograph decide` and `ecograph review`: what a person types becomes a line of the file, and nothing else does."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

from ecograph.decisions import Decisions, load_decisions
from ecograph.extraction import Extraction
from ecograph.graph import ontology_quads, quads, write_nquads
from ecograph.judgement import Claim, Naming, Pair
from ecograph.ontology import NS, RDF, Ontology

Run = Callable[..., Result]
Reply = Callable[..., Extraction]

FIRM, UNION, FIELD, AREA, FUND = "云杉科技有限公司", "星河创新联盟", "人工智能", "星河区", "启元基金"
MEMBER = "云杉科技有限公司已加入星河创新联盟"
SHORT = "云杉"
CANONICAL = ox.NamedNode("https://ecograph.example/graph/canonical")


def iri(label: str, group: str = "organization") -> str:
    """The IRI of an entity of the example."""
    return f"https://ecograph.example/id/{group}/{label}"


@pytest.fixture
def output(reply: Reply, ontology: Ontology, tmp_path: Path) -> Path:
    """A folder with the graph of two replies, one of which says 云杉 for the firm, and of two open candidates."""
    other = f"{SHORT}已加入{UNION}"
    classes = {SHORT: "Company", UNION: "Association"}
    replies = [reply(), reply(other, [(SHORT, "memberOf", UNION, "done", other)], "033", classes)]
    found = list(ontology_quads(ontology))
    for e in replies:
        found += quads(e.document, e.mentions, e.linked, e.statements, ontology)
    pairs = [(SHORT, FIRM, "0.7"), (AREA, FUND, "0.4")]
    groups = {AREA: "place", FUND: "fund"}
    for number, (one, two, confidence) in enumerate(pairs):
        node = ox.NamedNode(f"https://ecograph.example/candidate/{number}")
        said = {
            f"{RDF}type": ox.NamedNode(f"{NS}Candidate"),
            f"{NS}one": ox.NamedNode(iri(one, groups.get(one, "organization"))),
            f"{NS}other": ox.NamedNode(iri(two, groups.get(two, "organization"))),
            f"{NS}reason": ox.Literal("firm-brand"),
            f"{NS}confidence": ox.Literal(confidence, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        }
        found += [ox.Quad(node, ox.NamedNode(p), o, CANONICAL) for p, o in said.items()]
    (tmp_path / "out").mkdir()
    write_nquads(found, tmp_path / "out" / "graph.nq")
    return tmp_path / "out"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where decisions are kept."""
    return tmp_path / "decisions.jsonl"


@pytest.fixture
def say(run: Run, output: Path, path: Path) -> Callable[..., Result]:
    """`ecograph decide …` by li, with a reason."""

    def call(*words: str, who: str = "li") -> Result:
        return run("decide", *words, "--why", "看过原文", "--who", who, "--decisions", path, "--output", output)

    return call


def kept(path: Path) -> Decisions:
    """What stands in the file."""
    return load_decisions(path)


def test_things_are_named_by_label(say: Callable[..., Result], path: Path) -> None:
    """A label that one thing has is enough; the line has IRI, label, class, who and why."""
    told = say("same", SHORT, FIRM)
    assert (told.exit_code, told.stderr) == (0, "")
    (line,) = kept(path).lines
    assert isinstance(line.matter, Pair)
    assert (line.matter.one.iri, line.matter.one.label, line.matter.one.cls) == (iri(SHORT), SHORT, "Company")
    assert (line.who, line.why) == ("li", "看过原文")
    assert line.id in told.stdout
    assert line.when.endswith("Z")


def test_things_are_named_by_iri_and_in_one_reply(say: Callable[..., Result], path: Path) -> None:
    """An IRI will do too, and a pair may be about one reply's use of a word."""
    assert say("different", iri(SHORT), FIRM, "--one-in", "033").exit_code == 0
    assert kept(path).different == ((("033", iri(SHORT)), iri(FIRM)),)


def test_class_label_and_industry(say: Callable[..., Result], path: Path) -> None:
    """Classes are given by name or by label in either language, industries by label."""
    for words in (("class", UNION, "组织"), ("label", FIRM, "云杉科技"), ("industry", "量子茶饮", FIELD), ("industry", "健康", "--none")):
        assert say(*words).exit_code == 0, words
    assert kept(path).classes == {iri(UNION): "Organization"}
    assert kept(path).labels == {iri(FIRM): "云杉科技"}
    assert kept(path).industries == {"量子茶饮": iri(FIELD, "industry"), "健康": None}


def test_a_wrong_statement_is_kept_with_what_it_says(say: Callable[..., Result], path: Path, reply: Reply, ontology: Ontology) -> None:
    """The line tells subject, predicate, object, reply and words, and takes the statement out."""
    statement = reply().statements[0]
    assert say("wrong", statement.id).exit_code == 0
    (line,) = kept(path).lines
    assert isinstance(line.matter, Claim)
    assert (line.matter.subject.label, line.matter.predicate, line.matter.object.label) == (FIRM, "memberOf", UNION)
    assert (line.matter.document, line.matter.quote, line.matter.id) == ("012", MEMBER, statement.id)
    assert statement not in kept(path).amend(reply(), ontology).statements


def test_a_missing_statement(say: Callable[..., Result], path: Path, reply: Reply, ontology: Ontology) -> None:
    """Predicate by label, ends by name: the statement is in the reply."""
    told = say("missing", FIRM, "位于", AREA, "--in", "012", "--quote", MEMBER, "--status", "ongoing", "--time", "2024")
    assert told.exit_code == 0, told.output
    added = [s for s in kept(path).amend(reply(), ontology).statements if s.confidence == 1]
    assert [(s.predicate, s.status, s.time) for s in added] == [("basedIn", "ongoing", "2024")]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("same", "无此企业", FIRM), "nothing in the graph is called so"),
        (("same", FIRM, FIRM), "both are"),
        (("same", FIRM, UNION, "--other-in", "099"), "the reply 099"),
        (("class", FIRM, "公司们"), "no such class"),
        (("wrong", "0" * 20), "no such statement"),
        (("missing", FIRM, "喜欢", AREA, "--in", "012", "--quote", "x"), "no such predicate"),
        (("missing", FIRM, "basedIn", AREA, "--in", "12", "--quote", "x"), "no such reply"),
        (("missing", FIRM, "cooperatesWith", FIRM, "--in", "012", "--quote", "x"), "both are"),
        (("missing", AREA, "memberOf", FIELD, "--in", "012", "--quote", "x"), "can't join"),
        (("missing", FIRM, "basedIn", AREA, "--in", "012", "--quote", "x", "--status", "soon"), "no such status"),
        (("industry", "健康"), "--none"),
        (("industry", "健康", "无此产业"), "no industry of the scheme"),
        (("revoke", "abcd"), "no decision begins so"),
    ],
)
def test_what_is_not_understood_is_told(words: tuple[str, ...], told: str, say: Callable[..., Result], path: Path) -> None:
    """One line that names the thing, exit code 2, and nothing in the file."""
    result = say(*words)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert told in result.stderr
    assert not path.exists()


def test_a_name_of_two_things_is_asked_back(run: Run, reply: Reply, ontology: Ontology, tmp_path: Path) -> None:
    """The IRIs of both are told; the name with its class is one of them."""
    e = reply()
    named = [
        ox.Quad(
            ox.NamedNode(iri(label)),
            ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel"),
            ox.Literal("星河", language="zh"),
            ox.NamedNode("urn:g"),
        )
        for label in (UNION, FIRM)
    ]
    write_nquads(
        [*quads(e.document, e.mentions, e.linked, e.statements, ontology), *ontology_quads(ontology), *named], tmp_path / "graph.nq"
    )
    result = run("decide", "label", "星河", "星河联盟", "--why", "x", "--output", tmp_path, "--decisions", tmp_path / "d")
    assert result.exit_code == 2
    assert iri(UNION) in result.stderr
    assert iri(FIRM) in result.stderr
    decided = run("decide", "label", "星河[Association]", "星河联盟", "--why", "x", "--output", tmp_path, "--decisions", tmp_path / "d")
    assert decided.exit_code == 0
    assert iri(UNION) in (tmp_path / "d").read_text(encoding="utf-8")


def test_revoke_and_list(run: Run, say: Callable[..., Result], path: Path) -> None:
    """A few characters of an id revoke it; the list shows what counts, with --all the rest."""
    say("label", FIRM, "甲")
    (line,) = kept(path).lines
    assert say("revoke", line.id[:6]).exit_code == 0
    assert kept(path).active == ()
    shown, everything = (run("decide", "list", "--decisions", path, *options) for options in ((), ("--all", "--format", "json")))
    assert (shown.exit_code, line.id in shown.stdout, line.id in everything.stdout) == (0, False, True)
    assert "看过原文" in everything.stdout


def test_a_conflict_is_told_at_once(run: Run, say: Callable[..., Result], path: Path) -> None:
    """Who contradicts another person hears of it, and the list ends with exit code 1."""
    say("same", SHORT, FIRM, who="li")
    told = say("different", SHORT, FIRM, who="wang")
    assert (told.exit_code, told.stderr.startswith("conflict: ")) == (0, True)
    listed = run("decide", "list", "--decisions", path)
    assert (listed.exit_code, listed.stderr.count("conflict: ")) == (1, 1)


def test_a_faulty_file_is_told_before_anything_is_added(say: Callable[..., Result], path: Path) -> None:
    """Nothing is appended to a file that can't be read."""
    path.write_text("{\n", encoding="utf-8")
    result = say("label", FIRM, "甲")
    assert (result.exit_code, path.read_text(encoding="utf-8")) == (1, "{\n")
    assert f"{path}:1: not JSON" in result.stderr


def test_review_keeps_each_answer(run: Run, output: Path, path: Path) -> None:
    """The most valuable candidate comes first, with what is said of both sides; keys are piped in; what is judged isn't asked again."""
    options = ("--decisions", path, "--output", output, "--who", "li")
    told = run("review", *options, input="x\ny\ns\n")
    assert told.exit_code == 0, told.output
    assert "".join(told.stdout.split()).index(SHORT) < "".join(told.stdout.split()).index(FUND)
    assert "1 same, 0 different, 1 left open" in told.stdout
    assert kept(path).same == ((iri(SHORT), iri(FIRM)),)
    again = run("review", *options, input="n\n")
    assert kept(path).different == ((iri(AREA, "place"), iri(FUND, "fund")),)
    assert SHORT + "已加入" not in again.stdout
    assert "no open candidates" in run("review", *options).stdout


@pytest.mark.parametrize("keys", ["q\n", ""])
def test_review_can_be_left(keys: str, run: Run, output: Path, path: Path) -> None:
    """Q and the end of the input leave everything as it was."""
    told = run("review", "--decisions", path, "--output", output, input=keys)
    assert (told.exit_code, path.exists()) == (0, False)
    assert "2 left open" in told.stdout


def test_a_word_that_means_one_replys_own_thing(run: Run, reply: Reply, ontology: Ontology, tmp_path: Path) -> None:
    """A thing whose IRI was made for one reply's use of a common word is judged as that reply's."""
    e = reply()
    made, node = iri(f"{UNION}@012"), ox.NamedNode("https://ecograph.example/identity/1")
    told = {"variant": iri(UNION), "canonical": made, "reply": "https://ecograph.example/reply/012"}
    found = [ox.Quad(node, ox.NamedNode(NS + part), ox.NamedNode(value), CANONICAL) for part, value in told.items()]
    found += [
        ox.Quad(
            ox.NamedNode(made), ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), ox.Literal("本联盟", language="zh"), CANONICAL
        ),
        ox.Quad(ox.NamedNode(made), ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{NS}Association"), CANONICAL),
    ]
    write_nquads(
        [*quads(e.document, e.mentions, e.linked, e.statements, ontology), *ontology_quads(ontology), *found], tmp_path / "graph.nq"
    )
    path = tmp_path / "d"
    result = run("decide", "same", made, FIRM, "--why", "x", "--output", tmp_path, "--decisions", path)
    assert result.exit_code == 0, result.output
    assert kept(path).same == ((("012", iri(UNION)), iri(FIRM)),)
    assert not isinstance(kept(path).lines[0].matter, Naming)
