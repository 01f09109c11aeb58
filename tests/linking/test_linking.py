"""Linking through its face: invented sentences, mentions given by hand."""

from __future__ import annotations

import pytest

from ecograph.linking import Linker
from ecograph.model import Document, Linked, Mention
from ecograph.ontology import Ontology
from ecograph.reading import Reader

HEAD = "临河区科学技术局\n对临河区第三届人大二次会议第12号代表建议的答复\n\n周明代表：\n\n您提出的建议收悉，现答复如下：\n\n"
TAIL = "\n\n巴彦淖尔市临河区科学技术局\n2031年5月6日\n"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    """The shipped ontology."""
    return Ontology()


@pytest.fixture(scope="module")
def link(ontology: Ontology):
    """A function of body and (surface, class) pairs: the document, and what linking makes of them."""
    reader, linker = Reader(ontology), Linker(ontology)

    def run(body: str, *named: tuple[str, str], head: str = HEAD, tail: str = TAIL) -> tuple[Document, Linked]:
        document = reader.parse(f"{head}{body}{tail}", "reply.txt")
        mentions: list[Mention] = []
        for surface, cls in named:
            at = -1
            while (at := document.text.find(surface, at + 1)) >= 0:
                if not any(m.start < at + len(surface) and at < m.end for m in mentions):
                    mentions.append(Mention(at, at + len(surface), cls, "hand", 1.0))
        return document, linker.link(document, sorted(mentions, key=lambda m: m.start))

    return run


def entity(document: Document, linked: Linked, surface: str) -> str:
    """The IRI of the entity that `surface` names, without its base."""
    for mention, iri in linked.entity_of.items():
        if document.text[mention.start : mention.end] == surface:
            return iri.split("/id/", 1)[1]
    raise AssertionError(f"{surface} was not given")


SAME = [
    pytest.param(
        "中共临河区区委宣传部与区委宣传部。", "中共临河区区委宣传部", "区委宣传部", "GovernmentBody", id="party-committee-written-twice"
    ),
    pytest.param("桐林街道办与桐林街道办事处。", "桐林街道办", "桐林街道办事处", "GovernmentBody", id="street-office"),
    pytest.param(
        "西工大临河研究院与西北工业大学临河研究院。",
        "西工大临河研究院",
        "西北工业大学临河研究院",
        "ResearchOrganization",
        id="part-of-a-known-body",
    ),
    pytest.param(
        "青峦科技即将投产。巴彦淖尔市青峦科技有限公司扩产。",
        "青峦科技",
        "巴彦淖尔市青峦科技有限公司",
        "Company",
        id="firm-behind-a-long-place",
    ),
    pytest.param(
        "区投资促进办与临河区投资促进办公室。",
        "区投资促进办",
        "临河区投资促进办公室",
        "GovernmentBody",
        id="office-with-its-ending-written-out",
    ),
    pytest.param(
        "区青峦引导基金（工商登记名称为临河青峦引导股权投资基金合伙企业（有限合伙））扩容。",
        "区青峦引导基金",
        "临河青峦引导股权投资基金合伙企业（有限合伙）",
        "Fund",
        id="registered-name",
    ),
    pytest.param("河谷光源中心更名为河谷智算中心。", "河谷光源中心", "河谷智算中心", "Platform", id="renamed"),
    pytest.param(
        "会同区科技局、区发改委推进。临河区科学技术局牵头。", "区科技局", "临河区科学技术局", "GovernmentBody", id="office-short-form"
    ),
    pytest.param("市工信局与巴彦淖尔市工业和信息化局。", "市工信局", "巴彦淖尔市工业和信息化局", "GovernmentBody", id="office-of-the-city"),
    pytest.param(
        "蓝鲸智能（临河）科技有限公司落户。蓝鲸智能（临河）投产。",
        "蓝鲸智能（临河）科技有限公司",
        "蓝鲸智能（临河）科技有限公司",
        "Company",
        id="itself",
    ),
    pytest.param(
        "青橙生物技术有限公司成立，青橙生物技术扩产，青橙生物上市。", "青橙生物技术有限公司", "青橙生物", "Company", id="firm-stem"
    ),
    pytest.param("北河光源研究院（以下简称“光源院”）启用，光源院扩建。", "北河光源研究院", "光源院", "ResearchOrganization", id="declared"),
    pytest.param("北河光源研究院（BHLS）启用。", "北河光源研究院", "BHLS", "ResearchOrganization", id="latin"),
    pytest.param("“河套云”算力平台上线，“河套云”注册用户过万。", "“河套云”算力平台", "“河套云”", "Platform", id="quoted-core"),
    pytest.param("建设临河区专利驿站。专利驿站已成交12件。", "临河区专利驿站", "专利驿站", "Platform", id="ending"),
    pytest.param(
        "印发《临河区促进数据产业发展的实施办法》，《办法》实施以来。",
        "《临河区促进数据产业发展的实施办法》",
        "《办法》",
        "Policy",
        id="title-tail",
    ),
    pytest.param(
        "“河谷”科创街区建设三年行动方案和“河谷”科创街区三年行动方案。",
        "“河谷”科创街区建设三年行动方案",
        "“河谷”科创街区三年行动方案",
        "Policy",
        id="spelling",
    ),
    pytest.param(
        "《临河区促进数据产业发展的若干措施》自2030年起实施，共18条，企业习惯称“数据18条”，有效期3年。",
        "《临河区促进数据产业发展的若干措施》",
        "“数据18条”",
        "Policy",
        id="nickname-behind-clauses",
    ),
    pytest.param(
        "《临河区支持种业振兴的若干措施》（大家习惯叫它“种业12条”）施行。",
        "《临河区支持种业振兴的若干措施》",
        "“种业12条”",
        "Policy",
        id="nickname-in-brackets",
    ),
    pytest.param(
        "《临河区支持种业振兴的若干措施》，也就是商户口中的“种业12条”，施行。",
        "《临河区支持种业振兴的若干措施》",
        "“种业12条”",
        "Policy",
        id="nickname-on-everyone-s-lips",
    ),
    pytest.param(
        "《河谷湾建设三年行动计划（2031—2033年）》于今年2月印发（以下简称《三年行动计划》）。",
        "《河谷湾建设三年行动计划（2031—2033年）》",
        "《三年行动计划》",
        "Policy",
        id="short-title-behind-the-verb",
    ),
    pytest.param(
        "《河谷湾三年行动计划（2031—2033年）》印发。《三年行动计划》提出目标。",
        "《河谷湾三年行动计划（2031—2033年）》",
        "《三年行动计划》",
        "Policy",
        id="title-tail-before-the-years",
    ),
    pytest.param(
        "区母基金由我局归口管理，在市场监管部门登记的名称是巴彦淖尔临河青峦股权投资基金合伙企业（有限合伙），规模20亿元。",
        "区母基金",
        "巴彦淖尔临河青峦股权投资基金合伙企业（有限合伙）",
        "Fund",
        id="registered-where",
    ),
    pytest.param(
        "河谷光源中心今年3月获科技部批复，更名为西部光源创新中心（英文名Western Light Center，缩写WLC）。",
        "河谷光源中心",
        "西部光源创新中心",
        "ResearchOrganization",
        id="renamed-behind-a-clause",
    ),
    pytest.param(
        "西部光源创新中心（英文名Western Light Center，缩写WLC）启用。",
        "西部光源创新中心",
        "WLC",
        "ResearchOrganization",
        id="second-alias",
    ),
    pytest.param("科技部与科学技术部。", "科技部", "科学技术部", "GovernmentBody", id="ministry"),
    pytest.param("浙大与浙江大学。", "浙大", "浙江大学", "ResearchOrganization", id="university"),
    pytest.param("临河与临河区。", "临河", "临河区", "Place", id="place"),
]


@pytest.mark.parametrize(("body", "one", "other", "cls"), SAME)
def test_two_names_of_one_thing_are_one_entity(link, body: str, one: str, other: str, cls: str) -> None:
    """A short form and the full name have one IRI."""
    document, linked = link(body, *sorted({(one, cls), (other, cls)}, key=lambda pair: -len(pair[0])))
    assert entity(document, linked, one) == entity(document, linked, other)


APART = [
    pytest.param("工行临河支行与工商银行。", ("工行临河支行", "工商银行"), "FinancialInstitution", id="branch"),
    pytest.param("建信信托与建设银行。", ("建信信托", "建设银行"), "FinancialInstitution", id="bank-and-trust"),
    pytest.param(
        "《临河区促进数据产业发展的实施办法》《临河区支持种业发展的实施办法》。",
        ("《临河区促进数据产业发展的实施办法》", "《临河区支持种业发展的实施办法》"),
        "Policy",
        id="two-policies",
    ),
    pytest.param("第一届河套数据论坛和第二届河套数据论坛。", ("第一届河套数据论坛", "第二届河套数据论坛"), "Event", id="two-years"),
    pytest.param("区科技局与市科技局。", ("区科技局", "市科技局"), "GovernmentBody", id="two-levels"),
    pytest.param("河套大学（岐黄医院）签约。", ("河套大学", "岐黄医院"), "ResearchOrganization", id="university-and-its-hospital"),
    pytest.param(
        "河套大学（河套大学农学院）签约。", ("河套大学农学院", "河套大学"), "ResearchOrganization", id="university-and-its-college"
    ),
    pytest.param(
        "河谷光源中心今年搬迁，更名为河谷科技馆。", ("河谷光源中心", "河谷科技馆"), "Platform", id="renamed-behind-a-clause-to-another-kind"
    ),
]


@pytest.mark.parametrize(("body", "names", "cls"), APART)
def test_two_things_stay_apart(link, body: str, names: tuple[str, str], cls: str) -> None:
    """Names that look alike but mean two things have two IRIs."""
    document, linked = link(body, *((name, cls) for name in names))
    assert entity(document, linked, names[0]) != entity(document, linked, names[1])


def test_a_local_name_is_completed_by_the_jurisdiction(link) -> None:
    """区科技金融服务站 of a reply of 临河区 gets an IRI that holds outside the reply too."""
    document, linked = link("依托区科技金融服务站开展服务。", ("区科技金融服务站", "Platform"))
    assert entity(document, linked, "区科技金融服务站") == "platform/临河区科技金融服务站"


def test_header_gives_jurisdiction_and_issuer(link) -> None:
    """Both are entities even when no mention names them."""
    _, linked = link("加快发展。")
    labels = {e.iri: e.label for e in linked.entities}
    assert labels[linked.jurisdiction] == "临河区"
    assert labels[linked.issuer] == "临河区科学技术局"


def test_a_text_without_header_finds_its_own_county(link) -> None:
    """我县 in a text without header is the county that it names most."""
    _, linked = link(
        "磴口县资源丰富。我县推进项目，磴口县与杭锦后旗合作，磴口县签约。", ("磴口县", "Place"), ("杭锦后旗", "Place"), head="", tail=""
    )
    assert linked.jurisdiction is not None
    assert linked.jurisdiction.endswith("/place/磴口县")


def test_a_text_without_header_is_about_the_place_it_names_most(link) -> None:
    """Where nothing calls it 我县, it is the place named often and twice as often as any other."""
    names = [("磴口县", "Place"), ("杭锦后旗", "Place")]
    _, linked = link("磴口县发展。磴口县建园。磴口县招商。磴口县与杭锦后旗合作，磴口县签约。", *names, head="", tail="")
    assert linked.jurisdiction is not None
    assert linked.jurisdiction.endswith("/place/磴口县")
    assert link("磴口县与杭锦后旗合作。", *names, head="", tail="")[1].jurisdiction is None


def test_pronouns_are_references(link) -> None:
    """我区 and 我局 stand for jurisdiction and issuer, 该平台 for the platform named before."""
    document, linked = link("我区建成河套云平台，该平台由我局运营。", ("河套云平台", "Platform"))
    said = {document.text[span.start : span.end]: iri for span, iri in linked.references}
    assert said["我区"] == linked.jurisdiction
    assert said["我局"] == linked.issuer
    assert said["该平台"].endswith("/platform/河套云平台")


def test_an_industry_is_its_concept(link, ontology: Ontology) -> None:
    """A variant of a term is linked to the concept of the scheme."""
    document, linked = link("发展AI和人工智能。", ("AI", "Industry"), ("人工智能", "Industry"))
    iri = f"https://ecograph.example/id/{entity(document, linked, 'AI')}"
    assert iri in ontology.concepts
    assert entity(document, linked, "AI") == entity(document, linked, "人工智能")


def test_aliases_hold_every_surface(link) -> None:
    """The forms that the text uses are aliases, the full name is the label."""
    _, linked = link("青橙生物技术有限公司成立，青橙生物上市。", ("青橙生物技术有限公司", "Company"), ("青橙生物", "Company"))
    firm = next(e for e in linked.entities if e.cls == "Company")
    assert (firm.label, firm.aliases) == ("青橙生物技术有限公司", ("青橙生物",))


def test_the_order_of_mentions_does_not_matter(ontology: Ontology) -> None:
    """Linking gives the same entities for mentions in any order."""
    document = Reader(ontology).parse(f"{HEAD}青橙生物技术有限公司与浙大、浙江大学合作。{TAIL}", "reply.txt")
    mentions = [
        Mention(at, at + len(name), cls, "hand", 1.0)
        for name, cls in (("青橙生物技术有限公司", "Company"), ("浙大", "ResearchOrganization"), ("浙江大学", "ResearchOrganization"))
        for at in [document.text.index(name)]
    ]
    linker = Linker(ontology)
    assert linker.link(document, mentions) == linker.link(document, mentions[::-1])


def test_the_name_before_a_registered_or_foreign_one_stays(link) -> None:
    """The entity keeps the name in use, and a Chinese one before a foreign one; the other is its alias."""
    document, linked = link(
        "区青峦引导基金（工商登记名称为临河青峦引导股权投资基金合伙企业（有限合伙））投资青橙生物（Greenorange）。",
        ("区青峦引导基金", "Fund"),
        ("临河青峦引导股权投资基金合伙企业（有限合伙）", "Fund"),
        ("青橙生物", "Company"),
        ("Greenorange", "Company"),
    )
    assert entity(document, linked, "临河青峦引导股权投资基金合伙企业（有限合伙）") == "fund/临河区青峦引导基金"
    assert entity(document, linked, "Greenorange") == "organization/青橙生物"
    assert "Greenorange" in next(e.aliases for e in linked.entities if e.label == "青橙生物")


def test_the_later_of_two_names_stays(link) -> None:
    """After 更名为 stands the name that holds, however short."""
    document, linked = link("河谷光源装备中心更名为河谷智算中心。", ("河谷光源装备中心", "Platform"), ("河谷智算中心", "Platform"))
    assert entity(document, linked, "河谷光源装备中心") == "platform/河谷智算中心"


def test_the_latter_is_the_last_one_named(link) -> None:
    """后者 stands for the second of two policies."""
    document, linked = link(
        "印发《临河区数据发展计划》和《临河区数据产业办法》，后者替代旧办法。",
        ("《临河区数据发展计划》", "Policy"),
        ("《临河区数据产业办法》", "Policy"),
    )
    words = {document.text[span.start : span.end]: iri for span, iri in linked.references}
    assert words["后者"].endswith("临河区数据产业办法")


ZONED = "成都高新区科技创新局\n对成都市第三届人大二次会议第12号代表建议的答复\n\n周明代表：\n\n您提出的建议收悉，现答复如下：\n\n"


def test_in_a_zone_s_reply_the_district_is_the_zone(link) -> None:
    """区 and 高新区 are the development zone whose office replies, though the congress is the city's."""
    document, linked = link(
        "会同区财政局、高新区发展改革局和市科技局。",
        ("区财政局", "GovernmentBody"),
        ("高新区发展改革局", "GovernmentBody"),
        ("市科技局", "GovernmentBody"),
        head=ZONED,
        tail="\n\n成都高新区科技创新局\n2031年5月6日\n",
    )
    assert linked.jurisdiction is not None
    assert linked.jurisdiction.endswith("/place/成都高新技术产业开发区")
    assert entity(document, linked, "区财政局") == "organization/成都高新技术产业开发区财政局"
    assert entity(document, linked, "高新区发展改革局") == "organization/成都高新技术产业开发区发展和改革局"
    assert entity(document, linked, "市科技局") == "organization/成都市科学技术局"


def test_a_zone_and_its_district_are_one_jurisdiction(link) -> None:
    """杭州高新区（滨江） is 滨江区."""
    document, linked = link(
        "高新区（滨江）发展和改革局牵头。",
        ("高新区（滨江）发展和改革局", "GovernmentBody"),
        tail="\n\n杭州市滨江区科学技术局\n2031年5月6日\n",
        head="",
    )
    assert entity(document, linked, "高新区（滨江）发展和改革局") == "organization/滨江区发展和改革局"


def test_a_district_whose_name_begins_like_a_city_s_own_word(link) -> None:
    """市南区 in 市南区商务局 is the district, not the city's 南区."""
    document, linked = link(
        "市南区商务局与市商务局。",
        ("市南区商务局", "GovernmentBody"),
        ("市商务局", "GovernmentBody"),
        head="",
        tail="\n\n青岛市市南区科学技术局\n2031年5月6日\n",
    )
    assert entity(document, linked, "市南区商务局") == "organization/市南区商务局"
    assert entity(document, linked, "市商务局") == "organization/青岛市商务局"


def test_a_nickname_behind_two_names_is_of_neither(link) -> None:
    """Where two of a kind stand in the sentence, the words don't say whose name it is."""
    document, linked = link(
        "河谷驿站自2030年起运营，与蓝鲸平台共享数据，企业习惯称“鲸鱼窝”。",
        ("河谷驿站", "Platform"),
        ("蓝鲸平台", "Platform"),
        ("“鲸鱼窝”", "Platform"),
    )
    assert len({entity(document, linked, name) for name in ("河谷驿站", "蓝鲸平台", "“鲸鱼窝”")}) == 3


def test_a_place_in_a_firm_s_brackets_is_no_name_of_it(link) -> None:
    """巴彦淖尔 in 蓝鲸智航（巴彦淖尔）科技有限公司 is neither that firm nor another one that begins so."""
    document, linked = link(
        "蓝鲸智航（巴彦淖尔）科技有限公司与巴彦淖尔青橙运营有限公司签约。",
        ("蓝鲸智航", "Company"),
        ("巴彦淖尔青橙运营有限公司", "Company"),
        ("巴彦淖尔", "Company"),
    )
    assert len({entity(document, linked, name) for name in ("蓝鲸智航", "巴彦淖尔", "巴彦淖尔青橙运营有限公司")}) == 3


def test_a_body_called_former_is_that_body(link) -> None:
    """原区数据局 is the 区数据局 of other sentences."""
    document, linked = link("原区新数局与区新数局。", ("原区新数局", "GovernmentBody"), ("区新数局", "GovernmentBody"))
    assert entity(document, linked, "原区新数局") == entity(document, linked, "区新数局")


def test_a_mark_left_outside_is_put_back(link) -> None:
    """河套云”2.0, whose opening mark naming left out, is “河套云”2.0."""
    document, linked = link("“河套云”2.0上线。", ("河套云”2.0", "Platform"))
    assert entity(document, linked, "河套云”2.0") == "platform/“河套云”2.0"


def test_a_branch_is_not_what_its_firm_s_name_stands_for(link) -> None:
    """青峦股份 alone is the firm, of which only the branch is named in full."""
    document, linked = link("青峦股份西安分公司签约。青峦股份扩产。", ("青峦股份西安分公司", "Company"), ("青峦股份", "Company"))
    assert entity(document, linked, "青峦股份西安分公司") != entity(document, linked, "青峦股份")


@pytest.mark.parametrize(("before", "same"), [("", True), ("2021年的", False)])
def test_a_short_title_means_the_edition_that_the_words_before_it_say(link, before: str, same: bool) -> None:
    """《办法》 behind a revised edition is that one, unless a year or 原 says that it is the one before."""
    full = "《临河区青峦基金管理办法（2030年修订）》"
    document, linked = link(f"{full}施行，{before}《管理办法》同时明确。", (full, "Policy"), ("《管理办法》", "Policy"))
    assert (entity(document, linked, full) == entity(document, linked, "《管理办法》")) is same


def references(document: Document, linked: Linked) -> dict[str, str]:
    """What the words stand for, without the base."""
    return {document.text[s.start : s.end]: iri.split("/id/", 1)[1] for s, iri in linked.references}


def test_the_whole_city_is_not_the_district(link) -> None:
    """全区 is the reply's district, 全市 the city around it, where the reply names that."""
    document, linked = link("全区增长，全市也增长。巴彦淖尔市支持，全省领先。", ("巴彦淖尔市支持", "Programme"))
    assert "全市" not in references(document, linked)
    document, linked = link("全区增长，全市也增长。巴彦淖尔市的支持很大。", ("巴彦淖尔市", "Place"))
    assert (references(document, linked)["全区"], references(document, linked)["全市"]) == ("place/临河区", "place/巴彦淖尔市")


def test_this_and_a_head_noun_is_the_last_so_named(link) -> None:
    """该班列 is the 班列 named before, not the fund between."""
    named = (("河套班列“临河号”", "Programme"), ("青峦基金", "Fund"))
    document, linked = link("河套班列“临河号”开行，青峦基金设立。该班列发运9列，这支基金投出1亿元。", *named)
    found = references(document, linked)
    assert (found["该班列"], found["这支基金"]) == ("programme/河套班列“临河号”", "fund/青峦基金")


def test_a_zone_that_no_congress_stands_above_is_the_jurisdiction(link) -> None:
    """A development zone's office replies: the zone is home, and calls itself by its last words."""
    head = "合肥高新技术产业开发区科技局\n关于第12号提案的答复\n\n周明委员：\n\n您提出的提案收悉，现答复如下：\n\n"
    tail = "\n\n合肥高新技术产业开发区科技局\n2031年5月6日\n"
    document, linked = link("高新区科技局牵头。", ("高新区科技局", "GovernmentBody"), head=head, tail=tail)
    assert str(linked.jurisdiction).endswith("/合肥高新技术产业开发区")
    assert str(linked.issuer).endswith(entity(document, linked, "高新区科技局"))
