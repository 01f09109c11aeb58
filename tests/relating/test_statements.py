"""What is said: each construction of the language on an invented sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ecograph.model import Statement

Related = Callable[..., tuple[Statement, ...]]

SAID = {
    "counts between the members of a list": (
        "[江州大学/ResearchOrganization]先后举办[江州科创论坛/Event]8期、[江州路演周/Event]1届。",
        {("江州大学", "organises", "江州科创论坛"), ("江州大学", "organises", "江州路演周")},
    ),
    "a bullet and a number before the subject": (
        "★[星渚科技/Company]建成[江州数据平台/Platform]。\n3.2 [甲木集团/Company]建成[江州算力平台/Platform]。",
        {("星渚科技", "establishes", "江州数据平台"), ("甲木集团", "establishes", "江州算力平台")},
    ),
    "an industry's firms, by 领域的": (
        "[氢能/Industry]领域的[星渚科技/Company]、[甲木集团/Company]加快扩产。",
        {("星渚科技", "operatesIn", "氢能"), ("甲木集团", "operatesIn", "氢能")},
    ),
    "both are put into one plan": (
        "[江州数据平台/Platform]、[江州算力平台/Platform]同步升级，二者均纳入[江州数字化行动/Programme]。",
        {("江州数据平台", "partOf", "江州数字化行动"), ("江州算力平台", "partOf", "江州数字化行动")},
    ),
    "a bank's loan that a firm got": (
        "[海晏银行/FinancialInstitution]创新知识产权贷，[星渚科技/Company]获得授信。",
        {("海晏银行", "supports", "星渚科技")},
    ),
    "firms within the site": (
        "[江州软件园/InnovationSite]有[星渚科技/Company]、[甲木集团/Company]。",
        {("星渚科技", "basedIn", "江州软件园"), ("甲木集团", "basedIn", "江州软件园")},
    ),
    "the site's field": (
        "[江州软件园/InnovationSite]主打[人工智能/Industry]。",
        {("江州软件园", "supports", "人工智能")},
    ),
    "list head with a count": (
        "由[海晏银行/FinancialInstitution]、[云帆银行/FinancialInstitution]等12家银行共同成立[江州科创服务联盟/Association]。",
        {("海晏银行", "memberOf", "江州科创服务联盟"), ("云帆银行", "memberOf", "江州科创服务联盟")},
    ),
    "one leads, others take part, relative clause": (
        "由[星渚科技/Company]牵头，[江州大学/ResearchOrganization]参与组建的[江州智能研究院/ResearchOrganization]正式揭牌。",
        {
            ("星渚科技", "establishes", "江州智能研究院"),
            ("江州大学", "establishes", "江州智能研究院"),
            ("星渚科技", "cooperatesWith", "江州大学"),
        },
    ),
    "two build together": (
        "[星渚科技/Company]与[江州大学/ResearchOrganization]共建[海风联合实验室/ResearchOrganization]。",
        {
            ("星渚科技", "establishes", "海风联合实验室"),
            ("江州大学", "establishes", "海风联合实验室"),
            ("星渚科技", "cooperatesWith", "江州大学"),
        },
    ),
    "built by, passive": (
        "[江州数据平台/Platform]由[星渚科技/Company]承建。",
        {("星渚科技", "establishes", "江州数据平台")},
    ),
    "lead in brackets": (
        "[江州概念验证中心/Platform]（[江州大学/ResearchOrganization]牵头建设）投入运行。",
        {("江州大学", "establishes", "江州概念验证中心")},
    ),
    "subject left out is the jurisdiction": (
        "揭牌成立[江州创业服务站/Platform]。",
        {("江州市", "establishes", "江州创业服务站")},
    ),
    "subject carried from the clause before": (
        "[我局=江州市科技局]深入调研，筹建[江州算力服务平台/Platform]。",
        {("江州市科技局", "establishes", "江州算力服务平台")},
    ),
    "no subject but a partner": (
        "与[北渡信托/FinancialInstitution]签订战略合作协议。",
        {("江州市", "cooperatesWith", "北渡信托")},
    ),
    "partners in a list": (
        "[江州市/Place]先后与[甲木集团/Company]、[乙水集团/Company]等企业达成合作意向。",
        {("江州市", "cooperatesWith", "甲木集团"), ("江州市", "cooperatesWith", "乙水集团")},
    ),
    "a fund and what it backs": (
        "[江州科创基金/Fund]已投资[星渚科技/Company]、[禾苗医药/Company]2个项目。",
        {("江州科创基金", "investsIn", "星渚科技"), ("江州科创基金", "investsIn", "禾苗医药")},
    ),
    "invested by the fund named last": (
        "[甲木集团/Company]设立[江州科创基金/Fund]，首期规模5亿元，已投资[禾苗医药/Company]。",
        {("甲木集团", "establishes", "江州科创基金"), ("江州科创基金", "investsIn", "禾苗医药")},
    ),
    "issued, and another voided": (
        "[市数据局/GovernmentBody=江州市数据局]印发[《江州市数据条例实施办法》/Policy]，[《江州市数据暂行规定》/Policy]同时废止。",
        {
            ("江州市数据局", "issues", "《江州市数据条例实施办法》"),
            ("《江州市数据条例实施办法》", "revises", "《江州市数据暂行规定》"),
        },
    ),
    "two issue jointly": (
        "[我局=江州市科技局]会同[市财政局/GovernmentBody=江州市财政局]印发[《江州市研发补助细则》/Policy]。",
        {("江州市科技局", "issues", "《江州市研发补助细则》"), ("江州市财政局", "issues", "《江州市研发补助细则》")},
    ),
    "a programme carried out": (
        "[江州市/Place]深入实施[“云上江州”行动/Programme]。",
        {("江州市", "implements", "“云上江州”行动")},
    ),
    "entered into": (
        "[《江州市数据办法》/Policy]已纳入[“2+3”政策体系/Policy]。",
        {("《江州市数据办法》", "partOf", "“2+3”政策体系")},
    ),
    "event, theme and hosts": (
        "围绕[氢能/Industry]、[储能/Industry]，[江州市/Place]举办[江州新能源论坛/Event]。",
        {
            ("江州新能源论坛", "about", "氢能"),
            ("江州新能源论坛", "about", "储能"),
            ("江州市", "organises", "江州新能源论坛"),
        },
    ),
    "hosts told after the event": (
        "[江州新能源论坛/Event]由[江州大学/ResearchOrganization]主办、[甲木集团/Company]承办，[禾苗医药/Company]等80家企业参展。",
        {
            ("江州大学", "organises", "江州新能源论坛"),
            ("甲木集团", "organises", "江州新能源论坛"),
            ("禾苗医药", "participatesIn", "江州新能源论坛"),
        },
    ),
    "an award": (
        "2023年，[禾苗医药/Company]荣获[江州市质量奖/Award]。",
        {("禾苗医药", "receives", "江州市质量奖")},
    ),
    "recognised by, passive": (
        "[星渚科技/Company]被[省科技厅/GovernmentBody]认定为[省级瞪羚企业/Award]。",
        {("星渚科技", "receives", "省级瞪羚企业"), ("省科技厅", "endorses", "星渚科技")},
    ),
    "a standard": (
        "由[星渚科技/Company]牵头，[江州大学/ResearchOrganization]参与制定的[《无人艇通用规范》/Standard]团体标准发布。",
        {("星渚科技", "drafts", "《无人艇通用规范》"), ("江州大学", "drafts", "《无人艇通用规范》")},
    ),
    "approved": (
        "[江州数据交易中心/Platform]获[省数据局/GovernmentBody]批复。",
        {("省数据局", "endorses", "江州数据交易中心")},
    ),
    "firms of a field": (
        "[星渚科技/Company]、[禾苗医药/Company]等30家企业深耕[脑机接口/Industry]和[类脑芯片/Industry]领域。",
        {
            ("星渚科技", "operatesIn", "脑机接口"),
            ("禾苗医药", "operatesIn", "脑机接口"),
            ("星渚科技", "operatesIn", "类脑芯片"),
            ("禾苗医药", "operatesIn", "类脑芯片"),
        },
    ),
    "field told in the sentence before": (
        "[氢能/Industry]产业生态不断完善。既有[星渚科技/Company]、[甲木集团/Company]等一批龙头企业。",
        {
            ("星渚科技", "operatesIn", "氢能"),
            ("甲木集团", "operatesIn", "氢能"),
            ("星渚科技", "basedIn", "江州市"),
            ("甲木集团", "basedIn", "江州市"),
        },
    ),
    "respectively": (
        "[甲木基地/InnovationSite]、[乙水基地/InnovationSite]分别落户[东湾新城/Place]和[西岭新城/Place]。",
        {("甲木基地", "basedIn", "东湾新城"), ("乙水基地", "basedIn", "西岭新城")},
    ),
    "gathered in a park": (
        "[江州软件园/InnovationSite]集聚了[星渚科技/Company]、[甲木集团/Company]等企业120家。",
        {("星渚科技", "basedIn", "江州软件园"), ("甲木集团", "basedIn", "江州软件园")},
    ),
    "a bank lends": (
        "[海晏银行/FinancialInstitution]为[禾苗医药/Company]授信3亿元。",
        {("海晏银行", "supports", "禾苗医药")},
    ),
    "the name's own words say nothing": (
        "[星渚科技/Company]与[江州创新成立服务联盟/Association]开展合作。",
        {("星渚科技", "cooperatesWith", "江州创新成立服务联盟")},
    ),
    "a gloss is no list": (
        "[江州数据平台/Platform]（简称“[江数/Platform=江州数据平台]”）由[星渚科技/Company]运营。",
        {("星渚科技", "establishes", "江州数据平台")},
    ),
}


def triples(statements: tuple[Statement, ...]) -> set[tuple[str, str, str]]:
    """What is stated and not denied."""
    return {(s.subject, s.predicate, s.object) for s in statements if s.status != "denied"}


def unordered(said: set[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """The same, with the two ends of a symmetric predicate in one order."""
    return {(*sorted((s, o)), p) if p == "cooperatesWith" else (s, p, o) for s, p, o in said}


@pytest.mark.parametrize(("marked", "wanted"), SAID.values(), ids=SAID.keys())
def test_a_construction_says_what_a_reader_takes_from_it(related: Related, marked: str, wanted: set[tuple[str, str, str]]) -> None:
    """Each construction gives exactly the statements that a reader takes from it."""
    assert unordered(triples(related(marked))) == unordered(wanted)


SILENT = {
    "the wish in the title": "您提出的关于支持[星渚科技/Company]建设[江州数据平台/Platform]的建议收悉。",
    "encouragement": "鼓励[星渚科技/Company]牵头组建[江州算力联盟/Association]。",
    "permission": "[星渚科技/Company]可以设立[江州创新基金/Fund]。",
    "two that only stand side by side": "[星渚科技/Company]发展平稳。[江州数据平台/Platform]运行良好。",
    "across a full stop": "[星渚科技/Company]。[《无人艇通用规范》/Standard]。",
}


@pytest.mark.parametrize("marked", SILENT.values(), ids=SILENT.keys())
def test_no_fact_no_statement(related: Related, marked: str) -> None:
    """Wishes, permissions and mere neighbourhood make no statement."""
    assert related(marked) == ()


def test_clauses_do_not_talk_across_a_semicolon(ruled: Related) -> None:
    """A subject named before a semicolon is not taken for the one left out behind it."""
    said = triples(ruled("[星渚科技/Company]稳步增长；揭牌成立[江州数据平台/Platform]。"))
    assert said == {("江州市", "establishes", "江州数据平台")}


def test_the_latter_is_the_last_of_two(ruled: Related) -> None:
    """后者 and 前者 stand for the one of the two that were named side by side, in the same clause or the sentence before."""
    pair = "[江州数据平台/Platform]、[江州算力平台/Platform]先后上线"
    for words, meant in (("，后者", "江州算力平台"), ("，前者", "江州数据平台"), ("。后者", "江州算力平台")):
        assert triples(ruled(f"{pair}{words}由[星渚科技/Company]承建。")) == {("星渚科技", "establishes", meant)}


def test_equity_is_an_investment(ruled: Related) -> None:
    """A fund that gives a firm equity invests in it, and is not said to support it."""
    said = triples(ruled("[江州科创基金/Fund]首期5亿元，为[星渚科技/Company]提供股权支持。"))
    assert said == {("江州科创基金", "investsIn", "星渚科技")}


def test_the_announcing_issuer_speaks_in_the_items(related: Related) -> None:
    """Items behind “我局将做好以下工作：” have the issuer for their subject."""
    said = triples(related("下一步，[我局=江州市科技局]将做好以下工作：\n1.筹建[江州数据平台/Platform]。\n2.举办[江州论坛/Event]。"))
    assert {("江州市科技局", "establishes", "江州数据平台"), ("江州市科技局", "organises", "江州论坛")} <= said


def test_who_names_both_ends_is_believed(related: Related) -> None:
    """Where the builder is named, the jurisdiction is not put in as another one."""
    said = triples(related("[星渚科技/Company]牵头建设[江州数据平台/Platform]。"))
    assert said == {("星渚科技", "establishes", "江州数据平台")}


FROM_LAWS_AND_NOTICES = {
    "a law's head": (
        "[江州市数据条例/Policy]\n2021年3月2日[江州市第八届人民代表大会第一次会议/GovernmentBody]通过\n",
        {("江州市第八届人民代表大会第一次会议", "issues", "江州市数据条例")},
    ),
    "a law that ends another": (
        "[江州市数据条例/Policy]\n第九条 本条例自2022年7月1日起施行，《[江州市信息化规定/Policy]》同时废止。\n",
        {("江州市数据条例", "revises", "江州市信息化规定")},
    ),
    "a plan that is handed on": (
        "《[江州市数据规划/Policy]》已经市领导同意，现印发给你们，请认真执行。",
        {("江州市科技局", "issues", "江州市数据规划")},
    ),
    "a notice of several": (
        "[江州市财政局/GovernmentBody] [江州市商务局/GovernmentBody]关于印发《[江州市数据规划/Policy]》的通知",
        {("江州市财政局", "issues", "江州市数据规划"), ("江州市商务局", "issues", "江州市数据规划")},
    ),
    "who is charged, in brackets behind the task": (
        "开展[“清源”专项行动/Programme]，做好总结。（[江州市财政局/GovernmentBody]、[江州市商务局/GovernmentBody]等负责）",
        {("江州市财政局", "implements", "“清源”专项行动"), ("江州市商务局", "implements", "“清源”专项行动")},
    ),
    "what a site is made of": (
        "[江州科学城/InnovationSite]由[东园/InnovationSite]、[西园/InnovationSite]以及划定的其他区域构成。",
        {("东园", "partOf", "江州科学城"), ("西园", "partOf", "江州科学城")},
    ),
    "set up with approval": (
        "本条例适用于经[江州市人民政府/GovernmentBody]批准设立的[江州科学城/InnovationSite]。",
        {("江州市人民政府", "endorses", "江州科学城")},
    ),
    "an address": (
        "材料送至[江州科技协会/Association]（地址：[云溪区/Place]和平路1号）。",
        {("江州科技协会", "basedIn", "云溪区")},
    ),
}


@pytest.mark.parametrize(("marked", "wanted"), FROM_LAWS_AND_NOTICES.values(), ids=FROM_LAWS_AND_NOTICES.keys())
def test_laws_and_notices_say(ruled: Related, marked: str, wanted: set[tuple[str, str, str]]) -> None:
    """The set phrases of laws and notices say who issues, ends, does and holds what."""
    assert wanted <= triples(ruled(marked))


def test_a_directive_is_for_others(ruled: Related) -> None:
    """Behind “各单位：” the issuer isn't the one who does what is ordered; the jurisdiction may be."""
    said = triples(ruled("各区人民政府，各有关单位：\n推进[“清源”专项行动/Programme]。"))
    assert "江州市科技局" not in {subject for subject, _, _ in said}


def test_a_profile_is_of_the_firm_in_the_heading(ruled: Related) -> None:
    """What a profile says without a subject is said of the firm that the line above names."""
    said = triples(ruled("[星渚科技/Company]\n位于[云溪区/Place]，主要从事研发。\n荣获[江州创新奖/Award]。"))
    assert {("星渚科技", "basedIn", "云溪区"), ("星渚科技", "receives", "江州创新奖")} <= said
