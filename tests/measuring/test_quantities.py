"""What numbers count, of what they are said, when, and how surely."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ecograph.extraction import Quantity

from .conftest import Measured, name  # type: ignore[import-not-found]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("全市引进研发机构15家。", ("15", "家", "exact", "研发机构")),
        ("累计有351家次组织获批资金。", ("351", "家次", "exact", "组织")),
        ("新增省级孵化器1200余家。", ("1200", "家", "least", "省级孵化器")),
        ("数字经济占全市税收比重达55%。", ("55", "%", "exact", "数字经济占全市税收比重")),
        ("技术合同成交额18.7亿元。", ("1870000000", "元", "exact", "技术合同成交额")),
        ("发放补贴3480万元。", ("34800000", "元", "exact", "补贴")),
        ("服务近百家企业。", ("100", "家", "about", "企业")),
        ("产值突破900亿元。", ("90000000000", "元", "least", "产值")),
        ("注册用户达1.3万个。", ("13000", "个", "exact", "注册用户")),
        ("培训学员三千多名。", ("3000", "名", "least", "学员")),
        ("建成厂房约12万平方米。", ("120000", "平方米", "about", "厂房")),
        ("给予企业最高500万元奖励。", ("5000000", "元", "most", "奖励")),
        ("举办了两场论坛交流活动。", ("2", "场", "exact", "论坛交流活动")),
        ("审批时限压缩八成。", ("80", "%", "exact", "审批时限压缩")),
        ("近三年引进了两百个项目。", ("200", "个", "exact", "项目")),
        ("开设课程不少于40门。", ("40", "门", "least", "课程")),
        ("装机容量12万千瓦。", ("120000", "千瓦", "exact", "装机容量")),
        ("投资不超过3亿元。", ("300000000", "元", "most", "投资")),
    ],
)
def test_a_number_has_its_value_unit_bound_and_what_it_counts(measured: Measured, sentence: str, wanted: tuple[str, ...]) -> None:
    """Units are normalised, magnitudes multiplied out, words of bound read, and the counted noun found on either side."""
    (found,) = measured(sentence)
    assert (found.value, found.unit, found.bound, found.counted) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "第三届大赛于2023年5月6日举行。",
        "江科函〔2024〕15号已收悉。",
        "联系电话：0571-87654321。",
        "按照第15条的规定办理。",
        "我们坚持“两个毫不动摇”。",
        "推进一批项目，打造一个平台。",
        "二期项目已经动工。",
        "7×24小时在线。",
        "实施三年行动方案。",
        "规模以上500万元以上的企业都参加了。",
        "发布2.0版系统。",
        "电价为0.5元/度。",
    ],
)
def test_not_every_number_is_a_quantity(measured: Measured, sentence: str) -> None:
    """Ordinals, dates, document numbers, telephones, articles, slogans, thresholds and rates count nothing."""
    assert measured(sentence) == ()


def test_names_hold_no_quantity(measured: Measured) -> None:
    """A number within a name, a title or a quotation is none."""
    assert measured("[“科创20条”/Policy]和“五十个项目”、《十八项措施》均已落实。") == ()


def test_a_change_gives_two_values(measured: Measured) -> None:
    """由…增至…: what it was and what it is, of the same thing."""
    one, other = measured("[江州创投联盟/Association]成员由15家增至32家。")
    assert [(q.value, q.unit, q.counted, q.rule.rsplit(".")[-1]) for q in (one, other)] == [
        ("15", "家", "成员", "from"),
        ("32", "家", "成员", "to"),
    ]
    assert {name(q.about[0]) for q in (one, other)} == {"江州创投联盟"}


def test_a_change_without_the_first_unit_takes_the_second(measured: Measured) -> None:
    """由15增至32家 has the unit once."""
    assert [(q.value, q.unit) for q in measured("会员由15增至32家。")] == [("15", "家"), ("32", "家")]


def test_a_range_has_two_ends(measured: Measured) -> None:
    """6-8亿元 is at least six hundred million and at most eight."""
    assert [(q.value, q.bound) for q in measured("年上缴税收6-8亿元。")] == [("600000000", "least"), ("800000000", "most")]


@pytest.mark.parametrize(
    ("sentence", "time"),
    [
        ("2022年，全市新增企业15家。", "2022"),
        ("去年新增企业15家。", "2023"),
        ("今年新增企业15家。", "2024"),
        ("截至2023年底，累计培育企业15家。", "2023-12"),
        ("2021年以来引进企业15家。", "2021/"),
        ("2022年，我们优化服务，新增企业15家。", "2022"),
        ("2022年成效明显。举办活动15场。", "2022"),
        ("平台于2022年9月上线，用户达15家。", None),
        ("比2022年多引进企业15家。", None),
        ("全年举办活动15场。", "2023"),
        ("目前共有企业15家。", None),
    ],
)
def test_a_number_has_the_time_of_its_clause_or_sentence(measured: Measured, sentence: str, time: str | None) -> None:
    """The clause's own time, else one that opens the sentence, else the year of the sentence before; an event's date dates nothing else."""
    assert measured(sentence)[-1].time == time


@pytest.mark.parametrize(
    ("sentence", "mode", "status"),
    [
        ("已引进企业15家。", "body", "done"),
        ("力争引进企业15家。", "body", "planned"),
        ("引进企业15家。", "plan", "planned"),
        ("全年举办活动不少于15场。", "body", "planned"),
        ("到2027年，产值突破600亿元。", "body", "planned"),
        ("仅有企业15家。", "problem", "done"),
    ],
)
def test_plans_are_no_facts(measured: Measured, sentence: str, mode: str, status: str) -> None:
    """Under a plan's heading, with 力争, 不少于 or in a year to come, a number is planned."""
    assert measured(sentence, mode=mode)[0].status == status


def test_wishes_of_the_suggestion_count_nothing(measured: Measured) -> None:
    """What a deputy proposes is neither fact nor plan."""
    assert measured("关于设立100亿元母基金的建议，我们认真研究。") == ()


@pytest.mark.parametrize(
    ("sentence", "about"),
    [
        ("[我市=江州市]举办21场[江州创投沙龙/Event]。", "江州创投沙龙"),
        ("[江州创投沙龙/Event]举办12场，服务企业300家次。", "江州创投沙龙"),
        ("办好[江州创投沙龙/Event]，不少于15场。", "江州创投沙龙"),
        ("[星火基金/Fund]与[东岭银行/FinancialInstitution]共同出资的[云桥基金/Fund]规模8亿元。", "云桥基金"),
        ("[《办法》/Policy=江州办法]实施以来，累计有351家次组织获批资金。", "江州办法"),
        ("配合[市财政局/GovernmentBody]落实[《办法》/Policy=江州办法]，为47家企业兑现资金。", "江州办法"),
        ("[星火园/InnovationSite]于2022年开园，63家机构入驻。", "星火园"),
        ("[全市=江州市]跨境电商交易额186亿元。", "江州市"),
        ("新增企业15家。", "江州市"),
    ],
)
def test_a_number_is_said_of_something(measured: Measured, sentence: str, about: str) -> None:
    """The event held, the fund whose size it is, the policy under which, the site; else the jurisdiction."""
    assert name(measured(sentence)[-1].about[0]) == about


def test_a_list_names_some_of_those_that_it_states(measured: Measured) -> None:
    """由A、B等15家: the count, those named, what they joined, and the statements that say so."""
    members = ("东岭银行", "北山银行")
    said = tuple((m, "memberOf", "江州联盟") for m in members)
    (found,) = measured(
        "由[东岭银行/FinancialInstitution]、[北山银行/FinancialInstitution]等15家银行、保险机构共同成立[江州联盟/Association]。", said=said
    )
    assert (found.value, found.unit, found.counted) == ("15", "家", "银行、保险机构")
    assert tuple(map(name, found.named)) == members
    assert tuple(map(name, found.about)) == ("江州联盟",)
    assert len(found.statements) == len(members)


def test_growth_goes_on_with_what_the_clause_before_counts(measured: Measured) -> None:
    """同比增长32% says of what was counted before how much it grew."""
    amount, growth = measured("2023年，[全市=江州市]技术合同成交额18亿元，同比增长32%。")
    assert growth.counted.endswith("技术合同成交额同比增长")
    assert growth.measure != amount.measure
    assert growth.time == "2023"


def test_evidence_reaches_to_the_name_and_the_time(measured: Measured) -> None:
    """The passage begins with the clause that names what the number is said of."""
    (found,) = measured("2022年，[星火基金/Fund]完成备案，首期规模5亿元。其他情况略。")
    assert found.evidence.quote == "2022年，星火基金完成备案，首期规模5亿元"
    assert found.words.quote == "5亿元"


def test_the_same_words_make_the_same_id(measured: Callable[..., tuple[Quantity, ...]]) -> None:
    """The id hashes what is said, not where it stands."""
    (one,) = measured("全市引进企业15家。")
    (other,) = measured("情况如下。\n全市引进企业15家。")
    assert one.words.start != other.words.start
    assert one.id == other.id
