"""Evidence of titles: words left out of a policy's title, its last part, a nickname with the number of its measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ecograph.identity.proposals import Proposal, Rules, by_home, in_order, propose
from ecograph.identity.things import REPLY, Collected, Key, Thing
from ecograph.ontology import Record


class Titles:
    """The kinds title, title-loose, title-part, title-tail, nickname, nickname-chars."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._drop = re.compile(rules.one("title")["drop"])
        self._loose = re.compile(rules.one("title-loose")["drop"])
        self._heads = re.compile(f"(?:{rules.one('title-tail')['titles']})$")
        nickname = rules.one("nickname")
        self._nickname = re.compile(nickname["pattern"])
        self._count = re.compile(nickname["count"])
        self._prefer = re.compile(rules.one("nickname-chars")["prefer"])
        self._numerals = rules.one("numerals")
        self._synonyms = [tuple(pair) for pair in rules.one("synonyms")["pairs"]]

        self._counted: dict[Key, frozenset[int]] = {}

    def key(self, thing: Thing) -> str:
        """The title without the place, marks and particles: equal for two spellings of one."""
        return self._drop.sub("", thing.form.rest)

    def loose(self, thing: Thing) -> str:
        """The title without its weak words too."""
        return self._loose.sub("", self.key(thing))

    def bare(self, words: str) -> str:
        """The same of a title that is given as words."""
        return self._loose.sub("", self._drop.sub("", words))

    def find(self, collected: Collected) -> Iterator[Proposal]:
        """All proposals of these kinds."""
        self._counted.clear()
        record = self._rules.one("title")
        titled = [t for t in collected.things.values() if t.cls in record["classes"]]
        yield from self._equal(titled)
        policies = [t for t in titled if t.cls == self._rules.ontology.with_role("titled")]
        for home, group in by_home(policies).items():
            yield from self._parts(home, group)
            yield from self._nicknames(group, collected)

    def _equal(self, things: Iterable[Thing]) -> Iterator[Proposal]:
        """Titles that differ in particles, brackets or a weak word, of one place."""
        exact, loose = self._rules.one("title"), self._rules.one("title-loose")
        blocks: dict[tuple[str, str, str], list[Thing]] = {}
        for thing in things:
            if thing.reach == REPLY:
                continue
            key = self.key(thing)
            for place in [thing.form.place] if thing.form.place else sorted(thing.homes):
                blocks.setdefault(("", place, key), []).append(thing)
                if thing.cls in loose["classes"]:
                    blocks.setdefault(("loose", place, self.loose(thing)), []).append(thing)
        for (kind, _, _), block in blocks.items():
            full = max(block, key=lambda t: (bool(t.form.place), len(t.nodes), len(t.form.plain), t.key))
            for thing in block:
                if thing is not full and thing.form.edition == full.form.edition:
                    yield from propose(thing, [full], loose if kind else exact)

    def _parts(self, home: str, policies: list[Thing]) -> Iterator[Proposal]:
        """《若干政策措施》 and 《知识产权运用的若干政策措施》 for the full title that ends so; common words alone are for review."""
        part, tail = self._rules.one("title-part"), self._rules.one("title-tail")
        fulls: dict[str, list[Thing]] = {}
        for thing in policies:
            if thing.form.official and thing.form.place == home:
                fulls.setdefault(self._head(self.key(thing)), []).append(thing)
        for short in policies:
            key = self.key(short)
            if (short.form.official and short.form.place) or not self._head(key):
                continue
            options = [f for f in fulls.get(self._head(key), ()) if f.form.rest != short.form.rest and self.key(f).endswith(key)]
            if short.reach == REPLY:
                yield from propose(short, options, tail)
            elif len(key) >= part["least"]:
                yield from propose(short, options, part)

    def _head(self, key: str) -> str:
        match = self._heads.search(key)
        return match.group() if match else ""

    def _nicknames(self, policies: list[Thing], collected: Collected) -> Iterator[Proposal]:
        """“质品知33条”: the title holds the characters, and a text gives that title so many measures."""
        by_number, by_chars = self._rules.one("nickname"), self._rules.one("nickname-chars")
        named = [(t, m) for t in policies if (m := self._nickname.match(t.form.plain))]
        if not named:
            return
        postings = self._postings(policies)
        for short, match in named:
            number = self._number(match.group("number"))
            fitting = self._holding(match.group("chars"), policies, postings)
            counts = {t.key: self._counts(t, collected, by_number) for t in fitting}
            counted = [t for t in fitting if number in counts[t.key]]
            open_ = [t for t in fitting if not counts[t.key]]
            preferred = [t for t in open_ if self._prefer.search(t.form.rest)]
            if counted:
                yield from propose(short, counted, by_number)
            else:
                yield from propose(short, preferred or open_, by_chars)

    def _postings(self, policies: list[Thing]) -> Mapping[str, frozenset[int]]:
        """For each character the full titles (their index) that hold it; a word's other forms count as held (AI, 人工智能)."""
        found: dict[str, set[int]] = {}
        for at, thing in enumerate(policies):
            if thing.reach == REPLY or self._nickname.match(thing.form.plain):
                continue
            title = thing.form.rest
            words = title + "".join(other for pair in self._synonyms for one, other in (pair, pair[::-1]) if one in title)
            for char in set(words):
                found.setdefault(char, set()).add(at)
        return {char: frozenset(places) for char, places in found.items()}

    def _holding(self, chars: str, policies: list[Thing], postings: Mapping[str, frozenset[int]]) -> list[Thing]:
        """The titles that hold the characters in their order."""
        common = [postings.get(char, frozenset()) for char in chars]
        places = frozenset.intersection(*common)
        return [t for t in (policies[at] for at in sorted(places)) if any(in_order(c, t.form.rest) for c in self._spellings(chars))]

    def _spellings(self, chars: str) -> Iterator[str]:
        yield chars
        for pair in self._synonyms:
            for one, other in (pair, pair[::-1]):
                if one in chars:
                    yield chars.replace(one, other)

    def _counts(self, thing: Thing, collected: Collected, record: Record) -> frozenset[int]:
        """How many measures the replies say that the policy has, behind its name in one sentence."""
        if thing.key not in self._counted:
            found: set[int] = set()
            for node in thing.nodes:
                for words in collected.clauses.behind(node, record["window"], record["stop"]):
                    found.update(self._number(m.group("number")) for m in self._count.finditer(words))
            self._counted[thing.key] = frozenset(found)
        return self._counted[thing.key]

    def _number(self, words: str) -> int:
        """二十三 or 23 as a number."""
        if words.isascii():
            return int(words)
        digits, total, digit = self._numerals["digits"], 0, 0
        for char in words.replace(self._numerals["two"], digits[2]):
            if char in digits:
                digit = digits.index(char)
            else:
                total += (digit or 1) * (10 if char == self._numerals["ten"] else 100)
                digit = 0
        return total + digit
