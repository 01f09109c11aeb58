"""What the commands print: a progress bar, findings, and rows as a table, CSV, JSON or Markdown."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import click

T = TypeVar("T")
Row = Sequence[str]


def progress(description: str) -> Callable[[Sequence[T]], Iterable[T]]:
    """A bar on standard error while the things are gone through, if that is a terminal."""

    def bar(things: Sequence[T]) -> Iterable[T]:
        if not sys.stderr.isatty():
            return things
        from rich.console import Console
        from rich.progress import track

        return track(things, description=description, console=Console(stderr=True), transient=True)

    return bar


def print_findings(findings: Iterable[str]) -> int:
    """Each finding on its line as it comes; gives how many there were."""
    number = 0
    for number, finding in enumerate(findings, 1):  # noqa: B007 -- the last number is the count
        click.echo(finding)
    click.echo(f"{counted(number, 'finding', 'findings')}", err=bool(number))
    return number


def default_format() -> str:
    """A table for a person, CSV for a program."""
    return "table" if sys.stdout.isatty() else "csv"


def print_table(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A table as wide as the terminal; long cells are wrapped, none is cut."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, show_lines=True)
    count = 0
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # Text: square brackets in a reply are no markup
        count += 1
    Console().print(table)
    click.echo(counted(count, "row", "rows"))


def print_csv(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Comma-separated values, the column names first."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)


def print_json(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A list of objects, a row each."""
    click.echo(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=1))


def print_markdown(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A Markdown table; a line break in a cell becomes a space."""
    for cells in (columns, ["---"] * len(columns), *rows):
        click.echo(f"| {' | '.join(' '.join(cell.replace('|', chr(92) + '|').split()) for cell in cells)} |")


# A new format for answers is a function above and a line here.
FORMATS: Mapping[str, Callable[[Sequence[str], Iterable[Row]], None]] = {
    "csv": print_csv,
    "json": print_json,
    "markdown": print_markdown,
    "table": print_table,
}


def counted(number: int, one: str, many: str) -> str:
    """The number with its noun: 1 reply, 2 replies."""
    return f"{number:,} {one if number == 1 else many}"
