"""Long lists of names that only hint: brands.txt and toponyms.txt of data/names, signs for the recogniser, never matches by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ecograph.errors import OntologyError
from ecograph.naming.words import Word
from ecograph.ontology import Ontology

LISTS = (("n", "brands.txt"), ("m", "toponyms.txt"))  # what a list's signs begin with, and its file
SHORTEST, LONGEST = 2, 5

Sign = tuple[int, str]  # place in the text, feature


class Lexicon:
    """The lists. Raises OntologyError when one can't be read."""

    def __init__(self, ontology: Ontology) -> None:
        lists = [(mark, _names(ontology.names / name)) for mark, name in LISTS]
        self.brands = frozenset(lists[0][1])
        self._marks: dict[str, str] = {}
        for mark, names in lists:
            self._marks.update({name: self._marks.get(name, "") + mark for name in names})
        self._heads = frozenset(name[:SHORTEST] for name in self._marks)

    def signs(self, text: str, words: Sequence[Word]) -> Iterator[Sign]:
        """Signs of the listed names that are made of whole words, the longest of each list that begins with each word."""
        borders = [word[0] for word in words] + [word[1] for word in words[-1:]]
        for number, start in enumerate(borders):
            if text[start : start + SHORTEST] not in self._heads:
                continue
            told = ""
            for end in reversed(borders[number + 1 : number + 1 + LONGEST]):
                if SHORTEST <= end - start <= LONGEST:
                    for mark in self._marks.get(text[start:end], ""):
                        if mark not in told:
                            told += mark
                            yield from _signs(mark, start, end)


def _signs(mark: str, start: int, end: int) -> Iterator[Sign]:
    size = end - start
    yield start, f"{mark}B{size}"
    for at in range(start + 1, end - 1):
        yield at, f"{mark}I{size}"
    yield end - 1, f"{mark}E{size}"
    yield end, f"{mark}A"


def _names(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise OntologyError(f"{path}: can't be read as a list of names; make it with training/make_brands.py: {error}") from error
