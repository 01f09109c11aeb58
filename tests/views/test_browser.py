"""The page in a real browser, from disk."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Dataset
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from ecograph.ontology import Ontology
from ecograph.views import write_page

pytestmark = pytest.mark.browser

EVIL = '</script><img src=x onerror="window.ran = 1">公司'
FIRM = "云杉科技有限公司"
Load = Callable[..., Chrome]


def number_of(browser: Chrome, label: str) -> int:
    """The number by which the page knows the entity."""
    found = browser.execute_script("return entities.findIndex((entity) => entity.label === arguments[0])", label)
    assert found >= 0
    return int(found)


def shown(browser: Chrome) -> set[str]:
    """The labels of the nodes on the canvas."""
    return set(browser.execute_script("return shownNodes.get({filter: (n) => !n.hidden}).map((n) => entities[n.id].label)"))


def heading(browser: Chrome) -> str:
    """What the panel is about."""
    return browser.find_element(By.CSS_SELECTOR, "#panel h2").text


def wait_for_heading(browser: Chrome, text: str) -> None:
    """Wait until the panel is about this."""
    WebDriverWait(browser, 5).until(lambda chrome: heading(chrome) == text)


def click_at(browser: Chrome, spot: dict[str, float], times: int = 1) -> None:
    """Click with the mouse at a spot of the graph's element, in its pixels."""
    graph = browser.find_element(By.ID, "graph")
    x, y = spot["x"] - graph.size["width"] / 2, spot["y"] - graph.size["height"] / 2
    actions = ActionChains(browser).move_to_element_with_offset(graph, round(x), round(y))
    (actions.click() if times == 1 else actions.double_click()).perform()


def whereabouts(browser: Chrome, label: str) -> dict[str, float]:
    """Where a node is drawn, in pixels of the graph's element."""
    found: dict[str, float] = browser.execute_script("return whereabouts(arguments[0])", number_of(browser, label))
    return found


def check(browser: Chrome, group: str, label: str) -> None:
    """Click the checkbox of this label in the legend."""
    rows = browser.find_elements(By.CSS_SELECTOR, f"#{group} .row")
    (row,) = [row for row in rows if row.find_element(By.CLASS_NAME, "name").text == label]
    row.find_element(By.TAG_NAME, "input").click()


def test_the_graph_is_there(opened: Chrome) -> None:
    """Every entity with a statement that isn't denied is drawn, and nothing else."""
    assert shown(opened) == {"星河区", "人工智能", FIRM, EVIL, "星河创新联盟", "=1+1 计划"}
    assert opened.find_element(By.ID, "totals").text == "1 份答复 · 7 个实体 · 6 条陈述"
    pixels = (
        "const c = document.querySelector('canvas'); return new Set(c.getContext('2d').getImageData(0, 0, c.width, c.height).data).size"
    )
    assert opened.execute_script(pixels) > 20


def test_the_page_is_quiet(opened: Chrome) -> None:
    """Loading, searching and selecting ask no other address, break no policy and log no error."""
    opened.find_element(By.ID, "query").send_keys("云杉", Keys.ENTER)
    wait_for_heading(opened, FIRM)
    opened.find_element(By.ID, "fit").click()
    events = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [address.split("#")[0] for address in asked] == [opened.current_url.split("#")[0]]
    assert opened.get_log("browser") == []


def test_the_policy_stops_other_scripts(opened: Chrome) -> None:
    """A script that is not the page's own doesn't run: the test above could fail."""
    script = "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); return window.ran"
    assert opened.execute_script(script) is None
    assert "Content Security Policy" in opened.get_log("browser")[0]["message"]


def test_evil_names_are_text(opened: Chrome) -> None:
    """A name that looks like markup is shown letter by letter, in the list, the panel and the quote."""
    opened.find_element(By.ID, "query").send_keys("onerror")
    assert EVIL in opened.find_element(By.ID, "found").text
    opened.find_element(By.ID, "query").send_keys(Keys.ENTER)
    wait_for_heading(opened, EVIL)
    quotes = [quote.text for quote in opened.find_elements(By.CSS_SELECTOR, "#panel blockquote")]
    assert f"{EVIL}正在发展人工智能" in quotes
    assert opened.find_elements(By.TAG_NAME, "img") == []
    assert opened.execute_script("return window.ran") is None


def test_search_by_another_name_selects_and_centres(opened: Chrome) -> None:
    """A search finds by alias in any width or case; Enter puts the entity into the middle."""
    query = opened.find_element(By.ID, "query")
    query.send_keys("ａi")
    assert [row.text for row in opened.find_elements(By.CSS_SELECTOR, "#found [role=option] .name")] == ["人工智能　又称 AI"]
    query.send_keys(Keys.ENTER)
    wait_for_heading(opened, "人工智能")
    spot, graph = whereabouts(opened, "人工智能"), opened.find_element(By.ID, "graph").size
    assert (spot["x"], spot["y"]) == pytest.approx((graph["width"] / 2, graph["height"] / 2), abs=2)


def test_arrow_keys_walk_the_results(opened: Chrome) -> None:
    """Down and Enter take the second result, the way a screen reader is told."""
    query = opened.find_element(By.ID, "query")
    query.send_keys("星河", Keys.ARROW_DOWN)
    second = opened.find_elements(By.CSS_SELECTOR, "#found [role=option]")[1]
    assert second.get_attribute("aria-selected") == "true"
    assert query.get_attribute("aria-activedescendant") == second.get_attribute("id")
    label = second.find_element(By.CLASS_NAME, "name").text
    query.send_keys(Keys.ENTER)
    wait_for_heading(opened, label)


def test_a_search_without_result_says_so(opened: Chrome) -> None:
    """Words that no name holds give one line and select nothing."""
    opened.find_element(By.ID, "query").send_keys("不存在的名字", Keys.ENTER)
    assert opened.find_element(By.ID, "found").text == "没有名称含有“不存在的名字”的实体"
    assert heading(opened) == "从哪里看起"


def test_an_entity_without_statements_is_found_and_can_be_shown(opened: Chrome) -> None:
    """It is hidden until it is searched for or the option is set."""
    assert "启元基金" not in shown(opened)
    opened.find_element(By.ID, "isolated").click()
    assert "启元基金" in shown(opened)
    opened.find_element(By.ID, "isolated").click()
    opened.find_element(By.ID, "query").send_keys("启元", Keys.ENTER)
    wait_for_heading(opened, "启元基金")
    assert "启元基金" in shown(opened)


def test_class_filter_hides_nodes(opened: Chrome) -> None:
    """Without a class its nodes go, and the reset brings them back."""
    check(opened, "classes", "企业")
    assert shown(opened) == {"星河区", "人工智能", "星河创新联盟", "=1+1 计划"}
    opened.find_element(By.ID, "reset").click()
    assert {FIRM, EVIL} <= shown(opened)


def test_only_one_class(opened: Chrome) -> None:
    """The button beside a class leaves that class alone; pressed again it restores the others."""
    before = shown(opened)
    for expected in ({FIRM, EVIL}, before):
        opened.execute_script("[...document.querySelectorAll('.only')].find((b) => b.ariaLabel === '仅看企业').click()")
        assert shown(opened) == expected


def test_predicate_filter_hides_nodes(opened: Chrome) -> None:
    """An entity goes when none of its statements passes any more."""
    check(opened, "predicates", "成员")
    assert "星河创新联盟" not in shown(opened)


def test_status_decides_lines(opened: Chrome) -> None:
    """Planned is dashed, facts are solid, denied comes only when asked for and is dashed too."""
    lines = "return shownEdges.get({filter: (e) => !e.hidden}).map((e) => [predicates[edges[e.id].predicate].label, Boolean(e.dashes)])"
    usual = [["从事", False], ["位于", False], ["合作", False], ["实施", False], ["成员", True]]
    assert sorted(opened.execute_script(lines)) == usual
    check(opened, "statuses", "否定")
    assert sorted(opened.execute_script(lines)) == sorted([*usual, ["从事", True]])
    check(opened, "statuses", "计划中")
    assert ["成员", True] not in opened.execute_script(lines)


def test_click_on_a_node_shows_its_sentences(opened: Chrome) -> None:
    """A mouse click on the canvas shows each statement with sentence, marks, status, time and source."""
    click_at(opened, whereabouts(opened, FIRM))
    wait_for_heading(opened, FIRM)
    cards = {card.find_element(By.TAG_NAME, "blockquote").text: card for card in opened.find_elements(By.CSS_SELECTOR, "#panel .card")}
    assert set(cards) == {"云杉科技有限公司已落户星河区", "𠮷日，云杉科技有限公司将加入星河创新联盟", f"云杉科技有限公司与{EVIL}签约"}
    planned = cards["𠮷日，云杉科技有限公司将加入星河创新联盟"]
    assert planned.find_element(By.CSS_SELECTOR, "mark.subject").text == FIRM
    assert planned.find_element(By.CSS_SELECTOR, "mark.object").text == "星河创新联盟"
    assert [tag.text for tag in planned.find_elements(By.CLASS_NAME, "tag")] == ["计划中", "2024 至 2025"]
    assert planned.find_element(By.CLASS_NAME, "source").text.startswith("012.txt · 一、主要做法 · 第 ")


def test_filtered_statements_are_counted(opened: Chrome) -> None:
    """The panel says how many statements the filters keep back, and lists them when asked."""
    opened.execute_script("selectEntity(arguments[0])", number_of(opened, FIRM))
    assert "另有 1 条陈述不符合当前筛选。" in opened.find_element(By.ID, "panel").text
    (more,) = [b for b in opened.find_elements(By.CSS_SELECTOR, "#panel .link") if b.text == "也列出来"]
    more.click()
    assert "云杉科技有限公司未涉足人工智能" in opened.find_element(By.ID, "panel").text


def test_the_list_leads_to_the_other_entity(opened: Chrome) -> None:
    """The name in a card selects that entity, and Back returns."""
    opened.execute_script("selectEntity(arguments[0])", number_of(opened, FIRM))
    (link,) = [b for b in opened.find_elements(By.CSS_SELECTOR, "#panel .card .link") if b.text == "星河区"]
    link.click()
    wait_for_heading(opened, "星河区")
    opened.back()
    wait_for_heading(opened, FIRM)


def test_click_on_an_edge_shows_its_statements(opened: Chrome) -> None:
    """A mouse click on a line shows both ends and the sentence."""
    a, b = whereabouts(opened, "星河区"), whereabouts(opened, "=1+1 计划")
    click_at(opened, {key: (a[key] + b[key]) / 2 for key in a})
    wait_for_heading(opened, "星河区 —实施→ =1+1 计划")
    assert opened.find_element(By.CSS_SELECTOR, "#panel blockquote").text == "星河区实施=1+1 计划"


def test_double_click_shows_the_neighbourhood(opened: Chrome) -> None:
    """Two clicks on a node leave its neighbours; a button in the notice brings all back."""
    click_at(opened, whereabouts(opened, "星河区"), times=2)
    WebDriverWait(opened, 5).until(lambda chrome: shown(chrome) == {"星河区", FIRM, "=1+1 计划"})
    assert "只看“星河区”周边一步：3 个实体" in opened.find_element(By.ID, "notices").text
    opened.find_element(By.CSS_SELECTOR, "#notices button").click()
    assert len(shown(opened)) == 6


def test_two_steps(opened: Chrome) -> None:
    """The second step takes the neighbours' neighbours in."""
    opened.execute_script("focusOn(arguments[0], 2)", number_of(opened, "星河区"))
    assert shown(opened) == {"星河区", FIRM, "=1+1 计划", EVIL, "星河创新联盟"}


@pytest.mark.parametrize("fragment", [f"#organization/{FIRM}", "#云杉", f"#organization/{quote(FIRM)}"])
def test_deep_links(load: Load, page: Path, fragment: str) -> None:
    """An address with an entity's path or name opens the page on it."""
    assert heading(load(page, fragment)) == FIRM


def test_the_address_follows_the_selection(opened: Chrome) -> None:
    """Even an evil name's address, opened again, leads to it."""
    opened.execute_script("selectEntity(arguments[0])", number_of(opened, EVIL))
    assert "#organization/" in opened.current_url
    opened.refresh()
    wait_for_heading(opened, EVIL)


def test_escape_closes(opened: Chrome) -> None:
    """Escape leaves nothing selected."""
    opened.execute_script("selectEntity(0)")
    ActionChains(opened).send_keys(Keys.ESCAPE).perform()
    wait_for_heading(opened, "从哪里看起")


def test_controls_have_names(opened: Chrome) -> None:
    """Whatever the keyboard reaches says what it is."""
    nameless = """return [...document.querySelectorAll('button, input, select, [tabindex="0"]')].filter((e) =>
        !(e.ariaLabel || e.textContent.trim() || e.labels?.length || e.closest('[aria-label]'))).length"""
    assert opened.execute_script(nameless) == 0


def test_narrow_window(opened: Chrome) -> None:
    """On a telephone's width nothing sticks out, the graph keeps its place and the sides come on request."""
    size: Any = opened.get_window_size()
    try:
        opened.set_window_size(500, 900)
        assert opened.execute_script("return document.documentElement.scrollWidth - innerWidth") <= 0
        filters = opened.find_element(By.ID, "filters")
        assert not filters.is_displayed()
        opened.find_element(By.ID, "show-filters").click()
        assert filters.is_displayed()
    finally:
        opened.set_window_size(size["width"], size["height"])


def test_a_cut_page_says_so(load: Load, dataset: Dataset, ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more entities than a page holds, it tells in words how many are left out, in the graph and for an entity."""
    monkeypatch.setattr("ecograph.views.webpage.LIMIT", 3)
    write_page(dataset, ontology, tmp_path / "index.html")
    browser = load(tmp_path / "index.html")
    assert "图谱共有 6 个有关系的实体，本页只画关系最多的 3 个" in browser.find_element(By.ID, "notices").text
    browser.execute_script("selectEntity(0)")
    assert "个关系的对方没有画在本页" in browser.find_element(By.ID, "panel").text


def test_an_empty_graph(load: Load, ontology: Ontology, tmp_path: Path) -> None:
    """A graph without entities gives a page that says so, without an error."""
    write_page(Dataset(store="Oxigraph", default_union=True), ontology, tmp_path / "index.html")
    browser = load(tmp_path / "index.html")
    assert "图谱里还没有实体。" in browser.find_element(By.ID, "notices").text
    assert browser.get_log("browser") == []
