"""The second look: each proposed span judged as one thing, and the likeliest that don't overlap.

The recogniser goes character by character and sees one sentence. Here a span counts as a whole: its words, what stands beside it, who
proposes it and how firmly, what else is proposed there, and what the same words are taken for elsewhere in the document. A logistic
regression, trained by training/train.py on texts that the recogniser hadn't seen, gives each span the probability that it is a name.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ecograph.errors import OntologyError
from ecograph.naming.candidates import Occupied
from ecograph.naming.spans import CHOSEN, Proposals, Span
from ecograph.naming.weights import load
from ecograph.naming.words import Word

YES, NO = "1", "0"
LISTING = "、"
_LEVELS = (0.02, 0.06, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88, 0.93, 0.96, 0.98, 0.99, 0.997)
_BRACKETS = (("“", "”"), ("《", "》"), ("（", "）"))
NONE = "-"
LEAST = -700.0  # a score below has no other probability that can be told

Guess = tuple[int, int, str, float]  # start, end, group, probability
Features = list[str]


def model_of_spans(names: Path) -> Path:
    """Where the judge's model stands that belongs to the recogniser's model `names`: beside it."""
    return names.with_name(f"{names.stem}-spans{names.suffix}")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of words: the listed brands, what joins the last member to a list (和), the class of a known name or None."""

    brands: frozenset[str]
    conjunctions: str
    cls: Callable[[str], str | None]


class Judge:
    """The model in a file. Raises OntologyError when it can't be read."""

    def __init__(self, path: Path) -> None:
        try:
            weights = load(path)
            yes, no = (weights.states[:, weights.labels.index(label)] for label in (YES, NO))
        except (OSError, ValueError) as error:
            raise OntologyError(f"{path}: the model of spans can't be read; make it with training/train.py: {error}") from error

        self._weights = dict(zip(weights.attributes, (yes - no).tolist(), strict=False))

    def choose(self, proposals: Proposals, rows: Sequence[Features], length: int, least: float) -> list[Guess]:
        """The likeliest spans that don't overlap, from probability `least` on, sorted by start."""
        judged = sorted((-self._probability(row), s.start, s.end, s.group) for s, row in zip(proposals.spans, rows, strict=True))
        occupied = Occupied(length)
        guesses: list[Guess] = []
        for against, start, end, group in judged:
            if -against >= least and occupied.free(start, end):
                occupied.take(start, end)
                guesses.append((start, end, group, -against))
        return sorted(guesses)

    def _probability(self, row: Features) -> float:
        known = self._weights.get
        return 1 / (1 + math.exp(-max(sum(known(feature, 0.0) for feature in row), LEAST)))


class Spans:
    """The proposals of one document, as the model sees them."""

    def __init__(self, text: str, proposals: Proposals, words: Sequence[Word], known: Known) -> None:
        self._text, self._known, self._proposals = text, known, proposals
        self._word_at: Mapping[int, Word] = {word[0]: word for word in words}
        self._word_to: Mapping[int, Word] = {word[1]: word for word in words}
        self._named: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
        self._at: dict[int, list[Span]] = defaultdict(list)
        self._to: dict[int, list[Span]] = defaultdict(list)
        for s in proposals.spans:
            alike = self._named[text[s.start : s.end]][s.group]
            alike[:] = sorted([*alike, s], key=lambda t: (-t.score, t.start))[:2]  # of a name's places the two surest are enough
            self._at[s.start].append(s)
            self._to[s.end].append(s)
        self._starts = [s.start for s in proposals.spans]
        self._longest = max((s.end - s.start for s in proposals.spans), default=0)

    def rows(self) -> list[Features]:
        """The features of each proposal."""
        sides = (self._firmness, self._rivals, self._elsewhere, self._words, self._beside)
        return [[feature for side in sides for feature in side(s)] for s in self._proposals.spans]

    def _firmness(self, s: Span) -> Features:
        """Who proposes it, and how firmly."""
        level, group, size = _level(s.score), s.group, s.end - s.start
        outside = _level(sum(self._proposals.outside[s.start : s.end]) / size)
        row = ["1", f"g{group}", f"b{s.best:d}", f"s{level}", f"sb{level}{s.best:d}", f"sg{level}{group}"]
        row += [f"o{outside}", f"L{group}{min(size, 12)}"]
        for rule in s.rules or (NONE,):
            row += [f"r{rule}{group}", f"rs{rule}{s.score >= 0.3:d}"]
        return row

    def _rivals(self, s: Span) -> Features:
        """What else is proposed there."""
        other = same = inner = outer = 0.0
        chosen = 0
        for t in self._overlapping(s):
            if (t.start, t.end) == (s.start, s.end):
                same = max(same, t.score)
                continue
            other = max(other, t.score)
            inside, around = t.start >= s.start and t.end <= s.end, t.start <= s.start and t.end >= s.end
            inner, outer = max(inner, inside * t.score), max(outer, around * t.score)
            if CHOSEN in t.rules:
                chosen |= 1 if around else 2 if inside else 4
        levels = [f"v{_level(other)}", f"vs{_level(same)}", f"vi{_level(inner)}", f"vo{_level(outer)}"]
        return [*levels, f"vp{chosen}", f"vd{s.score > other:d}{s.score > same:d}{s.best:d}"]

    def _overlapping(self, s: Span) -> Iterator[Span]:
        first, last = bisect_left(self._starts, s.start - self._longest), bisect_left(self._starts, s.end)
        return (t for t in self._proposals.spans[first:last] if t is not s and t.end > s.start)

    def _elsewhere(self, s: Span) -> Features:
        """What the same words are taken for elsewhere in the document."""
        like = unlike = None
        for group, surest in self._named[self._text[s.start : s.end]].items():
            score = next((t.score for t in surest if t.start != s.start), None)
            if group == s.group:
                like = score
            elif score is not None:
                unlike = max(score, unlike or 0.0)
        return [f"e{_level(like)}", f"E{_level(unlike)}", f"eg{s.group}{_level(like)}"]

    def _words(self, s: Span) -> Features:
        """Whether it is made of whole words and pairs of brackets, and what is known of it. Its own words are the recogniser's business."""
        name, group = self._text[s.start : s.end], s.group
        whole = f"{s.start in self._word_at:d}{s.end in self._word_to:d}"
        row = [f"w{whole}", f"wg{group}{whole}"]
        if name in self._known.brands:
            row.append(f"B{len(name)}{group}")
        if cls := self._known.cls(name):
            row.append(f"K{cls}{group}")
        row.append(f"q{sum(name.count(opening) - name.count(closing) for opening, closing in _BRACKETS)}")
        return row

    def _beside(self, s: Span) -> Features:
        """What stands before and behind the span, and its neighbours in a list."""
        text, group = self._text, s.group
        before, behind = text[s.start - 1 : s.start], text[s.end : s.end + 1]
        row = [f"pc{before}{group}", f"nc{behind}{group}", f"Q{before in _QUOTES:d}{behind in _QUOTES:d}"]
        if previous := self._word_to.get(s.start):
            row += [f"pp{previous[2]}", f"pg{previous[2]}{group}"]
        if following := self._word_at.get(s.end):
            row += [f"np{following[2]}", f"ng{following[2]}{group}"]
        for side, mark, near in (("p", before, self._to.get(s.start - 1)), ("n", behind, self._at.get(s.end + 1))):
            if near and mark in LISTING + self._known.conjunctions:
                likeliest = max(near, key=lambda t: (t.score, t.group))
                row += [f"{side}L{likeliest.group == group:d}{_level(likeliest.score)}", f"{side}l{likeliest.group}{group}"]
        return row


_QUOTES = frozenset("“”《》")


def _level(probability: float | None) -> str:
    if probability is None:
        return NONE
    return "0" if probability <= 0 else f"{bisect_left(_LEVELS, probability)}"
