"""Source text → lines: spaces tidied, page furniture dropped, broken lines rejoined, every character traceable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from ecograph.model import OffsetMap
from ecograph.ontology import Ontology
from ecograph.reading.patterns import characters, of_kind, union

# Control characters, zero-width and bidirectional marks, byte order marks and halves of surrogate pairs: no words.
JUNK = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff\ud800-\udfff"
TOKEN = re.compile(rf"[^\s{JUNK}]+")
GAP = re.compile(rf"[\s{JUNK}]")

NO_DIGIT = re.compile(r"\D")
FIRST_NUMBERED = 2  # the first page often has no number
FULL = 36  # columns: lines beside a page number inside a sentence are as long as the page is wide

Part = tuple[int, int]  # a stretch of the source, end exclusive; (-1, -1) is one space that the reader puts in
PUT_IN: Part = (-1, -1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and the stretches of the source that it is made of.

    `indent` and `width` count columns, a full-width character two. `after_blank` and `after_page` say what
    stands between it and the line before.
    """

    text: str
    parts: tuple[Part, ...]
    indent: int = 0
    after_blank: bool = False
    after_page: bool = False
    width: int = field(default=0, compare=False)


class Rules:
    """patterns/layout.jsonl, compiled."""

    def __init__(self, ontology: Ontology) -> None:
        records = ontology.records("layout")
        self.finished = frozenset(characters(ontology, "finished"))
        self.sentence = frozenset(characters(ontology, "sentence"))
        self.pausing = frozenset(characters(ontology, "pausing"))
        self.closing = characters(ontology, "closing")
        self.opening = characters(ontology, "opening")
        self.no_start = characters(ontology, "no-start")
        self.glue = frozenset(characters(ontology, "glue"))
        self.pairs = tuple((record["open"], record["close"]) for record in of_kind(records, "pair"))
        self.page = union(records, "page")
        self.lone = union(records, "lone")
        self.site = union(records, "site")
        self.start = union(records, "start")
        self.paragraph = union(records, "paragraph")
        self.end = union(records, "end")
        self.alone = union(records, "alone")
        self.label = union(records, "label")
        self.separate = union(records, "separate")
        self.title_open = union(records, "title-open")
        self.title_close = union(records, "title-close")
        self.title_owner = union(records, "title-owner")

    @cached_property
    def bracket(self) -> re.Pattern[str]:
        """Any opening or closing mark of the pairs."""
        return re.compile("[" + re.escape("".join(o + c for o, c in self.pairs)) + "]")

    def unfinished(self, text: str) -> bool:
        """Whether a line stops in the middle of a sentence."""
        tail = text.rstrip(self.closing)
        return not tail or tail[-1] not in self.finished

    def ends_field(self, character: str) -> bool:
        """Whether a field of a line with several may end with the character."""
        return character.isalnum() or character in self.closing

    def starts_field(self, character: str) -> bool:
        """Whether a field of a line with several may start with the character."""
        return character.isalnum() or character in self.opening

    def glued(self, character: str) -> bool:
        """Whether a character belongs to Chinese script, where no space stands between words."""
        return character >= "\u2e80" or character in self.glue


def columns(text: str) -> int:
    """Width of a text on the page, a full-width character being two columns."""
    return len(text.encode("gb18030", "replace"))


def read_lines(source: str, rules: Rules) -> list[Line]:
    """The lines of the source that hold anything, each with its spaces tidied."""
    lines: list[Line] = []
    offset, blank, page = 0, False, False
    for raw in source.splitlines(keepends=True):
        tokens = [(m.start(), m.end()) for m in TOKEN.finditer(raw)]
        if tokens:
            page = page or "\f" in raw[: tokens[0][0]]
            text, parts = _tidied(raw, offset, tokens, rules)
            indent = sum(_gap_width(raw[: tokens[0][0]]))
            lines.append(Line(text, parts, indent, blank, page, columns(text)))
            blank, page = False, "\f" in raw[tokens[-1][1] :]
        else:
            blank, page = True, page or "\f" in raw
        offset += len(raw)
    return lines


def _gap_width(gap: str) -> Iterator[int]:
    for character in gap:
        if character.isspace():
            yield 2 if character == "\u3000" else 4 if character == "\t" else 1


def _tidied(raw: str, offset: int, tokens: Sequence[Part], rules: Rules) -> tuple[str, tuple[Part, ...]]:
    if len(tokens) == 1:
        ((start, end),) = tokens
        return raw[start:end], ((offset + start, offset + end),)
    separate = bool(rules.separate.fullmatch(" ".join(raw[s:e] for s, e in tokens)))
    parts: list[Part] = [(offset + tokens[0][0], offset + tokens[0][1])]
    texts = [raw[slice(*tokens[0])]]
    for (left, start), (end, right) in pairwise(tokens):
        if _keeps(raw, (left, start), (end, right), separate, rules):
            texts.append(" ")
            parts.append((offset + start, offset + start + 1) if raw[start] == " " else PUT_IN)
        texts.append(raw[end:right])
        parts.append((offset + end, offset + right))
    return "".join(texts), tuple(parts)


def _keeps(raw: str, left: Part, right: Part, separate: bool, rules: Rules) -> bool:
    """Whether the gap between two tokens separates fields or Latin words (else it is stray)."""
    gap = sum(_gap_width(raw[left[1] : right[0]]))
    before, after = raw[left[1] - 1], raw[right[0]]
    lengths = left[1] - left[0], right[1] - right[0]
    chinese = rules.glued(before), rules.glued(after)
    if not gap:
        return False
    if not any(chinese):
        return not (lengths == (1, 1) and before.isdigit() and after.isdigit())
    if rules.label.match(raw, right[0]):
        return before not in rules.pausing
    spread = 1 in lengths and (gap < 4 or lengths == (1, 1) or raw[right[0] + 1 : right[0] + 2] in rules.finished)  # a word set wide
    if spread or not rules.ends_field(before) or not rules.starts_field(after):
        return False
    if all(chinese):
        return separate or gap >= 2
    return gap >= 4 or (separate and raw[right[0] : right[0] + 7].isdigit())


def drop_furniture(lines: list[Line], rules: Rules, *, site: bool) -> list[Line]:
    """Without page numbers, running heads and (for web pages) the buttons around a text."""
    pages = {i for i, line in enumerate(lines) if len(line.text) <= 30 and rules.page.fullmatch(line.text)}
    lone = [i for i, line in enumerate(lines) if len(line.text) <= 9 and rules.lone.fullmatch(line.text)]
    pages.update(_page_numbers(lines, lone, rules))
    dropped = pages | _running_heads(lines, pages, rules)
    if site:
        dropped |= {i for i, line in enumerate(lines) if len(line.text) <= 80 and rules.site.fullmatch(line.text)}
    kept: list[Line] = []
    page = blank = False
    for i, line in enumerate(lines):
        if i in dropped:
            page, blank = page or i in pages, blank or line.after_blank
        else:
            kept.append(replace(line, after_page=line.after_page or page, after_blank=line.after_blank or blank) if page or blank else line)
            page = blank = False
    return kept


def _page_numbers(lines: Sequence[Line], lone: Sequence[int], rules: Rules) -> set[int]:
    """Which bare numbers number pages: beside a page break, at the very end, or, counting on, inside a sentence."""
    found = set()
    count = 0
    for i in lone:
        last = i == len(lines) - 1
        number = int(NO_DIGIT.split(lines[i].text, maxsplit=1)[0])
        breaks = lines[i].after_page or (not last and lines[i + 1].after_page)
        counts = number == count + 1 or (not count and number == FIRST_NUMBERED)
        inside = (
            i > 0 and not last and counts and min(lines[i - 1].width, lines[i + 1].width) >= FULL and rules.unfinished(lines[i - 1].text)
        )
        if breaks or inside or (last and i > 0):
            found.add(i)
            count = number
    return found


def _running_heads(lines: Sequence[Line], pages: set[int], rules: Rules) -> set[int]:
    """Lines that stand again and again beside a page's edge; the first page keeps its own, a signature stays."""
    edges: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        beside = line.after_page or i - 1 in pages or i + 1 in pages or (i + 1 < len(lines) and lines[i + 1].after_page)
        signature = any(rules.alone.fullmatch(below.text) for below in lines[i + 1 : i + 3])
        if beside and not signature and i not in pages and 4 <= len(line.text) <= 40 and rules.unfinished(line.text):
            edges.setdefault(line.text, []).append(i)
    first = {line.text: i for i, line in reversed(list(enumerate(lines[:3])))}
    return {i for text, where in edges.items() if len(where) >= 2 for i in where if first.get(text) != i}


def merged(group: Sequence[Line]) -> Line:
    """Several lines as one; a space goes between Latin words only."""
    first = group[0]
    if len(group) == 1:
        return first
    texts, parts = [first.text], list(first.parts)
    for left, right in pairwise(group):
        if _is_letter(left.text[-1]) and _is_letter(right.text[0]):
            texts.append(" ")
            parts.append(PUT_IN)
        texts.append(right.text)
        parts.extend(right.parts)
    return Line("".join(texts), tuple(parts), first.indent, first.after_blank, first.after_page, first.width)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def join_title(lines: list[Line], rules: Rules) -> list[Line]:
    """A title that was broken over two or three of the first lines, as one line."""
    head = min(len(lines), 25)
    for i in range(head):
        for many in (3, 2):
            group = lines[i : i + many]
            if len(group) == many and _is_broken_title(group, rules):
                return [*lines[:i], merged(group), *lines[i + many :]]
    return lines


def _is_broken_title(group: Sequence[Line], rules: Rules) -> bool:
    texts = [line.text for line in group]
    if sum(map(len, texts)) > 120 or any(rules.alone.fullmatch(t) or rules.start.match(t) for t in texts):
        return False
    owner = bool(rules.title_owner.fullmatch(texts[0])) and not group[1].after_blank
    opened = bool(rules.title_open.fullmatch(texts[0])) or (owner and bool(rules.title_open.fullmatch(texts[1])))
    closed = [bool(rules.title_close.fullmatch(t)) for t in texts]
    return opened and closed[-1] and not any(closed[:-1]) and all(rules.unfinished(t) and t[-1] not in rules.pausing for t in texts)


def assemble(lines: Sequence[Line]) -> tuple[str, OffsetMap]:
    """The text, one line break between lines, and the way back to the source."""
    runs: list[tuple[int, int, int]] = []
    position = 0
    for line in lines:
        for start, end in line.parts:
            if (start, end) == PUT_IN:
                position += 1
                continue
            if runs and runs[-1][0] + runs[-1][2] == position and runs[-1][1] + runs[-1][2] == start:
                runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + end - start)
            else:
                runs.append((position, start, end - start))
            position += end - start
        position += 1
    return "\n".join(line.text for line in lines), OffsetMap(tuple(runs))
