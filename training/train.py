#!/usr/bin/env python3
"""Train the recogniser that ships in src/ecograph/naming (what it learns and how well it does: MODEL.md).

    python training/train.py --gold DIR --replies DIR --output src/ecograph/naming/names.crfsuite

The same texts and settings give the same model.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import pycrfsuite
from corpus import Span, Text, gold_texts, invented_texts

from ecograph.naming import Namer
from ecograph.naming.recogniser import encode, sentences
from ecograph.ontology import Ontology
from ecograph.reading import Reader

HERE = Path(__file__).parent
Example = tuple[list[list[str]], list[str]]

# Measured by crossvalidate.py.
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 80, "feature.minfreq": 2, "feature.possible_transitions": False}


def load(gold: Path, replies: Path, invented: Path) -> list[Text]:
    """Every annotated text, the gold ones first."""
    reader = Reader(Ontology())
    return [*gold_texts(gold, replies, reader), *invented_texts(invented, reader)]


def examples(text: Text, namer: Namer) -> list[Example]:
    """Features and labels, sentence by sentence. Optional mentions are taught like the others."""
    rows = namer.rows(namer.explore(text.document))
    labels = encode(len(text.document.text), disjoint((*text.asked, *text.optional)))
    return [(rows[a:b], labels[a:b]) for a, b in sentences(text.document.text)]


def disjoint(spans: Iterable[Span]) -> Sequence[Span]:
    """The spans that don't overlap, longer ones first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def train(sets: Iterable[Sequence[Example]], path: Path, settings: dict[str, float] | None = None) -> None:
    """Fit a model to the examples and write it to `path`."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for texts in sets:
        for rows, labels in texts:
            trainer.append(rows, labels)
    trainer.set_params(SETTINGS | (settings or {}))
    trainer.train(str(path))


def main() -> None:
    """Read the texts, train, write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="the folder of gold NAME.json files")
    parser.add_argument("--replies", type=Path, required=True, help="the folder of their NAME.txt files")
    parser.add_argument("--invented", type=Path, default=HERE / "invented", help="the folder of invented annotated texts")
    parser.add_argument("--output", type=Path, required=True, help="the model file")
    given = parser.parse_args()
    texts = load(given.gold, given.replies, given.invented)
    namer = Namer(Ontology(), None)
    partial = given.output.with_suffix(".partial")
    train((examples(text, namer) for text in texts), partial)
    partial.replace(given.output)  # whoever reads the old model meanwhile isn't disturbed
    print(f"{len(texts)} texts, {sum(len(t.asked) for t in texts)} mentions, {given.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
