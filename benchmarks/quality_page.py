"""What quality.py measured, as the page docs/quality.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecograph.evaluation import Figures, Run, Table, bin_table, bins, figures
from ecograph.evaluation.tables import markdown

TITLES = {"gold": "Annotated replies", "invented": "Invented replies", "real": "Real documents of other kinds"}
ABSENT = Figures(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Measured:
    """The same texts, read with the shipped model, with models that never saw them, and without a recogniser."""

    fitted: Sequence[Run]
    held: Sequence[Run]
    bare: Sequence[Run]


def page(families: Mapping[str, Measured], command: str, *, folds: int, leave_one_out: bool) -> str:
    """The whole page: a section for each family of texts."""
    way = "each alone, the recogniser trained on all other texts" if leave_one_out else f"in {folds} folds over all texts"
    counts = ", ".join(f"{len(m.fitted)} {TITLES[family].lower()}" for family, m in families.items())
    parts = [HEAD.format(command=command, way=way, folds=folds, counts=counts)]
    for family, measured in families.items():
        parts += [f"## {TITLES[family]}", *_sections(measured)]
    return "\n\n".join(parts) + "\n"


def _sections(m: Measured) -> list[str]:
    tables = [_summary(m)]
    tables += [_beside(m, measure, title) for measure, title in (("class", "Mentions by class"), ("relation", "Statements by predicate"))]
    mentions = bins((j.found.mention.confidence, j.verdict) for r in m.held for j in r.score.mentions)
    statements = bins((j.found.confidence, j.verdict) for r in m.held for j in r.score.statements)
    tables += [bin_table("Confidence of mentions, held out", mentions), bin_table("Confidence of statements, held out", statements)]
    return [f"### {table.title}\n\n{markdown(table)}" for table in tables]


def _rows(runs: Sequence[Run], measure: str) -> dict[str, Figures]:
    return figures(r.score.tallies[measure] for r in runs)


def _summary(m: Measured) -> Table:
    rows = []
    for title, measure, row in SUMMARY:
        fitted, held, bare = (_rows(runs, measure).get(row, ABSENT).f1 for runs in (m.fitted, m.held, m.bare))
        rows.append((title, fitted, held, _points(fitted, held), bare))
    return Table("F1", ("what", "fitted", "held out", "difference", "without models"), tuple(rows))


def _beside(m: Measured, measure: str, title: str) -> Table:
    fitted, held = _rows(m.fitted, measure), _rows(m.held, measure)
    columns = ("name", "asked", "fitted P", "R", "F1", "held out P", "R", "F1", "difference")
    rows = []
    for name in [*sorted({*fitted, *held} - {"all"}), "all"]:
        f, h = fitted.get(name, ABSENT), held.get(name, ABSENT)
        rows.append((name, h.tp + h.fn, f.precision, f.recall, f.f1, h.precision, h.recall, h.f1, _points(f.f1, h.f1)))
    return Table(title, columns, tuple(rows))


def _points(fitted: float, held: float) -> str:
    return f"{100 * (held - fitted):+.1f}"


SUMMARY = (
    ("mentions, strict", "strict", "all"),
    ("organizations, strict", "strict", "Organization"),
    ("mentions, typed", "typed", "all"),
    ("mentions, overlap", "overlap", "all"),
    ("statements", "relation", "all"),
)

HEAD = """\
# How well it reads

Made by

```
{command}
```

GOLD is a folder of annotated NAME.json, REPLIES holds their NAME.txt; `ecograph evaluate GOLD` prints the fitted figures of
that folder alone, and with `--rules` a score card for each rule.

**Fitted** are the figures on texts that the two shipped models (of names, of relations) learned from: they show that
the parts work together, and say nothing about a new reply. **Held out** are the figures on texts that neither model has
seen ({counts}): the annotated replies were read {way}, all others in {folds} folds (parts of
one document in the same). Everything else is the shipped ecograph, so three things are to be known before the held-out figures
are taken for a promise:

- The name patterns, word lists and relation patterns were written by people who had read the annotated replies. Held out of the
  models, these replies are not held out of the patterns. For a reply of another city expect
  the second part's figures rather than the first's; neither part measures it.
- The invented replies were written to the same guide in other cities, fields and phrasings. Some relation
  patterns were made after reading part of them.
- The real documents are laws, notices, reports and calls that are no replies, annotated by several hands for this project.
- Invented replies of one writer resemble one another, so a fold's models have seen the manner, if not the names.

`strict` counts a mention as right if span and group are (the six kinds of organization are one group), `typed` if span and
class are, `overlap` if the group is and at least half of the union of both spans is common. A statement is right if the
predicate is and both ends bear an annotated name. P is precision, R recall, the difference is in points of F1. The
tables by class count as `typed` does. The column “without models” is what patterns and word lists do alone. “Asked” counts
what has to be found; what the annotation marks as optional is neither asked for nor held against whoever finds it."""
