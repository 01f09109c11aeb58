"""Claims that are made on one side only, and claims whose status moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ecograph.changes import Claim, ClaimChange, Said, Thing
from ecograph.comparing.state import Key, Saying, State

Claims = Mapping[Key, Sequence[Saying]]


def claim_changes(
    old_claims: Claims, old: State, new: State
) -> tuple[tuple[ClaimChange, ...], tuple[ClaimChange, ...], tuple[ClaimChange, ...]]:
    """Moved, new and gone claims; `old_claims` have the new side's IRIs. What counts of a claim is what the latest reply says."""
    moved, said, unsaid = [], [], []
    for key in sorted(old_claims.keys() | new.claims.keys()):
        before, after = latest(old_claims.get(key, ())), latest(new.claims.get(key, ()))
        change = ClaimChange(claim(key, old, new), before, after)
        if before is None:
            said.append(change)
        elif after is None:
            unsaid.append(change)
        elif before.status != after.status:
            moved.append(change)
    return tuple(moved), tuple(said), tuple(unsaid)


def claim(key: Key, old: State, new: State) -> Claim:
    """The claim with its things as the new side calls them, or the old one where the new one has no such thing."""
    subject, predicate, obj = key
    return Claim(_thing(subject, old, new), predicate, _thing(obj, old, new))


def latest(said: Sequence[Saying]) -> Said | None:
    """What the latest reply says of a claim; where it says several things, the one with the surest status.

    Statuses are in the order of what they assert: what is done was planned before, so that done wins within one reply.
    """
    if not said:
        return None
    last = max(saying.reply for saying in said)
    theirs = [saying for saying in said if saying.reply == last]
    status = min((saying.status for saying in theirs), key=_assertion)
    chosen = [saying for saying in theirs if saying.status == status]
    return Said(
        status,
        tuple(sorted({saying.words for saying in chosen})),
        next((s.time for s in chosen if s.time), ""),
        next((s.amount for s in chosen if s.amount), ""),
    )


def _assertion(status: str) -> tuple[int, str]:
    order = ("denied", "done", "ongoing", "planned")
    return (order.index(status) if status in order else len(order), status)


def _thing(iri: str, old: State, new: State) -> Thing:
    return new.thing(iri) if iri in new.things else old.thing(iri)
