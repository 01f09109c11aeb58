"""What a set of things that are one is called: its IRI, its label, its class."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from urllib.parse import unquote

from ecograph.identity.things import EVERYWHERE, REPLY, Key, Thing
from ecograph.iris import entity_iri

HAN = re.compile(r"[\u4e00-\u9fff]")


def main_thing(cluster: Sequence[Thing], shorter: Collection[Key]) -> Thing:
    """The thing whose IRI the cluster bears: a full name rather than one of `shorter`, then what most replies say."""
    cls = main_class(cluster)
    group = next(t.group for t in cluster if cls in t.classes)

    def rank(thing: Thing) -> tuple[object, ...]:
        native = bool(HAN.search(thing.form.plain))
        own = (thing.group == group, thing.reach != REPLY, native, thing.key not in shorter, thing.reach == EVERYWHERE)
        return (*own, len(thing.nodes), thing.mentions, len(thing.form.name), thing.key)

    return max(cluster, key=rank)


def main_class(cluster: Sequence[Thing]) -> str:
    """The class that most replies give."""
    votes: Counter[str] = Counter()
    for thing in cluster:
        votes.update(thing.classes)
    return max(votes, key=lambda cls: (votes[cls], cls))


def label_of(thing: Thing) -> str:
    """The label that most replies give the thing; of its names in other scripts, one in Chinese if there is one."""
    label = max(thing.labels, key=lambda text: (thing.labels[text], text))
    if HAN.search(label):
        return label
    native = sorted(alias for alias in thing.aliases if HAN.search(alias))
    return native[0] if native else label


def allot(mains: Sequence[Thing]) -> dict[Key, str]:
    """An IRI for each cluster, given its main thing: the thing's own, or, where that isn't its alone, one with its scope behind it.

    A name that reaches everywhere, or is in the most replies, keeps the plain IRI; a common word never has it.
    """
    wanted: dict[str, list[Thing]] = {}
    for thing in mains:
        wanted.setdefault(thing.iri, []).append(thing)
    found: dict[Key, str] = {}
    for iri, things in wanted.items():
        open_ = [t for t in things if t.reach != REPLY]
        plain = max(open_, key=lambda t: (t.reach == EVERYWHERE, len(t.nodes), t.key), default=None)
        for thing in things:
            found[thing.key] = iri if thing is plain else scoped(thing)
    return found


def scoped(thing: Thing) -> str:
    """The thing's IRI with what tells it from others of that IRI: its jurisdiction, or its first reply."""
    homes, first = sorted(thing.homes - {""}), thing.nodes[0][0]
    alone = thing.reach == REPLY or not homes or thing.key[1] == first
    return entity_iri(thing.group, f"{unquote(thing.iri.rsplit('/', 1)[-1])}@{first if alone else homes[0]}")
