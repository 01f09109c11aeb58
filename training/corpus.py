"""The annotated texts that the recogniser learns from: gold JSON beside its replies, and the invented ones."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import convert

from ecograph.model import Document
from ecograph.reading import Reader

# Outer marks are never part of what a name is compared by; score.py strips the same ones.
MARKS = frozenset("《》“”‘’\"'「」『』〈〉")
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A document with its names: spans of `document.text` without outer marks.

    `asked` are the mentions that one has to find, `optional` those that one may find. `missing` counts the asked
    ones that the reader's text doesn't hold. `family` says where the text comes from: gold or invented.
    """

    name: str
    family: str
    document: Document
    asked: tuple[Span, ...]
    optional: tuple[Span, ...]
    missing: int


def gold_texts(gold: Path, replies: Path, reader: Reader) -> Iterator[Text]:
    """GOLD/NAME.json with REPLIES/NAME.txt, by name."""
    for path in sorted(gold.glob("*.json")):
        document = reader.read(replies / f"{path.stem}.txt")
        yield _text(path.stem, "gold", document, json.loads(path.read_text(encoding="utf-8")))


def invented_texts(folder: Path, reader: Reader) -> Iterator[Text]:
    """The invented replies in the brackets of convert.py. ValueError for one whose brackets are faulty."""
    for path in sorted(folder.glob("*.txt")):
        annotated = convert.parse(path.read_text(encoding="utf-8"))
        if "[" in annotated.clean or any(m.type not in convert.CLASSES for m in annotated.mentions):
            raise ValueError(f"{path}: {annotated.problems[0]}; see training/convert.py")
        yield _text(path.stem, "invented", reader.parse(annotated.clean, path.name), annotated.gold())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks at its ends, and without white space there."""
    while start < end and (text[start] in MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in MARKS or text[end - 1].isspace()):
        end -= 1
    return start, end


def _text(name: str, family: str, document: Document, gold: dict[str, Any]) -> Text:
    place = _places(document.text, gold["squeezed"])
    spans: dict[bool, list[Span]] = {False: [], True: []}
    missing = 0
    for m in gold["mentions"]:
        a, b = trimmed(gold["squeezed"], m["start"], m["end"])
        start, last = place(a), place(b - 1)
        if start is None or last is None:
            missing += not m.get("optional")
        else:
            spans[bool(m.get("optional"))].append((start, last + 1, m["type"]))
    return Text(name, family, document, tuple(spans[False]), tuple(spans[True]), missing)


def _places(text: str, squeezed: str) -> Callable[[int], int | None]:
    """A function from offsets of the squeezed gold text to offsets of the reader's text."""
    kept = [at for at, char in enumerate(text) if not char.isspace()]
    image: dict[int, int] = {}
    for a, b, size in _blocks("".join(text[at] for at in kept), squeezed):
        image.update((b + k, kept[a + k]) for k in range(size))
    return image.get


def _blocks(source: str, target: str) -> Sequence[tuple[int, int, int]]:
    if source == target:
        return [(0, 0, len(source))]
    return difflib.SequenceMatcher(None, source, target, autojunk=False).get_matching_blocks()
