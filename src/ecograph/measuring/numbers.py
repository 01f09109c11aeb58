"""Numbers as they are written in Chinese prose, as plain decimals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from unicodedata import normalize

MYRIAD = 10_000  # magnitudes from here on close a section: 三百二十万


class Numerals:
    """Reads numbers. `digits` gives each numeral's value (三: 3), `magnitudes` each power of ten (万: 10000)."""

    def __init__(self, digits: Mapping[str, int], magnitudes: Mapping[str, int]) -> None:
        self._digits = digits
        self._magnitudes = magnitudes

    @property
    def characters(self) -> str:
        """All characters that numbers are written with, besides Arabic figures."""
        return "".join((*self._digits, *self._magnitudes))

    def read(self, number: str, scale: str = "") -> str | None:
        """The plain decimal of `number` (1,200, １８.7, 三十二) times the magnitudes of `scale` (万, 亿, 万亿).

        None when it is no number: 三五 (three or five), 十百.
        """
        plain = normalize("NFKC", number).replace(",", "")  # full-width figures and commas
        value = Decimal(plain) if plain[:1].isascii() else self._chinese(plain)
        if value is None:
            return None
        for char in scale:
            value *= self._magnitudes[char]
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def _chinese(self, number: str) -> Decimal | None:
        if len(number) > 1 and all(char in self._digits for char in number):
            return None
        total = section = 0
        digit: int | None = None
        last = None  # the last magnitude below 万: they only fall within a section
        for char in number:
            if char in self._digits:
                if digit:
                    return None
                digit = self._digits[char]
                continue
            magnitude = self._magnitudes[char]
            if magnitude >= MYRIAD:
                total, section = self._closed(total, section, digit, magnitude)
                last = None
            elif last is not None and magnitude >= last:
                return None
            else:
                section += (1 if digit is None else digit) * magnitude
                last = magnitude
            digit = None
        return Decimal(total + section + (digit or 0))

    @staticmethod
    def _closed(total: int, section: int, digit: int | None, magnitude: int) -> tuple[int, int]:
        """Total and new section behind 万 or 亿; 万亿 and 三亿二千万 both."""
        here = section + (digit or 0)
        if total < magnitude:
            return (total + here or 1) * magnitude, 0
        return total + (here or 1) * magnitude, 0
