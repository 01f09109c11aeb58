"""The sample reply in data/replies, broken by PDF extraction."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecograph.model import Document
from ecograph.reading import Reader

SAMPLE = Path(__file__).parents[2] / "data" / "replies" / "061.txt"


@pytest.fixture(scope="module")
def sample(reader: Reader) -> Document:
    """The sample, read."""
    return reader.read(SAMPLE)


def test_every_header_field_that_the_sample_gives_is_found(sample: Document) -> None:
    """Number, session, addressee, suggestion, outcome, signatory, issuer, date and place are those of the paper."""
    header = sample.header
    assert header.title is not None
    assert header.title.value == "对长宁区第十七届人大五次会议第061号代表建议的答复"
    found = {name: getattr(header, name).value for name in ("number", "session", "outcome", "signatory", "issuer", "date", "jurisdiction")}
    assert found == {
        "number": "061",
        "session": "长宁区第十七届人大五次会议",
        "outcome": "解决或采纳",
        "signatory": "詹镭",
        "issuer": "长宁区科学技术委员会",
        "date": "2024-04-29",
        "jurisdiction": "长宁区",
    }
    assert [field.value for field in header.addressees] == ["王军良"]
    assert header.suggestion is not None
    assert header.suggestion.value == "关于长宁区重点参与建设‘科技创新中心’的建议"


def test_fields_that_the_sample_does_not_give_are_absent(sample: Document) -> None:
    """A reply without 文号 and without category has neither."""
    assert sample.header.document_number is None
    assert sample.header.category is None


@pytest.mark.parametrize(
    "words",
    [
        "上海国际科技创新中心建设",
        "《长宁区促进质量提升、品牌发展、知识产权运用的若干政策措施》",
        "集聚了一批人工智能产业链关联企业，分布在语音识别",
        "产业科普专题调研会",
        "由兴业银行、工商银行、建设银行等15家银行、保险机构、投资机构共同成立区科技金融创新服务联盟",
        "《智能集装箱拖挂机》",
        "自2021年5月起施行",
    ],
)
def test_words_that_the_pages_broke_are_whole(sample: Document, words: str) -> None:
    """Names, titles and numbers stand in one line without stray spaces."""
    assert words in sample.text


def test_paragraphs_headings_and_signature_stay_apart(sample: Document) -> None:
    """Each heading, the signature, the date and both contact lines are lines of their own."""
    lines = sample.text.split("\n")
    assert len(lines) == 33
    assert "五、创新知识产权服务模式，提升知识产权服务能级" in lines
    assert lines[-5:-2] == ["长宁区科学技术委员会", "2024年4月29日", "（此件公开发布）"]


def test_nothing_but_white_space_differs_from_the_source(sample: Document) -> None:
    """The sample has no page numbers, so that its characters are those of the file."""
    assert "".join(sample.text.split()) == "".join(SAMPLE.read_text(encoding="utf-8").split())


def test_the_part_on_next_steps_is_a_plan(sample: Document) -> None:
    """六 and its three parts speak of plans, what stands before of what was done."""
    modes = {section.heading[:2]: section.mode for section in sample.sections if section.level == 1 and section.heading}
    assert modes == {"一、": "body", "二、": "body", "三、": "body", "四、": "body", "五、": "body", "六、": "plan"}
    inner = sample.section_at(sample.text.index("推动市区共建重点实验室"))
    assert inner is not None
    assert (inner.heading, inner.level, inner.mode) == ("（一）聚焦硬核技术，强化科技创新引领带动", 2, "plan")


def test_the_contact_block_is_found(sample: Document) -> None:
    """Name, telephone, address and postcode are the four private details."""
    found = [(contact.kind, sample.text[contact.span.start : contact.span.end]) for contact in sample.contacts]
    assert found == [("person", "王建涛"), ("telephone", "52388272"), ("address", "安西路35号"), ("postcode", "200050")]
