"""From offsets of one text to offsets of another that says the same with other white space and line breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

MARKS = frozenset("《》“”‘’\"'「」『』〈〉")
SIGNS = MARKS | frozenset("<> ,，。、；;：:（）()")

Align = Callable[[int], int | None]


def squeeze(text: str) -> tuple[str, Sequence[int]]:
    """The text without white space, and for each offset of `text`, its end included, the offset there."""
    kept: list[str] = []
    places: list[int] = []
    for char in text:
        places.append(len(kept))
        if not char.isspace():
            kept.append(char)
    return "".join(kept), (*places, len(kept))


def aligner(source: str, target: str) -> Align:
    """A function from offsets of `source` to those of `target`, None where a character has no image there.

    Texts that differ are compared in time that grows with the product of their lengths.
    """
    if source == target:
        return lambda offset: offset
    image: dict[int, int] = {}
    for block in SequenceMatcher(None, source, target, autojunk=False).get_matching_blocks():
        image.update((block.a + k, block.b + k) for k in range(block.size))
    return image.get


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the quotation marks at its ends; it may come out empty."""
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    return start, end


def form(name: str) -> str:
    """What names are compared by: no white space, no punctuation, no capitals."""
    return "".join(char for char in name if not char.isspace() and char not in SIGNS).lower()
