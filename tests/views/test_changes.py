"""The changes as Markdown and as a page: complete, in Chinese, and nothing in a name does anything."""

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selenium.webdriver import Chrome

from ecograph.changes import (
    Changes,
    Claim,
    ClaimChange,
    CommitmentChange,
    Figure,
    FigureChange,
    PolicyChange,
    Promised,
    Recasting,
    Regrouping,
    Said,
    Side,
    Thing,
    ThingChange,
    Words,
)
from ecograph.ontology import Ontology
from ecograph.views.changes import FORMS, as_html, as_markdown

Load = Callable[..., Chrome]

EVIL = "</style><script>window.ran = 1</script>*粗*_斜_[链](https://x.example)`码`&amp;|公司"
FIRST = "2023-05-01"


class Text(HTMLParser):
    """The text of a page and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


def everything(name: str) -> Changes:
    """A change of every kind; all names and words are `name`."""
    words = (Words(FIRST, name, name, name),) * 4
    thing = Thing(name, "Company", "urn:a")
    claim = Claim(thing, "establishes", thing)
    said = Said("planned", words, "2024", name)
    figure = Figure("21", name, "2023", "done", words)
    promised = CommitmentChange(thing, name, (thing,), name, words, None, Promised("fulfilled", words))
    return Changes(
        old=Side(name, 1),
        new=Side(name, 2, 3),
        policies=(PolicyChange(thing, "replaced", words, thing), PolicyChange(thing, "expired", words, None, "2023-12")),
        moved=(ClaimChange(claim, said, replace(said, status="done")),),
        commitments=(promised,),
        figures=(FigureChange(name, thing, name, figure, figure), FigureChange(name, None, "家", None, figure)),
        promised=(replace(promised, objects=(), new=Promised("", ())),),
        appeared=(ThingChange(thing, words),),
        gone=(ThingChange(thing, ()),),
        said=(ClaimChange(claim, None, said),),
        unsaid=(ClaimChange(claim, said, None),),
        joined=(Regrouping(thing, (thing, thing)),),
        parted=(Regrouping(thing, (thing, thing)),),
        recast=(Recasting(thing, replace(thing, cls="Organization")),),
    )


def test_each_kind_is_told(ontology: Ontology) -> None:
    """Every part has its heading, its count and its items in both forms; four sentences are three and one more."""
    changes = everything("甲")
    page, markdown = Text(as_html(changes, ontology)), as_markdown(changes, ontology)
    assert {a.get("id") for tag, a in page.elements if tag == "section"} == set(changes.parts)
    assert len([tag for tag, _ in page.elements if tag == "h3"]) == sum(changes.parts.values()) == markdown.count("- **")
    for text in (page.text, markdown):
        assert "另有 1 处" in text
        assert "甲（甲，2023-05-01）" in text
        assert "计划中，2024 → 已完成，2024" in text
        assert "establishes" not in text


@pytest.mark.parametrize("form", sorted(FORMS))
def test_no_change_is_said(form: str, ontology: Ontology) -> None:
    """Equal builds give a page that says so."""
    assert "两边没有差别" in FORMS[form](Changes(Side("a", 1), Side("b", 1)), ontology)


@given(st.text(max_size=40))
def test_any_name_is_only_text(ontology: Ontology, name: str) -> None:
    """Whatever stands in a name or a quote, Markdown and page show it as it is and nothing else comes of it."""
    changes = Changes(
        Side("a", 1), Side("b", 1), appeared=(ThingChange(Thing(f"甲{name}乙", "Company", "urn:a"), (Words("", "r", "", f"甲{name}乙"),)),)
    )
    shown = " ".join(re.sub("[\ud800-\udfff]", "\ufffd", f"甲{name}乙").split())
    rendered = Text(MarkdownIt("commonmark").render(as_markdown(changes, ontology)))
    assert f"“{shown}”".replace("\x00", "\ufffd") in rendered.text
    assert {tag for tag, _ in rendered.elements} <= {"h1", "h2", "p", "ul", "li", "strong", "code", "br"}
    page = Text(as_html(changes, ontology))
    assert shown in " ".join(page.text.split())
    assert not {tag for tag, _ in page.elements} & {"script", "img", "iframe", "object"}


def test_the_page_is_one_file(ontology: Ontology) -> None:
    """Nothing remote, no script, and a policy that would allow none."""
    text = as_html(everything(EVIL), ontology)
    page = Text(text)
    addresses = [
        v for _, a in page.elements for k, v in a.items() if k in ("src", "href", "srcset", "action") and not str(v).startswith("#")
    ]
    assert addresses == []
    assert not re.search(r"url\(|@import", text.split("</style>")[0])
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy" and tag == "meta")
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.browser
def test_chromium_runs_nothing(load: Load, ontology: Ontology, tmp_path: Path) -> None:
    """A real browser shows an evil name as text, applies the style, and has no complaint and no request but the file."""
    (tmp_path / "变化.html").write_text(as_html(everything(EVIL), ontology), encoding="utf-8")
    chrome = load(tmp_path / "变化.html")
    told = chrome.execute_script(
        "return [window.ran === undefined, document.querySelector('#appeared h3').firstChild.textContent.trim(),"
        " getComputedStyle(document.querySelector('.items > li')).borderTopLeftRadius, document.querySelectorAll('script').length,"
        " document.documentElement.scrollWidth <= window.innerWidth]"
    )
    assert told == [True, EVIL, "8px", 0, True]
    assert chrome.get_log("browser") == []
