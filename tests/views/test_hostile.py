"""Replies whose words attack the page: through graph, page and browser they stay words."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ecograph.graph import open_dataset
from ecograph.ontology import Ontology
from ecograph.views import write_page

pytestmark = pytest.mark.browser

ATTACKS = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=1</script>",
    "<!--<script>",
    "]]><svg/onload=window.ran=1>",
    "<img src=x onerror=window.ran=1>",
    "&#60;script&#62;window.ran=1&#60;/script&#62;",
    "javascript:window.ran=1",
    '" autofocus onfocus="window.ran=1',
    "' onmouseover='window.ran=1",
    "{{ 7 * 7 }}{% raw %}",
    "${window.ran=1}`",
    "\\u003cscript\\u003e\\",
    "\u202eedocsrever\u202c",
    "\u200bzero\u200dwidth\ufeff",
    "a\u0007\u001b[31mb",
    "\u2028\u2029",
    "__proto__",
    "constructor",
    "href=x",
    "甲" * 10_000,
    "='cmd'|' /C calc'!A0",
    "𠮷🏮e\u0301",
)


def names(seed: int) -> Iterator[str]:
    """Names put together from attacks and letters, each another."""
    chance = random.Random(seed)  # noqa: S311 -- a sample, no secret
    for n, attack in enumerate(ATTACKS):
        yield f"{attack}{n}公司"
    for n in range(40):
        parts = chance.sample([a for a in ATTACKS if len(a) < 100], 3)
        yield f"{parts[0]}{parts[1][: chance.randint(1, 20)]}{n}{parts[2]}"


@pytest.fixture(scope="session")
def hostile(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory, make_reply: Callable[..., Any]) -> Path:
    """The page of a reply that is nothing but attacks: names, other names, sentences, times, amounts, sections and text."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = make_reply(folder, list(names(7)))
    write_page(open_dataset(folder), ontology, folder / "index.html", text=texts.get)
    return folder / "index.html"


def quiet(desk: Any) -> bool:
    """No script of a reply ran, nothing was broken, and no element came from a text."""
    strange = (
        "document.querySelectorAll('img, iframe, object, embed, link, base, form[action], body script ~ script ~ script ~ script').length"
    )
    polluted = "Object.keys(Object.prototype).length"
    return desk.ask("window.ran") is None and desk.ask(strange) == 0 and desk.ask(polluted) == 0 and desk.chrome.get_log("browser") == []


def test_no_script_of_a_reply_runs(sit: Callable[..., Any], hostile: Path) -> None:
    """Every name is selected, searched, read in its text and listed in every view; nothing of it runs."""
    desk = sit(hostile)
    labels = desk.ask("nodes.label")
    assert len(labels) > 60
    assert quiet(desk)
    for n in range(len(labels)):
        desk.ask(
            "(app.select({node: arguments[0]}), app.change({look: {...app.state.look, colour: arguments[0] % 2 ? 'class' : 'community'}}),"
            "document.querySelector('.mentions')?.setAttribute('open', ''))",
            n,
        )
    for label in labels[:22]:
        desk.ask(
            "((f) => { f.value = arguments[0].slice(0, 60); f.dispatchEvent(new Event('input')); })(document.getElementById('query'))",
            label,
        )
    for view in ("entities", "statements", "commitments", "graph"):
        desk.ask("app.change({view: arguments[0]})", view)
    desk.ask("app.select({node: 1})")
    desk.find("#panel .open-text").click()
    desk.find("#reader .close").click()
    desk.ask("app.keep(nodes.label[0])")
    desk.ask("app.tell(0)")
    desk.find("#language").click()
    assert "<script" not in desk.ask("app.stage.svg()")
    assert quiet(desk)


def test_names_come_whole(sit: Callable[..., Any], hostile: Path) -> None:
    """What the page shows of a hostile name is the name, letter by letter; only unseen controls are shown by a sign."""
    desk = sit(hostile)
    label = desk.ask("nodes.label.find((one) => one.includes('onerror'))")
    desk.select(label)
    assert desk.ask("document.querySelector('#panel h2').textContent") == label
    turned = desk.ask("nodes.label.find((one) => one.startsWith('\\u202e'))")
    desk.select(turned)
    shown = desk.ask("document.querySelector('#panel h2').textContent")
    assert "\u202e" not in shown
    assert "edocsrever" in shown


def test_a_hostile_address_is_harmless(sit: Callable[..., Any], hostile: Path) -> None:
    """Whatever stands after the number sign runs nothing and breaks nothing."""
    for fragment in (
        "#<img src=x onerror=window.ran=1>",
        "#javascript:window.ran=1",
        "#v1=" + "A" * 50_000,
        "#__proto__",
        "#v1=q1YqyUxOzVOyUkpMTFTSUSpLLSrOzM8DAA",
    ):
        assert quiet(sit(hostile, fragment))
