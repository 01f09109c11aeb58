"""The dataset as the entities and statements that a view shows.

Everything comes from the SPARQL queries beside the page (`page/*.rq`), from statement nodes and not from
plain triples: a planned or denied statement has no plain triple. All orders are by IRI or place, so that
equal datasets give equal projections.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from rdflib import Dataset, Variable
from rdflib.term import Identifier

from ecograph.model import Entity, Evidence, Statement
from ecograph.ontology import Ontology

Row = Mapping[str, str]  # variable: value; variables without a value are left out
Named = tuple[int, int, str]  # start, end, IRI of the entity named there


@dataclass(frozen=True, slots=True)
class Reply:
    """What a view says of a reply: `name` is its file's, the other fields are empty when the text has none."""

    iri: str
    name: str
    title: str = ""
    number: str = ""
    session: str = ""
    date: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Projection:
    """Entities by IRI, statements in the order of their IRIs, and what stands around the evidence.

    `mentions` are sorted by place, by the reply's IRI. `sections` gives the heading over a passage by
    (reply's IRI, start, end).
    """

    entities: Mapping[str, Entity]
    statements: tuple[Statement, ...]
    replies: Mapping[str, Reply]
    mentions: Mapping[str, tuple[Named, ...]]
    sections: Mapping[tuple[str, int, int], str]


@dataclass(frozen=True, slots=True)
class Part:
    """What of a large graph is to be read: IRIs of entities, and of statements between them."""

    entities: frozenset[str]
    statements: frozenset[str]


def load_projection(dataset: Dataset, ontology: Ontology, part: Part | None = None) -> Projection:
    """Read all that views show, or a part of it, then without mentions.

    A statement whose ends or evidence are missing is left to `ecograph check`.
    """
    entities = _entities(dataset, ontology, part)
    evidence, sections = _evidence(dataset, part)
    statements = tuple(_statements(dataset, ontology, entities, evidence, part))
    return Projection(entities, statements, _replies(dataset, evidence), {} if part else _mentions(dataset), sections)


def asset(name: str) -> str:
    """The text of a file in `page/`."""
    return (resources.files("ecograph.views") / "page" / name).read_text(encoding="utf-8")


def rows(dataset: Dataset, name: str, variable: str = "", iris: Collection[str] | None = None) -> Iterator[Row]:
    """The answers to the query in `page/`, of all or of those with one of these IRIs for the variable."""
    text = asset(f"{name}.rq")
    if iris is not None:
        # LATERAL: without it Oxigraph goes through all of the graph for each OPTIONAL.
        head, body = text.split("WHERE {", 1)
        body, tail = body.rsplit("}", 1)
        wanted = " ".join(f"<{iri}>" for iri in sorted(iris))
        text = f"{head}WHERE {{ VALUES ?{variable} {{ {wanted} }} LATERAL {{ {body} }} }}{tail}"
    result = dataset.query(text)
    for binding in result.bindings:
        values: Mapping[Variable, Identifier | None] = binding  # oxrdflib's hold None where rdflib's leave out
        yield {str(variable): str(value) for variable, value in values.items() if value is not None}


def _entities(dataset: Dataset, ontology: Ontology, part: Part | None) -> dict[str, Entity]:
    classes = {ontology.iri(name): name for name in ontology.classes}
    labels: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, set[str]] = defaultdict(set)
    only = part.entities if part else None
    for row in rows(dataset, "entities", "entity", only):
        if row["class"] in classes:
            labels[row["entity"]].add(row["label"])
            found[row["entity"]].add(classes[row["class"]])
    for row in rows(dataset, "aliases", "entity", only):
        aliases[row["entity"]].add(row["alias"])
    entities = {}
    for iri in sorted(labels):
        # Replies may differ: the label that made the IRI stands first, the class that says most.
        label = min(labels[iri], key=lambda text: (not iri.endswith(f"/{text}"), text))
        cls = min(found[iri], key=lambda name: (-len(ontology.cls(name).ancestors), name))
        entities[iri] = Entity(iri, label, cls, tuple(sorted((labels[iri] | aliases[iri]) - {label})))
    return entities


def _evidence(dataset: Dataset, part: Part | None) -> tuple[dict[str, list[tuple[str, Evidence]]], dict[tuple[str, int, int], str]]:
    """Per statement its passages as (reply, evidence) in the order of their places, and the sections of all."""
    evidence: dict[str, set[tuple[str, Evidence]]] = defaultdict(set)
    sections: dict[tuple[str, int, int], str] = {}
    for row in rows(dataset, "evidence", "statement", part.statements if part else None):
        start, end = int(row["start"]), int(row["end"])
        if 0 <= start < end and row["quote"]:
            evidence[row["statement"]].add((row["reply"], Evidence(start, end, row["quote"])))
            place = (row["reply"], start, end)
            sections[place] = min(filter(None, (row.get("section"), sections.get(place))), default="")
    return {statement: sorted(found) for statement, found in evidence.items()}, sections


def _statements(
    dataset: Dataset,
    ontology: Ontology,
    entities: Mapping[str, Entity],
    evidence: Mapping[str, list[tuple[str, Evidence]]],
    part: Part | None,
) -> Iterator[Statement]:
    predicates = {ontology.iri(name): name for name in ontology.predicates}
    found = {row["statement"]: row for row in rows(dataset, "statements", "statement", part.statements if part else None)}
    for iri, row in sorted(found.items()):
        known = row["subject"] in entities and row["object"] in entities and row["predicate"] in predicates
        if not known or iri not in evidence:
            continue
        reply = evidence[iri][0][0]
        yield Statement(
            row["subject"],
            predicates[row["predicate"]],
            row["object"],
            tuple(words for document, words in evidence[iri] if document == reply),
            reply,
            row["status"].rsplit("/", 1)[-1],
            row.get("rule", ""),
            float(row.get("confidence", 1)),
            row.get("time"),
            row.get("amount"),
        )


def _replies(dataset: Dataset, evidence: Mapping[str, list[tuple[str, Evidence]]]) -> dict[str, Reply]:
    found = {reply: Reply(reply, _last(reply)) for passages in evidence.values() for reply, _ in passages}
    for row in sorted(rows(dataset, "replies"), key=lambda row: sorted(row.items()), reverse=True):
        iri = row["reply"]
        fields = (row.get(name, "") for name in ("title", "number", "session", "date", "district"))
        found[iri] = Reply(iri, row.get("file") or _last(iri), *fields)
    return dict(sorted(found.items()))


def _last(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _mentions(dataset: Dataset) -> dict[str, tuple[Named, ...]]:
    found: dict[str, set[Named]] = defaultdict(set)
    for row in rows(dataset, "mentions"):
        found[row["reply"]].add((int(row["start"]), int(row["end"]), row["entity"]))
    return {reply: tuple(sorted(places)) for reply, places in sorted(found.items())}
