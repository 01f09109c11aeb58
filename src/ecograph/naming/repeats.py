"""How much of the text before and behind a place stands elsewhere in the document as well: names come back, chance doesn't."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LONGEST = 6
BLOCK = 20_000  # repetitions are looked for within so many characters, so that memory stays small
_APART = "，。；：、\n“”《》（）"

Repeats = NDArray[np.intp]


def repeated(text: str) -> Repeats:
    """For each character, in rows, the longest repeated run that begins there, and that ends there: 1 to LONGEST characters."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.concatenate([_block(codes[start : start + BLOCK]) for start in range(0, max(1, len(codes)), BLOCK)])


def _block(codes: NDArray[np.uint32]) -> Repeats:
    # What is repeated, is so from its first character on and up to its last. So every run of `size` characters is told by the
    # numbers of its first size - 1 and its last one, and those that come once needn't be followed further.
    found = np.ones((len(codes), 2), np.intp)
    _, letters = np.unique(codes, return_inverse=True)
    at = np.flatnonzero(~np.isin(codes, [ord(char) for char in _APART]))  # where runs begin, of one character at first
    inside = np.zeros(len(codes) + LONGEST, bool)
    inside[at] = True
    runs = letters[at]
    for size in range(2, LONGEST + 1):
        on = inside[at + size - 1]
        at = at[on]
        _, runs, counts = np.unique(runs[on] * len(codes) + letters[at + size - 1], return_inverse=True, return_counts=True)
        often = counts[runs] > 1
        at, runs = at[often], runs[often]
        found[at, 0] = size
        found[at + size - 1, 1] = size
    return found
