"""The command line: each command parses, calls one function and prints.

What loads slowly (spaCy, rdflib, rich) is imported inside the command that needs it, so that `--help` is quick.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from ecograph import __version__
from ecograph.cli.comparing import diff
from ecograph.cli.deciding import decide
from ecograph.cli.errors import Commands
from ecograph.cli.evaluating import evaluate
from ecograph.cli.printing import FORMATS, default_format, print_findings, progress
from ecograph.cli.promising import commitments
from ecograph.cli.reviewing import review
from ecograph.errors import ReadError, UsageError

REPLIES = Path("data/replies")
OUTPUT = Path("output")
DECISIONS = "decisions.jsonl"

folder = click.Path(path_type=Path)
output_option = click.option("--output", type=folder, default=OUTPUT, show_default=True, help="The folder that `build` made.")
ontology_option = click.option("--ontology", type=folder, metavar="DIR", help="An ontology folder of your own instead of ecograph's.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Read replies to deputies' suggestions into a graph of who does what with whom, every edge with the words that say it."""


@main.command()
@click.argument("replies", type=folder, default=REPLIES)
@click.option("--output", type=folder, default=OUTPUT, show_default=True, help="The folder to build into.")
@ontology_option
@click.option("--decisions", type=folder, metavar="FILE", help="Judgements of people; default: decisions.jsonl beside the folder REPLIES.")
@click.option("--contacts", is_flag=True, help="Keep contact persons' names, telephone numbers and addresses.")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that read (0.5 GB each); default: one for 40 replies, at most one a CPU."
)
@click.option("--no-wait", is_flag=True, help="End with exit code 1 if another build is writing to the same folder.")
@click.pass_context
def build(
    context: click.Context,
    replies: Path,
    output: Path,
    ontology: Path | None,
    decisions: Path | None,
    jobs: int | None,
    *,
    contacts: bool,
    no_wait: bool,
) -> None:
    """Build the graph and the page from a folder of REPLIES (default: data/replies), reading only what changed.

    Exit code 1 if a file could not be read; the others are built.
    """
    from ecograph.build import build as build_folder
    from ecograph.cli.reporting import print_report, say_waiting
    from ecograph.ontology import Ontology

    if decisions is not None and not decisions.is_file():
        raise UsageError(f"{decisions}: no such file; --decisions wants a decisions.jsonl")
    loaded = Ontology(ontology)
    report = build_folder(
        replies,
        output,
        loaded,
        contacts=contacts,
        decisions=decisions or replies.parent / DECISIONS,
        jobs=jobs,
        progress=progress("reading"),
        waiting=None if no_wait else lambda: say_waiting(output),
    )
    print_report(report, loaded, contacts=contacts)
    context.exit(1 if report.failures else 0)


@main.command()
@click.argument("files", type=folder, nargs=-1, required=True, metavar="FILE...")
@ontology_option
@click.pass_context
def extract(context: click.Context, files: tuple[Path, ...], ontology: Path | None) -> None:
    """Print what each FILE says, one JSON object a line, without building a graph.

    Exit code 1 if a file could not be read; the others are printed.
    """
    from ecograph.build import Pipeline
    from ecograph.build import extract as extract_file
    from ecograph.ontology import Ontology

    pipeline = Pipeline(Ontology(ontology))
    failed = False
    for path in files:
        try:
            click.echo(json.dumps(extract_file(path, pipeline), ensure_ascii=False))
        except ReadError as error:
            failed = True
            click.echo(f"not read: {error}", err=True)
    context.exit(1 if failed else 0)


@main.command()
@click.argument("output", type=folder, default=OUTPUT)
@ontology_option
@click.pass_context
def check(context: click.Context, output: Path, ontology: Path | None) -> None:
    """Hold the graph in OUTPUT (default: output) against its shapes and the replies' texts.

    Exit code 1 if anything is found.
    """
    from ecograph.build.check import check as check_output
    from ecograph.ontology import Ontology

    findings = check_output(output, Ontology(ontology))
    found = print_findings(f"{f.document}: {f.subject}: {f.message}" for f in findings)
    context.exit(1 if found else 0)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1)
@click.option("--sparql", metavar="TEXT", help="Run this SPARQL.")
@click.option("--file", type=click.File(encoding="utf-8"), help="Run the SPARQL in this file (`-`: standard input).")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), help="Default: table on a terminal, csv elsewhere.")
@output_option
@ontology_option
def query(
    name: str | None,
    parameters: tuple[str, ...],
    sparql: str | None,
    file: TextIO | None,
    form: str | None,
    output: Path,
    ontology: Path | None,
) -> None:
    """Ask the graph a question by its NAME and PARAMETERS, or in SPARQL. Without arguments: list the questions.

    Parameters stand in order or are named: `ecograph query in-force --on 2023-12-31`.
    `ecograph query -` reads SPARQL from standard input.
    """
    from ecograph.build import GRAPH
    from ecograph.cli.questions import Asked, listing
    from ecograph.graph import open_dataset
    from ecograph.ontology import Ontology
    from ecograph.queries import load_queries, run, unknown_names

    questions = load_queries(Ontology(ontology))
    asked = Asked(name, parameters, sparql, file)
    if asked.nothing:
        click.echo(listing(questions))
        return
    text, bindings = asked.resolve(questions)
    dataset = open_dataset(output / GRAPH)
    answer = run(dataset, text, bindings)
    FORMATS[form or default_format()](answer.columns, answer.rows)
    for question in questions.values():
        if question.text == text and not answer.rows:
            for line in unknown_names(dataset, question, bindings):
                click.echo(line, err=True)


@main.command()
@click.argument("form", metavar="FORMAT")
@click.argument("path", type=folder)
@output_option
@ontology_option
def export(form: str, path: Path, output: Path, ontology: Path | None) -> None:
    """Write the graph to PATH for another program. A FORMAT that isn't known: the known ones are named.

    N-Quads and TriG need no export: graph.nq and graph.trig lie in the output folder.
    """
    from ecograph.build import GRAPH
    from ecograph.graph import open_dataset
    from ecograph.ontology import Ontology
    from ecograph.views import EXPORTERS

    if form not in EXPORTERS:
        raise UsageError(f"{form}: no such format; known: {', '.join(sorted(EXPORTERS))}")
    EXPORTERS[form](open_dataset(output / GRAPH), Ontology(ontology), path)
    click.echo(f"written: {path}")


main.add_command(commitments)
main.add_command(decide)
main.add_command(diff)
main.add_command(evaluate)
main.add_command(review)
