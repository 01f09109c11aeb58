"""Headings, their nesting and how each part speaks."""

from __future__ import annotations

from ecograph.model import Document
from ecograph.reading import Reader


def mode_at(document: Document, words: str) -> str:
    """How the text speaks where these words stand."""
    section = document.section_at(document.text.index(words))
    assert section is not None
    return section.mode


def test_every_part_of_a_reply_has_its_mode(reader: Reader, invented: str) -> None:
    """Head, opening, body, problems, plans, thanks, signature and copies are told apart."""
    document = reader.parse(invented, "x.txt")
    found = {
        words: mode_at(document, words)
        for words in (
            "北数复",
            "顾长河",
            "你们提出的",
            "近年来",
            "共同建设",
            "电力配套",
            "推动北湖",
            "支持蓝鲸",
            "感谢",
            "2031年5月9日",
            "综合科",
            "抄送",
        )
    }
    assert found == {
        "北数复": "header",
        "顾长河": "opening",
        "你们提出的": "opening",
        "近年来": "body",
        "共同建设": "body",
        "电力配套": "problem",
        "推动北湖": "plan",
        "支持蓝鲸": "plan",
        "感谢": "closing",
        "2031年5月9日": "contact",
        "综合科": "contact",
        "抄送": "copies",
    }


def test_a_heading_that_runs_into_its_text_ends_with_its_sentence(reader: Reader, invented: str) -> None:
    """（一）… up to the first 。, level 2, inside the part that stands above it."""
    document = reader.parse(invented, "x.txt")
    outer = next(s for s in document.sections if s.heading == "三、下一步打算")
    inner = [s for s in document.sections if s.level == 2]
    assert [s.heading for s in inner] == ["（一）争取市级支持", "（二）引进专业人才"]
    assert all(outer.start < s.start < s.end <= outer.end for s in inner)
    assert inner[0].end == inner[1].start


def test_a_paragraph_on_next_steps_is_a_plan_without_any_heading(reader: Reader) -> None:
    """接下来 opens a plan that lasts until the thanks."""
    source = "林知远代表：\n您提出的建议收悉。\n我市建成牧场三处。\n接下来，我局将新建两处。\n"
    source += "同时培育加工企业。\n感谢您的支持。\n临江市海洋局\n2031年6月3日\n"
    document = reader.parse(source, "x.txt")
    assert [mode_at(document, w) for w in ("我市建成", "将新建", "培育", "感谢")] == ["body", "plan", "plan", "closing"]


def test_a_sentence_on_next_steps_is_a_plan_to_its_paragraphs_end(reader: Reader) -> None:
    """What the paragraph tells before is not planned, nor is the next paragraph, unless it lists the steps."""
    source = "我市建成牧场三处。下一步，我局将办好两件事：\n一是新建码头。\n二是更新渔船。\n去年产量创新高。\n"
    document = reader.parse(source, "x.txt")
    assert [mode_at(document, w) for w in ("我市", "我局将", "码头", "渔船", "产量")] == ["body", "plan", "plan", "plan", "body"]


def test_what_is_attached_below_the_date_is_told_apart(reader: Reader) -> None:
    """附件 and all below it until the copies."""
    source = (
        "各区人民政府：\n现将名单印发。\n临江市人民政府\n2031年6月3日\n附件\n重点企业名单\n一、首批\n蓝鲸智能等十家。\n抄送：市人大。\n"
    )
    document = reader.parse(source, "x.txt")
    assert [mode_at(document, w) for w in ("临江市人民政府", "重点企业", "蓝鲸", "抄送")] == [
        "contact",
        "attachment",
        "attachment",
        "copies",
    ]


def test_three_kinds_of_numbers_make_three_levels(reader: Reader) -> None:
    """一、 （一） 1. nest, and 2.5 is no heading."""
    source = "一、成效\n（一）产业\n1.规模扩大。产值增长。\n2.5亿元投资落地。\n2.结构优化。占比提高。\n二、打算\n"
    sections = reader.parse(source, "x.txt").sections
    assert [(s.level, s.heading) for s in sections] == [
        (1, "一、成效"),
        (2, "（一）产业"),
        (3, "1.规模扩大"),
        (3, "2.结构优化"),
        (1, "二、打算"),
    ]
