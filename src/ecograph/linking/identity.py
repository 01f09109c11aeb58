"""Which names of one document name the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ecograph.model import Document, Mention
from ecograph.ontology import Ontology


class Identity:
    """Short forms within one document: declared, quoted core, a firm's short name, the tail of a title."""

    def __init__(self, ontology: Ontology) -> None:
        links = ontology.records("links")
        self._aliases = [(re.compile(r["pattern"]), r.get("classes")) for r in ontology.records("aliases")]
        self._cores = [(re.compile(r["pattern"]), r["classes"]) for r in links if r["kind"] == "core"]
        self._tails = [(re.compile(r["pattern"]), r["classes"]) for r in links if r["kind"] == "tail"]
        self._titled = ontology.with_role("titled")
        self._group = {c.name: c.group for c in ontology.classes.values()}

    def merge(self, document: Document, mentions: Sequence[Mention], names: Mapping[Mention, str]) -> dict[Mention, str]:
        """The names with each short form replaced by the name that it stands for."""
        same: dict[tuple[str, str], tuple[str, str]] = {}
        self._declared(document, mentions, names, same)
        self._cored(document, mentions, names, same)
        self._shortened(mentions, names, same)
        merged = {m: _root(same, (self._group[m.cls], names[m]))[1] for m in mentions}
        return self._titles(mentions, merged)

    def _declared(self, document: Document, mentions: Sequence[Mention], names: Mapping[Mention, str], same: dict[tuple[str, str], tuple[str, str]]) -> None:
        by_start = {m.start: m for m in mentions}
        for mention in mentions:
            for pattern, classes in self._aliases:
                match = pattern.match(document.text, mention.end) if classes is None or mention.cls in classes else None
                alias = by_start.get(match.start("name")) if match else None
                if alias and self._group[alias.cls] == self._group[mention.cls]:
                    group = self._group[mention.cls]
                    short, full = sorted((names[alias], names[mention]), key=lambda name: (len(name), name))
                    _join(same, (group, short), (group, full))

    def _cored(self, document: Document, mentions: Sequence[Mention], names: Mapping[Mention, str], same: dict[tuple[str, str], tuple[str, str]]) -> None:
        """“宁知聚”, “宁知聚”平台 and “宁知聚”长宁数字知产平台: the quoted core is shared, the longest name stays."""
        cores: dict[tuple[str, str], list[Mention]] = {}
        for mention in mentions:
            surface = document.text[mention.start : mention.end]
            for pattern, classes in self._cores:
                match = pattern.match(surface)
                if mention.cls in classes and match:
                    cores.setdefault((mention.cls, match.group("core")), []).append(mention)
        for (cls, core), named in cores.items():
            full = max((names[m] for m in named), key=lambda name: (len(name), name))
            if any(names[m] == core for m in named) or len({names[m] for m in named}) == 1:
                _join(same, (self._group[cls], core), (self._group[cls], full))

    def _shortened(self, mentions: Sequence[Mention], names: Mapping[Mention, str], same: dict[tuple[str, str], tuple[str, str]]) -> None:
        for pattern, classes in self._tails:
            fulls = {names[m]: m for m in mentions if m.cls in classes}
            for full, mention in sorted(fulls.items()):
                stem = pattern.sub("", full)
                if stem != full and stem in fulls and len(stem) >= 2:
                    group = self._group[mention.cls]
                    _join(same, (group, stem), (group, full))

    def _titles(self, mentions: Sequence[Mention], names: dict[Mention, str]) -> dict[Mention, str]:
        """《办法》 is the last title before it that ends so."""
        earlier: list[str] = []
        for mention in sorted(mentions, key=lambda m: m.start):
            if mention.cls != self._titled:
                continue
            name = names[mention]
            full = next((t for t in reversed(earlier) if t != name and t.endswith(name)), None)
            if full and len(name) <= 6:
                names[mention] = full
            else:
                earlier.append(name)
        return names


def _root(same: Mapping[tuple[str, str], tuple[str, str]], key: tuple[str, str]) -> tuple[str, str]:
    while key in same:
        key = same[key]
    return key


def _join(same: dict[tuple[str, str], tuple[str, str]], short: tuple[str, str], full: tuple[str, str]) -> None:
    short, full = _root(same, short), _root(same, full)
    if short != full:
        same[short] = full
