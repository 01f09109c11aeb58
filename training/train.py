#!/usr/bin/env python3
"""Train the recogniser that ships in src/ecograph/naming (what it learns and how well it does: MODEL.md).

    python training/train.py --gold DIR --replies DIR --texts DIR --output src/ecograph/naming/names.crfsuite

Three models are made: names.crfsuite proposes names and tells their group, names-spans.crfsuite judges each proposal whole,
names-kinds.crfsuite tells the class where a group has several. The judge learns from proposals for texts that their recogniser
hadn't seen: for each of FOLDS parts of the texts a smaller recogniser is trained on the others; and from the gold texts once more, as
the finished one reads them. The same texts and settings give the same models.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pycrfsuite
from corpus import Sources, Text
from prune import prune
from variants import disjoint, foreign, variants

from ecograph.naming import Namer
from ecograph.naming.features import Rows
from ecograph.naming.judging import NO, YES, model_of_spans
from ecograph.naming.kinds import groups, kinds, model_of_kinds
from ecograph.naming.recogniser import OUTSIDE, Recogniser, encode, sentences
from ecograph.ontology import Ontology
from ecograph.reading import Reader

Example = tuple[list[list[str]], list[str]]

Settings = Mapping[str, float]

# Measured on held-out texts; MODEL.md tells what else was tried.
COPIES = 2
SETTINGS = {"c1": 0.1, "c2": 0.05, "max_iterations": 50, "feature.minfreq": 2, "feature.possible_transitions": False}
KINDS_SETTINGS = {"c1": 0.05, "c2": 0.1, "max_iterations": 80, "feature.possible_transitions": True}
FOLDS, FOLD_COPIES, FOLD_SETTINGS = 3, 1, SETTINGS | {"max_iterations": 30}
LEAST_WEIGHT, LEAST_SHIPPED = 0.02, 0.06  # the second brings the file below 15 MB, 0.2 points of F1 either way
GOLD, REAL = "gold", "real"  # families of texts: those in --gold, those of training/real
SPANS_SETTINGS = {"c1": 0, "c2": 4.0, "max_iterations": 80, "feature.minfreq": 2}


def fit(texts: Sequence[Text], path: Path, settings: Settings | None = None) -> None:
    """Train the three models on the texts and write them to `path` and beside it."""
    ontology = Ontology()
    namer = Namer(ontology, None)
    partial = path.with_name(f"partial-{path.name}")
    _train(_all_examples(texts, COPIES, namer, ontology), partial, {**SETTINGS, **(settings or {})})
    _train((e for text in texts for e in kind_examples(text, namer, ontology)), model_of_kinds(partial), KINDS_SETTINGS)
    prune(partial, LEAST_WEIGHT)
    _train(_span_examples(texts, partial, namer, ontology), model_of_spans(partial), SPANS_SETTINGS)
    prune(partial, LEAST_SHIPPED)
    for beside in (model_of_kinds, model_of_spans):
        beside(partial).replace(beside(path))
    partial.replace(path)  # last: whoever finds it finds all, and whoever reads the old ones isn't disturbed


def _all_examples(texts: Sequence[Text], copies: int, namer: Namer, ontology: Ontology) -> Iterator[Example]:
    for text in texts:
        yield from examples(text, namer, ontology)
    # Laws and notices are learnt once, replies in variants too: it is replies that are going to be read.
    for text in variants([text for text in texts if text.family != REAL], copies, foreign(ontology.names)):
        # A sentence without names is the same in every variant: once is enough.
        yield from (e for e in examples(text, namer, ontology) if any(label != OUTSIDE for label in e[1]))


def _span_examples(texts: Sequence[Text], finished: Path, namer: Namer, ontology: Ontology) -> Iterator[Example]:
    """What recognisers propose for texts that they haven't seen, and the finished one for the gold texts, and whether it is a name."""
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            path = Path(folder) / f"{fold}.crfsuite"
            others = [text for number, text in enumerate(texts) if number % FOLDS != fold]
            _train(_all_examples(others, FOLD_COPIES, namer, ontology), path, FOLD_SETTINGS)
            recogniser = Recogniser(path)
            for text in texts[fold::FOLDS]:
                yield from judged(text, namer, recogniser, ontology)
    recogniser = Recogniser(finished)
    for text in texts:
        if text.family == GOLD:
            yield from judged(text, namer, recogniser, ontology)


def judged(text: Text, namer: Namer, recogniser: Recogniser, ontology: Ontology) -> Iterator[Example]:
    """The features and the verdict of each proposal; none of those that only touch an optional name."""
    named = {(a, b, ontology.cls(cls).group) for a, b, cls in (*text.asked, *text.optional)}
    proposals, rows = namer.proposals(namer.explore(text.document), recogniser)
    for span, row in zip(proposals.spans, rows, strict=True):
        right = (span.start, span.end, span.group) in named
        if right or not any(a < span.end and span.start < b for a, b, _ in text.optional):
            yield [row], [YES if right else NO]


def examples(text: Text, namer: Namer, ontology: Ontology) -> list[Example]:
    """Features and labels, sentence by sentence. Optional mentions are taught like the others."""
    rows = Rows(namer.seen(namer.explore(text.document))).make(0, len(text.document.text))
    spans = [(a, b, ontology.cls(cls).group) for a, b, cls in disjoint((*text.asked, *text.optional))]
    labels = encode(len(text.document.text), spans)
    return [(rows[a:b], labels[a:b]) for a, b in sentences(text.document.text)]


def kind_examples(text: Text, namer: Namer, ontology: Ontology) -> Iterator[Example]:
    """Features and classes of the names whose group has several classes, sentence by sentence."""
    source, chosen = text.document.text, namer.explore(text.document).chosen
    several = {cls for of in groups(ontology).values() if len(of) > 1 for cls in of}
    spans = [s for s in disjoint((*text.asked, *text.optional)) if s[2] in several]
    for start, end in sentences(source):
        inside = [s for s in spans if start <= s[0] < end]
        if inside:
            yield kinds(source, [s[:2] for s in inside], chosen), [s[2] for s in inside]


def _train(given: Iterable[Example], path: Path, settings: Settings) -> None:
    trainer = pycrfsuite.Trainer(verbose=False)
    for rows, labels in given:
        trainer.append(rows, labels)
    trainer.set_params(dict(settings))
    trainer.train(str(path))


def main() -> None:
    """Read the texts, train, write the models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    Sources.add_to(parser)
    parser.add_argument("--output", type=Path, required=True, help="the model file")
    given = parser.parse_args()
    texts = list(Sources.given(given).read(Reader(Ontology())))
    fit(texts, given.output)
    for path in (given.output, model_of_kinds(given.output), model_of_spans(given.output)):
        print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")
    print(f"{len(texts)} texts, {sum(len(t.asked) for t in texts)} mentions asked")


if __name__ == "__main__":
    main()
