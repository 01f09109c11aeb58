"""Of a graph that is too large for one page, the part to draw: the busiest entities, and no more links than can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Dataset

from ecograph.extraction import Joined
from ecograph.ontology import Ontology
from ecograph.views.projection import Part, rows

LIMIT = 5_000  # entities on the page: the layout of more takes too long in a build
LINKS = 15_000  # edges between them, for graphs of more than MANY statements
MANY = 20_000


@dataclass(frozen=True, slots=True)
class Busiest:
    """What to draw, and of the whole graph: how many links each drawn entity has, and how many of everything there are.

    `counts` gives of each drawn link (subject, predicate's name, object) the number of its statements, `connected` counts
    the entities that have a statement.
    """

    part: Part
    degrees: Mapping[str, int]
    counts: Mapping[tuple[str, str, str], int]
    entities: int
    connected: int
    statements: int
    replies: int


def busiest(dataset: Dataset, ontology: Ontology, most: int, links: Sequence[Joined] | None = None) -> Busiest | None:
    """The part to draw, with at most so many statements of one link, or None of a graph that can be drawn whole.

    Reads no words. `links` are the ends of all statements; without them they are read in the store.
    """
    [counts] = rows(dataset, "counts")
    if int(counts["statements"]) <= MANY:
        return None
    every = _links(_read(dataset) if links is None else links, ontology)
    degrees = Counter(end for one, _, other in every for end in (one, other))
    ranked = sorted(degrees, key=lambda iri: (-degrees[iri], iri))[:LIMIT]
    rank = {iri: n for n, iri in enumerate(ranked)}
    order = sorted(
        (link for link in every if link[0] in rank and link[2] in rank), key=lambda link: (max(rank[link[0]], rank[link[2]]), link)
    )
    last = max(rank[order[LINKS][0]], rank[order[LINKS][2]]) if len(order) > LINKS else len(ranked)
    drawn = frozenset(ranked[:last])
    held = {link: every[link] for link in order if link[0] in drawn and link[2] in drawn}
    return Busiest(
        Part(drawn, frozenset(s for statements in held.values() for s in sorted(statements)[:most])),
        {iri: degrees[iri] for iri in drawn},
        {(one, predicate.rsplit("#", 1)[-1], other): len(statements) for (one, predicate, other), statements in held.items()},
        int(counts["entities"]),
        len(degrees),
        int(counts["statements"]),
        int(counts["replies"]),
    )


def _read(dataset: Dataset) -> Iterator[Joined]:
    return ((row["statement"], row["subject"], row["predicate"], row["object"]) for row in rows(dataset, "links"))


def _links(statements: Iterable[Joined], ontology: Ontology) -> dict[tuple[str, str, str], set[str]]:
    """The statements of each link: different ones of one claim are one link, and so are both directions of a symmetric one."""
    symmetric = {ontology.iri(name) for name, predicate in ontology.predicates.items() if predicate.symmetric}
    found: dict[tuple[str, str, str], set[str]] = {}
    for statement, subject, predicate, obj in statements:
        if subject != obj:
            turned = predicate in symmetric and obj < subject
            link = (obj, predicate, subject) if turned else (subject, predicate, obj)
            found.setdefault(link, set()).add(statement)
    return found
