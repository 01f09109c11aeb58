"""What later replies tell of a promise."""

from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.across import Identity
from ecograph.commitments import Account, Ledger
from ecograph.extraction import Extraction

from .conftest import BODY, NOBODY, PLACE, Reply, Told  # type: ignore[import-not-found]

Follow = Callable[..., Told]
LAB = "[青禾实验室/ResearchOrganization]"
PROMISE = f"筹建{LAB}，争取年底揭牌。"


@pytest.mark.parametrize(
    ("plan", "body", "words"),
    [
        (PROMISE, f"2024年3月，{LAB}正式揭牌。", "2024年3月，青禾实验室正式揭牌"),
        (PROMISE, f"揭牌成立{LAB}。", "揭牌成立青禾实验室"),
        (
            PROMISE,
            f"由[南屿大学/ResearchOrganization]与[云图/Company]共建的{LAB}，已于今年4月启用。",
            "由南屿大学与云图共建的青禾实验室，已于今年4月启用",
        ),
        ("编制[《云溪规划》/Policy=规划]。", "[《云溪规划》/Policy=规划]经审议通过并正式印发。", "《云溪规划》经审议通过并正式印发"),
        ("全年举办[溪谷路演/Event]不少于12场。", "全年举办[溪谷路演/Event]16场。", "全年举办溪谷路演16场"),
        ("推动[云图/Company]落户。", "[云图/Company]已落户[东湖数谷/InnovationSite]。", "云图已落户东湖数谷"),
        ("力争2023年全区专精特新企业突破500家。", "2023年底全区专精特新企业531家。", "2023年底全区专精特新企业531家"),
        ("稳步扩大专利质押融资规模。", "2023年全区专利质押融资登记金额8.7亿元。", "2023年全区专利质押融资登记金额8.7亿元"),
        ("搭建版权交易撮合平台。", "[数谷公司/Company]上线[“溪易”版权交易撮合平台/Platform]。", "数谷公司上线“溪易”版权交易撮合平台"),
        ("推动[溪源母基金/Fund]扩募至12亿元。", "[溪源母基金/Fund]今年2月完成扩募，规模由5亿元增至12亿元。", "溪源母基金今年2月完成扩募"),
        ("修订[《甲办法》/Policy=甲]。", "印发[《乙政策》/Policy=乙]，原[《甲办法》/Policy=甲]同时废止。", "原《甲办法》同时废止"),
    ],
)
def test_a_promise_kept_is_fulfilled(reply: Reply, follow: Follow, plan: str, body: str, words: str) -> None:
    """The same thing, with a fitting result; or the rare words of what names nothing, with a result or a number."""
    [(_, told)] = follow(reply(plan=plan), reply(body, name="two", date="2024-06-01"))["fulfilled"]
    assert told.startswith(words)


@pytest.mark.parametrize(
    ("plan", "body"),
    [
        (PROMISE, f"依托{LAB}开展培训。"),
        (PROMISE, f"[云图/Company]与{LAB}成立[云图联盟/Association]。"),
        (PROMISE, f"在{LAB}揭牌[乙中心/Platform]。"),
        (PROMISE, f"{LAB}拟于年底揭牌。"),
        (PROMISE, "[蓝田实验室/ResearchOrganization]正式揭牌。"),
        (PROMISE, f"{LAB}已于2021年3月揭牌。"),
        (PROMISE, f"您提出的{LAB}尽快揭牌的建议很好。"),
        ("全年举办[溪谷路演/Event]不少于12场。", "全年举办[溪谷路演/Event]9场。"),
        ("力争2023年全区专精特新企业突破500家。", "2023年底全区专精特新企业452家。"),
        ("打造[“溪谷”/InnovationSite=溪谷]。", "印发[“溪谷”三年行动方案/Policy]。"),
        ("协助[云图/Company]申请[蓝盾认证/Award]。", "[飞瀑科技/Company]通过[蓝盾认证/Award]。"),
        ("稳步扩大专利质押融资规模。", "2023年全区技术合同成交额8.7亿元。"),
    ],
)
def test_another_thing_or_another_result_fulfils_nothing(reply: Reply, follow: Follow, plan: str, body: str) -> None:
    """Where it was done, with whom, something like it, too few, before the promise, or only meant to be."""
    assert "fulfilled" not in follow(reply(plan=plan), reply(body, name="two", date="2024-06-01"))


def test_a_statement_of_fact_fulfils_too(reply: Reply, follow: Follow) -> None:
    """What relating found counts, where the clause's words are no known result."""
    later = reply(
        f"由[云图/Company]打造的{LAB}。",
        name="two",
        date="2024-06-01",
        done=(("云图", "establishes", "青禾实验室", "由云图打造的青禾实验室"),),
    )
    assert follow(reply(plan=PROMISE), later)["fulfilled"] == [("筹建青禾实验室，争取年底揭牌", "由云图打造的青禾实验室")]


def test_one_thing_under_two_names_is_one(reply: Reply, follow: Follow) -> None:
    """Identity says so, in the reply that uses the name."""
    later = reply("[区级实验室/ResearchOrganization=x]揭牌。", name="two", date="2024-06-01")
    assert "fulfilled" not in follow(reply(plan=PROMISE), later)
    assert follow(reply(plan=PROMISE), later, identity=Identity({("two", "x"): "青禾实验室"}))["fulfilled"]


def test_a_promise_made_again_is_repeated_and_may_be_kept_later(reply: Reply, follow: Follow) -> None:
    """Both are told, each with its words; the second promise is kept too."""
    first, second = reply(plan=PROMISE), reply(plan=f"继续推进{LAB}建设。", name="two", date="2024-06-01")
    third = reply(f"{LAB}已建成启用。", name="three", date="2025-06-01")
    told = follow(first, second, third)
    assert told["repeated"] == [("筹建青禾实验室，争取年底揭牌", "继续推进青禾实验室建设")]
    assert {words for words, _ in told["fulfilled"]} == {"筹建青禾实验室，争取年底揭牌", "继续推进青禾实验室建设"}


@pytest.mark.parametrize(
    "body",
    [
        f"{LAB}的组建条件尚不成熟，暂不纳入今年计划。",
        f"经研究，不再单独设立{LAB}。",
        f"{LAB}项目因布局调整暂缓实施。",
        f"{LAB}筹建工作已经终止。",
    ],
)
def test_what_is_given_up_openly_is_dropped(reply: Reply, follow: Follow, body: str) -> None:
    """The words that say so are the outcome's."""
    told = follow(reply(plan=PROMISE), reply(body, name="two", date="2024-06-01"))
    assert set(told) == {"dropped"}


def test_the_heading_says_what_is_dropped(reply: Reply, follow: Follow) -> None:
    """The clause itself names nothing."""
    later = reply("为避免重复，我区不再单独设立。", heading=f"（二）关于设立{LAB}", name="two", date="2024-06-01")
    assert follow(reply(plan=PROMISE), later)["dropped"] == [("筹建青禾实验室，争取年底揭牌", "我区不再单独设立")]


def test_what_was_kept_and_then_ended_is_undone(reply: Reply, follow: Follow) -> None:
    """Called off after it had been done is undone, not dropped."""
    kept = reply(f"{LAB}揭牌成立。", name="two", date="2024-06-01")
    told = follow(reply(plan=PROMISE), kept, reply(f"{LAB}因经费不足，已于今年3月撤销。", name="three", date="2025-06-01"))
    assert set(told) == {"fulfilled", "undone"}


def test_what_was_done_without_a_promise_can_be_undone(reply: Reply, follow: Follow) -> None:
    """The outcome is of the statement that it was done."""
    done = (PLACE, "establishes", "溪源基金", "我区出资设立溪源基金")
    first = reply("我区出资设立[溪源基金/Fund]。", done=(done,))
    later = reply("[溪源基金/Fund]由于项目不足，已于2024年3月清算。", name="two", date="2024-06-01")
    assert follow(first, later) == {"undone": [("我区出资设立溪源基金", "溪源基金由于项目不足，已于2024年3月清算")]}


def test_what_no_rule_relates_to_its_founding_can_be_undone_too(reply: Reply, follow: Follow) -> None:
    """A result's words are enough, if a statement is made of the thing in the same words."""
    done = ((BODY, "investsIn", "溪谷基金", "出资的溪谷基金今年3月成立"),)
    one = reply("我局出资的[溪谷基金/Fund]今年3月成立。", done=done)
    told = follow(one, reply("[溪谷基金/Fund]已提前清算。", name="two", date="2024-06-01"))
    assert [words for _, words in told["undone"]] == ["溪谷基金已提前清算"]


def test_silence_needs_time(reply: Reply, follow: Follow) -> None:
    """Told of a later reply long after, and after the due date, and of the same place; nothing else is."""
    promise = reply(plan=PROMISE)
    soon, late = (reply("我区生态良好。", name="two", date=day) for day in ("2023-07-01", "2024-06-01"))
    assert follow(promise, soon) == {}
    assert follow(promise, late) == {"silent": [("筹建青禾实验室，争取年底揭牌", "")]}
    assert follow(reply(plan=f"筹建{LAB}，2025年揭牌。"), late) == {}
    assert follow(promise) == {}
    assert follow(reply(plan=PROMISE, date=None), late) == {}


def test_earlier_replies_tell_nothing(reply: Reply, follow: Follow) -> None:
    """Only what comes later counts."""
    assert follow(reply(plan=PROMISE), reply(f"{LAB}揭牌。", name="zero", date="2022-06-01")) == {}


def test_an_account_does_for_its_reply(reply: Reply, ledger: Ledger) -> None:
    """What is kept of each reply settles to the same outcomes."""
    replies = [reply(plan=PROMISE), reply(f"{LAB}揭牌。", name="two", date="2024-06-01")]
    accounts = [account for extraction in replies if (account := ledger.account(extraction))]
    assert all(isinstance(account, Account) for account in accounts)
    assert ledger.settle(accounts, NOBODY) == ledger.follow(replies, NOBODY)


def test_the_order_of_replies_does_not_matter(reply: Reply, ledger: Ledger) -> None:
    """The ledger is a function of the set."""
    replies = [
        reply(plan=PROMISE + "编制[《云溪规划》/Policy=规划]；搭建版权交易撮合平台。"),
        reply(f"{LAB}正式揭牌。", "研究编制[《云溪规划》/Policy=规划]。", name="two", date="2024-06-01"),
        reply("上线[“溪易”版权交易撮合平台/Platform]，暂缓编制[《云溪规划》/Policy=规划]。", name="three", date="2025-06-01"),
    ]
    every = [ledger.follow(order, NOBODY) for order in permutations(replies)]
    assert every[0]
    assert all(found == every[0] for found in every)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["筹建", "已", "揭牌", "将", "，", "。", "不再设立", "清算", "举办12场", LAB, "[溪谷路演/Event]", "年内", "由", "的"]
            ),
            max_size=14,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_replies_are_followed(reply: Reply, ledger: Ledger, texts: list[list[str]]) -> None:
    """Witnesses stand in later replies where they say, and each outcome is of something that was said."""
    replies: list[Extraction] = [reply("".join(t) + "。", "".join(t), name=f"r{n}", date=f"202{n}-05-01") for n, t in enumerate(texts)]
    text = {e.document.id: e.document.text for e in replies}
    promised = {c.id: c.document for e in replies for c in e.commitments}
    for outcome in ledger.follow(replies, NOBODY):
        witness = outcome.witness
        assert (witness is None) == (outcome.state == "silent")
        if witness:
            assert text[witness.document][witness.evidence.start : witness.evidence.end] == witness.evidence.quote
            assert promised[outcome.commitment] < witness.document


def test_the_ledger_grows_with_the_replies(reply: Reply, ledger: Ledger) -> None:
    """Many replies of one place that speak of the same thing are not each held against each."""
    few, many = ([reply(f"{LAB}揭牌。", PROMISE, name=f"r{n}", date=f"2{n:03d}-05-01") for n in range(size)] for size in (30, 240))
    counts = [len(list(ledger.follow(replies, NOBODY))) for replies in (few, many)]
    assert counts[1] <= 12 * counts[0]


@pytest.mark.parametrize(
    ("plan", "later", "state"),
    [
        ("加快[东湖数谷/InnovationSite]人才公寓建设。", "[东湖数谷/InnovationSite]人才公寓首期300套于9月启用。", "fulfilled"),
        ("加快[东湖数谷/InnovationSite]建设。", "[东湖数谷/InnovationSite]人才公寓首期300套于9月启用。", None),
        (
            "推动[甲基金/Fund]与[乙学院/ResearchOrganization]合作。",
            "[甲基金/Fund]与[乙学院/ResearchOrganization]共同发起的[丙基金/Fund]完成备案。",
            "fulfilled",
        ),
        ("全年[创客沙龙/Event]不少于9期。", "2023年，我局共组织[创客沙龙/Event]11期。", "fulfilled"),
        ("全年[创客沙龙/Event]不少于9期。", "下一步，我局将举办[创客沙龙/Event]。", None),
        ("修订[《云溪办法》/Policy]。", "新修订的[《云溪办法》/Policy]自今年2月1日起施行。", "fulfilled"),
        ("推出[云溪贷/Programme]产品。", "[云溪贷/Programme]自推出以来放款3亿元。", "fulfilled"),
        ("建设[云溪中试线/Platform]。", "[云溪中试线/Platform]去年12月开门迎客。", "fulfilled"),
        (
            "支持[云图/Company]起草[《丝材》/Standard]。",
            "由[云图/Company]主笔的[《丝材》/Standard]，今年2月由[丝业协会/Association]发布。",
            "fulfilled",
        ),
        ("推动[溪源基金/Fund]设立。", "[溪源基金/Fund]完成工商注册。", "fulfilled"),
        ("开发“溪通关”掌上小程序。", "“溪通关”小程序4月面世。", "fulfilled"),
        ("开发“溪通关”掌上小程序。", "我局在“溪通关”设立服务窗口。", None),
        ("建设“溪通关”掌上小程序。", "“溪通关”产业联盟成立。", None),
        ("编制新一轮钛产业行动计划。", "[《云溪区钛及新材料产业集群行动计划（2024—2026年）》/Policy]印发实施。", "fulfilled"),
        ("编制新一轮钛产业行动计划。", "[《云溪区石油装备产业集群行动计划（2024—2026年）》/Policy]印发实施。", None),
        ("推动[东湖数谷/InnovationSite]交付标准厂房5万平方米。", "[东湖数谷/InnovationSite]5月竣工。", "fulfilled"),
        ("支持其新建五轴机床智能工厂，计划2024年3月前建成投产。", "云图五轴机床智能工厂3月投产。", "fulfilled"),
        ("探索设立[钛材交易所/Organization]。", "您提到设立[钛材交易所/Organization]。国家正在清理各类场所，此项工作已经停止。", "dropped"),
    ],
)
def test_outcomes_in_other_words(reply: Reply, follow: Follow, plan: str, later: str, state: str | None) -> None:
    """The same thing and a fitting verb are enough; a thing inside it, or another year's plan, is no outcome."""
    told = follow(reply(plan=plan), reply(later, name="two", date="2024-06-01"))
    assert [s for s in told if s != "silent"] == ([state] if state else [])
