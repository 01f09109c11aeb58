"""The page in a real browser, from disk: what is shown, chosen and filtered."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from rdflib import Dataset
from selenium.webdriver import Keys
from selenium.webdriver.common.by import By

from ecograph.ontology import Ontology
from ecograph.views import write_page

pytestmark = pytest.mark.browser

EVIL = '</script><img src=x onerror="window.ran = 1">公司'
FIRM = "云杉科技有限公司"
LINES = """app.scene.edge.length ? [...app.scene.edge].map((e, n) => [app.model.lexicon.predicates[app.model.graph.edges.predicate[e]].label[0],
    app.model.lexicon.statuses[app.scene.status[n]].name]) : []"""


def test_the_graph_is_there(desk: Any) -> None:
    """Every entity with a statement that isn't denied is drawn, and nothing else."""
    assert desk.shown() == {"星河区", "人工智能", FIRM, EVIL, "星河创新联盟", "=1+1 计划"}
    assert desk.text("#totals") == "1 份答复 · 7 个实体 · 6 条陈述"
    assert desk.text("#summary") == "这里画出全部 6 个有关系的实体，共 5 条连线、5 条陈述。"
    pixels = "new Set(document.querySelector('canvas').getContext('2d').getImageData(0, 0, 900, 600).data).size"
    assert desk.ask(pixels) > 20


def test_the_page_is_quiet(desk: Any) -> None:
    """Loading, searching and selecting ask no other address, break no policy and log no error."""
    desk.find("#query").send_keys("云杉", Keys.ENTER)
    desk.wait(lambda: desk.heading() == FIRM)
    for button in ("#fit", "#theme", "#language", "#png", "#svg", "#panel .open-text", "#reader .close"):
        desk.find(button).click()
    events = [json.loads(entry["message"])["message"] for entry in desk.chrome.get_log("performance")]
    asked = {event["params"]["request"]["url"].split("#")[0] for event in events if event["method"] == "Network.requestWillBeSent"}
    here = desk.chrome.current_url.split("#")[0]
    assert here in asked
    assert [address for address in asked - {here} if not address.startswith("blob:")] == []
    assert desk.chrome.get_log("browser") == []


def test_the_policy_stops_other_scripts(desk: Any) -> None:
    """A script that is not the page's own doesn't run: the test above could fail."""
    script = "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); return window.ran"
    assert desk.chrome.execute_script(script) is None
    assert "Content Security Policy" in desk.chrome.get_log("browser")[0]["message"]


def test_evil_names_are_text(desk: Any) -> None:
    """A name that looks like markup is shown letter by letter, in the list, the panel and the quote."""
    desk.find("#query").send_keys("onerror")
    assert EVIL in desk.text("#found")
    desk.find("#query").send_keys(Keys.ENTER)
    desk.wait(lambda: desk.heading() == EVIL)
    assert f"{EVIL}正在发展人工智能" in [words.text for words in desk.all("#panel blockquote")]
    assert desk.all("img") == []
    assert desk.ask("window.ran") is None


def test_search_by_another_name_selects_and_centres(desk: Any) -> None:
    """A search finds by alias in any width or case; Enter puts the entity into the middle."""
    desk.find("#query").send_keys("ａi")
    assert [row.text for row in desk.all("#found [role=option] .name")] == ["人工智能 又称 AI"]
    desk.find("#query").send_keys(Keys.ENTER)
    desk.wait(lambda: desk.heading() == "人工智能")
    graph = desk.find("#graph").size
    assert desk.spot("人工智能") == pytest.approx((graph["width"] / 2, graph["height"] / 2), abs=2)


def test_search_in_quotes_leads_to_the_statement(desk: Any) -> None:
    """Words that no name holds are found in the sentences, by mouse too."""
    desk.find("#query").send_keys("已落户")
    (row,) = desk.all("#found [role=option]")
    row.click()
    desk.wait(lambda: desk.heading() == f"{FIRM} 位于 → 星河区")


def test_arrow_keys_walk_the_results(desk: Any) -> None:
    """Down and Enter take the second result, the way a screen reader is told."""
    query = desk.find("#query")
    query.send_keys("星河", Keys.ARROW_DOWN)
    second = desk.all("#found [role=option]")[1]
    assert second.get_attribute("aria-selected") == "true"
    assert query.get_attribute("aria-activedescendant") == second.get_attribute("id")
    label = second.find_element(By.CLASS_NAME, "name").text
    query.send_keys(Keys.ENTER)
    desk.wait(lambda: desk.heading() == label)


def test_a_search_without_result_says_so(desk: Any) -> None:
    """Words that nothing holds give one line and select nothing."""
    desk.find("#query").send_keys("不存在的名字", Keys.ENTER)
    assert desk.text("#found") == "没有名称或原文含有“不存在的名字”"
    assert desk.heading() == "从哪里看起"


def test_an_entity_without_statements_is_found_and_can_be_shown(desk: Any) -> None:
    """It is hidden until it is searched for or the option is set together with all."""
    assert "启元基金" not in desk.shown()
    desk.find("#query").send_keys("启元", Keys.ENTER)
    desk.wait(lambda: desk.heading() == "启元基金")
    assert "启元基金" in desk.shown()
    assert "在答复中被提到 1 次" in desk.text("#panel")


def test_class_filter_hides_nodes(desk: Any) -> None:
    """Without a class its nodes go, and the reset brings them back."""
    desk.tick("classes", "企业")
    assert desk.shown() == {"星河区", "=1+1 计划"}  # what only companies had to do with goes too
    desk.find("#reset").click()
    assert {FIRM, EVIL} <= desk.shown()


def test_only_one_class(desk: Any) -> None:
    """The button beside a class leaves that class alone; pressed again it restores the others."""
    before = desk.shown()
    for expected in ({FIRM, EVIL}, before):
        desk.ask("[...document.querySelectorAll('.only')].find((b) => b.ariaLabel === '仅看企业').click()")
        assert desk.shown() == expected


def test_filters_combine_and_counts_follow(desk: Any) -> None:
    """Two filters leave what passes both, and each count tells what its own row would bring."""
    desk.tick("predicates", "成员")
    assert "星河创新联盟" not in desk.shown()
    desk.tick("statuses", "已完成")
    assert desk.shown() == {EVIL, "人工智能"}
    counts = {row.text.split("\n")[0]: row.find_element(By.CSS_SELECTOR, ".count").text for row in desk.all("#facet-statuses .row")}
    assert counts == {"已完成": "3", "进行中": "1", "计划中": "0", "否定": "1"}


def test_status_decides_lines(desk: Any) -> None:
    """Each line has the status of its surest statement; denied ones come only when asked for."""
    usual = [["从事", "ongoing"], ["位于", "done"], ["合作", "done"], ["实施", "done"], ["成员", "planned"]]
    assert sorted(desk.ask(LINES)) == usual
    desk.tick("statuses", "否定")
    assert sorted(desk.ask(LINES)) == sorted([*usual, ["从事", "denied"]])
    desk.tick("statuses", "计划中")
    assert ["成员", "planned"] not in desk.ask(LINES)


def test_the_years_are_a_filter_and_a_slider(desk: Any) -> None:
    """The slider's keys leave the years between; a statement without a time of its own goes by its reply's date."""
    slider = desk.find("#from")
    assert (slider.get_attribute("min"), slider.get_attribute("max")) == ("2024", "2025")
    slider.send_keys(Keys.ARROW_RIGHT)
    assert desk.text("#span") == "2025–2025 年"
    assert "星河创新联盟" in desk.shown()
    desk.find("#all-time").click()
    assert desk.text("#span") == "全部年份"


def test_click_on_a_node_shows_its_sentences(desk: Any) -> None:
    """A mouse click on the canvas shows each statement with sentence, marks, status, time and source."""
    desk.click(*desk.spot(FIRM))
    desk.wait(lambda: desk.heading() == FIRM)
    cards = {card.find_element(By.TAG_NAME, "blockquote").text: card for card in desk.all("#panel .card:not(.mention)")}
    assert set(cards) == {"云杉科技有限公司已落户星河区", "𠮷日，云杉科技有限公司将加入星河创新联盟", f"云杉科技有限公司与{EVIL}签约"}
    planned = cards["𠮷日，云杉科技有限公司将加入星河创新联盟"]
    assert planned.find_element(By.CSS_SELECTOR, "mark.subject").text == FIRM
    assert planned.find_element(By.CSS_SELECTOR, "mark.object").text == "星河创新联盟"
    assert [tag.text for tag in planned.find_elements(By.CLASS_NAME, "tag")] == ["计划中", "2024 至 2025"]
    assert planned.find_element(By.CLASS_NAME, "source").text.startswith("012.txt · 一、主要做法 · 第 ")


def test_a_finger_does_what_the_mouse_does(desk: Any) -> None:
    """A tap on a node selects it."""
    desk.tap(*desk.spot("星河区"))
    desk.wait(lambda: desk.heading() == "星河区")


def test_filtered_statements_are_counted(desk: Any) -> None:
    """The panel says how many statements the filters keep back, and lists them when asked."""
    desk.select(FIRM)
    assert "另有 1 条陈述不符合当前筛选。" in desk.text("#panel")
    desk.push("也列出来")
    assert "云杉科技有限公司未涉足人工智能" in desk.text("#panel")


def test_the_list_leads_to_the_other_entity(desk: Any) -> None:
    """The name in a card selects that entity, and Back returns."""
    desk.select(FIRM)
    desk.push("星河区")
    desk.wait(lambda: desk.heading() == "星河区")
    desk.chrome.back()
    desk.wait(lambda: desk.heading() == FIRM)


def test_click_on_an_edge_shows_its_statements(desk: Any) -> None:
    """A mouse click on a line shows both ends and the sentence."""
    a, b = desk.spot("星河区"), desk.spot("=1+1 计划")
    desk.click((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    desk.wait(lambda: desk.heading() == "星河区 实施 → =1+1 计划")
    assert desk.text("#panel blockquote") == "星河区实施=1+1 计划"


def test_double_click_shows_the_neighbourhood(desk: Any) -> None:
    """Two clicks on a node leave its neighbours; a button in the sentence brings all back."""
    desk.click(*desk.spot("星河区"), times=2)
    desk.wait(lambda: desk.shown() == {"星河区", FIRM, "=1+1 计划"})
    assert "“星河区”周边一步：3 个实体" in desk.text("#summary")
    desk.find("#summary button").click()
    assert len(desk.shown()) == 6


@pytest.mark.parametrize("fragment", [f"#organization/{FIRM}", "#云杉", f"#organization/{quote(FIRM)}"])
def test_deep_links(sit: Callable[..., Any], page: Path, fragment: str) -> None:
    """An address with an entity's path or name opens the page on it."""
    assert sit(page, fragment).heading() == FIRM


def test_the_address_follows_the_selection(desk: Any) -> None:
    """Even an evil name's address, opened again, leads to it."""
    desk.select(EVIL)
    desk.chrome.refresh()
    desk.wait(lambda: desk.heading() == EVIL)


def test_escape_closes(desk: Any) -> None:
    """Escape leaves nothing selected."""
    desk.select(FIRM)
    desk.press(Keys.ESCAPE)
    desk.wait(lambda: desk.heading() == "从哪里看起")


def test_narrow_window(desk: Any) -> None:
    """On a telephone's width nothing sticks out, the graph keeps its place and the sides come on request."""
    size = desk.chrome.get_window_size()
    try:
        desk.chrome.set_window_size(500, 900)
        assert desk.ask("document.documentElement.scrollWidth - innerWidth") <= 0
        filters = desk.find("#filters")
        assert not filters.is_displayed()
        desk.find("#show-filters").click()
        assert filters.is_displayed()
        desk.press(Keys.ESCAPE)
        desk.select(FIRM)
        assert desk.find("#panel").is_displayed()
    finally:
        desk.chrome.set_window_size(size["width"], size["height"])


def test_a_cut_page_says_so(
    sit: Callable[..., Any], dataset: Dataset, ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more entities than a page holds, it tells in words how many are left out, in the graph and for an entity."""
    monkeypatch.setattr("ecograph.views.selection.LIMIT", 3)
    write_page(dataset, ontology, tmp_path / "index.html")
    desk = sit(tmp_path / "index.html")
    assert "整个图谱有 6 个有关系的实体，本页只收关系最多的 3 个" in desk.text("#summary")
    desk.ask("app.select({node: 0})")
    assert "个关系的对方没有画在本页" in desk.text("#panel")


def test_an_empty_graph(sit: Callable[..., Any], ontology: Ontology, tmp_path: Path) -> None:
    """A graph without entities gives a page that says so, without an error."""
    write_page(Dataset(store="Oxigraph", default_union=True), ontology, tmp_path / "index.html")
    desk = sit(tmp_path / "index.html")
    assert "图谱里还没有实体。" in desk.text("#summary")
    assert desk.chrome.get_log("browser") == []
