"""The trained span recogniser: a linear-chain conditional random field over characters.

Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001), by CRFsuite. Trained by training/train.py;
what it learned from and how well it does stands in training/MODEL.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pycrfsuite

from ecograph.errors import OntologyError
from ecograph.naming.features import Rows

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


class Reading:
    """One sentence as the model reads it.

    `labels` is the likeliest labelling, one label a character; `marginal` tells the probability of a label at a character, counted
    from `start`; `outside` is that of no name for each of them.
    """

    def __init__(self, start: int, end: int, labels: Sequence[str], marginal: Callable[[str, int], float]) -> None:
        self.start = start
        self.end = end
        self.labels = labels
        self.marginal = marginal
        self.outside = [marginal(OUTSIDE, at) for at in range(end - start)]


class Recogniser:
    """The shipped model. Raises OntologyError when its file can't be read."""

    def __init__(self, path: Path = MODEL) -> None:
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except (OSError, ValueError) as error:
            raise OntologyError(f"{path}: the recogniser's model can't be read; make it with training/train.py: {error}") from error

    def read(self, text: str, rows: Rows) -> Iterator[Reading]:
        """The sentences of `text` as the model reads them. Each is good until the next is asked for."""
        for stretch in stretches(text):
            made = rows.make(stretch[0][0], stretch[-1][1])
            for start, end in stretch:
                labels = self._tagger.tag(made[start - stretch[0][0] : end - stretch[0][0]])
                yield Reading(start, end, labels, cache(self._tagger.marginal))
