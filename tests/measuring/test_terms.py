"""Dates in the life of policies."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Dated = Callable[..., list[tuple[str, str, str, str]]]


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("2024年6月，市科技局印发《[甲办法/Policy]》。", [("甲办法", "issued", "2024-06", "done")]),
        ("市科技局于2023年7月出台[甲办法/Policy]。", [("甲办法", "issued", "2023-07", "done")]),
        ("[甲办法/Policy]自2021年1月1日起施行。", [("甲办法", "inForce", "2021-01-01", "done")]),
        ("自2021年5月起施行《[甲办法/Policy]》。", [("甲办法", "inForce", "2021-05", "done")]),
        (
            "[甲办法/Policy]、[乙办法/Policy]均将于2025年底到期。",
            [("甲办法", "expires", "2025-12", "done"), ("乙办法", "expires", "2025-12", "done")],
        ),
        ("[甲办法/Policy]有效期至2025年12月31日。", [("甲办法", "expires", "2025-12-31", "done")]),
        (
            "[甲办法/Policy]自2022年9月1日起施行，有效期5年。",
            [("甲办法", "expires", "2027-08-31", "done"), ("甲办法", "inForce", "2022-09-01", "done")],
        ),
        ("[甲办法/Policy]经评估延长至2026年。", [("甲办法", "expires", "2026", "done")]),
        ("[甲办法（2022—2025年）/Policy]成效明显。", [("甲办法（2022—2025年）", "period", "2022/2025", "done")]),
        ("正在起草[甲办法/Policy]，拟于三季度印发。", [("甲办法", "issued", "2024", "planned")]),
        (
            "2023年12月，我市出台[甲办法/Policy]，[乙办法/Policy]同时废止。",
            [("甲办法", "issued", "2023-12", "done"), ("乙办法", "ended", "2023-12", "done")],
        ),
        (
            "[甲办法/Policy]取代了2019年出台的[乙办法/Policy]。",
            [("乙办法", "ended", "/2024-05-20", "done"), ("乙办法", "issued", "2019", "done")],
        ),
        ("[甲办法/Policy]接替2023年底到期的[乙办法/Policy]。", [("乙办法", "expires", "2023-12", "done")]),
        ("[乙办法/Policy]已由[甲办法/Policy]取代。", [("乙办法", "ended", "/2024-05-20", "done")]),
        ("牵头印发[甲办法/Policy]。", [("甲办法", "issued", "/2024-05-20", "done")]),
        ("以[甲办法/Policy]为核心。原政策于2023年底到期。", [("甲办法", "expires", "2023-12", "done")]),
        ("拟废止[甲办法/Policy]。", []),
        ("落实[甲办法/Policy]，支持企业。", []),
        ("[甲办法/Policy]修订了[乙办法/Policy]。", []),
    ],
)
def test_the_words_date_a_policy(dated: Dated, sentence: str, terms: list[tuple[str, str, str, str]]) -> None:
    """Issue, entry into force, expiry and end as the words give them; a successor alone ends nothing, a title's years are a period."""
    assert sorted(dated(sentence)) == sorted(terms)


def test_a_term_of_months_or_years_ends_no_day_too_early(dated: Dated) -> None:
    """Without the day of entry into force the last day isn't reckoned."""
    assert ("甲办法", "expires", "2025", "done") in dated("[甲办法/Policy]自2022年起施行，有效期三年。")


def test_years_of_validity_alone_date_nothing(dated: Dated) -> None:
    """How long a policy is in force doesn't tell until when."""
    assert dated("[甲办法/Policy]有效期三年。") == []


def test_a_date_in_another_clause_is_not_the_policy_s(dated: Dated) -> None:
    """后者替代了2019年出台的…: the year belongs to what was issued then."""
    assert ("甲办法", "issued", "2019", "done") not in dated("印发[甲办法/Policy]，后者替代了2019年出台的[乙办法/Policy]。")


def test_without_a_date_of_the_reply_nothing_is_reckoned_from_it(dated: Dated) -> None:
    """By then and this year say nothing if nobody knows when the reply was written."""
    assert dated("印发[甲办法/Policy]，[乙办法/Policy]今年到期。", date="") == []
