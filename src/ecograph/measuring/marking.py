"""A document as sentences in which each name is one character that tells its class, and each time another.

Numbers inside names, titles and quotations are then never taken for quantities, and patterns can say `<Policy>` or `<T>`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ecograph.errors import OntologyError
from ecograph.measuring.times import Times
from ecograph.model import Document, Evidence, Linked, Mention, Section
from ecograph.ontology import Ontology, Record

LONGEST = 600  # characters of a sentence; what goes beyond is cut, so that matching stays linear
TIME, QUOTED, FIRST, LAST = "\ue000", "\ue001", 0xE010, 0xE0FF
OPENING, CLOSING = '“《‘「『〈"', '”》’」』〉"'
SLOT = re.compile(r"(?<!\?P)<(?P<name>\w*)>")
STRANGE = re.compile("[\ue000-\uf8ff]")  # PDF extraction leaves such characters


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name, or words that stand for one: its place in the document's text with quotes and gloss, and its entity."""

    start: int
    end: int
    entity: str
    cls: str
    words: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is marked; `anchors` and `times` stand at places in it; `starts`, `ends` lead back to the document's text."""

    text: str
    anchors: Mapping[int, Anchor]
    times: Mapping[int, str]
    starts: Sequence[int]
    ends: Sequence[int]
    paragraph: int
    mode: str | None
    words: str

    def evidence(self, start: int, end: int) -> Evidence:
        """The document's words behind marked characters `start` to `end`, without white space at the ends."""
        while start < end - 1 and self.text[start].isspace():
            start += 1
        while end - 1 > start and self.text[end - 1].isspace():
            end -= 1
        a, b = self.starts[start], self.ends[end - 1]
        return Evidence(a, b, self.words[a - self.starts[0] : b - self.starts[0]])

    def plain(self, start: int, end: int) -> str:
        """The document's words behind marked characters `start` to `end`, names with their own words; "" if there are none."""
        if start >= end:
            return ""
        return self.words[self.starts[start] - self.starts[0] : self.ends[end - 1] - self.starts[0]]


class Alphabet:
    """Which character stands for which class, and what a pattern's slots become."""

    def __init__(self, ontology: Ontology) -> None:
        names = sorted(ontology.classes)
        if len(names) > LAST - FIRST + 1:
            raise OntologyError(f"measuring has letters for {LAST - FIRST + 1} classes, not for {len(names)}")
        self.letters: Mapping[str, str] = {name: chr(FIRST + number) for number, name in enumerate(names)}
        self._below = {
            name: "".join(self.letters[c.name] for c in ontology.classes.values() if name in c.ancestors) for name in ontology.classes
        }

    def compile(self, name: str, pattern: str) -> re.Pattern[str]:
        """A record's pattern: `<Class>` a name of that class, `<>` any name, `<T>` a time; `@` in a set any name.

        Raises OntologyError, naming the record, when it is not sound.
        """
        try:
            return re.compile(SLOT.sub(self._slot, pattern).replace("@", f"{chr(FIRST)}-{chr(LAST)}"))
        except (re.error, KeyError) as error:
            raise OntologyError(f"patterns: {name}: no sound pattern: {error}") from error

    def _slot(self, match: re.Match[str]) -> str:
        name = match["name"]
        if not name:
            return f"[{chr(FIRST)}-{chr(LAST)}]"
        return {"T": TIME, "Q": QUOTED}.get(name) or f"[{self._below[name]}]"


Marks = tuple[list[str], list[int], list[int], dict[int, Anchor]]


class Marker:
    """Marks documents. `records` give `stop` (ends a sentence), `gloss` (a bracket that only glosses a name), `quoted`.

    `counted` matches a number at the beginning of a name: it is no part of it.
    """

    def __init__(self, ontology: Ontology, records: Mapping[str, Record], counted: re.Pattern[str]) -> None:
        self.alphabet = Alphabet(ontology)
        self.times = Times(ontology)
        self._counted = counted
        self._stop, self._gloss, self._quoted = (
            self.alphabet.compile(name, str(records[name]["pattern"])) for name in ("stop", "gloss", "quoted")
        )

    def sentences(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> Iterator[Sentence]:
        """The document's sentences in order."""
        text, anchors = STRANGE.sub("\ufffd", document.text), self._anchors(document.text, mentions, linked)
        modes = _Modes(document)
        begin = paragraph = 0
        places = [a.start for a in anchors]
        for stop in [*self._stop.finditer(text), None]:
            end = stop.end() if stop else len(text)
            for left in range(begin, end, LONGEST):
                right = min(left + LONGEST, end)
                inside = [a for a in anchors[bisect_left(places, left) : bisect_left(places, right)] if a.end <= right]
                yield self._sentence(document, text[left:right], left, inside, paragraph, modes.at(left))
            paragraph += bool(stop and "\n" in stop.group())
            begin = end

    def _sentence(  # noqa: PLR0913, PLR0917 — one sentence is these
        self, document: Document, text: str, left: int, inside: Sequence[Anchor], paragraph: int, mode: str | None
    ) -> Sentence:
        letters, starts, ends, anchors = self._mark(text, left, inside)
        found = self.times.find("".join(letters), _year(document))
        begins, lost = [start for start, _, _ in found], [0, *accumulate(end - start - 1 for start, end, _ in found)]

        def moved(place: int) -> int:
            """Where a place is when the times before it have become one character each."""
            return place - lost[bisect_left(begins, place)]

        for start, end, _ in reversed(found):
            letters[start:end] = TIME
            ends[start:end] = [ends[end - 1]]
            starts[start:end] = [starts[start]]
        times = {moved(start): value for start, _, value in found}
        names = {moved(place): anchor for place, anchor in anchors.items()}
        return Sentence("".join(letters), names, times, starts, ends, paragraph, mode, document.text[left : left + len(text)])

    def _mark(self, text: str, left: int, inside: Sequence[Anchor]) -> Marks:
        """The characters of a sentence that begins at `left`, each name or quotation one of them, with where each begins and ends."""
        stretches: list[tuple[int, int, Anchor | None]] = [(a.start - left, a.end - left, a) for a in inside]
        for match in self._quoted.finditer(text):
            start, end = match.span()
            if not any(a < end and start < b for a, b, anchor in stretches if anchor):
                stretches.append((start, end, None))
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        anchors: dict[int, Anchor] = {}
        here = 0
        for start, end, anchor in [*sorted(stretches, key=lambda s: s[:2]), (len(text), len(text), None)]:
            if start < here:
                continue
            letters += text[here:start]
            starts += range(left + here, left + start)
            ends += range(left + here + 1, left + start + 1)
            if start < end:
                if anchor:
                    anchors[len(letters)] = anchor
                letters.append(self.alphabet.letters[anchor.cls] if anchor else QUOTED)
                starts.append(left + start)
                ends.append(left + end)
            here = end
        return letters, starts, ends, anchors

    def _anchors(self, text: str, mentions: Sequence[Mention], linked: Linked) -> list[Anchor]:
        """Mentions and references in order, the longer of those that overlap, with quotes and gloss."""
        cls_of = {entity.iri: entity.cls for entity in linked.entities}
        every = [(m.start, m.end, iri) for m in mentions if (iri := linked.entity_of.get(m)) in cls_of]
        every += [(span.start, span.end, iri) for span, iri in linked.references if iri in cls_of]
        kept: list[Anchor] = []
        every.sort(key=lambda a: (a[0], -a[1], a[2]))
        for start, end, iri in every:
            named = bool(start and text[start - 1] in OPENING) or not text[start].isascii()
            number = None if named else self._counted.match(text, start, end)
            begin = number.end() if number and end - number.end() > 1 else start
            if kept and begin < kept[-1].end:
                continue
            words = text[begin:end]
            if begin and text[begin - 1] in OPENING and text[end : end + 1] and text[end] in CLOSING:
                begin, end = begin - 1, end + 1  # noqa: PLW2901 — the anchor with its quotes
            kept.append(Anchor(begin, self._end_of_gloss(text, end, iri, every, cls_of), iri, cls_of[iri], words))
        return kept

    def _end_of_gloss(self, text: str, end: int, iri: str, every: Sequence[tuple[int, int, str]], cls_of: Mapping[str, str]) -> int:
        """The end of a name with the bracket behind it, if that only gives another name of it."""
        gloss = self._gloss.match(text, end)
        if not gloss:
            return end
        if gloss["told"]:
            return gloss.end()
        at = bisect_left(every, end, key=lambda m: m[0])
        inside = [m for m in every[at : at + 8] if m[1] < gloss.end()]
        alone = len(inside) == 1 and inside[0][1] - inside[0][0] + 2 >= gloss.end() - end and cls_of[inside[0][2]] == cls_of[iri]
        return gloss.end() if inside and (alone or all(i == iri for _, _, i in inside)) else end


class _Modes:
    """The mode of the innermost section at a place. Places are asked in ascending order, so that time stays linear."""

    def __init__(self, document: Document) -> None:
        self._waiting = sorted(document.sections, key=lambda s: -s.start)
        self._open: list[Section] = []

    def at(self, offset: int) -> str | None:
        while self._waiting and self._waiting[-1].start <= offset:
            self._open.append(self._waiting.pop())
        self._open = [s for s in self._open if s.end > offset]
        return max(self._open, key=lambda s: (s.level, s.start)).mode if self._open else None


def _year(document: Document) -> int | None:
    date = document.header.date
    return int(date.value[:4]) if date and date.value[:4].isdecimal() else None
