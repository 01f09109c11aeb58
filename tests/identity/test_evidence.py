"""Which names of two replies are one, and by what evidence; which are not."""

from __future__ import annotations

from typing import Any

import pytest

# Two replies, each as (text, names), and the record that joins the two first names.
Reply = tuple[str, list[tuple[str, ...]]]

SAME = [
    pytest.param(
        ("印发《云溪区促进海洋装备发展的若干措施》，共24条措施。", [("Policy", "云溪区促进海洋装备发展的若干措施")]),
        ("“海装24条”兑现资金。", [("Policy", "海装24条")]),
        "nickname-number",
        id="number",
    ),
    pytest.param(
        ("印发《云溪区促进海洋装备发展的若干措施》，共二十四条措施。", [("Policy", "云溪区促进海洋装备发展的若干措施")]),
        ("“海装24条”兑现资金。", [("Policy", "海装24条")]),
        "nickname-number",
        id="number-in-characters",
    ),
    pytest.param(
        ("落实《云溪区促进人工智能产业发展的若干措施》。", [("Policy", "云溪区促进人工智能产业发展的若干措施")]),
        ("“AI十八条”兑现资金。", [("Policy", "AI十八条")]),
        "nickname-chars",
        id="nickname-without-number",
    ),
    pytest.param(
        ("修订《云溪区关于支持低空经济发展的若干政策》。", [("Policy", "云溪区关于支持低空经济发展的若干政策")]),
        ("落实《云溪区支持低空经济发展若干政策》。", [("Policy", "云溪区支持低空经济发展若干政策")]),
        "title",
        id="particles",
    ),
    pytest.param(
        ("制定“港湾”街区建设三年行动方案。", [("Policy", "“港湾”街区建设三年行动方案")]),
        ("落实“港湾”街区三年行动方案。", [("Policy", "“港湾”街区三年行动方案")]),
        "title-words-out",
        id="weak-word",
    ),
    pytest.param(
        ("印发《云溪区鼓励海洋科技创新的实施办法》。", [("Policy", "云溪区鼓励海洋科技创新的实施办法")]),
        ("执行《海洋科技创新的实施办法》。", [("Policy", "海洋科技创新的实施办法")]),
        "title-part",
        id="title-part",
    ),
    pytest.param(
        ("起草《深海采样器》团体标准。", [("Standard", "《深海采样器》团体标准")]),
        ("《深海采样器》发布。", [("Standard", "深海采样器")]),
        "title",
        id="standard",
    ),
    pytest.param(
        ("“海帆汇”知识产权综合平台上线。", [("Platform", "“海帆汇”知识产权综合平台")]),
        ("“海帆汇”3.0版上线。", [("Platform", "“海帆汇”3.0版")]),
        "core",
        id="version",
    ),
    pytest.param(
        ("“海帆汇”知识产权综合平台上线。", [("Platform", "“海帆汇”知识产权综合平台")]),
        ("“海帆汇”3.0上线。", [("Platform", "“海帆汇”3.0")]),
        "core",
        id="version-without-a-word",
    ),
    pytest.param(
        ("“海帆汇”知识产权综合平台上线。", [("Platform", "“海帆汇”知识产权综合平台")]),
        ("海帆汇平台扩容。", [("Platform", "海帆汇平台")]),
        "core",
        id="core-without-marks",
    ),
    pytest.param(
        ("“2+3”产业政策体系。", [("Policy", "“2+3”产业政策体系")]),
        ("“2+3”政策体系。", [("Policy", "“2+3”政策体系")]),
        "core",
        id="nested",
    ),
    pytest.param(
        ("云溪海洋数据交易中心扩容。", [("Organization", "云溪海洋数据交易中心")]),
        ("云数交设立窗口。", [("Organization", "云数交")]),
        "abbreviation",
        id="abbreviation",
    ),
    pytest.param(
        ("云溪区新材料和能源发展局答复。", [("GovernmentBody", "云溪区新材料和能源发展局")]),
        ("会同云溪区新能局。", [("GovernmentBody", "云溪区新能局")]),
        "abbreviation-department",
        id="department",
    ),
    pytest.param(
        ("“蓝湾”AIGC创意产业联盟成立。", [("Association", "“蓝湾”AIGC创意产业联盟")]),
        ("AIGC联盟扩容。", [("Association", "AIGC联盟")]),
        "part",
        id="foreign-word",
    ),
    pytest.param(
        ("岚屿湾数字智能产业港开园。", [("InnovationSite", "岚屿湾数字智能产业港")]),
        ("岚屿湾产业港招商。", [("InnovationSite", "岚屿湾产业港")]),
        "middle-out",
        id="middle",
    ),
    pytest.param(
        ("青岛岚屿智联创业投资合伙企业（有限合伙）备案。", [("Company", "青岛岚屿智联创业投资合伙企业（有限合伙）")]),
        ("岚屿智联投资11个项目。", [("Company", "岚屿智联")]),
        "firm",
        id="firm-behind-a-place",
    ),
    pytest.param(
        ("与蜀岭信托有限责任公司签约。", [("FinancialInstitution", "蜀岭信托有限责任公司")]),
        ("蜀岭信托参投。", [("FinancialInstitution", "蜀岭信托")]),
        "firm",
        id="institution",
    ),
    pytest.param(
        ("上海岚屿成长私募投资基金合伙企业（有限合伙）设立。", [("Fund", "上海岚屿成长私募投资基金合伙企业（有限合伙）")]),
        ("岚屿成长基金投资。", [("Fund", "岚屿成长基金")]),
        "fund-registered",
        id="fund-registered",
    ),
    pytest.param(
        ("云溪区产业引导基金规模10亿元。", [("Fund", "云溪区产业引导基金")]),
        ("政府引导基金投资。", [("Fund", "政府引导基金")]),
        "fund-guide",
        id="function",
    ),
    pytest.param(
        ("云溪区专利驿站开张。", [("Platform", "云溪区专利驿站")]),
        ("推动专利驿站建设。", [("Platform", "专利驿站")]),
        "place-left-out",
        id="place",
    ),
    pytest.param(
        ("国际海洋开放中心启用。", [("Platform", "国际海洋开放中心")]),
        ("国际海洋开放中心扩容。", [("ResearchOrganization", "国际海洋开放中心")]),
        "same-name",
        id="two-classes",
    ),
    pytest.param(
        ("Harbour Lab（港湾实验）签约。", [("Company", "港湾实验", "Harbour Lab")]),
        ("Harbour Lab落户。", [("Company", "Harbour Lab")]),
        "declared",
        id="foreign-name-in-brackets",
    ),
    pytest.param(
        ("云溪区科技金融伙伴联盟（简称“科金盟”）成立。", [("Association", "云溪区科技金融伙伴联盟", "科金盟")]),
        ("云溪区科金盟扩容。", [("Association", "云溪区科金盟")]),
        "declared",
        id="declared-and-placed",
    ),
    pytest.param(
        ("海洋数字中心更名为海洋智算中心。", [("Platform", "海洋数字中心"), ("Platform", "海洋智算中心")]),
        ("海洋智算中心启用。", [("Platform", "海洋智算中心")]),
        "renamed",
        id="renamed",
    ),
    pytest.param(
        ("青岛蓝鳍健康机器人股份有限公司投产。", [("Company", "青岛蓝鳍健康机器人股份有限公司")]),
        ("蓝鳍机器人签约。", [("Company", "蓝鳍机器人")]),
        "firm-words-out",
        id="firm-with-words-out",
    ),
    pytest.param(
        ("岚屿国际光子港开园。", [("InnovationSite", "岚屿国际光子港")]),
        ("岚屿光子港招商。", [("InnovationSite", "岚屿光子港")]),
        "middle-out-weak",
        id="qualifier-out",
    ),
    pytest.param(
        ("岚屿国际智慧海洋港（简称“智海港”）开园。", [("InnovationSite", "岚屿国际智慧海洋港", "智海港")]),
        ("岚屿智海港扩容，智海港招商。", [("InnovationSite", "岚屿智海港", "智海港")]),
        "one-short-form-within",
        id="one-short-form",
    ),
    pytest.param(
        ("岚屿国际智慧海洋港（简称“智海港”）开园。", [("InnovationSite", "岚屿国际智慧海洋港", "智海港")]),
        ("智海港扩容。", [("Platform", "智海港")]),
        "declared-other-class",
        id="declared-for-another-class",
    ),
    pytest.param(
        ("印发《智海港建设三年行动计划（2021—2023年）》。", [("Policy", "智海港建设三年行动计划（2021—2023年）")]),
        ("落实《三年行动计划》。", [("Policy", "三年行动计划")]),
        "title-numbered",
        id="numbered-title",
    ),
    pytest.param(
        ("印发《智海港建设三年行动计划（2021—2023年）》。", [("Policy", "智海港建设三年行动计划（2021—2023年）")]),
        ("落实《智海港三年行动计划》。", [("Policy", "智海港三年行动计划")]),
        "title-numbered",
        id="years-left-out",
    ),
    pytest.param(
        (
            "区母基金登记为岳阳云溪澜石创业投资合伙企业（有限合伙）。",
            [("Fund", "云溪区母基金", "区母基金", "岳阳云溪澜石创业投资合伙企业（有限合伙）")],
        ),
        ("澜石基金投资。", [("FinancialInstitution", "澜石基金")]),
        "fund-registered",
        id="registered-under-another-name",
    ),
    pytest.param(
        ("“岚屿夜话”沙龙举办。", [("Event", "“岚屿夜话”沙龙")]),
        ("“岚屿夜话”办了9期。", [("Programme", "岚屿夜话")]),
        "core-with-its-kind",
        id="core-of-another-class",
    ),
    pytest.param(
        ("秦海机床集团今年2月更名为秦海智能集团。", [("Company", "秦海机床集团"), ("Company", "秦海智能集团")]),
        ("秦海智能集团投产。", [("Company", "秦海智能集团")]),
        "renamed",
        id="renamed-on-a-date",
    ),
    pytest.param(
        (
            "区数据局（机构改革前称区大数据发展局）会办。",
            [("GovernmentBody", "云溪区数据局", "区数据局"), ("GovernmentBody", "云溪区大数据发展局", "区大数据发展局")],
        ),
        ("区大数据发展局主办。", [("GovernmentBody", "云溪区大数据发展局", "区大数据发展局")]),
        "renamed-before",
        id="called-so-before",
    ),
    pytest.param(
        (
            "区委金融办（由原区金融工作局更名而来）会办。",
            [("GovernmentBody", "云溪区委金融办", "区委金融办"), ("GovernmentBody", "云溪区金融工作局", "区金融工作局")],
        ),
        ("区金融工作局主办。", [("GovernmentBody", "云溪区金融工作局", "区金融工作局")]),
        "renamed-from",
        id="renamed-from",
    ),
    pytest.param(
        (
            "区市场监管局加挂区知识产权局牌子。",
            [("GovernmentBody", "云溪区市场监督管理局", "区市场监管局"), ("GovernmentBody", "云溪区知识产权局", "区知识产权局")],
        ),
        ("区知识产权局主办。", [("GovernmentBody", "云溪区知识产权局", "区知识产权局")]),
        "plate",
        id="another-plate-at-the-door",
    ),
    pytest.param(
        (
            "区科创办与区人才办系一套人马、两块牌子。",
            [("GovernmentBody", "云溪区科创办", "区科创办"), ("GovernmentBody", "云溪区人才办", "区人才办")],
        ),
        ("区人才办主办。", [("GovernmentBody", "云溪区人才办", "区人才办")]),
        "one-body",
        id="one-body-with-two-plates",
    ),
    pytest.param(
        ("海兴检测站重组为海兴计量院。", [("ResearchOrganization", "海兴检测站"), ("ResearchOrganization", "海兴计量院")]),
        ("海兴计量院签约。", [("ResearchOrganization", "海兴计量院")]),
        "reorganised",
        id="reorganised",
    ),
    pytest.param(
        ("海兴经济技术开发区管理委员会成立。", [("GovernmentBody", "海兴经济技术开发区管理委员会")]),
        ("海兴经开区管委会主办。", [("GovernmentBody", "海兴经开区管委会")]),
        "written-short",
        id="written-short",
    ),
    pytest.param(
        ("区城管局会办。", [("GovernmentBody", "云溪区城市管理和综合执法局", "区城管局")]),
        ("云溪区城市管理局主办。", [("GovernmentBody", "云溪区城市管理局")]),
        "abbreviation-department",
        id="a-short-form-that-linking-wrote-out-otherwise",
    ),
]


def joined(replies: Any, one: Reply, other: Reply, **of_other: Any) -> tuple[str, str, list[str]]:
    """The canonical IRIs of the first name of each reply, and the reasons of all links."""
    nodes = []
    for reply, more in ((one, {}), (other, of_other)):
        text, names = reply
        document = replies.say(text, **more, **{f"n{i}": n for i, n in enumerate(names)})
        nodes.append((document, replies.iri(*names[0][:2])))
    identity = replies.identity()
    return identity.of(*nodes[0]), identity.of(*nodes[1]), [link.reason for link in identity.links]


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_two_names_of_one_thing_are_joined(replies: Any, one: Reply, other: Reply, reason: str) -> None:
    """Each kind of evidence joins the names of two replies of one jurisdiction, and the link names its record."""
    first, second, reasons = joined(replies, one, other)
    assert first == second
    assert reason in reasons


ONLY_HERE = {
    "number",
    "nickname-without-number",
    "version",
    "abbreviation",
    "foreign-word",
    "function",
    "place",
    "two-classes",
    "middle",
    "qualifier-out",
    "declared-for-another-class",
    "numbered-title",
    "years-left-out",
    "core-of-another-class",
}


@pytest.mark.parametrize(("one", "other", "reason"), [p for p in SAME if p.id in ONLY_HERE])
def test_in_another_jurisdiction_they_are_not(replies: Any, one: Reply, other: Reply, reason: str) -> None:
    """What holds within a jurisdiction says nothing of another one's short forms."""
    first, second, _ = joined(replies, one, other, place="崂山区")
    assert first != second


APART = [
    pytest.param(
        ("“海帆汇”平台上线。", [("Platform", "“海帆汇”平台")]),
        ("云溪海帆汇发展有限公司成立。", [("Company", "云溪海帆汇发展有限公司")]),
        id="company-and-platform",
    ),
    pytest.param(
        ("“海帆汇”街区开街。", [("InnovationSite", "“海帆汇”街区")]),
        ("推进“海帆汇”建设。", [("Programme", "“海帆汇”建设")]),
        id="site-and-programme",
    ),
    pytest.param(
        ("“海帆汇”金融服务平台上线。", [("Platform", "“海帆汇”金融服务平台")]),
        ("“海帆汇”法律咨询平台上线。", [("Platform", "“海帆汇”法律咨询平台")]),
        id="one-core-two-platforms",
    ),
    pytest.param(
        ("蜀岭银行发放贷款。", [("FinancialInstitution", "蜀岭银行")]),
        ("蜀岭银行云溪支行发放贷款。", [("FinancialInstitution", "蜀岭银行云溪支行")]),
        id="branch",
    ),
    pytest.param(
        ("岚屿基金投资。", [("Fund", "岚屿基金")]),
        ("青岛岚屿智联创业投资合伙企业（有限合伙）备案。", [("Company", "青岛岚屿智联创业投资合伙企业（有限合伙）")]),
        id="fund-and-manager",
    ),
    pytest.param(
        ("《云溪区促进海洋装备发展的实施办法》，共6条26项。", [("Policy", "云溪区促进海洋装备发展的实施办法")]),
        ("“海装24条”兑现资金。", [("Policy", "海装24条")]),
        id="another-number",
    ),
    pytest.param(
        ("《云溪区海洋发展行动计划（2020—2022年）》。", [("Policy", "云溪区海洋发展行动计划（2020—2022年）")]),
        ("《云溪区海洋发展行动计划（2023—2025年）》。", [("Policy", "云溪区海洋发展行动计划（2023—2025年）")]),
        id="years",
    ),
    pytest.param(
        ("第三届港湾论坛举办。", [("Event", "第三届港湾论坛")]), ("第四届港湾论坛举办。", [("Event", "第四届港湾论坛")]), id="editions"
    ),
    pytest.param(("落实《实施办法》。", [("Policy", "实施办法")]), ("修订《实施办法》。", [("Policy", "实施办法")]), id="common-title"),
    pytest.param(("联盟成立。", [("Association", "联盟")]), ("联盟扩容。", [("Association", "联盟")]), id="common-word"),
    pytest.param(
        ("云溪银行放贷。", [("FinancialInstitution", "云溪银行")]),
        ("云溪农村商业银行放贷。", [("FinancialInstitution", "云溪农村商业银行")]),
        id="no-abbreviation",
    ),
    pytest.param(
        ("国际开放中心启用。", [("Platform", "国际开放中心")]),
        ("国际开放创新孵化中心启用。", [("Platform", "国际开放创新孵化中心")]),
        id="common-words-with-a-middle",
    ),
    pytest.param(
        ("人工智能产业园启用。", [("InnovationSite", "人工智能产业园")]),
        ("人工智能国际产业园启用。", [("InnovationSite", "人工智能国际产业园")]),
        id="an-industry-s-word-with-a-qualifier",
    ),
    pytest.param(
        ("河套大学签约。", [("ResearchOrganization", "河套大学", "河大医院")]),
        ("河套大学附属医院签约，河大医院扩容。", [("ResearchOrganization", "河套大学附属医院", "河大医院")]),
        id="university-and-its-hospital",
    ),
    pytest.param(
        ("岚屿国际智慧海洋港（简称“岚屿智海”）开园。", [("InnovationSite", "岚屿国际智慧海洋港", "岚屿智海")]),
        ("青岛岚屿智海发展有限公司成立。", [("Company", "青岛岚屿智海发展有限公司")]),
        id="site-and-the-firm-that-runs-it",
    ),
    pytest.param(
        ("印发《智海港建设三年行动计划（2021—2023年）》。", [("Policy", "智海港建设三年行动计划（2021—2023年）")]),
        ("印发《智海港建设三年行动计划（2024—2026年）》。", [("Policy", "智海港建设三年行动计划（2024—2026年）")]),
        id="the-next-years",
    ),
    pytest.param(
        ("印发《云溪区智海基金管理办法》。", [("Policy", "云溪区智海基金管理办法")]),
        ("印发《云溪区智海基金管理办法（2025年修订）》。", [("Policy", "云溪区智海基金管理办法（2025年修订）")]),
        id="the-revised-edition",
    ),
    pytest.param(
        (
            "海兴检测站、海兴质检所重组为海兴计量院。",
            [("ResearchOrganization", "海兴质检所"), ("ResearchOrganization", "海兴检测站"), ("ResearchOrganization", "海兴计量院")],
        ),
        ("海兴计量院签约。", [("ResearchOrganization", "海兴计量院")]),
        id="one-of-two-that-became-a-third",
    ),
    pytest.param(
        ("青岛蓝鳍健康科技有限公司投产。", [("Company", "青岛蓝鳍健康科技有限公司")]),
        ("蓝鳍科技签约。", [("Company", "蓝鳍科技")]),
        id="firm-with-a-common-end",
    ),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_things_are_kept_apart(replies: Any, one: Reply, other: Reply) -> None:
    """Names that look alike but are of two things, or may be, are not joined."""
    first, second, _ = joined(replies, one, other)
    assert first != second


@pytest.mark.parametrize("words", ["实施办法", "引导基金"])
def test_a_common_word_gets_an_iri_of_its_reply(replies: Any, words: str) -> None:
    """《实施办法》 of a reply that doesn't say which is a thing of that reply only, and a link to itself says so."""
    cls = "Policy" if words == "实施办法" else "Fund"
    document = replies.say(f"落实{words}。", n=(cls, words))
    identity = replies.identity()
    iri = replies.iri(cls, words)
    assert identity.of(document, iri) == f"{iri}@{document}"
    assert [link.one for link in identity.links] == [(document, iri)]


def test_a_local_name_of_two_jurisdictions_is_for_review(replies: Any) -> None:
    """The one in more replies keeps the plain IRI, the other bears its jurisdiction; a person is asked."""
    for place in ("云溪区", "云溪区", "崂山区"):
        replies.say("专利驿站开张。", n=("Platform", "专利驿站"), place=place)
    identity = replies.identity()
    iri = replies.iri("Platform", "专利驿站")
    assert dict(identity.canonical) == {("r3", iri): f"{iri}@崂山区"}
    assert [c.reason for c in identity.candidates] == ["same-name-elsewhere"]


def test_a_city_and_its_district_mean_one_thing(replies: Any) -> None:
    """A local name in a reply of the city around is the district's, if only one of its districts has it."""
    replies.say("专利驿站开张。", n=("Platform", "专利驿站"), place="崂山区")
    city = replies.say("专利驿站开张。", n=("Platform", "专利驿站"), place="青岛市")
    iri = replies.iri("Platform", "专利驿站")
    assert replies.identity().of(city, iri) == iri
    replies.say("专利驿站开张。", n=("Platform", "专利驿站"), place="市北区")
    assert len({replies.identity().of(e.document.id, iri) for e in replies.made}) == 3


def test_the_reply_s_own_body_under_another_name(replies: Any) -> None:
    """我局（区知识产权局） are one body, with the words that say so."""
    document = replies.say(
        "我局（区知识产权局）牵头。", issuer="云溪区市场监督管理局", n=("GovernmentBody", "云溪区知识产权局", "区知识产权局")
    )
    identity = replies.identity()
    assert identity.of(document, replies.iri("GovernmentBody", "云溪区知识产权局")) == replies.iri("GovernmentBody", "云溪区市场监督管理局")
    assert [w.evidence.quote for w in identity.links[0].witnesses] == ["我局（区知识产权局）牵头"]


def test_the_later_name_stays(replies: Any) -> None:
    """After 更名为 the new name is the canonical one, also in replies before."""
    before = replies.say("海洋数字中心启用。", n=("Platform", "海洋数字中心"), date="2021-01-01")
    replies.say("海洋数字中心更名为海洋智算中心。", a=("Platform", "海洋数字中心"), b=("Platform", "海洋智算中心"), date="2023-01-01")
    identity = replies.identity()
    assert identity.of(before, replies.iri("Platform", "海洋数字中心")) == replies.iri("Platform", "海洋智算中心")
    assert identity.labels[replies.iri("Platform", "海洋智算中心")] == "海洋智算中心"


def test_an_event_that_became_another_is_for_review(replies: Any) -> None:
    """升级为 of events may be a succession: not joined, but asked."""
    replies.say("港湾夜话升级为“蓝湾汇”。", a=("Event", "港湾夜话"), b=("Event", "蓝湾汇"))
    identity = replies.identity()
    assert not identity.canonical
    assert [c.reason for c in identity.candidates] == ["succeeded"]


def test_a_list_tells_its_members_apart(replies: Any) -> None:
    """What stands in one list is not one thing, whatever other evidence says."""
    replies.say("与岚屿智联、青岛岚屿智联科技有限公司签约。", a=("Company", "岚屿智联"), b=("Company", "青岛岚屿智联科技有限公司"))
    assert not replies.identity().canonical


def test_an_ambiguous_short_form_is_for_review(replies: Any) -> None:
    """A stem of two firms is joined with neither; both pairs are candidates with the words of each side."""
    short = replies.say("岚屿智联投产。", n=("Company", "岚屿智联"))
    for name in ("青岛岚屿智联科技有限公司", "岚屿智联海洋装备有限公司"):
        replies.say(f"{name}投产。", n=("Company", name))
    identity = replies.identity()
    assert not identity.canonical
    assert {c.one[0] for c in identity.candidates} == {short}
    assert [len(c.witnesses) for c in identity.candidates] == [2, 2]


def test_a_chain_never_joins_what_differs(replies: Any) -> None:
    """Two full titles stay two, though a nickname fits both."""
    replies.say("《云溪区海洋装备若干措施》共24条。", n=("Policy", "云溪区海洋装备若干措施"))
    replies.say("《云溪区海洋装备产业若干政策》共24条。", n=("Policy", "云溪区海洋装备产业若干政策"))
    replies.say("“海装24条”施行。", n=("Policy", "海装24条"))
    identity = replies.identity()
    assert not identity.canonical
    assert len(identity.candidates) == 2


def test_a_contact_person_is_no_part_of_it(replies: Any) -> None:
    """Words in a contact's lines are neither joined nor quoted."""
    replies.say("云溪区专利驿站开张。", n=("Platform", "云溪区专利驿站"))
    replies.say("联系人：专利驿站周某", n=("Platform", "专利驿站"), private="专利驿站周某")
    identity = replies.identity()
    assert not identity.canonical
    assert not identity.links


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        ("GovernmentBody", "教育部科学技术与信息化司"),
        ("Event", "世界海洋装备大会"),
        ("Company", "岚屿智联"),
        ("Platform", "国家海洋数据服务平台"),
    ],
)
def test_what_the_whole_country_knows_is_one_everywhere(replies: Any, cls: str, name: str) -> None:
    """A ministry's department, a world congress, a firm: one node in replies of any jurisdiction."""
    nodes = [(replies.say(f"与{name}合作。", n=(cls, name), place=place), replies.iri(cls, name)) for place in ("云溪区", "崂山区")]
    identity = replies.identity()
    assert len({identity.of(*node) for node in nodes}) == 1
    assert not identity.candidates


def test_a_brand_of_several_firms_is_for_review(replies: Any) -> None:
    """蓝鳍机器人 may be a firm of its own where the brand has other firms too."""
    full = replies.say("青岛蓝鳍健康机器人股份有限公司投产。", n=("Company", "青岛蓝鳍健康机器人股份有限公司"))
    short = replies.say("蓝鳍机器人与蓝鳍影像签约。", a=("Company", "蓝鳍机器人"), b=("Company", "蓝鳍影像"))
    identity = replies.identity()
    assert not identity.canonical
    pairs = [{c.one, c.other} for c in identity.candidates if c.reason == "firm-words-out"]
    assert pairs == [{(full, replies.iri("Company", "青岛蓝鳍健康机器人股份有限公司")), (short, replies.iri("Company", "蓝鳍机器人"))}]


def test_a_numbered_title_is_never_a_later_plan(replies: Any) -> None:
    """《三年行动计划》 of 2024 is the plan in force, not the one for 2026 that its own reply announces."""
    old, new = "智海港建设三年行动计划（2023—2025年）", "智海港建设三年行动计划（2026—2028年）"
    replies.say(f"印发《{old}》。", n=("Policy", old), date="2023-02-01")
    later = replies.say(f"对照《三年行动计划》，预研《{new}》。", a=("Policy", "三年行动计划"), b=("Policy", new), date="2024-11-08")
    replies.say(f"印发《{new}》。", n=("Policy", new), date="2026-02-01")
    identity = replies.identity()
    assert identity.of(later, replies.iri("Policy", "三年行动计划")) == replies.iri("Policy", old)
    assert identity.of(later, replies.iri("Policy", new)) == replies.iri("Policy", new)


def test_a_numbered_title_of_two_plans_is_for_review(replies: Any) -> None:
    """Two plans that end so: neither is taken, both are asked about."""
    for title in ("智海港建设三年行动计划（2023—2025年）", "光子港建设三年行动计划（2023—2025年）"):
        replies.say(f"印发《{title}》。", n=("Policy", title))
    short = replies.say("落实《三年行动计划》。", n=("Policy", "三年行动计划"))
    identity = replies.identity()
    iri = replies.iri("Policy", "三年行动计划")
    assert identity.of(short, iri) == f"{iri}@{short}"
    assert [c.reason for c in identity.candidates] == ["title-numbered", "title-numbered"]
