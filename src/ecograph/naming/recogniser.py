"""The trained span recogniser: a linear-chain conditional random field over characters.

Lafferty, McCallum and Pereira, "Conditional Random Fields" (ICML 2001), by CRFsuite. Trained by training/train.py;
what it learned from and how well it does stands in training/MODEL.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pycrfsuite

from ecograph.errors import OntologyError
from ecograph.naming.candidates import Candidate
from ecograph.naming.features import Features

MODEL = Path(__file__).with_name("names.crfsuite")
RULE = "recogniser"
OUTSIDE = "O"

_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that are labelled one by one, as (start, end)."""
    return (m.span() for m in _SENTENCE.finditer(text) if m.end() > m.start())


def encode(length: int, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """One label a character for (start, end, class) spans that don't overlap: B-, I-, E-, S- and the class, or O."""
    labels = [OUTSIDE] * length
    for start, end, cls in spans:
        labels[start:end] = [f"I-{cls}"] * (end - start)
        labels[end - 1] = f"E-{cls}"
        labels[start] = f"B-{cls}" if end - start > 1 else f"S-{cls}"
    return labels


def decode(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The spans that the labels spell, those of broken sequences left out."""
    start, cls = -1, ""
    for at, label in enumerate(labels):
        place, _, name = label.partition("-")
        if place in ("B", "S"):
            start, cls = at, name
        if place in ("E", "S") and start >= 0 and name == cls:
            yield start, at + 1, cls
        if place in ("E", "S", OUTSIDE):
            start = -1


class Recogniser:
    """The shipped model. Raises OntologyError when its file can't be read."""

    def __init__(self, path: Path = MODEL) -> None:
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open(str(path))
        except (OSError, ValueError) as error:
            raise OntologyError(f"{path}: the recogniser's model can't be read; make it with training/train.py: {error}") from error

    def find(self, text: str, rows: Features) -> Iterator[Candidate]:
        """The spans that the model takes for mentions; confidence is the least marginal probability of their labels."""
        for start, end in sentences(text):
            labels = self._tagger.tag(rows[start:end])
            for a, b, cls in decode(labels):
                confidence = min(self._tagger.marginal(labels[at], at) for at in range(a, b))
                yield Candidate(start + a, start + b, cls, RULE, confidence)
