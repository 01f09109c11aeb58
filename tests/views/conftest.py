"""A small graph with evil names, its page, and a real Chromium to open it in."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset
from selenium import webdriver
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from ecograph.extraction import Commitment
from ecograph.graph import join_nquads, ontology_quads, open_dataset, quads, write_nquads
from ecograph.iris import entity_iri
from ecograph.model import Document, Entity, Evidence, Field, Header, Linked, Mention, OffsetMap, Section, Span, Statement
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


ALIASES = {"云杉科技有限公司": ("云杉", "云杉科技"), "人工智能": ("AI",)}


@dataclass(frozen=True, slots=True)
class Reply:
    """An invented reply: what it says of which entities (labels and classes), and what it promises (who, in which words)."""

    said: Sequence[Said] = SAID
    entities: Mapping[str, str] = field(default_factory=lambda: ENTITIES)
    name: str = "012"
    lead: str = "启元基金"
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: ALIASES)
    promised: Sequence[tuple[str, str]] = ()
    date: str = ""
    district: str = "星河区"


def reply_quads(ontology: Ontology, reply: Reply) -> tuple[list[object], str]:
    """The quads of one invented reply that says just this, and its text."""
    iris = {label: entity_iri(ontology.cls(cls).group, label) for label, cls in reply.entities.items()}
    text = f"一、主要做法\n{reply.lead}。"
    mentions = {
        Mention(at, at + len(label), cls, "test", 1.0): iris[label]
        for label, cls in reply.entities.items()
        if (at := text.find(label)) >= 0
    }
    statements = []
    for s in reply.said:
        start, text = len(text), f"{text}{s.words}。"
        for label in (s.subject, s.object):
            at = start + s.words.index(label)
            mentions[Mention(at, at + len(label), reply.entities[label], "test", 1.0)] = iris[label]
        evidence = (Evidence(start, start + len(s.words), s.words),)
        statements.append(
            Statement(iris[s.subject], s.predicate, iris[s.object], evidence, reply.name, s.status, "test-rule", 0.9, s.time, s.amount)
        )
    promises = []
    for actor, words in reply.promised:
        start, text = len(text), f"{text}{words}。"
        promises.append(
            Commitment(reply.name, iris[actor], "推进", words[-4:], (), Evidence(start, start + len(words), words), "test", 0.8)
        )
    sections = (Section("一、主要做法", 1, "body", 0, len(text)),)
    header = Header(date=Field(reply.date, Span(0, 1)), jurisdiction=Field(reply.district, Span(0, 1))) if reply.date else Header()
    document = Document(reply.name, f"{reply.name}.txt", text, OffsetMap(((0, 0, len(text)),)), header, sections)
    entities = tuple(Entity(iris[label], label, cls, reply.aliases.get(label, ())) for label, cls in reply.entities.items())
    linked = Linked(entities, mentions, (), iris[reply.district])
    return quads(document, list(mentions), linked, statements, ontology, commitments=promises), text


def write_graph(ontology: Ontology, folder: Path, replies: Sequence[Reply]) -> dict[str, str]:
    """Put the graph of these replies into the folder; gives their texts."""
    found = {reply.name: reply_quads(ontology, reply) for reply in replies}
    parts = {f"{name}.nq": said for name, (said, _) in found.items()} | {"ontology.nq": ontology_quads(ontology)}
    for name, said in parts.items():
        write_nquads(said, folder / name)
    join_nquads([folder / name for name in parts], folder / "graph.nq")
    return {name: text for name, (_, text) in found.items()}


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology of the checkout."""
    return Ontology()


@pytest.fixture(scope="session")
def built(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example's graph.nq."""
    folder = tmp_path_factory.mktemp("output")
    write_graph(ontology, folder, [Reply()])
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
        browser.get(page.as_uri())
        browser.execute_script("localStorage.clear()")  # language and theme are remembered
        browser.get("about:blank")
        for log in ("browser", "performance"):
            browser.get_log(log)
        browser.get(page.as_uri() + fragment)
        ready = "return document.documentElement.dataset.ready"
        WebDriverWait(browser, 20).until(lambda chrome: chrome.execute_script(ready) == "yes")
        return browser

    return call


@dataclass(frozen=True, slots=True)
class Desk:
    """A loaded page, and what a person does with it."""

    chrome: webdriver.Chrome

    def ask(self, script: str, *given: object) -> Any:
        """The value of an expression of the page's own objects; `ecograph` is its middle."""
        return self.chrome.execute_script(f"const app = window.ecograph, nodes = app.model.graph.nodes; return {script}", *given)

    def find(self, css: str) -> WebElement:
        """The first element."""
        return self.chrome.find_element(By.CSS_SELECTOR, css)

    def all(self, css: str) -> list[WebElement]:
        """All elements."""
        return self.chrome.find_elements(By.CSS_SELECTOR, css)

    def text(self, css: str) -> str:
        """What an element shows."""
        return self.find(css).text

    def node(self, label: str) -> int:
        """The number by which the page knows the entity."""
        found = self.ask("nodes.label.indexOf(arguments[0])", label)
        assert found >= 0
        return int(found)

    def shown(self) -> set[str]:
        """The labels of the nodes on the canvas."""
        return set(self.ask("app.scene.ids.map((id) => id < 0 ? app.scene.label[app.scene.position.get(id)] : nodes.label[id])"))

    def heading(self) -> str:
        """What the panel is about."""
        return self.text("#panel h2")

    def wait(self, so: Callable[[], object]) -> None:
        """Wait until it is so."""
        WebDriverWait(self.chrome, 5).until(lambda _: so())

    def select(self, label: str) -> None:
        """Choose the entity as a search would."""
        self.ask("app.select({node: arguments[0]})", self.node(label))

    def spot(self, label: str) -> tuple[float, float]:
        """Where a node is drawn, in pixels of the graph's element."""
        found = self.ask("app.stage.whereabouts(arguments[0])", self.node(label))
        return found["x"], found["y"]

    def click(self, x: float, y: float, times: int = 1) -> None:
        """Click with the mouse at a spot of the graph's element."""
        graph = self.find("#graph")
        left, top = x - graph.size["width"] / 2, y - graph.size["height"] / 2
        actions = ActionChains(self.chrome).move_to_element_with_offset(graph, round(left), round(top))
        (actions.click() if times == 1 else actions.double_click()).perform()

    def tap(self, x: float, y: float) -> None:
        """Touch a spot of the graph's element with a finger."""
        graph = self.find("#graph")
        finger = PointerInput("touch", "finger")
        actions = ActionBuilder(self.chrome, mouse=finger)
        actions.pointer_action.move_to(graph, round(x - graph.size["width"] / 2), round(y - graph.size["height"] / 2))
        actions.pointer_action.pointer_down().pause(0.05).pointer_up()
        actions.perform()

    def press(self, *keys: str) -> None:
        """Type to whatever has the focus."""
        ActionChains(self.chrome).send_keys(*keys).perform()

    def tick(self, facet: str, label: str) -> None:
        """Click the checkbox of this label in the legend."""
        box = self.find(f"#facet-{facet}")
        if not box.get_attribute("open"):
            box.find_element(By.TAG_NAME, "summary").click()
        (row,) = [row for row in self.all(f"#facet-{facet} .row") if row.find_element(By.CLASS_NAME, "name").text == label]
        row.find_element(By.TAG_NAME, "input").click()

    def push(self, label: str) -> None:
        """Click the button in the panel that says this."""
        (found,) = [button for button in self.all("#panel button") if button.text == label]
        found.click()


@pytest.fixture
def desk(load: Load, page: Path) -> Desk:
    """The example's page freshly loaded."""
    return Desk(load(page))


@pytest.fixture
def sit(load: Load) -> Callable[..., Desk]:
    """Loads another page, or one with an address."""
    return lambda page, fragment="": Desk(load(page, fragment))


CHAIN = ("云杉科技有限公司", "星河创新联盟", "启元基金", "远山研究院", "星河区", "月湖区")


@pytest.fixture(scope="session")
def series(ontology: Ontology, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two replies of two districts and years, with whole texts, a promise, and more entities than the first view shows."""
    folder = tmp_path_factory.mktemp("series")
    firms = {f"第{n}号企业": "Company" for n in range(430)}
    classes = dict(zip(CHAIN, ("Company", "Association", "Fund", "ResearchOrganization", "Place", "Place"), strict=True)) | firms
    firm, league, fund, institute, here, there = CHAIN
    first = Reply(
        (
            Said(firm, "memberOf", league, "done", f"{firm}加入{league}"),
            Said(fund, "memberOf", league, "done", f"{fund}加入{league}"),
            Said(fund, "investsIn", firm, "planned", f"{fund}拟投资{firm}", time="2026"),
            Said(institute, "cooperatesWith", fund, "ongoing", f"{institute}正与{fund}合作", time="2022"),
            *(Said(name, "basedIn", here, "done", f"{name}位于{here}") for name in list(firms)[:215]),
        ),
        classes,
        "a1",
        f"{here}人民政府",
        {},
        ((here, f"{here}将推进数据开放"),),
        "2023-05-01",
        here,
    )
    second = Reply(
        tuple(Said(n, "basedIn", there, "done", f"{n}位于{there}") for n in list(firms)[215:]),
        classes,
        "b2",
        "略",
        {},
        (),
        "2024-06-01",
        there,
    )
    texts = write_graph(ontology, folder, [first, second])
    write_page(open_dataset(folder), ontology, folder / "index.html", text=texts.get)
    return folder / "index.html"


@pytest.fixture
def many(load: Load, series: Path) -> Desk:
    """The page of the series freshly loaded."""
    return Desk(load(series))


@pytest.fixture(scope="session")
def make_reply(ontology: Ontology) -> Callable[[Path, Sequence[str]], dict[str, str]]:
    """Writes the graph of one reply in which entities of these names have to do with each other; gives its text."""

    def make(folder: Path, names: Sequence[str]) -> dict[str, str]:
        classes = dict.fromkeys(names, "Company") | {"星河区": "Place"}
        firms = [Said(name, "basedIn", "星河区", "done", f"{name}位于星河区", time=name[:40], amount=name[:40]) for name in names]
        pairs = [Said(a, "cooperatesWith", b, "planned", f"{a}将与{b}合作") for a, b in pairwise(names)]
        aliases = {name: (name[::-1],) for name in names}
        reply = Reply(
            (*firms, *pairs), classes, "h1", names[0], aliases, [("星河区", f"将帮助{name[:200]}") for name in names], "2024-01-01"
        )
        return write_graph(ontology, folder, [reply])

    return make
