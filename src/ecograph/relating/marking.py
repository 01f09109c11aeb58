"""A document as marked sentences: every anchor is one character that tells its class, the words between stay.

Patterns are written over marked text, so that a name's own words (the 成立 of a title, the 、 of a long name) are
never taken for the sentence's. Quotation marks around an anchor and brackets that only gloss it are swallowed by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ecograph.model import Document, Linked, Mention
from ecograph.relating.alphabet import Alphabet

LONGEST = 600  # characters of a sentence; what goes beyond is cut, so that matching stays linear
OPENING, CLOSING = '“《‘「『〈"', '”》’」』〉"'


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mention or reference: the entity it stands for, and its place in the text with quotes and gloss.

    `confidence` is the mention's; a reference's is 1. One that is only understood has no place: it ends where it starts.
    """

    start: int
    end: int
    entity: str
    cls: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Sentence:
    """One sentence: `marked` text, the anchors by their place in it, and where each marked character stands.

    `starts` and `ends` give for each character of `marked` its stretch of `Document.text`.
    """

    marked: str
    anchors: Mapping[int, Anchor]
    starts: Sequence[int]
    ends: Sequence[int]
    paragraph: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the text that marked characters `start` to `end` came from."""
        return self.starts[start], self.ends[end - 1]

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where anchors stand in `marked`, ascending."""
        return tuple(sorted(self.anchors))


class Marker:
    """Marks documents in an alphabet.

    `gloss` (over plain text) finds the words that make a bracket behind a name a mere gloss, `stop` (over marked
    text) what ends a sentence.
    """

    def __init__(self, alphabet: Alphabet, gloss: re.Pattern[str], stop: re.Pattern[str]) -> None:
        self._alphabet = alphabet
        self._gloss = gloss
        self._stop = stop

    def sentences(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> Iterator[Sentence]:
        """The document's sentences in order, those without an anchor included."""
        marked, anchors, starts, ends = self._mark(document.text, _anchors(mentions, linked))
        paragraph = begin = 0
        for stop in [*self._stop.finditer(marked), None]:
            end = stop.end() if stop else len(marked)
            for left in range(begin, end, LONGEST):
                right = min(left + LONGEST, end)
                inside = {place - left: anchors[place] for place in range(left, right) if place in anchors}
                yield Sentence(marked[left:right], inside, starts[left:right], ends[left:right], paragraph)
            paragraph += bool(stop and "\n" in stop.group())
            begin = end

    def _mark(self, text: str, anchors: Sequence[Anchor]) -> tuple[str, dict[int, Anchor], list[int], list[int]]:
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        found: dict[int, Anchor] = {}
        here = index = 0
        while here < len(text):
            while index < len(anchors) and anchors[index].start < here:
                index += 1  # inside a gloss that has been swallowed
            anchor = anchors[index] if index < len(anchors) else None
            if anchor and text[here] in OPENING and anchor.start == here + 1 and text[anchor.end : anchor.end + 1] in CLOSING:
                anchor = replace(anchor, start=here, end=anchor.end + (anchor.end < len(text)))
            if anchor and anchor.start == here:
                end = self._end_of_gloss(text, anchor, anchors, index)
                found[len(letters)] = replace(anchor, end=end)
                letters.append(self._alphabet.letters[anchor.cls])
                index += 1
            else:
                end = here + 1
                letters.append(self._alphabet.char(text[here]))
            starts.append(here)
            ends.append(end)
            here = end
        return "".join(letters), found, starts, ends

    def _end_of_gloss(self, text: str, anchor: Anchor, anchors: Sequence[Anchor], index: int) -> int:
        """The end of the anchor with the bracket behind it, if that says nothing but another name of it."""
        end = anchor.end
        if text[end : end + 1] not in ("（", "("):
            return end
        close = _closing(text, end)
        if close is None:
            return end
        inside: list[Anchor] = []
        for other in anchors[index + 1 :]:
            if other.start >= close:
                break
            inside.append(other)
        same = all(other.entity == anchor.entity for other in inside)
        return close if same or self._gloss.search(text, end, close) else end


def _closing(text: str, opening: int) -> int | None:
    """Behind the bracket that closes the one at `opening`, within 120 characters of one line."""
    depth = 0
    for place in range(opening, min(opening + 120, len(text))):
        depth += (text[place] in "（(") - (text[place] in "）)")
        if text[place] == "\n":
            return None
        if depth == 0:
            return place + 1
    return None


def _anchors(mentions: Sequence[Mention], linked: Linked) -> list[Anchor]:
    """Mentions and references as anchors in order, of those that overlap the longer one."""
    cls_of = {entity.iri: entity.cls for entity in linked.entities}
    every = [Anchor(m.start, m.end, iri, cls_of[iri], m.confidence) for m in mentions if (iri := linked.entity_of.get(m)) in cls_of]
    every += [Anchor(span.start, span.end, iri, cls_of[iri]) for span, iri in linked.references if iri in cls_of]
    kept: list[Anchor] = []
    for anchor in sorted(every, key=lambda a: (a.start, -a.end, a.cls, a.entity)):
        if not kept or anchor.start >= kept[-1].end:
            kept.append(anchor)
    return kept
