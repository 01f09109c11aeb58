"""Numbers with units in one marked sentence: their value, their bound, and the words before and behind that count something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ecograph.measuring.grammar import Grammar, Unit
from ecograph.measuring.marking import FIRST, LAST, QUOTED, TIME, Sentence

EXACT, LEAST, MOST = "exact", "least", "most"
ALONE, FROM, TO = "alone", "from", "to"
REACH = 40  # how far back words that belong to a number may begin
BRACKETS = "（()） “”　"


@dataclass(frozen=True, slots=True)
class Hit:
    """A number at marked characters `start` to `end`, of the clause from `left` to `right`.

    `until` is where the words that belong to the number begin (约, 由15家增至), `role` alone, from or to,
    `counted` the place of the words for what is counted (`inherited` in the clause before), `growth` whether it tells
    how much something grew, `behind` whether the counted words stand behind it, `verb` whether only a verb stands before.
    """

    start: int
    end: int
    left: int
    right: int
    value: str
    unit: Unit
    word: str
    bound: str
    until: int
    role: str = ALONE
    counted: tuple[int, int] = (0, 0)
    growth: bool = False
    behind: bool = False
    inherited: tuple[int, int] = (0, 0)
    verb: bool = False

    @property
    def name(self) -> str:
        """The unit as the graph calls it."""
        return self.unit.name or self.word


class Finder:
    """Finds numbers by the records of quantities.jsonl."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar

    def hits(self, sentence: Sentence) -> list[Hit]:
        """The sentence's quantities in order, those of a change or a range with their role."""
        text = sentence.text
        stops = [0, *(m.end() for m in self._grammar["clause"].finditer(text))]
        ends = [*(m.start() for m in self._grammar["clause"].finditer(text)), len(text)]
        found: list[Hit] = []
        clause = 0
        for match in self._grammar.number.finditer(text):
            while ends[clause] < match.end():
                clause += 1
            hit = self._hit(text, match, stops[clause], ends[clause])
            if hit:
                found += self._with_origin(text, hit, found)
        return list(self._counting(text, found))

    def _hit(self, text: str, match: re.Match[str], left: int, right: int) -> Hit | None:
        start, end = match.span()
        unit = self._grammar.units[match["unit"]]
        before, after = text[max(left, start - REACH) : start], text[end : end + REACH]
        value = self._value(match, unit)
        refused = value is None or any(r.refuses(match["number"], match["unit"], before, after) for r in self._grammar.refusals)
        if refused or value is None or (unit.behind and not unit.behind.search(before)):
            return None
        bound, until = self._bound(match, text, left, right)
        if bound == EXACT and self._grammar.bare.fullmatch(match["number"]):
            return None
        return Hit(start, end, left, right, value, unit, match["unit"], bound, until)

    def _value(self, match: re.Match[str], unit: Unit) -> str | None:
        value = self._grammar.numerals.read(match["number"], match["scale"] or "")
        return _times(value, unit.times) if value is not None and unit.times != 1 else value

    def _bound(self, match: re.Match[str], text: str, left: int, right: int) -> tuple[str, int]:
        """How the number bounds the value, and where the words for that begin."""
        start, end = match.span()
        window = text[max(left, start - REACH) : start]
        for pattern, bound in self._grammar.bounds_before:
            found = pattern.search(window) if pattern else None
            if found:
                return bound, start - len(window) + found.start()
        if match["vague"] or match["many"] or match["more"]:
            return LEAST, start
        vague = self._grammar["bare"].search(window) if self._grammar.bare.fullmatch(match["number"]) else None
        if vague:
            return LEAST, start - len(window) + vague.start()
        for pattern, bound in self._grammar.bounds_after:
            if pattern and pattern.match(text, end, right):
                return bound, start
        return EXACT, start

    def _with_origin(self, text: str, hit: Hit, found: list[Hit]) -> Iterator[Hit]:
        """The hit, before it the number that it changed from or the lower end of its range, if that has no unit of its own."""
        window_start = max(hit.left, hit.until - REACH)
        window = text[window_start : hit.until]
        change = self._grammar["change"].search(window)
        span = None if change else self._grammar["range"].search(window)
        link = change or span
        if not link:
            yield hit
            return
        at = window_start + link.start()
        previous = found[-1] if found and found[-1].end == at and found[-1].left == hit.left else None
        first = previous or self._unitless(text, hit, at, change is None)
        origin = self._grammar["from"].search(text, hit.left, first.start) if first and change else None
        if not first or not (origin or span):
            yield replace(hit, until=at) if change else hit
            return
        if previous:
            found.pop()
        unit, word = (previous.unit, previous.word) if previous else (hit.unit, hit.word)
        if origin:
            yield replace(first, role=FROM, until=origin.start(), unit=unit, word=word)
            yield replace(hit, role=TO, until=origin.start())
        else:
            yield replace(first, bound=LEAST)
            yield replace(hit, bound=MOST, until=first.until)

    def _unitless(self, text: str, hit: Hit, at: int, scaled: bool) -> Hit | None:
        """The number that ends at `at`, with the unit of the hit behind it and, `scaled`, its magnitude too (6-8亿元)."""
        match = self._grammar.naked.search(text, max(hit.left, at - REACH), at)
        if not match:
            return None
        behind = self._grammar.number.match(text, hit.start)
        scale = match["scale"] or (behind["scale"] if scaled and behind else "") or ""
        value = self._grammar.numerals.read(match["number"], scale)
        if value is None:
            return None
        start = match.start()
        return Hit(start, at, hit.left, hit.right, value, hit.unit, hit.word, EXACT, start)

    def _counting(self, text: str, found: Sequence[Hit]) -> Iterator[Hit]:
        """The hits with what they count; a clause that doesn't say it goes on with what the clause before counts."""
        last: Hit | None = None
        for number, hit in enumerate(found):
            since = found[number - 1].left if hit.role == TO else last.end if last else 0
            counted = self._counted(text, hit, max(since, hit.left))
            if counted.growth or counted.counted[0] == counted.counted[1]:
                counted = self._inheriting(text, counted, last)
            yield counted
            last = counted

    def _inheriting(self, text: str, hit: Hit, last: Hit | None) -> Hit:
        """A growth, or a number without words of its own, with those of the clause before."""
        if hit.left == 0 or (last and last.left == hit.left) or (hit.growth and not self._grammar["growth"].fullmatch(text, *hit.counted)):
            return hit
        if last and last.right == hit.left - 1:
            return replace(hit, inherited=last.counted) if hit.growth else hit
        if not (hit.growth or hit.unit.money) or hit.verb:
            return hit
        stops = [m.end() for m in self._grammar["clause"].finditer(text, 0, hit.left - 1)]
        left, end = stops[-1] if stops else 0, hit.left - 1
        return replace(hit, inherited=(self._noun(text, left, self._stripped(text, left, end)), end))

    def _counted(self, text: str, hit: Hit, since: int) -> Hit:
        """The hit with the words for what it counts: behind it, or before."""
        before, growth = self._before(text, hit, since)
        if hit.unit.ratio:
            return replace(hit, counted=before, growth=growth)
        verb = self._grammar.is_verb(text, *before)
        if verb:
            before = before[1], before[1]
            hit = replace(hit, verb=True)
        behind = self._behind(text, hit) if hit.role != FROM else before
        plain = hit.unit.money or not (before[0] < before[1] and self._grammar["cut"].match(text, behind[0]))
        if hit.role != FROM and behind[0] < behind[1] and plain:
            return replace(hit, counted=behind, behind=True)
        return replace(hit, counted=before)

    def _behind(self, text: str, hit: Hit) -> tuple[int, int]:
        pattern = self._grammar["head-noun"] if hit.unit.money else self._grammar.following
        start = hit.end
        for bound, _ in self._grammar.bounds_after:
            found = bound.match(text, start, hit.right) if bound else None
            start = found.end() if found else start
        found = pattern.match(text, start, hit.right)
        if not found:
            return start, start
        a, b = found.span("np")
        return (a, b) if b - a > 1 or _named(text[a]) else (a, a)

    def _before(self, text: str, hit: Hit, since: int) -> tuple[tuple[int, int], bool]:
        """The nouns before the number, without idle words and verbs; whether words of growth stand between."""
        left = max(since, text.rfind(TIME, since, hit.until) + 1, hit.until - REACH)
        end = self._stripped(text, left, hit.until)
        growth = self._grammar["growth"].search(text, left, end)
        if growth and growth.start() < growth.end():
            if hit.unit.ratio:
                return (self._led(text, left, end), end), True
            end = self._stripped(text, left, growth.start())
        elif hit.unit.ratio:
            return (self._led(text, left, end), end), False
        return (self._noun(text, left, end), end), False

    def _noun(self, text: str, left: int, end: int) -> int:
        """Where the nouns begin that end at `end`: behind the last verb, 、 or 等 that leaves something."""
        listed = self._grammar["and-so-on"].match(text, left, end)
        left = max(left, text.rfind("、", left, end) + 1, listed.end() if listed else 0)
        for match in self._grammar["cut"].finditer(text, left, end):
            if end - match.end() >= 2 or (match.end() < end and _named(text[match.end()])):
                left = match.end()
        return self._led(text, left, end)

    def _led(self, text: str, left: int, end: int) -> int:
        """Behind brackets and words that only lead in."""
        led = self._grammar["leading"].match(text, left, end)
        left = led.end() if led else left
        while left < end and text[left] in BRACKETS:
            left += 1
        return left

    def _stripped(self, text: str, left: int, end: int) -> int:
        idle = self._grammar["idle"].search(text, left, end)
        return idle.start() if idle else end


def _named(char: str) -> bool:
    return FIRST <= ord(char) <= LAST or char == QUOTED


def _times(value: str, factor: int) -> str:
    text = f"{Decimal(value) * factor:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
