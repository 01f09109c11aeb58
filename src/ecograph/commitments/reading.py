"""What a clause does: its verbs, whom it does it to, and through whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecograph.commitments.marking import Clause, Marked, Name
from ecograph.commitments.words import AUTHORITY, NAMED, OTHER, PLACE, SAID, Leads, Token, Words

GAP = 30  # marked characters of a subject, or of what is disposed of, before a verb
COMPOUND = 5  # content characters behind a name that make it part of another one
TITLED = ("《", "〈", "「")
NEAR = 4  # marked characters between two names of one list

Stretch = tuple[int, int]
Group = tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What a clause does. Stretches are of marked text.

    `kinds` of doing, the `verb`, the `region` of what it is done to, `objects` (each group to be followed alone), the
    `agents` through whom, and the `subject` that the clause names.
    """

    kinds: frozenset[str]
    verb: Stretch
    region: Stretch
    objects: tuple[Group, ...]
    agents: Group
    subject: Name | None


@dataclass(frozen=True, slots=True)
class _Parts:
    """Stretches of a clause, from its start: the verb, what comes between it and an inner verb, the region."""

    tokens: tuple[Token, ...]
    verb: Stretch
    between: Stretch
    region: Stretch


class Reader:
    """Reads clauses by the records."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def read(self, marked: Marked, clause: Clause, start: int = 0) -> Act | None:
        """What the clause does from its character `start` on; None when no verb stands where one should."""
        text = marked.words(clause)[start:]
        leads = self._words.leads(text)
        tokens = self._words.verbs(text, leads.end)
        if not tokens or tokens[0].start - leads.end > GAP:
            return None
        return self._act(marked, clause.start + start, leads, self._parts(text, leads.end, tokens))

    def _parts(self, text: str, at: int, tokens: Sequence[Token]) -> _Parts:
        chain = _chain(tokens)
        verb, rest = (chain[0].start, chain[-1].end), tokens[len(chain) :]
        final = next((t for t in rest if self._words.tail.match(text, t.end)), None)
        if all(t.verb.light for t in chain):
            inner = next((t for t in rest if not t.verb.light and t is not final), None)
            if inner:
                chained = _chain(rest[rest.index(inner) :])
                return _Parts((*chain, *chained), verb, (verb[1], inner.start), (chained[-1].end, len(text)))
        region = (verb[1], final.start if final else len(text))
        counted = self._words.number.match(text, verb[1]) and text[at : verb[0]].strip()
        if counted or not text[slice(*region)].strip() or self._words.tail.match(text, verb[1]):
            region = (at, verb[0])  # what it is done to comes first: X再上台阶
        return _Parts((*chain, final) if final else tuple(chain), verb, (at, chain[0].start), region)

    def _act(self, marked: Marked, base: int, leads: Leads, parts: _Parts) -> Act:
        between, region, verb = ((base + a, base + b) for a, b in (parts.between, parts.region, parts.verb))
        firm = [t.verb for t in parts.tokens if not t.verb.light]
        kinds = frozenset(verb.does for verb in firm or [parts.tokens[0].verb])
        named_first = self._disposed(marked, *between)
        after = () if self._compound(marked, region) else self.objects(marked, *region)
        before = self.objects(marked, *between) if between != region else ()
        if any(verb.both for verb in firm) and (before or after):
            objects: tuple[Group, ...] = (tuple(name for group in (*before, *after) for name in group),)
        else:
            built = tuple(group for group in before if group[0].cls in self._words.passive)
            objects = after or named_first or (built if self.target(marked, region) else before)
        if not objects and not self.target(marked, region):
            objects = self._partners(marked, base, leads, verb, both=any(v.both for v in firm))
        if not objects and not self.target(marked, region):
            region = between
        named = {name for group in objects for name in group}
        agents = [n for _, n in marked.within(*between) if n.letter in (NAMED, OTHER, SAID) and n not in named]
        return Act(kinds, verb, region, objects, tuple(agents), self._subject(marked, base, leads))

    def _partners(self, marked: Marked, base: int, leads: Leads, verb: Stretch, *, both: bool) -> tuple[Group, ...]:
        """Names before the verb to which it is done: partners (与X合作), what is disposed of (对X修订), what it follows (结合X建设)."""
        found = []
        for start, end in leads.helped:
            for place, name in marked.within(base + start, base + end):
                disposed = self._words.disposal.match(marked.text, base + start)
                if name.letter == NAMED and (both or disposed or place + 1 == verb[0]):
                    found.append((name,))
        return tuple(found)

    def _disposed(self, marked: Marked, start: int, end: int) -> tuple[Group, ...]:
        """What a verb behind it turns into something else (将X转化为标准)."""
        found = marked.within(start + 1, end)
        return tuple((n,) for place, n in found if n.letter == NAMED and self._words.disposal.match(marked.text, place - 1))

    def target(self, marked: Marked, region: Stretch) -> str:
        """The content words of a stretch, names left out."""
        left = marked.text[slice(*region)]
        for pattern in (self._words.number, self._words.filler, self._words.function):
            left = pattern.sub("", left)
        return left

    def _compound(self, marked: Marked, region: Stretch) -> bool:
        """Whether the last name only begins the name of something else (X“双核”金融集聚区); titles in 《》 never do."""
        named = marked.within(*region)
        if not named or marked.plain(named[-1][0], named[-1][0] + 1)[:1] in TITLED:
            return False
        behind = (named[-1][0] + 1, region[1])
        if holds(self._words, marked, *named[-1]):
            return not self._done_to(marked, behind)
        left = self.target(marked, behind)
        if self._done_to(marked, behind):
            return False
        return len(left) >= COMPOUND and self._words.ending.search(left) is not None

    def _done_to(self, marked: Marked, region: Stretch) -> bool:
        return any(not token.verb.light for token in self._words.verbs(marked.text[slice(*region)]))

    def objects(self, marked: Marked, start: int, end: int) -> tuple[Group, ...]:
        """The named things of a stretch, each a group; what only tells where or with whom is left out."""
        found: list[Name] = []
        last = -NEAR
        for place, name in marked.within(start, end):
            if name.letter != NAMED or self._words.possessive.match(marked.text, place + 1):
                continue
            listed = place - last <= NEAR and self._words.joint.search(marked.text, last + 1, place)
            if listed or not self._words.beside.search(marked.text, max(start, place - 4), place):
                found.append(name)
                last = place
        return tuple((name,) for name in found)

    def _subject(self, marked: Marked, base: int, leads: Leads) -> Name | None:
        """Who acts: whom 由 names, else the first body or place before the verb that is no partner."""
        if leads.by:
            done_by = [n for _, n in marked.within(base + leads.by[0], base + leads.by[1])]
            if done_by:
                return done_by[0]
        for place, name in marked.within(base, base + leads.end):
            if name.letter in (AUTHORITY, PLACE) and not any(a <= place - base < b for a, b in leads.helped):
                return name
        return None


def holds(words: Words, marked: Marked, place: int, name: Name) -> bool:
    """Whether a name at a place of marked text only tells where or whose the thing is whose words follow at once."""
    return name.cls in words.holders and words.inside.match(marked.text, place + 1) is not None


def _chain(tokens: Sequence[Token]) -> list[Token]:
    """The first verb with those that follow it at once (推动设立)."""
    chain = [tokens[0]]
    for token in tokens[1:]:
        if token.start != chain[-1].end:
            break
        chain.append(token)
    return chain
