"""How heavy the page is, beside pyvis's own page of the same graph, in headless Chromium without a graphics card.

Usage: python benchmarks/page.py [--nodes N ...] [--without-pyvis] [--json FILE]

Invented graphs (2.2 edges a node, power law, Chinese labels) as statements of invented replies, through `write_page`'s
own steps. Measured are CPU seconds of the browser's processes, not wall time: until the page is usable, a frame of
panning at full view (all nodes drawn, communities open) and zoomed in, and the milliseconds of a search. pyvis's page
is as it comes (physics on); it counts as usable when its nodes stand still or after PATIENCE seconds.
Needs chromium, chromedriver, selenium and psutil.
"""

# ruff: noqa: E501, S311 -- scripts for the browser stay on their lines; invented graphs are no secret

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil
from pyvis.network import Network
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from ecograph.model import Entity, Evidence, Statement
from ecograph.ontology import Ontology
from ecograph.views.busiest import LIMIT
from ecograph.views.measures import Measures, measure
from ecograph.views.payload import Content, graph_of, lexicon_of, size_of
from ecograph.views.projection import Projection, Reply
from ecograph.views.selection import Selection
from ecograph.views.webpage import render

PATIENCE = 60
FRAMES = 12
LETTERS = "创新科技数字智能产业园区基金联盟研究院平台计划生态云谷星河远山启元"
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion", "--window-size=1400,900")


def invented(count: int) -> list[tuple[int, int]]:
    """Pairs of nodes: each new one is joined to a few, more likely to those that have many."""
    chance = random.Random(count)
    ends: list[int] = [0]
    pairs = []
    for node in range(1, count):
        for _ in range(3 if chance.random() < 0.2 else 2):
            other = chance.choice(ends) if chance.random() < 0.7 else chance.randrange(node)
            if other != node:
                pairs.append((other, node))
                ends += [other, node]
    return pairs


def content(count: int, ontology: Ontology) -> tuple[Content, float]:
    """All that a page of the invented graph is made from, and the CPU seconds of its layout and measures."""
    chance = random.Random(count + 1)
    classes, predicates = list(ontology.classes), list(ontology.predicates)
    labels = ["".join(chance.choices(LETTERS, k=chance.randint(4, 12))) + str(n) for n in range(count)]
    entities = [Entity(f"https://ecograph.example/id/organization/{label}", label, chance.choice(classes)) for label in labels]
    links: dict[tuple[int, str, int], tuple[Statement, ...]] = {}
    reply, at = "https://ecograph.example/reply/r", 0
    for a, b in invented(count):
        words = f"{labels[a]}与{labels[b]}"
        status = chance.choice(["done", "ongoing", "planned"])
        evidence = (Evidence(at, at + len(words), words),)
        predicate = chance.choice(predicates)
        said = Statement(entities[a].iri, predicate, entities[b].iri, evidence, reply, status, "invented", 0.9, "2024", None)
        links[(a, predicate, b)] = (said,)
        at += len(words)
    degrees = Counter(end for a, _, b in links for end in (a, b))
    selection = Selection(tuple(entities), tuple(degrees[n] for n in range(count)), dict(sorted(links.items())), count)
    projection = Projection(
        {e.iri: e for e in entities}, tuple(s for held in links.values() for s in held), {reply: Reply(reply, "r.txt")}, {}, {}
    )
    measures, spent = _measured(selection)
    totals = {"entities": count, "connected": count, "statements": len(links), "replies": 1}
    return Content(projection, selection, measures, (), totals, None), spent


def _measured(selection: Selection) -> tuple[Measures, float]:
    """Layout and measures as a build makes them; beyond what a page of a build holds, places by chance and 40 communities."""
    names, links = [e.iri for e in selection.entities], [(a, b) for a, _, b in selection.links]
    begun = time.process_time()
    if len(names) <= LIMIT:
        return measure(names, [size_of(d) for d in selection.degrees], links), time.process_time() - begun
    chance = random.Random(1)
    group = [chance.randrange(40) for _ in names]
    spots = [(round(1500 * (g % 7) + chance.gauss(0, 420)), round(1500 * (g // 7) + chance.gauss(0, 420))) for g in group]
    return Measures("", tuple(spots), tuple(group), (0,) * len(names)), 0.0


def pyvis_page(made: Content, path: Path) -> None:
    """The same graph as pyvis draws it by default."""
    network = Network(directed=True, cdn_resources="in_line")
    for n, entity in enumerate(made.selection.entities):
        network.add_node(n, label=entity.label)
    network.edges = [{"from": a, "to": b, "arrows": "to"} for a, _, b in made.selection.links]
    path.write_text(network.generate_html(), encoding="utf-8")


class Browser:
    """A fresh Chromium whose CPU seconds can be read."""

    def __init__(self, profile: str) -> None:
        options = Options()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        service = Service(shutil.which("chromedriver"))
        self.chrome = webdriver.Chrome(options=options, service=service)
        self.chrome.set_script_timeout(300)
        self.process = psutil.Process(service.process.pid)

    def cpu(self) -> float:
        """CPU seconds of all its processes."""
        total = 0.0
        for process in self.process.children(recursive=True):
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
        return total

    def spent(self, script: str, *given: object) -> float:
        """CPU seconds while an asynchronous script runs."""
        before = self.cpu()
        self.chrome.execute_async_script(script, *given)
        return self.cpu() - before


# Each frame's own time, as the page's main thread has it: panning by a few pixels, then the passes.
PAN = """const [stage, frames, done] = [window.ecograph.stage, arguments[0], arguments[1]]; let left = frames;
const step = () => { if (!left--) return done(); stage.moving = true; stage.pan(left % 2 ? 40 : -40, 10); requestAnimationFrame(() => requestAnimationFrame(step)); }; step();"""
PAN_PYVIS = """const [frames, done] = [arguments[0], arguments[1]]; let left = frames; network.setOptions({physics: false});
const step = () => { if (!left--) return done(); const p = network.getViewPosition(), s = network.getScale();
network.moveTo({position: {x: p.x + (left % 2 ? 40 : -40) / s, y: p.y + 10 / s}}); requestAnimationFrame(() => requestAnimationFrame(step)); }; step();"""


def measured(page: Path, ours: bool) -> dict[str, float]:
    """CPU seconds until usable, CPU milliseconds of a frame, milliseconds of a search."""
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        try:
            browser.chrome.get("about:blank")
            before = browser.cpu()
            browser.chrome.get(page.as_uri())
            ready = (
                "return document.documentElement.dataset.ready === 'yes'"
                if ours
                else "return !!window.network && !network.physics.simulationInterval && network.physics.stabilized"
            )
            begun = time.monotonic()
            while not browser.chrome.execute_script(ready) and time.monotonic() - begun < PATIENCE:
                time.sleep(0.2)
            found = {"usable_s": browser.cpu() - before, "bytes": page.stat().st_size}
            return found | (_ours(browser) if ours else {"frame_ms": browser.spent(PAN_PYVIS, FRAMES) * 1000 / FRAMES})
        finally:
            browser.chrome.quit()


def _ours(browser: Browser) -> dict[str, float]:
    chrome = browser.chrome
    queries = ["创新", "联盟", "基金1", "云谷星", "平台 计划"]
    field = "const f = document.getElementById('query'); const t = performance.now(); f.value = arguments[0]; f.dispatchEvent(new Event('input')); return performance.now() - t"
    chrome.execute_script(field, "预热")
    search = statistics.median(chrome.execute_script(field, query) for query in queries)
    chrome.execute_script("document.getElementById('query').value = ''; document.getElementById('found').hidden = true")
    before = browser.cpu()
    chrome.execute_script("window.ecograph.change({scope: {kind: 'all'}}, {fit: true})")
    grouped = browser.cpu() - before
    before = browser.cpu()
    chrome.execute_script("window.ecograph.change({scope: {kind: 'all'}, grouped: 'no'}, {fit: true})")
    everything = browser.cpu() - before
    full = browser.spent(PAN, FRAMES) * 1000 / FRAMES
    chrome.execute_script("window.ecograph.stage.look(window.ecograph.stage.network.getViewPosition(), 1)")
    near = browser.spent(PAN, FRAMES) * 1000 / FRAMES
    return {"search_ms": search, "communities_s": grouped, "all_s": everything, "frame_ms": full, "near_ms": near}


def run(count: int, ontology: Ontology, folder: Path, *, pyvis: bool) -> dict[str, Any]:
    """One line of the table."""
    made, layout = content(count, ontology)
    page = folder / f"{count}.html"
    page.write_text(render(ontology, lexicon_of(ontology, made.measures.key), graph_of(made, ontology)), encoding="utf-8", newline="\n")
    line: dict[str, Any] = {"nodes": count, "edges": len(made.selection.links), "layout_s": layout, "page": measured(page, ours=True)}
    if pyvis:
        pyvis_page(made, folder / f"{count}-pyvis.html")
        line["pyvis"] = measured(folder / f"{count}-pyvis.html", ours=False)
        line["ratio"] = {name: line["page"][name] / line["pyvis"][name] for name in ("usable_s", "frame_ms", "bytes")}
    return line


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[100, 1000, 5000, 20000])
    parser.add_argument("--without-pyvis", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for count in given.nodes:
            lines.append(run(count, Ontology(), Path(folder), pyvis=not given.without_pyvis))
            print(json.dumps(lines[-1], default=lambda value: round(value, 3)), flush=True)
    if given.json:
        given.json.write_text(json.dumps(lines, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
