"""Where the nodes of a graph stand on the page: the same numbers for the same graph, on any machine.

Forces within each connected part (repulsion with the inverse distance, attraction with its root, which
keeps communities apart), then nodes pushed off each other, then the parts packed side by side. Only exactly
rounded operations are used, sums run in a fixed order, and every step is rounded to a grid, so that
neither threads nor vector units can change a coordinate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Box = tuple[int, int]

GAP = 38.0  # between two nodes' rims, so that a line of text has a place
SQUEEZE = 0.6  # names are wider than high: beside each other nodes need more room than above each other
SPREAD = 36.0  # root mean square distance from the middle, for one node
MARGIN = 60  # between the parts
FITTED = 40  # parts that are fitted together one by one
WELL_APART = 500  # nodes of a part from which on those far off are taken together, cell by cell
PER_CELL = 12  # nodes of a cell where they lie evenly
BLOCK = 256  # rows of the distance matrix at a time: they stay in the cache


def place(radii: Sequence[float], links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A whole-numbered (x, y) for each node; `radii` are in the same unit, `links` pair positions in `radii`."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(radii)))
    graph.add_edges_from((a, b) for a, b in links if a != b)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part[0]))
    placed = [_place_part(graph.subgraph(part), part, np.array([radii[node] for node in part])) for part in parts]
    corners = _pack([_box(points) for points in placed], min(FITTED, sum(1 for part in parts if len(part) > 1)))
    spots: list[tuple[int, int]] = [(0, 0)] * len(radii)
    for part, points, (left, top) in zip(parts, placed, corners, strict=True):
        for node, (x, y) in zip(part, points - points.min(axis=0), strict=True):
            spots[node] = (left + round(float(x)), top + round(float(y)))
    return spots


def _place_part(graph: nx.Graph[int], part: Sequence[int], radii: Floats) -> Floats:
    if len(part) == 1:
        return np.zeros((1, 2))
    index = {node: n for n, node in enumerate(part)}
    ends = np.array(sorted((min(index[a], index[b]), max(index[a], index[b])) for a, b in graph.edges))
    points = _separate(_sized(_attract(_spiral(graph, part, index), ends)), radii)
    width, height = np.ptp(points, axis=0)
    return points if width >= height else points[:, ::-1]  # screens are wide


def _spiral(graph: nx.Graph[int], part: Sequence[int], index: dict[int, int]) -> Floats:
    """A start that depends on nothing but the graph: from the busiest node outwards, neighbours near each other."""
    centre = min(part, key=lambda node: (-graph.degree(node), node))
    order = [centre, *(node for _, node in nx.bfs_edges(graph, centre, sort_neighbors=sorted))]
    points = np.zeros((len(part), 2))
    for rank, node in enumerate(order):
        turn = rank * math.pi * (3 - math.sqrt(5))
        points[index[node]] = 40 * math.sqrt(rank) * math.cos(turn), 40 * math.sqrt(rank) * math.sin(turn)
    return _rounded(points)


def _attract(points: Floats, ends: Whole) -> Floats:
    """Let the forces work while the longest allowed step shrinks to nothing."""
    count = len(points)
    mass: Floats = np.bincount(ends.ravel(), minlength=count) + np.float64(1.0)
    rounds = max(60, min(300, 40 + 10 * count, 120_000 // count))  # small parts are soon at rest, large ones cost much
    for turn in range(rounds):
        force = _repulsion(points, mass) + _attraction(points, ends, count) - 0.02 * mass[:, None] * points
        length = np.maximum(np.sqrt(force[:, 0] * force[:, 0] + force[:, 1] * force[:, 1]), 1e-9)
        longest = 60.0 * (1 - turn / rounds)
        points = _rounded(points + force * (np.minimum(length * 0.1, longest) / length)[:, None])
    return points


def _sized(points: Floats) -> Floats:
    """Scaled so that every part is as dense as the next."""
    points = points - points.sum(axis=0) / len(points)
    spread = math.sqrt(float((points * points).sum(axis=0).sum()) / len(points))
    return _rounded(points * (SPREAD * math.sqrt(len(points)) / spread)) if spread > 0 else points


def _repulsion(points: Floats, mass: Floats) -> Floats:
    return _far_and_near(points, mass) if len(points) > WELL_APART else _from_all(points, mass, points, mass)


def _far_and_near(points: Floats, mass: Floats) -> Floats:
    """Repulsion from the nodes of the same cell one by one, from every other cell as one mass at its middle (after Barnes and Hut)."""
    side = math.ceil(math.sqrt(len(points) / PER_CELL))
    low, span = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1.0)
    cells = np.minimum((points - low) / span * side, side - 1).astype(np.int64)
    _, cell, counts = np.unique(cells[:, 0] * side + cells[:, 1], return_inverse=True, return_counts=True)
    masses: Floats = np.bincount(cell, mass).astype(np.float64)
    middles = np.stack([np.bincount(cell, mass * points[:, k]) / masses for k in (0, 1)], axis=1)
    force = _from_all(points, mass, middles, masses)
    order = np.argsort(cell, kind="stable")
    for held in np.split(order, np.cumsum(counts)[:-1]):
        own = slice(cell[held[0]], cell[held[0]] + 1)
        # The cell's own middle was counted with the others.
        force[held] += _from_all(points[held], mass[held], points[held], mass[held])
        force[held] -= _from_all(points[held], mass[held], middles[own], masses[own])
    return _rounded(force * 64.0) / 64.0


def _from_all(points: Floats, mass: Floats, others: Floats, masses: Floats) -> Floats:
    strength = 700.0
    force = np.empty_like(points)
    for start in range(0, len(points), BLOCK):
        # Rows are the others, so that the sum runs over the first axis: row by row, in one order everywhere.
        dx = points[None, start : start + BLOCK, 0] - others[:, None, 0]
        dy = points[None, start : start + BLOCK, 1] - others[:, None, 1]
        pull = masses[:, None] / (dx * dx + dy * dy + 25.0)
        own = strength * mass[start : start + BLOCK]
        force[start : start + BLOCK, 0] = own * (dx * pull).sum(axis=0)
        force[start : start + BLOCK, 1] = own * (dy * pull).sum(axis=0)
    return force


def _attraction(points: Floats, ends: Whole, count: int) -> Floats:
    delta = points[ends[:, 1]] - points[ends[:, 0]]
    distance = np.sqrt(delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1]) + 1.0
    pull = delta * (12.0 / np.sqrt(distance))[:, None]
    sides = [np.bincount(ends[:, 0], pull[:, k], count) - np.bincount(ends[:, 1], pull[:, k], count) for k in (0, 1)]
    return np.stack(sides, axis=1)


def _separate(points: Floats, radii: Floats) -> Floats:
    """Push nodes apart until no rim comes nearer than GAP to another (or 60 rounds have passed)."""
    count = len(points)
    for turn in range(60):
        if turn % 12 == 0:
            one, two = _near(points, radii)
        delta = points[two] - points[one]
        distance = np.sqrt(SQUEEZE * delta[:, 0] * delta[:, 0] + delta[:, 1] * delta[:, 1])
        missing = radii[one] + radii[two] + GAP - distance
        share = np.where((missing > 0) & (distance > 0), missing / np.maximum(distance, 1.0) * 0.5, 0.0)
        sides = [np.bincount(two, delta[:, k] * share, count) - np.bincount(one, delta[:, k] * share, count) for k in (0, 1)]
        push = np.stack(sides, axis=1)
        if not np.abs(push).max() > 1.0:
            break
        points = _rounded(points + np.clip(push, -40.0, 40.0))
    return points


def _near(points: Floats, radii: Floats) -> tuple[Whole, Whole]:
    """The pairs of nodes that may come to touch within a few rounds: the smaller number first."""
    pairs = []
    for start in range(0, len(points), BLOCK):
        own, others = points[start : start + BLOCK], points[start:]
        dx, dy = own[:, None, 0] - others[None, :, 0], own[:, None, 1] - others[None, :, 1]
        reach = radii[start : start + BLOCK, None] + radii[None, start:] + 3 * GAP
        one, two = np.nonzero(SQUEEZE * dx * dx + dy * dy < reach * reach)
        pairs.append(np.stack((one, two))[:, one < two] + start)
    one, two = np.concatenate(pairs, axis=1)
    return one, two


def _rounded(points: Floats) -> Floats:
    return np.round(points * 64.0) / 64.0


def _box(points: Floats) -> Box:
    width, height = np.ptp(points, axis=0)
    return round(float(width)), round(float(height))


def _pack(boxes: Sequence[Box], fitted: int) -> list[Box]:
    """The left upper corner of each box: the first ones fitted together, the many small ones in rows below."""
    corners: list[Box] = []
    for width, height in boxes[:fitted]:
        corners.append(_nook(width, height, [(*spot, *box) for spot, box in zip(corners, boxes, strict=False)]))
    area = sum((width + MARGIN) * (height + MARGIN) for width, height in boxes)
    line = max((left + box[0] for (left, _), box in zip(corners, boxes, strict=False)), default=round(math.sqrt(1.2 * area)))
    left, top, tallest = 0, max((top + box[1] + MARGIN for (_, top), box in zip(corners, boxes, strict=False)), default=0), 0
    for width, height in boxes[fitted:]:
        if left and left + width > line:
            left, top, tallest = 0, top + tallest + MARGIN, 0
        corners.append((left, top))
        left, tallest = left + width + MARGIN, max(tallest, height)
    return corners


def _nook(width: int, height: int, placed: Sequence[tuple[int, int, int, int]]) -> Box:
    """The place beside the boxes (left, top, width, height) already placed that keeps the whole closest to a screen's shape."""
    lefts = sorted({0, *(x + w + MARGIN for x, _, w, _ in placed)})
    tops = sorted({0, *(y + h + MARGIN for _, y, _, h in placed)})
    wide, high = width + MARGIN, height + MARGIN
    free = (
        (left, top)
        for left in lefts
        for top in tops
        if not any(left < x + w + MARGIN and x < left + wide and top < y + h + MARGIN and y < top + high for x, y, w, h in placed)
    )
    return min(free, key=lambda corner: (max(5 * (corner[0] + width), 6 * (corner[1] + height)), sum(corner), corner))
