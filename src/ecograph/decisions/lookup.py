"""What a person points at when deciding, found in the built graph: things by name, statements by id, open candidates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import resources
from urllib.parse import unquote

from rdflib import Dataset, Literal, URIRef, Variable
from rdflib.term import Identifier

from ecograph.errors import UsageError
from ecograph.iris import BASE
from ecograph.judgement import Claim, Thing
from ecograph.ontology import NS, Ontology

SCHEMES = ("http://", "https://", "urn:")
OF_CLASS = re.compile(r"(?P<name>.+)\[(?P<cls>\w+)\]")
REPLY, REPLY_GRAPH = f"{BASE}reply/", f"{BASE}graph/reply/"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Context:
    """Words of a reply: its document id and the quote."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one: why, how surely, the words that say so, and what is said of each."""

    one: Thing
    other: Thing
    reason: str
    confidence: float
    rank: int
    words: tuple[Context, ...]
    contexts: tuple[tuple[Context, ...], tuple[Context, ...]]


class Lookup:
    """The built graph, asked for what a person named. UsageError where that is nothing, or not one thing."""

    def __init__(self, dataset: Dataset, ontology: Ontology) -> None:
        self._dataset = dataset
        self._ontology = ontology

    def thing(self, word: str, document: str | None = None, *, apart: bool = False) -> Thing:
        """The thing with this IRI, or the one thing of this label or else other name; in `document` if one is given.

        NAME[Class] is the one of that name and class, where several bear the name.

        In the graph as a whole things that are one have one IRI; with `apart` it is rather the one that replies give it.
        """
        rows = self._named(word)
        whole = [r for r in rows if "graph" not in r]
        replies = [r for r in rows if _document(r.get("graph")) is not None]
        if document is not None:
            return self._one(word, [[r for r in replies if _document(r["graph"]) == document]], document)
        thing = self._one(word, [replies, whole] if apart else [whole, replies], None)
        return self._used(thing) if apart and thing.iri not in {r["entity"] for r in replies} else thing

    def _used(self, thing: Thing) -> Thing:
        """A thing as the replies have it, where its IRI was made to tell one reply's use of a common word from others'."""
        rows = list(self._rows("identities", {"entity": URIRef(thing.iri)}))
        documents = {row["reply"] for row in rows}
        if not rows:
            return thing
        document = _document(rows[0]["reply"], REPLY) if len(documents) == 1 else None
        return Thing(rows[0]["variant"], document, thing.label, thing.cls)

    def _named(self, word: str) -> list[Row]:
        """What has this IRI or name; its names that are labels leave out those that are not."""
        if word.startswith(SCHEMES):
            return [{**row, "entity": word} for row in self._rows("things", {"entity": URIRef(word)})]
        match = OF_CLASS.fullmatch(word)
        name, cls = (match["name"], match["cls"]) if match else (word, "")
        rows = list(self._rows("names", {"name": Literal(name, lang="zh")}))
        if cls:
            rows = [row for row in rows if row["class"] == NS + cls]
        return [row for row in rows if row["label"] == name] or rows

    def _one(self, word: str, choices: list[list[Row]], document: str | None) -> Thing:
        """The thing of the first rows that are about one only."""
        where = f"the reply {document}" if document else "the graph"
        found = [sorted({row["entity"] for row in rows}) for rows in choices]
        for iris, rows in zip(found, choices, strict=True):
            if len(iris) == 1:
                best = min(rows, key=lambda row: (row["label"], row["class"]))
                return Thing(iris[0], document, best["label"], best["class"].removeprefix(NS))
        several = next((iris for iris in found if iris), None)
        if several is None:
            raise UsageError(f"{word}: nothing in {where} is called so; give the exact name, or the IRI")
        raise UsageError(f"{word}: {where} has {len(several)} things called so; give NAME[Class] or the IRI: {', '.join(several)}")

    def claim(self, word: str) -> Claim:
        """The statement of this id or IRI, as its reply says it."""
        id_ = word.rsplit("/", 1)[-1]
        statement = URIRef(f"{BASE}statement/{id_}")
        rows = list(self._rows("claims", {"statement": statement}))
        if not rows:
            raise UsageError(f"{word}: no such statement in the graph; the ids are what `ecograph extract` prints as id")
        row = rows[0]
        document = _document(row["reply"], REPLY) or ""
        subject, obj = (self.end(row[end], document) for end in ("subject", "object"))
        predicate, status = row["predicate"].removeprefix(NS), row["status"].rsplit("/", 1)[-1]
        return Claim(subject, predicate, obj, document, row["quote"], status, row.get("time"), row.get("amount"), id_)

    def reply(self, document: str) -> str:
        """The document id, if the graph has a reply of it."""
        known = sorted(_document(row["reply"], REPLY) or "" for row in self._rows("replies", {}))
        if document not in known:
            near = get_close_matches(document, known, 3) or known[:3]
            raise UsageError(f"{document}: the graph has no such reply; there are {len(known)}, such as {', '.join(near)}")
        return document

    def end(self, word: str, document: str) -> Thing:
        """A thing that a statement of this reply is about: as the reply has it, else as the graph has it."""
        try:
            thing = self.thing(word, document)
        except UsageError:
            thing = self.thing(word)
        return Thing(thing.iri, None, thing.label, thing.cls)

    def candidates(self) -> list[Candidate]:
        """The open candidates, the most valuable first."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows("candidates", {}):
            rows[row["candidate"]].append(row)
        found = (self._candidate(held) for _, held in sorted(rows.items()))
        return sorted(found, key=lambda c: (c.rank, -c.confidence, c.one.iri, c.other.iri))

    def _candidate(self, rows: list[Row]) -> Candidate:
        first = rows[0]
        one, other = (self._called(first[side], _document(first.get(f"{side}In"), REPLY)) for side in ("one", "other"))
        words = {Context(_document(r["reply"], REPLY) or "", r["quote"]) for r in rows if "quote" in r}
        contexts = (tuple(self._contexts(one)), tuple(self._contexts(other)))
        confidence, rank = float(first.get("confidence", 0)), int(first.get("rank", 0))
        return Candidate(one, other, first.get("reason", ""), confidence, rank, tuple(sorted(words)), contexts)

    def _contexts(self, thing: Thing) -> list[Context]:
        rows = self._rows("contexts", {"entity": URIRef(thing.iri)})
        found = {Context(_document(row["reply"], REPLY) or "", row["quote"]) for row in rows}
        meant = [c for c in found if thing.document in (None, c.document)]
        return sorted(c for c in meant if not any(c.quote in o.quote and c != o and c.document == o.document for o in meant))

    def _called(self, iri: str, document: str | None) -> Thing:
        """A thing that must not fail to be shown, even if the graph has no label for it."""
        try:
            return self.thing(iri, document, apart=True)
        except UsageError:
            return Thing(iri, document)

    def _rows(self, name: str, bound: Mapping[str, Identifier]) -> Iterator[Row]:
        text = (resources.files("ecograph.decisions") / f"{name}.rq").read_text(encoding="utf-8")
        for binding in self._dataset.query(text, initBindings=dict(bound)).bindings:
            values: Mapping[Variable, Identifier | None] = binding  # oxrdflib's hold None where rdflib's leave out
            yield {str(variable): str(value) for variable, value in values.items() if value is not None}


def predicate_named(word: str, ontology: Ontology) -> str:
    """The predicate of this name or label, in Chinese or English. UsageError when there is none."""
    return _declared(word, {p.name: p.label for p in ontology.predicates.values()}, "predicate")


def class_named(word: str, ontology: Ontology) -> str:
    """The class of this name or label, in Chinese or English. UsageError when there is none."""
    return _declared(word, {c.name: c.label for c in ontology.classes.values()}, "class")


def concept_named(word: str, ontology: Ontology) -> str:
    """The IRI of the industry of this label or IRI. UsageError when there is none."""
    for concept in ontology.scheme("industries"):
        if word == concept.iri or word in concept.labels:
            return concept.iri
    raise UsageError(f"{word}: no industry of the scheme is called so; see ontology/schemes/industries.ttl")


def _declared(word: str, known: Mapping[str, Mapping[str, str]], kind: str) -> str:
    for name, labels in known.items():
        if word == name or word in labels.values():
            return name
    names = ", ".join(f"{name} ({labels['zh']})" for name, labels in sorted(known.items()))
    raise UsageError(f"{word}: no such {kind}; known: {names}")


def _document(iri: str | None, base: str = REPLY_GRAPH) -> str | None:
    """The document's id in the IRI of a reply or of its graph; None for none."""
    return unquote(iri.removeprefix(base)) if iri and iri.startswith(base) else None
