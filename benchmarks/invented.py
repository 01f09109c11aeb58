"""Invented replies by the thousand: several districts and years, entities that many share, sentences from templates.

`replies(count, seed)` gives (name, text) one after the other; the same for the same arguments, and the first hundred
of ten thousand are the first hundred of one thousand. Companies follow a power law: a few stand in very many replies, most in one or
two. Districts come one after the other, each with some 20 to 200 replies of seven years: more replies are more districts and not more
about the same things. What a district plans in one year it has partly done in the next, so that commitments find their outcomes.
"""

# ruff: noqa: E501, SIM905 -- lists of words and sentences read better as they are

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

LENGTH = 3_000  # characters of a reply, roughly
FIRM_NAMES = 40_000
TAIL = 0.9  # exponent of the power law: the n-th name has the weight n**-TAIL

FIRST = "云松柏岭溪湖海江河山峰川泉林峻瑞恒新锦启宏博远航华盛明德信诚安泰康宁和顺元亨利贞嘉禾星辰曜景澄蓝青白玄素朗清润泽沐晨曦旭阳凌霄翰墨文思睿智慧灵捷迅腾飞跃凯旋胜"
SECOND = "科芯智算微纳光电磁量子讯网云图数码安创源合联通达维诺朗特尔斯汇聚能驰骏拓研析测控域界象形势场链端核"
FIELDS = "人工智能 集成电路 生物医药 智慧医疗 智能网联汽车 工业互联网 区块链 大数据 云计算 新能源 新材料 航空航天 机器人 数字贸易 软件和信息服务业 时尚创意 低空经济 量子信息".split()
KINDS = "科技有限公司 信息技术有限公司 半导体股份有限公司 生物医药有限公司 智能装备有限公司 机器人有限公司 新材料有限公司 网络科技股份有限公司".split()
FIRST_DISTRICT = "云溪"
SMALLEST, LARGEST = 20, 200  # replies of a district
OFFICES = "科学技术委员会 发展和改革委员会 经济委员会 商务委员会 市场监督管理局 财政局 人力资源和社会保障局 投资促进办公室 文化和旅游局 规划和自然资源局".split()
YEARS = range(2019, 2026)

DONE = """{year}年，{office}会同{other}举办{event} {n} 场，吸引{firm}、{firm2}等企业 {many} 余家参加。
{place}已引进{firm}、{firm2}、{firm3}等{field}企业，产业规模达到 {money} 亿元。
{firm}与{university}签订合作协议，共建{laboratory}。
{year}年{month}月，{office}印发《{policy}》，支持{field}产业发展。
{fund}出资 {money} 亿元，投资于{firm}、{firm2}等项目。
由{bank}、{bank2}等 {n} 家银行共同成立{alliance}。
{firm}荣获国家科技进步奖，{firm2}入选国家级专精特新“小巨人”企业。
{place}建成{platform}，累计服务企业 {many} 家次。
{office}揭牌成立{platform}，{firm}成为首批入驻单位。
{firm3}入驻{site}，从事{field}研发。
{site}集聚了{firm}、{firm2}等一批{field}企业，载体面积达 {n} 万平方米。
{firm}牵头起草《{field}应用规范》团体标准。
{firm}加入{alliance}，与{firm2}开展联合攻关。
{place}深入实施“数字{short}”战略，落实《{policy}》，兑现扶持资金 {many} 万元。
{university}在{site}设立{laboratory}，围绕{field}开展研究。
{event}以{field}为主题，{firm}、{firm2}作了交流发言。
{bank}为{firm}提供贷款 {many} 万元，同比增长 {n}%。
{office}组织{firm}、{firm2}、{firm3}参加世界人工智能大会。
《{policy}》于{year}年底到期，{office}已启动修订工作。
{office}认定{firm}为高新技术企业，{year}年全区共认定 {many} 家。
截至{year}年底，{place}共有{field}企业 {many} 家，从业人员 {n} 万人。
{fund}与{firm}共同设立{field}子基金，规模 {money} 亿元。""".splitlines()
PLANNED = """{office}将推动设立{platform}，力争年内揭牌。
{place}将支持{firm}建设{laboratory}。
下一步，{office}将会同{other}办好{event}，全年不少于 {n} 场。
探索推动设立{alliance}，吸引{bank}、{bank2}加入。
拟制定《{policy}》，支持{field}产业高质量发展。
推进{site}建设，新增载体面积 {n} 万平方米。
引导{fund}加大对{field}的投资力度，撬动社会资本 {money} 亿元。
鼓励{firm}、{firm2}联合{university}申报国家重点研发计划。
持续深化{platform}服务，稳步扩大知识产权质押融资规模。
研究出台新一轮《{policy}》，加快{field}企业集聚。""".splitlines()
LINKING = """近年来，{place}高度重视{field}产业发展，结合区域实际，不断优化创新生态和营商环境，为企业成长提供有力支撑。
在工作中，我们注重听取企业和专家的意见，加强部门协同，形成了推进合力。
针对代表提出的融资难、成果转化难等问题，{office}进行了专题研究。
与先进地区相比，我区在核心技术攻关、高端人才集聚等方面仍有一定差距。""".splitlines()


@dataclass(frozen=True, slots=True)
class District:
    """What a district has: each a few names that its replies come back to year after year."""

    name: str
    platforms: Sequence[str]
    sites: Sequence[str]
    funds: Sequence[str]
    alliances: Sequence[str]
    events: Sequence[str]
    policies: Sequence[str]
    laboratories: Sequence[str]


def _stem(number: int) -> str:
    """A name of two or three characters; another for each number below 200,000 or so."""
    first, rest = number % len(FIRST), number // len(FIRST)
    second, third = rest % len(SECOND), rest // len(SECOND)
    return FIRST[first] + SECOND[second] + (FIRST[(third - 1) % len(FIRST)] if third else "")


def _district(name: str, chance: random.Random) -> District:
    short = name.removesuffix("区")

    def some(count: int, *kinds: str) -> tuple[str, ...]:
        return tuple(f"{short}{_stem(chance.randrange(2000))}{chance.choice(kinds)}" for _ in range(count))

    fields = chance.sample(FIELDS, 12)
    return District(
        name,
        (f"{name}科技金融服务站", *some(30, "公共服务平台", "知识产权服务平台", "产融对接平台", "数据服务平台")),
        some(30, "产业园", "软件园", "科创街区", "孵化基地"),
        (f"{name}产业引导基金", *some(10, "创业投资基金", "股权投资基金")),
        some(15, "产业联盟", "创新联盟", "行业协会"),
        (f"{short}创投沙龙", *some(20, "创新大赛", "高峰论坛", "人才沙龙")),
        tuple(
            f"{name}{verb}{field}产业发展的{kind}"
            for field in fields
            for verb, kind in (("支持", "若干政策措施"), ("促进", "实施办法"), ("推动", "三年行动方案"))
        ),
        some(25, "联合实验室", "创新中心", "研究院"),
    )


def replies(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Name and text of each reply."""
    chance = random.Random(seed)  # noqa: S311 -- variety, not secrecy
    weights = list(accumulate((n + 1) ** -TAIL for n in range(FIRM_NAMES)))
    universities = [f"{_stem(n)}大学" for n in chance.sample(range(1500), 60)]
    banks = [f"{_stem(n)}银行" for n in chance.sample(range(1500), 25)]
    names = (f"{''.join(pair)}区" for pair in chance.sample([(a, b) for a in FIRST for b in FIRST if a != b], len(FIRST) ** 2 // 2))
    district, last = _district(f"{FIRST_DISTRICT}区", chance), LARGEST
    for number in range(count):
        if number == last:
            district = _district(next(names), chance)
            last = number + min(LARGEST, int(SMALLEST * chance.paretovariate(1)))
        own = random.Random(seed * 1_000_003 + number)  # noqa: S311
        year, session = own.choice(YEARS), own.randrange(1, 7)
        writer = _Writer(district, year, own, weights, universities, banks)
        yield f"{district.name}/{year}/{number:05}", writer.reply(number, session)


class _Writer:
    """Writes one reply."""

    def __init__(  # noqa: PLR0913, PLR0917 -- what a reply is made of
        self, district: District, year: int, chance: random.Random, weights: list[float], universities: list[str], banks: list[str]
    ) -> None:
        self.district, self.year, self.chance = district, year, chance
        self.weights, self.universities, self.banks = weights, universities, banks
        self.office, self.other = (district.name + office for office in chance.sample(OFFICES, 2))

    def reply(self, number: int, session: int) -> str:
        """Header, what was done, what is planned, signature."""
        field = self.chance.choice(FIELDS)
        head = (
            f"对{self.district.name}第{'一二三四五六七'[session]}届人大{'一二三四'[self.year % 4]}次会议\n第 {number % 400:03} 号代表建议的答复\n\n"
            f"办理结果：解决或采纳\n\n{self._person()}代表：\n\n"
            f"您提出的“关于加快{field}产业发展的建议”收悉，现将办理情况答复如下：\n"
        )
        done = self._paragraphs(DONE, LENGTH * 0.66)
        plan = self._paragraphs(PLANNED, LENGTH * 0.22)
        foot = f"{self.office}\n{self.year} 年 {self.chance.randrange(3, 10)} 月 {self.chance.randrange(1, 29)} 日\n"
        contact = f"联系人：{self._person()} 联系电话：021-{self.chance.randrange(10**7, 10**8)}\n"
        return f"{head}\n一、工作进展\n\n{done}\n二、下一步工作\n\n{plan}\n{foot}\n{contact}"

    def _paragraphs(self, templates: Sequence[str], length: float) -> str:
        text, written = "", 0
        while written < length:
            sentences = [self._filled(self.chance.choice(templates)) for _ in range(self.chance.randrange(2, 5))]
            if self.chance.random() < 0.4:
                sentences.insert(0, self._filled(self.chance.choice(LINKING)))
            text += "".join(sentences) + "\n\n"
            written += sum(map(len, sentences))
        return text

    def _filled(self, template: str) -> str:
        chance, d = self.chance, self.district
        firms = [f"{_stem(n)}{KINDS[n % len(KINDS)]}" for n in chance.choices(range(FIRM_NAMES), cum_weights=self.weights, k=3)]
        place = chance.choice((d.name, "我区"))
        return template.format(
            place=place,
            short=d.name.removesuffix("区"),
            office=chance.choice((self.office, "我委" if self.office.endswith("委员会") else "我局", self.office)),
            other=self.other,
            firm=firms[0],
            firm2=firms[1],
            firm3=firms[2],
            university=chance.choice(self.universities),
            bank=chance.choice(self.banks),
            bank2=chance.choice(self.banks),
            platform=chance.choice(d.platforms),
            site=chance.choice(d.sites),
            fund=chance.choice(d.funds),
            alliance=chance.choice(d.alliances),
            event=chance.choice(d.events),
            policy=chance.choice(d.policies),
            laboratory=chance.choice(d.laboratories),
            field=chance.choice(FIELDS),
            year=self.year - chance.randrange(2),
            month=chance.randrange(1, 13),
            n=chance.randrange(3, 40),
            many=chance.randrange(50, 900),
            money=chance.randrange(1, 60),
        )

    def _person(self) -> str:
        return self.chance.choice("王李张刘陈杨赵黄周吴") + "".join(self.chance.choices("伟芳敏静丽强磊军洋勇艳杰娟涛明超", k=2))
