"""What never is one thing, whatever is said: a body and its part, a legal body and a place or a work."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ecograph.identity.proposals import Rules
from ecograph.identity.things import Key, Thing


class Parts:
    """The kinds part-of-body and nature."""

    def __init__(self, rules: Rules) -> None:
        record = rules.one("part-of-body")
        self._classes = frozenset(record["classes"])
        self._whole = re.compile(record["whole"])
        self._part = re.compile(record["pattern"])
        self._natures = [(frozenset(r["classes"]), r.get("official", False), r["nature"]) for r in rules.all("nature")]

    def find(self, things: Mapping[Key, Thing]) -> Iterator[tuple[Key, Key]]:
        """Pairs (each sorted) of a body and a part of it that bears its name: 四川大学, 四川大学华西医院."""
        bodies = [t for t in things.values() if t.cls in self._classes]
        wholes: dict[str, list[Thing]] = {}
        for thing in bodies:
            if self._whole.search(thing.form.plain):
                wholes.setdefault(thing.form.plain, []).append(thing)
        for part in bodies:
            plain = part.form.plain
            for length in range(3, len(plain) - 1):
                for whole in wholes.get(plain[:length], ()) if self._part.match(plain[length:]) else ():
                    yield (whole.key, part.key) if whole.key < part.key else (part.key, whole.key)

    def nature(self, thing: Thing) -> str | None:
        """A legal body by its full name, or a place or a work; None for what may be either."""
        found = (nature for classes, official, nature in self._natures if thing.cls in classes and (thing.form.official or not official))
        return next(found, None)
