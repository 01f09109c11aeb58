"""Linking: Mentions become Entities; short forms, aliases and words that stand for a thing are resolved.

Records of patterns/links.jsonl, each with `id` and `kind`:

`local`      a word at the beginning of a name (`pattern`) that means the reply's own division of that kind.
`table`      data/names/TABLE.tsv gives the canonical name (`names`) of other forms (columns `others`), but for those that are
             common words (`unless`); a part of a body may begin with one too (`begins`: 西工大云溪研究院).
`reference`  words that stand for an entity: the reply's `jurisdiction` (`word` tells which of those that it lies in) or
             `issuer`, the `last` one named before of `classes`, or of these the last with that `head` in its name.
`core`       the group `core` of a quoted name is its short form (“宁知聚”平台).
`ending`     a name of these `classes` that ends another one's name stands for it (专利超市, 长宁区专利超市).
`abbreviation`  short names of `least` to `most` characters made of another one's (投洽会).
`spelling`   names that differ by a word left out, at most `most` characters, stand for one another.
`rename`     `pattern` to `to`, for names that shorten in their own way (黄石市委).
`former`     a word before a name that says that it is no longer in use (原区科技局).
`written`    `pattern` to `to` before anything else: two ways to write one name (中共云溪区区委, 云溪区委).
`own`        words by which a text without a header calls its own jurisdiction (我县; a `nation` where there is no issuer).
`zone`       the end of the name of a development zone that governs itself, and what it calls itself at home (`own`);
             `zone-district` one that governs with a district.
`office`     how a department's ending is written out, where the result is known (投资促进办).
`part`       how a name ends, or its rest, that names a part of the body that it begins with or stands behind (`whole`).
`years`      what a short title leaves out at the end of the full one; `revised` such an end that makes another edition of it, and the
             words before a short title that mean the `earlier` one.
`tail`       a firm's name that ends so may be shortened to its beginning, a place of `place` characters left out.
Short forms declared behind a mention are in patterns/aliases.jsonl.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ecograph.iris import entity_iri
from ecograph.linking.identity import Identity
from ecograph.linking.names import Names, clean
from ecograph.linking.places import Division
from ecograph.linking.references import References
from ecograph.model import Document, Entity, Linked, Mention
from ecograph.ontology import Ontology

__all__ = ["Linker"]

OFTEN = 5  # how many times the place is named that a text without header is taken to be about
OfMention = dict[Mention, str]  # a name (or an IRI) for each mention


class Linker:
    """Links mentions. Loaded once, used for many documents."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._names = Names(ontology)
        self._identity = Identity(ontology, self._names.divisions)
        self._references = References(ontology)
        owns = [r for r in ontology.records("links") if r["kind"] == "own"]
        self._owns = [(re.compile(r["pattern"]), bool(r.get("nation"))) for r in owns]
        self._place = ontology.with_role("jurisdiction")
        self._authority = ontology.with_role("authority")
        self._field = ontology.with_role("field")
        self._concepts = {label: c.iri for c in ontology.scheme("industries") for label in c.labels}
        self._labels = {c.iri: c.label for c in ontology.scheme("industries")}

    def link(self, document: Document, mentions: Sequence[Mention]) -> Linked:
        """One entity for each thing that the mentions name, those of header and references included."""
        home, jurisdiction = self._home(document, mentions)
        own_names = {m: self._name(document, m, home) for m in mentions}
        names = self._identity.merge(document, mentions, own_names)
        iris = {m: self._iri(m.cls, names[m]) for m in mentions}
        entities = self._entities(document, mentions, names, own_names, iris)
        own = self._extra(entities, self._place, jurisdiction)
        header = document.header.issuer
        issuer = self._extra(entities, self._authority, self._names.other(header.value, home) if header else None)
        references = self._references.find(document, mentions, iris, self._own_words(home, own, entities), issuer)
        return Linked(tuple(entities[iri] for iri in sorted(entities)), iris, references, own, issuer)

    def _home(self, document: Document, mentions: Sequence[Mention]) -> tuple[list[Division], str | None]:
        """The reply's divisions, innermost first, and its jurisdiction's canonical name."""
        field = document.header.jurisdiction
        own = clean(field.value) if field else self._own(document, mentions)
        issuer = clean(document.header.issuer.value) if document.header.issuer else ""
        alone = self._names.zones.home(issuer) if own is None else []
        if alone or own is None:
            return alone, alone[0].name if alone else None
        paired = self._names.zones.paired(issuer, ())
        if paired:
            return self._names.divisions.above(paired[0]), self._names.divisions.unique(paired[0])
        zone = self._names.zones.home(own) or self._zone_of(issuer, own)
        if zone:
            return zone, zone[0].name
        chain, rest = self._names.divisions.split(own)
        home = self._names.divisions.above(chain[-1]) if chain else []
        return home, self._names.place(own, home) if rest or not chain else self._names.divisions.unique(chain[-1])

    def _own_words(self, home: Sequence[Division], own: str | None, entities: dict[str, Entity]) -> dict[str, str | None]:
        """What 区, 市, 省 behind 全 or 我 mean: the jurisdiction, or what it lies in, where the reply names that."""
        found: dict[str, str | None] = {"": own}
        label = entities[own].label if own else ""
        for division in home:
            iri = self._iri(self._place, self._names.divisions.unique(division))
            found.setdefault(division.name[-1], iri if iri in entities else None)
        return found | {label[-1:]: own}

    def _zone_of(self, issuer: str, own: str) -> list[Division]:
        """The zone whose office replies to a congress of the city around it."""
        zone = self._names.zones.home(issuer)
        return zone if any(own in (d.name, d.short) for d in zone[1:]) else []

    def _own(self, document: Document, mentions: Sequence[Mention]) -> str | None:
        """Where no header says it: the place named most often among those of the kind that 我县 or 全市 calls its own."""
        issued = document.header.issuer is not None
        words: Counter[str] = Counter()
        for pattern, nation in self._owns:
            if not words and not (nation and issued):
                words.update(m.group()[-1] for m in pattern.finditer(document.text))
        if not words:
            return None if issued else self._foremost(document, mentions)
        word = max(words, key=lambda w: (words[w], w))
        surfaces = [document.text[m.start : m.end] for m in mentions if m.cls == self._place]
        full = Counter(surface for surface in surfaces if surface.endswith(word))
        places = Counter(self._names.place(surface, []) for surface in surfaces)
        named = [(full[name], count, name) for name, count in places.items() if name.endswith(word)]
        return max(named)[2] if named else None

    def _foremost(self, document: Document, mentions: Sequence[Mention]) -> str | None:
        """The place that a text is about: named often, and twice as often as any other."""
        places = Counter(self._names.place(document.text[m.start : m.end], []) for m in mentions if m.cls == self._place)
        name = max(places, key=lambda place: (places[place], place), default="")
        same = [place for place in places if place.startswith(name) or name.startswith(place)]
        count, next_ = sum(places.pop(place) for place in same), max(places.values(), default=0)
        return name if count >= OFTEN and count >= 2 * next_ else None

    def _name(self, document: Document, mention: Mention, home: Sequence[Division]) -> str:
        surface = document.text[mention.start : mention.end]
        if mention.cls == self._place:
            return self._names.place(surface, home)
        if mention.cls == self._field:
            return clean(surface)
        return self._names.other(surface, home)

    def _iri(self, cls: str, name: str) -> str:
        if cls == self._field and name in self._concepts:
            return self._concepts[name]
        return entity_iri(self._ontology.cls(cls).group, name)

    def _entities(
        self, document: Document, mentions: Sequence[Mention], names: OfMention, own_names: OfMention, iris: OfMention
    ) -> dict[str, Entity]:
        found: dict[str, list[Mention]] = {}
        for mention in mentions:
            found.setdefault(iris[mention], []).append(mention)
        return {iri: self._entity(iri, document, named, names, own_names) for iri, named in found.items()}

    def _entity(self, iri: str, document: Document, mentions: list[Mention], names: OfMention, own_names: OfMention) -> Entity:
        first = max(mentions, key=lambda m: (m.confidence, -m.start))
        label = self._labels.get(iri) or names[first]
        surfaces = {clean(document.text[m.start : m.end]) for m in mentions} | {n[m] for n in (names, own_names) for m in mentions}
        if first.cls == self._place:
            surfaces.add(self._names.plain(label))
        return Entity(iri, label, first.cls, tuple(sorted(surfaces - {label})))

    def _extra(self, entities: dict[str, Entity], cls: str, name: str | None) -> str | None:
        """The IRI of an entity that the header gives; added if no mention names it."""
        if name is None:
            return None
        iri = entity_iri(self._ontology.cls(cls).group, name)
        short = self._names.plain(name)
        entities.setdefault(iri, Entity(iri, name, cls, (short,) if short != name else ()))
        return iri
