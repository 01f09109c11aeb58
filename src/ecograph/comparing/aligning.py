"""Which thing of the new side each thing of the old side is, although its IRI may have changed with what is known of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ecograph.changes import Recasting, Regrouping, Thing
from ecograph.comparing.state import Key, Saying, State


@dataclass(frozen=True, slots=True)
class Alignment:
    """Old IRIs as the new side has them, the things that were joined or parted, and those called otherwise or of another class."""

    new_of: Mapping[str, str]
    joined: tuple[Regrouping, ...]
    parted: tuple[Regrouping, ...]
    recast: tuple[Recasting, ...]

    def of(self, iri: str) -> str:
        """The new side's IRI for an old one; itself when the new side doesn't have it."""
        return self.new_of.get(iri, iri)

    def claims(self, old: State) -> dict[Key, tuple[Saying, ...]]:
        """The old side's claims with the new side's IRIs."""
        found: dict[Key, set[Saying]] = defaultdict(set)
        for (subject, predicate, obj), said in old.claims.items():
            found[self.of(subject), predicate, self.of(obj)].update(said)
        return {key: tuple(sorted(said)) for key, said in found.items()}


def align(old: State, new: State) -> Alignment:
    """Follow the words: a mention that stands on both sides names one thing, whatever its IRI.

    A thing whose IRI the new side has too is that one. Otherwise it is what most of its mentions now name.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention, iri in old.mentions.items():
        if mention in new.mentions:
            votes[iri][new.mentions[mention]] += 1
    new_of = {iri: _chosen(iri, votes[iri], new) for iri in old.things}
    before: dict[str, list[str]] = defaultdict(list)
    for iri, now in sorted(new_of.items()):
        before[now].append(iri)
    joined = [Regrouping(new.thing(now), _things(several, old)) for now, several in before.items() if len(several) > 1]
    parted = [
        Regrouping(old.thing(iri), _things([new_of[iri], *others], new))
        for iri, counted in votes.items()
        if iri in old.things and (others := sorted(c for c in counted if c not in before and c in new.things))
    ]
    single = [(old.things[several[0]], new.things[now]) for now, several in before.items() if len(several) == 1 and now in new.things]
    recast = [Recasting(was, now) for was, now in single if (was.label, was.cls) != (now.label, now.cls)]
    return Alignment(
        new_of,
        tuple(sorted(joined, key=lambda r: r.one)),
        tuple(sorted(parted, key=lambda r: r.one)),
        tuple(sorted(recast, key=lambda r: (r.new, r.old))),
    )


def _chosen(iri: str, votes: Counter[str], new: State) -> str:
    if iri in new.things or not votes:
        return iri
    return min(votes, key=lambda other: (-votes[other], other))


def _things(iris: list[str], state: State) -> tuple[Thing, ...]:
    return tuple(sorted(state.thing(iri) for iri in iris))
