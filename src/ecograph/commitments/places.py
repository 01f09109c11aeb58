"""What the replies of one place tell, indexed by the things that it is told of and by rare words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ecograph.across import Identity
from ecograph.commitments.happenings import Happening, Teller
from ecograph.commitments.overlap import Rarity, pairs
from ecograph.commitments.promises import Promise, Promiser
from ecograph.extraction import Commitment, Extraction
from ecograph.model import Evidence

RARE = 6  # how many of a target's rarest pairs it is looked up by
MOST = 25  # how many later clauses that tell of one thing a promise is held against
SHORT = 5  # characters of a name that means the same thing whatever its class
LEAST_CORE = 3  # characters of a name that is looked for in quotation marks
CORE = re.compile(r"“([^“”]{2,12})”")
QUOTES = re.compile(r"[“”\"《》「」『』‘’〈〉\s]")

Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class Account:
    """One reply's part of the ledger, which depends on that reply alone: it may be kept and used again.

    `place` is the jurisdiction (of a body that has none, the body), `labels` gives the names of the entities that it
    names, by IRI; `words` are its stretches of content words.
    """

    document: str
    day: str
    place: str
    promises: tuple[Promise, ...]
    happenings: tuple[Happening, ...]
    labels: Mapping[str, str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A happening, or a promise, of the reply of a `day`: things and agents by canonical IRI and by name, content words."""

    day: str
    document: str
    evidence: Evidence
    source: Happening | Promise
    things: Keys
    agents: Keys
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A promise and what it is followed by: `things` for each of its objects, their `labels`, and the `chunks` of words.

    `cores` are what stands in quotation marks in it, each with the last two characters of the whole name.
    Where it names nothing the chunks are its target's, else the labels, for replies in which the name was not recognised.
    """

    told: Told
    promise: Promise
    things: tuple[Keys, ...]
    labels: tuple[str, ...]
    chunks: tuple[str, ...]
    pairs: Keys
    cores: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Place:
    """One jurisdiction: the `last` day of a reply, its promises, what is told in the order of days, when a thing is last `named`."""

    last: str = ""
    followed: list[Followed] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    by_thing: dict[str, list[Told]] = field(default_factory=dict)
    by_pair: dict[str, list[Told]] = field(default_factory=dict)

    def meets(self, followed: Followed, rarity: Rarity) -> Iterator[Told]:
        """What later replies tell that shares a thing with the promise, or a rare pair of characters, each once."""
        ways = [self.by_thing.get(thing, []) for group in followed.things for thing in sorted(group)]
        ways += [self.by_pair.get(pair, []) for pair in rarity.rarest(followed.pairs, RARE)]
        seen: set[int] = set()
        for way in ways:
            first = bisect_right(way, followed.told.day, key=lambda told: told.day)
            for told in way[first : first + MOST]:
                if id(told) not in seen:
                    seen.add(id(told))
                    yield told

    def had(self, things: Iterable[str], day: str, kinds: Keys) -> bool:
        """Whether one of the things was told, before that day, to have been done in one of these ways."""
        every = (told for thing in things for told in self.by_thing.get(thing, ()) if told.day < day)
        return any(isinstance(t.source, Happening) and t.source.does in kinds for t in every)

    def index(self, rarity: Rarity) -> None:
        """Make the indexes, of pairs only those by which a promise is looked up."""
        wanted = {pair for followed in self.followed for pair in rarity.rarest(followed.pairs, RARE)}
        self.told.sort(key=lambda t: (t.day, t.document, t.evidence))
        for told in self.told:
            for thing in told.things:
                self.by_thing.setdefault(thing, []).append(told)
            for pair in pairs(told.words) & wanted:
                self.by_pair.setdefault(pair, []).append(told)


class Gazette:
    """Reads replies into accounts, and accounts into their places."""

    def __init__(self, promiser: Promiser, teller: Teller) -> None:
        self._promiser, self._teller = promiser, teller

    def account(self, extraction: Extraction) -> Account | None:
        """One reply's account; None for one without a date, or of nobody knows where."""
        document, linked = extraction.document, extraction.linked
        place = linked.jurisdiction or linked.issuer
        if not document.header.date or not place:
            return None
        marked = self._promiser.marker.mark(document, extraction.mentions, linked)
        promises = tuple(_given(self._promiser.promises(marked, linked), extraction.commitments))
        happenings = self._teller.happenings(marked, extraction, [p.commitment.evidence for p in promises])
        labels = {e.iri: QUOTES.sub("", e.label) for e in linked.entities}
        words = self.chunks(document.text)
        return Account(document.id, document.header.date.value, place, promises, tuple(happenings), labels, words)

    def places(self, accounts: Iterable[Account], identity: Identity) -> dict[str, tuple[Place, Rarity]]:
        """The places by canonical IRI, and how rare pairs of characters are in the accounts of each."""
        together: dict[str, list[Account]] = {}
        for account in accounts:
            together.setdefault(identity.of(account.document, account.place), []).append(account)
        return {iri: self._place(own, identity) for iri, own in together.items()}

    def _place(self, accounts: list[Account], identity: Identity) -> tuple[Place, Rarity]:
        count: Counter[str] = Counter()
        place = Place()
        for account in accounts:
            count.update(pairs(account.words))
            self._enter(place, account, _Names(account, identity, self._promiser.words.generic))
        rarity = Rarity(count, len(accounts))
        place.index(rarity)
        return place, rarity

    def chunks(self, text: str) -> tuple[str, ...]:
        """A text's stretches of content words."""
        plain = self._promiser.words.aside.sub("", text)
        return tuple(chunk for chunk in self._promiser.words.function.sub("\n", plain).split("\n") if len(chunk) > 1)

    def _enter(self, place: Place, account: Account, names: _Names) -> None:
        place.last = max(place.last, account.day)
        for promise in account.promises:
            followed = self._followed(account.day, promise, names)
            place.followed.append(followed)
            place.told.append(followed.told)
        for h in account.happenings:
            words = () if h.statement else self.chunks(h.evidence.quote)
            place.told.append(Told(account.day, account.document, h.evidence, h, names.keys(h.things), names.keys(h.agents), words))
        for thing in names.keys(account.labels):
            place.named[thing] = max(place.named.get(thing, ""), account.day)

    def _followed(self, day: str, promise: Promise, names: _Names) -> Followed:
        c = promise.commitment
        things = tuple(names.keys([iri]) for iri in c.objects)
        labels = names.labels(c.objects)
        chunks = labels or self.chunks(c.target)
        every = frozenset(key for group in things for key in group)
        told = Told(day, c.document, c.evidence, promise, every, names.keys(promise.agents), self.chunks(c.evidence.quote))
        cores = tuple(_cores(c, names.every(c.objects)))
        return Followed(told, promise, things, labels, chunks, pairs((*chunks, *(core for core, _ in cores))), cores)


def _cores(commitment: Commitment, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What a promise quotes of the names of its things or of its target, or such a name itself, with the end of the whole."""
    for name in (*names, QUOTES.sub("", commitment.target)):
        quoted = [m[1] for m in CORE.finditer(commitment.evidence.quote) if m[1] in name]
        if quoted or (len(name) >= LEAST_CORE and name not in commitment.target):
            core = quoted[0] if quoted else name
            yield core, name.partition(core)[2][-2:]


def _given(read: Iterable[Promise], commitments: Iterable[Commitment]) -> Iterator[Promise]:
    """The commitments as promises; what a judgement has changed in one doesn't change what it does."""
    by_id: dict[str, Promise] = {}
    by_words: dict[tuple[int, str], Promise] = {}
    for own in read:
        c = own.commitment
        by_id[c.id] = own
        by_words.setdefault((c.evidence.start, c.action), own)
    for commitment in commitments:
        promise = by_id.get(commitment.id) or by_words.get((commitment.evidence.start, commitment.action))
        if promise:
            yield replace(promise, commitment=commitment)


class _Names:
    """The keys by which one reply's entities are known elsewhere."""

    def __init__(self, account: Account, identity: Identity, generic: re.Pattern[str]) -> None:
        self._account, self._identity, self._generic = account, identity, generic

    def every(self, iris: Iterable[str]) -> tuple[str, ...]:
        """The names, short ones too."""
        return tuple(label for iri in iris if (label := self._account.labels.get(iri)))

    def labels(self, iris: Iterable[str]) -> tuple[str, ...]:
        """The names that are long enough to be looked for in plain text."""
        return tuple(label for iri in iris if len(label := self._account.labels.get(iri, "")) >= SHORT)

    def keys(self, iris: Iterable[str]) -> Keys:
        """Canonical IRIs, and names that are long enough to mean one thing."""
        given = tuple(iris)
        labels = self.labels(given)
        plain = (label for name in labels if len(label := self._generic.sub("", name)) >= SHORT)
        return frozenset((*(self._identity.of(self._account.document, iri) for iri in given), *labels, *plain))
