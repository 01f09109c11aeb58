"""`ecograph commitments`: what was promised, and what later replies tell of it."""

from __future__ import annotations

from pathlib import Path

import click

from ecograph.cli.deciding import ontology_option, output_option
from ecograph.cli.printing import FORMATS, default_format
from ecograph.errors import UsageError

QUESTION = "commitments"
OPEN = "open"
EVERY = "0"  # the least confidence of a promise with --all


@click.command()
@click.option("--status", help="Only those of this status: fulfilled, repeated, dropped, undone, silent, or open (nothing told yet).")
@click.option("--year", help="Only what was promised in this year.")
@click.option("--all", "every", is_flag=True, help="Also promises too vague to be followed.")
@click.option("--format", "form", type=click.Choice(sorted(FORMATS)), help="Default: table on a terminal, csv elsewhere.")
@output_option
@ontology_option
def commitments(status: str | None, year: str | None, form: str | None, output: Path, ontology: Path | None, *, every: bool) -> None:
    """Print the ledger: what was promised and what became of it, by year and status, with the words on both sides."""
    from ecograph.build import GRAPH
    from ecograph.graph import open_dataset
    from ecograph.ontology import Ontology
    from ecograph.queries import load_queries, run

    loaded = Ontology(ontology)
    states = [*(concept.name for concept in loaded.scheme("outcomes")), OPEN]
    if status and status not in states:
        raise UsageError(f"{status}: no such status; known: {', '.join(states)}")
    if year and not (year.isdecimal() and len(year) == len("2024")):
        raise UsageError(f"{year}: --year wants a year, such as 2024")
    bindings = {"status": status or "", "year": year or "", "least": EVERY if every else ""}
    answer = run(open_dataset(output / GRAPH), load_queries(loaded)[QUESTION].text, bindings)
    FORMATS[form or default_format()](answer.columns, answer.rows)
