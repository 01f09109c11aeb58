#!/usr/bin/env python3
"""How well ecograph reads replies it knows, and replies it has never seen: writes docs/quality.md.

    python benchmarks/quality.py --gold DIR --replies DIR

The annotated replies in GOLD and the invented ones of training/ are dealt out to folds. For each fold the recogniser
and the model of relations are trained on the other folds, as training/train.py and train_relations.py do, and the whole
pipeline reads the fold with them. With `--leave-one-out` each reply of GOLD has trainings of its own, on all other texts.
A fold takes some seven CPU minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "training"), str(ROOT / "benchmarks")]

import relation_data  # noqa: E402
import train  # noqa: E402
from corpus import Sources, Text  # noqa: E402
from quality_errors import error_list  # noqa: E402
from quality_page import Measured, page  # noqa: E402
from train_relations import Learner  # noqa: E402

from ecograph.evaluation import Gold, Rooms, Run, parse_gold, run_one  # noqa: E402
from ecograph.naming import Namer  # noqa: E402
from ecograph.ontology import Ontology  # noqa: E402
from ecograph.reading import Reader  # noqa: E402
from ecograph.relating import Relater  # noqa: E402

OPEN = "gold"  # the family of the texts in GOLD


@dataclass(frozen=True, slots=True)
class Annotated:
    """One text, as the two trainings and as the evaluation know it."""

    text: Text
    gold: Gold
    example: relation_data.Example


@dataclass(frozen=True, slots=True)
class Fold:
    """Indices of the texts that are held out together."""

    number: int
    held: tuple[int, ...]


def load(sources: Sources) -> list[Annotated]:
    """Every annotated text, those of GOLD first."""
    ontology = Ontology()
    golds = (parse_gold(told, name, ontology) for name, told in sources.golds().items())
    texts = sources.read(Reader(ontology))
    return [Annotated(*one) for one in zip(texts, golds, relation_data.load(ontology, sources), strict=True)]


def deal(texts: Sequence[Annotated], count: int, *, leave_one_out: bool) -> list[Fold]:
    """Every text in just one fold: `count` folds, sources dealt out in turn; with `leave_one_out` the texts of GOLD singly."""
    single = [i for i, t in enumerate(texts) if leave_one_out and t.text.family == OPEN]
    others = [i for i in range(len(texts)) if i not in set(single)]
    place = {source: n for n, source in enumerate(dict.fromkeys(texts[i].text.source for i in others))}
    held = [(i,) for i in single]
    held += [tuple(i for i in others if place[texts[i].text.source] % count == n) for n in range(count)]
    return [Fold(number, one) for number, one in enumerate(held)]


def read(texts: Iterable[Annotated], namer: Path | None, relater: Path | None) -> list[Run]:
    """The texts read by the whole pipeline with these two models, or (None) without them."""
    ontology = Ontology()
    rooms = Rooms(ontology, Namer(ontology, namer), Relater(ontology, relater))
    return [run_one(rooms, t.gold, t.text.document) for t in texts]


def read_as_shipped(texts: Iterable[Annotated]) -> list[Run]:
    """The texts read with the models that ship."""
    rooms = Rooms(Ontology())
    return [run_one(rooms, t.gold, t.text.document) for t in texts]


def held_out(texts: Sequence[Annotated], fold: Fold, models: Path) -> list[Run]:
    """Train on all other texts, unless the model lies there, then read those of the fold."""
    names, relations = (models / f"fold-{fold.number + 1}.{ending}" for ending in ("crfsuite", "npz"))
    others = [t for i, t in enumerate(texts) if i not in set(fold.held)]
    if not names.exists():
        train.fit([t.text for t in others], names)
    if not relations.exists():
        Learner(Ontology(), [t.example for t in others]).model().write(relations)
    return read([texts[i] for i in fold.held], names, relations)


def all_held_out(texts: Sequence[Annotated], folds: Sequence[Fold], jobs: int, models: Path) -> list[Run]:
    """Every text read with the model that never saw it."""
    held: dict[int, Run] = {}
    with ProcessPoolExecutor(jobs) as pool:
        for fold, runs in zip(folds, pool.map(partial(held_out, texts, models=models), folds), strict=True):
            held.update(zip(fold.held, runs, strict=True))
            print(f"fold {fold.number + 1} of {len(folds)}: {len(runs)} texts read", file=sys.stderr, flush=True)
    return [held[i] for i in range(len(texts))]


def arguments() -> argparse.Namespace:
    """What was typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    Sources.add_to(parser)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--leave-one-out", action="store_true")
    parser.add_argument("--jobs", type=int, default=2, help="trainings at a time")
    models_help = "keep the folds' models here, and use those that lie here: only while texts, rooms and folds are the same"
    parser.add_argument("--models", type=Path, help=models_help)
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "quality.md")
    parser.add_argument("--errors", type=Path, help="also list what went wrong on held-out texts in this file")
    return parser.parse_args()


def main() -> None:
    """Train, read, write."""
    given = arguments()
    texts = load(Sources.given(given))
    folds = deal(texts, given.folds, leave_one_out=given.leave_one_out)
    with tempfile.TemporaryDirectory() as folder:
        models = given.models or Path(folder)
        models.mkdir(parents=True, exist_ok=True)
        held = all_held_out(texts, folds, given.jobs, models)
    fitted, bare = read_as_shipped(texts), read(texts, None, None)
    families = {}
    for family in dict.fromkeys(t.text.family for t in texts):
        chosen = [i for i, t in enumerate(texts) if t.text.family == family]
        families[family] = Measured(*([runs[i] for i in chosen] for runs in (fitted, held, bare)))
    command = f"python benchmarks/quality.py --gold GOLD --replies REPLIES --folds {given.folds}{' --leave-one-out' * given.leave_one_out}"
    given.output.write_text(page(families, command, folds=given.folds, leave_one_out=given.leave_one_out), encoding="utf-8")
    if given.errors:
        given.errors.write_text("".join(f"{line}\n" for line in error_list(held)), encoding="utf-8")


if __name__ == "__main__":
    main()
