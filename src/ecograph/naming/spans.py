"""Every span that is proposed as a name: by the recogniser's best labelling, by its second thoughts, by patterns, by repetition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ecograph.naming.candidates import Candidate
from ecograph.naming.context import occurrences
from ecograph.naming.merging import MARKS
from ecograph.naming.recogniser import Reading, decode

# A second thought needs these probabilities of its ends and of what lies between; each first character has so many.
AT_ENDS, BETWEEN, MOST, LONGEST = 0.06, 0.02, 4, 48
SURE = 0.97  # so sure that a character is outside of names or not, nothing else is considered
WORTH_REPEATING, SHORTEST = 0.3, 2
CHOSEN = "chosen"  # stands among the rules of what the patterns' own resolver chose

Key = tuple[int, int, str]


@dataclass(slots=True)
class Span:
    """A proposed name without outer marks: its group, the least marginal probability of its labels, and whose proposal it is.

    `best`: the recogniser's best labelling has it. `rules`: the patterns that found it.
    """

    start: int
    end: int
    group: str
    score: float = 0.0
    best: bool = False
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """The spans, by start, and for each character of the text the probability that no name covers it."""

    spans: Sequence[Span]
    outside: Sequence[float]


def propose(
    text: str, readings: Iterator[Reading], found: Sequence[Candidate], chosen: Sequence[Candidate], group_of: Mapping[str, str]
) -> Proposals:
    """All proposals in `text`: from its sentences as the recogniser reads them, and the patterns' candidates."""
    outside = [1.0] * len(text)
    spans: dict[Key, Span] = {}
    patterned = _patterned(text, found, chosen, group_of)
    starts = sorted(patterned)
    at = 0
    for reading in readings:
        outside[reading.start : reading.end] = reading.outside
        here = dict(_best(reading))
        for key, score in _second_thoughts(reading):
            here.setdefault(key, Span(*key, score))
        while at < len(starts) and starts[at][0] < reading.end:
            _add_rules(here, reading, starts[at], patterned[starts[at]])
            at += 1
        spans.update(here)
    _repeat(text, spans)
    return Proposals([spans[key] for key in sorted(spans)], outside)


def _patterned(
    text: str, found: Sequence[Candidate], chosen: Sequence[Candidate], group_of: Mapping[str, str]
) -> Mapping[Key, tuple[str, ...]]:
    """The rules that found each span and group."""
    rules: dict[Key, set[str]] = defaultdict(set)
    for candidates, mark in ((found, ()), (chosen, (CHOSEN,))):
        for c in candidates:
            start, end = _bare(text, c.start, c.end)
            if start < end:
                rules[start, end, group_of[c.cls]].update((c.rule, *mark))
    return {key: tuple(sorted(of)) for key, of in rules.items()}


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks at its ends: as the recogniser learned it."""
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    return start, end


def _best(reading: Reading) -> Iterator[tuple[Key, Span]]:
    for a, b, group in decode(reading.best):
        key = (reading.start + a, reading.start + b, group)
        yield key, Span(*key, reading.least(a, reading.best[a:b]), best=True)


def _second_thoughts(reading: Reading) -> Iterator[tuple[Key, float]]:
    """Spans that the sentence's probabilities leave possible."""
    if min(reading.outside) > SURE:
        return
    labels, probabilities = reading.labels, reading.probabilities
    for start, group in np.argwhere(probabilities[:, labels.begins] >= AT_ENDS).tolist():
        if reading.outside[start] <= SURE:
            stretch = probabilities[start : start + LONGEST, (labels.begins[group], labels.goes_on[group], labels.ends[group])]
            ends = sorted(_ends(stretch.tolist()), reverse=True)
            yield from (((reading.start + start, reading.start + start + size, labels.groups[group]), score) for score, size in ends[:MOST])


def _ends(stretch: Sequence[Sequence[float]]) -> Iterator[tuple[float, int]]:
    """How long a span may be, with its score; from its first character on the probabilities that it begins, goes on and ends there."""
    run = stretch[0][0]
    for at, (_, inside, end) in enumerate(stretch[1:], 1):
        score = min(run, end)
        if score >= AT_ENDS:
            yield score, at + 1
        run = min(run, inside)
        if run < BETWEEN:
            return


def _add_rules(here: dict[Key, Span], reading: Reading, key: Key, rules: tuple[str, ...]) -> None:
    """Note a pattern's span in its sentence, unless nobody takes it for a name."""
    start, end, group = key
    a, b = start - reading.start, end - reading.start
    if a < 0 or b > len(reading.outside):
        return
    if key not in here:
        if CHOSEN not in rules and min(reading.outside[a:b]) > SURE:
            return
        here[key] = Span(*key, _score(reading, a, b, group))
    here[key].rules = rules


def _score(reading: Reading, start: int, end: int, group: str) -> float:
    """The least probability of the labels that spell the span."""
    return reading.least(start, [f"B-{group}", *[f"I-{group}"] * (end - start - 2), f"E-{group}"][: end - start])


def _repeat(text: str, spans: dict[Key, Span]) -> None:
    """Propose likely names wherever else they stand."""
    groups: dict[str, set[str]] = defaultdict(set)
    for s in spans.values():
        if s.score >= WORTH_REPEATING and s.end - s.start >= SHORTEST:
            groups[text[s.start : s.end]].add(s.group)
    for start, end in occurrences(text, groups):
        for group in groups[text[start:end]]:
            spans.setdefault((start, end, group), Span(start, end, group))
