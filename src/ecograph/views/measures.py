"""What the page knows of each node beside its words: community, betweenness and place, remembered while the graph is the same."""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from ecograph.views.layout import place

EXACT = 600  # nodes up to which every node is a source of shortest paths; beyond, PIVOTS drawn with a fixed seed are
PIVOTS = 60
SEED = 5
VERSION = 2  # of the arithmetic here and in layout.py: another number makes remembered measures void


@dataclass(frozen=True, slots=True)
class Measures:
    """Per node, in the order of the entities. Betweenness is in thousandths of the largest, communities are numbered by size."""

    key: str
    spots: tuple[tuple[int, int], ...]
    communities: tuple[int, ...]
    betweenness: tuple[int, ...]


def key_of(names: Sequence[str], links: Sequence[tuple[int, int]]) -> str:
    """The hash of all that `measure` reads."""
    return hashlib.sha256(json.dumps([VERSION, list(names), list(links)], ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:32]


def measure(names: Sequence[str], radii: Sequence[float], links: Sequence[tuple[int, int]]) -> Measures:
    """The measures of a graph; `names` are the nodes' IRIs, `links` pair positions in them. Same graph, same numbers."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in links if a != b}))
    return Measures(key_of(names, links), tuple(place(radii, links)), _communities(graph), _betweenness(graph))


def _communities(graph: nx.Graph[int]) -> tuple[int, ...]:
    found = nx.community.louvain_communities(graph, seed=SEED) if graph.number_of_edges() else [{node} for node in graph]
    ranked = sorted(found, key=lambda members: (-len(members), min(members)))
    return tuple(n for _, n in sorted((node, n) for n, members in enumerate(ranked) for node in members))


def _betweenness(graph: nx.Graph[int]) -> tuple[int, ...]:
    count = len(graph)
    connected = [node for node, degree in graph.degree if degree]
    if len(connected) < 3:
        return (0,) * count
    inner = graph.subgraph(connected)
    if len(connected) <= EXACT:
        found = nx.betweenness_centrality(inner, normalized=False)
    else:
        sources = random.Random(SEED).sample(sorted(connected), PIVOTS)  # noqa: S311 -- a sample, no secret
        found = nx.betweenness_centrality_subset(inner, sorted(sources), sorted(connected))
    most = max(found.values()) or 1.0
    return tuple(math.floor(1000 * found.get(node, 0.0) / most + 0.5) for node in range(count))
