"""What was measured, as tables for a person, a page or a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from ecograph.evaluation.calibration import Bin
from ecograph.evaluation.rules import MentionCard, StatementCard
from ecograph.evaluation.scoring import MEASURES, Figures, Score, figures

Cell = str | int | float | None

FIGURES = ("precision", "recall", "f1", "tp", "fp", "fn")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first column says what a row is about. None is an empty cell."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def figure_tables(scores: Sequence[Score]) -> tuple[Table, ...]:
    """A table for each measure: strict, typed and overlap by group, relation by predicate, class by class."""
    return tuple(_figure_table(measure, figures(s.tallies[measure] for s in scores)) for measure in MEASURES)


def bin_table(title: str, counted: Iterable[Bin]) -> Table:
    """Confidence beside the share that is right."""
    columns = ("confidence", "made", "right", "wrong", "mean confidence", "share right")
    rows = ((f"{b.least:g}–{b.below:g}", b.made, b.right, b.wrong, b.mean, b.share) for b in counted)
    return Table(title, columns, tuple(rows))


def mention_table(cards: Iterable[MentionCard]) -> Table:
    """The naming rules' cards."""
    columns = ("rule", "proposed", "proposed right", "mentions", "right", "wrong", "right by no other")
    return Table("mentions by rule", columns, tuple(astuple(card) for card in cards))


def statement_table(cards: Iterable[StatementCard]) -> Table:
    """The relating rules' cards."""
    columns = ("rule", "statements", "right", "wrong", "right lost without it", "wrong lost without it")
    return Table("statements by rule", columns, tuple(astuple(card) for card in cards))


def as_text(tables: Iterable[Table]) -> str:
    """Columns of even width, each table's title over its first column."""
    return "\n\n".join(_text(table) for table in tables)


def as_markdown(tables: Iterable[Table]) -> str:
    """Markdown tables under their titles."""
    return "\n\n".join(f"### {table.title}\n\n{markdown(table)}" for table in tables)


def markdown(table: Table) -> str:
    """One table in Markdown, without its title."""
    head = [table.columns[0] or " ", *table.columns[1:]]
    ruler = ["---", *("---:" for _ in table.columns[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ruler, *_cells(table)))


def as_json(tables: Iterable[Table]) -> str:
    """An object: for each title its rows by their first column, each an object by column, shares with four digits."""
    found = {t.title: {str(row[0]): dict(zip(t.columns[1:], row[1:], strict=True)) for row in t.rows} for t in tables}
    return json.dumps(found, ensure_ascii=False, indent=1)


# A new format is a function above and a line here.
RENDERERS: Mapping[str, Callable[[Iterable[Table]], str]] = {"json": as_json, "markdown": as_markdown, "table": as_text}


def _figure_table(measure: str, rows: Mapping[str, Figures]) -> Table:
    return Table(measure, ("", *FIGURES), tuple((name, *(getattr(f, column) for column in FIGURES)) for name, f in rows.items()))


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _cells(table: Table) -> list[list[str]]:
    return [[_cell(value) for value in row] for row in table.rows]


def _text(table: Table) -> str:
    lines = [[table.columns[0] or table.title, *table.columns[1:]], *_cells(table)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(table.columns))]
    head = [] if not table.columns[0] else [table.title]
    padded = (
        "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(line, widths, strict=True)))
        for line in lines
    )
    return "\n".join((*head, *(line.rstrip() for line in padded)))
