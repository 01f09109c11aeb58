"""A document as marked sentences: every anchor is one character that tells its class, the words between stay.

Patterns are written over marked text, so that a name's own words (the 成立 of a title, the 、 of a long name) are
never taken for the sentence's. Quotation marks around an anchor and brackets that only gloss it are swallowed by it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ecograph.model import Document, Linked, Mention
from ecograph.relating.alphabet import Alphabet

LONGEST = 600  # characters of a sentence; what goes beyond is cut, so that matching stays linear
AMONG = 8  # anchors back among which the former and the latter are looked for
BESIDE = 40  # characters at most between two of which one is the former
LINE = "\n"
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
    text) what ends a sentence, `sides` (over plain text) words for the former or (group latter) the latter of two.
    """

    def __init__(self, alphabet: Alphabet, gloss: re.Pattern[str], stop: re.Pattern[str], sides: re.Pattern[str]) -> None:
        self._alphabet = alphabet
        self._gloss = gloss
        self._stop = stop
        self._sides = sides

    def sentences(self, document: Document, mentions: Sequence[Mention], linked: Linked) -> Iterator[Sentence]:
        """The document's sentences in order, those without an anchor included."""
        marked, anchors, starts, ends = self._mark(document.text, self._with_sides(document.text, _anchors(mentions, linked)))
        paragraph = begin = 0
        for stop in [*self._stop.finditer(marked), None]:
            end = stop.end() if stop else len(marked)
            for left in range(begin, end, LONGEST):
                right = min(left + LONGEST, end)
                inside = {place - left: anchors[place] for place in range(left, right) if place in anchors}
                yield Sentence(marked[left:right], inside, starts[left:right], ends[left:right], paragraph)
            paragraph += bool(stop and "\n" in stop.group())
            begin = end

    def _with_sides(self, text: str, anchors: list[Anchor]) -> list[Anchor]:
        """The anchors, and one for each word that means the former or latter of two that were named before."""
        found: list[Anchor] = []
        starts = [anchor.start for anchor in anchors]
        for match in self._sides.finditer(text):
            place = bisect_right(starts, match.start())
            near = place and anchors[place - 1].end <= match.start() <= anchors[place - 1].end + BESIDE
            if near and LINE not in text[anchors[place - 1].end : match.start()]:
                meant = _side(text, anchors[max(0, place - AMONG) : place], latter=bool(match["latter"]))
                if meant:
                    found.append(replace(meant, start=match.start(), end=match.end()))
        return sorted((*anchors, *found), key=lambda a: a.start) if found else anchors

    def _mark(self, text: str, anchors: Sequence[Anchor]) -> tuple[str, dict[int, Anchor], list[int], list[int]]:
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        found: dict[int, Anchor] = {}
        here = 0
        for index, anchor in enumerate(anchors):
            if anchor.start < here:
                continue  # inside a gloss that has been swallowed
            quoted = _quoted(text, anchor, here)
            letters.append(self._alphabet.encode(text[here : quoted.start]))
            starts += range(here, quoted.start)
            ends += range(here + 1, quoted.start + 1)
            here = self._end_of_gloss(text, quoted, anchors, index)
            found[len(starts)] = replace(quoted, end=here)
            letters.append(self._alphabet.letters[anchor.cls])
            starts.append(quoted.start)
            ends.append(here)
        letters.append(self._alphabet.encode(text[here:]))
        starts += range(here, len(text))
        ends += range(here + 1, len(text) + 1)
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


def _quoted(text: str, anchor: Anchor, since: int) -> Anchor:
    """The anchor with the quotation marks around it, unless the opening one stands before `since`."""
    start, end = anchor.start - 1, anchor.end
    if start < since or text[start] not in OPENING or text[end : end + 1] not in CLOSING:
        return anchor
    return replace(anchor, start=start, end=min(end + 1, len(text)))


def _side(text: str, before: Sequence[Anchor], *, latter: bool) -> Anchor | None:
    """Of the last two of one class that stand side by side, the one or the other; the last of all for want of such."""
    for one, other in zip(reversed(before[:-1]), reversed(before), strict=False):
        between = text[one.end : other.start]
        if one.cls == other.cls and one.entity != other.entity and len(between) <= BESIDE and LINE not in between:
            return other if latter else one
    return before[-1] if latter else None


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
