"""What of a projection goes on the page: entities, the busiest first, and the links between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ecograph.model import Entity, Statement
from ecograph.ontology import Ontology
from ecograph.views.busiest import LIMIT, Busiest
from ecograph.views.projection import Projection

Link = tuple[int, str, int]  # position of the subject, predicate's name, position of the object


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes on the page: its entities, the busiest first, and the statements of each edge between them.

    `connected` counts the entities of the whole graph that have a statement.
    """

    entities: tuple[Entity, ...]
    degrees: tuple[int, ...]
    links: Mapping[Link, tuple[Statement, ...]]
    counts: Mapping[Link, int]  # of each edge, statements that aren't here included
    connected: int

    @property
    def positions(self) -> dict[str, int]:
        """The position of each entity by its IRI."""
        return {entity.iri: n for n, entity in enumerate(self.entities)}


def select(projection: Projection, ontology: Ontology, cut: Busiest | None) -> Selection:
    """The LIMIT entities with the most links; both directions of a symmetric predicate are one link."""
    links: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for s in projection.statements:
        swap = ontology.predicate(s.predicate).symmetric and s.object < s.subject
        if s.subject != s.object:
            links[(s.object, s.predicate, s.subject) if swap else (s.subject, s.predicate, s.object)].append(s)
    degrees = Counter(cut.degrees if cut else (end for subject, _, obj in links for end in (subject, obj)))
    ranked = sorted(projection.entities, key=lambda iri: (-degrees[iri], iri))[:LIMIT]
    position = {iri: n for n, iri in enumerate(ranked)}
    kept = {(position[s], p, position[o]): held for (s, p, o), held in links.items() if s in position and o in position}
    return Selection(
        tuple(projection.entities[iri] for iri in ranked),
        tuple(degrees[iri] for iri in ranked),
        {link: tuple(kept[link]) for link in sorted(kept)},
        _counts(kept, position, cut),
        cut.connected if cut else len(degrees),
    )


def _counts(kept: Mapping[Link, Sequence[Statement]], position: Mapping[str, int], cut: Busiest | None) -> dict[Link, int]:
    counts = {link: len(held) for link, held in kept.items()}
    for (subject, predicate, obj), count in cut.counts.items() if cut else ():
        link = (position.get(subject, -1), predicate, position.get(obj, -1))
        if link in counts:
            counts[link] = max(count, counts[link])
    return counts
