"""What a reply promises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecograph.commitments import Promises
from ecograph.ontology import Ontology

from .conftest import BODY, PLACE, Reply, document_of  # type: ignore[import-not-found]

PIECES = st.sampled_from(
    [
        "将",
        "拟",
        "推动",
        "建设",
        "，",
        "；",
        "。",
        "力争",
        "年内",
        "《",
        "》",
        "（",
        "）",
        "12家",
        "[云图/Company]",
        "我局",
        "配合",
        "\n",
        "一是",
        "的",
        "\ue002",
    ]
)


def words(reply: Reply, plan: str) -> list[str]:
    """The words of the promises of a plan."""
    return [c.evidence.quote for c in reply(plan=plan).commitments]


@pytest.mark.parametrize(
    ("plan", "action", "objects", "quote"),
    [
        ("筹建[青禾实验室/ResearchOrganization]。", "筹建", ("青禾实验室",), "筹建青禾实验室"),
        (
            "配合[区文旅局/GovernmentBody]研究制定[《云溪夜游方案》/Policy=夜游]，力争年内出台。",
            "研究制定",
            ("夜游",),
            "配合区文旅局研究制定《云溪夜游方案》，力争年内出台",
        ),
        ("（二）继续深化[东湖数谷/InnovationSite]建设。", "深化", ("东湖数谷",), "继续深化东湖数谷建设"),
        (
            "支持[启明学院/ResearchOrganization]牵头编制[《潮汐发电规程》/Standard=规程]团体标准。",
            "支持",
            ("规程",),
            "支持启明学院牵头编制《潮汐发电规程》团体标准",
        ),
        ("对[《云溪奖补办法》/Policy=奖补]进行全面修订。", "修订", ("奖补",), "对《云溪奖补办法》进行全面修订"),
        ("推动[“溪链”平台/Platform=溪链]接入[“一网通”/Platform=一网通]。", "推动", ("溪链", "一网通"), "推动“溪链”平台接入“一网通”"),
        ("由[云溪投资集团/Company]牵头设立[云溪种子基金/Fund]。", "设立", ("云溪种子基金",), "由云溪投资集团牵头设立云溪种子基金"),
        ("与[南屿大学/ResearchOrganization]洽谈共建[海工中试基地/Platform]。", "共建", ("海工中试基地",), "与南屿大学洽谈共建海工中试基地"),
    ],
)
def test_a_plan_makes_a_promise_of_each_thing_to_be_done(
    reply: Reply, plan: str, action: str, objects: tuple[str, ...], quote: str
) -> None:
    """Verb, object and exact words, with the clause that only adds a date, without enumerator."""
    [commitment] = reply(plan=plan).commitments
    assert (commitment.action, commitment.objects, commitment.evidence.quote) == (action, objects, quote)
    assert commitment.confidence >= 0.5


def test_members_of_a_list_are_promised_each_for_itself(reply: Reply) -> None:
    """One of them may come and the other not."""
    found = reply(plan="打造[甲金融园/InnovationSite]、[乙金融园/InnovationSite]品牌。").commitments
    assert [c.objects for c in found] == [("甲金融园",), ("乙金融园",)]
    assert len({c.id for c in found}) == 2


def test_what_names_nothing_has_its_words_as_target(reply: Reply) -> None:
    """The noun is kept, with the number that the next clause adds."""
    [commitment] = reply(plan="稳步扩大专利质押融资规模，力争2024年突破9亿元。").commitments
    assert (commitment.objects, commitment.target, commitment.due) == ((), "专利质押融资规模", "2024")
    assert commitment.evidence.quote == "稳步扩大专利质押融资规模，力争2024年突破9亿元"


def test_generalities_are_doubtful(reply: Reply) -> None:
    """Nobody could say whether they came true."""
    for plan in ("加强统筹协调。", "优化服务水平。", "营造良好环境。"):
        assert all(c.confidence < 0.5 for c in reply(plan=plan).commitments)


@pytest.mark.parametrize(
    ("words_", "due"),
    [
        ("年内", "2023"),
        ("下半年", "2023-07/2023-12"),
        ("三季度", "2023-07/2023-09"),
        ("明年上半年", "2024-01/2024-06"),
        ("2025年", "2025"),
        ("2024年底前", "2024-12"),
        ("2024年6月", "2024-06"),
        ("9月底前", "2023-09"),
    ],
)
def test_a_date_is_reckoned_from_the_reply(reply: Reply, words_: str, due: str) -> None:
    """年内 is the year of the reply."""
    [commitment] = reply(plan=f"筹建[青禾实验室/ResearchOrganization]，力争{words_}揭牌。").commitments
    assert commitment.due == due


@pytest.mark.parametrize(
    "body",
    [
        "您提出的设立[青禾基金/Fund]的建议，我们完全赞同。",
        "鼓励企业建设[青禾实验室/ResearchOrganization]。",
        "对设立[青禾实验室/ResearchOrganization]的企业，最高给予50万元。",
        "[青禾实验室/ResearchOrganization]已于去年揭牌。",
        "现将办理情况答复如下。",
        "因未通过评审，建设[青禾实验室/ResearchOrganization]一事无法推进。",
        "[我省/Place]将原来分散的政策整合为[“一本通”/Policy=一本通]。",
        "去年，[区文旅局/GovernmentBody]推动[青禾剧场/Platform]落地。",
    ],
)
def test_wishes_conditions_and_facts_promise_nothing(reply: Reply, body: str) -> None:
    """In the body only words of intent, or of work that has no result yet, make a promise."""
    assert not reply(body).commitments


@pytest.mark.parametrize(
    "body",
    [
        "我局将推动[青禾实验室/ResearchOrganization]落户。",
        "协助[云图/Company]申请[蓝盾认证/Award]。",
        "正牵头起草[《云溪指引》/Policy=指引]。",
        "推进[青禾实验室/ResearchOrganization]落地。",
        "[《云溪规划》/Policy=规划]的前期研究已经启动。",
        "[青禾实验室/ResearchOrganization]仍在选址论证中。",
        "探索设立[青禾实验室/ResearchOrganization]。",
    ],
)
def test_intent_and_unfinished_work_promise_in_the_body_too(reply: Reply, body: str) -> None:
    """The words say that a result is still to come."""
    assert [c for c in reply(body).commitments if c.confidence >= 0.5]


def test_a_new_round_of_a_policy_is_a_promise_of_its_successor(reply: Reply) -> None:
    """The policies that end, named before, are what is to be followed."""
    [commitment] = reply("[《甲办法》/Policy=甲]和[《乙办法》/Policy=乙]均将于2023年底到期，新一轮政策的前期研究已经启动。").commitments
    assert {"甲", "乙"} <= set(commitment.objects)


def test_who_promises_is_who_is_named_else_who_replies(reply: Reply) -> None:
    """A partner is no actor."""
    named = reply("[区国资委/GovernmentBody]正牵头起草[《云溪指引》/Policy=指引]。").commitments[0]
    helped = reply(plan="会同[区国资委/GovernmentBody]起草[《云溪指引》/Policy=指引]。").commitments[0]
    ours = reply(plan="我区将设立[云溪种子基金/Fund]。").commitments[0]
    assert (named.actor, helped.actor, ours.actor) == ("区国资委", BODY, PLACE)


def test_a_semicolon_ends_what_a_date_is_added_to(reply: Reply) -> None:
    """What comes behind it is another promise."""
    plan = "筹建[甲中心/Platform]，争取年底揭牌；积极向[科技部/GovernmentBody]争取设立[乙分中心/Organization]。"
    assert words(reply, plan) == ["筹建甲中心，争取年底揭牌", "积极向科技部争取设立乙分中心"]


def test_a_clause_without_an_object_speaks_of_its_heading(reply: Reply) -> None:
    """计划年底投用 under a heading that names the park is a promise of the park."""
    [commitment] = reply("选址老厂旧址，计划2024年底前投用。", heading="（一）关于[云溪数谷二期/InnovationSite]").commitments
    assert commitment.objects == ("云溪数谷二期",)


def test_statements_of_the_same_words_are_named(reply: Reply) -> None:
    """The commitment knows the statements that its clause makes of its object."""
    said = (PLACE, "establishes", "青禾实验室", "筹建青禾实验室")
    extraction = reply(plan="筹建[青禾实验室/ResearchOrganization]。", done=(said,))
    assert extraction.commitments[0].statements == (extraction.statements[0].id,)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=25))
def test_any_text_gives_spans_of_itself(ontology: Ontology, pieces: list[str]) -> None:
    """Whatever is read, the words of a promise stand in the text where it says, and ids are not given twice."""
    document, mentions, linked = document_of([("plan", "", "".join(pieces) or "。")], "any", "2023-05-20")
    found = promises_of(ontology).find(document, mentions, linked, (), ())
    assert all(document.text[c.evidence.start : c.evidence.end] == c.evidence.quote for c in found)
    assert all(0 <= c.confidence <= 1 and c.action in document.text for c in found)
    assert len({c.id for c in found}) == len(found)


KNOWN: dict[int, Promises] = {}


def promises_of(ontology: Ontology) -> Promises:
    """The finder of promises, made once."""
    return KNOWN.setdefault(id(ontology), Promises(ontology))


@pytest.mark.parametrize(
    ("body", "quotes"),
    [
        (
            "对您的建议，我局将逐条吸收，重点抓好四个方面：\n（1）编制[《云溪规划》/Policy]，争取年底前印发；\n"
            "（2）与[启明学院/ResearchOrganization]共建[青禾实验室/ResearchOrganization]；\n我区有[云图公司/Company]。",
            ["编制《云溪规划》，争取年底前印发", "与启明学院共建青禾实验室"],
        ),
        (
            "在今后的工作中，我局将做好以下事情：加快[青禾实验室/ResearchOrganization]建设；全年[创客沙龙/Event]不少于9期。",
            ["加快青禾实验室建设", "全年创客沙龙不少于9期"],
        ),
        (
            "接下来我们打算在三个方面再加把劲。政策上，修订[《云溪办法》/Policy]。载体上，新建[东湖数谷/InnovationSite]。"
            "[云图公司/Company]建设[云图平台/Platform]。",
            ["修订《云溪办法》", "新建东湖数谷"],
        ),
        ("近两年，我局重点抓了两方面工作：一是推动[青禾实验室/ResearchOrganization]建设；二是编制[《云溪规划》/Policy]。", []),
        ("2021年10月，[东湖数谷/InnovationSite]启动建设，规划面积2平方公里。", []),
        (
            "您建议的[体验馆/Platform=馆]，有关部门正在比选场地，将继续推进。",
            ["您建议的体验馆，有关部门正在比选场地，将继续推进"],
        ),
    ],
)
def test_a_letter_without_headings(reply: Reply, body: str, quotes: list[str]) -> None:
    """Lists that are brought in by words of the future are promises, item by item; what was done, or begun once, is none."""
    assert [c.evidence.quote for c in reply(body).commitments if c.confidence >= 0.5] == quotes


def test_what_is_in_a_park_is_not_the_park(reply: Reply) -> None:
    """A park's hostel is promised by its words; the station that is set up in a park is promised, not the park."""
    hostel, station = reply(
        plan="加快[东湖数谷/InnovationSite]人才公寓建设；在[东湖数谷/InnovationSite]设立[云溪服务站/Platform]。"
    ).commitments
    assert (hostel.objects, hostel.target) == ((), "东湖数谷人才公寓")
    assert station.objects == ("云溪服务站",)


@pytest.mark.parametrize("intro", ["为此，我们打算：", "今年，我局重点做四件事：", "我委承诺办好以下实事：", "今明两年重点推进："])
@pytest.mark.parametrize("mark", ["1.", "——", ""])
def test_a_list_goes_on_with_marks_of_any_kind_or_none(reply: Reply, intro: str, mark: str) -> None:
    """Words of what is to come bring in a list, whose lines begin with numbers or dashes, or only end with semicolons."""
    found = reply(f"我局建成平台两个。\n{intro}\n{mark}建设[甲平台/Platform]；\n{mark}组建[乙联盟/Association]。").commitments
    assert [c.objects for c in found if c.objects] == [("甲平台",), ("乙联盟",)]
