"""How it stands to the world: status, time, sum, evidence and confidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ecograph.model import Statement

Related = Callable[..., tuple[Statement, ...]]

STATUS = [
    ("[星渚科技/Company]建成[江州数据平台/Platform]。", "body", "done"),
    ("[星渚科技/Company]正在建设[江州数据平台/Platform]。", "body", "ongoing"),
    ("[星渚科技/Company]将建设[江州数据平台/Platform]。", "body", "planned"),
    ("[星渚科技/Company]拟于年内建成[江州数据平台/Platform]。", "body", "planned"),
    ("[星渚科技/Company]建设[江州数据平台/Platform]。", "plan", "planned"),
    ("[星渚科技/Company]暂不建设[江州数据平台/Platform]。", "body", "denied"),
    ("[星渚科技/Company]未能建成[江州数据平台/Platform]。", "body", "denied"),
    ("[江州数据平台/Platform]由[星渚科技/Company]承建，工期两年。", "body", "done"),
]


@pytest.mark.parametrize(("marked", "mode", "status"), STATUS)
def test_status_comes_from_words_and_section(related: Related, marked: str, mode: str, status: str) -> None:
    """Words before the verb and the section's mode decide between done, ongoing, planned and denied."""
    assert {s.status for s in related(marked, mode=mode)} == {status}


def test_a_section_of_problems_states_nothing(related: Related) -> None:
    """What stands under the problems is no statement."""
    assert related("[星渚科技/Company]建设[江州数据平台/Platform]。", mode="problem") == ()


TIMES = [
    ("2023年，", "2023"),
    ("2021年5月，", "2021-05"),
    ("2021年5月8日，", "2021-05-08"),
    ("2023年底，", "2023-12"),
    ("去年，", "2023"),
    ("去年9月，", "2023-09"),
    ("今年1月，", "2024-01"),
    ("2022—2025年，", "2022/2025"),
    ("", None),
]


@pytest.mark.parametrize(("words", "time"), TIMES)
def test_times_are_normalised(related: Related, words: str, time: str | None) -> None:
    """Times of any form become ISO 8601, those relative to the reply counted from its date."""
    (statement,) = related(f"{words}[星渚科技/Company]荣获[江州市质量奖/Award]。")
    assert statement.time == time


def test_a_month_of_thirteen_is_only_a_year(related: Related) -> None:
    """An impossible month leaves the year."""
    (statement,) = related("2023年13月，[星渚科技/Company]荣获[江州市质量奖/Award]。")
    assert statement.time == "2023"


def test_sum_stands_with_the_statement(related: Related) -> None:
    """A sum in the words is kept as it stands there."""
    (statement,) = related("[江州科创基金/Fund]出资2.5亿元投资[禾苗医药/Company]。")
    assert statement.amount == "2.5亿元"


def test_evidence_is_the_words_themselves(related: Related) -> None:
    """The evidence quotes the stretch that says it, quotation marks of the names included."""
    (statement,) = related("据悉，[星渚科技/Company]建成“[江数/Platform]”，反响良好。")
    assert statement.evidence[0].quote == "星渚科技建成“江数”"


def test_a_subject_filled_in_is_less_certain(related: Related) -> None:
    """A statement whose subject the sentence leaves out has less confidence than one that names it."""
    (named,) = related("[江州市/Place]举办[江州论坛/Event]。")
    (filled,) = related("举办[江州论坛/Event]。")
    assert (named.subject, filled.subject) == ("江州市", "江州市")
    assert filled.confidence < named.confidence


def test_the_same_claim_is_stated_once(related: Related) -> None:
    """A claim made twice is one statement."""
    assert len(related("[星渚科技/Company]荣获[江州市质量奖/Award]。[星渚科技/Company]获[江州市质量奖/Award]。")) == 1


def test_evidence_is_the_whole_clause(related: Related) -> None:
    """The evidence reaches to the borders of the clause, whatever the words that matched."""
    (statement,) = related("上半年，作为链主的[星渚科技/Company]荣获[江州市质量奖/Award]并再获好评，士气高涨。")
    assert [e.quote for e in statement.evidence] == ["作为链主的星渚科技荣获江州市质量奖并再获好评"]


def test_a_field_told_before_is_evidence_too(ruled: Related) -> None:
    """Where one end stands in another sentence, its clause is evidence as well, and comes first."""
    said = ruled("[氢能/Industry]产业生态不断完善。既有[星渚科技/Company]、[甲木集团/Company]等一批龙头企业。")
    quotes = {tuple(e.quote for e in s.evidence) for s in said if s.object == "氢能"}
    assert quotes == {("氢能产业生态不断完善", "既有星渚科技、甲木集团等一批龙头企业")}
