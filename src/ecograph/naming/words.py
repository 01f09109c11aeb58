"""Ordinary words: a text cut into the likeliest words of data/names/words.tsv, with their parts of speech."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from ecograph.errors import OntologyError
from ecograph.ontology import Ontology

LONGEST = 5
HAN = (0x4E00, 0x9FFF)
UNKNOWN, LATIN, NUMBER, OTHER = "1", "e", "m", "x"

# Runs of Chinese characters, of Latin letters and digits, and any other single character.
_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+|.", re.DOTALL)

Word = tuple[int, int, str]  # start, end, part of speech


class Words:
    """The word list. Raises OntologyError when it isn't there or is no table of words."""

    def __init__(self, ontology: Ontology) -> None:
        path = ontology.names / "words.tsv"
        try:
            rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
            counts = [(word, int(frequency), part) for word, frequency, part in rows]
        except (OSError, ValueError) as error:
            raise OntologyError(f"{path}: can't be read as word, frequency, part of speech: {error}") from error
        total = math.log(sum(frequency for _, frequency, _ in counts) or 1)
        self._words = {word: (math.log(frequency) - total, part) for word, frequency, part in counts}
        self._unknown = (-total, UNKNOWN)
        self._reach: dict[str, int] = {}  # by two characters, how long the words are that begin with them
        for word in self._words:
            self._reach[word[:2]] = max(min(len(word), LONGEST), self._reach.get(word[:2], 0))

    def cut(self, text: str) -> Iterator[Word]:
        """The words of `text` from left to right, every character in one of them."""
        for run in _RUN.finditer(text):
            first = run.group()[0]
            if HAN[0] <= ord(first) <= HAN[1]:
                yield from self._cut(run.group(), run.start())
            else:
                yield run.start(), run.end(), _foreign(first)

    def _cut(self, run: str, offset: int) -> Iterator[Word]:
        """The likeliest way to cut a run of Chinese characters, found from its end."""
        size = len(run)
        best: list[tuple[float, int, str]] = [(0.0, size, "")] * (size + 1)
        get, reach = self._words.get, self._reach.get
        for start in range(size - 1, -1, -1):
            score, part = get(run[start], self._unknown)
            choice = (score + best[start + 1][0], start + 1, part)
            for end in range(start + 2, min(start + reach(run[start : start + 2], 0), size) + 1):
                word = get(run[start:end])
                if word and word[0] + best[end][0] > choice[0]:
                    choice = (word[0] + best[end][0], end, word[1])
            best[start] = choice
        start = 0
        while start < size:
            _, end, part = best[start]
            yield offset + start, offset + end, part
            start = end


def _foreign(char: str) -> str:
    if char.isascii() and char.isalnum():
        return NUMBER if char.isdigit() else LATIN
    return OTHER
