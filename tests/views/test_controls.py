"""What an analyst does with the page beyond looking: tables, paths, story, pictures, languages, by mouse, touch and keyboard."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

pytestmark = pytest.mark.browser

EVIL = '</script><img src=x onerror="window.ran = 1">公司'
FIRM, LEAGUE, FUND, INSTITUTE = "云杉科技有限公司", "星河创新联盟", "启元基金", "远山研究院"
# What is saved goes into window.saved instead of a folder.
CATCH = "window.saved = null; URL.createObjectURL = (blob) => { blob.arrayBuffer().then((b) => { window.saved = [...new Uint8Array(b)]; }); return 'blob:none'; };"


def saved(desk: Any, button: str) -> bytes:
    """The bytes of the file that a button gives."""
    desk.chrome.execute_script(CATCH)
    desk.find(button).click()
    desk.wait(lambda: desk.ask("window.saved"))
    return bytes(desk.ask("window.saved"))


def camera(desk: Any) -> tuple[float, float, float]:
    """Where the view is, and how near."""
    at = desk.ask("({...app.stage.network.getViewPosition(), scale: app.stage.network.getScale()})")
    return at["x"], at["y"], at["scale"]


def test_the_first_view_is_readable_and_one_click_shows_all(many: Any) -> None:
    """Of a larger graph the most telling entities come first, a sentence says how many don't, and a button brings them."""
    assert len(many.shown()) == 300
    assert {"星河区", "月湖区", LEAGUE, FUND} <= many.shown()
    assert "先画出最能说明全貌的 300 个实体" in many.text("#summary")
    assert "另有 136 个有关系的实体没有画出。" in many.text("#summary")
    many.find("#show-all").click()
    assert len(many.shown()) == 436
    assert "没有画出" not in many.text("#summary")


def test_two_languages(desk: Any) -> None:
    """The switch turns every word of the page, the ontology's labels too, and is remembered."""
    desk.select(FIRM)
    desk.find("#language").click()
    assert desk.ask("document.documentElement.lang") == "en"
    assert desk.text("[data-view=entities]") == "Entities"
    assert "Company" in desk.text("#facet-classes")
    assert "based in" in desk.text("#panel")
    left = desk.ask(
        "[...document.querySelectorAll('[data-say], [data-label]')].filter((e) => e.id !== 'language' && /[\\u4e00-\\u9fff]/.test((e.dataset.say ? e.textContent : '') + (e.ariaLabel || ''))).length"
    )
    assert left == 0
    desk.chrome.refresh()
    desk.wait(lambda: desk.text("[data-view=entities]") == "Entities")


def test_dark_and_light(desk: Any) -> None:
    """The button turns ground and ink, of the drawing too."""
    ground = "getComputedStyle(document.getElementById('stage')).backgroundColor"
    light = desk.ask(ground)
    desk.find("#theme").click()
    assert desk.ask(ground) != light
    assert "#12181f" in saved(desk, "#svg").decode()


def test_full_text_opens_at_the_place(many: Any) -> None:
    """From a sentence a button leads to the whole reply with the passage and both ends highlighted; Escape leads back."""
    many.select(FUND)
    next(card for card in many.all("#panel .card") if "拟投资" in card.text).find_element(By.CLASS_NAME, "open-text").click()
    assert many.text("#reader mark.here") == f"{FUND}拟投资{FIRM}"
    assert [b.text for b in many.all("#reader mark.here b")] == [FUND, FIRM]
    assert many.text("#reader .text").startswith("一、主要做法")
    top = many.ask("document.querySelector('#reader mark.here').getBoundingClientRect().top")
    assert 0 < top < many.ask("innerHeight")
    many.press(Keys.ESCAPE)
    assert not many.find("#reader").is_displayed()
    assert many.heading() == FUND


def test_statements_are_grouped_by_predicate_and_status(desk: Any) -> None:
    """Headings give the predicate, with several statuses a heading for each."""
    desk.tick("statuses", "否定")
    desk.select("人工智能")
    assert [h.text for h in desk.all("#panel h3")] == ["← 从事（对方为主语）\n2"]
    assert [h.text for h in desk.all("#panel h4")] == ["进行中 1", "否定 1"]


def test_steps_pin_hide_expand(many: Any) -> None:
    """One and two steps around an entity; pinned it stays whatever the filters, hidden it goes, expanded it brings its neighbours."""
    many.select(INSTITUTE)
    many.push("周边一步")
    assert many.shown() == {INSTITUTE, FUND}
    many.push("周边两步")
    assert many.shown() == {INSTITUTE, FUND, FIRM, LEAGUE}
    many.push("固定")
    many.tick("classes", "科研机构")
    assert INSTITUTE in many.shown()
    many.select(FUND)
    many.push("隐藏")
    assert FUND not in many.shown()
    assert "已隐藏 1 个" in many.text("#summary")
    [button] = [b for b in many.all("#summary button") if b.text == "重新显示"]
    button.click()
    many.find("#reset").click()
    many.select(INSTITUTE)
    many.push("周边一步")
    assert FIRM not in many.shown()
    many.select(FUND)
    many.push("展开邻居")
    assert {FIRM, LEAGUE} <= many.shown()


def test_paths_and_common_neighbours(many: Any) -> None:
    """Two chosen entities give the paths between them, each step with its sentences, and what both are linked to."""
    many.select(INSTITUTE)
    many.push("作为起点")
    many.select(FIRM)
    assert f"与“{INSTITUTE}”共同的邻居：1 个" in many.text("#panel .note")
    many.push(f"与“{INSTITUTE}”之间的路径")
    assert many.heading() == f"“{INSTITUTE}”与“{FIRM}”之间的路径"
    assert [path.text for path in many.all("#panel .path summary")] == [
        f"{INSTITUTE} – 合作 – {FUND} – 投资 – {FIRM}",
        f"{INSTITUTE} – 合作 – {FUND} – 成员 – {LEAGUE} – 成员 – {FIRM}",
    ]
    assert f"{FUND}拟投资{FIRM}" in [words.text for words in many.all("#panel .path blockquote")]
    assert many.shown() == {INSTITUTE, FUND, FIRM, LEAGUE}


def test_the_tables_twin_what_is_shown(many: Any) -> None:
    """Entities and statements that pass stand in a table, sorted by a click or a key, and go into a CSV that Excel reads."""
    many.find("#show-all").click()
    many.tick("classes", "企业")
    many.find("[data-view=statements]").click()
    assert len(many.all("#table tbody tr")) == 2
    head = many.find("#table [data-column=time]")
    head.send_keys(Keys.ENTER)
    assert many.find("#table th[aria-sort=ascending]").text.startswith("时间")
    many.find("#table [data-column=time]").click()
    assert [row.find_elements(By.TAG_NAME, "td")[4].text for row in many.all("#table tbody tr")] == ["2022", ""]
    text = saved(many, "#csv")
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert [{row["主语"], row["宾语"]} for row in rows] == [{INSTITUTE, FUND}, {FUND, LEAGUE}]
    assert rows[0]["原文"] == f"{INSTITUTE}正与{FUND}合作"
    many.find("[data-view=entities]").click()
    assert {row.text.split("\n")[0] for row in many.all("#table tbody td:first-child")} == {FUND, LEAGUE, INSTITUTE}


def test_commitments_are_a_view_of_their_own(many: Any) -> None:
    """Who promised what in which words, and what became of it."""
    many.find("[data-view=commitments]").click()
    [row] = many.all("#table tbody tr")
    cells = [cell.text for cell in row.find_elements(By.TAG_NAME, "td")]
    assert cells[:2] == ["2023", "星河区"]
    assert cells[2].startswith("星河区将推进数据开放")
    assert cells[5] == "尚无下文"
    many.tick("replies", "a1.txt")
    assert many.all("#table tbody tr") == []


def test_districts_and_replies_filter(many: Any) -> None:
    """Without a district nothing of its replies is left."""
    many.find("#show-all").click()
    many.tick("districts", "星河区")
    assert "月湖区" in many.shown()
    assert not {"星河区", FUND} & many.shown()


def test_the_slider_over_replies_dates(many: Any) -> None:
    """The same slider goes by the replies' dates instead of the statements' own times."""
    Select(many.find("#clock")).select_by_value("reply")
    many.chrome.execute_script(
        "const s = document.getElementById('from'); s.value = '2024'; s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    assert "月湖区" in many.shown()
    assert FUND not in many.shown()


def test_a_story_restores_what_was_seen(sit: Callable[..., Any], series: Path, many: Any) -> None:
    """Steps with captions live in the address: opened elsewhere, each shows just the nodes, filters and view of its time."""
    many.find("#show-story").click()
    many.select(INSTITUTE)
    many.push("周边两步")
    many.find("#caption").send_keys("研究院周边", Keys.ENTER)
    seen = many.shown(), camera(many)
    many.select(FUND)
    many.tick("statuses", "计划中")
    many.find("#caption").send_keys("<b>没有计划</b>", Keys.ENTER)
    fragment = many.ask("location.hash")
    assert fragment.startswith("#v1=")
    other = sit(series, fragment)
    assert other.text("#telling span") == "2/2 <b>没有计划</b>"
    assert other.heading() == FUND
    other.find("#telling button").click()
    assert other.text("#telling span") == "1/2 研究院周边"
    assert other.heading() == INSTITUTE
    assert (other.shown(), camera(other)) == (seen[0], pytest.approx(seen[1], rel=0.02, abs=1))


def test_steps_of_a_story_are_ordered_and_dropped(many: Any) -> None:
    """Arrows move a step, the cross removes it."""
    many.find("#show-story").click()
    for caption in ("甲", "乙"):
        many.find("#caption").send_keys(caption, Keys.ENTER)
    many.find("[aria-label='“乙”往前移']").click()
    assert [li.text.split("\n")[0] for li in many.all("#steps li .link")] == ["乙", "甲"]
    many.find("[aria-label='去掉“乙”']").click()
    assert [li.text for li in many.all("#steps li .link")] == ["甲"]


def test_looks(many: Any) -> None:
    """Colour, size and layout change what is drawn and nothing of what is shown; nothing else moves the view."""
    before, places = many.shown(), many.ask("[...app.scene.x]")
    for name, value, column in (("colour", "community", "colour"), ("size", "betweenness", "r"), ("size", "mentions", "r")):
        old, view = many.ask(f"[...app.scene.{column}]"), camera(many)
        Select(many.find(f"#{name}")).select_by_value(value)
        assert many.ask(f"[...app.scene.{column}]") != old
        assert camera(many) == view
    for layout in ("rings", "circle", "columns", "years"):
        Select(many.find("#layout")).select_by_value(layout)
        assert many.ask("[...app.scene.x]") != places
    Select(many.find("#layout")).select_by_value("forces")
    assert many.ask("[...app.scene.x]") == places
    assert many.shown() == before


def test_a_filter_moves_nothing(many: Any) -> None:
    """What stays keeps its place, and the view too."""
    spot, view = many.spot(FUND), camera(many)
    many.tick("statuses", "已完成")
    assert (many.spot(FUND), camera(many)) == (spot, view)


def test_communities_close_and_open(many: Any) -> None:
    """A community is one node, which a click opens; a button closes all again."""
    many.ask("app.change({grouped: 'yes'}, {fit: true})")
    closed = many.shown()
    assert 1 < len(closed) < 30
    assert any(name.endswith(" 个") for name in closed)
    where = many.ask(
        "(() => { const n = app.scene.ids.findIndex((id) => id < 0); return [app.scene.ids[n], app.stage.whereabouts(app.scene.ids[n])] })()"
    )
    many.click(where[1]["x"], where[1]["y"])
    many.wait(lambda: len(many.shown()) > len(closed))
    [button] = [b for b in many.all("#summary button") if b.text == "全部展开"]
    button.click()
    assert len(many.shown()) == 300


def test_pictures(desk: Any) -> None:
    """PNG and SVG hold the view; an evil name stays text in the SVG."""
    assert saved(desk, "#png").startswith(b"\x89PNG")
    svg = saved(desk, "#svg").decode()
    assert svg.startswith("<svg ")
    assert "<script" not in svg
    assert "<img" not in svg
    assert "云杉科技有限公司" in svg


def test_a_node_can_be_dragged(desk: Any) -> None:
    """Where the mouse leaves a node, there it stays, and the address knows."""
    x, y = desk.spot("星河区")
    graph = desk.find("#graph")
    start = round(x - graph.size["width"] / 2), round(y - graph.size["height"] / 2)
    ActionChains(desk.chrome).move_to_element_with_offset(graph, *start).click_and_hold().move_by_offset(30, 8).move_by_offset(
        30, 12
    ).release().perform()
    desk.wait(lambda: desk.spot("星河区") == pytest.approx((x + 60, y + 20), abs=12))
    desk.wait(lambda: desk.ask("app.state.moved.size") == 1)


def test_the_drawing_by_keyboard(desk: Any) -> None:
    """Arrows go from node to node, with Shift they move the view, plus and minus zoom, 0 fits, Enter goes to the details."""
    desk.chrome.execute_script("document.getElementById('graph').focus()")
    desk.press(Keys.ARROW_RIGHT)
    first = desk.heading()
    assert first in desk.shown()
    assert first in desk.ask("document.getElementById('live').textContent")
    desk.press(Keys.ARROW_RIGHT, Keys.ARROW_LEFT, Keys.ARROW_DOWN, Keys.ARROW_UP)
    at = camera(desk)
    desk.press("+")
    assert camera(desk)[2] > at[2]
    ActionChains(desk.chrome).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT).key_up(Keys.SHIFT).perform()
    assert camera(desk)[0] > at[0]
    desk.press("0", Keys.ENTER)
    assert desk.ask("document.activeElement.tagName") == "H2"
    desk.press("/")
    assert desk.ask("document.activeElement.id") == "query"


def test_everything_by_tab(desk: Any) -> None:
    """The Tab key reaches every control that is seen."""
    desk.select(FIRM)
    desk.chrome.execute_script("document.activeElement.blur(); document.body.focus()")
    wanted = desk.ask(
        "(() => { const all = [...document.querySelectorAll('button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0); all.forEach((e, n) => { e.dataset.n = n; }); return all.length })()"
    )
    reached = set()
    for _ in range(wanted + 3):
        desk.press(Keys.TAB)
        reached.add(desk.ask("document.activeElement.dataset.n || ''"))
    assert {str(n) for n in range(wanted)} <= reached


def test_hovering_tells_and_wheel_zooms(desk: Any) -> None:
    """The mouse over a node or a line tells what it is; the wheel goes nearer."""
    graph = desk.find("#graph")
    x, y = desk.spot("人工智能")
    ActionChains(desk.chrome).move_to_element_with_offset(
        graph, round(x - graph.size["width"] / 2), round(y - graph.size["height"] / 2)
    ).perform()
    desk.wait(lambda: "人工智能\n产业领域 · 2 个关系" in desk.text("#hint") or "人工智能" in desk.text("#hint"))
    before = camera(desk)[2]
    desk.chrome.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseWheel", "x": 600, "y": 400, "deltaX": 0, "deltaY": -120})
    desk.wait(lambda: camera(desk)[2] > before)


def test_an_older_address_still_works(sit: Callable[..., Any], page: Path) -> None:
    """An address that names what this page doesn't know, or none at all, opens the page without an error."""
    for fragment in ("#organization/不再有", "#v1=AAAA", "#v1=%00"):
        desk = sit(page, fragment)
        assert desk.heading() == "从哪里看起"
        assert desk.chrome.get_log("browser") == []


def test_print_has_the_words(desk: Any) -> None:
    """On paper stand the picture and the panel with its sentences, without buttons."""
    desk.select(FIRM)
    desk.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not desk.find("#tools").is_displayed()
        assert not desk.find("#filters").is_displayed()
        assert desk.find("#panel").is_displayed()
        assert desk.find("#graph canvas").is_displayed()
    finally:
        desk.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_what_the_page_says_is_json(desk: Any) -> None:
    """The two data blocks of a page can be read by any program."""
    assert json.loads(desk.ask("document.getElementById('lexicon').textContent"))["format"] == 1
