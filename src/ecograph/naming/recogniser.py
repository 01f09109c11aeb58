"""The trained span recogniser: a linear-chain conditional random field over characters.

Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001), by CRFsuite. Trained by training/train.py;
what it learned from and how well it does stands in training/MODEL.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ecograph.errors import OntologyError
from ecograph.naming.decoding import Decoder
from ecograph.naming.features import Rows
from ecograph.naming.weights import Floats, Scorer, load

MODEL = Path(__file__).with_name("names.crfsuite")
RULE = "recogniser"
OUTSIDE = "O"

# A sentence longer than this is labelled in pieces, so that the work stays linear and the memory small.
LONGEST = 600
STRETCH = 2_000
_SENTENCE = re.compile(rf"[^。；\n]{{0,{LONGEST}}}[。；\n]?")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that are labelled one by one, as (start, end)."""
    return (m.span() for m in _SENTENCE.finditer(text) if m.end() > m.start())


def stretches(text: str) -> Iterator[list[tuple[int, int]]]:
    """The sentences, together as many as hold some STRETCH characters: features are made for so many at a time."""
    gathered: list[tuple[int, int]] = []
    for start, end in sentences(text):
        gathered.append((start, end))
        if end - gathered[0][0] >= STRETCH:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def encode(length: int, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """One label a character for (start, end, group) spans that don't overlap: B-, I-, E- and the group, or O.

    A span of one character has a B- only.
    """
    labels = [OUTSIDE] * length
    for start, end, group in spans:
        labels[start:end] = [f"I-{group}"] * (end - start)
        labels[end - 1] = f"E-{group}"
        labels[start] = f"B-{group}"
    return labels


def decode(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans that the labels spell, those of broken sequences left out."""
    start, group = -1, ""
    for at, label in enumerate([*labels, OUTSIDE]):
        place, _, name = label.partition("-")
        if place in ("B", OUTSIDE):
            if start >= 0 and start == at - 1:
                yield start, at, group
            start, group = (at, name) if place == "B" else (-1, "")
        elif name != group:
            start, group = -1, ""
        elif place == "E" and start >= 0:
            yield start, at + 1, group
            start, group = -1, ""


class Labels:
    """The labels of a model.

    `names` in their order and their `numbers` in it; the `groups` that have all three labels, and the numbers of these in `begins`,
    `goes_on` and `ends`.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.numbers = {name: number for number, name in enumerate(names)}
        groups = sorted({name.partition("-")[2] for name in names if name != OUTSIDE})
        self.groups = [group for group in groups if all(f"{place}-{group}" in self.numbers for place in "BIE")]
        self.begins, self.goes_on, self.ends = ([self.numbers[f"{place}-{group}"] for group in self.groups] for place in "BIE")


class Reading:
    """One sentence as the model reads it.

    `best` is the likeliest labelling, one label a character; `probabilities` has a row for each character and a column for each of
    `labels`; `outside` are those of no name.
    """

    def __init__(self, start: int, best: Sequence[str], labels: Labels, probabilities: Floats) -> None:
        self.start = start
        self.end = start + len(best)
        self.best = best
        self.labels = labels
        self.probabilities = probabilities
        self.outside: list[float] = probabilities[:, labels.numbers[OUTSIDE]].tolist()

    def least(self, start: int, labels: Sequence[str]) -> float:
        """The least probability of these labels, one a character from `start` on, counted from the sentence's; 0 if one is unknown."""
        probability, numbers = self.probabilities.item, self.labels.numbers
        return min(probability(start + at, numbers[label]) if label in numbers else 0.0 for at, label in enumerate(labels))


class Recogniser:
    """The shipped model. Raises OntologyError when its file can't be read."""

    def __init__(self, path: Path = MODEL) -> None:
        try:
            weights = load(path)
            self._scorer = Scorer(weights)
        except (OSError, ValueError) as error:
            raise OntologyError(f"{path}: the recogniser's model can't be read; make it with training/train.py: {error}") from error
        self._labels = Labels(weights.labels)
        self._decoder = Decoder(weights.transitions)

    def read(self, text: str, rows: Rows) -> Iterator[Reading]:
        """The sentences of `text` as the model reads them."""
        for stretch in stretches(text):
            first = stretch[0][0]
            scores = self._scorer.score(rows.see(first, stretch[-1][1]))
            best, probabilities = self._decoder.decode(scores, [end - start for start, end in stretch])
            names = [self._labels.names[number] for number in best.tolist()]
            for start, end in stretch:
                yield Reading(start, names[start - first : end - first], self._labels, probabilities[start - first : end - first])
