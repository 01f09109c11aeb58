"""The annotated texts that the recogniser learns from: gold JSON beside its replies, invented ones, and real ones."""

from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import convert
import standoff

from ecograph.model import Document
from ecograph.reading import Reader

HERE = Path(__file__).parent
# Outer marks are never part of what a name is compared by; score.py strips the same ones.
MARKS = frozenset("《》“”‘’\"'「」『』〈〉")
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A document with its names: spans of `document.text` without outer marks.

    `asked` are the mentions that one has to find, `optional` those that one may find. `missing` counts the asked
    ones that the reader's text doesn't hold. `family` says where the text comes from: gold, invented or real;
    texts of one `source` are parts of one document.
    """

    name: str
    family: str
    source: str
    document: Document
    asked: tuple[Span, ...]
    optional: tuple[Span, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the annotated texts lie: GOLD/NAME.json with REPLIES/NAME.txt, the invented ones, and real ones beside their texts.

    `texts` is the folder of the real ones' texts; without it they are left out.
    """

    gold: Path
    replies: Path
    invented: Path = HERE / "invented"
    real: Path = HERE / "real"
    texts: Path | None = None

    @staticmethod
    def add_to(parser: argparse.ArgumentParser) -> None:
        """The options that say so."""
        parser.add_argument("--gold", type=Path, required=True, help="the folder of annotated NAME.json files")
        parser.add_argument("--replies", type=Path, required=True, help="the folder of their NAME.txt files")
        parser.add_argument("--invented", type=Path, default=HERE / "invented", help="the folder of invented annotated texts")
        parser.add_argument("--texts", type=Path, help="the folder of the texts that training/real annotates; without it they are left out")

    @classmethod
    def given(cls, given: argparse.Namespace) -> Sources:
        """What was typed."""
        return cls(given.gold, given.replies, given.invented, texts=given.texts)

    def marked(self) -> Iterator[tuple[str, str, str, convert.Annotated]]:
        """Name, family, source and annotation of each text that isn't in `gold`. ValueError for one whose brackets are faulty."""
        for path in sorted(self.invented.glob("*.txt")):
            annotated = convert.parse(path.read_text(encoding="utf-8"))
            if "[" in annotated.clean or any(m.type not in convert.CLASSES for m in annotated.mentions):
                raise ValueError(f"{path}: {annotated.problems[0]}; see training/convert.py")
            yield path.stem, "invented", path.stem, annotated
        if self.texts:
            yield from ((name, "real", source, annotated) for name, source, annotated in standoff.read_all(self.real, self.texts))

    def golds(self) -> dict[str, dict[str, Any]]:
        """The annotation of every text by its name, in the form of the gold files; those of `gold` first."""
        told = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(self.gold.glob("*.json"))}
        return told | {name: annotated.gold() for name, _, _, annotated in self.marked()}

    def read(self, reader: Reader) -> Iterator[Text]:
        """Every text, in the same order."""
        for path in sorted(self.gold.glob("*.json")):
            document = reader.read(self.replies / f"{path.stem}.txt")
            yield _text((path.stem, "gold", path.stem), document, json.loads(path.read_text(encoding="utf-8")))
        for name, family, source, annotated in self.marked():
            yield _text((name, family, source), reader.parse(annotated.clean, f"{name}.txt"), annotated.gold())


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks at its ends, and without white space there."""
    while start < end and (text[start] in MARKS or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in MARKS or text[end - 1].isspace()):
        end -= 1
    return start, end


def _text(called: tuple[str, str, str], document: Document, gold: dict[str, Any]) -> Text:
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
    return Text(*called, document, tuple(spans[False]), tuple(spans[True]), missing)


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
