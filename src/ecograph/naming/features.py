"""What the recogniser sees of each character: its neighbours, the boundaries, and what names and patterns found.

The features are strings, as CRFsuite takes them. A pattern's candidates are among them, so the recogniser learns
which patterns to trust where, and to go on where they stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ecograph.naming.candidates import Candidate
from ecograph.naming.lexicon import Sign
from ecograph.naming.patterns import Scene
from ecograph.naming.words import HAN, Word

Features = list[list[str]]

_BEFORE, _AFTER = "\x02\x02\x02", "\x03\x03\x03"
_OPENING, _CLOSING = "“《（(", "”》）)\n"
_CLAUSE = re.compile(r"[^，。；\n]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the features are made of: the scene, all candidates and the chosen ones, the words that cover the text.

    `signs` are those of listed names (lexicon.py), by place; `repeats` the repeated runs at each character (repeats.py).
    """

    scene: Scene
    found: Sequence[Candidate]
    chosen: Sequence[Candidate]
    words: Sequence[Word]
    signs: Sequence[Sign]
    repeats: Sequence[tuple[int, int]]


class Rows:
    """The features of a text, made stretch by stretch: those of a whole book would need gigabytes."""

    def __init__(self, seen: Seen) -> None:
        self._scene = seen.scene
        self._chosen, self._found, self._known = (_Sorted(some) for some in (seen.chosen, seen.found, seen.scene.known))
        self._words = seen.words
        self._word_ends = [word[1] for word in seen.words]
        self._signs = sorted(seen.signs)
        self._repeats = seen.repeats

    def make(self, start: int, end: int) -> Features:
        """One list of features for each character from `start` to `end`."""
        rows = _characters(self._scene, start, end)
        self._add_words(rows, start)
        _clauses(self._scene, rows, start)
        for row, (ahead, back) in zip(rows, self._repeats[start:end], strict=True):
            row += [f"d{ahead}", f"D{back}", f"dD{ahead}.{back}"]
        for at, sign in self._signs[bisect_left(self._signs, (start, "")) : bisect_left(self._signs, (end, ""))]:
            rows[at - start].append(sign)
        for c in self._chosen.between(start, end):
            _inside(rows, c, start)
        for c in self._found.between(start, end):
            _edges(rows, c, start, "c", c.cls)
        for c in self._known.between(start, end):
            _edges(rows, c, start, "g", c.rule)
        return rows

    def _add_words(self, rows: Features, offset: int) -> None:
        """The word that a character belongs to, its neighbours, their parts of speech, and the character's place in it."""
        text, words = self._scene.text, self._words
        edge = (0, 0, "")
        for number in range(bisect_left(self._word_ends, offset + 1), len(words)):
            start, end, part = words[number]
            if start >= offset + len(rows):
                break
            a, b, earlier = words[number - 1] if number else edge
            c, d, later = words[number + 1] if number + 1 < len(words) else edge
            word, before, after = text[start:end], text[a:b], text[c:d]
            for at in range(max(start, offset), min(end, offset + len(rows))):
                place = _place(at, start, end)
                rows[at - offset] += [
                    f"J{place}{part}",
                    f"W{place}{word}",
                    f"P{place}{before}",
                    f"N{place}{after}",
                    f"Q{place}{earlier}.{part}",
                    f"O{place}{part}.{later}",
                ]


class _Sorted:
    """Candidates by their start."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = sorted(candidates, key=lambda c: c.start)
        self._starts = [c.start for c in self._candidates]
        self._longest = max((c.length for c in candidates), default=0)

    def between(self, start: int, end: int) -> Sequence[Candidate]:
        """Those that share a character with the stretch or touch it."""
        first, last = bisect_left(self._starts, start - self._longest), bisect_left(self._starts, end + 1)
        return [c for c in self._candidates[first:last] if c.end >= start]


def _characters(scene: Scene, start: int, end: int) -> Features:
    padded = (_BEFORE + scene.text[max(0, start - 3) : end + 3] + _AFTER)[min(start, 3) :]
    kinds = [_kind(char) for char in padded]
    quoted = ""
    rows = []
    for at in range(start, end):
        p = at - start + 3
        char = padded[p]
        if char in _OPENING:
            quoted = char
        row = [f"{k}{padded[p + k]}" for k in (-3, -2, -1, 0, 1, 2, 3)]
        row += [
            "z" + padded[p - 2 : p],
            "x" + padded[p - 1 : p + 1],
            "y" + padded[p : p + 2],
            "w" + padded[p + 1 : p + 3],
            "r" + padded[p - 3 : p],
            "u" + padded[p - 2 : p + 1],
            "s" + padded[p - 1 : p + 2],
            "v" + padded[p : p + 3],
            "k" + "".join(kinds[p - 1 : p + 2]),
            "q" + quoted,
        ]
        if scene.edges.cut(at):
            row.append("cut")
        if char in _CLOSING:
            quoted = ""
        rows.append(row)
    return rows


def _kind(char: str) -> str:
    if HAN[0] <= ord(char) <= HAN[1]:
        return "H"
    if char.isdigit():
        return "D"
    return "L" if char.isalpha() else char


def _clauses(scene: Scene, rows: Features, offset: int) -> None:
    """Whether the clause holds a list, and whether 等 closes it."""
    for clause in _CLAUSE.finditer(scene.text, offset, offset + len(rows)):
        words = clause.group()
        listed, closed = "、" in words, any(c in words for c in scene.closers)
        mark = f"l{listed:d}{closed:d}"
        for at in range(*clause.span()):
            rows[at - offset].append(mark)


def _place(at: int, start: int, end: int) -> str:
    if end - start == 1:
        return "S"
    return "B" if at == start else "E" if at == end - 1 else "I"


def _inside(rows: Features, c: Candidate, offset: int) -> None:
    for at in range(max(c.start, offset), min(c.end, offset + len(rows))):
        place = _place(at, c.start, c.end)
        rows[at - offset].append(f"R{place}{c.cls}")
        if place in "BE":
            rows[at - offset].append(f"r{place}{c.rule}")
    _put(rows, c.end - offset, f"Ra{c.cls}")
    _put(rows, c.start - 1 - offset, f"Rb{c.cls}")


def _edges(rows: Features, c: Candidate, offset: int, prefix: str, name: str) -> None:
    _put(rows, c.start - offset, f"{prefix}s{name}")
    _put(rows, c.end - 1 - offset, f"{prefix}e{name}")
    _put(rows, c.end - offset, f"{prefix}a{c.cls}")


def _put(rows: Features, at: int, feature: str) -> None:
    if 0 <= at < len(rows):
        rows[at].append(feature)
