"""The stretches of a document that are shown as evidence: whole clauses, so that a reader can follow them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ecograph.model import Document, Evidence
from ecograph.relating.marking import Anchor, Sentence


class Passages:
    """The clauses of one document's sentences. `clause` finds, in marked text, what stands between two clauses."""

    def __init__(self, document: Document, sentences: Sequence[Sentence], clause: re.Pattern[str]) -> None:
        self._text = document.text
        self._sentences = sentences
        self._clause = clause
        self._begins = [s.starts[0] for s in sentences]

    def evidence(self, sentence: Sentence, start: int, end: int, ends: Sequence[Anchor]) -> tuple[Evidence, ...]:
        """The clauses around marked characters `start` to `end`, and those of `ends` that are named elsewhere."""
        found = [self._widened(sentence, start, end)]
        for anchor in ends:
            if anchor.end > anchor.start and not any(a <= anchor.start and anchor.end <= b for a, b in found):
                home = self._sentences[bisect_right(self._begins, anchor.start) - 1]
                at = bisect_left(home.starts, anchor.start)
                found.append(self._widened(home, at, at + 1))
        return tuple(Evidence(a, b, self._text[a:b]) for a, b in sorted(_joined(found)))

    def _widened(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """The stretch of text from the clause in which it begins to the end of that in which it ends."""
        marked = sentence.marked
        left, right = 0, len(marked)
        for stop in self._clause.finditer(marked):
            if stop.end() <= start:
                left = stop.end()
            elif stop.start() >= end:
                right = stop.start()
                break
        while left < start and marked[left].isspace():
            left += 1
        while right > end and marked[right - 1].isspace():
            right -= 1
        return sentence.span(left, right)


def _joined(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans in order, those that meet made one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last and start <= last[1]:
            last = last[0], max(last[1], end)
        else:
            if last:
                yield last
            last = start, end
    if last:
        yield last
