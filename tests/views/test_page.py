"""The page as a file: nothing remote, nothing unescaped, the same bytes each time."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
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
from ecograph.views.webpage import island

EVIL = '</script><img src=x onerror="window.ran = 1">公司'
SCRIPTS = sorted((Path(ecograph.views.__file__).parent / "page").glob("*.js"))
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
    assert len(elements.joined("script")) == 2
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
    assert policy.keys() == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    assert {policy[name] for name in ("default-src", "base-uri", "form-action")} == {"'none'"}
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in elements.joined(tag)]
        assert policy[directive].split() == [f"'sha256-{digest}'" for digest in digests]


def test_vis_network_keeps_its_licence(elements: Elements) -> None:
    """The vendored library comes with its notice."""
    assert "@license" in elements.joined("script")[0]


def test_the_data_block_holds_evil_names(elements: Elements) -> None:
    """A name that would end the block stands in the data whole and in the markup nowhere."""
    (text,) = elements.joined("script", "application/json")
    assert not set("<>&") & set(text)
    assert EVIL in {node["label"] for node in json.loads(text)["nodes"]}
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
    """Template and scripts use each text of patterns/page.jsonl, and no other."""
    texts = {record["id"] for record in ontology.records("page")}
    source = "\n".join(path.read_text(encoding="utf-8") for path in [*SCRIPTS, SCRIPTS[0].with_name("page.html")])
    asked = set(re.findall(r'say(?:\(|\[)"([^"]+)"', source))
    assert asked <= texts
    numbered = {text for text in texts if re.fullmatch(r"(?:tip|steps|focus)-\d", text)}  # put together with a number
    assert texts - numbered <= set(re.findall(r'"([a-z0-9-]+)"', source))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_text_never_becomes_markup(path: Path) -> None:
    """No script uses a way of making elements from text, or code from text."""
    ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|\beval\b|new Function|setHTML"
    assert not re.findall(ways, path.read_text(encoding="utf-8"))


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
