"""What `ecograph build` tells the analyst."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from ecograph.build import Report
from ecograph.cli.printing import counted
from ecograph.ontology import Ontology


def print_report(report: Report, ontology: Ontology, *, contacts: bool) -> None:
    """What a build read and found; files that could not be read, and decisions to look at, go to standard error, a line each."""
    for failure in report.failures:
        click.echo(f"not read: {failure.reason}", err=True)
    for note in report.notes:
        click.echo(f"decision {note}", err=True)
    read, unchanged, removed = len(report.read), len(report.unchanged), len(report.removed)
    broken = f", {len(report.failures)} not read" if report.failures else ""
    click.echo(f"{counted(read + unchanged, 'reply', 'replies')}: {read} read, {unchanged} unchanged, {removed} removed{broken}")
    mentions = {ontology.cls(name).label["en"]: n for name, n in report.mentions.items()}
    statements = {ontology.predicate(name).label["en"]: n for name, n in report.statements.items()}
    click.echo(f"{counted(sum(mentions.values()), 'mention', 'mentions')}{_listed(mentions)}")
    click.echo(f"{counted(sum(statements.values()), 'statement', 'statements')}{_listed(statements)}")
    kept = "kept, as --contacts asks" if contacts else "left out (--contacts keeps them)"
    click.echo(f"{counted(report.contacts, 'contact detail', 'contact details')} {kept}")
    click.echo(f"{'nothing to do; the page is' if report.current else 'open the page'}: {report.page}")


def say_waiting(output: Path) -> None:
    """Why nothing happens for a while."""
    click.echo(f"another build is writing to {output}; waiting for its end (Ctrl-C: don't wait)", err=True)


def _listed(counts: Mapping[str, int]) -> str:
    """The counts behind a colon, the largest first."""
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ": " + ", ".join(f"{name} {number}" for name, number in order) if order else ""
