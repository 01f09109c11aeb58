"""How much of the text before and behind a place stands elsewhere in the document as well: names come back, chance doesn't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LONGEST = 6
BLOCK = 20_000  # repetitions are looked for within so many characters, so that memory stays small
_APART = frozenset("，。；：、\n“”《》（）")


def repeated(text: str) -> list[tuple[int, int]]:
    """For each character the longest repeated run that begins there, and that ends there: 1 to LONGEST characters."""
    return [found for start in range(0, len(text), BLOCK) for found in _block(text[start : start + BLOCK])]


def _block(text: str) -> Iterable[tuple[int, int]]:
    # What is repeated, is so from its first character on and up to its last: one walk finds both sides.
    counts = [Counter(text[at : at + size] for at in range(len(text) - size + 1)) for size in range(2, LONGEST + 1)]
    ahead = [1] * len(text)
    back = [1] * len(text)
    for at, end in enumerate(_ends(text)):
        size = 1
        for count in counts[: max(0, end - at - 1)]:
            if count[text[at : at + size + 1]] < 2:
                break
            back[at + size] = max(back[at + size], size + 1)
            size += 1
        ahead[at] = size
    return zip(ahead, back, strict=True)


def _ends(text: str) -> list[int]:
    """For each character where the stretch without punctuation ends that it belongs to; itself for punctuation."""
    ends = [len(text)] * len(text)
    end = len(text)
    for at in range(len(text) - 1, -1, -1):
        if text[at] in _APART:
            end = at
        ends[at] = end
    return ends
