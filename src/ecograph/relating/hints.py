"""What the rules say of two anchors, as features for the ranker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from ecograph.ontology import Ontology
from ecograph.relating.claims import Claim
from ecograph.relating.marking import Anchor
from ecograph.relating.pairs import Pair, Unit

AHEAD, BACK = ">", "<"  # the subject is the first of the two, or the second
SILENT = ("silent",)


@dataclass(frozen=True, slots=True)
class Case:
    """Two anchors of a pair, to be judged. `hints` are the features that tell them from others of the same pair."""

    pair: Pair
    one: Anchor
    other: Anchor
    hints: tuple[str, ...]


class Hints:
    """The claims of one sentence, looked up by pairs. `founded` are those that no better one made idle."""

    def __init__(self, ontology: Ontology, claims: Sequence[Claim], founded: Sequence[Claim]) -> None:
        self.of_pair: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        self._roles: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._founded = {id(claim) for claim in founded}
        self._symmetric = {p.name for p in ontology.predicates.values() if p.symmetric}
        self._claims = claims
        for claim in claims:
            self.of_pair[claim.subject, claim.object].append(claim)
            self._roles[claim.subject].add((f"s{claim.predicate}", claim.object))
            self._roles[claim.object].add((f"o{claim.predicate}", claim.subject))

    def features(self, one: str, other: str) -> tuple[str, ...]:
        """Which rules join the two, and what the rules say of each of them with others."""
        if one not in self._roles and other not in self._roles:
            return SILENT
        found = self._joining(one, other, AHEAD) + self._joining(other, one, BACK)
        found += [f"1{role}" for role, end in self._roles.get(one, ()) if end != other]
        found += [f"2{role}" for role, end in self._roles.get(other, ()) if end != one]
        return tuple(sorted(set(found))) or SILENT

    @property
    def told(self) -> Set[str]:
        """Whom the rules speak of."""
        return self._roles.keys()

    def joined(self, one: str, other: str) -> bool:
        """Whether any rule joins the two."""
        return (one, other) in self.of_pair or (other, one) in self.of_pair

    def founded(self, subject: str, predicate: str, obj: str) -> list[Claim]:
        """The well founded claims that say this."""
        ends = [(subject, obj), (obj, subject)] if predicate in self._symmetric else [(subject, obj)]
        return [c for end in ends for c in self.of_pair.get(end, ()) if c.predicate == predicate and id(c) in self._founded]

    def _joining(self, subject: str, obj: str, way: str) -> list[str]:
        found: list[str] = []
        for claim in self.of_pair.get((subject, obj), ()):
            name = claim.predicate + (AHEAD if claim.predicate in self._symmetric else way)
            found.append(f"R{claim.rule}:{name}")
            found.append(f"F{name}{claim.named is None}{claim.weak}{id(claim) in self._founded}")
            found.append(f"Q{name}{int(claim.strength * 10)}")
            found.append(f"F{name}")
        return found

    def cases(self, pairs: Iterable[Pair]) -> Iterator[Case]:
        """The members of all pairs, two by two; then those that only a rule has joined, the subject first."""
        seen: set[frozenset[str]] = set()
        for pair in pairs:
            for one, other in pair.members():
                if one.entity != other.entity:
                    hints = self.features(one.entity, other.entity)
                    if hints is not SILENT:
                        seen.add(frozenset((one.entity, other.entity)))
                    yield Case(pair, one, other, hints)
        for claim in self._claims:
            if frozenset((claim.subject, claim.object)) not in seen:
                pair = Pair(_alone(claim.one), _alone(claim.other), ((f"X{claim.one.cls}>{claim.other.cls}",),), claim.start, claim.end)
                yield Case(pair, claim.one, claim.other, self.features(claim.subject, claim.object))


def _alone(anchor: Anchor) -> Unit:
    return Unit((anchor,), anchor.cls, 0, 0)
