"""One self-contained page: graph, statements and replies' texts as data, our script, no remote address.

The template and the style are in `page/`; `page/page.js` is made from web/ (see web/README.md) with the vendored
vis-network in it. All text travels as JSON in data blocks and reaches the page through textContent only; the
Content-Security-Policy allows the page's own script and style by their hashes and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rdflib import Dataset

from ecograph.extraction import Joined
from ecograph.ontology import Ontology
from ecograph.views.busiest import Busiest, busiest
from ecograph.views.files import write_beside
from ecograph.views.measures import Measures, key_of, measure
from ecograph.views.payload import PER_EDGE, Content, graph_of, lexicon_of, size_of
from ecograph.views.projection import Projection, asset, load_projection
from ecograph.views.promises import load_promises
from ecograph.views.selection import Selection, select
from ecograph.views.texts import Text

PACKED = 60_000  # characters from which on packing pays: below it a page can be read in an editor

LONE = re.compile("[\ud800-\udfff]")  # half a character: JSON can say it, UTF-8 can't
BLOCK = r'<script[^>]*\bid="{}"[^>]*>(.*?)</script>'


def write_page(  # noqa: PLR0913  # three of them are by name, and may be left out
    dataset: Dataset,
    ontology: Ontology,
    path: Path,
    *,
    text: Text | None = None,
    before: Path | None = None,
    links: Sequence[Joined] | None = None,
) -> None:
    """Write the page that shows `dataset`. The largest graphs are cut to their most connected entities: see `busiest`.

    `text` gives a reply's text by its document id; without it the page holds only the passages that it quotes.
    `before` may name an older page: if it shows the same graph, places and measures are taken from it, not computed again.
    `links` are the ends of all its statements, where somebody knows them already.
    """
    cut = busiest(dataset, ontology, PER_EDGE, links)
    projection = load_projection(dataset, ontology, cut.part if cut else None)
    selection = select(projection, ontology, cut)
    measures = _measures(selection, before)
    promises = () if cut else load_promises(dataset)
    content = Content(projection, selection, measures, promises, _totals(projection, selection, cut), text)
    page = render(ontology, lexicon_of(ontology, measures.key), graph_of(content, ontology))
    write_beside(path, lambda part: part.write_text(page, encoding="utf-8", newline="\n"))


def read_page(page: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The lexicon and the graph of a page that was written before. OSError or ValueError if it is none of ours."""
    text = page.read_text(encoding="utf-8")
    found = [re.search(BLOCK.format(name), text, re.DOTALL) for name in ("lexicon", "data")]
    lexicon, graph = (match[1] if match else "" for match in found)
    if graph and not graph.startswith("{"):
        try:
            graph = zlib.decompress(b64decode(graph), wbits=-15).decode("utf-8", "surrogatepass")
        except zlib.error as error:
            raise ValueError(str(error)) from error
    return json.loads(lexicon), json.loads(graph)


def _measures(selection: Selection, before: Path | None) -> Measures:
    names = [entity.iri for entity in selection.entities]
    links = [(link[0], link[2]) for link in selection.links]
    remembered = _remembered(before, key_of(names, links)) if before else None
    return remembered or measure(names, [size_of(degree) for degree in selection.degrees], links)


def _remembered(page: Path, key: str) -> Measures | None:
    try:
        lexicon, graph = read_page(page)
        nodes = graph["nodes"]
        spots = tuple(zip(map(int, nodes["x"]), map(int, nodes["y"]), strict=True))
        found = Measures(lexicon["measured"], spots, tuple(nodes["community"]), tuple(nodes["betweenness"]))
    except (OSError, ValueError, LookupError, TypeError):  # none there, or another version's
        return None
    return found if found.key == key else None


def _totals(projection: Projection, selection: Selection, cut: Busiest | None) -> dict[str, int]:
    return {
        "entities": cut.entities if cut else len(projection.entities),
        "connected": selection.connected,
        "statements": cut.statements if cut else len(projection.statements),
        "replies": cut.replies if cut else len(projection.replies),
    }


def render(ontology: Ontology, lexicon: Mapping[str, Any], graph: Mapping[str, Any]) -> str:
    """The page with these two values in it, whole."""
    from jinja2 import Environment  # noqa: PLC0415  # slow to load: a build that changes nothing doesn't wait for it
    from markupsafe import Markup  # noqa: PLC0415

    style, script = asset("page.css"), asset("page.js")
    policy = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "img-src": "blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    template = Environment(autoescape=True, keep_trailing_newline=True).from_string(asset("page.html"))
    return template.render(
        say={str(record["id"]): record["zh"] for record in ontology.records("page")},
        policy="; ".join(f"{name} {value}" for name, value in policy.items()),
        style=Markup(style),  # noqa: S704  # our own file; the data below can't end its block
        script=Markup(script),  # noqa: S704  # our own and vis-network's
        lexicon=Markup(island(lexicon)),  # noqa: S704
        graph=Markup(packed(island(graph))),  # noqa: S704
    )


def island(value: object) -> str:
    """JSON in which no character means anything to an HTML parser or to an old script parser."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return LONE.sub(lambda half: f"\\u{ord(half.group()):04x}", text)


def packed(text: str) -> str:
    """The text as it is, or deflated in base64 (which never begins with a brace) where that is shorter."""
    if len(text) < PACKED:
        return text
    press = zlib.compressobj(level=9, wbits=-15)
    return b64encode(press.compress(text.encode()) + press.flush()).decode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
