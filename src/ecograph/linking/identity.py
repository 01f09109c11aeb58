"""Which names of one document name the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ecograph.linking.places import Divisions
from ecograph.model import Document, Mention
from ecograph.ontology import Ontology, Record

# A name within a document: its class's group and the name.
Key = tuple[str, str]
# The name of each mention, as it is by itself.
Given = Mapping[Mention, str]
MARKS = re.compile("[“”‘’《》]")
# Where a sentence ends: full stop, semicolon, line.
STOPS = "\u3002\uff1b\n"
BEFORE = 12  # characters before a short title that tell which edition it is
HAN = re.compile(r"[\u4e00-\u9fff]")


class Identity:
    """Short forms within one document: declared, quoted core, ending, abbreviation, another spelling, a firm's stem, a title's tail."""

    def __init__(self, ontology: Ontology, divisions: Divisions) -> None:
        self._divisions = divisions
        links = ontology.records("links")
        self._aliases = [(r, re.compile(r["pattern"])) for r in ontology.records("aliases")]
        self._cores = [(re.compile(r["pattern"]), r["classes"], r.get("always", False)) for r in links if r["kind"] == "core"]
        self._tails = [r for r in links if r["kind"] == "tail"]
        self._endings = [r for r in links if r["kind"] == "ending"]
        self._parts = [(re.compile(r["whole"]), re.compile(r["pattern"])) for r in links if r["kind"] == "part"]
        self._years = [re.compile(r["pattern"]) for r in links if r["kind"] in ("years", "revised")]
        self._revised = [(re.compile(r["pattern"]), re.compile(r["earlier"])) for r in links if r["kind"] == "revised"]
        self._abbreviations = [r for r in links if r["kind"] == "abbreviation"]
        self._spellings = [r for r in links if r["kind"] == "spelling"]
        self._titled = ontology.with_role("titled")
        self._group = {c.name: c.group for c in ontology.classes.values()}

    def merge(self, document: Document, mentions: Sequence[Mention], names: Given) -> dict[Mention, str]:
        """The names with each short form replaced by the name that it stands for."""
        same: dict[Key, Key] = {}
        for short, full in (
            *self._declared(document, mentions, names),
            *self._cored(document, mentions, names),
            *self._shortened(mentions, names),
            *self._ended(mentions, names),
            *self._abbreviated(mentions, names),
            *self._spelled(mentions, names),
        ):
            stands, meant = _root(same, short), _root(same, full)
            if stands != meant:
                same[stands] = meant
        merged = {m: _root(same, (self._group[m.cls], names[m]))[1] for m in mentions}
        return self._titles(document, mentions, merged)

    def _declared(self, document: Document, mentions: Sequence[Mention], names: Given) -> Iterator[tuple[Key, Key]]:
        """Short forms in brackets behind a name; of the two the record's `stays` is the full name, else a Chinese one, the longer."""
        by_start = {m.start + off: m for off in (1, -1, 0) for m in mentions}
        for mention in mentions:
            group = self._group[mention.cls]
            for record, pattern in self._aliases:
                match = pattern.match(document.text, mention.end) if mention.cls in record.get("classes", (mention.cls,)) else None
                alias = by_start.get(match.start("name")) if match else None
                if alias and alias != mention and self._group[alias.cls] == group and self._may_be(mention, alias, record, document, names):
                    pair = (names[alias], names[mention])
                    short, full = pair if _native(pair[1]) and record.get("stays") == "mention" else sorted(pair, key=_fullness)
                    if record.get("stays") == "alias":
                        short, full = pair[::-1]
                    yield (group, short), (group, full)

    def _may_be(self, mention: Mention, alias: Mention, record: Record, document: Document, given: Given) -> bool:
        """Not a part of the body (四川大学（华西医院）); across more words no other name stands there that it may belong to."""
        one, other = given[mention], given[alias]
        if self._is_part(other, one):
            return False
        if not record.get("far"):
            return True
        alike = record.get("alike", 0)
        return (not alike or one[-alike:] == other[-alike:]) and not any(self._rivals(mention, alias, record, document, given))

    def _rivals(self, mention: Mention, alias: Mention, record: Record, document: Document, given: Given) -> Iterator[Mention]:
        """Names of the record's classes between the two, or of the mention's kind before it in the sentence."""
        begin = max(document.text.rfind(stop, 0, mention.start) for stop in STOPS)
        group = self._group[mention.cls]
        for m in given:
            if mention.end <= m.start and m.end <= alias.start and m.cls in record["classes"]:
                yield m
            if begin < m.start and m.end <= mention.start and self._group[m.cls] == group and given[m] != given[mention]:
                yield m

    def _is_part(self, part: str, body: str) -> bool:
        """四川大学 and 四川大学华西医院, or 华西医院 in brackets behind it."""
        behind = part[len(body) :] if part.startswith(body) else ""
        return any(rest.search(behind) or (whole.search(body) and rest.search(part)) for whole, rest in self._parts)

    def _cored(self, document: Document, mentions: Sequence[Mention], names: Given) -> Iterator[tuple[Key, Key]]:
        """“宁知聚”, “宁知聚”平台 and “宁知聚”长宁数字知产平台: the quoted core is shared, the longest name stays."""
        for pattern, classes, always in self._cores:
            cores: dict[Key, set[str]] = {}
            for mention in mentions:
                match = pattern.match(document.text, mention.start, mention.end) if mention.cls in classes else None
                if match:
                    cores.setdefault((mention.cls, match.group("core")), set()).add(names[mention])
            for (cls, core), forms in sorted(cores.items()):
                full = max(forms, key=lambda name: (len(name), name))
                for form in sorted(forms if always else forms & {core}):
                    yield (self._group[cls], form), (self._group[cls], full)

    def _shortened(self, mentions: Sequence[Mention], names: Given) -> Iterator[tuple[Key, Key]]:
        """聚变新能 for 聚变新能（安徽）有限公司: what the full name begins with, a place left out (上海璞跃赋胜…)."""
        for record in self._tails:
            forms = {names[m]: self._group[m.cls] for m in mentions if m.cls in record["classes"]}
            fulls = sorted(name for name in forms if name.endswith(tuple(record["endings"])))
            for short in sorted(forms.keys() - set(fulls)):
                meant = [full for full in fulls if self._begins(full, short, record["place"]) and not self._is_part(full, short)]
                if len(meant) == 1 and len(short) >= record["least"] and not self._is_place(short):
                    yield (forms[short], short), (forms[meant[0]], meant[0])

    def _begins(self, full: str, short: str, place: int) -> bool:
        """Whether a full name begins so, or does behind the divisions that it begins with (of one unknown `place` characters)."""
        rest = self._divisions.split(full)[1]
        return full.startswith(short) or full.startswith(short, place) or rest.startswith(short)

    def _is_place(self, name: str) -> bool:
        chain, rest = self._divisions.split(name)
        return bool(chain) and not rest

    def _ended(self, mentions: Sequence[Mention], names: Given) -> Iterator[tuple[Key, Key]]:
        """专利超市 for 长宁区专利超市: the one longer name of the class that ends so."""
        for record in self._endings:
            for cls in record["classes"]:
                forms = sorted({names[m] for m in mentions if m.cls == cls})
                for form in forms:
                    longer = [full for full in forms if full != form and full.endswith(form)]
                    if len(longer) == 1 and len(form) >= record["least"]:
                        yield (self._group[cls], form), (self._group[cls], longer[0])

    def _abbreviated(self, mentions: Sequence[Mention], names: Given) -> Iterator[tuple[Key, Key]]:
        """投洽会 for 中国国际投资贸易洽谈会: characters of the one longer name of the class, in their order, to its last."""
        for record in self._abbreviations:
            for cls in record["classes"]:
                forms = sorted({names[m] for m in mentions if m.cls == cls})
                for short in forms:
                    if record["least"] <= len(short) <= record["most"]:
                        longer = [f for f in forms if len(f) > 2 * len(short) - 2 and f[-1] == short[-1] and _in_order(short, f)]
                        if len(longer) == 1:
                            yield (self._group[cls], short), (self._group[cls], longer[0])

    def _spelled(self, mentions: Sequence[Mention], names: Given) -> Iterator[tuple[Key, Key]]:
        """Names that differ in quotation marks alone, or in a word left out (…建设三年行动方案, …三年行动方案)."""
        for record in self._spellings:
            for cls in record["classes"]:
                forms = sorted({names[m] for m in mentions if m.cls == cls}, key=lambda name: (len(name), name))
                for at, short in enumerate(forms):
                    for full in forms[at + 1 :]:
                        if _same_spelling(MARKS.sub("", short), MARKS.sub("", full), record):
                            yield (self._group[cls], short), (self._group[cls], full)

    def _titles(self, document: Document, mentions: Sequence[Mention], names: dict[Mention, str]) -> dict[Mention, str]:
        """《办法》 is the last title before it that ends so; where the words before it say so, the edition before that one's."""
        earlier: list[str] = []
        for mention in sorted(mentions, key=lambda m: m.start):
            if mention.cls != self._titled:
                continue
            name = names[mention]
            full = next((t for t in reversed(earlier) if t != name and self._without_years(t).endswith(name)), None)
            if full and len(name) <= 6:
                names[mention] = self._edition(full, document.text[max(0, mention.start - BEFORE) : mention.start])
            else:
                earlier.append(name)
        return names

    def _edition(self, title: str, before: str) -> str:
        """The title, without the mark of its revision where the words before mean an earlier edition (2021年的《办法》)."""
        for pattern, earlier in self._revised:
            if earlier.search(before):
                title = pattern.sub("", title)
        return title

    def _without_years(self, title: str) -> str:
        """《…行动计划（2023—2025年）》 as a short title repeats it."""
        for pattern in self._years:
            title = pattern.sub("", title)
        return title


def _same_spelling(short: str, full: str, record: Record) -> bool:
    if short == full:
        return True
    if not 0 < len(full) - len(short) <= record["most"] or len(short) < record["least"]:
        return False
    if short[:2] != full[:2] or short[-2:] != full[-2:]:
        return False
    left = len(short) - 2
    head = next((i for i in range(left) if short[i] != full[i]), left)
    gap = len(full) - len(short)
    return short[head:] == full[head + gap :] and not re.search(record["unless"], full[head : head + gap])


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def _native(name: str) -> bool:
    return bool(HAN.search(name))


def _fullness(name: str) -> tuple[bool, int, str]:
    return (_native(name), len(name), name)


def _root(same: Mapping[Key, Key], key: Key) -> Key:
    while key in same:
        key = same[key]
    return key
