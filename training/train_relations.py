#!/usr/bin/env python3
"""Train the second opinion that ships in src/ecograph/relating (what it learns and how well it does: MODEL.md).

    python training/train_relations.py --gold DIR --replies DIR --texts DIR --output src/ecograph/relating/relations.npz
    python training/train_relations.py --gold DIR --replies DIR --texts DIR --check

The same texts and settings give the same model. --check trains on four fifths of the texts and prints what the model
does on the rest, in turns, with the annotated mentions.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from corpus import Sources
from logistic import Floats, Rows
from relation_data import RIGHT, WRONG, Example, Row, Triple, classes_joined, load, rows

from ecograph.evaluation.alignment import form
from ecograph.ontology import Ontology
from ecograph.relating import Relater
from ecograph.relating.columns import Columns
from ecograph.relating.ranker import ALWAYS, Model

FOLDS = 5
SMALLEST = 0.04  # a weight below is
TOLD_TWICE = 2  # how often classes must have been joined, and how often a pair of a gold text counts
KEEP, ADD = 0.03, 0.4
# What probability times the mentions' confidence is worth: measured end to end on held-out texts (MODEL.md).
SCALE = (
    (0.0, 0.2),
    (0.1, 0.33),
    (0.25, 0.45),
    (0.45, 0.58),
    (0.55, 0.69),
    (0.65, 0.74),
    (0.75, 0.83),
    (0.85, 0.9),
    (0.9, 0.94),
    (1.0, 0.99),
)

Table = list[tuple[int, Row]]
Chances = Iterator[tuple[int, int, float]]  # number of row, column, probability


class Learner:
    """The pairs of all texts, and what is learnt from some of them."""

    def __init__(self, ontology: Ontology, examples: Sequence[Example]) -> None:
        self.examples = examples
        self.joined = frozenset(joined for joined, count in classes_joined(examples).items() if count >= TOLD_TWICE)
        self.columns = Columns(ontology, self.joined)
        self.symmetric = {p.name for p in ontology.predicates.values() if p.symmetric}
        relater = Relater(ontology, None)
        right: Counter[str] = Counter()
        for example in examples:
            right.update(row.signature for row in rows(example, relater, self.columns, self.symmetric) if RIGHT in row.answers)
        self.worth = frozenset(signature for signature, count in right.items() if count >= TOLD_TWICE)
        self.table: Table = [(n, row) for n, e in enumerate(examples) for row in rows(e, relater, self.columns, self.symmetric, self.worth)]
        self._text = np.array([text for text, _ in self.table])
        self._rows = Rows((row.features for _, row in self.table), *self._answers())

    def chances(self, held: set[int]) -> Chances:
        """What a model of the other texts gives each answer of these texts."""
        theirs = np.isin(self._text, sorted(held))
        weights = self._rows.train(np.flatnonzero(~theirs))
        for number, found in self._rows.chances(weights, np.flatnonzero(theirs)):
            for column in self.table[number][1].columns:
                yield number, column, float(found[column])

    def model(self) -> Model:
        """The model of all texts."""
        found = self._rows.train(np.arange(len(self.table)))
        weights = {ALWAYS: tuple((column, float(value)) for column, value in enumerate(found.bias))}
        for name, cells in zip(self._rows.names, found.table, strict=True):
            kept = tuple((int(column), float(cells[column])) for column in np.flatnonzero(np.abs(cells) >= SMALLEST))
            if kept:
                weights[name] = kept
        return Model(weights, tuple(c.name for c in self.columns.all), self.joined, self.worth, KEEP, ADD, SCALE)

    def _answers(self) -> tuple[Floats, Floats, Floats]:
        """What is asked of each row, what is right, and how much the row counts."""
        asked = np.zeros((len(self.table), len(self.columns.all)), np.float32)
        right = np.zeros_like(asked)
        for number, (_, row) in enumerate(self.table):
            for column, answer in zip(row.columns, row.answers, strict=True):
                asked[number, column], right[number, column] = answer in (RIGHT, WRONG), answer == RIGHT
        weight = [row.weight * (TOLD_TWICE if self.examples[text].family == "gold" else 1) for text, row in self.table]
        return asked, right, np.array(weight, np.float32)


def check(learner: Learner) -> None:
    """Print precision, recall and F1 on texts that weren't learnt from, and how far the probabilities hold."""
    best: list[dict[Triple, tuple[float, bool]]] = [{} for _ in learner.examples]
    every = set(range(len(learner.examples)))
    for fold in range(FOLDS):
        held = {n for n in every if n % FOLDS == fold}
        for number, column, chance in learner.chances(held):
            _note(best, learner, number, column, chance)
    for family in ("gold", "invented"):
        _report(family, [(e, b) for e, b in zip(learner.examples, best, strict=True) if e.family == family], learner.symmetric)


def _note(best: list[dict[Triple, tuple[float, bool]]], learner: Learner, number: int, column: int, chance: float) -> None:
    text, row = learner.table[number]
    at = row.columns.index(column)
    for triples in row.triples:
        triple = _ordered(triples[at], learner.symmetric)
        old, ruled = best[text].get(triple, (0.0, False))
        best[text][triple] = max(old, chance), ruled or row.ruled[at]


def _ordered(triple: Triple, symmetric: set[str]) -> Triple:
    one, predicate, other = triple
    return (min(one, other), predicate, max(one, other)) if predicate in symmetric else triple


def _told(example: Example, symmetric: set[str]) -> dict[Triple, bool]:
    """What the annotation says, and whether it is asked for."""
    names: dict[str, set[str]] = defaultdict(set)
    for entity in example.linked.entities:
        for label in (entity.label, *entity.aliases):
            names[form(label)].add(entity.iri)
    ends = {e["id"]: {iri for s in (e["name"], *e["surfaces"]) for iri in names.get(form(s), ())} for e in example.gold["entities"]}
    told: dict[Triple, bool] = {}
    for r in example.gold["relations"]:
        for one in ends[r["subject"]]:
            for other in ends[r["object"]]:
                triple = _ordered((one, r["predicate"], other), symmetric)
                told[triple] = told.get(triple, False) or not r["optional"]
    return told


def _report(family: str, texts: Sequence[tuple[Example, dict[Triple, tuple[float, bool]]]], symmetric: set[str]) -> None:
    tally: Counter[tuple[str, str]] = Counter()
    sure: list[bool] = []
    for example, best in texts:
        told = _told(example, symmetric)
        tally.update(("asked", r["predicate"]) for r in example.gold["relations"] if not r["optional"])
        for triple, (chance, ruled) in best.items():
            right = told.get(triple)
            judged = right is not False  # an optional one is neither right nor wrong
            tally["rules right" if right else "rules wrong", triple[1]] += ruled and judged
            if chance >= (KEEP if ruled else ADD) and judged:
                tally["right" if right else "wrong", triple[1]] += 1
                sure += [bool(right)] * (chance >= 0.9)
    print(f"{family:18} rules alone          with the model")
    for predicate in [*sorted({p for _, p in tally}), "all"]:
        asked, *found = (_sum(tally, key, predicate) for key in ("asked", "rules right", "rules wrong", "right", "wrong"))
        print(f"{predicate:18} {_figures(found[0], found[1], asked)}  {_figures(found[2], found[3], asked)}")
    print(f"of {len(sure)} given 0.9 or more {sum(sure) / max(1, len(sure)):.3f} are right")


def _sum(tally: Counter[tuple[str, str]], key: str, predicate: str) -> int:
    return sum(count for (kind, name), count in tally.items() if kind == key and predicate in (name, "all"))


def _figures(right: int, wrong: int, asked: int) -> str:
    return f"P {right / max(1, right + wrong):.3f} R {right / max(1, asked):.3f} F {2 * right / max(1, right + wrong + asked):.3f}"


def main() -> None:
    """Read the texts; train and write the model, or check it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    Sources.add_to(parser)
    parser.add_argument("--output", type=Path, help="the model file")
    parser.add_argument("--check", action="store_true", help="print what it does on texts it has not learnt from")
    given = parser.parse_args()
    ontology = Ontology()
    learner = Learner(ontology, load(ontology, Sources.given(given)))
    if given.check:
        check(learner)
    if given.output:
        model = learner.model()
        partial = given.output.with_suffix(".partial")
        model.write(partial)
        partial.replace(given.output)  # whoever reads the old model meanwhile isn't disturbed
        print(f"{len(learner.table)} pairs, {len(model.weights)} features, {given.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
