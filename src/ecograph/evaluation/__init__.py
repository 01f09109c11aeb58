"""How well ecograph reads: what it finds held against replies that people annotated.

Positions are compared in squeezed text, all white space removed, so that a reader is free to unwrap lines. Outer
quotation marks and 《》 never count. What the annotation marks as optional is neither asked for nor held against
whoever finds it. The figures are those of the scorer that the annotations came with, to the digit.

Gold is a folder of NAME.json: `squeezed` text, `mentions` (start, end, type, optional), `entities` (id, name,
surfaces), `relations` (subject, predicate, object, optional) and the `predicates` that were annotated.
"""

from ecograph.evaluation.alignment import Align, aligner, squeeze, trim
from ecograph.evaluation.calibration import Bin, bins
from ecograph.evaluation.gold import Gold, GoldMention, GoldRelation, load_gold, parse_gold
from ecograph.evaluation.rooms import Answer, Rooms, documents, rooms_without, without
from ecograph.evaluation.rules import MentionCard, StatementCard, mention_cards, statement_cards
from ecograph.evaluation.running import rule_tables, run, run_one, tables
from ecograph.evaluation.scoring import MEASURES, Figures, Judged, Placed, Run, Score, Verdict, figures, score
from ecograph.evaluation.tables import RENDERERS, Table, bin_table, figure_tables, mention_table, statement_table

__all__ = [
    "MEASURES",
    "RENDERERS",
    "Align",
    "Answer",
    "Bin",
    "Figures",
    "Gold",
    "GoldMention",
    "GoldRelation",
    "Judged",
    "MentionCard",
    "Placed",
    "Rooms",
    "Run",
    "Score",
    "StatementCard",
    "Table",
    "Verdict",
    "aligner",
    "bin_table",
    "bins",
    "documents",
    "figure_tables",
    "figures",
    "load_gold",
    "mention_cards",
    "mention_table",
    "parse_gold",
    "rooms_without",
    "rule_tables",
    "run",
    "run_one",
    "score",
    "squeeze",
    "statement_cards",
    "statement_table",
    "tables",
    "trim",
    "without",
]
