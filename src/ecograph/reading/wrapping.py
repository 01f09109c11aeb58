"""Which lines were broken by the page's width, judged by the file's own lines, and their rejoining."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ecograph.reading.layout import Line, Rules, columns, merged

NARROWEST = 24  # columns: shorter lines are headings, labels and table cells, which tell nothing about a page's width
SPREAD = 6  # columns between the shortest and longest full line: a Latin word or a number that didn't fit, kinsoku
SLACK = 8  # columns by which a line that stops in mid-sentence may fall short of the page's width
REACH = 80  # characters that a title or bracket may stay open over a line's end: a mark that is never closed swallows no more
NEVER = -10_000  # a slack that no line falls short of
INDENT = 8  # columns: two characters are usual, four are met
WORD = re.compile(r"[A-Za-z0-9.%&+-]+|.")


@dataclass(frozen=True, slots=True)
class Page:
    """What a file's lines say of its page: columns of a full line (None: lines aren't broken), and what marks a paragraph."""

    width: int | None
    indent: int = 0
    indents: bool = False
    blanks: bool = False


def measure(lines: Sequence[Line], rules: Rules) -> Page:
    """The page's width when full lines stop in mid-sentence at about the same column, as only a page's edge makes them."""
    broken = [i for i, line in enumerate(lines[:-1]) if _breaks(line, lines[i + 1], rules)]
    width, share = _peak([reach(lines[i]) for i in broken])
    longer = sum(reach(line) > width + SPREAD for line in lines)
    full = sum(width - SPREAD <= reach(line) <= width + SPREAD for line in lines)
    at_edge = [i for i in broken if abs(reach(lines[i]) - width) <= SPREAD]
    if len(at_edge) < 2 or share < 0.5 or longer > 0.05 * len(lines) or len(at_edge) < 0.4 * full:
        return Page(None)
    indent = Counter(lines[i + 1].indent for i in at_edge if not lines[i + 1].after_page).most_common(1)
    base = indent[0][0] if indent else 0
    after = [lines[i + 1] for i, line in enumerate(lines[:-1]) if not rules.unfinished(line.text) and line.width >= NARROWEST]
    full_after = [line for line in after if reach(line) >= width - SPREAD and not rules.start.match(line.text)]
    indented = sum(line.indent > base + 2 for line in full_after)
    blank = sum(lines[i + 1].after_blank for i in at_edge)
    return Page(width, base, indents=indented >= max(1, 0.3 * len(full_after)), blanks=blank <= 0.2 * len(at_edge))


def reach(line: Line) -> int:
    """Columns from the left edge to the line's end; a large indent is a centred line, not a paragraph's first."""
    return line.width + (line.indent if line.indent <= INDENT else 0)


def _breaks(line: Line, following: Line, rules: Rules) -> bool:
    return (
        line.width >= NARROWEST
        and rules.unfinished(line.text)
        and not rules.start.match(following.text)
        and not rules.alone.fullmatch(line.text)
    )


def _peak(widths: Sequence[int]) -> tuple[int, float]:
    """The commonest width, and the share of all that lies near it."""
    if not widths:
        return 0, 0.0
    counts = Counter(widths)
    near = {w: sum(counts[v] for v in range(w - SPREAD, w + SPREAD + 1)) for w in counts}
    peak = max(near, key=lambda w: (near[w], counts[w], w))
    return max((w for w in counts if abs(w - peak) <= SPREAD), key=lambda w: (counts[w], w)), near[peak] / len(widths)


class _Open:
    """How long titles, quotes and brackets have been open in the paragraph."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._since: list[list[int]] = [[] for _ in rules.pairs]
        self._length = 0

    def add(self, text: str) -> None:
        """Read on by one line."""
        for match in self._rules.bracket.finditer(text):
            for stack, (opening, closing) in zip(self._since, self._rules.pairs, strict=True):
                if match[0] in opening:
                    stack.append(self._length + match.start())
                elif match[0] in closing and stack:
                    stack.pop()
        self._length += len(text)

    def holds(self) -> bool:
        """Whether something opened within REACH characters is still open."""
        return any(stack and self._length - stack[-1] <= REACH for stack in self._since)


def rejoin(lines: Sequence[Line], rules: Rules) -> list[Line]:
    """Lines of the text: what the page's width broke is one again. Linear in the text's length."""
    page = measure(lines, rules)
    joined: list[Line] = []
    group: list[Line] = []
    opened = _Open(rules)
    for line in lines:
        if group and not _continues(group, line, page, opened, rules):
            joined.append(merged(group))
            group, opened = [], _Open(rules)
        group.append(line)
        opened.add(line.text)
    return [*joined, merged(group)] if group else joined


def _continues(group: Sequence[Line], following: Line, page: Page, opened: _Open, rules: Rules) -> bool:
    line = group[-1]
    if rules.start.match(following.text) or rules.alone.fullmatch(following.text) or rules.alone.fullmatch(line.text):
        return False
    missing = (page.width or 0) - reach(line) - _word(following.text, rules)
    if rules.unfinished(line.text):
        broken = page.width is not None and missing < _slack(group, rules)
        return broken or opened.holds() or line.text[-1] in rules.pausing
    return page.width is not None and missing < 0 and _same_paragraph(line, following, page, rules)


def _same_paragraph(line: Line, following: Line, page: Page, rules: Rules) -> bool:
    """Whether a paragraph goes on after a full line that ends with its sentence."""
    if rules.end.fullmatch(line.text) or rules.paragraph.match(following.text) or rules.title_owner.fullmatch(following.text):
        return False
    if page.indents:
        return following.indent <= page.indent + 2
    return not (page.blanks and following.after_blank)


def _slack(group: Sequence[Line], rules: Rules) -> int:
    """Columns that an unfinished line may fall short: none for what may be a whole heading or title."""
    text = group[0].text
    if len(group) == 1 and rules.title_open.fullmatch(text) and rules.title_close.fullmatch(text):
        return NEVER
    heading = len(group) == 1 and rules.start.match(text) and rules.sentence.isdisjoint(text)
    return 0 if heading else SLACK


def _word(text: str, rules: Rules) -> int:
    """Columns of the first word of a line and the marks that can't stand apart from it."""
    match = WORD.match(text)
    end = match.end() if match else 0
    while end < len(text) and text[end] in rules.no_start:
        end += 1
    return columns(text[:end])
