"""Of a graph that is too large for one page, the part to draw: the busiest entities, and no more links than can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rdflib import Dataset

from ecograph.ontology import Ontology
from ecograph.views.projection import Part, rows

LIMIT = 5_000  # entities on the page: the layout of more takes too long in a build
LINKS = 15_000  # edges between them, for graphs of more than MANY statements
MANY = 20_000


@dataclass(frozen=True, slots=True)
class Busiest:
    """What to draw, and of the whole graph: how many links each drawn entity has, and how many of everything there are.

    `connected` counts the entities that have a statement.
    """

    part: Part
    degrees: Mapping[str, int]
    entities: int
    connected: int
    statements: int
    replies: int


def busiest(dataset: Dataset, ontology: Ontology) -> Busiest | None:
    """The part to draw, or None of a graph that can be drawn whole. Reads each statement's ends in the store, and no words."""
    [counts] = rows(dataset, "counts")
    if int(counts["statements"]) <= MANY:
        return None
    degrees = {row["end"]: int(row["degree"]) for row in rows(dataset, "degrees")}
    ranked = sorted(degrees, key=lambda iri: (-degrees[iri], iri))[:LIMIT]
    rank = {iri: n for n, iri in enumerate(ranked)}
    links: dict[tuple[str, str, str], list[str]] = {}
    for row in rows(dataset, "links", "subject", ranked):
        subject, predicate, obj = row["subject"], row["predicate"], row["object"]
        if obj in rank and subject != obj:
            ends = sorted((subject, obj)) if _symmetric(ontology, predicate) else [subject, obj]
            links.setdefault((ends[0], predicate, ends[1]), []).append(row["statement"])
    order = sorted(links, key=lambda link: (max(rank[link[0]], rank[link[2]]), link))
    last = max(rank[order[LINKS][0]], rank[order[LINKS][2]]) if len(order) > LINKS else len(ranked)
    drawn = frozenset(ranked[:last])
    statements = frozenset(s for (one, _, other), held in links.items() if one in drawn and other in drawn for s in held)
    return Busiest(
        Part(drawn, statements),
        {iri: degrees[iri] for iri in drawn},
        int(counts["entities"]),
        len(degrees),
        int(counts["statements"]),
        int(counts["replies"]),
    )


def _symmetric(ontology: Ontology, predicate: str) -> bool:
    name = predicate.rsplit("#", 1)[-1]
    return name in ontology.predicates and ontology.predicate(name).symmetric
