"""What the page's scripts know, as two JSON values: `lexicon` (words, classes, predicates) and `graph` (all else, in columns).

web/src/contract.ts types both; a column holds one value for each node, edge, statement, passage or reply, and
numbers refer to positions in other columns, so that nothing stands on the page twice.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ecograph.ontology import Ontology
from ecograph.views.measures import Measures
from ecograph.views.passages import Passages
from ecograph.views.projection import Projection
from ecograph.views.promises import Promise, Told
from ecograph.views.selection import Selection
from ecograph.views.texts import ROOM, Piece, Text, pieces_of

FORMAT = 1  # of the contract: a page and its scripts are one file, but other programs may read it
PER_EDGE = 12  # statements a page holds for one edge; the rest is counted
SHAPES = ("diamond", "square", "triangle", "hexagon", "triangleDown", "star")  # vis-network's, beside the dot
NODE = ("iri", "label", "cls", "aliases", "x", "y", "size", "degree", "betweenness", "community", "mentions")
EDGE = ("from", "to", "predicate", "total")


@dataclass(frozen=True, slots=True)
class Content:
    """All that a page is made from."""

    projection: Projection
    selection: Selection
    measures: Measures
    promises: Sequence[Promise]
    totals: Mapping[str, int]
    text: Text | None


def lexicon_of(ontology: Ontology, key: str) -> dict[str, Any]:
    """Words and colours of the ontology; `key` tells of which graph the measures on this page are."""
    shapes = _shapes(ontology)
    classes = [
        {"name": c.name, **_pairs(c.label, c.comment), "colour": c.colour, "shape": shapes[c.group]} for c in ontology.classes.values()
    ]
    return {
        "format": FORMAT,
        "measured": key,
        "words": {str(record["id"]): [record["zh"], record["en"]] for record in ontology.records("page")},
        "classes": classes,
        "predicates": [{"name": p.name, **_pairs(p.label, p.comment), "symmetric": p.symmetric} for p in ontology.predicates.values()],
        # A concept's name is its English label in these two schemes.
        "statuses": [
            {"name": s.name, "label": [s.label, s.name], "factual": ontology.statuses[s.name]} for s in ontology.scheme("statuses")
        ],
        "outcomes": [{"name": s.name, "label": [s.label, s.name]} for s in ontology.scheme("outcomes")],
    }


def graph_of(content: Content, ontology: Ontology) -> dict[str, Any]:
    """Nodes, edges, statements, passages, replies and commitments in columns."""
    passages = Passages(content.projection)
    statements = _statements(content.selection, passages, ontology)
    commitments = _commitments(content, passages, ontology)
    network = _network(content, passages, ontology)
    return {
        "nodes": {name: [node[name] for node in network.nodes] for name in NODE},
        "edges": {name: [edge[name] for edge in network.edges] for name in EDGE},
        "options": network.options,
        **statements,
        "commitments": commitments,
        "passages": _columns(("reply", "start", "end", "section"), passages.found),
        "sections": passages.sections,
        "replies": _replies(content, passages),
        "totals": dict(content.totals),
    }


def size_of(degree: int) -> int:
    """A node's radius on the page."""
    return min(34, 6 + round(3.2 * math.sqrt(degree)))


def _pairs(label: Mapping[str, str], comment: Mapping[str, str]) -> dict[str, list[str]]:
    return {"label": [label["zh"], label["en"]], "comment": [comment["zh"], comment["en"]]}


def _shapes(ontology: Ontology) -> dict[str, str]:
    """A shape for each kind of thing: the dot for the group with the most classes, the others in turn."""
    groups = Counter(cls.group for cls in ontology.classes.values())
    first, *others = sorted(groups, key=lambda group: (-groups[group], group))
    return {first: "dot"} | {group: SHAPES[n % len(SHAPES)] for n, group in enumerate(others)}


def _columns(names: Sequence[str], lines: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {name: [line[n] for line in lines] for n, name in enumerate(names)}


def _statements(selection: Selection, passages: Passages, ontology: Ontology) -> dict[str, Any]:
    status_at = {concept.name: n for n, concept in enumerate(ontology.scheme("statuses"))}
    told = [(edge, s) for edge, held in enumerate(selection.links.values()) for s in held[:PER_EDGE]]
    rules = sorted({s.rule for _, s in told})
    rule_at = {rule: n for n, rule in enumerate(rules)}
    lines = [
        (edge, status_at.get(s.status, -1), s.time or "", s.amount or "", rule_at[s.rule], s.confidence, passages.cite(s))
        for edge, s in told
    ]
    return {"statements": _columns(("edge", "status", "time", "amount", "rule", "confidence", "evidence"), lines), "rules": rules}


def _network(content: Content, passages: Passages, ontology: Ontology) -> Any:  # pyvis has no types
    """The Network of pyvis with every node in its place, every edge, and the options of the drawing."""
    # Loading it takes most of a second (it brings IPython); the command line must not wait for it.
    from pyvis.network import Network  # noqa: PLC0415

    selection, measures = content.selection, content.measures
    class_at = {name: n for n, name in enumerate(ontology.classes)}
    predicate_at = {name: n for n, name in enumerate(ontology.predicates)}
    mentions = _mentions(content, passages)
    network = Network(directed=True)
    for n, (entity, degree, (x, y)) in enumerate(zip(selection.entities, selection.degrees, measures.spots, strict=True)):
        own = {"iri": entity.iri, "cls": class_at[entity.cls], "aliases": list(entity.aliases), "mentions": mentions[n]}
        counts = {"degree": degree, "betweenness": measures.betweenness[n], "community": measures.communities[n]}
        network.add_node(n, label=entity.label, x=x, y=y, size=size_of(degree), **own, **counts)
    # Not add_edge, which makes a list of all nodes for each edge.
    network.edges = [
        {"from": link[0], "to": link[2], "predicate": predicate_at[link[1]], "total": selection.counts[link]} for link in selection.links
    ]
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {"hover": False, "selectable": False, "keyboard": False},
    }
    return network


def _mentions(content: Content, passages: Passages) -> list[list[int]]:
    """For each entity the places where it is named: reply, start, end, one place after the other."""
    position = content.selection.positions
    found: dict[int, list[int]] = defaultdict(list)
    for reply, places in content.projection.mentions.items():
        for start, end, iri in places:
            if iri in position:
                found[position[iri]] += [passages.reply(reply), start, end]
    return [found[n] for n in range(len(content.selection.entities))]


def _commitments(content: Content, passages: Passages, ontology: Ontology) -> dict[str, list[Any]]:
    state_at = {concept.name: n for n, concept in enumerate(ontology.scheme("outcomes"))}
    position = content.selection.positions

    def at(told: Told | None) -> int:
        return passages.number(told.reply, told.evidence, told.section) if told else -1

    lines = []
    for promise in content.promises:
        outcomes = [[state_at[end.state], end.time, at(end.told), end.confidence] for end in promise.outcomes if end.state in state_at]
        things = [position[iri] for iri in promise.things if iri in position]
        words = (promise.label, promise.action, promise.target, promise.due)
        lines.append((position.get(promise.actor, -1), *words, things, at(promise.told), promise.confidence, outcomes))
    names = ("actor", "name", "action", "target", "due", "things", "passage", "confidence", "outcomes")
    return _columns(names, lines)


def _replies(content: Content, passages: Passages) -> dict[str, list[Any]]:
    """The replies' columns; `pieces` holds of each where a piece begins and its words, alternating."""
    for iri in content.projection.replies:
        passages.reply(iri)  # one that says nothing stands on the page too
    replies = [content.projection.replies[iri] for iri in passages.replies]
    pieces = _pieces(content, passages)
    names = ("iri", "name", "title", "number", "session", "date", "district")
    columns: dict[str, list[Any]] = {name: [getattr(reply, name) for reply in replies] for name in names}
    columns["pieces"] = [[value for piece in held for value in piece] for held in pieces]
    return columns


def _pieces(content: Content, passages: Passages) -> Iterable[list[Piece]]:
    def pieces(text: Text | None) -> list[list[Piece]]:
        return [pieces_of(iri.rsplit("/", 1)[-1], passages.quoted[iri], text) for iri in passages.replies]

    found = pieces(content.text)
    return found if sum(len(words) for held in found for _, words in held) <= ROOM else pieces(None)
