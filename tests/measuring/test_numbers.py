"""Numbers in Arabic and Chinese figures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.measuring.numbers import Numerals
from ecograph.ontology import Ontology

RECORDS = {r["id"]: r for r in Ontology().records("quantities")}
NUMERALS = Numerals(RECORDS["digits"]["values"], RECORDS["magnitudes"]["values"])
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """The number as it is written in Chinese, below 10 ** 16."""
    for magnitude, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= magnitude:
            high, low = divmod(number, magnitude)
            gap = "零" if 0 < low < magnitude // 10 else ""
            return chinese(high) + sign + (gap + chinese(low) if low else "")
    for magnitude, sign in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= magnitude:
            high, low = divmod(number, magnitude)
            gap = "零" if 0 < low < magnitude // 10 else ""
            return DIGITS[high] + sign + (gap + chinese(low) if low else "")
    return DIGITS[number]


@pytest.mark.parametrize(
    ("number", "scale", "value"),
    [
        ("三十二", "", "32"),
        ("两百", "", "200"),
        ("十", "", "10"),
        ("十五", "", "15"),
        ("一千二百", "万", "12000000"),
        ("三百二十万", "", "3200000"),
        ("一万亿", "", "1000000000000"),
        ("一亿三千万", "", "130000000"),
        ("1,200", "", "1200"),
        ("18.7", "亿", "1870000000"),
        ("0.94", "亿", "94000000"),
        ("1.3", "万", "13000"),
        ("2.5", "万亿", "2500000000000"),
        ("55", "", "55"),
        ("１８", "万", "180000"),
        ("12.40", "", "12.4"),
        ("三五", "", None),
        ("十百", "", None),
    ],
)
def test_numbers_are_plain_decimals(number: str, scale: str, value: str | None) -> None:
    """Numerals and magnitudes become a plain decimal; what is two numbers or none is none."""
    assert NUMERALS.read(number, scale) == value


@given(st.integers(1, 10**12))
def test_chinese_numerals_come_back(number: int) -> None:
    """Any whole number written in Chinese is read as itself."""
    assert NUMERALS.read(chinese(number)) == str(number)


@given(st.decimals(0, 10**9, places=3, allow_nan=False))
def test_decimals_come_back(number: object) -> None:
    """Any decimal keeps its value, without zeros at its end."""
    value = NUMERALS.read(str(number))
    assert value is not None
    assert float(value) == float(str(number))
    assert not ("." in value and value.endswith(("0", ".")))
