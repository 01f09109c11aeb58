"""axe-core looks at the page in every state and finds no serious fault."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
STATES = {
    "start": "0",
    "entity": "app.select({node: 0})",
    "edge": "app.select({edge: 0})",
    "text": "(app.select({node: 0}), document.querySelector('#panel .open-text').click())",
    "entities": "app.change({view: 'entities'})",
    "statements": "app.change({view: 'statements'})",
    "commitments": "app.change({view: 'commitments'})",
    "story": "(document.getElementById('show-story').click(), app.keep('一'))",
    "search": "((f) => { f.focus(); f.value = '企业'; f.dispatchEvent(new Event('input')); })(document.getElementById('query'))",
    "facets": "document.querySelectorAll('#facets details').forEach((d) => { d.open = true; })",
}


@pytest.fixture(scope="module")
def axe() -> str:
    """axe-core's script; without it the tests are skipped, but never where CI=true."""
    if not AXE.is_file():
        missing = "no axe-core here; run `npm install --no-save` in web/"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return AXE.read_text(encoding="utf-8")


def faults(desk: Any, axe: str) -> list[str]:
    """Serious and critical faults, each with the first element that has it."""
    desk.chrome.execute_script(axe)
    found = desk.chrome.execute_async_script("axe.run(document).then(arguments[0])")
    wrong = [f for f in found["violations"] if f["impact"] in {"serious", "critical"}]
    return [f"{f['id']}: {node['html'][:120]} {node['failureSummary'][:200]}" for f in wrong for node in f["nodes"][:2]]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_serious_fault(many: Any, axe: str, state: str, theme: str) -> None:
    """In this state, on light and on dark ground."""
    many.ask("(document.documentElement.dataset.theme = arguments[0], app.render())", theme)
    many.ask(STATES[state])
    assert faults(many, axe) == []


def test_a_fault_would_be_seen(sit: Callable[..., Any], page: Path, axe: str) -> None:
    """A button without a name is a fault."""
    desk = sit(page)
    desk.chrome.execute_script("document.body.append(document.createElement('button'))")
    assert faults(desk, axe)
