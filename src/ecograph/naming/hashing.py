"""Many short strings at once as numbers of 64 bits, and a table of them.

Polynomial rolling hashes (Karp and Rabin, "Efficient randomized pattern-matching algorithms", 1987), modulo 2**64: with the sums of the
characters times powers of the base, the hash of any piece of a text is one subtraction and one multiplication. Of 10**5 strings two have
the same hash with a chance of some 10**-10; a table refuses to be made then.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Numbers = NDArray[np.intp]

_BASE = 0x9E3779B97F4A7C15  # odd, so that powers can be undone; its bits look random
_UNDONE = pow(_BASE, -1, 1 << 64)
_LAST = np.uint64((1 << 64) - 1)
LONGEST = 64  # characters of what stands before a piece


def _powers(base: int, size: int) -> Hashes:
    """The powers of the base from 0 to size - 1."""
    powers = np.full(size, base, np.uint64)
    powers[:1] = 1
    return np.cumprod(powers, dtype=np.uint64)


_SHIFTS = _powers(_BASE, LONGEST + 1)


class Pieces:
    """The hashes of all pieces of a text."""

    def __init__(self, text: str) -> None:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64) + np.uint64(1)
        self._sums = np.zeros(len(codes) + 1, np.uint64)
        np.cumsum(codes * _powers(_BASE, len(codes)), out=self._sums[1:])
        self._undoing = _powers(_UNDONE, len(codes) + 1)

    def hash(self, starts: Numbers, ends: Numbers) -> Hashes:
        """Those of the pieces that begin and end there."""
        return (self._sums[ends] - self._sums[starts]) * self._undoing[starts]


def hashes(strings: Sequence[str]) -> Hashes:
    """Those of the strings."""
    sizes = _sizes(strings)
    ends = np.cumsum(sizes)
    return Pieces("".join(strings)).hash(ends - sizes, ends)


def prefixed(prefixes: Sequence[str], which: Numbers, pieces: Hashes) -> Hashes:
    """Those of prefixes (at most LONGEST characters) with pieces behind them; `which` tells each piece's prefix."""
    return hashes(prefixes)[which] + _SHIFTS[_sizes(prefixes)][which] * pieces


def _sizes(strings: Sequence[str]) -> Numbers:
    return np.fromiter(map(len, strings), np.intp, len(strings))


class Table:
    """Where strings stand in a list, told by their hashes. ValueError when two have the same one."""

    def __init__(self, strings: Sequence[str]) -> None:
        keys = hashes(strings)
        self._order = np.append(np.argsort(keys), len(keys))
        self._keys = np.append(keys[self._order[:-1]], _LAST)
        if (self._keys[1:] == self._keys[:-1]).any():
            raise ValueError("two strings with one hash, or the same string twice")
        bits = max(1, (4 * len(keys)).bit_length())
        self._shift = np.uint64(64 - bits)
        self._first = np.searchsorted(self._keys, np.arange(1 << bits, dtype=np.uint64) << self._shift)  # key with these leading bits

    def find(self, wanted: Hashes) -> Numbers:
        """The number of each string; for one that isn't listed the length of the list."""
        places = self._first[wanted >> self._shift]
        ahead = np.flatnonzero(self._keys[places] < wanted)
        while len(ahead):
            places[ahead] += 1
            ahead = ahead[self._keys[places[ahead]] < wanted[ahead]]
        found: Numbers = self._order[places]
        found[self._keys[places] != wanted] = len(self._order) - 1
        return found
