"""One self-contained page: the graph drawn by vis-network, the statements as data, no remote address.

pyvis's Network holds nodes, edges and options; the template, the style and the scripts are ours (`page/`).
All text travels as JSON in a data block and reaches the page through textContent only; the
Content-Security-Policy allows the page's own scripts and style by their hashes and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Dataset

from ecograph.errors import BuildError
from ecograph.extraction import Joined
from ecograph.model import Entity, Statement
from ecograph.ontology import Ontology
from ecograph.views.busiest import LIMIT, Busiest, busiest
from ecograph.views.files import write_beside
from ecograph.views.passages import Passages
from ecograph.views.projection import Projection, Reply, asset, load_projection

PER_EDGE = 12  # statements a page holds for one edge; the rest is counted
SCRIPTS = ("data.js", "labels.js", "graph.js", "panel.js", "controls.js", "start.js")
SHAPES = ("diamond", "square", "triangle", "hexagon", "triangleDown", "star")  # vis-network's, beside the dot

LONE = re.compile("[\ud800-\udfff]")  # half a character: JSON can say it, UTF-8 can't

Link = tuple[int, str, int]  # position of the subject, predicate's name, position of the object


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes on the page: its entities, the busiest first, and the statements of each edge between them."""

    entities: tuple[Entity, ...]
    degrees: tuple[int, ...]
    links: Mapping[Link, tuple[Statement, ...]]
    counts: Mapping[Link, int]  # of each edge, statements that aren't here included
    connected: int  # entities of the whole graph that have a statement


def write_page(dataset: Dataset, ontology: Ontology, path: Path, links: Sequence[Joined] | None = None) -> None:
    """Write the page that shows `dataset`. The largest graphs are cut to their LIMIT most connected entities, or fewer: see `busiest`.

    `links` are the ends of all its statements, where somebody knows them already.
    """
    cut = busiest(dataset, ontology, PER_EDGE, links)
    projection = load_projection(dataset, ontology, cut.part if cut else None)
    payload = _payload(projection, _select(projection, ontology, cut), ontology)
    if cut:
        payload["totals"] |= {"entities": cut.entities, "statements": cut.statements, "replies": cut.replies}
    text = _render(payload)
    write_beside(path, lambda part: part.write_text(text, encoding="utf-8", newline="\n"))


def _select(projection: Projection, ontology: Ontology, cut: Busiest | None) -> Selection:
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


def _payload(projection: Projection, selection: Selection, ontology: Ontology) -> dict[str, Any]:
    """All that the scripts know, in the order in which they index it."""
    classes, predicates = list(ontology.classes.values()), list(ontology.predicates.values())
    statuses = ontology.scheme("statuses")
    passages = Passages(projection)
    status_at = {concept.name: n for n, concept in enumerate(statuses)}
    predicate_at = {predicate.name: n for n, predicate in enumerate(predicates)}
    network = _network(selection, ontology)
    statements = [
        [edge, status_at.get(s.status, -1), s.time or "", s.amount or "", s.rule, s.confidence, passages.cite(s)]
        for edge, held in enumerate(selection.links.values())
        for s in held[:PER_EDGE]
    ]
    class_at = {cls.name: n for n, cls in enumerate(classes)}
    shapes = _shapes(ontology)
    return {
        "classes": [{"label": c.label["zh"], "comment": c.comment["zh"], "colour": c.colour, "shape": shapes[c.group]} for c in classes],
        "predicates": [{"label": p.label["zh"], "comment": p.comment["zh"], "symmetric": p.symmetric} for p in predicates],
        "statuses": [{"name": s.name, "label": s.label, "factual": ontology.statuses[s.name]} for s in statuses],
        "entities": [[e.iri, class_at[e.cls], n, list(e.aliases)] for e, n in zip(selection.entities, selection.degrees, strict=True)],
        "relations": [[predicate_at[link[1]], selection.counts[link]] for link in selection.links],
        "statements": statements,
        "replies": [_reply(projection.replies[iri]) for iri in passages.replies],
        "passages": passages.found,
        "nodes": network.nodes,
        "edges": network.edges,
        "options": network.options,
        "texts": {str(record["id"]): str(record["zh"]) for record in ontology.records("page")},
        "totals": {
            "entities": len(projection.entities),
            "connected": selection.connected,
            "statements": len(projection.statements),
            "replies": len(projection.replies),
        },
    }


def _reply(reply: Reply) -> list[str]:
    return [reply.name, reply.title, reply.number, reply.session, reply.date]


def _network(selection: Selection, ontology: Ontology) -> Any:  # pyvis has no types
    """The Network of pyvis with every node in its place."""
    # Loading these takes most of a second (pyvis brings IPython); the command line must not wait for it.
    from pyvis.network import Network  # noqa: PLC0415

    from ecograph.views.layout import place  # noqa: PLC0415

    network = Network(directed=True)
    sizes = [_size(degree) for degree in selection.degrees]
    spots = place(sizes, [(link[0], link[2]) for link in selection.links])
    shapes = _shapes(ontology)
    for n, (entity, (x, y)) in enumerate(zip(selection.entities, spots, strict=True)):
        cls = ontology.cls(entity.cls)
        network.add_node(n, label=entity.label, shape=shapes[cls.group], color=cls.colour, size=sizes[n], x=x, y=y)
    for n, (link, bend) in enumerate(zip(selection.links, _bends(selection.links), strict=True)):
        arrows = "" if ontology.predicate(link[1]).symmetric else "to"
        network.add_edge(link[0], link[2], id=n, arrows=arrows, smooth=bend)
    network.options = _options(len(selection.entities))
    return network


def _size(degree: int) -> int:
    return min(34, 6 + round(3.2 * math.sqrt(degree)))


def _shapes(ontology: Ontology) -> dict[str, str]:
    """A shape for each kind of thing: the dot for the group with the most classes, the others in turn."""
    groups = Counter(cls.group for cls in ontology.classes.values())
    first, *others = sorted(groups, key=lambda group: (-groups[group], group))
    return {first: "dot"} | {group: SHAPES[n % len(SHAPES)] for n, group in enumerate(others)}


def _bends(links: Iterable[Link]) -> list[Any]:
    """How each edge curves: straight, or fanned out where several join the same two nodes."""
    links = list(links)
    pairs = Counter(frozenset((a, b)) for a, _, b in links)
    seen: Counter[frozenset[int]] = Counter()
    bends: list[Any] = []
    for a, _, b in links:
        pair = frozenset((a, b))
        offset = (seen[pair] - (pairs[pair] - 1) / 2) * (1 if a < b else -1)
        seen[pair] += 1
        side = "curvedCW" if offset > 0 else "curvedCCW"
        bends.append({"enabled": True, "type": side, "roundness": round(min(0.8, 0.28 * abs(offset)), 2)} if offset else False)
    return bends


def _options(count: int) -> dict[str, Any]:
    many = count > 300  # then moving is smooth only without the edges
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3},
        "edges": {"arrows": {"to": {"scaleFactor": 0.55}}, "selectionWidth": 1.5, "hoverWidth": 0.5, "arrowStrikethrough": False},
        "interaction": {
            "hover": True,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "selectConnectedEdges": False,
            "hoverConnectedEdges": False,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
    }


def _render(payload: Mapping[str, Any]) -> str:
    from jinja2 import Environment  # noqa: PLC0415  # as above
    from markupsafe import Markup  # noqa: PLC0415

    style, scripts = asset("page.css"), [_vis(), "\n".join(asset(name) for name in SCRIPTS)]
    policy = {
        "default-src": ["'none'"],
        "script-src": [_hash(script) for script in scripts],
        "style-src": [_hash(style)],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(asset("page.html"))
    return template.render(
        say=payload["texts"],
        policy="; ".join(f"{name} {' '.join(values)}" for name, values in policy.items()),
        style=Markup(style),  # noqa: S704  # our own files and vis-network's; the data below can't end its block
        scripts=[Markup(script) for script in scripts],  # noqa: S704
        payload=Markup(island(payload)),  # noqa: S704
    )


def island(value: object) -> str:
    """JSON in which no character means anything to an HTML parser or to an old script parser."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return LONE.sub(lambda half: f"\\u{ord(half.group()):04x}", text)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _vis() -> str:
    """vis-network as pyvis carries it, with its licence, without the address of its source map."""
    import pyvis  # noqa: PLC0415  # as above

    found: Sequence[Path] = sorted(Path(pyvis.__file__).parent.glob("lib/vis-*/vis-network.min.js"))
    if not found:
        raise BuildError(f"{Path(pyvis.__file__).parent}: holds no vis-network.min.js; install pyvis 0.3.2 again")
    # Reading as text turns every line end into \n, as the browser's parser does before it takes the hash.
    lines = found[-1].read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))
