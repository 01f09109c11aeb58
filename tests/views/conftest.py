"""A small graph with evil names, its page, and a real Chromium to open it in."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import Dataset
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

from ecograph.graph import join_nquads, ontology_quads, open_dataset, quads, write_nquads
from ecograph.iris import entity_iri
from ecograph.model import Document, Entity, Evidence, Linked, Mention, OffsetMap, Section, Span, Statement
from ecograph.ontology import Ontology
from ecograph.views import write_page

Load = Callable[..., webdriver.Chrome]

EVIL = '</script><img src=x onerror="window.ran = 1">公司'
FORMULA = "=1+1 计划"
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--force-prefers-reduced-motion", "--window-size=1400,950"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of the example: what is said by it, with which words."""

    subject: str
    predicate: str
    object: str
    status: str
    words: str
    time: str | None = None
    amount: str | None = None


ENTITIES = {
    "星河区": "Place",
    "人工智能": "Industry",
    "云杉科技有限公司": "Company",
    EVIL: "Company",
    "星河创新联盟": "Association",
    FORMULA: "Programme",
    "启元基金": "Fund",  # no statement says anything of it
}
SAID = (
    Said("云杉科技有限公司", "basedIn", "星河区", "done", "云杉科技有限公司已落户星河区"),
    Said("云杉科技有限公司", "memberOf", "星河创新联盟", "planned", "𠮷日，云杉科技有限公司将加入星河创新联盟", time="2024/2025"),
    Said(EVIL, "operatesIn", "人工智能", "ongoing", f"{EVIL}正在发展人工智能", amount="3000万元"),
    Said("云杉科技有限公司", "operatesIn", "人工智能", "denied", "云杉科技有限公司未涉足人工智能"),
    Said("云杉科技有限公司", "cooperatesWith", EVIL, "done", f"云杉科技有限公司与{EVIL}签约"),
    Said("星河区", "implements", FORMULA, "done", f"星河区实施{FORMULA}"),
)


def example_quads(ontology: Ontology, said: Sequence[Said] = SAID, name: str = "012") -> list[object]:
    """The quads of one invented reply that says just this."""
    iris = {label: entity_iri(ontology.cls(cls).group, label) for label, cls in ENTITIES.items()}
    text = "一、主要做法\n启元基金。"
    mentions = {Mention(7, 11, ENTITIES["启元基金"], "test", 1.0): iris["启元基金"]}
    statements = []
    for s in said:
        start, text = len(text), f"{text}{s.words}。"
        for label in (s.subject, s.object):
            at = start + s.words.index(label)
            mentions[Mention(at, at + len(label), ENTITIES[label], "test", 1.0)] = iris[label]
        evidence = (Evidence(start, start + len(s.words), s.words),)
        statements.append(
            Statement(iris[s.subject], s.predicate, iris[s.object], evidence, name, s.status, "test-rule", 0.9, s.time, s.amount)
        )
    document = Document(
        name, f"{name}.txt", text, OffsetMap(((0, 0, len(text)),)), sections=(Section("一、主要做法", 1, "body", 0, len(text)),)
    )
    aliases = {"云杉科技有限公司": ("云杉", "云杉科技"), "人工智能": ("AI",)}
    entities = tuple(Entity(iris[label], label, cls, aliases.get(label, ())) for label, cls in ENTITIES.items())
    linked = Linked(entities, mentions, ((Span(0, 2), iris["星河区"]),), iris["星河区"])
    return quads(document, list(mentions), linked, statements, ontology)


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


@pytest.fixture(scope="session")
def built(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's graph.nq."""
    folder = tmp_path_factory.mktemp("output")
    write_nquads(example_quads(ontology), folder / "reply.nq")
    write_nquads(ontology_quads(ontology), folder / "ontology.nq")
    join_nquads([folder / "reply.nq", folder / "ontology.nq"], folder / "graph.nq")
    return folder


@pytest.fixture(scope="session")
def dataset(built: Path) -> Dataset:
    """The example as a dataset."""
    return open_dataset(built)


@pytest.fixture(scope="session")
def page(dataset: Dataset, ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's page."""
    path = tmp_path_factory.mktemp("page") / "index.html"
    write_page(dataset, ontology, path)
    return path


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A headless Chromium; without one the test is skipped, but never where CI=true."""
    binary = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        missing = "no Chromium with its chromedriver here; install them (Debian: chromium chromium-driver)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    options = Options()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    chrome.get("about:blank")
    yield chrome
    chrome.quit()


@pytest.fixture
def load(browser: webdriver.Chrome) -> Load:
    """Loads a page from disk, waits until it is drawn, and leaves only its own messages in the logs."""

    def call(page: Path, fragment: str = "") -> webdriver.Chrome:
        browser.get("about:blank")
        for log in ("browser", "performance"):
            browser.get_log(log)
        browser.get(page.as_uri() + fragment)
        ready = "return document.documentElement.dataset.ready"
        WebDriverWait(browser, 20).until(lambda chrome: chrome.execute_script(ready) == "yes")
        return browser

    return call


@pytest.fixture
def opened(load: Load, page: Path) -> webdriver.Chrome:
    """The browser with the example's page freshly loaded."""
    return load(page)
