"""Rejoining, furniture and spaces."""

from __future__ import annotations

import re

import pytest

from ecograph.model import Span
from ecograph.reading import Reader

WIDE = "\u3000"


def wrapped(text: str, width: int, *, indent: str = "", gap: str = "\n", pages: int = 0) -> str:
    """The text as a page of `width` full-width characters breaks it, with a page number every `pages` lines."""
    lines: list[str] = []
    for paragraph in filter(None, text.split("\n")):
        rest = indent + paragraph if len(paragraph) > width else paragraph
        while rest:
            lines.append(rest[:width])
            rest = rest[width:]
    if pages:
        lines = [x for i, line in enumerate(lines, 1) for x in ((line, f"— {i // pages} —") if i % pages == 0 else (line,))]
    return gap.join(lines)


def lines_of(reader: Reader, source: str) -> list[str]:
    """The lines of the text that is read from a source."""
    return reader.parse(source, "x.txt").text.split("\n")


@pytest.mark.parametrize("width", [24, 27, 30, 38])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("indent", ["", WIDE * 2, "    "])
def test_a_broken_reply_reads_like_the_unbroken_one(reader: Reader, invented: str, width: int, gap: str, indent: str) -> None:
    """Whatever the page's width, blank lines and indents, the paragraphs come back."""
    whole = reader.parse(invented, "x.txt").text
    assert reader.parse(wrapped(whole, width, indent=indent, gap=gap, pages=9), "x.txt").text == whole


def test_a_file_with_one_paragraph_a_line_is_left_alone(reader: Reader, invented: str) -> None:
    """Lines of all lengths that end their sentences are never joined, nor are headings without a mark."""
    expected = [re.sub(rf"[ {WIDE}]+", " ", line) for line in invented.split("\n") if line]
    assert lines_of(reader, invented) == expected


def test_a_title_in_marks_is_rejoined_even_where_lines_are_not_broken(reader: Reader) -> None:
    """An open 《 goes on over the end of its line."""
    assert lines_of(reader, "北湖区印发《北湖区促进数据产业\n发展的若干措施》。\n效果良好。") == [
        "北湖区印发《北湖区促进数据产业发展的若干措施》。",
        "效果良好。",
    ]


def test_a_mark_that_is_never_closed_does_not_swallow_the_text(reader: Reader, invented: str) -> None:
    """A forgotten 》 costs at most the lines beside it."""
    broken = invented.replace("底座的建议》", "底座的建议")
    assert len(lines_of(reader, broken)) >= len(lines_of(reader, invented)) - 1


@pytest.mark.parametrize("number", ["— 2 —", "- 3 -", "－4－", "第 2 页 共 5 页", "第2页", "共5页 第2页", "Page 2 of 5", "·7·", "2", "2/5"])
def test_page_numbers_are_dropped_and_the_sentence_goes_on(reader: Reader, number: str) -> None:
    """A page number between two halves of a word is furniture."""
    body = "北湖区会同临江大学建设北湖智算中心并为企业提供服务成效明显受到企业欢"
    source = "\n".join([body[:12] + body[:24], f"{body[:12]}{body[12:36]}", number, " 迎，" + body[:33], "更多企业受益。"])
    text = reader.parse(source, "x.txt").text
    assert number not in text.split("\n")
    assert "受到企业欢迎，北湖区" in text


def test_a_number_that_does_not_count_pages_stays(reader: Reader) -> None:
    """A number alone on its line in mid-sentence is text when it isn't the next page's."""
    half = "北湖区会同临江大学建设北湖智算中心并为全市企业"
    assert "为全市企业40家" in reader.parse(f"{half}\n40\n家{half}\n提供服务。", "x.txt").text.replace("\n", "")


def test_numbers_that_are_no_page_numbers_stay(reader: Reader) -> None:
    """The running numbers of a table are text."""
    table = "序号\n名称\n1\n蓝鲸智能\n2\n青橙软件\n3\n北湖智算\n合计\n"
    assert lines_of(reader, table) == ["序号", "名称", "1", "蓝鲸智能", "2", "青橙软件", "3", "北湖智算", "合计"]


def test_running_heads_are_dropped_after_the_first_page(reader: Reader, invented: str) -> None:
    """A line that stands at the top of each page is kept once; the signature, though it has the same words, stays."""
    whole = reader.parse(invented, "x.txt").text
    head = whole.split("\n")[0]
    paged = [line for i, line in enumerate(whole.split("\n")) for line in ([f"\f{head}", line] if i in (5, 9, 12) else [line])]
    assert reader.parse("\n".join(paged), "x.txt").text == whole


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("自 2031年 5月起，全区 12 家企业、 AI 相关领域（ 含 软件）受益。", "自2031年5月起，全区12家企业、AI相关领域（含软件）受益。"),
        ("与 Plug and Play 中国合作。", "与Plug and Play中国合作。"),
        ("办理结果：解决或采纳 签发人：钟晓棠", "办理结果：解决或采纳 签发人：钟晓棠"),
        (f"北数复〔2031〕7号{WIDE * 6}A类", "北数复〔2031〕7号 A类"),
        ("签 发 人：钟晓棠", "签发人：钟晓棠"),
        ("第 2 5 条 本办法自发布之日起施行。", "第25条本办法自发布之日起施行。"),
        ("（联系人：综合科 方以南；联系电话：5550123）", "（联系人：综合科 方以南；联系电话：5550123）"),
        ("中共北湖区委 北湖区人民政府", "中共北湖区委 北湖区人民政府"),
        ("北湖\u200b区\ufeff数据\x00局\x07成立。", "北湖区数据局成立。"),
    ],
)
def test_stray_spaces_go_and_separating_ones_stay(reader: Reader, source: str, expected: str) -> None:
    """Spaces beside Chinese characters are stray unless they part fields or names."""
    assert reader.parse(source, "x.txt").text == expected


def test_latin_words_that_a_line_end_parted_stay_apart(reader: Reader) -> None:
    """The line break between two Latin words becomes a space, which the source doesn't have."""
    document = reader.parse("北湖区引进（Blue\nWhale Lab）落户。", "x.txt")
    assert document.text == "北湖区引进（Blue Whale Lab）落户。"


def test_a_half_width_bracket_stays_as_it_is(reader: Reader) -> None:
    """The reader mends white space only."""
    assert reader.parse("蓝鲸智能获“数据大奖（DATA)金奖”。", "x.txt").text == "蓝鲸智能获“数据大奖（DATA)金奖”。"


def test_offsets_lead_back_to_the_source(reader: Reader, invented: str) -> None:
    """The span of a name in the rejoined text is the span of its broken form in the file."""
    source = wrapped(invented, 27, gap="\r\n\r\n", pages=7)
    document = reader.parse(source, "x.txt")
    start = document.text.index("北湖智算中心二期纳入全市重点项目")
    place = document.origin.source_span(Span(start, start + 16))
    assert re.sub(r"\s|— \d —", "", source[place.start : place.end]) == "北湖智算中心二期纳入全市重点项目"
