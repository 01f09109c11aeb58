"""What the recogniser sees of each character: its neighbours, the boundaries, and what names and patterns found.

The features are strings, as CRFsuite takes them for training. A pattern's candidates are among them, so the recogniser learns which
patterns to trust where, and to go on where they stop. They are told column by column (all characters' left neighbours, all characters'
words …), from which their hashes are reckoned without making the strings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ecograph.naming.candidates import Candidate
from ecograph.naming.hashing import Numbers, Pieces
from ecograph.naming.lexicon import Sign
from ecograph.naming.patterns import Scene
from ecograph.naming.repeats import LONGEST, Repeats
from ecograph.naming.words import HAN, Word

Features = list[list[str]]

AROUND = 3  # characters on each side
PLACES = "SBIE"  # of a character in a word or name: the only one, the first, an inner one, the last
_BEFORE, _AFTER = "\x02" * AROUND, "\x03" * AROUND
_OPENING, _CLOSING = "“《（(", "”》）)\n"
_QUOTES = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")
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
    repeats: Repeats


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of feature: for each character one of `names`, told by its number; the empty name is none."""

    names: Sequence[str]
    which: Numbers


@dataclass(frozen=True, slots=True)
class Pieced(Column):
    """For each character a piece of the text with one of `names` before it."""

    starts: Numbers
    ends: Numbers


@dataclass(frozen=True, slots=True)
class Seeing:
    """The features of a stretch of text: of each character in columns, and more of some, as (place in the stretch, feature).

    Pieces are those of `text`, whose hashes are `pieces`.
    """

    size: int
    text: str
    pieces: Pieces
    columns: Sequence[Column]
    more: Sequence[Sign]

    def rows(self) -> Features:
        """One list of features for each character."""
        rows: Features = [[] for _ in range(self.size)]
        for column in self.columns:
            names = [column.names[number] for number in column.which.tolist()]
            if isinstance(column, Pieced):
                pieces = (self.text[start:end] for start, end in zip(column.starts.tolist(), column.ends.tolist(), strict=True))
                names = [name + piece for name, piece in zip(names, pieces, strict=True)]
            for row, name in zip(rows, names, strict=True):
                if name:
                    row.append(name)
        for at, feature in self.more:
            rows[at].append(feature)
        return rows


class Rows:
    """The features of a text, made stretch by stretch: those of a whole book would need gigabytes."""

    def __init__(self, seen: Seen) -> None:
        self._scene, self._repeats = seen.scene, seen.repeats
        self._text = _BEFORE + seen.scene.text + _AFTER
        self._pieces = Pieces(self._text)
        self._chosen, self._found, self._known = (_Sorted(some) for some in (seen.chosen, seen.found, seen.scene.known))
        self._signs = sorted(seen.signs)
        # With a word without letters before the first and behind the last one: every word has two neighbours.
        size = len(seen.scene.text)
        self._words = np.array([(0, 0), *((start, end) for start, end, _ in seen.words), (size, size)])
        self._parts, self._part_of = _distinct(["", *(part for _, _, part in seen.words), ""])

    def make(self, start: int, end: int) -> Features:
        """One list of features for each character from `start` to `end`."""
        return self.see(start, end).rows()

    def see(self, start: int, end: int) -> Seeing:
        """The features of the characters from `start` to `end`."""
        places = np.arange(start, end)
        columns = (
            *_characters(places + AROUND),
            self._kinds(start, end),
            _quoted(self._scene.text, start, end),
            Column(["", "cut"], np.fromiter((at in self._scene.edges.cuts for at in range(start, end)), np.intp, end - start)),
            *self._worded(places),
            _clauses(self._scene, start, end),
            *_repeated(self._repeats[start:end]),
        )
        more = [(at - start, feature) for at, feature in self._more(start, end) if start <= at < end]
        return Seeing(end - start, self._text, self._pieces, columns, more)

    def _kinds(self, start: int, end: int) -> Column:
        """Of what kind a character and its neighbours are."""
        around = self._text[start + AROUND - 1 : end + AROUND + 1]
        kinds = around.translate({ord(char): _kind(char) for char in set(around)})
        return Column(*_distinct(["k" + kinds[at : at + 3] for at in range(end - start)]))

    def _worded(self, places: Numbers) -> Iterator[Column]:
        """The word that a character belongs to, its neighbours, their parts of speech, and the character's place in it."""
        numbers = np.searchsorted(self._words[1:, 1], places, side="right") + 1
        starts, ends = self._words[numbers].T
        place = np.where(ends - starts == 1, 0, np.where(places == starts, 1, np.where(places == ends - 1, 3, 2)))  # in PLACES
        earlier, part, later = (self._part_of[numbers + step] for step in (-1, 0, 1))
        count = len(self._parts)
        yield Column([f"J{p}{name}" for p in PLACES for name in self._parts], place * count + part)
        for prefix, step in (("W", 0), ("P", -1), ("N", 1)):
            yield Pieced([f"{prefix}{p}" for p in PLACES], place, *(self._words[numbers + step].T + AROUND))
        for prefix, one, other in (("Q", earlier, part), ("O", part, later)):
            codes, which = np.unique((place * count + one) * count + other, return_inverse=True)
            sides = zip(*(side.tolist() for side in np.unravel_index(codes, (len(PLACES), count, count))), strict=True)
            yield Column([f"{prefix}{PLACES[p]}{self._parts[a]}.{self._parts[b]}" for p, a, b in sides], which)

    def _more(self, start: int, end: int) -> Iterator[Sign]:
        """Signs of listed names and what patterns found, by places in the text; some lie outside of the stretch."""
        yield from self._signs[bisect_left(self._signs, (start, "")) : bisect_left(self._signs, (end, ""))]
        for c in self._chosen.between(start, end):
            yield from _inside(c, start, end)
        for c in self._found.between(start, end):
            yield from _edges(c, "c", c.cls)
        for c in self._known.between(start, end):
            yield from _edges(c, "g", c.rule)


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


def _characters(places: Numbers) -> Iterator[Column]:
    """The characters around each, one by one and together."""
    same = np.zeros_like(places)
    for k in range(-AROUND, AROUND + 1):
        yield Pieced((str(k),), same, places + k, places + k + 1)
    for name, at, size in (("z", -2, 2), ("x", -1, 2), ("y", 0, 2), ("w", 1, 2), ("r", -3, 3), ("u", -2, 3), ("s", -1, 3), ("v", 0, 3)):
        yield Pieced((name,), same, places + at, places + at + size)


def _quoted(text: str, start: int, end: int) -> Column:
    """Which bracket or quotation mark was opened before, and not closed."""
    which = np.zeros(end - start, np.intp)
    since = now = 0
    for found in _QUOTES.finditer(text, start, end):
        at, opened = found.start() - start, _OPENING.find(found.group()) + 1
        until = at if opened else at + 1
        which[since:until] = now
        since, now = until, opened
    which[since:] = now
    return Column(["q", *(f"q{char}" for char in _OPENING)], which)


def _kind(char: str) -> str:
    if HAN[0] <= ord(char) <= HAN[1]:
        return "H"
    if char.isdigit():
        return "D"
    return "L" if char.isalpha() else char


def _clauses(scene: Scene, start: int, end: int) -> Column:
    """Whether the clause holds a list, and whether 等 closes it."""
    which = np.zeros(end - start, np.intp)
    for clause in _CLAUSE.finditer(scene.text, start, end):
        words = clause.group()
        listed, closed = "、" in words, any(c in words for c in scene.closers)
        which[clause.start() - start : clause.end() - start] = 1 + 2 * listed + closed
    return Column(["", "l00", "l01", "l10", "l11"], which)


def _repeated(repeats: Repeats) -> Iterator[Column]:
    sizes = range(LONGEST + 1)
    ahead, back = repeats.T
    yield Column([f"d{size}" for size in sizes], ahead)
    yield Column([f"D{size}" for size in sizes], back)
    yield Column([f"dD{one}.{other}" for one in sizes for other in sizes], ahead * len(sizes) + back)


def _distinct(names: Sequence[str]) -> tuple[Sequence[str], Numbers]:
    """The names, each once, and which of them stands at each place."""
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return list(known), np.fromiter(map(known.__getitem__, names), np.intp, len(names))


def _place(at: int, start: int, end: int) -> str:
    if end - start == 1:
        return "S"
    return "B" if at == start else "E" if at == end - 1 else "I"


def _inside(c: Candidate, start: int, end: int) -> Iterator[Sign]:
    for at in range(max(c.start, start), min(c.end, end)):
        place = _place(at, c.start, c.end)
        yield at, f"R{place}{c.cls}"
        if place in "BE":
            yield at, f"r{place}{c.rule}"
    yield c.end, f"Ra{c.cls}"
    yield c.start - 1, f"Rb{c.cls}"


def _edges(c: Candidate, prefix: str, name: str) -> Iterator[Sign]:
    yield c.start, f"{prefix}s{name}"
    yield c.end - 1, f"{prefix}e{name}"
    yield c.end, f"{prefix}a{c.cls}"
