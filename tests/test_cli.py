"""The command line: what each command prints, where errors go, and which exit code tells what."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

from ecograph import __version__
from ecograph.cli import main
from ecograph.ontology import Ontology
from ecograph.queries import load_queries
from ecograph.views import EXPORTERS

Run = Callable[..., Result]
Build = Callable[..., str]

SLOW = ("spacy", "rdflib", "pyoxigraph", "rich", "pyshacl", "networkx", "pyvis", "lxml", "docx", "numpy")
STATEMENTS = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?label WHERE { ?entity rdfs:label ?label . FILTER(LANG(?label) = "zh" && CONTAINS(STR(?entity), "/id/")) }
ORDER BY ?label"""


def ecograph(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own."""
    command = [sys.executable, "-m", "ecograph", *(str(a) for a in arguments)]
    return subprocess.run(command, check=False, **{"capture_output": True, **options})  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def output(build: Build, replies: Path, tmp_path: Path) -> Path:
    """An output folder built from the two short replies."""
    build(replies, tmp_path / "out")
    return tmp_path / "out"


def test_help_waits_for_no_slow_library() -> None:
    """spaCy, rdflib and their like load inside the commands that need them."""
    code = f"import sys, ecograph.cli; print(sorted({set(SLOW)} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


def test_the_version_is_told(run: Run) -> None:
    """`--version` tells the package's version."""
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself(command: str, run: Run) -> None:
    """Each command and each of its options has a help text."""
    assert main.commands[command].help
    assert all(p.help for p in main.commands[command].params if isinstance(p, click.Option))
    assert run(command, "--help").exit_code == 0


@pytest.mark.parametrize("arguments", [("extract",), ("build", "--nonsense"), ("nonsense",), ("query", "--format", "nonsense")])
def test_a_wrong_call_exits_2(arguments: tuple[str, ...], run: Run) -> None:
    """A call that can't be understood is told apart from a job that failed."""
    assert run(*arguments).exit_code == 2


def test_extract_prints_an_object_a_line(run: Run, replies: Path) -> None:
    """Each file gives one JSON object whose spans lie in its text and whose ids are among its entities."""
    result = run("extract", replies / "033.txt", replies / "012.txt")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, [f["document"] for f in found]) == (0, ["033.txt", "012.txt"])
    for each in found:
        ids = {e["id"] for e in each["entities"]}
        assert each["mentions"]
        assert all(0 <= m["start"] < m["end"] <= len(each["text"]) and m["entity"] in ids for m in each["mentions"])
        assert all({s["subject"], s["object"]} <= ids for s in each["statements"] + each["denied"])
        assert all(0 <= s["evidence"]["start"] < s["evidence"]["end"] <= len(each["text"]) for s in each["statements"])
        assert all(s["status"] == "denied" for s in each["denied"])
        assert not [s for s in each["statements"] if s["status"] == "denied"]


def test_extract_goes_on_after_a_broken_file(run: Run, replies: Path, tmp_path: Path) -> None:
    """A file that can't be read is one line on standard error; the others are printed; exit code 1."""
    result = run("extract", tmp_path / "missing.txt", replies / "012.txt")
    assert (result.exit_code, len(result.stdout.splitlines()), len(result.stderr.splitlines())) == (1, 1, 1)
    assert "missing.txt" in result.stderr


def test_questions_are_listed_without_a_graph(run: Run, tmp_path: Path) -> None:
    """`ecograph query` alone names every canned question and what it answers."""
    result = run("query", "--output", tmp_path / "nothing")
    assert result.exit_code == 0
    questions = load_queries(Ontology())
    assert questions
    assert all(name in result.stdout and q.summary in result.stdout for name, q in questions.items())


def test_sparql_comes_from_three_places(run: Run, output: Path, tmp_path: Path) -> None:
    """Inline, in a file and on standard input, a query gives the same answer."""
    (tmp_path / "q.rq").write_text(STATEMENTS, encoding="utf-8")
    inline = run("query", "--sparql", STATEMENTS, "--output", output)
    assert inline.exit_code == 0, inline.output
    assert len(inline.stdout.splitlines()) > 1
    assert run("query", "--file", tmp_path / "q.rq", "--output", output).stdout == inline.stdout
    assert run("query", "-", "--output", output, input=STATEMENTS).stdout == inline.stdout


def test_formats_tell_the_same(run: Run, output: Path) -> None:
    """Table, CSV and JSON hold the same values; in a pipe CSV is the default."""
    answers = {form: run("query", "--sparql", STATEMENTS, "--format", form, "--output", output).stdout for form in ("csv", "json", "table")}
    values = [row["label"] for row in csv.DictReader(io.StringIO(answers["csv"]))]
    assert values
    assert [row["label"] for row in json.loads(answers["json"])] == values
    assert all(value in answers["table"] for value in values)
    assert run("query", "--sparql", STATEMENTS, "--output", output).stdout == answers["csv"]


def test_an_unknown_question_is_guessed(run: Run) -> None:
    """A misspelt name gets the nearest one as an answer."""
    name = min(load_queries(Ontology()))
    result = run("query", name[:-1] + "x" + name[-1])
    assert result.exit_code == 2
    assert f"did you mean {name}?" in result.stderr


@pytest.mark.parametrize("name", sorted(load_queries(Ontology())))
def test_every_question_can_be_asked(name: str, run: Run, output: Path) -> None:
    """Each canned question runs without a parameter, which asks for all, and with one that nothing fits."""
    everything = run("query", name, "--output", output)
    forms = load_queries(Ontology())[name].forms  # a day before all replies, where only a day may be given
    nothing = run("query", name, "1900-01-01" if forms else "no such name", "--output", output)
    assert (everything.exit_code, nothing.exit_code) == (0, 0), everything.output + nothing.output
    assert nothing.stdout.splitlines() == everything.stdout.splitlines()[:1]


def test_too_many_parameters_are_refused(run: Run) -> None:
    """A name of two words without quotes is told, with what the question takes."""
    name, query = next((n, q) for n, q in sorted(load_queries(Ontology()).items()) if q.parameters)
    result = run("query", name, *("x" for _ in query.parameters), "y")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert next(iter(query.parameters)).upper() in result.stderr


def test_two_questions_at_once_are_refused(run: Run) -> None:
    """A name and SPARQL together are a mistake."""
    assert run("query", "name", "--sparql", "ASK {}").exit_code == 2


def test_a_query_error_exits_1(run: Run, output: Path) -> None:
    """Wrong SPARQL is told on standard error, with its line."""
    result = run("query", "--sparql", "SELECT ?x\nWHERE { ?x }", "--output", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "line 2" in result.stderr or "2:" in result.stderr


@pytest.mark.parametrize("arguments", [("query", "--sparql", "ASK {}", "--output"), ("check",), ("export", "csv", "x.csv", "--output")])
def test_without_a_build_the_way_is_shown(arguments: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    """Commands that need a graph name `ecograph build` when there is none."""
    result = run(*arguments, tmp_path / "nothing")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "ecograph build" in result.stderr


def test_a_sound_graph_has_no_findings(run: Run, output: Path) -> None:
    """What was just built passes its own check."""
    result = run("check", output)
    assert result.exit_code == 0, result.output
    assert "0 findings" in result.stdout


def test_a_changed_quote_is_found(run: Run, output: Path) -> None:
    """Words in the graph that don't stand in the reply are told, exit code 1."""
    lines = (output / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    quote = next(i for i, line in enumerate(lines) if "ontology#quote>" in line and "/graph/reply/" in line)
    subject, predicate, value = lines[quote].split(" ", 2)
    lines[quote] = f'{subject} {predicate} "x{value[1:]}'
    (output / "graph.nq").write_text("".join(lines), encoding="utf-8")
    result = run("check", output)
    assert result.exit_code == 1
    assert result.stdout.strip()


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_every_format_is_exported(form: str, run: Run, output: Path, tmp_path: Path) -> None:
    """Each export format writes what it names, and says where."""
    result = run("export", form, tmp_path / "exported", "--output", output)
    assert result.exit_code == 0, result.output
    assert str(tmp_path / "exported") in result.stdout
    assert (tmp_path / "exported").exists()


def test_an_unknown_format_names_the_known(run: Run, tmp_path: Path) -> None:
    """An export format that doesn't exist is answered with those that do."""
    result = run("export", "nonsense", tmp_path / "x")
    assert result.exit_code == 2
    assert all(form in result.stderr for form in EXPORTERS)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes to close on Windows")
def test_a_closed_pipe_ends_quietly(replies: Path) -> None:
    """`ecograph extract … | head` leaves no traceback."""
    command = f"'{sys.executable}' -m ecograph extract {' '.join([str(replies / '012.txt')] * 300)} | head -c 1"
    assert subprocess.run(["bash", "-c", command], check=False, capture_output=True).stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_standard_output_is_told(replies: Path) -> None:
    """When what is printed can't be written, there is one line and exit code 1."""
    with Path("/dev/full").open("wb") as full:
        result = ecograph("extract", replies / "012.txt", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (result.returncode, result.stderr.count(b"\n")) == (1, 1)


def test_output_is_utf8_whatever_the_locale(replies: Path) -> None:
    """In a pipe, Chinese comes out as UTF-8 even where Python would write ASCII."""
    result = ecograph("extract", replies / "012.txt", env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    assert result.returncode == 0
    assert json.loads(result.stdout.decode("utf-8"))["document"] == "012.txt"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal on Windows")
def test_the_bar_is_for_terminals(replies: Path, tmp_path: Path) -> None:
    """A terminal sees a progress bar, a pipe sees nothing of it."""
    import pty  # noqa: PLC0415 -- there is none on Windows

    master, slave = pty.openpty()
    ecograph("build", replies, "--output", tmp_path / "a", capture_output=False, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    assert b"reading" in os.read(master, 100_000)
    os.close(master)
    assert ecograph("build", replies, "--output", tmp_path / "b").stderr == b""
