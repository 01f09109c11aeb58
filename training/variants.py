"""Variants of annotated texts: the same sentences with other names in them.

A recogniser that has met a firm in one sentence only would learn the firm. Names of one class change places between
texts, and short ones are crossed (the first half of one, the second of another) or made from a listed brand (a firm's) or given name, so
that what it learns is how sentences speak of names. Seeded: the same texts give the same variants.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import MARKS, Span, Text

from ecograph.model import Document, OffsetMap

SEED, REPLACED, CROSSED, FOREIGN = 1, 0.8, 0.4, 0.25
FIRM, PERSON = "Company", "Person"
CROSSABLE = frozenset({FIRM, PERSON})
# What often follows a firm's brand.
TAIL = re.compile(
    "(?<=.)(?:科技|智能|集团|生物|医药|电子|半导体|股份|数据|信息|能源|新材|材料|药业|网络|软件|航空|汽车|机器人|光电"
    "|医疗|重工|食品|物流|动力|环保|文化|农业|银行|微|云)$"
)
AWKWARD = MARKS | frozenset("（）()\n")  # a name with one of these stays where it is


@dataclass(frozen=True, slots=True)
class Foreign:
    """Names that stand in no text: short brands, and words that jieba's dictionary takes for persons."""

    brands: Sequence[str]
    persons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of each class, the short ones among them, and foreign ones."""

    names: Mapping[str, Sequence[str]]
    short: Mapping[str, Sequence[str]]
    foreign: Foreign

    def draw(self, cls: str, chance: random.Random) -> str:
        """Some name of the class, perhaps a crossed or a foreign one."""
        name = chance.choice(self.names[cls])
        if cls == FIRM and name.isalnum() and not name.isascii() and 2 <= len(name) <= 6 and chance.random() < FOREIGN:
            tail = TAIL.search(name)
            return chance.choice(self.foreign.brands) + (tail.group() if tail else "")
        if cls == PERSON and 2 <= len(name) <= 3 and chance.random() < FOREIGN:
            return name[0] + chance.choice(self.foreign.persons)[1:]
        if cls in CROSSABLE and name in self.short[cls] and chance.random() < CROSSED:
            other = chance.choice(self.short[cls])
            name = name[: len(name) // 2] + other[len(other) // 2 :]
        return name


def foreign(names: Path) -> Foreign:
    """From brands.txt and words.tsv in the folder `names`."""
    brands = (names / "brands.txt").read_text(encoding="utf-8").splitlines()
    words = (line.split("\t") for line in (names / "words.tsv").read_text(encoding="utf-8").splitlines()[1:])
    return Foreign([b for b in brands if len(b) <= 4], [word for word, _, part in words if part.startswith("nr") and 2 <= len(word) <= 3])


def variants(texts: Sequence[Text], copies: int, others: Foreign) -> Iterator[Text]:
    """`copies` variants of every text. They have no header, and all their names are `asked`."""
    chance = random.Random(SEED)  # noqa: S311 -- nothing is kept secret
    names = _pool(texts, others)
    for number in range(copies):
        for text in texts:
            yield _variant(text, number, names, chance)


def disjoint(spans: Sequence[Span]) -> Sequence[Span]:
    """The spans that don't overlap, longer ones first; sorted."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def _pool(texts: Sequence[Text], others: Foreign) -> Pool:
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for start, end, cls in (*text.asked, *text.optional):
            name = text.document.text[start:end]
            if not AWKWARD & set(name):
                found[cls].add(name)
    names = {cls: sorted(of) for cls, of in sorted(found.items())}
    return Pool(names, {cls: [n for n in of if 2 <= len(n) <= 4 and not n.isascii()] for cls, of in names.items()}, others)


def _variant(text: Text, number: int, names: Pool, chance: random.Random) -> Text:
    source = text.document.text
    parts: list[str] = []
    spans: list[Span] = []
    put: dict[str, str] = {}
    at = size = 0
    for start, end, cls in disjoint((*text.asked, *text.optional)):
        name = source[start:end]
        if not AWKWARD & set(name):
            if name not in put:
                put[name] = names.draw(cls, chance) if chance.random() < REPLACED else name
            name = put[name]
        parts += [source[at:start], name]
        size += start - at
        spans.append((size, size + len(name), cls))
        size, at = size + len(name), end
    changed = "".join([*parts, source[at:]])
    document = Document(text.document.id, text.document.name, changed, OffsetMap(((0, 0, len(changed)),)))
    return replace(text, name=f"{text.name}-{number}", document=document, asked=tuple(spans), optional=())
