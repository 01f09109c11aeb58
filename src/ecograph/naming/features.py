"""What the recogniser sees of each character: its neighbours, the boundaries, and what names and patterns found.

The features are strings, as CRFsuite takes them. A pattern's candidates are among them, so the recogniser learns
which patterns to trust where, and to go on where they stop.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ecograph.naming.candidates import Candidate
from ecograph.naming.patterns import Scene

Features = list[list[str]]

_BEFORE, _AFTER = "\x02\x02\x02", "\x03\x03\x03"
_CLOSING = {"”": "“", "》": "《", "）": "（", ")": "（"}
_CLAUSE = re.compile(r"[^，。；\n]+")


def features(scene: Scene, found: Sequence[Candidate], chosen: Sequence[Candidate]) -> Features:
    """One list of features for each character of the text. `found` are all candidates, `chosen` the resolved ones."""
    rows = _characters(scene)
    _clauses(scene, rows)
    for c in chosen:
        _inside(rows, c)
    for c in found:
        _edges(rows, c, "c", c.cls)
    for c in scene.known:
        _edges(rows, c, "g", c.rule)
    return rows


def _characters(scene: Scene) -> Features:
    padded = _BEFORE + scene.text + _AFTER
    kinds = [_kind(char) for char in padded]
    quoted = ""
    rows = []
    for at, char in enumerate(scene.text):
        p = at + 3
        if char in "“《（(":
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
        if char in "”》）)\n":
            quoted = ""
        rows.append(row)
    return rows


def _kind(char: str) -> str:
    if "\u4e00" <= char <= "\u9fff":
        return "H"
    if char.isdigit():
        return "D"
    return "L" if char.isalpha() else char


def _clauses(scene: Scene, rows: Features) -> None:
    """Whether the clause holds a list, and whether 等 closes it."""
    for clause in _CLAUSE.finditer(scene.text):
        words = clause.group()
        listed, closed = "、" in words, any(c in words for c in scene.closers)
        mark = f"l{listed:d}{closed:d}"
        for at in range(*clause.span()):
            rows[at].append(mark)


def _inside(rows: Features, c: Candidate) -> None:
    last = c.end - 1
    for at in range(c.start, c.end):
        place = "S" if c.length == 1 else "B" if at == c.start else "E" if at == last else "I"
        rows[at].append(f"R{place}{c.cls}")
        if place in "BE":
            rows[at].append(f"r{place}{c.rule}")
    if c.end < len(rows):
        rows[c.end].append(f"Ra{c.cls}")
    if c.start:
        rows[c.start - 1].append(f"Rb{c.cls}")


def _edges(rows: Features, c: Candidate, prefix: str, name: str) -> None:
    rows[c.start].append(f"{prefix}s{name}")
    rows[c.end - 1].append(f"{prefix}e{name}")
    if c.end < len(rows):
        rows[c.end].append(f"{prefix}a{c.cls}")
