"""The page as a file: nothing remote, nothing unescaped, the same bytes each time."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset

import ecograph.views
from ecograph.errors import BuildError
from ecograph.ontology import Ontology
from ecograph.views import EXPORTERS, write_page
from ecograph.views.layout import place
from ecograph.views.webpage import island, packed, read_page

EVIL = '</script><img src=x onerror="window.ran = 1">公司'
PAGE = Path(ecograph.views.__file__).parent / "page"
SOURCES = sorted((Path(__file__).parents[2] / "web" / "src").glob("*.ts"))
WRITE = """
import sys
from pathlib import Path
from ecograph.graph import open_dataset
from ecograph.ontology import Ontology
from ecograph.views import EXPORTERS
dataset, ontology = open_dataset(Path(sys.argv[1])), Ontology()
for name, export in EXPORTERS.items():
    export(dataset, ontology, Path(sys.argv[2]) / f"page.{name}")
"""


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts of its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note the text of a script or a style."""
        tag, attributes = self.found[-1] if self.found else ("", {})
        if self.cdata_elem and tag == self.cdata_elem:
            self.texts.append((tag, attributes, data))

    def joined(self, tag: str, kind: str | None = None) -> list[str]:
        """The whole text of each element of this tag, scripts by their type."""
        found: dict[int, str] = {}
        for name, attributes, text in self.texts:
            if name == tag and attributes.get("type") == kind:
                found[id(attributes)] = found.get(id(attributes), "") + text
        return list(found.values())


@pytest.fixture(scope="session")
def elements(page: Path) -> Elements:
    """The example's page, parsed."""
    return Elements(page.read_text(encoding="utf-8"))


def remote(elements: Elements) -> list[str]:
    """Whatever in a page would make a browser ask another address."""
    loading = {"src", "href", "srcset", "poster", "action", "formaction", "data", "background", "ping", "xlink:href"}
    found = [f"{tag} {name}" for tag, attributes in elements.found for name in attributes if name in loading]
    found += [tag for tag, _ in elements.found if tag in {"base", "iframe", "object", "embed", "link", "img"}]
    for style in elements.joined("style"):
        found += re.findall(r"url\(|@import", style)
    for script in elements.joined("script"):
        calls = r"sourceMappingURL|\bimport\s*\(|\bfetch\s*\(|XMLHttpRequest|importScripts|sendBeacon|new (?:WebSocket|EventSource|Worker)"
        found += re.findall(calls, script)
    return found


def test_nothing_remote(elements: Elements) -> None:
    """No element, style or script of the page names another address or asks for one."""
    assert len(elements.joined("script")) == 1
    assert remote(elements) == []


@pytest.mark.parametrize(
    "bad",
    ["<script src=a.js></script>", "<style>@import 'a'</style>", "<style>a{b:url(c)}</style>", "<script>fetch('a')</script>", "<img>"],
)
def test_something_remote_is_seen(bad: str) -> None:
    """The test above would see a page that asks for something."""
    assert remote(Elements(bad))


def test_the_policy_names_the_scripts_and_the_style(elements: Elements) -> None:
    """The policy forbids all but the scripts and the style that are in the page, by their hashes."""
    (content,) = [a["content"] for t, a in elements.found if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"]
    policy = dict(part.split(" ", 1) for part in (content or "").split("; "))
    assert policy.keys() == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}
    assert policy["img-src"] == "blob:"
    assert {policy[name] for name in ("default-src", "base-uri", "form-action")} == {"'none'"}
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in elements.joined(tag)]
        assert policy[directive].split() == [f"'sha256-{digest}'" for digest in digests]


def test_vis_network_keeps_its_licence(elements: Elements) -> None:
    """The vendored libraries come with their notices."""
    (script,) = elements.joined("script")
    assert "vis-network" in script
    assert "Apache 2.0 License" in script
    assert "MIT License" in script


def test_the_data_block_holds_evil_names(elements: Elements) -> None:
    """A name that would end the block stands in the data whole and in the markup nowhere."""
    for text in elements.joined("script", "application/json"):
        assert not set("<>&") & set(text)
    assert EVIL in json.loads(elements.joined("script", "application/json")[1])["nodes"]["label"]
    assert "img" not in {tag for tag, _ in elements.found}


@settings(max_examples=40)
@given(st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5))
def test_islands_are_plain(value: Any) -> None:
    """Any value survives the data block, and none of its characters means anything to a parser of HTML."""
    text = island(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode()


def test_every_text_is_there_and_used(ontology: Ontology) -> None:
    """Template and sources use each text of patterns/page.jsonl, and no other; every text has both languages."""
    records = list(ontology.records("page"))
    texts = {record["id"] for record in records}
    template = (PAGE / "page.html").read_text(encoding="utf-8")
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    asked = set(re.findall(r'say(?:\(|\[)"([^"]+)"', source + template)) | set(re.findall(r'data-(?:say|label)="([^"]+)"', template))
    assert asked <= texts
    numbered = {text for text in texts if re.fullmatch(r"(?:tip|steps|around)-\d", text)}  # put together with a number
    assert texts - numbered <= asked | set(re.findall(r'"([a-z0-9-]+)"', source))
    assert all(record["zh"] and record["en"] for record in records)
    assert [r["id"] for r in records if set(re.findall(r"{\w+}", r["zh"])) != set(re.findall(r"{\w+}", r["en"]))] == []


def test_large_data_are_packed() -> None:
    """A long block is deflated in base64, which needs no markup either; a short one can be read."""
    assert packed("{}") == "{}"
    text = "{" + "一二三" * 30_000 + "}"
    block = packed(text)
    assert len(block) < len(text) / 10
    assert zlib.decompress(base64.b64decode(block), wbits=-15).decode() == text


def test_a_page_is_remembered(dataset: Dataset, ontology: Ontology, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a page of the same graph nothing is measured again, and the bytes are the same; over any other file it is."""
    monkeypatch.setattr("ecograph.views.webpage.measure", lambda *_: pytest.fail("measured again"))
    write_page(dataset, ontology, tmp_path / "again.html", before=page)
    assert (tmp_path / "again.html").read_bytes() == page.read_bytes()
    monkeypatch.undo()
    for text in ("", '<script id="lexicon">{}</script><script id="data">AAAA</script>'):
        (tmp_path / "old.html").write_text(text)
        write_page(dataset, ontology, tmp_path / "new.html", before=tmp_path / "old.html")
        assert (tmp_path / "new.html").read_bytes() == page.read_bytes()


def test_whole_texts_and_pieces(dataset: Dataset, ontology: Ontology, tmp_path: Path) -> None:
    """A known text is on the page once and whole; one that the quotes don't fit, or none, leaves the quoted pieces."""
    _, bare = read_page_of(dataset, ontology, tmp_path)
    pieces = bare["replies"]["pieces"][0]
    assert pieces[0] > 0
    length = max(bare["passages"]["end"]) + 3
    letters = [" "] * length
    for start, words in zip(pieces[::2], pieces[1::2], strict=True):
        letters[start : start + len(words)] = words
    whole = "".join(letters)
    assert read_page_of(dataset, ontology, tmp_path, {"012": whole}.get)[1]["replies"]["pieces"] == [[0, whole]]
    assert read_page_of(dataset, ontology, tmp_path, {"012": "另一份"}.get)[1]["replies"]["pieces"] == [pieces]


def read_page_of(dataset: Dataset, ontology: Ontology, folder: Path, text: Callable[[str], str | None] | None = None) -> tuple[Any, Any]:
    """The data of a page written with these texts."""
    write_page(dataset, ontology, folder / "page.html", text=text)
    return read_page(folder / "page.html")


def test_same_bytes_in_any_process(built: Path, page: Path, tmp_path: Path) -> None:
    """Every format has the same bytes whatever the hash seed."""
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-c", WRITE, str(built), str(tmp_path / seed)]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, timeout=120)
    for name in EXPORTERS:
        assert (tmp_path / "1" / f"page.{name}").read_bytes() == (tmp_path / "2" / f"page.{name}").read_bytes(), name
    assert (tmp_path / "1" / "page.html").read_bytes() == page.read_bytes()


def test_a_page_is_written_whole_or_not_at_all(dataset: Dataset, ontology: Ontology, tmp_path: Path) -> None:
    """Where the page can't be put, the error names the place and nothing is left behind."""
    (tmp_path / "index.html").mkdir()
    with pytest.raises(BuildError, match=r"index\.html: cannot be written") as error:
        write_page(dataset, ontology, tmp_path / "index.html")
    assert "\n" not in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


graphs = st.integers(0, 14).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(6, 34), min_size=n, max_size=n),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20) if n else st.just([]),
    )
)


@settings(max_examples=40)
@given(graphs)
def test_layout_puts_no_node_on_another(graph: tuple[list[int], list[tuple[int, int]]]) -> None:
    """Any graph gets whole-numbered places, the same again, with no two nodes at one place."""
    radii, links = graph
    spots = place(radii, links)
    assert len(spots) == len(set(spots)) == len(radii)
    assert all(type(value) is int for spot in spots for value in spot)
    assert place(radii, links) == spots


def test_layout_of_a_large_part() -> None:
    """Where those far off are taken together, each node still has a place of its own, the same again, nearer to its neighbours than to others."""
    links = [(n, n + 1) for n in range(699) if n % 35 != 34] + [(n, n + 5) for n in range(0, 690, 5)]
    radii = [8.0] * 700
    spots = place(radii, links)
    assert len(set(spots)) == 700
    assert place(radii, links) == spots
    near = [abs(spots[a][0] - spots[b][0]) + abs(spots[a][1] - spots[b][1]) for a, b in links]
    far = [abs(spots[a][0] - spots[a - 350][0]) + abs(spots[a][1] - spots[a - 350][1]) for a in range(350, 700)]
    assert sum(near) / len(near) < sum(far) / len(far) / 2
