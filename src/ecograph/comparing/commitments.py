"""Promises that were made between the two sides, and promises of which the new side knows something else than the old one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ecograph.changes import CommitmentChange, Promised, Thing, Words
from ecograph.comparing.aligning import Alignment
from ecograph.comparing.state import Answers, State, local
from ecograph.ontology import Ontology

# A promise, whatever its IRI: its words, the verb, the target, and the new side's IRIs of what it is about.
Key = tuple[Words, str, str, tuple[str, ...]]


@dataclass(slots=True)
class _Promise:
    """A promise on one side: who made it, and what the replies of this side tell of it, by their words."""

    actor: str
    action: str
    target: str
    words: Words
    status: str = ""  # of what was not promised but said to be so
    objects: set[str] = field(default_factory=set)
    told: dict[Words, str] = field(default_factory=dict)

    @property
    def state(self) -> Promised:
        """What the latest reply tells; "" when none tells anything of a promise."""
        if not self.told:
            return Promised(self.status, ())
        last = max(self.told, key=lambda w: (w.date, w.reply, w.quote))
        return Promised(self.told[last], tuple(sorted(w for w, state in self.told.items() if state == self.told[last])))


def commitment_changes(
    answers: tuple[Answers, Answers], states: tuple[State, State], alignment: Alignment, ontology: Ontology
) -> tuple[tuple[CommitmentChange, ...], tuple[CommitmentChange, ...]]:
    """The promises whose state moved, and those newly made of which nothing is told yet.

    A promise of which later replies are silent is in the state of one that no later reply could speak of: there is no
    word of it. What was done and then undone is told like a promise.
    """
    old, new = (_promises(asked, state, alignment, ontology) for asked, state in zip(answers, states, strict=True))
    moved, made = [], []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        if before is None and after and after.status and _knows(states[0], after.words):
            before = replace(after, told={})
        change = _change(key, before, after, states)
        if before is None and after is not None and not after.told:
            made.append(change)
        elif (before and before.state.state) != (after and after.state.state):
            moved.append(change)
    return tuple(moved), tuple(made)


def _knows(state: State, words: Words) -> bool:
    """Whether the reply with these words belongs to that side."""
    return any((reply.date, reply.name) == (words.date, words.reply) for reply in state.replies.values())


def _change(key: Key, before: _Promise | None, after: _Promise | None, states: tuple[State, State]) -> CommitmentChange:
    promise = after or before
    if promise is None:
        raise ValueError("a promise of neither side")
    old, new = states

    def thing(iri: str) -> Thing:
        return new.thing(iri) if iri in new.things else old.thing(iri)

    things = tuple(thing(iri) for iri in key[3])
    told = (before.state if before else None, after.state if after else None)
    return CommitmentChange(thing(promise.actor), promise.action, things, promise.target, (promise.words,), *told)


def _promises(answers: Answers, state: State, alignment: Alignment, ontology: Ontology) -> Mapping[Key, _Promise]:
    found: dict[str, _Promise] = {}
    for row in answers.rows("commitments"):
        if words := state.words(row["passage"]):
            made = _Promise(row["actor"], row.get("action", ""), row.get("target", ""), words)
            promise = found.setdefault(row["commitment"], made)
            if "thing" in row:
                promise.objects.add(row["thing"])
    labels = {ontology.iri(name): predicate.label["zh"] for name, predicate in ontology.predicates.items()}
    for row in sorted(answers.rows("outcomes"), key=lambda row: sorted(row.items())):
        words, said = state.words(row["passage"]), state.words(row.get("words", ""))
        if words and said and row["commitment"] not in found:
            label = labels.get(row.get("predicate", ""), "")
            found[row["commitment"]] = _Promise(row["subject"], label, "", said, local(row["status"]), {row["object"]})
        if words and row["commitment"] in found:
            found[row["commitment"]].told[words] = local(row["state"])
    keyed: dict[Key, _Promise] = {}
    for _, promise in sorted(found.items()):
        things = tuple(sorted(map(alignment.of, promise.objects)))
        keyed.setdefault((promise.words, promise.action, promise.target, things), promise).told.update(promise.told)
    return keyed
