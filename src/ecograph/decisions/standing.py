"""Which decisions count: those not revoked, of two with one subject the later, and no set that contradicts itself.

All is a function of the set of lines, whatever their order: decisions have one total order (moment, id).
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ecograph.judgement import Decision, Pair, Ref, Revocation


@dataclass(frozen=True, slots=True)
class Conflict:
    """A decision that doesn't count, although nobody revoked it, because of `winners`.

    There is one winner if another person judged the same subject later, and several if these taken together say
    the opposite: A is B, B is C, A is not C.
    """

    loser: Decision
    winners: tuple[Decision, ...]

    @property
    def message(self) -> str:
        """One line for the analyst."""
        by = ", ".join(f"{w.id} ({w.kind}, {w.who}, {w.when})" for w in self.winners)
        lost = f"{self.loser.id} ({self.loser.kind}, {self.loser.who}, {self.loser.when})"
        return f"{lost} does not count, because later ones say otherwise: {by}"


def unrevoked(lines: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that no standing revocation names, in their order, each once; revocations among them.

    A revocation holds its target's hash, so that there is no circle: who revokes a revocation brings the first line back.
    """
    known = {decision.id: decision for decision in lines}
    revoking: dict[str, list[str]] = defaultdict(list)
    for decision in known.values():
        if isinstance(decision.matter, Revocation):
            revoking[decision.matter.target].append(decision.id)
    stands: dict[str, bool] = {}
    for start in known:
        todo = [start]
        while todo:
            waits = [r for r in revoking[todo[-1]] if r not in stands]
            if waits:
                todo += waits
            else:
                last = todo.pop()
                stands[last] = not any(stands[r] for r in revoking[last])
    return tuple(sorted((d for d in known.values() if stands[d.id]), key=lambda d: d.order))


def in_force(standing: Sequence[Decision]) -> tuple[tuple[Decision, ...], tuple[Conflict, ...]]:
    """Of decisions in their order those that count, in their order, and the conflicts."""
    judgements = [d for d in standing if not isinstance(d.matter, Revocation)]
    latest = {d.subject: d for d in judgements}
    conflicts = list(_between_people(judgements, latest))
    pairs, overruled = _consistent([d for d in latest.values() if isinstance(d.matter, Pair)])
    kept = [*pairs, *(d for d in latest.values() if not isinstance(d.matter, Pair))]
    order = sorted((*conflicts, *overruled), key=lambda c: c.loser.order)
    return tuple(sorted(kept, key=lambda d: d.order)), tuple(order)


def _between_people(judgements: Iterable[Decision], latest: Mapping[tuple[object, ...], Decision]) -> Iterable[Conflict]:
    """What each person said last of a subject, where another person's later word is a different one."""
    last_of_each = {(d.subject, d.who): d for d in judgements}
    for (subject, who), decision in last_of_each.items():
        winner = latest[subject]
        if who != winner.who and decision.verdict != winner.verdict:
            yield Conflict(decision, (winner,))


def _consistent(pairs: Iterable[Decision]) -> tuple[list[Decision], list[Conflict]]:
    """The latest first: a pair is taken unless those already taken say the opposite."""
    joined, apart = _Links(), _Links()
    kept, conflicts = [], []
    for decision in sorted(pairs, key=lambda d: d.order, reverse=True):
        against = _against(decision, joined, apart)
        if against:
            conflicts.append(Conflict(decision, against))
        else:
            kept.append(decision)
            (joined if decision.kind == "same" else apart).add(decision)
    return kept, conflicts


def _against(decision: Decision, joined: _Links, apart: _Links) -> tuple[Decision, ...]:
    """The taken decisions that together say the opposite; empty if they don't."""
    one, other = _ends(decision)
    if decision.kind == "different":
        return joined.path(one, other)
    second = joined.around(other)
    for near in joined.around(one):
        for far, separating in apart.of(near):
            if far in second:
                said = {*joined.path(one, near), separating, *joined.path(far, other)}
                return tuple(sorted(said, key=lambda d: d.order))
    return ()


class _Links:
    """Things joined by decisions of one kind."""

    def __init__(self) -> None:
        self._next: dict[Ref, list[tuple[Ref, Decision]]] = defaultdict(list)

    def add(self, decision: Decision) -> None:
        one, other = _ends(decision)
        self._next[one].append((other, decision))
        self._next[other].append((one, decision))

    def of(self, ref: Ref) -> Sequence[tuple[Ref, Decision]]:
        """What is linked to it directly, the latest decision first."""
        return self._next.get(ref, ())

    def around(self, start: Ref) -> dict[Ref, tuple[Ref, Decision] | None]:
        """All that is linked to it by any number of steps, itself included, each with the last step there."""
        found: dict[Ref, tuple[Ref, Decision] | None] = {start: None}
        todo = deque([start])
        while todo:
            at = todo.popleft()
            for ref, decision in self.of(at):
                if ref not in found:
                    found[ref] = (at, decision)
                    todo.append(ref)
        return found

    def path(self, start: Ref, end: Ref) -> tuple[Decision, ...]:
        """The decisions that lead from one to the other, in their order; empty if none do."""
        found = self.around(start)
        path: list[Decision] = []
        step = found.get(end)
        while step is not None:
            at, decision = step
            path.append(decision)
            step = found[at]
        return tuple(sorted(path, key=lambda d: d.order))


def _ends(decision: Decision) -> tuple[Ref, Ref]:
    if not isinstance(decision.matter, Pair):
        raise TypeError(f"{decision.kind} joins no two things")
    return decision.matter.one.ref, decision.matter.other.ref
