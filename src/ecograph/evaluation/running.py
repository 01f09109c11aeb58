"""A whole evaluation: every annotated reply of a folder answered, scored and laid out in tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ecograph.evaluation.calibration import bins
from ecograph.evaluation.gold import Gold, load_gold
from ecograph.evaluation.rooms import Rooms, documents
from ecograph.evaluation.rules import mention_cards, statement_cards
from ecograph.evaluation.scoring import Run, score
from ecograph.evaluation.tables import Table, bin_table, figure_tables, mention_table, statement_table
from ecograph.model import Document


def run(rooms: Rooms, gold: Path, replies: Path | None) -> tuple[Run, ...]:
    """Every annotated reply of the folder `gold`, its text taken from `replies` (None: from the gold itself)."""
    golds = load_gold(gold, rooms.ontology)
    return tuple(run_one(rooms, one, document) for one, document in documents(golds, replies, rooms.reader))


def run_one(rooms: Rooms, gold: Gold, document: Document) -> Run:
    """One reply, answered and scored."""
    answer = rooms.answer(document)
    return Run(gold, answer, score(answer, gold, rooms.ontology))


def tables(runs: Sequence[Run]) -> tuple[Table, ...]:
    """Figures by measure, and how often each degree of confidence is right."""
    mentions = ((j.found.mention.confidence, j.verdict) for r in runs for j in r.score.mentions)
    statements = ((j.found.confidence, j.verdict) for r in runs for j in r.score.statements)
    rated = (("confidence of mentions", mentions), ("confidence of statements", statements))
    return (*figure_tables([r.score for r in runs]), *(bin_table(title, bins(found)) for title, found in rated))


def rule_tables(runs: Sequence[Run], rooms: Rooms) -> tuple[Table, ...]:
    """The score cards of the rules of `rooms`, which made the runs."""
    return mention_table(mention_cards(runs, rooms.namer)), statement_table(statement_cards(runs, rooms.ontology))
