"""Union-find with a veto: what is known to differ never comes to be one, whatever stands between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ecograph.identity.proposals import Proposal
from ecograph.identity.things import Key, Thing

# What a thing's name says that tells it from others: by kind, the values. Two clusters differ if both have a kind and no value in common.
Marks = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A proposal with the option that it led to. `why_not` is None for those taken; ambiguous, apart or doubtful for the others."""

    proposal: Proposal
    option: Key
    why_not: str | None = None


class Clusters:
    """The things in sets that are one each."""

    def __init__(self, things: Mapping[Key, Thing], marks: Callable[[Thing], Marks]) -> None:
        self._parent: dict[Key, Key] = {}
        self._size: dict[Key, int] = {}
        self._apart: dict[Key, set[Key]] = {}
        self._forbidden: dict[Key, set[Key]] = {}
        self._marks: dict[Key, dict[str, frozenset[str]]] = {}
        self._things = things
        self._mark = marks

    def root(self, key: Key) -> Key:
        """The cluster that the thing is in, as one of its things."""
        parent = self._parent
        while parent.get(key, key) != key:
            parent[key] = parent.get(parent[key], parent[key])
            key = parent[key]
        return key

    def keep_apart(self, pairs: Iterable[tuple[Key, Key]], *, decided: bool = False) -> None:
        """Never join these (unless a person's judgement does, where it isn't one itself)."""
        table = self._forbidden if decided else self._apart
        for one, other in pairs:
            a, b = self.root(one), self.root(other)
            if a != b:
                table.setdefault(a, set()).add(b)
                table.setdefault(b, set()).add(a)

    def decide(self, one: Key, other: Key) -> bool:
        """Join the two by a person's judgement; False if another judgement keeps them apart."""
        a, b = self.root(one), self.root(other)
        if a != b and b in self._forbidden.get(a, ()):
            return False
        self._join(a, b)
        return True

    def take(self, proposals: Iterable[Proposal], threshold: float) -> Iterator[Taken]:
        """Take the proposals, surest first; those that wait for others are asked again once these are settled."""
        waiting = sorted(proposals, key=lambda p: (-p.confidence, p.reason, p.short, p.options))
        doubtful = [p for p in waiting if p.confidence < threshold]
        waiting = [p for p in waiting if p.confidence >= threshold]
        while True:
            left: list[Proposal] = []
            for proposal in waiting:
                taken = self._one(proposal)
                if taken is None:
                    left.append(proposal)
                elif taken.why_not is None:
                    yield taken
            if len(left) == len(waiting):
                break
            waiting = left
        yield from self._rest(left, doubtful)

    def _one(self, proposal: Proposal) -> Taken | None:
        """The proposal as taken (an empty reason if there was nothing left to join), None if it has to wait."""
        here = self.root(proposal.short)
        roots = {root: option for option in reversed(proposal.options) if (root := self.root(option)) != here}
        if len(roots) < len({self.root(o) for o in proposal.options}):
            return Taken(proposal, proposal.options[0], "done")
        free = {root: option for root, option in roots.items() if not self._differ(here, root, strong=proposal.strong)}
        if len(free) != 1:
            return None
        root, option = next(iter(free.items()))
        self._join(here, root)
        return Taken(proposal, option)

    def _rest(self, left: Iterable[Proposal], doubtful: Iterable[Proposal]) -> Iterator[Taken]:
        for proposals, doubt in ((left, "ambiguous"), (doubtful, "doubtful")):
            for proposal in proposals:
                here = self.root(proposal.short)
                for option in proposal.options:
                    root = self.root(option)
                    if root == here:
                        continue
                    if not self._differ(here, root, strong=proposal.strong):
                        yield Taken(proposal, option, doubt)
                    elif proposal.strong and root not in self._forbidden.get(here, ()):
                        yield Taken(proposal, option, "apart")

    def _differ(self, a: Key, b: Key, *, strong: bool) -> bool:
        if b in self._apart.get(a, ()) or b in self._forbidden.get(a, ()):
            return True
        one, other = self._marks_of(a), self._marks_of(b)
        kinds = (one.keys() & other.keys()) - ({"official", "branch", "place"} if strong else set())
        return any(not one[kind] & other[kind] for kind in kinds)

    def _marks_of(self, root: Key) -> dict[str, frozenset[str]]:
        if root not in self._marks:
            self._marks[root] = dict(self._mark(self._things[root]))
        return self._marks[root]

    def _join(self, a: Key, b: Key) -> None:
        if a == b:
            return
        # The larger takes in the smaller, so that each thing is moved at most log n times; the name doesn't matter.
        if (self._size.get(a, 1), a) < (self._size.get(b, 1), b):
            a, b = b, a
        mine, theirs = self._marks_of(a), self._marks_of(b)
        for kind, values in theirs.items():
            mine[kind] = mine.get(kind, frozenset()) | values
        self._parent[b] = a
        self._size[a] = self._size.get(a, 1) + self._size.get(b, 1)
        for table in (self._apart, self._forbidden):
            for other in table.pop(b, ()):
                table[other].discard(b)
                if other != a:
                    table[other].add(a)
                    table.setdefault(a, set()).add(other)
            table.get(a, set()).discard(a)
