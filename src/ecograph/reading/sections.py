"""Where a reply's parts begin and end, under which heading, and how each speaks (told, planned, wished for …)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ecograph.model import Header, Section
from ecograph.ontology import Ontology
from ecograph.reading.header import Zones
from ecograph.reading.patterns import compiled, of_kind, union

DEEPEST = 3
LONGEST_HEADING = 60  # characters: a longer first sentence is a paragraph that has a number, its first clause names it
CLOSING = 250  # characters: a longer paragraph that begins with thanks says something else too
ATTACHED = 300  # characters below the date: contacts and copies never take so many
BELOW = 12  # lines at the end that may hold contacts without a signature above them


@dataclass(slots=True)
class _Open:
    """A section while it grows; `end` is set when it is known before what follows is read."""

    start: int
    level: int
    heading: str
    mode: str
    end: int | None = None


@dataclass(frozen=True, slots=True)
class _Cue:
    mode: str
    rest: bool
    pattern: re.Pattern[str]


Line = tuple[int, str]


class SectionReader:
    """patterns/sections.jsonl, compiled."""

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("sections")
        cues = of_kind(records, "cue")
        self._headings = tuple((r["level"], compiled(r)) for r in of_kind(records, "heading"))
        self._cues = {
            where: tuple(_Cue(r["mode"], r["extent"] == "rest", compiled(r)) for r in cues if r["where"] == where)
            for where in ("heading", "paragraph", "sentence")
        }
        self._blocks = tuple((r["mode"], compiled(r)) for r in of_kind(records, "block"))
        self._closing = union(records, "closing")
        self._dated = union(ontology.records("layout"), "alone")
        self._item = union(records, "item")
        layout = ontology.records("layout")
        self._stops = re.compile(f"[{''.join(r['characters'] for r in of_kind(layout, 'sentence'))}]")
        self._clauses = re.compile(f"[{''.join(r['characters'] for r in of_kind(layout, 'finished') + of_kind(layout, 'pausing'))}]")

    def read(self, text: str, zones: Zones, header: Header) -> tuple[Section, ...]:
        """Sections that hold the whole text, sorted by start, each inside or outside any other."""
        if not text:
            return ()
        lines = _lines(text)
        top = _below_head(text, zones, header)
        below = self._below(text, zones, [line for line in lines if line[0] >= top])
        closing = self._closing_start([line for line in lines if top <= line[0] < below], below)
        found: list[_Open] = []
        first = zones.greeting[0] if zones.greeting[1] else zones.opening[0] if zones.opening[1] else top
        if first:
            found.append(_Open(0, 1, "", "header"))
        if top > first:
            found.append(_Open(first, 1, "", "opening"))
        found += self._body([line for line in lines if top <= line[0] < closing])
        if closing < below:
            found.append(_Open(closing, 1, "", "closing"))
        found += self._foot([line for line in lines if line[0] >= below])
        return tuple(_closed(found, len(text)))

    def _below(self, text: str, zones: Zones, lines: list[Line]) -> int:
        """Where the signature, or what stands at the end without one, begins."""
        if zones.tail[0] < len(text):
            return zones.tail[0]
        starts = [start for start, line in lines[-BELOW:] if any(p.match(line) for _, p in self._blocks)]
        return starts[0] if starts else len(text)

    def _closing_start(self, lines: list[Line], below: int) -> int:
        start = below
        for position, line in reversed(lines):
            if len(line) > CLOSING or not self._closing.match(line):
                break
            start = position
        return start

    def _body(self, lines: list[Line], mode: str = "body") -> Iterator[_Open]:
        stack: list[_Open] = []
        for i, (start, line) in enumerate(lines):
            found = self._heading(start, line)
            if not stack and (found is None or found.level > 1):
                stack = [_Open(start, 1, "", mode)]
                yield stack[0]
            if found is None:
                for section in self._switches(lines, i, stack[-1]):
                    stack = [*(s for s in stack if s.level < section.level and s.end is None), section]
                    yield section
            else:
                stack = [s for s in stack if s.level < found.level and s.end is None]
                found.mode = self._mode(found.heading) or (stack[-1].mode if stack else mode)
                stack.append(found)
                yield found
            stack = [s for s in stack if s.end is None or i + 1 == len(lines) or s.end > lines[i + 1][0]]

    def _heading(self, start: int, line: str) -> _Open | None:
        for level, pattern in self._headings:
            if pattern.match(line):
                stop = self._stops.search(line)
                heading = line[: stop.start()] if stop else line
                if len(heading) > LONGEST_HEADING:
                    clause = self._clauses.search(line, 4)
                    heading = line[: min(clause.start(), LONGEST_HEADING)] if clause else line[:LONGEST_HEADING]
                return _Open(start, level, heading.rstrip(), "")
        return None

    def _mode(self, heading: str) -> str | None:
        return next((cue.mode for cue in self._cues["heading"] if cue.pattern.search(heading)), None)

    def _switches(self, lines: list[Line], i: int, around: _Open) -> Iterator[_Open]:
        """Sections without a heading that the words of a paragraph open."""
        start, line = lines[i]
        for cue in self._cues["paragraph"]:
            if cue.mode != around.mode and cue.pattern.match(line):
                around = _Open(start, min(DEEPEST, around.level + 1), "", cue.mode, None if cue.rest else self._extent(lines, i))
                yield around
                break
        for cue in self._cues["sentence"]:
            match = cue.pattern.search(line) if cue.mode != around.mode else None
            if match:
                yield _Open(start + match.end(), min(DEEPEST, around.level + 1), "", cue.mode, self._extent(lines, i))

    def _extent(self, lines: list[Line], i: int) -> int:
        """Where a paragraph and the list that it opens end."""
        end = i + 1
        while end < len(lines) and self._item.match(lines[end][1]):
            end += 1
        return lines[end][0] if end < len(lines) else lines[-1][0] + len(lines[-1][1]) + 1

    def _foot(self, lines: list[Line]) -> Iterator[_Open]:
        """Signature and date, contacts, copies; and what is attached, which may be a whole document."""
        mode = ""
        signed = False
        for i, (start, line) in enumerate(lines):
            here = next((m for m, pattern in self._blocks if pattern.match(line)), "")
            if here == "attachment" or (signed and not here and self._is_document(lines[i:])):
                yield from self._attached(lines[i:])
                return
            signed = signed or bool(self._dated.fullmatch(line))
            if (here or mode or "contact") != mode:
                mode = here or mode or "contact"
                yield _Open(start, 1, "", mode)

    def _is_document(self, lines: list[Line]) -> bool:
        """Whether these lines are too much for what stands below a signature."""
        return sum(len(line) for _, line in lines) > ATTACHED

    def _attached(self, lines: list[Line]) -> Iterator[_Open]:
        below = len(lines)
        while below > 1 and any(mode != "attachment" and pattern.match(lines[below - 1][1]) for mode, pattern in self._blocks):
            below -= 1
        yield from self._body(lines[:below], "attachment")
        yield from self._foot(lines[below:])


def _lines(text: str) -> list[Line]:
    lines, position = [], 0
    for line in text.split("\n"):
        lines.append((position, line))
        position += len(line) + 1
    return lines


def _below_head(text: str, zones: Zones, header: Header) -> int:
    """Where the body begins: below the opening, the salutation, or the lines that hold the title and its neighbours."""
    end = zones.opening[1] or zones.greeting[1]
    if not end:
        fields = (header.title, header.document_number, header.outcome, header.category, header.signatory)
        ends = [field.span.end for field in fields if field and field.span.end <= zones.head[1]]
        end = max(ends, default=0)
    if not end:
        return 0
    newline = text.find("\n", end)
    return len(text) if newline < 0 else newline + 1


def _closed(found: list[_Open], length: int) -> Iterator[Section]:
    """The sections with their ends: the next section of the same or a higher level, or what was known before."""
    ends: dict[int, int] = {}
    stack: list[int] = []
    for i, section in enumerate(found):
        while stack and found[stack[-1]].level >= section.level:
            ends[stack.pop()] = section.start
        stack.append(i)
    for i, section in enumerate(found):
        end = min(ends.get(i, length), length if section.end is None else section.end)
        if section.start < end:
            yield Section(section.heading, section.level, section.mode, section.start, end)
