"""How replies speak of names: one sentence for each construction."""

from collections.abc import Callable

import pytest

Find = Callable[[str], dict[str, str]]

Case = tuple[str, list[str], str]

# The sentence, names in it, and their class.
CASES: dict[str, Case] = {
    "a firm's full name": ("我区引进了云溪智算科技有限公司。", ["云溪智算科技有限公司"], "Company"),
    "a firm with a bracket inside": ("澄湖数据（苏州）有限公司已落户园区。", ["澄湖数据（苏州）有限公司"], "Company"),
    "a list of banks with head noun": (
        "由工商银行、建设银行、宁波银行等12家银行提供贷款。",
        ["工商银行", "宁波银行"],
        "FinancialInstitution",
    ),
    "brands in a list of firms": (
        "集聚了科大讯飞、商汤科技、云鲲智能等一批人工智能企业。",
        ["科大讯飞", "商汤科技", "云鲲智能"],
        "Company",
    ),
    "a department behind its district": (
        "徐汇区科学技术委员会会同徐汇区财政局办理。",
        ["徐汇区科学技术委员会", "徐汇区财政局"],
        "GovernmentBody",
    ),
    "a department's short form": ("市经信委、区科委多次走访企业。", ["市经信委", "区科委"], "GovernmentBody"),
    "ministries": ("获得教育部、科技部的支持。", ["教育部", "科技部"], "GovernmentBody"),
    "a university and an institute": (
        "与浙江大学、中国科学院自动化研究所开展合作。",
        ["浙江大学", "中国科学院自动化研究所"],
        "ResearchOrganization",
    ),
    "a title in book marks": ("2022年，我区出台《云溪区促进软件产业发展若干措施》。", ["云溪区促进软件产业发展若干措施"], "Policy"),
    "a title inside a title": (
        "印发《关于贯彻〈中华人民共和国专利法〉的实施意见》。",
        ["关于贯彻〈中华人民共和国专利法〉的实施意见"],
        "Policy",
    ),
    "a standard, not a policy": ("主导制定《工业机器人云平台通用要求》国家标准。", ["工业机器人云平台通用要求》国家标准"], "Standard"),
    "an association": ("加入了长三角人工智能产业联盟。", ["长三角人工智能产业联盟"], "Association"),
    "a known fund": ("积极对接国家中小企业发展基金。", ["国家中小企业发展基金"], "Fund"),
    "places": ("我们赴浙江省、江苏省学习考察。", ["浙江省", "江苏省"], "Place"),
    "fields": ("重点发展人工智能、集成电路、生物医药等产业。", ["人工智能", "集成电路", "生物医药"], "Industry"),
    "an event with its year": ("成功举办2023世界人工智能大会。", ["2023世界人工智能大会"], "Event"),
    "an award": ("该项目荣获国家科技进步奖。", ["国家科技进步奖"], "Award"),
}


@pytest.mark.parametrize(("text", "names", "cls"), CASES.values(), ids=CASES)
def test_each_construction_is_understood(find: Find, text: str, names: list[str], cls: str) -> None:
    """The names of the sentence are found whole, with their class."""
    found = find(text)
    assert {name: found.get(name) for name in names} == dict.fromkeys(names, cls)


@pytest.mark.parametrize("text", ["企业和有关部门将加强合作。", "我区全市领先，一批企业发展壮大。", "这是“最后一公里”的问题。"])
def test_generic_words_name_nothing(find: Find, text: str) -> None:
    """Words for kinds of things, and quotes that are no names, are no mentions."""
    assert find(text) == {}


def test_the_outermost_name_wins(find: Find) -> None:
    """A place inside a department's name is no mention of its own."""
    assert find("徐汇区科学技术委员会已经答复。").keys() == {"徐汇区科学技术委员会"}


def test_a_declared_short_form_is_a_name_of_its_class(find: Find) -> None:
    """What stands in brackets as 以下简称 has the class of the name before it."""
    found = find("云溪区出台《云溪区支持软件产业发展实施办法》（以下简称《办法》）。")
    assert found["办法"] == "Policy"


def test_a_name_is_found_again(find: Find) -> None:
    """A firm that one sentence names in full company is recognised where nothing tells what it is."""
    text = "由云溪智算科技有限公司牵头建设。据了解云溪智算科技有限公司明年扩产。"
    assert find(text)["云溪智算科技有限公司"] == "Company"


def test_the_addressee_and_the_signatory_are_persons(find: Find) -> None:
    """The header's persons are mentions."""
    found = find(
        "对云溪区第三届人大二次会议第012号代表建议的答复\n\n办理结果：解决或采纳 签发人：周平\n\n李明代表：\n\n您提出的建议收悉。\n"
    )
    assert found["李明"] == found["周平"] == "Person"
