"""The units that identity joins: all uses of one IRI that can't but mean the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ecograph.across import Node
from ecograph.extraction import Extraction, Roll
from ecograph.identity.names import Form, Names, clean
from ecograph.identity.territory import Home, Territory
from ecograph.identity.witnesses import Clauses
from ecograph.model import Entity, Mention
from ecograph.ontology import Ontology

# An IRI and how far it reaches: "" everywhere, a jurisdiction's IRI, or a document's id.
Key = tuple[str, str]
EVERYWHERE, JURISDICTION, REPLY = "everywhere", "jurisdiction", "reply"


@dataclass(slots=True)
class Thing:
    """One IRI with the nodes that mean the same by it. `reach` is everywhere, jurisdiction or reply.

    `homes` are the jurisdictions' labels of its replies ("" where none is known), `aliases` its other names with the first
    node that bears each, `cls` the class that most nodes have. `literal` tells whether a reply writes the name out.
    """

    key: Key
    iri: str
    group: str
    reach: str
    form: Form
    nodes: list[Node] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    homes: set[str] = field(default_factory=set)
    aliases: dict[str, Node] = field(default_factory=dict)
    mentions: int = 0
    cls: str = ""
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Collected:
    """Every thing by key, each node's thing, the replies' jurisdictions, dates ("" where none is known) and words."""

    things: Mapping[Key, Thing]
    thing_of: Mapping[Node, Thing]
    homes: Mapping[str, Home | None]
    dates: Mapping[str, str]
    clauses: Clauses


class Collector:
    """Puts the entities of many replies into things."""

    def __init__(self, ontology: Ontology, names: Names, territory: Territory) -> None:
        self._names = names
        self._territory = territory
        self._group = {c.name: c.group for c in ontology.classes.values()}
        self._known: dict[tuple[str, str, str], tuple[Form, str]] = {}
        self._skipped = frozenset(c for r in ontology.records("identity") if r["kind"] == "skip" for c in r["classes"])

    def collect(self, extractions: Sequence[Extraction | Roll], alone: frozenset[Node]) -> Collected:
        """The things of the extractions, which are sorted; nodes in `alone` are things of their own."""
        things: dict[Key, Thing] = {}
        thing_of: dict[Node, Thing] = {}
        homes: dict[str, Home | None] = {}
        clauses = Clauses(extractions)
        for extraction in extractions:
            id_ = extraction.document.id
            homes[id_] = home = self._home(extraction)
            named = clauses.named(extraction)
            for entity in extraction.linked.entities:
                mentions = named.get(entity.iri, ())
                if not mentions and entity.iri not in (extraction.linked.jurisdiction, extraction.linked.issuer):
                    continue
                thing = self._thing(things, extraction, entity, home, (id_, entity.iri) in alone)
                self._add(thing, extraction, entity, mentions, home)
                thing_of[id_, entity.iri] = thing
        for thing in things.values():
            thing.cls = max(thing.classes, key=lambda c: (thing.classes[c], c))
        return Collected(things, thing_of, homes, {e.document.id: _date(e) for e in extractions}, clauses)

    def _home(self, extraction: Extraction | Roll) -> Home | None:
        jurisdiction = extraction.linked.jurisdiction
        label = next((e.label for e in extraction.linked.entities if e.iri == jurisdiction), None)
        return self._territory.home(label) if label else None

    def _thing(self, things: dict[Key, Thing], extraction: Extraction | Roll, entity: Entity, home: Home | None, alone: bool) -> Thing:
        form, reach = self._formed(entity.label, entity.cls, home)
        if alone:
            scope = extraction.document.id
        else:
            scope = {EVERYWHERE: "", JURISDICTION: extraction.linked.jurisdiction or "", REPLY: extraction.document.id}[reach]
        key = (entity.iri, scope)
        if key not in things:
            things[key] = Thing(key, entity.iri, self._group[entity.cls], reach, form)
        return things[key]

    def _formed(self, label: str, cls: str, home: Home | None) -> tuple[Form, str]:
        """A name taken apart, and how far it reaches; the same names come again and again."""
        key = (label, cls, home.name if home else "")
        if key not in self._known:
            form = self._names.form(clean(label), cls, home)
            self._known[key] = form, EVERYWHERE if cls in self._skipped else self._reach(form, cls, home)
        return self._known[key]

    def _reach(self, form: Form, cls: str, home: Home | None) -> str:
        if self._names.generic(form.name, cls):
            return REPLY
        if self._names.local(form, cls):
            return JURISDICTION if home else REPLY
        return EVERYWHERE

    def _add(self, thing: Thing, extraction: Extraction | Roll, entity: Entity, mentions: Sequence[Mention], home: Home | None) -> None:
        node = (extraction.document.id, entity.iri)
        thing.nodes.append(node)
        thing.classes[entity.cls] += 1
        thing.labels[entity.label] += 1
        thing.homes.add(home.name if home else "")
        thing.mentions += len(mentions)
        thing.literal = thing.literal or not mentions or self._written_out(thing, extraction.document.text, mentions)
        for alias in entity.aliases:
            name = clean(alias)
            if name != thing.form.name:
                thing.aliases.setdefault(name, node)

    def _written_out(self, thing: Thing, text: str, mentions: Sequence[Mention]) -> bool:
        return any(clean(text[m.start : m.end]).endswith(thing.form.rest) for m in mentions)


def _date(extraction: Extraction | Roll) -> str:
    date = extraction.document.header.date
    return date.value if date else ""
