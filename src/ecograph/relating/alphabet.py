"""The characters of marked text: one of Latin-1 for each class, and for each sign that patterns put in sets.

A set of a regular expression is compiled, and matched, many times faster if all its characters are below U+0100.
So the signs and words that the records' sets name most often get a place there, in text and patterns alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ecograph.errors import OntologyError

FIRST, LAST = 0xC0, 0xFF
ANCHOR = f"{chr(FIRST)}-{chr(LAST)}"  # any anchor, within a set
PLACES = tuple(code for code in range(0x80, FIRST) if not chr(code).isspace())
SETS = re.compile(r"\[\^?((?:\\.|[^\]\\])*)\]")
RANGE = re.compile(r"(.)-(.)")


class Alphabet:
    """Which character stands for what. `patterns` are all whose sets count. OntologyError for too many classes."""

    def __init__(self, classes: Iterable[str], patterns: Iterable[str]) -> None:
        names = sorted(classes)
        if len(names) > LAST - FIRST + 1:
            raise OntologyError(f"patterns/relations.jsonl: marked text has letters for {LAST - FIRST + 1} classes, not for {len(names)}")
        self.letters: Mapping[str, str] = {name: chr(FIRST + number) for number, name in enumerate(names)}
        count = Counter(char for pattern in patterns for char in _in_sets(pattern))
        often = sorted(count, key=lambda char: (-count[char], char))
        self._code = {chr(code): chr(0xE000 + code) for code in range(0x80, 0x100)}  # the text's own make room
        self._code |= {chr(code): "\ufffd" for code in range(0xE000, 0xF900)}
        self._code |= {char: chr(code) for char, code in zip(often, PLACES, strict=False)}
        self._encode = str.maketrans(self._code)
        self._plain = str.maketrans({code: char for char, code in self._code.items() if code != "\ufffd"})

    def char(self, char: str) -> str:
        """What stands for one character of a text."""
        return self._code.get(char, char)

    def encode(self, text: str) -> str:
        """The text, or pattern, in this alphabet."""
        return text.translate(self._encode)

    def decode(self, text: str) -> str:
        """The text that was encoded."""
        return text.translate(self._plain)


def _in_sets(pattern: str) -> Iterator[str]:
    """The characters beyond ASCII in the sets of a pattern; those of a range have to stay where they are."""
    for found in SETS.finditer(pattern):
        ranges = [(r[1], r[2]) for r in RANGE.finditer(found[1])]
        for char in found[1]:
            if char > "\xff" and not any(low <= char <= high or char in (low, high) for low, high in ranges):
                yield char
