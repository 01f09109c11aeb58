"""To whom something happens in a clause: what stands behind the result's words, before them, or in the clauses before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecograph.commitments.marking import Clause, Marked, Name
from ecograph.commitments.reading import holds
from ecograph.commitments.words import NAMED, OTHER, SAID, Words

SIDES = AFTER, BEFORE, EITHER, BOTH, WITH = ("after", "before", "either", "both", "with")
REACH = 25  # marked characters between a result and what comes after it
JOINT = 3  # marked characters between two names of one list


@dataclass(frozen=True, slots=True)
class Parties:
    """To whom it happens, through whom (as far as the clause names them), and where (in marked text) the words begin."""

    things: tuple[Name, ...]
    agents: tuple[Name, ...]
    start: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A clause with those before it in its sentence."""

    words: Words
    marked: Marked
    before: Sequence[Clause]
    clause: Clause

    @property
    def text(self) -> str:
        """The clause as marked text."""
        return self.marked.words(self.clause)

    @property
    def opening(self) -> int:
        """Where the clause begins, with the date that stands before it as a clause of its own (2024年6月，…)."""
        last = self.before[-1] if self.before else None
        text = self.marked.words(last) if last else ""
        dated = any(char.isnumeric() for char in text) and self.words.leads(text).end == len(text)
        return last.start if last and dated else self.clause.start

    def parties(self, at: int, end: int, limit: int, side: str) -> Parties:
        """Those of a result at `at` to `end`, and of nothing from `limit` on, in characters of the clause."""
        base = self.clause.start
        after = self._listed(base + end, min(base + limit, base + end + REACH))
        earlier = self._earlier(base + at)
        through = [n for _, n in self.marked.within(base, self.clause.end) if n.letter in (NAMED, OTHER, SAID)]
        start = base
        inside = self.marked.within(base, self.clause.end)
        acting = [n for i, (_, n) in enumerate(inside) if n.letter in (NAMED, OTHER, SAID) and not self._governed(inside, i)]
        described = self.words.possessive.match(self.marked.text, base + end)  # a result that only describes the noun behind it
        if not earlier and not acting and not described and not (after and side in (EITHER, AFTER)):
            earlier, start = self._topic()
        if side in (BOTH, WITH):
            things = [*earlier, *after] if side == BOTH else through
        elif side == BEFORE:
            things = earlier
        else:
            things = after or (earlier if side == EITHER else [])
        return Parties(tuple(things), tuple(n for n in (*through, *earlier) if n not in things and n.letter != SAID), start)

    def _listed(self, start: int, end: int) -> list[Name]:
        """The first name from `start` on, with those that are listed with it; none that a preposition governs."""
        found: list[Name] = []
        last = start - 1
        for place, name in self.marked.within(start, end):
            if found and not self._joined(last + 1, place):
                break
            if not found and self.words.beside.search(self.marked.text, last + 1, place):
                break
            if self._free(place, name) and not self.words.possessive.match(self.marked.text, place + 1):
                found.append(name)
            elif found:
                break
            last = place
        return found

    def _earlier(self, end: int) -> list[Name]:
        """The nearest name before `end` that no preposition governs, with those that are listed with it."""
        places = self.marked.within(self.clause.start, end)
        nearest = next(
            (i for i in range(len(places) - 1, -1, -1) if self._free(*places[i]) and not self._governed(places, i)),
            None,
        )
        if nearest is None:
            return []
        first = self._first(places, nearest)
        return [name for _, name in places[first : nearest + 1] if name.letter == NAMED]

    def _free(self, place: int, name: Name) -> bool:
        """Whether it is a thing itself, and not where or whose the next words' thing is."""
        return name.letter == NAMED and not holds(self.words, self.marked, place, name)

    def _first(self, places: Sequence[tuple[int, Name]], index: int) -> int:
        """Where the list begins that a name is in."""
        while index and self._joined(places[index - 1][0] + 1, places[index][0]):
            index -= 1
        return index

    def _governed(self, places: Sequence[tuple[int, Name]], index: int) -> bool:
        """Whether a preposition stands before a name, or before the list that it is in."""
        first = self._first(places, index)
        left = places[first - 1][0] + 1 if first else self.clause.start
        return self.words.beside.search(self.marked.text, max(left, places[first][0] - JOINT - 1), places[first][0]) is not None

    def _joined(self, start: int, end: int) -> bool:
        return end - start <= JOINT and self.words.joint.search(self.marked.text, start, end) is not None

    def _topic(self) -> tuple[list[Name], int]:
        """What the clauses before speak of: a name that the nearest ends with, else one that opens a clause; where that begins."""
        for clause in reversed(self.before):
            named = [(p, n) for p, n in self.marked.within(clause.start, clause.end) if n.letter == NAMED]
            if named and named[-1][0] == clause.end - 1:
                return [named[-1][1]], clause.start
            if named and not self.marked.text[clause.start : named[0][0]].strip():
                return [named[0][1]], clause.start
        return [], self.clause.start
