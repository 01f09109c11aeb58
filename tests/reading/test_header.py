"""Header fields and contacts in the shapes that replies use; all names are invented."""

from __future__ import annotations

import pytest

from ecograph.model import Document, Field
from ecograph.reading import Reader


def letter(
    title: str = "对市八届人大二次会议第52号建议的答复", greeting: str = "林知远代表：", opening: str = "", head: str = "", foot: str = ""
) -> str:
    """A reply of few lines with the parts that a test is about."""
    opening = opening or "您提出的《关于发展海洋牧场的建议》收悉，现答复如下："
    foot = foot or "临江市海洋局\n2031年6月3日"
    return "\n".join(filter(None, [head, title, greeting, opening, "近年来，我市建成海洋牧场三处。", "感谢您的支持。", foot]))


def value(field: Field | None) -> str | None:
    """What a field says, None when it is absent."""
    return field.value if field else None


def words(document: Document, field: Field | None) -> str | None:
    """The words that a field's span covers."""
    return document.text[field.span.start : field.span.end] if field else None


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("对北湖区第九届人大三次会议第061号代表建议的答复", "061"),
        ("对区政协三届五次会议第2031043号提案答复的函（A类）", "2031043"),
        ("关于市政协第C087号提案的复函", "C087"),
        ("关于区人大21-103号建议的答复", "21-103"),
        ("对第20310968号建议的答复", "20310968"),
        ("关于市八届人大二次会议舟52号建议的答复", "舟52"),
        ("对政协临江市第十四届委员会第三次会议第 14-3-071 号提案的答复", "14-3-071"),
        ("关于科技节水建议的复函", None),
    ],
)
def test_numbers_of_all_shapes(reader: Reader, title: str, number: str | None) -> None:
    """Digits, letters, hyphens and a leading character of the place belong to the number."""
    assert value(reader.parse(letter(title), "x.txt").header.number) == number


@pytest.mark.parametrize(
    ("title", "session"),
    [
        ("对长河区第十七届人大五次会议第061号代表建议的答复", "长河区第十七届人大五次会议"),
        ("对政协长河区第十五届委员会第二次会议第027号提案的答复", "政协长河区第十五届委员会第二次会议"),
        ("关于区政协十五届四次会议第056号提案的复函", "区政协十五届四次会议"),
        ("国务院办公厅对十届全国人大四次会议第7240号建议的答复", "十届全国人大四次会议"),
        ("临江市海洋局对全国政协十届三次会议第2741号提案的答复", "全国政协十届三次会议"),
        ("对临江市第十六届人民代表大会第四次会议第0207号建议的答复", "临江市第十六届人民代表大会第四次会议"),
        ("关于0207号建议的答复", None),
    ],
)
def test_sessions_of_congress_and_conference(reader: Reader, title: str, session: str | None) -> None:
    """The session is given with its place, without the words that lead to it."""
    assert value(reader.parse(letter(title), "x.txt").header.session) == session


@pytest.mark.parametrize(
    ("greeting", "addressees"),
    [
        ("林知远代表：", ["林知远"]),
        ("尊敬的林知远委员:", ["林知远"]),
        ("林知远、苏 禾委员：", ["林知远", "苏禾"]),
        ("林知远等代表：", ["林知远"]),
        ("林知远、苏禾等5位代表：", ["林知远", "苏禾"]),
        ("林知远副主席：", ["林知远"]),
        ("阿依古丽·买买提委员：", ["阿依古丽·买买提"]),
        ("安昌街道代表团林知远代表：", ["林知远"]),
        ("民盟临江市委：", ["民盟临江市委"]),
        ("区政协科技界别组：", ["区政协科技界别组"]),
        ("东海省人民政府：", ["东海省人民政府"]),
        ("民进临江市委、林知远委员：", ["民进临江市委", "林知远"]),
        ("各有关单位：", []),
    ],
)
def test_people_and_bodies_are_addressed(reader: Reader, greeting: str, addressees: list[str]) -> None:
    """One or several people, a party, a sector group or a government; never a circular's 各…."""
    document = reader.parse(letter(greeting=greeting), "x.txt")
    assert [field.value for field in document.header.addressees] == addressees
    assert [words(document, field) for field in document.header.addressees] == addressees or " " in greeting


@pytest.mark.parametrize(
    ("opening", "suggestion"),
    [
        ("您提出的《关于发展海洋牧场的建议》收悉。经研究，现答复如下：", "关于发展海洋牧场的建议"),
        ("您提出的关于“关于建设‘海洋牧场’的建议”的建议收悉，现将办理情况答复如下：", "关于建设‘海洋牧场’的建议"),
        ("您提出的“关于让渔村‘活’起来的建议”收悉。", "关于让渔村‘活’起来的建议"),
        ("你们提出的关于完善近海养殖、保护渔业资源的建议收悉，现答复如下：", "关于完善近海养殖、保护渔业资源的建议"),
        ("你们提出的关于推进政府网站的提案，经商市大数据局，现答复如下：", "关于推进政府网站的提案"),
        ("您在会议期间提出的第4088号提案《关于发展海洋牧场的建议》收悉。", "关于发展海洋牧场的建议"),
        ("贵委提出的《关于落实〈渔业条例〉的提案》（第2031043号）收悉。", "关于落实〈渔业条例〉的提案"),
        ("来信收悉，现答复如下：", None),
    ],
)
def test_the_suggestion_without_its_outer_marks(reader: Reader, opening: str, suggestion: str | None) -> None:
    """In 《》, in quotes inside quotes, or bare."""
    assert value(reader.parse(letter(opening=opening), "x.txt").header.suggestion) == suggestion


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("办理结果：解决或采纳 签发人：詹长风", {"outcome": "解决或采纳", "signatory": "詹长风"}),
        ("签 发 人：方　禾\n办理类别：A", {"signatory": "方禾", "category": "A"}),
        ("海发〔2031〕12 号（B类）", {"document_number": "海发〔2031〕12号", "category": "B类"}),
        ("(2031)海提复189号", {"document_number": "(2031)海提复189号"}),
        ("海提复[2031]第3号　　　　　　　A类", {"document_number": "海提复[2031]第3号", "category": "A类"}),
        ("【B类】【主动公开】", {"category": "B类"}),
        ("办理结果：所提问题正在解决（B）", {"outcome": "所提问题正在解决", "category": "B"}),
        ("", {"outcome": None, "category": None, "signatory": None, "document_number": None}),
    ],
)
def test_the_lines_around_the_title(reader: Reader, head: str, fields: dict[str, str | None]) -> None:
    """Outcome, category, signatory and 文号, alone or beside each other; absent where nothing is said."""
    header = reader.parse(letter(head=head), "x.txt").header
    assert {name: value(getattr(header, name)) for name in fields} == fields


def test_a_document_that_is_cited_gives_no_document_number(reader: Reader) -> None:
    """Only a line of the head numbers the reply itself."""
    document = reader.parse(letter(opening="您提出的建议收悉。按照《意见》（国发〔2029〕20号），现答复如下："), "x.txt")
    assert document.header.document_number is None


@pytest.mark.parametrize(
    ("foot", "date"),
    [
        ("临江市海洋局\n2031年 6月 3日", "2031-06-03"),
        ("临江市海洋局\n二〇三一年十月十八日", "2031-10-18"),
        ("临江市海洋局\n二○三一年十二月三十一日", "2031-12-31"),
        ("临江市海洋局\n二零三一年二月二十日\n（此件公开发布）", "2031-02-20"),
        ("临江市海洋局\n2031年13月40日", None),
        ("临江市海洋局", None),
    ],
)
def test_the_date_below_the_signature(reader: Reader, foot: str, date: str | None) -> None:
    """Arabic and Chinese digits as ISO 8601; a day that doesn't exist is no date."""
    assert value(reader.parse(letter(foot=foot), "x.txt").header.date) == date


@pytest.mark.parametrize(
    ("issuer", "place"),
    [
        ("长河区科学技术委员会", "长河区"),
        ("上海市长河区市场监督管理局", "长河区"),
        ("临江市科学技术局", "临江市"),
        ("景德镇市文化和旅游局", "景德镇市"),
        ("东海省工业和信息化厅", "东海省"),
        ("临江东湖新技术开发区管理委员会", "临江东湖新技术开发区"),
        ("浦阳新区发展和改革委员会", "浦阳新区"),
        ("内蒙古自治区能源局", "内蒙古自治区"),
        ("文岭州三七产业发展中心", "文岭州"),
        ("国务院办公厅", None),
        ("工业和信息化部", None),
    ],
)
def test_the_place_that_the_issuer_is_of(reader: Reader, issuer: str, place: str | None) -> None:
    """The last administrative name that the issuer begins with, as its own words; ministries have none."""
    document = reader.parse(letter(foot=f"{issuer}\n2031年6月3日"), "x.txt")
    assert value(document.header.issuer) == issuer
    assert value(document.header.jurisdiction) == place
    assert words(document, document.header.jurisdiction) == place


def test_the_letterhead_issues_what_nobody_signed(reader: Reader) -> None:
    """Without a signature, the line with 文件 names the issuer."""
    document = reader.parse(letter(head="临江市海洋局文件\n海发〔2031〕12号", foot="抄送：市人大"), "x.txt")
    assert value(document.header.issuer) == "临江市海洋局"


def test_a_title_broken_over_three_lines_is_one(reader: Reader) -> None:
    """Letters of the State Council part the office, and the title inside a word."""
    source = "国务院办公厅\n关于东海省在考察工作时所提问\n题和建议办理情况的函\n国办函〔2031〕25号\n\n"
    source += "东海省人民政府：\n现将有关情况函复如下：\n一、关于港口问题。已经批复。\n"
    header = reader.parse(source, "x.txt").header
    assert value(header.title) == "国务院办公厅关于东海省在考察工作时所提问题和建议办理情况的函"
    assert value(header.issuer) == "国务院办公厅"
    assert value(header.document_number) == "国办函〔2031〕25号"


def test_a_text_without_header_has_no_fields(reader: Reader) -> None:
    """Prose alone is a document like any other."""
    header = reader.parse("北湖区数据产业快速发展，蓝鲸智能、青橙软件等企业相继落户，全区算力规模位居全市前列。", "x.txt").header
    assert not any(getattr(header, name) for name in header.__dataclass_fields__)


@pytest.mark.parametrize(
    ("foot", "contacts"),
    [
        ("联系人姓名：方以南 联系电话：52380000", [("person", "方以南"), ("telephone", "52380000")]),
        ("联系人：方以南　　联系电话：22050000转8", [("person", "方以南"), ("telephone", "22050000转8")]),
        ("（联系人：方以南，电话：021-22050000）", [("person", "方以南"), ("telephone", "021-22050000")]),
        ("（联系人：产业发展局 方以南；联系电话：027-67880000）", [("person", "方以南"), ("telephone", "027-67880000")]),
        ("联系人：方以南（综合科）0536-5220000", [("person", "方以南"), ("telephone", "0536-5220000")]),
        ("联系人及电话：方以南　0471-6940000", [("person", "方以南"), ("telephone", "0471-6940000")]),
        (
            "承办单位通讯地址：安平路 35号 邮政编码：200050",
            [("address", "安平路35号"), ("postcode", "200050")],
        ),
        (
            "联系人        职务          电话\n方以南        科员          0352-7900001",
            [("person", "方以南"), ("telephone", "0352-7900001")],
        ),
        ("联 系 人    方以南      电    话    0891-6320000", [("person", "方以南"), ("telephone", "0891-6320000")]),
        ("抄送：市人大", []),
    ],
)
def test_private_details_in_many_layouts(reader: Reader, foot: str, contacts: list[tuple[str, str]]) -> None:
    """Beside each other, in brackets, in tables, with an office before the name."""
    document = reader.parse(letter(foot=f"临江市海洋局\n2031年6月3日\n{foot}"), "x.txt")
    assert [(c.kind, document.text[c.span.start : c.span.end]) for c in document.contacts] == contacts
